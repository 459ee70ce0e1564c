"""Reports found by words and filters, in pages, on both databases: those that a plain filter finds."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sijill import Document
from sijill.casefile import CaseFile, StoredClaim
from sijill.casefile.rows import key_of
from sijill.casefile.search import Search, Sort
from sijill.casefile.search import reports as module
from sijill.casefile.search.words import spans_of, wording
from sijill.errors import ConfigError
from sijill.model import ClaimType
from tests.casefile import searching
from tests.casefile.conftest import TEXTS, Adder
from tests.casefile.conftest import given as item
from tests.casefile.searching import Reports, expected, fill, known

_CLAIMLESS = {"text", "outlets", "published_since", "published_until", "sort", "descending"}


def _all(case: CaseFile, asked: Search, limit: int) -> Iterator[int]:
    cursor = None
    while True:
        page = case.search_reports(asked, limit=limit, cursor=cursor)
        assert len(page.documents) <= limit
        yield from page.documents
        cursor = page.next
        if cursor is None:
            return


def _should(case: CaseFile, asked: Search) -> list[int]:
    plain = {name for name, value in msgspec.structs.asdict(asked).items() if value != getattr(Search(), name)}
    if plain - _CLAIMLESS:
        return list(dict.fromkeys(found.document for found in _claims(case, asked)))
    fitting = [row.n for row in case.documents() if _fits(row.document(case.text(row)), asked)]
    return fitting[::-1] if asked.down else fitting


def _claims(case: CaseFile, asked: Search) -> list[StoredClaim]:
    every = known(case)
    by_key = {one.stored.n: one.stored for one in every}
    return [by_key[key] for key in expected(every, asked)]


def _fits(document: Document, asked: Search) -> bool:
    cut = wording()
    terms = cut.terms(asked.text) if asked.text else ()
    fields = [cut.tokens(document.title or ""), cut.tokens(document.text)]
    day = document.published
    return all(
        (
            all(any(spans_of(tokens, [term]) for tokens in fields) for term in terms),
            not asked.outlets or key_of(document.outlet or "\0") in map(key_of, asked.outlets),
            asked.published_since is None or (day is not None and day >= asked.published_since),
            asked.published_until is None or (day is not None and day <= asked.published_until),
        )
    )


@pytest.fixture
def case_at(address: str) -> Iterator[CaseFile]:
    """A case whose every example finds the reports of those before as well."""
    with CaseFile.create(address, "tester") as made:
        yield made


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    reports=searching.documents(),
    asked=st.lists(searching.searches(), min_size=8, max_size=8),
    limit=st.integers(1, 5),
    size=st.integers(1, 4),
)
def test_finds_the_reports_that_a_plain_filter_finds(
    case_at: CaseFile, reports: Reports, asked: list[Search], limit: int, size: int
) -> None:
    fill(case_at, reports, item)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_ROUND", size)
        for one in asked:
            for plain in (one, Search(text=one.text, outlets=one.outlets, published_since=one.published_since)):
                wanted = msgspec.structs.replace(plain, sort=Sort.ADDED)
                should = _should(case_at, wanted)
                assert list(_all(case_at, wanted, limit)) == should, wanted
                assert case_at.count_reports(wanted) == len(should)


def test_reports_without_claims_are_found_by_words_alone(case: CaseFile, add: Adder) -> None:
    add(item("وتقع البلدة على طريق قديم.", "quiet"), item(TEXTS[0], "loud"))
    found = case.search_reports(Search(text="البلدة"))
    assert [row.id for row in case.documents_by_key(found.documents)] == ["quiet"]
    assert case.search_reports(Search(text="البلدة", types=(ClaimType.AIR_STRIKE,))).documents == ()
    loud = case.search_reports(Search(types=(ClaimType.AIR_STRIKE,)))
    assert [row.id for row in case.documents_by_key(loud.documents)] == ["loud"]


def test_what_makes_no_sense_is_refused(case: CaseFile, add: Adder) -> None:
    add(item(TEXTS[0], "a"), item(TEXTS[1], "b"))
    with pytest.raises(ConfigError, match="sorted by when they were added"):
        case.search_reports(Search(sort=Sort.DATE))
    with pytest.raises(ConfigError, match="1 to 10,000 reports"):
        case.search_reports(Search(), limit=0)
    cursor = case.search_reports(Search(), limit=1).next
    assert cursor is not None
    with pytest.raises(ConfigError, match="another search"):
        case.search_reports(Search(text="قصف"), cursor=cursor)
    with pytest.raises(ConfigError, match="another search"):
        case.search(Search(), cursor=cursor)

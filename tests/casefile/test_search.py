"""Search finds what a plain filter finds, in pages that fit together, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sijill.casefile import CaseFile, State
from sijill.casefile.search import Search, pages
from tests.casefile import searching
from tests.casefile.conftest import given as item
from tests.casefile.searching import Reports, expected, fill, known


@pytest.fixture(params=["counted", "in order", "by filter"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way of finding a page by itself, whatever the numbers say."""
    if request.param == "in order":
        monkeypatch.setattr(pages, "_FEW", -1)
    elif request.param == "by filter":
        monkeypatch.setattr(pages, "_FEW", -1)
        monkeypatch.setattr(pages, "_WINDOW", 1)
    return str(request.param)


def _all(case: CaseFile, asked: Search, limit: int) -> Iterator[int]:
    cursor = None
    while True:
        page = case.search(asked, limit=limit, cursor=cursor)
        assert len(page.claims) <= limit
        assert page.claims or page.next is None
        yield from page.claims
        cursor = page.next
        if cursor is None:
            return


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    reports=searching.documents(),
    asked=st.lists(searching.searches(), min_size=8, max_size=8),
    decided=st.lists(st.tuples(st.integers(0, 9), st.sampled_from([State.REJECTED, State.ACCEPTED])), max_size=3),
    limit=st.integers(1, 5),
)
def test_finds_what_a_plain_filter_finds(
    case_at: CaseFile, way: str, reports: Reports, asked: list[Search], decided: list[tuple[int, State]], limit: int
) -> None:
    del way
    fill(case_at, reports, item)
    claims = known(case_at)
    for at, state in decided:
        if at < len(claims):
            case_at.decide(claims[at].stored.n, state, "tester")
    claims = known(case_at)
    for one in asked:
        should = expected(claims, one)
        assert list(_all(case_at, one, limit)) == should, one
        assert list(_all(case_at, one, 1000)) == should
        assert case_at.count(one) == len(should)


@pytest.fixture
def case_at(address: str) -> Iterator[CaseFile]:
    """A case whose every example finds the reports of those before as well."""
    with CaseFile.create(address, "tester") as made:
        yield made

"""Whatever a claim holds comes back from the case, and from a backup of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as example
from hypothesis import strategies as st

from sijill.casefile import CaseFile
from sijill.model import (
    Actor,
    Claim,
    ClaimType,
    Count,
    CountKind,
    CountWho,
    Modality,
    Place,
    Precision,
    Report,
    Source,
    Span,
    StatedDate,
)
from tests.casefile.conftest import given, ticking
from tests.casefile.simple import read_simply

TEXT = "نص قصير لا يقول شيئا. " * 3
_numbers = itertools.count()

# A text of anything that UTF-8 can carry, NUL and marks that turn the direction among it.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
maybe = st.none() | words
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: Span(*sorted(pair)))
amounts = st.none() | st.integers(-(2**63), 2**63 - 1)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
places = st.builds(
    Place,
    words,
    spans,
    words,
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
    st.none() | st.floats(0, 20000),
    maybe,
    maybe,
    maybe,
    maybe,
)
actors = st.builds(Actor, words, spans, words, maybe, maybe)
sources = st.builds(Source, words, spans, words)
counts = st.tuples(amounts, amounts).flatmap(
    lambda pair: st.builds(
        Count,
        st.sampled_from(CountKind),
        st.sampled_from(CountWho),
        st.just(None if None in pair else min(pair)),  # type: ignore[type-var]
        st.just(None if None in pair else max(pair)),  # type: ignore[type-var]
        spans,
        words,
    )
)
dates = st.none() | st.builds(StatedDate, st.none() | days, st.none() | days, spans, words, st.sampled_from(Precision))


def several(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


claims = st.builds(
    Claim,
    id=st.text("0123456789abcdef", min_size=16, max_size=16),
    type=st.sampled_from(ClaimType),
    trigger=spans,
    trigger_text=words,
    sentence=spans,
    counts=several(counts),
    date=dates,
    places=several(places),
    agents=several(actors),
    targets=several(actors),
    sources=several(sources),
    modality=st.sampled_from(Modality),
    why=several(words),
    context_date=dates,
    context_places=several(places),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def long_case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseFile]:
    """One case for all examples."""
    if request.param == "sqlite":
        address = str(tmp_path_factory.mktemp("case") / "a.case")
    else:
        address = request.getfixturevalue("postgres").database()
    with CaseFile.create(address, "tester", clock=ticking()) as case:
        yield case


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@example(made=st.lists(claims, max_size=4), meta=st.dictionaries(words, maybe | st.integers(-9, 9), max_size=3))
def test_claims_come_back(long_case: CaseFile, made: list[Claim], meta: dict[str, object]) -> None:
    number = next(_numbers)
    item = given(f"{TEXT} {number}", f"r{number}", meta=meta)
    report: Report = msgspec.structs.replace(read_simply(item.document), claims=tuple(made))
    batch = long_case.batch("me")
    name = batch.take(item, lambda _: report)[1]
    batch.finish()
    row = long_case.document(name)
    assert [stored.claim for stored in long_case.claims(row)] == made
    assert long_case.report(long_case.readings(row)[0]) == report
    assert row.document(long_case.text(row)) == item.document


def test_all_of_it_verifies(long_case: CaseFile) -> None:
    assert long_case.numbers()["documents"] >= 40
    assert list(long_case.verify()) == []

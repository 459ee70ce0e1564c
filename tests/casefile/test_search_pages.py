"""Pages: cursors, rows that come in between, searches that make no sense, SQL where a value should be."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import func, select

from sijill.casefile import CaseFile
from sijill.casefile.schema import METADATA
from sijill.casefile.search import LARGEST, Box, Circle, Number, Page, Role, Search, Sort, cursors
from sijill.casefile.search.query import checked
from sijill.casefile.search.words import wording
from sijill.errors import ConfigError
from tests.casefile import searching
from tests.casefile.conftest import given as item
from tests.casefile.searching import Reports, expected, fill, known

SQL = (
    "' OR '1'='1",
    "'; DROP TABLE claim; --",
    '" OR 1=1 --',
    "x%' UNION SELECT n, bytes FROM blob --",
    "*) OR body : (x",
    "\\'; SELECT pg_sleep(9) --",
    "$$ %s :n ? {0}",
)


@pytest.fixture
def many(case: CaseFile) -> CaseFile:
    """A case with the same claims on every run, some hundred."""
    fill(case, searching.some(40), item)
    return case


def _joined(case: CaseFile, asked: Search, limit: int) -> list[int]:
    found: list[int] = []
    page = Page((), None)
    while not found or page.next is not None:
        page = case.search(asked, limit=limit, cursor=page.next)
        found += page.claims
        if not page.claims:
            break
    return found


def test_pages_joined_are_the_whole_list(many: CaseFile) -> None:
    ways = [Search(sort=sort, descending=down) for sort in Sort if sort is not Sort.RELEVANCE for down in (True, False)]
    claims = known(many)
    for asked in (*ways, Search(text="قصف", sort=Sort.RELEVANCE)):
        should = expected(claims, asked)
        assert len(should) > 10
        assert _joined(many, asked, 7) == should, asked
        assert many.search(asked, limit=LARGEST) == Page(tuple(should), None)
        assert many.count(asked) == len(should)
        assert many.count(asked, most=3) == 3


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@drawn(asked=searching.searches(), more=searching.documents(), limit=st.integers(1, 4))
def test_what_is_added_between_pages_makes_no_row_come_twice(
    many: CaseFile, asked: Search, more: Reports, limit: int
) -> None:
    before = expected(known(many), asked)
    found: list[int] = []
    page = many.search(asked, limit=limit)
    found += page.claims
    fresh = [(msgspec.structs.replace(report, text=f"{report.text} {len(found)}"), made) for report, made in more]
    while page.next is not None:
        if fresh:
            fill(many, [fresh.pop()], item)
        page = many.search(asked, limit=limit, cursor=page.next)
        found += page.claims
    assert len(set(found)) == len(found)
    assert [key for key in found if key in set(before)] == before


def test_no_page_ends_silently(many: CaseFile) -> None:
    page = many.search(Search(), limit=3)
    assert len(page.claims) == 3
    assert page.next is not None
    whole = many.count(Search())
    assert many.search(Search(), limit=whole).next is None
    assert many.search(Search(), limit=whole - 1).next is not None


def test_a_cursor_is_refused_by_another_search(many: CaseFile) -> None:
    asked = Search(sort=Sort.DATE)
    cursor = many.search(asked, limit=2).next
    assert cursor is not None
    assert many.search(asked, limit=50, cursor=cursor).claims
    # The same thing said in another way is the same search.
    assert many.search(Search(sort=Sort.DATE, descending=True), limit=2, cursor=cursor).claims
    for other in (Search(), Search(sort=Sort.DATE, descending=False), Search(sort=Sort.DATE, text="قصف")):
        with pytest.raises(ConfigError, match="of another search or case"):
            many.search(other, limit=2, cursor=cursor)


def test_a_cursor_is_refused_by_another_case(many: CaseFile, tmp_path: Any) -> None:
    cursor = many.search(Search(), limit=2).next
    with CaseFile.create(tmp_path / "other.case", "me") as other, pytest.raises(ConfigError, match="search or case"):
        other.search(Search(), cursor=cursor)


def test_a_changed_cursor_is_refused(many: CaseFile) -> None:
    cursor = many.search(Search(sort=Sort.COUNT), limit=2).next
    assert cursor is not None
    content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    for at in range(len(content)):
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        with pytest.raises(ConfigError, match="cursor"):
            many.search(Search(sort=Sort.COUNT), cursor=base64.urlsafe_b64encode(changed).decode().rstrip("="))


@pytest.mark.parametrize("cursor", ["", "x", "قصف", "A" * 10_000, "'; DROP TABLE claim; --", "\ud800"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(ConfigError, match="cursor"):
        cursors.read(cursor, "search", "case")


@pytest.mark.parametrize("sql", SQL)
def test_sql_in_a_filter_is_a_value(many: CaseFile, sql: str) -> None:
    tables, claims = _numbers(many), known(many)
    for field in ("text", "places", "pcodes", "countries", "precisions", "actors", "sources", "outlets"):
        given: dict[str, Any] = {field: sql if field == "text" else (sql, f"{sql}*")}
        asked = Search(**given)
        try:
            page = many.search(asked)
        except ConfigError as error:
            assert "no word" in str(error)  # noqa: PT017  (either is right, and nothing else)
        else:
            assert list(page.claims) == expected(claims, asked)
            assert many.count(asked) == len(page.claims)
    assert _numbers(many) == tables


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Search(since=date(2024, 2, 1), until=date(2024, 1, 1)), "date range runs forward"),
        (Search(published_since=date(2024, 2, 1), published_until=date(2024, 1, 1)), "publication range"),
        (Search(box=Box(10, 0, 5, 1)), "a box runs"),
        (Search(box=Box(0, 0, 5, 181)), "west and east"),
        (Search(box=Box(float("nan"), 0, 5, 1)), "a box runs"),
        (Search(circle=Circle(91, 0, 1)), "no such point"),
        (Search(circle=Circle(0, 0, -1)), "a radius"),
        (Search(circle=Circle(0, 0, float("inf"))), "a radius"),
        (Search(counts=(Number(None, None, 5, 4),)), "runs upward"),
        (Search(counts=(Number(None, None, -1),)), "number of people"),
        (Search(counts=(Number(None, None, 2**70),)), "number of people"),
        (Search(role=Role.AGENT), "needs an actor"),
        (Search(sort=Sort.RELEVANCE), "needs words"),
        (Search(text="قصف", sort=Sort.RELEVANCE, descending=False), "cannot be turned"),
        (Search(text="***"), "no word to search for"),
        (Search(text="\ud800"), "no text has"),
        (Search(places=("",)), "empty value"),
        (Search(actors=("*",)), "empty value"),
        (Search(actors=("a\0b",)), "no text has"),
        (Search(text="x" * 5000), "longer than"),
        (Search(places=tuple(str(n) for n in range(2000))), "more than"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused_in_one_line(asked: Search, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        wording().terms(checked(asked).text)
    assert "\n" not in str(caught.value)


def test_a_search_is_checked_before_it_is_asked(case: CaseFile) -> None:
    wrong = Search(role=Role.AGENT)
    for ask in (case.search, case.count):
        with pytest.raises(ConfigError, match="needs an actor"):
            ask(wrong)


def test_a_page_has_bounds(case: CaseFile) -> None:
    for limit in (0, -1, LARGEST + 1):
        with pytest.raises(ConfigError, match="a page has"):
            case.search(Search(), limit=limit)


def test_extreme_values_are_values(many: CaseFile) -> None:
    for asked in (
        Search(since=date.min, until=date.max, sort=Sort.DATE),
        Search(since=date.max, sort=Sort.DATE),
        Search(until=date.min + timedelta(days=1)),
        Search(counts=(Number(None, None, 0, 2**63 - 1),)),
        Search(circle=Circle(-90, 180, 20_040)),
        Search(box=Box(-90, 180, 90, -180)),
        Search(text="word " * 300),
    ):
        assert list(many.search(asked).claims) == expected(known(many), asked)


def _numbers(case: CaseFile) -> dict[str, int]:
    with case.database.reading() as connection:
        return {
            table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
            for table in METADATA.sorted_tables
        }

"""A search → one page of claims after the other, and how many there are.

A page is found in one of two ways. Where a filter leaves few claims, they are found by its index, looked at and
sorted. Where every filter leaves many, the claims are gone through in the order that is asked for, and a page is soon
full; where it is not after some tens of thousands, the first way is gone after all. How many a filter leaves is
counted, up to a bound, before: neither database's guesses are good enough for both.

Rows are found by what they are sorted by, never by how many came before: a page far back costs what the first does,
and what is added between two pages makes no row come twice or be left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, select, text

from sijill.casefile.schema import about, search_claim, search_document
from sijill.casefile.search import cursors
from sijill.casefile.search.conditions import Condition, conditions_of
from sijill.casefile.search.order import Stretch, stretches_of
from sijill.casefile.search.query import Search, checked, fingerprint
from sijill.casefile.search.sphere import give_distance
from sijill.casefile.search.words import Term, wording
from sijill.errors import ConfigError

__all__ = ["LARGEST", "Page", "count", "find", "stale"]

# The most claims of a page.
LARGEST = 10_000
# Up to so many claims are sorted; so many are gone through before that; and that many when all else is slow.
_FEW, _WINDOW, _MANY = 40_000, 30_000, 400_000


class Page(msgspec.Struct, frozen=True):
    """The keys of claims in order (`CaseFile.claims_by_key` gives the claims).

    `next` is the cursor of the page after this one; None where there is none.
    """

    claims: tuple[int, ...]
    next: str | None


class _Plan(msgspec.Struct, frozen=True):
    """A search made ready: what must hold, in which order, and which filter leaves the fewest claims, and how many."""

    conditions: list[Condition]
    stretches: list[Stretch]
    sharpest: Condition | None
    fewest: int


def find(connection: Connection, asked: Search, limit: int, cursor: str | None = None) -> Page:
    """A page of at most `limit` claims. Raises ConfigError for a search, a limit or a cursor that makes no sense."""
    if not 1 <= limit <= LARGEST:
        raise ConfigError(f"a page has 1 to {LARGEST:,} claims, not {limit:,}")
    terms = _terms(checked(asked))
    signed = (fingerprint(asked), _case(connection))
    place = cursors.read(cursor, *signed) if cursor is not None else None
    plan = _planned(connection, asked, terms)
    if place is not None and place.stretch >= len(plan.stretches):
        raise ConfigError("this cursor is of another version of Sijill")
    found: list[tuple[int, tuple[int, ...]]] = []
    for at in range(place.stretch if place else 0, len(plan.stretches)):
        after = place.key if place is not None and place.stretch == at else None
        wanted = limit + 1 - len(found)
        found += [(at, key) for key in _keys(connection, plan, plan.stretches[at], after, wanted)]
        if len(found) > limit:
            last = found[limit - 1]
            return Page(tuple(key[-1] for _, key in found[:limit]), cursors.write(cursors.Place(*last), *signed))
    return Page(tuple(key[-1] for _, key in found), None)


def count(connection: Connection, asked: Search, most: int | None = None) -> int:
    """How many claims there are; with `most`, counting stops there."""
    plan = _planned(connection, asked, _terms(checked(asked)))
    where = [condition.holds for condition in plan.conditions if condition is not plan.sharpest]
    if plan.sharpest is not None:
        where.append(search_claim.c.claim.in_(plan.sharpest.found))
    rows = select(search_claim.c.claim).where(*where).limit(most).subquery()
    return int(connection.scalar(select(func.count()).select_from(rows)) or 0)


def stale(connection: Connection) -> int:
    """How many documents are indexed by the words of another version: `rebuild` brings them up."""
    other = search_document.c.wording != wording().version
    return int(connection.scalar(select(func.count()).select_from(search_document).where(other)) or 0)


def _terms(asked: Search) -> tuple[Term, ...]:
    return wording().terms(asked.text) if asked.text.strip() else ()


def _case(connection: Connection) -> str:
    return str(connection.scalar(select(about.c.value).where(about.c.key == "id")))


def _planned(connection: Connection, asked: Search, terms: Sequence[Term]) -> _Plan:
    dialect = connection.dialect.name
    if asked.circle is not None:
        give_distance(connection)
    if dialect == "postgresql":
        # To compile a query, and to share it out, takes longer than these take.
        connection.execute(text("SET LOCAL jit = off"))
    conditions = conditions_of(asked, terms, dialect)
    sharpest, fewest = _sharpest(connection, conditions, _FEW)
    return _Plan(conditions, stretches_of(asked, terms, dialect), sharpest, fewest)


def _sharpest(connection: Connection, conditions: Sequence[Condition], most: int) -> tuple[Condition | None, int]:
    """The condition that the fewest claims fulfil, and how many, counted up to `most` and one more."""
    if not conditions:
        return None, most + 1
    numbers = [
        select(func.count()).select_from(condition.counted.limit(most // condition.weight + 1).subquery())
        for condition in conditions
    ]
    row = connection.execute(select(*(number.scalar_subquery() for number in numbers))).one()
    found = [int(number) * condition.weight for number, condition in zip(row, conditions, strict=True)]
    fewest = min(found)
    return conditions[found.index(fewest)], fewest


def _keys(
    connection: Connection, plan: _Plan, stretch: Stretch, after: tuple[int, ...] | None, wanted: int
) -> list[tuple[int, ...]]:
    """The values sorted by of the first `wanted` rows of a stretch behind `after`."""
    if plan.sharpest is not None and plan.fewest <= _FEW:
        return _by_filter(connection, plan, stretch, after, wanted)
    found: list[tuple[int, ...]] = []
    for stream in stretch.streams or (None,):
        bounds = [*stretch.membership(indexed=True), *([] if stream is None else [stream])]
        if after is not None:
            bounds.append(stretch.behind(after, indexed=True))
        rows = _in_order(connection, plan, stretch, bounds, wanted)
        if rows is None:
            return _by_filter(connection, plan, stretch, after, wanted)
        found += rows
    return sorted(found, reverse=stretch.down)[:wanted]


def _in_order(
    connection: Connection, plan: _Plan, stretch: Stretch, bounds: list[ColumnElement[bool]], wanted: int
) -> list[tuple[int, ...]] | None:
    """The first rows, gone through in order. None where the rest would take too long and a filter is there to use."""
    columns = [search_claim.c[name] for name in stretch.sorted_by]
    order = stretch.order(indexed=True)
    rows = select(*columns).where(*bounds).order_by(*order)
    tests = [*(condition.holds for condition in plan.conditions), *stretch.extra]
    if not tests:
        return _executed(connection, rows.limit(wanted))
    end = connection.execute(rows.limit(1).offset(_WINDOW)).first()
    if end is None:
        return _executed(connection, rows.where(*tests).limit(wanted))
    found = _executed(connection, rows.where(stretch.up_to(tuple(end)), *tests).limit(wanted))
    if len(found) >= wanted:
        return found
    if plan.sharpest is not None and _sharpest(connection, plan.conditions, _MANY)[1] <= _MANY:
        return None
    return _executed(connection, rows.where(*tests).limit(wanted))


def _by_filter(
    connection: Connection, plan: _Plan, stretch: Stretch, after: tuple[int, ...] | None, wanted: int
) -> list[tuple[int, ...]]:
    """The first rows of those that the sharpest filter leaves."""
    sharpest = _sharpest(connection, plan.conditions, _MANY)[0] if plan.fewest > _FEW else plan.sharpest
    if sharpest is None:
        raise AssertionError("without a filter, rows are gone through in order")
    where = [condition.holds for condition in plan.conditions if condition is not sharpest]
    where += [search_claim.c.claim.in_(sharpest.found), *stretch.membership(indexed=False), *stretch.extra]
    if after is not None:
        where.append(stretch.behind(after, indexed=False))
    columns = [search_claim.c[name] for name in stretch.sorted_by]
    return _executed(connection, select(*columns).where(*where).order_by(*stretch.order(indexed=False)).limit(wanted))


def _executed(connection: Connection, query: Select[Any]) -> list[tuple[int, ...]]:
    return [tuple(row) for row in connection.execute(query)]


def pages(connection: Connection, asked: Search, limit: int, cursor: str | None = None) -> Iterator[Page]:
    """One page after the other, to the end."""
    while True:
        page = find(connection, asked, limit, cursor)
        yield page
        if page.next is None:
            return
        cursor = page.next

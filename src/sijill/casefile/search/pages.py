"""A search → one page of claims after the other, and how many there are.

A page is found in one of two ways. Where a filter leaves few claims, they are found by its index, looked at and
sorted. Where the filters leave many, the claims are gone through in the order that is asked for, and a page is soon
full; where it is not after some tens of thousands, the first way is gone after all. How many each filter leaves is
counted, up to a bound, before: neither database's guesses are good enough for both.

Rows are found by what they are sorted by, never by how many came before: a page far back costs what the first does,
and what is added between two pages makes no row come twice or be left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, select, text, true

from sijill.casefile.schema import about, search_claim, search_document
from sijill.casefile.search import cursors
from sijill.casefile.search.conditions import Condition, conditions_of, one_of
from sijill.casefile.search.order import Stretch, stretches_of
from sijill.casefile.search.query import Search, checked, fingerprint
from sijill.casefile.search.sphere import give_distance
from sijill.casefile.search.words import Term, wording
from sijill.errors import ConfigError

__all__ = [
    "LARGEST",
    "Page",
    "case_of",
    "count",
    "count_of_documents",
    "find",
    "keys_behind",
    "stale",
    "terms_of",
]

Tests = list[ColumnElement[bool]]

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


class _Plan(msgspec.Struct):
    """A search made ready: what must hold, in which order, and which filter leaves the fewest claims, and how many.

    `share` is the share of all claims that the filters leave, if none has to do with another.
    """

    conditions: list[Condition]
    stretches: list[Stretch]
    sharpest: Condition | None
    fewest: int
    share: float

    def left(self, column: str | None = None) -> Tests:
        """What must hold of a claim that the sharpest filter leaves; or, of one found in the order of `column`."""
        skipped = {self.sharpest.family} - {""} if self.sharpest is not None and column is None else set[str]()
        tests = []
        for condition in self.conditions:
            done = condition is self.sharpest if column is None else condition.name == column
            if not done and condition.family not in skipped:
                tests.append(condition.holds)
                skipped |= {condition.family} - {""}
        return tests

    def by_filter(self, wanted: int) -> bool:
        """Whether to look at all that the sharpest filter leaves costs less than to go through the order."""
        return self.sharpest is not None and self.fewest <= _FEW and min(wanted / self.share, _WINDOW) > self.fewest / 2


def find(connection: Connection, asked: Search, limit: int, cursor: str | None = None) -> Page:
    """A page of at most `limit` claims. Raises ConfigError for a search, a limit or a cursor that makes no sense."""
    if not 1 <= limit <= LARGEST:
        raise ConfigError(f"a page has 1 to {LARGEST:,} claims, not {limit:,}")
    terms = terms_of(checked(asked))
    signed = (fingerprint(asked), case_of(connection))
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
    rows = select(search_claim.c.claim).where(*_every(connection, asked)).limit(most).subquery()
    return int(connection.scalar(select(func.count()).select_from(rows)) or 0)


def count_of_documents(connection: Connection, asked: Search) -> int:
    """How many documents have such claims."""
    where = _every(connection, asked)
    return int(connection.scalar(select(func.count(search_claim.c.document.distinct())).where(*where)) or 0)


def keys_behind(
    connection: Connection, asked: Search, terms: Sequence[Term], after: tuple[int, ...] | None, wanted: int
) -> list[tuple[int, ...]]:
    """Document and key of the first `wanted` claims behind `after`, in the order in which they were added."""
    plan = _planned(connection, asked, terms)
    return _keys(connection, plan, plan.stretches[0], after, wanted)


def _every(connection: Connection, asked: Search) -> Tests:
    """All that must hold of a claim, beginning with what leaves the fewest."""
    plan = _planned(connection, asked, terms_of(checked(asked)))
    where = plan.left()
    if plan.sharpest is not None:
        where.append(one_of(plan.sharpest.found, connection.dialect.name))
    return where


def stale(connection: Connection) -> int:
    """How many documents are indexed by the words of another version: `rebuild` brings them up."""
    other = search_document.c.wording != wording().version
    return int(connection.scalar(select(func.count()).select_from(search_document).where(other)) or 0)


def terms_of(asked: Search) -> tuple[Term, ...]:
    """The words that are searched for."""
    return wording().terms(asked.text) if asked.text.strip() else ()


def case_of(connection: Connection) -> str:
    """The id of the case."""
    return str(connection.scalar(select(about.c.value).where(about.c.key == "id")))


def _planned(connection: Connection, asked: Search, terms: Sequence[Term]) -> _Plan:
    dialect = connection.dialect.name
    if asked.circle is not None:
        give_distance(connection)
    if dialect == "postgresql":
        # To compile a query takes longer than these take, a plan for any value fits none, and to go through all the
        # texts' words is dear, which the server does not know.
        connection.execute(text("SET LOCAL jit = off"))
        connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        connection.execute(text("SET LOCAL enable_seqscan = off"))
    conditions, fewest, share = _sharpest(connection, conditions_of(asked, terms, dialect), _FEW)
    sharpest = conditions[0] if conditions else None
    return _Plan(conditions, stretches_of(asked, terms, dialect), sharpest, fewest, share)


def _sharpest(connection: Connection, conditions: Sequence[Condition], most: int) -> tuple[list[Condition], int, float]:
    """The conditions, that which the fewest claims fulfil first; how many these are, counted up to `most` and one more;
    and the share of all claims that is left.

    So what is asked of each claim is asked in an order in which most claims are soon done with.
    """
    if not conditions:
        return [], most + 1, 1.0
    numbers = [
        select(func.count()).select_from(condition.counted.limit(most // condition.weight + 1).subquery())
        for condition in conditions
    ]
    every = select(func.max(search_claim.c.claim)).scalar_subquery()
    total, *row = connection.execute(select(every, *(number.scalar_subquery() for number in numbers))).one()
    found = [int(number) * condition.weight for number, condition in zip(row, conditions, strict=True)]
    share = math.prod(min(1.0, max(1, number) / (total or 1)) for number in found)
    ordered = sorted(zip(found, conditions, strict=True), key=itemgetter(0))
    return [condition for _, condition in ordered], min(found), share


def _keys(
    connection: Connection, plan: _Plan, stretch: Stretch, after: tuple[int, ...] | None, wanted: int
) -> list[tuple[int, ...]]:
    """The values sorted by of the first `wanted` rows of a stretch behind `after`."""
    if plan.by_filter(wanted):
        return _by_filter(connection, plan, stretch, after, wanted)
    found: list[tuple[int, ...]] = []
    tests = plan.left(stretch.columns[0])
    for bound, left in stretch.streams or ((true(), true()),):
        bounds = [*stretch.membership(indexed=True), bound]
        if after is not None:
            bounds.append(stretch.behind(after, indexed=True))
        rows = _in_order(connection, plan, (stretch, bounds, [left, *tests, *stretch.extra]), wanted)
        if rows is None:
            return _by_filter(connection, plan, stretch, after, wanted)
        found += rows
    return sorted(found, reverse=stretch.down)[:wanted]


def _in_order(
    connection: Connection, plan: _Plan, stream: tuple[Stretch, Tests, Tests], wanted: int
) -> list[tuple[int, ...]] | None:
    """The first rows of a stream, gone through in order: its stretch, what an index sees to, what is asked of each row.

    None where the rest would take too long and a filter is there to use.
    """
    stretch, bounds, tests = stream
    columns = [search_claim.c[name] for name in stretch.sorted_by]
    order = stretch.order(indexed=True)
    rows = select(*columns).where(*bounds).order_by(*order)
    if len(tests) == 1:  # nothing but what is left of the bounds, which is hardly anything
        return _executed(connection, rows.where(*tests).limit(wanted))
    found: list[tuple[int, ...]] = []
    for window in _windows(connection, plan):
        end = connection.execute(rows.limit(1).offset(window)).first()
        if end is None:
            break
        found += _executed(connection, rows.where(stretch.up_to(tuple(end)), *tests).limit(wanted - len(found)))
        if len(found) >= wanted:
            return found
        rows = rows.where(stretch.behind(tuple(end), indexed=True))
    else:
        if plan.sharpest is not None and plan.fewest <= _MANY:
            return None
    return [*found, *_executed(connection, rows.where(*tests).limit(wanted - len(found)))]


def _windows(connection: Connection, plan: _Plan) -> Iterator[int]:
    """How many rows to go through before the other way is gone; the second time as many as that would look at."""
    yield _WINDOW
    if plan.fewest > _FEW and plan.sharpest is not None:
        plan.conditions, plan.fewest, _ = _sharpest(connection, plan.conditions, _MANY)
        plan.sharpest = plan.conditions[0]
        if plan.fewest > _WINDOW:
            yield plan.fewest


def _by_filter(
    connection: Connection, plan: _Plan, stretch: Stretch, after: tuple[int, ...] | None, wanted: int
) -> list[tuple[int, ...]]:
    """The first rows of those that the sharpest filter leaves."""
    if plan.sharpest is None:
        raise AssertionError("without a filter, rows are gone through in order")
    where = plan.left()
    where += [one_of(plan.sharpest.found, connection.dialect.name), *stretch.membership(indexed=False), *stretch.extra]
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

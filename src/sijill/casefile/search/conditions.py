"""Filters → conditions on `search_claim`, each in two forms: asked of one claim, and as the claims that fulfil it.

Which form is used decides how long a search takes (see `pages`); both mean the same. Every value is a bound parameter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, Table, and_, exists, false, literal, or_, select, true, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import UnaryExpression

from sijill.casefile.rows import key_of
from sijill.casefile.schema import claim_actor, claim_count, claim_place, claim_source, search_claim, search_document
from sijill.casefile.search.fulltext import documents_with
from sijill.casefile.search.index import REACHES
from sijill.casefile.search.query import Box, Number, Search
from sijill.casefile.search.sphere import box_around, within
from sijill.casefile.search.words import Term

__all__ = ["Condition", "among", "conditions_of", "loose", "of_dates"]

_H = search_claim.alias("h")
_LAST = "\U0010ffff"


class loose(UnaryExpression[Any]):  # noqa: N801  (used like a function of SQL)
    """A column that SQLite shall not look for in an index: written `+column`. It would guess, and badly."""

    inherit_cache = True

    def __init__(self, of: ColumnElement[Any]) -> None:
        super().__init__(of, type_=of.type)


@compiles(loose)
def _plainly(element: loose, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.element, **options)


@compiles(loose, "sqlite")
def _with_plus(element: loose, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.element, **options)}"


class Condition(msgspec.Struct, frozen=True):
    """`holds` is asked of a row of `search_claim`; `found` are the keys of all claims that fulfil it, some twice.

    `weight` is how many claims stand behind one row that `counted` counts: many, for the documents of a text.
    """

    holds: ColumnElement[bool]
    found: Select[Any] | Any
    counted: Select[Any] | Any
    weight: int = 1


def conditions_of(asked: Search, terms: Sequence[Term], dialect: str) -> list[Condition]:
    """All the conditions that `asked` makes; `terms` are the words of its text."""
    row = search_claim.c
    made = [
        _scalar("type", [item.value for item in asked.types]),
        _scalar("modality", [item.value for item in asked.modalities]),
        _scalar("state", [item.value for item in asked.states]),
        *_dates(asked),
        *_published(asked),
        *_places(asked, dialect),
        *_actors(asked, dialect),
        *_sources(asked, dialect),
        *(_count(number, dialect) for number in asked.counts),
    ]
    if asked.outlets:
        keys = [key_of(outlet) for outlet in asked.outlets]
        documents = select(search_document.c.document).where(search_document.c.outlet.in_(keys))
        made.append(among(row.document, documents, dialect))
    if terms:
        made.append(among(row.document, documents_with(terms, "body", dialect), dialect))
    return [condition for condition in made if condition is not None]


def among(document: Any, documents: Select[Any], dialect: str) -> Condition:
    """A claim's document is one of `documents`."""
    inside = loose(document).in_(documents)
    # On PostgreSQL, what is no plain IN stays a table that is made once and looked into for each row.
    holds = inside.is_(true()) if dialect == "postgresql" else inside
    return Condition(holds, select(_H.c.claim).where(_H.c.document.in_(documents)), documents, weight=6)


def of_dates(t: Any, asked: Search, reach: int) -> ColumnElement[bool]:
    """Claims whose date range, one of that class of length, shares a day with what is asked, as an index finds them."""
    low = asked.since.toordinal() if asked.since else None
    high = asked.until.toordinal() if asked.until else None
    parts: list[ColumnElement[bool]] = [t.c.reach == reach, t.c.first.is_not(None)]
    if high is not None:
        parts.append(t.c.first <= high)
    if low is not None:
        if reach < len(REACHES):
            parts.append(t.c.first >= low - REACHES[reach])
        parts.append(loose(t.c.last) >= low)
    if asked.stated:
        parts.append(loose(t.c.said) == true())
    return and_(*parts)


def _scalar(name: str, values: Sequence[str]) -> Condition | None:
    if not values:
        return None
    found = select(_H.c.claim).where(_H.c[name].in_(values))
    return Condition(loose(search_claim.c[name]).in_(values), found, found)


def _dates(asked: Search) -> Iterator[Condition]:
    if asked.since is None and asked.until is None:
        return
    row = search_claim.c
    parts: list[ColumnElement[bool]] = [loose(row.reach).is_not(None)]
    if asked.until is not None:
        parts.append(loose(row.first) <= asked.until.toordinal())
    if asked.since is not None:
        parts.append(loose(row.last) >= asked.since.toordinal())
    if asked.stated:
        parts.append(loose(row.said) == true())
    pieces = [select(_H.c.claim).where(of_dates(_H, asked, reach)) for reach in range(len(REACHES) + 1)]
    found = union_all(*pieces)
    yield Condition(and_(*parts), found, found)


def _published(asked: Search) -> Iterator[Condition]:
    def parts(column: Any) -> ColumnElement[bool]:
        made = [column.is_not(None)]
        if asked.published_since is not None:
            made.append(column >= asked.published_since.toordinal())
        if asked.published_until is not None:
            made.append(column <= asked.published_until.toordinal())
        return and_(*made)

    if asked.published_since is not None or asked.published_until is not None:
        found = select(_H.c.claim).where(parts(_H.c.published))
        yield Condition(parts(loose(search_claim.c.published)), found, found)


def _places(asked: Search, dialect: str) -> Iterator[Condition]:
    t = claim_place.c
    parts: list[ColumnElement[bool]] = []
    if asked.places:
        parts.append(_named(t.key, asked.places, dialect))
    if asked.pcodes:
        parts.append(or_(*(_begins(t.pcode, code.strip().rstrip("*").upper(), dialect) for code in asked.pcodes)))
    if asked.countries:
        parts.append(t.country.in_([country.strip().upper() for country in asked.countries]))
    if asked.precisions:
        parts.append(t.precision.in_([precision.strip() for precision in asked.precisions]))
    if asked.box is not None:
        parts.append(_inside(asked.box))
    if asked.circle is not None:
        parts.append(_inside(box_around(asked.circle)))
        parts.append(within(t.lat, t.lon, asked.circle, dialect))
    if parts:
        if asked.stated:
            parts.append(t.said == true())
        yield _under(claim_place, parts, dialect)


def _inside(box: Box) -> ColumnElement[bool]:
    t = claim_place.c
    between = t.lat.between(box.south, box.north)
    if box.west <= box.east:
        return and_(between, t.lon.between(box.west, box.east))
    return and_(between, or_(t.lon >= box.west, t.lon <= box.east))


def _actors(asked: Search, dialect: str) -> Iterator[Condition]:
    if asked.actors:
        t = claim_actor.c
        which = or_(t.actor_id.in_([actor.strip() for actor in asked.actors]), _named(t.key, asked.actors, dialect))
        yield _under(claim_actor, [which, *([t.role == asked.role.value] if asked.role else [])], dialect)


def _sources(asked: Search, dialect: str) -> Iterator[Condition]:
    if asked.sources:
        yield _under(claim_source, [_named(claim_source.c.key, asked.sources, dialect)], dialect)


def _count(number: Number, dialect: str) -> Condition:
    t = claim_count.c
    parts: list[ColumnElement[bool]] = []
    if number.kind is not None:
        parts.append(t.kind == number.kind.value)
    if number.who is not None:
        parts.append(t.who == number.who.value)
    if number.low is not None:
        parts.append(t.low >= number.low)
    if number.high is not None:
        parts.append(t.high <= number.high)
    return _under(claim_count, parts or [true()], dialect)


def _under(table: Table, parts: Sequence[ColumnElement[bool]], dialect: str) -> Condition:
    """A row of a table under `claim` fulfils all `parts`."""
    inner = select(literal(1)).select_from(table).where(table.c.claim == search_claim.c.claim, *parts)
    if dialect == "postgresql":
        inner = inner.offset(0)  # asked for each row by its key: never by going through the whole table
    found = select(table.c.claim).where(*parts)
    return Condition(exists(inner.correlate(search_claim)), found, found)


def _named(key: Any, values: Sequence[str], dialect: str) -> ColumnElement[bool]:
    """The folded name is one of `values`, or begins as one with * behind it does."""
    whole = [key_of(value) for value in values if not value.rstrip().endswith("*")]
    begun = [key_of(value.rstrip().rstrip("*")) for value in values if value.rstrip().endswith("*")]
    parts = [key.in_(whole)] if whole else []
    return or_(false(), *parts, *(_begins(key, value, dialect) for value in begun))


def _begins(column: Any, beginning: str, dialect: str) -> ColumnElement[bool]:
    """As an index finds it: by the order of code points, whatever language a server sorts by."""
    if dialect == "postgresql":
        from_, to = column.op("~>=~", is_comparison=True), column.op("~<~", is_comparison=True)
        return and_(from_(beginning), to(beginning + _LAST))
    return and_(column >= beginning, column < beginning + _LAST)

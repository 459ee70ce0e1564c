"""Filters → conditions on `search_claim`, each in two forms: asked of one claim, and as the claims that fulfil it.

Which form is used decides how long a search takes (see `pages`); both mean the same. Every value is a bound parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    and_,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
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
from sijill.model import CountKind

__all__ = ["Condition", "among", "conditions_of", "loose", "of_dates", "one_of"]

Columns = Callable[[str], Any]
Parts = Callable[[Columns], Sequence[ColumnElement[bool]]]

_H = search_claim.alias("h")
_LAST = "\U0010ffff"


class loose(UnaryExpression[Any]):  # noqa: N801  (used like a function of SQL)
    """A column that shall not be looked for in an index, which a database would choose by a guess, and badly.

    SQLite is given `+column`, PostgreSQL, for numbers, `(column + 0)`.
    """

    inherit_cache = True

    def __init__(self, of: ColumnElement[Any]) -> None:
        super().__init__(of, type_=of.type)


@compiles(loose)
def _plainly(element: loose, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.element, **options)


@compiles(loose, "postgresql")
def _with_zero(element: loose, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.element, **options)
    return f"({column} + 0)" if isinstance(element.type, Integer) else column


@compiles(loose, "sqlite")
def _with_plus(element: loose, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.element, **options)}"


class Condition(msgspec.Struct, frozen=True):
    """`holds` is asked of a row of `search_claim`; `found` are the keys of all claims that fulfil it, some twice.

    `weight` is how many claims stand behind one row that `counted` counts: many, for the documents of a text. `name` is
    that of the column whose order can stand for the condition (see `order`). Conditions of one `family` mean the same,
    found from another side: of them, one is enough.
    """

    holds: ColumnElement[bool]
    found: Select[Any] | Any
    counted: Select[Any] | Any
    weight: int = 1
    name: str = ""
    family: str = ""


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


def one_of(keys: Any, dialect: str) -> ColumnElement[bool]:
    """A claim's key is one of `keys`: those are found first, then each claim by its key."""
    if dialect == "postgresql":
        return search_claim.c.claim == func.any(func.array(keys.scalar_subquery()))
    return search_claim.c.claim.in_(keys)


def among(document: Any, documents: Select[Any], dialect: str) -> Condition:
    """A claim's document is one of `documents`."""
    inside = loose(document).in_(documents)
    # On PostgreSQL, what is no plain IN stays a table that is made once and looked into for each row.
    holds = inside.is_(true()) if dialect == "postgresql" else inside
    return Condition(holds, select(_H.c.claim).where(_H.c.document.in_(documents)), documents, weight=6)


def of_dates(t: Any, asked: Search, reach: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Claims whose date range, one of that class of length, shares a day with what is asked.

    First what an index finds, hardly more than these; then what is left to be asked of each.
    """
    low = asked.since.toordinal() if asked.since else None
    high = asked.until.toordinal() if asked.until else None
    parts: list[ColumnElement[bool]] = [t.c.reach == reach, t.c.first.is_not(None)]
    if high is not None:
        parts.append(t.c.first <= high)
    if low is not None and reach < len(REACHES):
        parts.append(t.c.first >= low - REACHES[reach])
    left: list[ColumnElement[bool]] = []
    if low is not None and reach:
        left.append(loose(t.c.last) >= low)
    if asked.stated:
        left.append(loose(t.c.said) == true())
    return and_(*parts), and_(true(), *left)


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
    pieces = [select(_H.c.claim).where(*of_dates(_H, asked, reach)) for reach in range(len(REACHES) + 1)]
    found = union_all(*pieces)
    yield Condition(and_(*parts), found, found, name="first")


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
        yield Condition(parts(loose(search_claim.c.published)), found, found, name="published")


def _places(asked: Search, dialect: str) -> Iterator[Condition]:
    """All that is asked of one place, found from each side that has an index: a database cannot tell which is best."""
    parts = dict(_place_parts(asked, dialect))
    stated = [loose(claim_place.c.said) == true()] if asked.stated else []

    def every(side: str) -> Parts:
        """All the parts, of which only that of `side` is looked for in an index."""
        return lambda column: [
            *(part(column if name == side else _loosely) for name, part in parts.items()),
            *stated,
        ]

    for side, part in parts.items():
        counted = select(claim_place.c.claim).where(part(lambda name: claim_place.c[name]))
        made = _under(claim_place, every(side), dialect)
        yield msgspec.structs.replace(made, counted=counted if len(parts) > 1 else made.counted, family="place")


def _place_parts(asked: Search, dialect: str) -> Iterator[tuple[str, Callable[[Columns], ColumnElement[bool]]]]:
    if asked.places:
        yield "key", lambda column: _named(column("key"), asked.places, dialect)
    if asked.pcodes:
        codes = [code.strip().rstrip("*").upper() for code in asked.pcodes]
        yield "pcode", lambda column: or_(*(_begins(column("pcode"), code, dialect) for code in codes))
    if asked.countries:
        countries = [country.strip().upper() for country in asked.countries]
        yield "country", lambda column: column("country").in_(countries)
    if asked.precisions:
        precisions = [precision.strip() for precision in asked.precisions]
        yield "precision", lambda column: column("precision").in_(precisions)
    if (box := asked.box) is not None:
        yield "box", lambda column: _inside(column, box)
    if (circle := asked.circle) is not None:
        around = box_around(circle)
        yield (
            "circle",
            lambda column: and_(_inside(column, around), within(column("lat"), column("lon"), circle, dialect)),
        )


def _loosely(name: str) -> Any:
    return loose(claim_place.c[name])


def _inside(column: Columns, box: Box) -> ColumnElement[bool]:
    between = column("lat").between(box.south, box.north)
    if box.west <= box.east:
        return and_(between, column("lon").between(box.west, box.east))
    return and_(between, or_(column("lon") >= box.west, column("lon") <= box.east))


def _actors(asked: Search, dialect: str) -> Iterator[Condition]:
    ids = [actor.strip() for actor in asked.actors]
    part = [loose(claim_actor.c.role) == asked.role.value] if asked.role else []
    if asked.actors:
        yield _under(
            claim_actor,
            lambda column: [or_(column("actor_id").in_(ids), _named(column("key"), asked.actors, dialect)), *part],
            dialect,
        )


def _sources(asked: Search, dialect: str) -> Iterator[Condition]:
    if asked.sources:
        yield _under(claim_source, lambda column: [_named(column("key"), asked.sources, dialect)], dialect)


def _count(number: Number, dialect: str) -> Condition:
    kinds = list(CountKind) if number.kind is None else [number.kind]

    def parts(column: Columns) -> list[ColumnElement[bool]]:
        # Every kind is named, for the index begins with it.
        made = [column("kind").in_([kind.value for kind in kinds])]
        if number.who is not None:
            made.append(loose(claim_count.c.who) == number.who.value)
        if number.low is not None:
            made.append(column("low") >= number.low)
        if number.high is not None:
            made.append(loose(claim_count.c.high) <= number.high)
        return made

    return _under(claim_count, parts, dialect)


def _under(table: Table, parts: Parts, dialect: str) -> Condition:
    """A row of a table under `claim` fulfils all that `parts` makes of the table's columns."""
    asked = parts(lambda name: loose(table.c[name]))
    inner = select(literal(1)).select_from(table).where(table.c.claim == search_claim.c.claim, *asked)
    if dialect == "postgresql":
        inner = inner.offset(0)  # asked for each row by its key: never by going through the whole table
    found = select(table.c.claim).where(*parts(lambda name: table.c[name]))
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

"""What claims are sorted by → stretches, one behind the other, each of one order that an index gives.

The first stretch of a search by date are the claims that have one, the last those that have none; a search by relevance
has these two for every field that the words may stand in. So a place in the order is a stretch and a row of it, and
no row ever has to be counted up to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, not_, true, tuple_

from sijill.casefile.schema import search_claim
from sijill.casefile.search.conditions import among, loose, of_dates
from sijill.casefile.search.fulltext import FIELDS, documents_with
from sijill.casefile.search.index import REACHES
from sijill.casefile.search.query import Search, Sort
from sijill.casefile.search.words import Term
from sijill.model import CountKind

__all__ = ["Stretch", "stretches_of"]

_COLUMNS = {
    Sort.DATE: "first",
    Sort.PUBLISHED: "published",
    Sort.COUNT: "people",
    Sort.KILLED: "killed",
    Sort.RELEVANCE: "published",
}


class Stretch(msgspec.Struct, frozen=True):
    """Claims in the order of `columns`, of which the last is the key. `known` False: those that lack the first one.

    `streams` are bounds that part them so that an index gives each part in order, each with what is left to be asked of
    its rows; together they are the condition of the name `columns[0]`, where there is one. `extra` must hold as well.
    """

    columns: tuple[str, ...]
    down: bool
    known: bool | None = None
    streams: tuple[tuple[ColumnElement[bool], ColumnElement[bool]], ...] = ()
    extra: tuple[ColumnElement[bool], ...] = ()

    @property
    def sorted_by(self) -> tuple[str, ...]:
        """The columns that tell its rows apart."""
        return self.columns[1:] if self.known is False else self.columns

    def membership(self, *, indexed: bool) -> list[ColumnElement[bool]]:
        """Which rows belong to it."""
        column = _column(self.columns[0], indexed=indexed)
        return [] if self.known is None else [column.is_not(None) if self.known else column.is_(None)]

    def behind(self, key: tuple[int, ...], *, indexed: bool) -> ColumnElement[bool]:
        """The rows that come after the one with that key."""
        columns: list[ColumnElement[Any]] = [_column(name, indexed=indexed) for name in self.sorted_by]
        if len(columns) == 1:
            return columns[0] < key[0] if self.down else columns[0] > key[0]
        row: ColumnElement[Any] = tuple_(*columns)
        return row < tuple_(*key) if self.down else row > tuple_(*key)

    def up_to(self, key: tuple[int, ...]) -> ColumnElement[bool]:
        """The rows up to the one with that key."""
        columns: list[ColumnElement[Any]] = [_column(name, indexed=True) for name in self.sorted_by]
        if len(columns) == 1:
            return columns[0] >= key[0] if self.down else columns[0] <= key[0]
        row: ColumnElement[Any] = tuple_(*columns)
        return row >= tuple_(*key) if self.down else row <= tuple_(*key)

    def order(self, *, indexed: bool) -> list[ColumnElement[Any]]:
        """What to sort by."""
        columns = [_column(name, indexed=indexed) for name in self.columns]
        return [column.desc() if self.down else column.asc() for column in columns]


def stretches_of(asked: Search, terms: Sequence[Term], dialect: str) -> list[Stretch]:
    """The stretches of a search, in order."""
    if asked.sort is Sort.ID:
        return [Stretch(("claim",), asked.down)]
    if asked.sort is Sort.ADDED:
        return [Stretch(("document", "claim"), asked.down)]
    columns = (_COLUMNS[asked.sort], "claim")
    known = Stretch(columns, asked.down, True, _streams(asked))
    # A filter on the column that is sorted by leaves none that lacks it, and is seen to by the streams.
    both = [known] if _is_bounded(asked) else [known, Stretch(columns, asked.down, False)]
    if asked.sort is not Sort.RELEVANCE:
        return both
    found = []
    before: tuple[ColumnElement[bool], ...] = ()
    for field in FIELDS:
        here = among(search_claim.c.document, documents_with(terms, field, dialect), dialect).holds
        extra = (*before, here) if field != "body" else before
        found += [msgspec.structs.replace(stretch, extra=extra) for stretch in both]
        before = (*before, not_(here))
    return found


def _is_bounded(asked: Search) -> bool:
    """Whether there is a filter on the days that are sorted by."""
    if asked.sort is Sort.DATE:
        return asked.since is not None or asked.until is not None
    by_published = asked.sort in (Sort.PUBLISHED, Sort.RELEVANCE)
    return by_published and (asked.published_since is not None or asked.published_until is not None)


def _streams(asked: Search) -> tuple[tuple[ColumnElement[bool], ColumnElement[bool]], ...]:
    """Bounds that the filters set to the column that is sorted by, so that no row outside them is looked at."""
    row = search_claim.c
    if asked.sort is Sort.DATE and _is_bounded(asked):
        return tuple(of_dates(search_claim, asked, reach) for reach in range(len(REACHES) + 1))
    bounds: list[ColumnElement[bool]] = []
    if asked.sort in (Sort.PUBLISHED, Sort.RELEVANCE):
        if asked.published_since is not None:
            bounds.append(row.published >= asked.published_since.toordinal())
        if asked.published_until is not None:
            bounds.append(row.published <= asked.published_until.toordinal())
    if asked.sort in (Sort.COUNT, Sort.KILLED):
        kinds = (CountKind.KILLED,) if asked.sort is Sort.KILLED else (None, *CountKind)
        lows = [number.low for number in asked.counts if number.low is not None and number.kind in kinds]
        if lows:
            bounds.append(row[_COLUMNS[asked.sort]] >= max(lows))
    return ((and_(*bounds), true()),) if bounds else ()


def _column(name: str, *, indexed: bool) -> Any:
    column = search_claim.c[name]
    return column if indexed else loose(column)

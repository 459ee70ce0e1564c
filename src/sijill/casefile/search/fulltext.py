"""Words in a text → what each database is asked: FTS5 on SQLite, a tsquery on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, column, literal, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from sijill.casefile.search.index import PARTS
from sijill.casefile.search.words import Term

__all__ = ["FIELDS", "documents_with"]

# Where words may stand, the most telling first. `body` is everything.
FIELDS = ("title", "lead", "body")
_SHIFT = PARTS.bit_length() - 1
_FTS5 = table("search_words", column("rowid"), column("search_words"))
_VECTOR = table("search_words", column("n"), column("words"))


def documents_with(terms: Sequence[Term], field: str, dialect: str) -> Select[Any]:
    """The keys of the documents where all the terms stand in that field; one with several parts may come twice."""
    if dialect == "sqlite":
        return select(_FTS5.c.rowid.op(">>")(_SHIFT)).where(_matches_fts5(terms, field))
    query = cast(literal(_tsquery(terms, field[0]), Text), TSQUERY)
    return select(_VECTOR.c.n.op(">>")(_SHIFT)).where(_VECTOR.c.words.op("@@", is_comparison=True)(query))


def _matches_fts5(terms: Sequence[Term], field: str) -> ColumnElement[bool]:
    """Words hold no quotation mark, so that what stands between two is nothing but words."""
    asked = " AND ".join(f'"{" ".join(term.keys)}"{" *" if term.prefix else ""}' for term in terms)
    return _FTS5.c.search_words.op("MATCH", is_comparison=True)(f"{{{field}}} : ({asked})")


def _tsquery(terms: Sequence[Term], letter: str) -> str:
    """Words hold no apostrophe and no backslash."""
    asked = []
    for term in terms:
        words = [f"'{letter}:{key}'" for key in term.keys]
        asked.append(f"({' <-> '.join(words)}{':*' if term.prefix else ''})")
    return " & ".join(asked)

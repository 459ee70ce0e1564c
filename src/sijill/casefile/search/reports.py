"""A search → the reports themselves, in the order in which they were added, in pages.

Words, outlet and day of publication are asked of the report, whether it has claims or none. Where a filter asks for
something in a claim, a report is found that has a claim of its newest reading for which all of them hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from sijill.casefile.rows import key_of
from sijill.casefile.schema import document, search_document
from sijill.casefile.search import cursors
from sijill.casefile.search.fulltext import documents_with
from sijill.casefile.search.pages import LARGEST, case_of, count_of_documents, keys_behind, terms_of
from sijill.casefile.search.query import Search, Sort, checked, fingerprint
from sijill.casefile.search.words import Term
from sijill.errors import ConfigError

__all__ = ["Reports", "count_reports", "find_reports"]

# What is asked of the report; everything else is asked of a claim.
_OF_REPORTS = ("text", "outlets", "published_since", "published_until", "sort", "descending")
_PLAIN = Search()
_GREATEST = 2**63 - 1
_ROUND = 500  # claims at a time


class Reports(msgspec.Struct, frozen=True):
    """The keys of documents in order, and the cursor of the page after this one; None where there is none."""

    documents: tuple[int, ...]
    next: str | None


def find_reports(connection: Connection, asked: Search, limit: int, cursor: str | None = None) -> Reports:
    """A page of at most `limit` reports. Raises ConfigError for a search, a limit or a cursor that makes no sense."""
    terms = _checked(asked)
    if not 1 <= limit <= LARGEST:
        raise ConfigError(f"a page has 1 to {LARGEST:,} reports, not {limit:,}")
    signed = (f"{fingerprint(asked)}:reports", case_of(connection))
    after = cursors.read(cursor, *signed).key[0] if cursor is not None else None
    ask = _of_claims if _asks_claims(asked) else _of_documents
    found = ask(connection, asked, terms, after, limit + 1)
    if len(found) <= limit:
        return Reports(tuple(found), None)
    return Reports(tuple(found[:limit]), cursors.write(cursors.Place(0, (found[limit - 1],)), *signed))


def count_reports(connection: Connection, asked: Search) -> int:
    """How many reports there are."""
    terms = _checked(asked)
    if _asks_claims(asked):
        return count_of_documents(connection, asked)
    return int(connection.scalar(select(func.count()).where(*_conditions(connection, asked, terms))) or 0)


def _checked(asked: Search) -> tuple[Term, ...]:
    if checked(asked).sort is not Sort.ADDED:
        raise ConfigError("reports are sorted by when they were added; other orders are of claims")
    return terms_of(asked)


def _asks_claims(asked: Search) -> bool:
    """Whether a filter asks for something in a claim."""
    fields = msgspec.structs.asdict(asked)
    return any(fields[name] != getattr(_PLAIN, name) for name in fields if name not in _OF_REPORTS)


def _of_documents(
    connection: Connection, asked: Search, terms: Sequence[Term], after: int | None, wanted: int
) -> list[int]:
    n = document.c.n
    where = _conditions(connection, asked, terms)
    if after is not None:
        where.append(n < after if asked.down else n > after)
    order = n.desc() if asked.down else n.asc()
    return list(connection.scalars(select(n).where(*where).order_by(order).limit(wanted)))


def _conditions(connection: Connection, asked: Search, terms: Sequence[Term]) -> list[ColumnElement[bool]]:
    where: list[Any] = [document.c.n.is_not(None)]
    if terms:
        where.append(document.c.n.in_(documents_with(terms, "body", connection.dialect.name)))
    if asked.outlets:
        keys = [key_of(outlet) for outlet in asked.outlets]
        where.append(document.c.n.in_(select(search_document.c.document).where(search_document.c.outlet.in_(keys))))
    if asked.published_since is not None:
        where.append(document.c.published >= asked.published_since)
    if asked.published_until is not None:
        where.append(document.c.published <= asked.published_until)
    return where


def _of_claims(
    connection: Connection, asked: Search, terms: Sequence[Term], after: int | None, wanted: int
) -> list[int]:
    """The documents of the claims that are found, which stand together in the order in which they were added."""
    found: dict[int, None] = {}
    # Behind all claims of a document, whichever way.
    beyond = 0 if asked.down else _GREATEST
    key = None if after is None else (after, beyond)
    while len(found) < wanted:
        keys = keys_behind(connection, asked, terms, key, _ROUND)
        found |= dict.fromkeys(document_ for document_, _ in keys)
        if len(keys) < _ROUND:
            break
        key = (next(reversed(found)), beyond)
    return list(found)[:wanted]

"""Reports that are stored wait for the rows that search asks; `settle` makes these for all that wait, at once.

A report is stored with its bytes, its reading and its entry of the chain, in a transaction of its own; everything that
is made from these (the rows of its claims, the words and word groups of its text) comes later, for some hundred reports
together, which costs half as much. `search_waiting` says which wait. Whoever asks for claims settles first, so that
nobody can tell; a program that was killed leaves some waiting, and the next one that opens the case settles them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, select

from sijill.casefile.duplicates import keep_samples, likely, shingles
from sijill.casefile.inserting import insert_cells
from sijill.casefile.queries import document_row, readings_of, report_of, text_of
from sijill.casefile.readings import insert_claims_of
from sijill.casefile.records import Reading
from sijill.casefile.schema import search_waiting
from sijill.casefile.search.index import index_documents, word_rows
from sijill.model import Document, Report

__all__ = ["Ready", "settle", "wait", "waiting"]

_WAITING = select(search_waiting.c.document).order_by(search_waiting.c.document)
# Reports of which all is held at a time.
_PAGE = 200


class Ready(msgspec.Struct, frozen=True):
    """A stored report with all that its rows are made from.

    `words` are those of `word_rows`; `sample` is what is to be noted of its word groups, for the first of a family.
    """

    given: Document
    reading: Reading
    report: Report
    words: list[dict[str, Any]]
    sample: tuple[int, ...]


def wait(connection: Connection, document: int) -> None:
    """Notes down that a stored document waits."""
    insert_cells(connection, search_waiting, [(document,)])


def waiting(connection: Connection) -> int:
    """How many documents wait."""
    return int(connection.scalar(select(func.count()).select_from(search_waiting)) or 0)


def settle(connection: Connection, known: Mapping[int, Ready] | None = None) -> int:
    """Makes the rows of all documents that wait; how many there were. Only within a transaction that writes.

    `known` has those, by their keys, that need not be fetched.
    """
    keys = list(connection.scalars(_WAITING))
    for at in range(0, len(keys), _PAGE):
        _settle(connection, keys[at : at + _PAGE], known or {})
    return len(keys)


def _settle(connection: Connection, keys: Sequence[int], known: Mapping[int, Ready]) -> None:
    ready: list[tuple[int, Ready]] = []
    recent: dict[int, list[int]] = {}
    for key in keys:
        item = known.get(key) or _fetched(connection, key, recent)
        ready.append((key, item))
        for value in item.sample:
            recent.setdefault(value, []).append(key)
    keep_samples(connection, ((key, item.sample) for key, item in ready))
    insert_claims_of(connection, ((item.reading, item.report) for _, item in ready))
    index_documents(connection, ((key, item.given, item.words) for key, item in ready))
    connection.execute(delete(search_waiting).where(search_waiting.c.document.between(keys[0], keys[-1])))


def _fetched(connection: Connection, key: int, recent: Mapping[int, Sequence[int]]) -> Ready:
    row = document_row(connection, key)
    given = row.document(text_of(connection, row))
    reading = readings_of(connection, key)[-1]
    sample = likely(connection, shingles(given.text), recent).new if row.family == key else ()
    return Ready(given, reading, report_of(connection, reading), word_rows(given), sample)

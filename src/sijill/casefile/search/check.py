"""Whether what search asks is what documents, readings and decisions make: made again, and compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, column, select, table
from sqlalchemy.dialects.postgresql import TSVECTOR

from sijill.casefile.problems import Problem
from sijill.casefile.queries import cells, claims_of, documents, text_of
from sijill.casefile.records import DocumentRow
from sijill.casefile.rows import named
from sijill.casefile.schema import claim, document, search_claim, search_document, search_waiting
from sijill.casefile.search.index import PARTS, claim_cells, document_row, vector, word_rows
from sijill.casefile.search.words import wording
from sijill.model import Document

__all__ = ["searched"]

_MASK = (1 << 64) - 1
_FIELDS = ("title", "lead", "body")
_WORDS = table("search_words", column("n"), column("words"))
_SAME = select(_WORDS.c.n, _WORDS.c.words == cast(bindparam("words", type_=Text), TSVECTOR)).where(
    _WORDS.c.n == bindparam("key")
)


def searched(connection: Connection) -> Iterator[Problem]:
    """Rows and words of search that are missing, changed or too many.

    The words of a document that another version of Sijill cut are passed over: `reindex` makes them anew.
    """
    words = _Words(connection)
    waiting = set(connection.scalars(select(search_waiting.c.document)))
    for row in documents(connection):
        if row.n in waiting:
            continue
        given = row.document(text_of(connection, row))
        yield from _claims(connection, row, given)
        yield from _document(connection, row, given, words)
    yield from _strays(connection, words)


class _Words:
    """What stands in `search_words`. Of SQLite's only sums are held: over each word, where it stands, in what field."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sums: dict[int, int] = defaultdict(int)
        self.keys: set[int]
        if connection.dialect.name == "sqlite":
            with _instances(connection) as rows:
                for word, key, field, place in rows:
                    self._sums[key] = (self._sums[key] + hash((word, field, place))) & _MASK
            self.keys = set(self._sums)
        else:
            self.keys = set(connection.scalars(select(_WORDS.c.n)))

    def hold(self, key: int, row: dict[str, Any]) -> bool:
        """Whether row `key` has just these words."""
        if self._connection.dialect.name != "sqlite":
            found = self._connection.execute(_SAME, {"key": key, "words": vector(row)}).first()
            return found is not None and bool(found[1])
        total = 0
        for field in _FIELDS:
            for place, word in enumerate(row[field].split(" ") if row[field] else ()):
                total = (total + hash((word, field, place))) & _MASK
        return self._sums.get(key) == total


@contextmanager
def _instances(connection: Connection) -> Iterator[Iterator[Any]]:
    """Every word of FTS5's index with its row, field and place: a view beside the file, which stays as it is."""
    only_reading = connection.exec_driver_sql("PRAGMA query_only").scalar()
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE temp.search_instances USING fts5vocab(main, search_words, instance)"
    )
    try:
        rows = connection.exec_driver_sql("SELECT term, doc, col, offset FROM temp.search_instances")
        yield iter(rows)
        rows.close()
    finally:
        connection.exec_driver_sql("DROP TABLE temp.search_instances")
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if only_reading else 'OFF'}")


def _claims(connection: Connection, row: DocumentRow, given: Document) -> Iterator[Problem]:
    query = select(search_claim).where(search_claim.c.document == row.n)
    found = {item.claim: cells(item) for item in connection.execute(query)}
    claims = claims_of(connection, row.n)
    expected = {item.n: named(search_claim, claim_cells(item, given.published)) for item in claims}
    for key in sorted({*found, *expected}):
        name = f"search_claim {key} ({row.id})"
        if key not in found:
            yield Problem("row", name, "missing")
        elif key not in expected:
            yield Problem("row", name, "it is of no claim of the newest reading")
        elif found[key] != expected[key]:
            wrong = ", ".join(column for column, cell in expected[key].items() if found[key][column] != cell)
            yield Problem("row", name, f"{wrong}: not what the claim says")


def _document(connection: Connection, row: DocumentRow, given: Document, words: _Words) -> Iterator[Problem]:
    name = f"search_document {row.n} ({row.id})"
    found = connection.execute(select(search_document).where(search_document.c.document == row.n)).first()
    if found is None:
        yield Problem("row", name, "missing")
        return
    expected = document_row(row.n, given)
    if found.outlet != expected["outlet"]:
        yield Problem("row", name, "outlet: not what the document says")
    if found.wording != wording().version:
        return
    for part, each in enumerate(word_rows(given)):
        if not words.hold(row.n * PARTS + part, each):
            yield Problem("row", f"search_words of document {row.n} ({row.id})", "not the words of its text")
            return


def _strays(connection: Connection, words: _Words) -> Iterator[Problem]:
    there = select(document.c.n).where(document.c.n == search_claim.c.document).exists()
    for key in connection.scalars(select(search_claim.c.claim).where(~there)):
        yield Problem("row", f"search_claim {key}", "there is no such document")
    known = select(claim.c.n).where(claim.c.n == search_claim.c.claim).exists()
    for key in connection.scalars(select(search_claim.c.claim).where(~known)):
        yield Problem("row", f"search_claim {key}", "there is no such claim")
    of_words = {key // PARTS for key in words.keys}
    documents_ = set(connection.scalars(select(document.c.n)))
    indexed = set(connection.scalars(select(search_document.c.document)))
    waiting = set(connection.scalars(select(search_waiting.c.document)))
    for key in sorted(waiting - documents_):
        yield Problem("row", f"search_waiting {key}", "there is no such document")
    for key in sorted(waiting & (indexed | of_words)):
        yield Problem("row", f"search_waiting {key}", "its document has rows of search already")
    for key in sorted(indexed - documents_):
        yield Problem("row", f"search_document {key}", "there is no such document")
    for key in sorted(of_words - documents_):
        yield Problem("row", f"search_words of document {key}", "there is no such document")

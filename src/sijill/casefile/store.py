"""Putting reports into a case: nothing twice, nothing lost, one transaction a document."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from sijill.casefile import audit, custody
from sijill.casefile.canonical import Clock, canonical, digest, now, stamp
from sijill.casefile.database import Database
from sijill.casefile.duplicates import family_of, likely, shingles
from sijill.casefile.inserting import insert_rows, rows_of
from sijill.casefile.queries import document_row, next_key, next_keys, text_of
from sijill.casefile.readings import By, insert_reading, packed_report
from sijill.casefile.records import DocumentRow, Outcome, Tally
from sijill.casefile.rows import searchable
from sijill.casefile.schema import batch, document, duplicate, reject
from sijill.casefile.search.index import word_rows
from sijill.casefile.settling import Ready, settle, wait
from sijill.errors import StoreError
from sijill.model import Document, Report
from sijill.sources import Given, Original, Rejected

__all__ = ["Batch", "identity_of"]

# The longest id: a server's index takes no longer ones.
_LONGEST = 200
# So many stored reports, or characters of them, wait for the rows that search asks.
_GROUP, _CHARACTERS = 200, 4_000_000
# How much of a text's first line is looked for in its original.
_BEGINNING = 60
_SAME = "SELECT n, id, identity FROM document WHERE identity = ? OR id = ?"
_Key = tuple[int, str]
_Stored = tuple[Ready, audit.Entry]


def identity_of(report: Document) -> str:
    """A hash over what makes a report itself: its text, day, title, address and outlet. Its id is not in it."""
    day = report.published.isoformat() if report.published else None
    return digest([report.sha256, day, report.title, report.url, report.outlet])


class Batch:
    """One run of adding: `take` each input, then `finish`. `tally` counts; what is not finished is told as such.

    `policy` is what the reports are read with, `options` what to note down about the run.
    """

    def __init__(
        self, database: Database, author: str, options: dict[str, Any], *, policy: str = "", clock: Clock = now
    ) -> None:
        if not author.strip():
            raise StoreError("who adds it must be said")
        self._database, self._author, self._policy, self._clock = database, author, policy, clock
        self._numbers: dict[str, int] = {}
        self._waiting = _Waiting()
        self.tally = Tally()
        with database.writing() as connection:
            self.n = next_key(connection, batch.c.n)
            time = stamp(clock())
            row = {"n": self.n, "started": time, "author": author, "options": canonical(options)}
            connection.execute(insert(batch), row)
            settle(connection)
            entry = audit.append(connection, time, author, "begin", f"batch:{self.n}", {"options": options})
            self._last, self._keys = (entry.seq, entry.hash), next_keys(connection)

    def take(self, item: Given | Rejected, read: Callable[[Document], Report]) -> tuple[Outcome, str]:
        """Stores a report and what `read` makes of it, unless it is there; notes a rejected input down.

        Gives what became of it, and under which id the case has it (for a rejected one, why).
        """
        if isinstance(item, Rejected):
            with self._database.writing(hurrying=True) as connection:
                row = {"origin": item.where, "what": item.what, "mend": item.mend}
                cells = {name: searchable(cell) for name, cell in row.items()}
                connection.execute(insert(reject), {"batch": self.n, "position": self.tally.taken + 1, **cells})
            self.tally.rejected += 1
            return Outcome.REJECTED, str(item)
        fresh = _Fresh(item)
        # Looked up before the work of reading; and again when nobody else can write, unless nobody has written since.
        with self._database.reading() as connection:
            there, free = self._there(connection, fresh)
        report = None if there else fresh.read(read)
        with self._database.writing(hurrying=True) as connection:
            if there is None and not self._alone(connection):
                there, free = self._there(connection, fresh)
            if there is not None or report is None:
                name = self._again(connection, item, there)
                self.tally.duplicate += 1
                return Outcome.DUPLICATE, name
            made, entry = self._store(connection, fresh, free, report)
        self.tally.stored += 1
        self._last, self._keys = (entry.seq, entry.hash), self._keys.behind(made.report)
        self._waiting.add(made)
        if self._waiting.full:
            with self._database.writing(hurrying=True) as connection:
                self._settle(connection)
        return Outcome.STORED, made.report.doc

    def finish(self) -> Tally:
        """Closes the batch: its numbers and a hash over its lists go into the chain."""
        numbers = {name: getattr(self.tally, name) for name in ("taken", "stored", "duplicate", "rejected")}
        with self._database.writing() as connection:
            self._settle(connection)
            time = stamp(self._clock())
            connection.execute(update(batch).where(batch.c.n == self.n).values(finished=time, **numbers))
            payload = {**numbers, "lists": lists_digest(connection, self.n)}
            audit.append(connection, time, self._author, "end", f"batch:{self.n}", payload)
        return self.tally

    def _settle(self, connection: Connection) -> None:
        """Makes the rows of what waits. Should the transaction fail, they are made by whoever opens the case next."""
        ready, self._waiting = self._waiting.reports, _Waiting()
        settle(connection, ready)

    def _alone(self, connection: Connection) -> bool:
        """Whether nobody else has written since this batch did; where somebody has, what waits is settled."""
        last = audit.head(connection)
        if last == self._last:
            return True
        self._settle(connection)
        self._last, self._keys = last, next_keys(connection)
        return False

    def _again(self, connection: Connection, item: Given, there: _Key | None) -> str:
        if there is None:
            raise StoreError("a document is neither there nor read")
        row = {
            "batch": self.n,
            "position": self.tally.taken + 1,
            "origin": searchable(item.where),
            "part": searchable(item.part),
            "document": there[0],
        }
        connection.execute(insert(duplicate), row)
        return there[1]

    def _there(self, connection: Connection, fresh: _Fresh) -> tuple[_Key | None, bool]:
        """The document that is the same, if there is one; and whether the report's id is free."""
        rows = rows_of(connection, _SAME, (fresh.identity, fresh.name))
        same = next(((n, name) for n, name, identity in rows if identity == fresh.identity), None)
        return same, all(name != fresh.name for _, name, _ in rows)

    def _store(self, connection: Connection, fresh: _Fresh, free: bool, report: Report) -> _Stored:  # noqa: FBT001
        given, time = fresh.item.document, stamp(self._clock())
        keys, key = self._keys, self._keys.document
        among = likely(connection, fresh.shingles, self._waiting.samples)
        alike = family_of(among, fresh.shingles, lambda other: text_of(connection, document_row(connection, other)))
        family, likeness = alike or (key, 1.0)
        row = DocumentRow(
            n=key,
            id=fresh.name if free else self._numbered(connection, fresh.name),
            identity=fresh.identity,
            text=fresh.text,
            original=fresh.item.original.sha256,
            origin=searchable(fresh.item.where),
            part=searchable(fresh.item.part),
            record=canonical(msgspec.structs.replace(given, text="")),
            characters=len(given.text),
            family=family,
            likeness=likeness,
            batch=self.n,
            added=time,
            author=self._author,
        )
        report = msgspec.structs.replace(report, doc=row.id)
        packed = packed_report(report, fresh.base)
        custody.keep(connection, *fresh.packed, packed)
        insert_rows(connection, document, [{**msgspec.structs.asdict(row), **searched(given)}])
        made = insert_reading(connection, keys, report, packed.sha256, By(time, self._author, self._policy))
        wait(connection, key)
        payload = {
            "batch": self.n,
            "document": {"id": row.id, "digest": digest(msgspec.structs.asdict(row))},
            "original": row.original,
            "text": row.text,
            "origin": row.origin,
            "reading": {"n": made.n, "digest": digest(msgspec.structs.asdict(made)), "claims": made.claims},
        }
        entry = audit.append(connection, time, self._author, "add", f"document:{key}", payload, last=self._last)
        return Ready(given, made, report, fresh.words, among.new if family == key else ()), entry

    def _numbered(self, connection: Connection, wanted: str) -> str:
        """The report's id, which is taken, with `~2`, `~3`, … behind it."""
        number = self._numbers.get(wanted, 1) + 1
        while connection.scalar(select(document.c.n).where(document.c.id == f"{wanted}~{number}")) is not None:
            number += 1
        self._numbers[wanted] = number
        return f"{wanted}~{number}"


class _Waiting:
    """What a batch has stored and not settled: the reports by their keys, and their samples of word groups."""

    def __init__(self) -> None:
        self.reports: dict[int, Ready] = {}
        self.samples: dict[int, list[int]] = {}
        self._characters = 0

    def add(self, made: Ready) -> None:
        """One more."""
        key = made.reading.document
        self.reports[key] = made
        self._characters += len(made.given.text)
        for value in made.sample:
            self.samples.setdefault(value, []).append(key)

    @property
    def full(self) -> bool:
        """Whether it is time to settle."""
        return len(self.reports) >= _GROUP or self._characters >= _CHARACTERS


class _Fresh:
    """A report on its way in, with all that can be made ready while others still write."""

    def __init__(self, item: Given) -> None:
        self.item, self.identity, self.text = item, identity_of(item.document), item.document.sha256
        name = searchable(item.document.id)
        # Without room for a long one in a server's index, the rest of it goes into a hash.
        self.name = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 20]}~{self.identity[-12:]}"
        self.shingles: frozenset[int] = frozenset()
        self.packed: tuple[custody.Packed, ...] = ()
        self.base: custody.Base | None = None
        self.words: list[dict[str, Any]] = []

    def read(self, read: Callable[[Document], Report]) -> Report:
        """What `read` makes of it; its bytes are packed and its word groups counted."""
        given, original = self.item.document, self.item.original
        report = read(given)
        self.shingles = shingles(given.text)
        self.words = word_rows(given)
        text = given.text.encode("utf-8")
        if original.sha256 == self.text:
            self.base = custody.Base(self.text, text)
            self.packed = (custody.pack(text, self.text),)
            return report
        whole = custody.Base(original.sha256, original.content)
        # An original in other letters or escapes, or a large one, is of no use to the text.
        alike = whole.fits and text[:_BEGINNING].split(b"\n")[0] in whole.content
        self.base = whole if alike else custody.Base(self.text, text)
        self.packed = (_packed(original), custody.pack(text, self.text, whole if alike else None))
        return report


@lru_cache(maxsize=1)
def _packed(original: Original) -> custody.Packed:
    # Rows of a large table come one after the other, and share their original.
    return custody.pack(original.content, original.sha256)


def searched(given: Document) -> dict[str, Any]:
    """The columns of table `document` that are for search only."""
    return {
        "published": given.published,
        "title": None if given.title is None else searchable(given.title),
        "url": None if given.url is None else searchable(given.url),
        "outlet": None if given.outlet is None else searchable(given.outlet),
    }


def lists_digest(connection: Connection, key: int) -> str:
    """A hash over what a batch rejected and what it was given again."""
    lists = []
    for table in (reject, duplicate):
        rows = connection.execute(select(table).where(table.c.batch == key).order_by(table.c.position))
        lists.append([list(row) for row in rows])
    return digest(lists)

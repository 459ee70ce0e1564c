"""Putting reports into a case: nothing twice, nothing lost, one transaction a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from sijill.casefile import audit, custody
from sijill.casefile.canonical import Clock, canonical, digest, now, stamp
from sijill.casefile.database import Database
from sijill.casefile.duplicates import family_of, keep_sample, shingles
from sijill.casefile.queries import document_row, next_key, text_of
from sijill.casefile.readings import insert_reading
from sijill.casefile.records import DocumentRow, Outcome, Tally
from sijill.casefile.rows import searchable
from sijill.casefile.schema import batch, document, duplicate, reject
from sijill.errors import StoreError
from sijill.model import Document, Report
from sijill.sources import Given, Rejected

__all__ = ["Batch", "identity_of"]

# The longest id: a server's index takes no longer ones.
_LONGEST = 200


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
        self.tally = Tally()
        with database.writing() as connection:
            self.n = next_key(connection, batch.c.n)
            time = stamp(clock())
            row = {"n": self.n, "started": time, "author": author, "options": canonical(options)}
            connection.execute(insert(batch), row)
            audit.append(connection, time, author, "begin", f"batch:{self.n}", {"options": options})

    def take(self, item: Given | Rejected, read: Callable[[Document], Report]) -> tuple[Outcome, str]:
        """Stores a report and what `read` makes of it, unless it is there; notes a rejected input down.

        Gives what became of it, and under which id the case has it (for a rejected one, why).
        """
        if isinstance(item, Rejected):
            with self._database.writing() as connection:
                row = {"origin": item.where, "what": item.what, "mend": item.mend}
                cells = {name: searchable(cell) for name, cell in row.items()}
                connection.execute(insert(reject), {"batch": self.n, "position": self.tally.taken + 1, **cells})
            self.tally.rejected += 1
            return Outcome.REJECTED, str(item)
        identity = identity_of(item.document)
        # Looked up before the work of reading; and again when nobody else can write.
        with self._database.reading() as connection:
            there = _named(connection, identity)
        report = None if there else read(item.document)
        with self._database.writing() as connection:
            there = there or _named(connection, identity)
            if there is not None or report is None:
                name = self._again(connection, item, there)
                self.tally.duplicate += 1
                return Outcome.DUPLICATE, name
            name = self._store(connection, item, identity, report)
        self.tally.stored += 1
        return Outcome.STORED, name

    def finish(self) -> Tally:
        """Closes the batch: its numbers and a hash over its lists go into the chain."""
        numbers = {name: getattr(self.tally, name) for name in ("taken", "stored", "duplicate", "rejected")}
        with self._database.writing() as connection:
            time = stamp(self._clock())
            connection.execute(update(batch).where(batch.c.n == self.n).values(finished=time, **numbers))
            payload = {**numbers, "lists": lists_digest(connection, self.n)}
            audit.append(connection, time, self._author, "end", f"batch:{self.n}", payload)
        return self.tally

    def _again(self, connection: Connection, item: Given, there: tuple[int, str] | None) -> str:
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

    def _store(self, connection: Connection, item: Given, identity: str, report: Report) -> str:
        given, time = item.document, stamp(self._clock())
        text, found = given.sha256, shingles(given.text)
        custody.keep(connection, given.text.encode("utf-8"), text)
        custody.keep(connection, item.original.content, item.original.sha256)
        key = next_key(connection, document.c.n)
        family, likeness = family_of(connection, found, lambda other: _text(connection, other)) or (key, 1.0)
        row = DocumentRow(
            n=key,
            id=self._free_id(connection, given, identity),
            identity=identity,
            text=text,
            original=item.original.sha256,
            origin=searchable(item.where),
            part=searchable(item.part),
            record=canonical(msgspec.structs.replace(given, text="")),
            characters=len(given.text),
            family=family,
            likeness=likeness,
            batch=self.n,
            added=time,
            author=self._author,
        )
        connection.execute(insert(document), {**msgspec.structs.asdict(row), **searched(given)})
        if family == key:
            keep_sample(connection, key, found)
        report = msgspec.structs.replace(report, doc=row.id)
        made = insert_reading(connection, key, report, time=time, author=self._author, policy=self._policy)
        payload = {
            "batch": self.n,
            "document": {"id": row.id, "digest": digest(msgspec.structs.asdict(row))},
            "original": row.original,
            "text": row.text,
            "origin": row.origin,
            "reading": {"n": made.n, "digest": digest(msgspec.structs.asdict(made)), "claims": made.claims},
        }
        audit.append(connection, time, self._author, "add", f"document:{key}", payload)
        return row.id

    def _free_id(self, connection: Connection, given: Document, identity: str) -> str:
        """The report's own id where it is free, else with `~2`, `~3`, … behind it."""
        wanted = searchable(given.id)
        if len(wanted) > _LONGEST:
            wanted = f"{wanted[: _LONGEST - 20]}~{identity[-12:]}"
        name, number = wanted, self._numbers.get(wanted, 1)
        while connection.scalar(select(document.c.n).where(document.c.id == name)) is not None:
            number += 1
            name = f"{wanted}~{number}"
        self._numbers[wanted] = number
        return name


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


def _named(connection: Connection, identity: str) -> tuple[int, str] | None:
    row = connection.execute(select(document.c.n, document.c.id).where(document.c.identity == identity)).first()
    return None if row is None else (row.n, row.id)


def _text(connection: Connection, key: int) -> str:
    return text_of(connection, document_row(connection, key))

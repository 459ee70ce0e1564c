"""`CaseFile`: a case that is open. Each method is a transaction of its own; the work is done in the other files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from sijill.casefile import audit, decisions, queries, readings, search, store
from sijill.casefile.backup import Told, copy, silent
from sijill.casefile.canonical import Clock, now, stamp
from sijill.casefile.custody import content_of
from sijill.casefile.database import WAIT_S, Database, create_whole, open_database, upgrade_database
from sijill.casefile.records import Decision, DocumentRow, Reading, State, StoredClaim
from sijill.casefile.schema import REVISIONS, about
from sijill.casefile.search import Page, Reports, Search
from sijill.casefile.search.index import rebuild
from sijill.casefile.settling import settle, waiting
from sijill.casefile.verify import Problem, verify
from sijill.errors import StoreError
from sijill.model import Document, Report

__all__ = ["CaseFile"]


class CaseFile:
    """An open case; `with` closes it. `create` and `open` make one.

    Every method raises StoreError, in one line, where the database cannot do what is asked; nothing is changed then.
    Whatever asks for claims first makes the rows of reports that wait for theirs (`settling`), also where `write` is
    False; where nothing can be written at all, that is refused as long as some wait.
    """

    def __init__(self, database: Database, *, clock: Clock = now) -> None:
        self.database, self._clock = database, clock

    @classmethod
    def create(
        cls, address: str | Path, author: str, *, wait_s: float = WAIT_S, clock: Clock = now, note: str = ""
    ) -> Self:
        """A new, empty case at a path that is free, or in an empty PostgreSQL database."""
        time = stamp(clock())
        facts = {"id": uuid4().hex, "created": time, "schema": REVISIONS[-1], "note": note}
        with create_whole(address, wait_s=wait_s) as database, database.writing() as connection:
            connection.execute(insert(about), [{"key": key, "value": value} for key, value in facts.items()])
            audit.append(connection, time, author, "init", "case", facts)
        return cls.open(address, wait_s=wait_s, clock=clock)

    @classmethod
    def open(cls, address: str | Path, *, write: bool = True, wait_s: float = WAIT_S, clock: Clock = now) -> Self:
        """The case at a path or in a PostgreSQL database; `write` False opens a file so that it cannot change."""
        return cls(open_database(address, write=write, wait_s=wait_s), clock=clock)

    @classmethod
    def upgrade(cls, address: str | Path, author: str, *, clock: Clock = now) -> tuple[str, str]:
        """Brings a case of an older Sijill to this one's schema; the names of the schemas before and after."""
        database, before, after = upgrade_database(address)
        with cls(database, clock=clock) as case:
            if before != after:
                case.log(author, "upgrade", "case", {"from": before, "to": after})
        return before, after

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database."""
        self.database.close()

    @property
    def name(self) -> str:
        """Its path, or its address without a password."""
        return self.database.name

    @contextmanager
    def _settled(self) -> Iterator[Connection]:
        """A view of the case in which no report waits for its rows, but for one stored at this very moment."""
        with self.database.reading() as connection:
            waits = waiting(connection)
            if not waits:
                yield connection
                return
        self._settle(waits)
        with self.database.reading() as connection:
            yield connection

    def _settle(self, waits: int) -> None:
        with self.database.for_writing() as database:
            if database is None:
                raise StoreError(
                    f"{self.name}: {waits:,} reports still wait for their claims to be indexed, since a program "
                    "was stopped: run 'sijill case list' once where the case can be written"
                )
            with database.writing() as connection:
                settle(connection)

    # --- putting in ---

    def batch(self, author: str, options: dict[str, Any] | None = None, *, policy: str = "") -> store.Batch:
        """A run of adding reports: `take` each input, then `finish`."""
        return store.Batch(self.database, author, options or {}, policy=policy, clock=self._clock)

    def stale(self, sijill: str, data: str) -> list[str]:
        """The ids of documents whose newest reading is not by this version of Sijill and its data."""
        with self.database.reading() as connection:
            return readings.stale(connection, sijill, data)

    def reread(
        self, document: str, read: Callable[[Document], Report], author: str, *, policy: str = ""
    ) -> readings.Reread:
        """Reads a document again, beside its older readings; people's decisions go over to the new claims."""
        with self.database.reading() as connection:
            row = queries.document_named(connection, document)
            given = row.document(queries.text_of(connection, row))
        report = read(given)
        with self.database.writing() as connection:
            settle(connection)
            return readings.read_again(connection, row, report, readings.By(stamp(self._clock()), author, policy))

    def decide(
        self, claim: int, state: State, author: str, *, reason: str = "", changes: dict[str, Any] | None = None
    ) -> Decision:
        """Decides on the claim with that key; `changes` are new values of its fields, for State.EDITED only."""
        with self.database.writing() as connection:
            settle(connection)
            time = stamp(self._clock())
            return decisions.decide(connection, claim, state, time=time, author=author, reason=reason, changes=changes)

    def undo(self, decision: int, author: str, *, reason: str = "") -> Decision:
        """Takes the last decision on a claim back, by a new decision."""
        with self.database.writing() as connection:
            settle(connection)
            return decisions.undo(connection, decision, time=stamp(self._clock()), author=author, reason=reason)

    def log(self, author: str, action: str, subject: str, payload: Any) -> audit.Entry:
        """A new entry of the chain, for what is done with the case outside it (an export, a backup)."""
        with self.database.writing() as connection:
            return audit.append(connection, stamp(self._clock()), author, action, subject, payload)

    def backup(self, path: Path, author: str, *, told: Told = silent) -> int:
        """Copies the case as it is now into a new file; how many rows it has. The chain notes it down."""
        with create_whole(path) as copied, self._settled() as source, copied.writing() as target:
            rows = copy(source, target, told)
            seq, head = audit.head(source)
        self.log(author, "backup", "case", {"file": path.name, "rows": rows, "seq": seq, "head": head})
        return rows

    @classmethod
    def restore(cls, path: Path, address: str | Path, author: str, *, told: Told = silent, clock: Clock = now) -> Self:
        """Makes a case of a backup, at a place that is free; the chain goes on with an entry that says so.

        Raises StoreError, and makes nothing, where the backup is not as its chain says.
        """
        with cls.open(path, write=False) as source:
            problem = next(source.verify(), None)
            if problem is not None:
                raise StoreError(f"{path}: not restored, for it is not whole: {problem}")
            with create_whole(address) as made, source.database.reading() as rows, made.writing() as target:
                total = copy(rows, target, told)
                seq, head = audit.head(target)
                payload = {"file": path.name, "rows": total, "seq": seq, "head": head}
                audit.append(target, stamp(clock()), author, "restore", "case", payload)
        return cls.open(address, clock=clock)

    # --- reading out ---

    def documents(self, *, page: int = 500) -> Iterator[DocumentRow]:
        """Every document, in the order in which they were added."""
        after = 0
        while True:
            with self.database.reading() as connection:
                rows = list(queries.documents(connection, after=after, limit=page))
            yield from rows
            if len(rows) < page:
                return
            after = rows[-1].n

    def document(self, name: str) -> DocumentRow:
        """The document with that id, without its text."""
        with self.database.reading() as connection:
            return queries.document_named(connection, name)

    def text(self, row: DocumentRow) -> str:
        """A document's text, exactly as it was read."""
        with self.database.reading() as connection:
            return queries.text_of(connection, row)

    def original(self, row: DocumentRow) -> bytes:
        """The bytes that a document was read from, exactly as they were given."""
        with self.database.reading() as connection:
            return content_of(connection, row.original)

    def readings(self, row: DocumentRow) -> list[Reading]:
        """The readings of a document, oldest first; the last one is the current."""
        with self.database.reading() as connection:
            return queries.readings_of(connection, row.n)

    def report(self, reading: Reading) -> Report:
        """What a reading gave, byte for byte, without what people decided."""
        with self.database.reading() as connection:
            return queries.report_of(connection, reading)

    def claims(self, row: DocumentRow, *, reading: int | None = None) -> list[StoredClaim]:
        """The claims of a document with what people decided: of its newest reading, or of another."""
        with self._settled() as connection:
            return queries.claims_of(connection, row.n, of_reading=reading)

    def claims_by_key(self, keys: Sequence[int]) -> list[StoredClaim]:
        """The claims with those keys, in that order."""
        with self._settled() as connection:
            return queries.claims_by_key(connection, keys)

    def claim_keys(self, name: str) -> list[int]:
        """The keys of the claims that `name` means: a key, a claim's id, or `DOCUMENT/ID`."""
        with self._settled() as connection:
            return queries.claim_keys(connection, name)

    def search(self, asked: Search, *, limit: int = 100, cursor: str | None = None) -> Page:
        """A page of the keys of current claims that have what is asked; its `next` is the cursor of the one after it.

        Raises ConfigError for a search, a limit or a cursor that makes no sense.
        """
        with self._settled() as connection:
            return search.find(connection, asked, limit, cursor)

    def count(self, asked: Search, *, most: int | None = None) -> int:
        """How many current claims have what is asked; counting stops at `most`."""
        with self._settled() as connection:
            return search.count(connection, asked, most)

    def search_reports(self, asked: Search, *, limit: int = 100, cursor: str | None = None) -> Reports:
        """A page of the keys of documents that have what is asked, or a claim that has, as they were added.

        Raises ConfigError as `search` does, and for a search that is sorted otherwise.
        """
        with self._settled() as connection:
            return search.find_reports(connection, asked, limit, cursor)

    def count_reports(self, asked: Search) -> int:
        """How many documents have what is asked, or a claim that has."""
        with self._settled() as connection:
            return search.count_reports(connection, asked)

    def documents_by_key(self, keys: Sequence[int]) -> list[DocumentRow]:
        """The documents with those keys, in that order."""
        with self.database.reading() as connection:
            return [queries.document_row(connection, key) for key in keys]

    def outdated(self) -> int:
        """How many documents are indexed by the words of another version of Sijill: `reindex` brings them up."""
        with self._settled() as connection:
            return search.stale(connection)

    def reindex(self, author: str) -> int:
        """Makes all that search asks anew, from documents, readings and decisions; how many documents there are."""
        with self.database.writing() as connection:
            settle(connection)
            total = rebuild(connection)
            audit.append(connection, stamp(self._clock()), author, "reindex", "case", {"documents": total})
        return total

    def decisions(self, row: DocumentRow) -> list[Decision]:
        """The decisions on claims of a document, oldest first."""
        with self.database.reading() as connection:
            return queries.decisions_on(connection, row.n)

    def unresolved(self) -> list[Decision]:
        """Decisions on claims of older readings that stand on no claim of the newest."""
        with self._settled() as connection:
            return decisions.unresolved(connection)

    def overview(self, *, page: int = 500) -> Iterator[tuple[DocumentRow, int, int]]:
        """Every document, with the number of its claims and of those of them that people decided on."""
        after = 0
        while True:
            with self._settled() as connection:
                rows = queries.overview(connection, after=after, limit=page)
            yield from rows
            if len(rows) < page:
                return
            after = rows[-1][0].n

    def numbers(self) -> dict[str, int]:
        """How many documents, families of near-duplicates, readings, decisions there are, and claims in each state."""
        with self._settled() as connection:
            return queries.numbers(connection)

    def about(self) -> dict[str, str]:
        """What the case is: id, created, schema, note."""
        with self.database.reading() as connection:
            return {str(key): str(value) for key, value in connection.execute(select(about.c.key, about.c.value))}

    def head(self) -> tuple[int, str]:
        """Number and hash of the chain's last entry: note them elsewhere, and nobody can shorten the chain unseen."""
        with self.database.reading() as connection:
            return audit.head(connection)

    def verify(self, *, expect: str | None = None) -> Iterator[Problem]:
        """Everything that is not as the chain says it was; nothing where the case is whole.

        `expect` is a hash noted earlier, which must be in the chain.
        """
        return verify(self.database, expect=expect)

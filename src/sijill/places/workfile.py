"""The work file of a build, beside the file that is built: what has been imported stays, and a killed build goes on.

It is a SQLite file of its own, `.NAME.work`, held by one build at a time; it goes when the build is done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import msgspec

from sijill.errors import InputError
from sijill.places.importers.record import Addition, Broken, Code, Item, Left, Mended, Raw, Shape, share_alike

__all__ = ["Tally", "WorkFile"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (input TEXT PRIMARY KEY, tally BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS raw (input TEXT, share INTEGER, country TEXT, data BLOB);
CREATE TABLE IF NOT EXISTS shape (input TEXT, country TEXT, data BLOB);
CREATE TABLE IF NOT EXISTS code (input TEXT, country TEXT, data BLOB);
CREATE TABLE IF NOT EXISTS addition (input TEXT, geoname INTEGER, data BLOB);
CREATE TABLE IF NOT EXISTS broken (input TEXT, place TEXT, reason TEXT, text TEXT);
"""
_TABLES = ("raw", "shape", "code", "addition", "broken")
_BATCH = 5_000
_MOST_BROKEN = 100_000


class Tally(msgspec.Struct):
    """What came of one input: its form; rows taken; rows left out, broken and mended, by reason."""

    form: str = ""
    rows: int = 0
    left: dict[str, int] = msgspec.field(default_factory=dict)
    broken: dict[str, int] = msgspec.field(default_factory=dict)
    mended: dict[str, int] = msgspec.field(default_factory=dict)

    def count(self, item: Item) -> None:
        """One item more."""
        if isinstance(item, Left):
            self.left[item.reason] = self.left.get(item.reason, 0) + 1
        elif isinstance(item, Broken):
            self.broken[item.reason] = self.broken.get(item.reason, 0) + 1
        elif isinstance(item, Mended):
            self.mended[item.reason] = self.mended.get(item.reason, 0) + 1
        elif not isinstance(item, Shape):
            self.rows += 1


class WorkFile:
    """The work file of the build of `target`. `plan` says what the build does: work of another plan is thrown away."""

    def __init__(self, target: Path, plan: str) -> None:
        self.path = target.with_name(f".{target.name}.work")
        self._plan = plan
        self._pending = 0
        try:
            self._database = self._open()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise InputError(
                    "another build of that file is running", where=str(target), mend="wait for it, or stop it"
                ) from error
            raise InputError(f"cannot be written: {error}", where=str(target), mend="choose another folder") from error
        except sqlite3.DatabaseError:  # cut off by a power failure: start over
            self.path.unlink()
            self._database = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        try:
            database.executescript(
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF"
            )
            database.execute("BEGIN EXCLUSIVE")
            for statement in _SCHEMA.split(";"):
                database.execute(statement)
            plan = database.execute("SELECT value FROM state WHERE key = 'plan'").fetchone()
            if plan is None or plan[0] != self._plan:
                for table in ("done", *_TABLES):
                    database.execute(f"DELETE FROM {table}")
                database.execute("INSERT OR REPLACE INTO state VALUES ('plan', ?)", (self._plan,))
            database.execute("COMMIT")
        except sqlite3.Error:
            database.close()
            raise
        return database

    def done(self) -> dict[str, Tally]:
        """The inputs that have been imported whole, and what came of them."""
        rows = self._database.execute("SELECT input, tally FROM done")
        return {name: msgspec.msgpack.decode(tally, type=Tally) for name, tally in rows}

    def forget(self, inputs: Iterable[str]) -> None:
        """Throw away what came of inputs that are no longer wanted."""
        for name in inputs:
            for table in ("done", *_TABLES):
                self._database.execute(f"DELETE FROM {table} WHERE input = ?", (name,))

    def take(self, name: str, items: Iterable[Item], tally: Tally) -> Iterator[int]:
        """Import the items of one input, whole or not at all; gives the number of items now and then.

        What came of it is counted into `tally`.
        """
        if not self._database.in_transaction:
            self._database.execute("BEGIN")
        self._database.execute("SAVEPOINT input")
        batch: list[Item] = []
        number = 0
        try:
            for number, item in enumerate(items, start=1):
                tally.count(item)
                batch.append(item)
                if len(batch) >= _BATCH:
                    self._write(name, batch, tally)
                    batch.clear()
                    yield number
            self._write(name, batch, tally)
        except BaseException:
            self._database.execute("ROLLBACK TO input")
            self.keep()
            raise
        self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?)", (name, msgspec.msgpack.encode(tally)))
        self._database.execute("RELEASE input")
        self._pending += 200 + number  # so that a hundred thousand little files are not as many commits
        if self._pending > 5_000:
            self.keep()
        yield number

    def keep(self) -> None:
        """Make sure of what has been imported."""
        if self._database.in_transaction:
            self._database.execute("COMMIT")
        self._pending = 0

    def _write(self, name: str, batch: list[Item], tally: Tally) -> None:
        raw, shapes, codes, additions, broken = [], [], [], [], []
        for item in batch:
            if isinstance(item, Raw):
                raw.append((name, int(share_alike(item)), item.country, msgspec.msgpack.encode(item)))
            elif isinstance(item, Shape):
                shapes.append((name, item.country, msgspec.msgpack.encode(item)))
            elif isinstance(item, Code):
                codes.append((name, item.country, msgspec.msgpack.encode(item)))
            elif isinstance(item, Addition):
                additions.append((name, item.geoname, msgspec.msgpack.encode(item)))
            elif isinstance(item, Broken) and sum(tally.broken.values()) <= _MOST_BROKEN:
                broken.append((name, item.where, item.reason, item.text))
        execute = self._database.executemany
        execute("INSERT INTO raw VALUES (?, ?, ?, ?)", raw)
        execute("INSERT INTO shape VALUES (?, ?, ?)", shapes)
        execute("INSERT INTO code VALUES (?, ?, ?)", codes)
        execute("INSERT INTO addition VALUES (?, ?, ?)", additions)
        execute("INSERT INTO broken VALUES (?, ?, ?, ?)", broken)

    # --- what has been imported, in an order that does not hang on how it came in --------------------------------

    def countries(self, share: int) -> list[str]:
        """The countries that have places."""
        rows = self._database.execute("SELECT DISTINCT country FROM raw WHERE share = ? ORDER BY country", (share,))
        return [row[0] for row in rows]

    def raws(self, share: int, country: str) -> list[Raw]:
        """The places of a country."""
        query = "SELECT data FROM raw WHERE share = ? AND country = ? ORDER BY data"
        return [msgspec.msgpack.decode(row[0], type=Raw) for row in self._database.execute(query, (share, country))]

    def shapes(self, country: str) -> list[Shape]:
        """The polygons of a country; of all, for ''."""
        query = "SELECT data FROM shape WHERE country = ? OR ? = '' ORDER BY data"
        return [msgspec.msgpack.decode(row[0], type=Shape) for row in self._database.execute(query, (country, country))]

    def codes(self, country: str) -> list[Code]:
        """The codes of a country's units."""
        query = "SELECT data FROM code WHERE country = ? ORDER BY data"
        return [msgspec.msgpack.decode(row[0], type=Code) for row in self._database.execute(query, (country,))]

    def additions(self, geonames: Iterable[int]) -> dict[int, list[Addition]]:
        """What is to be added to the places with these ids of GeoNames."""
        execute = self._database.execute
        if execute("SELECT 1 FROM addition LIMIT 1").fetchone() is None:
            return {}
        execute("CREATE INDEX IF NOT EXISTS addition_of ON addition (geoname)")
        found: dict[int, list[Addition]] = {}
        for geoname in geonames:
            rows = execute("SELECT data FROM addition WHERE geoname = ? ORDER BY data", (geoname,)).fetchall()
            if rows:
                found[geoname] = [msgspec.msgpack.decode(row[0], type=Addition) for row in rows]
        return found

    def broken(self) -> Iterator[tuple[str, str, str, str]]:
        """The broken rows: input, where in it, reason, how it begins."""
        yield from self._database.execute("SELECT input, place, reason, text FROM broken ORDER BY input, rowid")

    def remove(self) -> None:
        """Done with."""
        self._database.close()
        for path in (self.path, self.path.with_name(self.path.name + "-journal")):
            path.unlink(missing_ok=True)

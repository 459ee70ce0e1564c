"""The gazetteer that a user built: one SQLite file, opened read-only, asked by key.

The file's tables: `meta` (what it is, how it was made), `source` (whose the rows are, under which licence), `input`
(what it was made from), `kind`, `place` (one row a place; coordinates as hundred-thousandths of a degree), and the
indexes `name` (key → place), `skeleton` (consonants → place), `latin` (Latin name → place).
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from pathlib import Path
from typing import Any, Self

import msgspec

from sijill.errors import InputError
from sijill.places.entry import Entry

__all__ = ["APPLICATION", "FORMAT", "SCALE", "SCHEMA", "BuiltGazetteer", "InputOf", "SourceRow", "open_gazetteer"]

# Written into the head of the file (SQLite's application_id): "Sgaz". FORMAT goes up when the tables change.
APPLICATION = 0x5367617A
FORMAT = 1
SCALE = 100_000
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, licence TEXT NOT NULL,
    attribution TEXT NOT NULL, rows INTEGER NOT NULL);
CREATE TABLE input (n INTEGER PRIMARY KEY, name TEXT NOT NULL, form TEXT NOT NULL, files INTEGER NOT NULL,
    sha256 TEXT NOT NULL, rows INTEGER NOT NULL, broken INTEGER NOT NULL);
CREATE TABLE kind (n INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE place (n INTEGER PRIMARY KEY, id TEXT NOT NULL, kind INTEGER NOT NULL, lat INTEGER, lon INTEGER,
    country TEXT NOT NULL, admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, pcode TEXT NOT NULL,
    population INTEGER NOT NULL, source INTEGER NOT NULL, names TEXT NOT NULL, latin TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE skeleton (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE latin (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
_COLUMNS = (
    "p.id, p.kind, p.lat, p.lon, p.country, p.admin1, p.admin2, p.pcode, p.population, p.source, p.names, p.latin"
)
_KEPT = 4096


class SourceRow(msgspec.Struct, frozen=True):
    """A source of rows: its id, name, licence and attribution, and how many rows have it."""

    id: str
    name: str
    licence: str
    attribution: str
    rows: int


class InputOf(msgspec.Struct, frozen=True):
    """An input that a file was made from: its name, form, number of files, hash, rows taken, rows that were broken."""

    name: str
    form: str
    files: int
    sha256: str
    rows: int
    broken: int


class BuiltGazetteer:
    """A built gazetteer, open for look-ups; the last answers are remembered. `open_gazetteer` makes one.

    `digest` is a hash over the rows (equal digests answer equally), `rows` how many places there are.
    """

    def __init__(self, path: Path, database: sqlite3.Connection, meta: dict[str, str]) -> None:
        self.path = path
        self.meta = meta
        self.digest = meta.get("digest", "")
        self.rows = int(meta.get("places", "0"))
        self._database = database
        self._kinds: dict[int, str] = dict(database.execute("SELECT n, name FROM kind"))
        self._sources: dict[int, str] = dict(database.execute("SELECT n, id FROM source"))
        self._known: OrderedDict[tuple[str, str], tuple[Entry, ...]] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self.rows

    def close(self) -> None:
        """Give the file back; no look-up works any more."""
        self._database.close()

    def exact(self, key: str) -> tuple[Entry, ...]:
        """The places with a name whose `key_of` is `key`, by id."""
        return self._look("name", key)

    def skeleton(self, skeleton: str) -> tuple[Entry, ...]:
        """The places with a name whose `skeleton_of` is `skeleton`, by id."""
        return self._look("skeleton", skeleton)

    def by_latin(self, key: str) -> tuple[Entry, ...]:
        """The places whose Latin name has that `latin_key`, by id."""
        return self._look("latin", key)

    def get(self, entry: str) -> Entry | None:
        """The place with that id."""
        found = self._ask(f"SELECT {_COLUMNS} FROM place p WHERE p.id = ?", entry)
        return self._entry(found[0]) if found else None

    def label(self, entry: str) -> str:
        """The Latin name of the place with that id; '' where it has none."""
        found = self._ask("SELECT latin FROM place WHERE id = ?", entry)
        return str(found[0][0]) if found else ""

    def sources(self) -> tuple[SourceRow, ...]:
        """Whose the rows are, and under which licences."""
        rows = self._ask("SELECT id, name, licence, attribution, rows FROM source ORDER BY n")
        return tuple(SourceRow(*row) for row in rows)

    def inputs(self) -> tuple[InputOf, ...]:
        """What the file was made from."""
        rows = self._ask("SELECT name, form, files, sha256, rows, broken FROM input ORDER BY n")
        return tuple(InputOf(*row) for row in rows)

    def rows_of(self, query: str) -> list[tuple[Any, ...]]:
        """The answer to a query of our own (the report's)."""
        return self._ask(query)

    def _look(self, index: str, key: str) -> tuple[Entry, ...]:
        wanted = (index, key)
        known = self._known.get(wanted)
        if known is not None:
            self._known.move_to_end(wanted)
            return known
        rows = self._ask(_LOOK[index], key)
        entries = tuple(map(self._entry, rows))
        if len(entries) > 1:
            entries = tuple(sorted(entries, key=lambda entry: entry.id))
        self._known[wanted] = entries
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return entries

    def _ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(query, values).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise _broken(self.path, str(error)) from error
        except UnicodeEncodeError:  # half a surrogate pair, which no name has
            return []

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        identity, kind, lat, lon, country, admin1, admin2, pcode, population, source, names, _ = row
        return Entry(
            identity,
            tuple(names.split("|")) if names else (),
            self._kinds[kind],
            None if lat is None else lat / SCALE,
            None if lon is None else lon / SCALE,
            country,
            admin1,
            admin2,
            pcode,
            population,
            None,
            self._sources[source],
        )


_LOOK = {
    index: f"SELECT {_COLUMNS} FROM {index} i JOIN place p ON p.n = i.place WHERE i.key = ?"
    for index in ("name", "skeleton", "latin")
}


def open_gazetteer(path: Path | str) -> BuiltGazetteer:
    """The gazetteer in that file, opened read-only.

    Raises InputError where the file is missing, is no gazetteer, is cut short, or was built by another format of
    Sijill, with the command that mends it.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError("no such gazetteer", where=str(path), mend=_command(path))
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(b"SQLite format 3\0") or int.from_bytes(head[68:72], "big") != APPLICATION:
        raise InputError("not a gazetteer of Sijill", where=str(path), mend=_command(path))
    page = int.from_bytes(head[16:18], "big")
    size = (65_536 if page == 1 else page) * int.from_bytes(head[28:32], "big")
    if path.stat().st_size != size:
        raise _broken(path, "it is cut short")
    try:
        database = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
        )
        database.execute("PRAGMA cache_size = -8000")
        return _checked(path, database)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _broken(path, str(error)) from error


def _checked(path: Path, database: sqlite3.Connection) -> BuiltGazetteer:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    meta = dict(database.execute("SELECT key, value FROM meta"))
    if version != FORMAT:
        database.close()
        raise InputError(
            f"a gazetteer of format {version}, built by Sijill {meta.get('sijill', '?')}; this reads {FORMAT}",
            where=str(path),
            mend=_command(path, meta.get("inputs", "")),
        )
    return BuiltGazetteer(path, database, meta)


def _command(path: Path, inputs: str = "") -> str:
    return f"build it again: sijill places build {inputs or 'INPUT...'} -o {path}"


def _broken(path: Path, why: str) -> InputError:
    return InputError(f"a broken gazetteer: {' '.join(why.split())[:120]}", where=str(path), mend=_command(path))

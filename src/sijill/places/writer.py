"""Places → the file of a gazetteer: the same places give the same bytes, and the file is whole or not there."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

import msgspec

from sijill.places.entry import key_of, skeleton_of
from sijill.places.importers.knowledge import knowledge
from sijill.places.importers.naming import latin_key
from sijill.places.importers.record import Raw
from sijill.places.importers.romanised import skeletons_of_latin
from sijill.places.store import APPLICATION, FORMAT, SCALE, SCHEMA, InputOf

__all__ = ["Writer"]

_LEAST_SKELETON = 2
# Where the Arabic name of one of these is not known, its Latin name tells the consonants.
_SETTLED = ("settlement", "quarter", "camp")
_PLACE = "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Writer:
    """Writes the gazetteer `target` under another name beside it; `finish` puts it in its place."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.part = target.with_name(f".{target.name}.part")
        self.part.unlink(missing_ok=True)
        self.places = self.arabic = 0
        self._digest = hashlib.sha256()
        self._kinds: dict[str, int] = {}
        self._sources: dict[tuple[str, str], list[int]] = {}
        self._database = sqlite3.connect(self.part, isolation_level=None)
        self._database.executescript(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
            f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT};{SCHEMA}"
            "CREATE TEMP TABLE k (form INTEGER, key TEXT, place INTEGER);"
        )
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
        self.part.unlink(missing_ok=True)

    def add(self, rows: Iterable[Raw]) -> None:
        """Put places in."""
        keys: list[tuple[int, str, int]] = []
        places = []
        for row in rows:
            self.places += 1
            self.arabic += bool(row.names)
            self._digest.update(msgspec.msgpack.encode(row))
            kind = self._kinds.setdefault(row.kind, len(self._kinds) + 1)
            source = self._sources.setdefault((row.source, row.licence), [len(self._sources) + 1, 0])
            source[1] += 1
            places.append((
                self.places, row.id, kind, _scaled(row.lat), _scaled(row.lon), row.country, row.admin1, row.admin2,
                row.pcode, row.population, source[0], "|".join(row.names), row.latin,
            ))  # fmt: skip
            keys += [(0, key, self.places) for key in _keys(map(key_of, row.names), 1)]
            keys += [(1, key, self.places) for key in _keys(map(skeleton_of, row.names), _LEAST_SKELETON)]
            if not row.names and row.kind in _SETTLED:
                keys += [(1, key, self.places) for key in skeletons_of_latin(row.latin)]
            keys += [(2, key, self.places) for key in _keys([latin_key(row.latin)], 1)]
        self._database.executemany(_PLACE, places)
        self._database.executemany("INSERT INTO k VALUES (?, ?, ?)", keys)

    def finish(self, meta: Mapping[str, str], inputs: Iterable[InputOf]) -> str:
        """Write the indexes, make sure that all is on the disk, and rename. Gives the digest."""
        execute = self._database.execute
        for form, index in enumerate(("name", "skeleton", "latin")):
            execute(
                f"INSERT INTO {index} SELECT DISTINCT key, place FROM k WHERE form = ? ORDER BY key, place", (form,)
            )
        execute("CREATE UNIQUE INDEX place_id ON place (id)")
        self._database.executemany("INSERT INTO kind VALUES (?, ?)", [(n, name) for name, n in self._kinds.items()])
        self._database.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", self._source_rows())
        self._database.executemany(
            "INSERT INTO input VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(n, i.name, i.form, i.files, i.sha256, i.rows, i.broken) for n, i in enumerate(inputs, start=1)],
        )
        digest = self._digest.hexdigest()[:16]
        told = {**meta, "places": str(self.places), "arabic": str(self.arabic), "digest": digest}
        self._database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(told.items()))
        execute("COMMIT")
        self._database.close()
        _to_disk(self.part)
        self.part.replace(self.target)
        _to_disk(self.target.parent)
        return digest

    def _source_rows(self) -> list[tuple[int, str, str, str, str, int]]:
        known = knowledge().sources
        rows = []
        for (source, licence), (number, count) in self._sources.items():
            parts = [known[part] for part in source.split("+")]
            licences = licence or " AND ".join(sorted({part.licence for part in parts}))
            names, attribution = (" + ".join(p.name for p in parts), "; ".join(p.attribution for p in parts))
            rows.append((number, source, names, licences, attribution, count))
        return rows


def _keys(keys: Iterable[str], least: int) -> list[str]:
    return [key for key in dict.fromkeys(keys) if len(key) >= least]


def _scaled(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * SCALE)


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

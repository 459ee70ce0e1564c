"""Outcomes → Parquet: the four tables of a shard, with columns that are the same in every shard of every run.

Every table has `key`, the document's number in the run, on which they are joined. `claims` is the flat table of
`sijill export` (its columns and their meaning are that profile's) with the words that each claim stands on.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sijill.errors import RunError
from sijill.export.context import Context, Loaded
from sijill.export.entry import Held
from sijill.export.profile import load_profile
from sijill.export.rows.flat import flat_row
from sijill.model import Report
from sijill.run.folder import sha256_of
from sijill.run.records import KEYS, Outcome

__all__ = ["TABLES", "Form", "Tables", "arrow"]

TABLES = ("claims", "reports", "rejects", "turned_away")
_LEFT_OUT = frozenset({"state"})  # nobody has decided anything yet
_ROW_GROUP = 20_000
_GROUP_BYTES = 8 * 1024 * 1024
_CLAIM_BYTES = 1_500  # of a row's cells, before they are written
_LEVEL = 3

Row = dict[str, Any]
# The tables that are not the flat export's: their columns by name and type.
_COLUMNS: dict[str, dict[str, str]] = {
    "reports": {
        "key": "int64", "doc": "string", "where": "string", "part": "string", "piece": "int64",
        "unit": "int64", "item": "int64",
        "original": "string", "sha256": "string",
        "published": "date", "title": "string", "url": "string", "outlet": "string", "characters": "int64",
        "claims": "int64", "notes": "int64", "report": "string", "text": "string",
    },
    "rejects": {
        "key": "int64", "doc": "string", "where": "string", "part": "string", "original": "string", "stage": "string",
        "reason": "string", "mend": "string",
    },
    "turned_away": {
        "key": "int64", "doc": "string", "where": "string", "part": "string", "characters": "int64", "points": "int64",
        "needed": "int64", "why": "string",
    },
}  # fmt: skip
_SPANS = ("trigger_start", "trigger_end", "sentence_start", "sentence_end")
_TYPES = {"integer": "int64", "number": "double", "date": "date"}


def arrow() -> tuple[Any, Any]:
    """The package pyarrow and its Parquet module, in one thread. Raises RunError that says what to install."""
    try:
        import pyarrow as pa  # noqa: PLC0415  (an extra)
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise RunError("bulk work needs the package pyarrow: python -m pip install 'sijill[bulk]'") from error
    pa.set_cpu_count(1)
    return pa, pq


class Form:
    """What rows are made by, loaded once. `overlay` is a folder laid over the data; raises ResourceError as it does."""

    def __init__(self, overlay: Path | None = None) -> None:
        loaded = Loaded(overlay)
        profile = load_profile("flat", overlay, loaded.codes)
        # Nothing of a row depends on the time; an export's context has one.
        self.context = Context(profile, datetime(1970, 1, 1, tzinfo=UTC), loaded)
        flat = {column.id: _TYPES.get(column.type, "string") for column in profile.tables[0].columns}
        claims = {name: kind for name, kind in flat.items() if name not in _LEFT_OUT}
        spans = dict.fromkeys(_SPANS, "int64")
        self.columns = {"claims": {"key": "int64", **claims, **spans, "why": "string"}, **_COLUMNS}


class Tables:
    """The tables of one shard, written as they come; `with` closes them, `finish` makes them last."""

    def __init__(self, folder: Path, shard: int, form: Form) -> None:
        self._shard, self._context = shard, form.context
        self._files = {name: _Table(folder / f"{name}.parquet", form.columns[name]) for name in TABLES}
        self._n = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def add(self, outcome: Outcome) -> int:
        """Writes what became of the next document; how many claims it has."""
        key = self._shard * KEYS + self._n
        self._n += 1
        head = {"key": key, "doc": outcome.doc, "where": outcome.where, "part": outcome.part or None}
        if outcome.kind == "turned away":
            self._files["turned_away"].add(
                {
                    **head,
                    "characters": outcome.characters,
                    "points": outcome.points,
                    "needed": outcome.needed,
                    "why": outcome.reason,
                }
            )
            return 0
        if outcome.kind == "rejected":
            original = outcome.original or None
            told = {"stage": outcome.stage, "reason": outcome.reason, "mend": outcome.mend or None}
            self._files["rejects"].add({**head, "original": original, **told})
            return 0
        report = outcome.record or Report.from_json(outcome.report)
        self._files["reports"].add(_report_row(head, outcome, report), len(outcome.report) + 2 * outcome.characters)
        for claim in report.claims:
            row = flat_row(report, Held(claim), self._context)
            spans = (claim.trigger.start, claim.trigger.end, claim.sentence.start, claim.sentence.end)
            row |= dict(zip(_SPANS, spans, strict=True))
            self._files["claims"].add({**row, "key": key, "why": " ".join(claim.why)}, _CLAIM_BYTES)
        return len(report.claims)

    def finish(self) -> dict[str, str]:
        """Closes the files and waits until the disk has them; the hash of each by its name."""
        return {f"{name}.parquet": file.finish() for name, file in self._files.items()}


def _report_row(head: Row, outcome: Outcome, report: Report) -> Row:
    return {
        **head,
        "piece": outcome.position.piece,
        "unit": outcome.position.unit,
        "item": outcome.position.item,
        "original": outcome.original,
        "sha256": report.sha256,
        "published": report.published,
        "title": report.title,
        "url": report.url,
        "outlet": report.outlet,
        "characters": outcome.characters,
        "claims": len(report.claims),
        "notes": len(report.notes),
        "report": outcome.report.decode("utf-8"),
        "text": outcome.text,
    }


class _Table:
    """One Parquet file. Rows are gathered by column until there are enough of them for a row group."""

    def __init__(self, path: Path, columns: dict[str, str]) -> None:
        pa, pq = arrow()
        types = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64(), "date": pa.date32()}
        self._schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
        self._table: Callable[..., Any] = pa.table
        self._path, self._stream = path, path.open("wb")
        # The schema as Arrow sees it says no more than Parquet's, and is longer than a small file.
        self._writer = pq.ParquetWriter(
            self._stream, self._schema, compression="zstd", compression_level=_LEVEL, store_schema=False
        )
        self._columns: dict[str, list[Any]] = {name: [] for name in columns}
        self._rows = self._bytes = 0

    def add(self, row: Row, size: int = 0) -> None:
        """Takes a row; a column that it does not name is null."""
        for name, cells in self._columns.items():
            cells.append(row.get(name))
        self._rows += 1
        self._bytes += size
        if self._rows >= _ROW_GROUP or self._bytes >= _GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._table(self._columns, schema=self._schema))
            for cells in self._columns.values():
                cells.clear()
            self._rows = self._bytes = 0

    def finish(self) -> str:
        """Writes what is left, makes it last, and gives the file's SHA-256."""
        self._flush()
        self._writer.close()
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        return sha256_of(self._path)

    def close(self) -> None:
        """Lets go of the file; after `finish` nothing is left to do."""
        if not self._stream.closed:
            # What was begun is thrown away: that it cannot be ended well is no matter.
            with suppress(OSError, ValueError):
                self._writer.close()
            with suppress(OSError):
                self._stream.close()

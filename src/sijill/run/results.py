"""What a run found, for an export; and with the originals, for a case file, which keeps bytes, texts and reports.

A run's folder holds reports and, where there are claims, texts; the originals stay where they are. Here they are
fetched from there, and given only where they are still what the run read, by their hashes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sijill.export import Entry
from sijill.export.entry import entry_of
from sijill.model import Report
from sijill.run.folder import Folder
from sijill.run.records import Shard
from sijill.run.tables import arrow
from sijill.run.units import Unit, units_of
from sijill.sources import Given, Rejected

__all__ = ["entries", "results"]

Row = dict[str, Any]
_COLUMNS = ["piece", "unit", "item", "doc", "where", "part", "original", "sha256", "claims", "report"]
_GONE = "the original is not there any more, or not as the run read it"


def results(folder: Folder, *, every: bool = False) -> Iterator[tuple[Given, Report] | Rejected]:
    """The reports with claims (`every`: all that were read) with their originals, and what was rejected by the run or
    is not there any more, shard by shard.

    Raises RunError where the plan cannot be read.
    """
    done = folder.done()
    for shard in folder.shards():
        if shard.name in done:
            yield from _of_shard(folder, shard, every=every)


def entries(folder: Folder) -> Iterator[Entry]:
    """The reports of a run for an export, with the texts of those that have claims. Raises RunError without pyarrow."""
    _, parquet = arrow()
    for name in sorted(folder.done()):
        file = parquet.ParquetFile(folder.path / "shards" / name / "reports.parquet")
        for batch in file.iter_batches(columns=["report", "text"], use_threads=False):
            for row in batch.to_pylist():
                yield entry_of(Report.from_json(row["report"]), row["text"])


def _of_shard(folder: Folder, shard: Shard, *, every: bool) -> Iterator[tuple[Given, Report] | Rejected]:
    _, parquet = arrow()
    path = folder.path / "shards" / shard.name
    wanted: dict[tuple[int, int], dict[int, Row]] = {}
    for row in parquet.read_table(path / "reports.parquet", columns=_COLUMNS).to_pylist():
        if every or row["claims"]:
            wanted.setdefault((row["piece"], row["unit"]), {})[row["item"]] = row
    for number in sorted({piece for piece, _ in wanted}):
        for place, unit in enumerate(units_of(shard.pieces[number], folder.manifest.pins.settings)):
            if rows := wanted.pop((number, place), None):
                yield from _of_unit(unit, rows)
    for rows in wanted.values():
        yield from map(_gone, rows.values())
    for row in parquet.read_table(path / "rejects.parquet").to_pylist():
        yield Rejected(_place(row), row["reason"], row["mend"] or "")


def _of_unit(unit: Unit, rows: dict[int, Row]) -> Iterator[tuple[Given, Report] | Rejected]:
    last = max(rows)
    left = dict(rows)
    for number, item in enumerate(unit.items()):
        if (row := left.pop(number, None)) is not None:
            yield _checked(item, row)
        if number == last:
            break
    yield from map(_gone, left.values())


def _checked(item: Given | Rejected, row: Row) -> tuple[Given, Report] | Rejected:
    """The document with its report, where both its bytes and its text are those that the run read."""
    if isinstance(item, Rejected):
        return _gone(row)
    same = item.original.sha256 == row["original"] and item.document.sha256 == row["sha256"]
    return (item, Report.from_json(row["report"])) if same and item.document.id == row["doc"] else _gone(row)


def _gone(row: Row) -> Rejected:
    return Rejected(_place(row), _GONE, "put it back, or read it anew with 'sijill case add'")


def _place(row: Row) -> str:
    return f"{row['where']}: {row['part']}" if row["part"] else str(row["where"])

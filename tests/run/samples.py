"""Inputs for tests of bulk work, and what a run made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from sijill.run import Limits, Settings, Started, start
from sijill.run.runners import Runner
from sijill.run.runners.serial import run_serial
from sijill.run.tables import TABLES

__all__ = ["LIMITS", "QUICK", "files_of", "lines", "poisoned", "rows", "run"]

QUICK = Settings(reader="tests.run.readers:load", triage=False)
LIMITS = Limits(time_s=1, memory_mb=400)


def lines(path: Path, texts: Mapping[str, str] | Iterable[str]) -> Path:
    """JSON lines of texts: by id, or called d0, d1, …."""
    named = texts if isinstance(texts, Mapping) else {f"d{n}": text for n, text in enumerate(texts)}
    written = (json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in named.items())
    path.write_text("\n".join(written) + "\n", "utf-8")
    return path


def poisoned(path: Path, count: int, poison: Mapping[int, str]) -> Path:
    """`count` documents, every second one with a claim, and those struck down by a word."""
    return lines(path, [f"{poison.get(n, 'claim' if n % 2 else 'plain')} number {n} " + "x" * 80 for n in range(count)])


def run(
    inputs: Path | list[Path],
    out: Path,
    runner: Runner = run_serial,
    *,
    settings: Settings = QUICK,
    shard_bytes: int = 1_000,
) -> Started:
    """Runs to the end."""
    paths = [inputs] if isinstance(inputs, Path) else inputs
    started = start(map(str, paths), out, settings, limits=LIMITS, shard_bytes=shard_bytes)
    for _ in started.work(runner):
        pass
    return started


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table, shard after shard."""
    found: list[dict[str, Any]] = []
    for path in sorted((out / "shards").glob(f"*/{table}.parquet")):
        found += pq.read_table(path).to_pylist()
    return found


def files_of(out: Path) -> dict[str, bytes]:
    """The bytes of all tables by shard and name."""
    paths = [path for table in TABLES for path in (out / "shards").glob(f"*/{table}.parquet")]
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in paths}

"""SQL over the tables of a run, by DuckDB: nothing is copied, and nothing can be written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from sijill.errors import ConfigError, RunError
from sijill.run.folder import Folder
from sijill.run.tables import TABLES

__all__ = ["Answer", "ask"]

_ROWS = 1_000


class Answer(msgspec.Struct, frozen=True):
    """The names of the columns, and the rows, which are fetched as they are taken."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(folder: Folder, sql: str) -> Answer:
    """What one query says of the views `claims`, `reports`, `rejects` and `turned_away`, over the shards that are done.

    Raises RunError without DuckDB and where no shard is done, ConfigError for SQL that is wrong or does more than ask.
    """
    try:
        import duckdb  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise RunError("a query needs the package duckdb: python -m pip install 'sijill[bulk]'") from error
    if not folder.done():
        raise RunError(f"{folder.path}: no shard is done yet")
    connection = duckdb.connect()
    try:
        _set_up(connection, folder.path)
        statements = connection.extract_statements(sql)
        asking = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
        if len(statements) != 1 or statements[0].type not in asking:
            raise ConfigError("one query, which begins with SELECT, WITH, FROM, DESCRIBE, SUMMARIZE or EXPLAIN")
        found = connection.execute(statements[0])
    except duckdb.Error as error:
        raise ConfigError(f"SQL: {_first(error)}") from error
    return Answer(tuple(column[0] for column in found.description or ()), _rows(connection, found, duckdb.Error))


def _set_up(connection: Any, path: Path) -> None:
    """The views; then no file can be reached but those of the folder, and no setting changed."""
    shards = str((path / "shards").resolve())
    for table in TABLES:
        files = f"{_escaped(shards)}/*/{table}.parquet".replace("'", "''")
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}')")  # noqa: S608  (a path of ours)
    # What does not fit into memory is laid down there, and gone when the answer is.
    spill = f"{tempfile.gettempdir()}/sijill-query-{os.getpid()}".replace("'", "''")
    connection.execute(f"SET temp_directory = '{spill}'")
    # The pattern is asked for by itself, and then the files that it stands for.
    allowed = ", ".join("'" + name.replace("'", "''") + "/'" for name in (shards, _escaped(shards)))
    connection.execute(f"SET allowed_directories = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _escaped(path: str) -> str:
    """A path in which nothing stands for other names."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)


def _rows(connection: Any, found: Any, failure: type[Exception]) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := found.fetchmany(_ROWS):
            yield from rows
    except failure as error:
        raise ConfigError(f"SQL: {_first(error)}") from error
    finally:
        connection.close()


def _first(error: Exception) -> str:
    return " ".join(str(error).split("\n\n")[0].split())[:300]

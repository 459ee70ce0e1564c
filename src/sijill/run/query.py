"""SQL over the tables of a run, by DuckDB: nothing is copied, and nothing can be written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from sijill.errors import ConfigError, RunError
from sijill.run.folder import Folder
from sijill.run.tables import TABLES

__all__ = ["Answer", "ask"]

_ROWS = 1_000


class Answer(msgspec.Struct, frozen=True):
    """The names of the columns, each once, and the rows, which are fetched as they are taken."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(folder: Folder, sql: str) -> Answer:
    """What one query says of the views `claims`, `reports`, `rejects` and `turned_away`, over the shards that are done.

    Raises RunError without DuckDB, where no shard is done or a table is damaged; ConfigError for SQL that is wrong or
    does more than ask.
    """
    try:
        import duckdb  # noqa: PLC0415  (an extra)
        from pyarrow import dataset  # noqa: PLC0415
    except ImportError as error:
        name = (error.name or "duckdb").partition(".")[0]
        raise RunError(f"a query needs the package {name}: python -m pip install 'sijill[bulk]'") from error
    names = folder.done()
    if not names:
        raise RunError(f"{folder.path}: no shard is done yet")
    connection = duckdb.connect()
    try:
        _set_up(connection, folder.path / "shards", names, dataset)
        statements = connection.extract_statements(sql)
        asking = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
        if len(statements) != 1 or statements[0].type not in asking:
            raise ConfigError("one query, which begins with SELECT, WITH, FROM, DESCRIBE, SUMMARIZE or EXPLAIN")
        found = connection.execute(statements[0])
    except duckdb.Error as error:
        raise ConfigError(f"SQL: {_first(error)}") from error
    columns = _told_apart(column[0] for column in found.description or ())
    return Answer(tuple(columns), _rows(connection, found, duckdb.Error))


def _set_up(connection: Any, shards: Path, names: frozenset[str], dataset: Any) -> None:
    """The tables; then no file can be reached, not even those of the folder, and no setting changed.

    Arrow reads the files: whatever DuckDB itself may read it may write too (`WITH x AS (COPY … TO …) SELECT …`).
    """
    for table in TABLES:
        files = [str(shards / name / f"{table}.parquet") for name in sorted(names)]
        try:
            found = dataset.dataset(files, format="parquet")
        except (OSError, ValueError) as error:  # pyarrow's errors are of these kinds
            raise RunError(f"{shards}: {_first(error)}; 'sijill run status --check' tells what is damaged") from error
        connection.register(table, found)
    # What does not fit into memory is laid down there, and gone when the answer is.
    spill = f"{tempfile.gettempdir()}/sijill-query-{os.getpid()}".replace("'", "''")
    connection.execute(f"SET temp_directory = '{spill}'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _told_apart(names: Iterable[str]) -> Iterator[str]:
    """The names, a number behind one that has been there: `doc`, `doc_2`."""
    seen: set[str] = set()
    for name in names:
        told, number = name, 1
        while told in seen:
            number += 1
            told = f"{name}_{number}"
        seen.add(told)
        yield told


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

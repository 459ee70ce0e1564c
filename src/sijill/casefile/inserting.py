"""Rows into a table, and rows by some of their values, by the statements and the cursor that the driver itself has.

SQLAlchemy's own way to them costs as much as the database does; these are what adding a report mostly consists of.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table

__all__ = ["insert_cells", "insert_rows", "rows_among", "rows_of"]

# From so many rows on, PostgreSQL is given them by COPY, which takes a third of the time.
_COPIED = 20
# SQLite has no days: they are written as SQLAlchemy writes them. (Python's module does so by itself, not for ever.)
sqlite3.register_adapter(date, date.isoformat)


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Writes rows, each with a value for every column."""
    names = table.c.keys()
    cells = itemgetter(*names)
    insert_cells(connection, table, [cells(row) if len(names) > 1 else (row[names[0]],) for row in rows])


def insert_cells(
    connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]], *, unless_there: bool = False
) -> None:
    """Writes rows, each its cells in the order of the table's columns; `unless_there`: those whose key is free."""
    if not rows:
        return
    cursor: Any = connection.connection.cursor()
    try:
        if len(rows) >= _COPIED and not unless_there and connection.dialect.name == "postgresql":
            with cursor.copy(_copying(table, connection.dialect)) as copy:
                for row in rows:
                    copy.write_row(row)
            return
        statement = _insertion(table, connection.dialect, unless_there)
        cursor.executemany(statement, rows) if len(rows) > 1 else cursor.execute(statement, rows[0])
    finally:
        cursor.close()


def rows_among(connection: Connection, columns: Sequence[Column[Any]], values: Sequence[Any]) -> Sequence[Any]:
    """The `columns` of the rows of which the first column's value is one of `values`."""
    if not values:
        return []
    marks = ", ".join("?" * len(values))
    return rows_of(connection, f"{_lookup(tuple(columns), connection.dialect)} IN ({marks})", values)


def rows_of(connection: Connection, statement: str, values: Sequence[Any] = ()) -> Sequence[Any]:
    """The rows that `statement` finds, in which `?` stands for each of `values`, and for nothing else."""
    if connection.dialect.paramstyle != "qmark":
        statement = statement.replace("?", "%s")
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, tuple(values))
        return cursor.fetchall()
    finally:
        cursor.close()


@lru_cache(maxsize=64)
def _copying(table: Table, dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    return f"COPY {quote(table.name)} ({', '.join(quote(column.name) for column in table.c)}) FROM STDIN"


@lru_cache(maxsize=64)
def _insertion(table: Table, dialect: Dialect, unless_there: bool) -> str:  # noqa: FBT001  (of a cache)
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    columns = ", ".join(quote(column.name) for column in table.c)
    marks = ", ".join([mark] * len(table.c))
    end = " ON CONFLICT DO NOTHING" if unless_there else ""
    return f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks}){end}"  # noqa: S608  (our own words)


@lru_cache(maxsize=256)
def _lookup(columns: tuple[Column[Any], ...], dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in columns)
    table = quote(columns[0].table.name)
    return f"SELECT {names} FROM {table} WHERE {quote(columns[0].name)}"  # noqa: S608  (our own words)

"""Rows into a table, and rows by some of their values, by the statements that the driver itself takes.

SQLAlchemy's own way to them costs as much as the database does; these are what adding a report mostly consists of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table

__all__ = ["insert_rows", "rows_among"]


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Writes rows, each with a value for every column. Days become text where SQLite has no type for them."""
    if not rows:
        return
    statement, values_of, days = _statement(table, connection.dialect)
    if days:
        rows = [{**row, **{name: _iso(row[name]) for name in days}} for row in rows]
    values = [values_of(row) for row in rows]
    connection.exec_driver_sql(statement, values if len(values) > 1 else values[0])


@lru_cache(maxsize=64)
def _statement(table: Table, dialect: Dialect) -> tuple[str, Callable[[Any], Any], tuple[str, ...]]:
    """The statement, what takes its values out of a row, and which of them are days that must become text."""
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    columns = ", ".join(quote(column.name) for column in table.c)
    marks = ", ".join([mark] * len(table.c))
    days = tuple(column.name for column in table.c if dialect.name == "sqlite" and column.type.python_type is date)
    return f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})", itemgetter(*table.c.keys()), days  # noqa: S608


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def rows_among(connection: Connection, columns: Sequence[Column[Any]], values: Sequence[Any]) -> Sequence[Any]:
    """The `columns` of the rows of which the first column's value is one of `values`."""
    if not values:
        return []
    statement = _lookup(tuple(columns), len(values), connection.dialect)
    return connection.exec_driver_sql(statement, tuple(values)).all()


@lru_cache(maxsize=256)
def _lookup(columns: tuple[Column[Any], ...], count: int, dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(quote(column.name) for column in columns)
    marks = ", ".join([mark] * count)
    table = quote(columns[0].table.name)
    return f"SELECT {names} FROM {table} WHERE {quote(columns[0].name)} IN ({marks})"  # noqa: S608  (our own words)

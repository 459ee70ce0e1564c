"""Rows of tables: one module for each way to make them, each with a table `ROWS` from kind to function.

`by` in `data/export/rows/KIND.toml` names the module. A function takes an entry and the context and gives the rows of
that entry, each a mapping with the columns of its kind.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sijill.errors import ResourceError
from sijill.export.context import Context
from sijill.export.entry import Entry
from sijill.export.profile import Table

__all__ = ["Row", "Rows", "maker"]

Row = Mapping[str, Any]
Rows = Callable[[Entry, Context], Iterator[Row]]


def maker(table: Table) -> Rows:
    """The function that makes the rows of `table`. Raises ResourceError where there is none."""
    file = f"export/rows/{table.rows}.toml"
    if not table.by.isidentifier():
        raise ResourceError(f"{table.by!r} is no module", file=file, key="rows.by")
    try:
        module = importlib.import_module(f"{__name__}.{table.by}")
        rows: Rows = module.ROWS[table.rows]
    except (ImportError, KeyError) as error:
        raise ResourceError(f"{table.by!r} makes no rows of kind {table.rows!r}", file=file, key="rows.by") from error
    return rows

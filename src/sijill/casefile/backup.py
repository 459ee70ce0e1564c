"""Backups: a whole case copied row by row, between any two databases, and the chain shows where it came from.

A backup is a case file itself (SQLite), of one moment, also while others write. Restoring makes a case of it, in a file
or on a server, that goes on from the last entry of its chain.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select

from sijill.casefile.inserting import insert_rows
from sijill.casefile.schema import METADATA, search_document
from sijill.casefile.search.index import refill
from sijill.casefile.settling import settle

__all__ = ["COPIED", "Told", "copy", "silent"]

# Rows at a time; a blob may be large.
_PAGE = 200
Told = Callable[[str, int], None]

# Everything but what the words of texts are found by, which is made again.
COPIED = [table for table in METADATA.sorted_tables if table is not search_document]


def silent(_: str, __: int) -> None:
    """Tells nobody."""


def copy(source: Connection, target: Connection, told: Told) -> int:
    """Copies every row of a case into an empty one, which has the same schema; how many there were.

    `told` hears the table and the number of its rows so far.
    """
    total = 0
    for table in COPIED:
        done = 0
        rows = source.execution_options(yield_per=_PAGE).execute(select(table).order_by(*table.primary_key))
        for page in rows.partitions():
            names = table.c.keys()
            insert_rows(target, table, [dict(zip(names, row, strict=True)) for row in page])
            done += len(page)
            told(table.name, done)
        total += done
    refill(target)
    settle(target)
    return total

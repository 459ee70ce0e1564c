"""CSV: one file a table of the profile. Cells that a spreadsheet would run are guarded (`cells.py`).

Source: RFC 4180, with UTF-8 and line feeds. Python's own writer leaves a carriage return bare where lines end with line
feeds, and readers then end the row there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sijill.export.cells import cell
from sijill.export.context import Context
from sijill.export.entry import Entry
from sijill.export.folder import Folder
from sijill.export.profile import Table
from sijill.export.resource import Resource
from sijill.export.rows import maker

__all__ = ["tables_of", "write"]

_SPECIAL = re.compile('[",\r\n]')


def write(folder: Folder, entries: Iterable[Entry], context: Context) -> tuple[Resource, ...]:
    """A CSV file for each table."""
    return tables_of(folder, entries, context)


def tables_of(
    folder: Folder, entries: Iterable[Entry], context: Context, *, below: Sequence[str] = ()
) -> tuple[Resource, ...]:
    """A CSV file for each table; `below` is a row that stands under the names in the first."""
    tables = context.profile.tables
    makers = [maker(table) for table in tables]
    files = [folder.text(_path(table)) for table in tables]
    written = [0] * len(tables)
    for at, table in enumerate(tables):
        files[at].write(_line(column.id for column in table.columns))
        if at == 0 and below:
            files[at].write(_line(below))
    for entry in entries:
        for at, table in enumerate(tables):
            for row in makers[at](entry, context):
                files[at].write(_line(cell(row.get(column.id)) for column in table.columns))
                written[at] += 1
    return tuple(
        Resource(table.name, _path(table), "csv", "text/csv", table.name, rows, table)
        for table, rows in zip(tables, written, strict=True)
    )


def _line(cells: Iterable[str]) -> str:
    return ",".join(_quoted(cells)) + "\n"


def _quoted(cells: Iterable[str]) -> Iterator[str]:
    for text in cells:
        yield '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _path(table: Table) -> str:
    return f"{table.name}.csv"

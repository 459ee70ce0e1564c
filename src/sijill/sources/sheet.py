"""Workbooks (.xlsx) → Documents: one report a row, of every sheet whose first row names a column for the text."""

from __future__ import annotations

import logging
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.archive import Archive
from sijill.sources.extra import package
from sijill.sources.markup import refuse_entities
from sijill.sources.record import Defaults
from sijill.sources.rejected import Rejected
from sijill.sources.rows import MAX_COLUMNS, Plan, row_bytes
from sijill.sources.stream import Opened

__all__ = ["is_workbook", "read_workbook"]

_log = logging.getLogger("sijill.sources")

_MB = 1024 * 1024
# Texts stand in one part that must be held in memory; sheets stream.
_MAX_PART = 256 * _MB
_MAX_SHEET = 4096 * _MB
_MAX_ROWS = 1_048_576
# How far down the names of the columns may stand, below a title of the sheet.
_HEADER_ROWS = 10
_BROKEN = (
    AssertionError, AttributeError, EOFError, LookupError, OSError, OverflowError, RuntimeError, SyntaxError, TypeError,
    ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def is_workbook(archive: Archive) -> bool:
    """Whether the archive is an Excel workbook."""
    return "xl/workbook.xml" in archive


def read_workbook(
    archive: Archive, stream: BinaryIO, opened: Opened, defaults: Defaults
) -> Iterator[Document | Rejected]:
    """The report of each row. Raises InputError where it is broken, or where no sheet has a column for the text."""
    openpyxl = package("openpyxl", "tables")
    _check_parts(archive)
    stream.seek(0)
    opened.media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    kept_whole = bool(opened.original.content)
    with warnings.catch_warnings():
        # openpyxl tells of styles and extensions that it does not know; none of them is of the text.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except _BROKEN as error:
            raise InputError(f"a broken workbook: {' '.join(str(error).split())[:120]}") from error
    wanted = defaults.mapping.sheet if defaults.mapping is not None else None
    sheets = [sheet for sheet in book.worksheets if wanted in (None, sheet.title)]
    if not sheets:
        raise InputError(f"no sheet '{(wanted or '')[:60]}' in it")
    problems: list[tuple[str, InputError]] = []
    taken = 0
    for sheet in sheets:
        opened.what = "a workbook"
        try:
            yield from _sheet(sheet, opened, defaults, several=len(sheets) > 1, kept_whole=kept_whole)
            taken += 1
        except InputError as error:
            problems.append((sheet.title, error))
    if not taken:
        raise problems[0][1]
    for title, problem in problems:
        _log.warning("%s: sheet %r left out: %s", opened.name, title, problem.what)


def _check_parts(archive: Archive) -> None:
    """Raises InputError where a part is larger than honest ones are, or is XML with a document type."""
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            with archive.open(name, _MAX_SHEET if name.startswith("xl/worksheets/") else _MAX_PART) as stream:
                refuse_entities(stream)


def _sheet(
    sheet: Any, opened: Opened, defaults: Defaults, *, several: bool, kept_whole: bool
) -> Iterator[Document | Rejected]:
    # What a sheet says of its own size is not to be trusted.
    sheet.reset_dimensions()
    rows = _rows(sheet.iter_rows(max_row=_MAX_ROWS, max_col=MAX_COLUMNS + 1, values_only=True), opened, sheet.title)
    plan, header = _header(rows, opened, defaults)
    where = f"{sheet.title}!" if several else ""
    found = False
    for number, row in rows:
        if isinstance(row, Rejected):
            yield row
            return
        found = True
        opened.part = f"row {number} of {sheet.title}" if several else f"row {number}"
        if not kept_whole:
            opened.give(row_bytes(header, row), opened.part)
        yield plan.report(row, f"{opened.name}:{where}{number}", f"{opened.stem}:{where}{number}")
    if not found:
        raise InputError("a table without rows")


def _header(rows: Iterator[tuple[int, Any]], opened: Opened, defaults: Defaults) -> tuple[Plan, list[Any]]:
    """The plan by the first row that names a column for the text, and that row."""
    problem: InputError | None = None
    for number, row in rows:
        if isinstance(row, Rejected):
            raise InputError(row.what)
        header = list(row)
        while header and header[-1] in (None, ""):
            header.pop()
        if header:
            try:
                return Plan(header, opened, defaults), header
            except InputError as error:
                problem = problem or error
        if number >= _HEADER_ROWS:
            break
    raise problem or InputError("the table is empty")


def _rows(rows: Iterator[Any], opened: Opened, title: str) -> Iterator[tuple[int, Any]]:
    """The rows that hold something, with their numbers; a rejection where the sheet breaks off."""
    number = 0
    empty: Any = None
    while True:
        number += 1
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = next(rows, None)
        except _BROKEN as error:
            line = " ".join(str(error).split())[:120]
            yield number, Rejected(f"{opened.name}:{title}!{number}", f"a broken sheet from here on: {line}")
            return
        if row is None:
            return
        # A million missing rows come as one and the same empty one.
        if row is empty:
            continue
        if any(row):
            yield number, row
        else:
            empty = row

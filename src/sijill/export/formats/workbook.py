"""Excel workbooks: one sheet a table; written here and by no library, so that the same claims give the same bytes.

Text is always text to Excel (inline strings); it is guarded like CSV all the same, because workbooks are saved as CSV.
Days from 1900-03-01 on are dates. Characters that XML cannot hold are written as `_xHHHH_`, as Excel does.

Source: ECMA-376, Office Open XML, SpreadsheetML (part 1, 18.3) and `ST_Xstring`; Microsoft's limits.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from sijill.errors import InputError
from sijill.export.cells import guarded
from sijill.export.context import Context
from sijill.export.entry import Entry
from sijill.export.folder import Folder
from sijill.export.profile import Table
from sijill.export.resource import Resource
from sijill.export.rows import maker

__all__ = ["write"]

_PATH = "claims.xlsx"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_ROWS, _MOST_CHARACTERS = 1_048_576, 32_767
_EPOCH, _FIRST_SAFE = date(1899, 12, 30), date(1900, 3, 1)
_DATED = 1  # which style of styles.xml shows a number as a day
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)


def write(folder: Folder, entries: Iterable[Entry], context: Context) -> tuple[Resource, ...]:
    """One workbook. Raises InputError where a sheet or a cell would hold more than Excel takes."""
    tables = context.profile.tables
    with ExitStack() as stack:
        sheets = [_Sheet(table, stack.enter_context(tempfile.TemporaryFile("w+b"))) for table in tables]
        makers = [maker(table) for table in tables]
        for entry in entries:
            for sheet, rows_of in zip(sheets, makers, strict=True):
                for row in rows_of(entry, context):
                    sheet.add(row)
        with zipfile.ZipFile(folder.binary(_PATH), "w", zipfile.ZIP_DEFLATED) as archive:
            _pack(archive, sheets)
    more = {"sheets": {sheet.table.name: sheet.rows - 1 for sheet in sheets}}
    return (Resource("workbook", _PATH, "xlsx", _MEDIA, "Workbook", sheets[0].rows - 1, None, tables, more),)


class _Sheet:
    """A sheet as it grows, in a file of its own: an archive takes one file after another."""

    def __init__(self, table: Table, stream: IO[bytes]) -> None:
        self.table = table
        self.stream = stream
        self.rows = 0
        stream.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{_FROZEN}<sheetData>'.encode())
        self.add({column.id: column.id for column in table.columns})

    def add(self, row: Mapping[str, Any]) -> None:
        self.rows += 1
        if self.rows > _MOST_ROWS:
            raise InputError(
                f"more than {_MOST_ROWS - 1:,} rows for sheet '{self.table.name}'", mend="export csv, or with a filter"
            )
        cells = "".join(self._cell(at, row.get(column.id)) for at, column in enumerate(self.table.columns))
        self.stream.write(f'<row r="{self.rows}">{cells}</row>'.encode())

    def end(self) -> IO[bytes]:
        self.stream.write(b"</sheetData></worksheet>")
        self.stream.seek(0)
        return self.stream

    def _cell(self, at: int, value: Any) -> str:
        if value is None:
            return ""
        where = f'r="{_letters(at)}{self.rows}"'
        if isinstance(value, bool):
            return f'<c {where} t="b"><v>{int(value)}</v></c>'
        if isinstance(value, int | float):
            return f"<c {where}><v>{value!r}</v></c>"
        if isinstance(value, date) and value >= _FIRST_SAFE:
            return f'<c {where} s="{_DATED}"><v>{(value - _EPOCH).days}</v></c>'
        text = guarded(str(value))
        if len(text) > _MOST_CHARACTERS:
            raise InputError(f"a cell of more than {_MOST_CHARACTERS:,} characters", mend="export csv")
        return f'<c {where} t="inlineStr"><is><t xml:space="preserve">{_xml(text)}</t></is></c>'


def _letters(at: int) -> str:
    """A, B, …, Z, AA, … for 0, 1, …."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _xml(text: str) -> str:
    return escape(_NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def _pack(archive: zipfile.ZipFile, sheets: list[_Sheet]) -> None:
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    for name, content in parts.items():
        archive.writestr(_member(name), content.encode("utf-8"))
    for number, sheet in zip(numbers, sheets, strict=True):
        with archive.open(_member(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as member:
            shutil.copyfileobj(sheet.end(), member)


def _member(name: str) -> zipfile.ZipInfo:
    """A member with the earliest time that an archive knows, for the archive's bytes are not to tell the time."""
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    return member


def _content_types(numbers: Iterable[int]) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for number in numbers
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{sheets}</Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _workbook(sheets: Iterable[_Sheet]) -> str:
    named = "".join(
        f'<sheet name={quoteattr(sheet.table.name[:31])} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'

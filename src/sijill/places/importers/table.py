"""Tables with a header row (CSV with any delimiter, XLSX): a user's own places, or OCHA's sheets of admin units."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sijill.errors import InputError
from sijill.places.importers.archive import MAX_LINE, Member
from sijill.places.importers.codab import is_unit_table, unit_of_row
from sijill.places.importers.geonames import coordinates, population, whole
from sijill.places.importers.knowledge import Knowledge, knowledge
from sijill.places.importers.naming import arabic_names, kind_by_name, latin_name
from sijill.places.importers.record import Addition, Broken, Item, Left, Raw
from sijill.places.polygons import need
from sijill.sources.encoding import decode

__all__ = ["header_of", "place_of", "read_csv", "read_xlsx"]

_ID = re.compile(r"[\w.:-]{1,60}")
# Columns of the "meta" tables of Who's On First.
_META = frozenset(("placetype", "geom_hash", "lbl_latitude"))
_DELIMITERS = ",;\t|"


def header_of(head: bytes) -> tuple[list[str], str] | None:
    """The column names and the delimiter of a table that begins so; None where no column is one that is known."""
    try:
        text = decode(head).lstrip("\n\r")
    except InputError:
        return None
    line = text.split("\n", 1)[0].rstrip("\r")
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        columns = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return None
    known = {knowledge().column(column) for column in columns} - {None}
    if is_unit_table(iter(columns)) or len(known & {"name", "latin", "lat", "lon", "geonameid", "population"}) >= 2:
        return columns, delimiter
    return None


def read_csv(member: Member, country: str) -> Iterator[Item]:
    """The places of a table, or the admin units where its columns are OCHA's. Raises InputError for wrong columns."""
    content = member.whole()
    found = header_of(content[:65_536])
    if found is None:
        raise InputError("no header row with known columns", where=member.name, mend=_wanted())
    csv.field_size_limit(MAX_LINE)
    rows = csv.reader(decode(content).splitlines(keepends=True), delimiter=found[1])
    try:
        yield from _read(((f"row {rows.line_num}", row) for row in rows), member.name, country)
    except csv.Error as error:
        raise InputError(
            f"broken CSV: {error}", where=f"{member.name}:{rows.line_num}", mend="mend that row"
        ) from error


def read_xlsx(path: Path, name: str, country: str) -> Iterator[Item]:
    """The rows of every sheet that has known columns. Raises InputError where none has, or the file is broken."""
    openpyxl = need("openpyxl", "Excel files")
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise InputError(f"a broken Excel file: {error}", where=name, mend="save it again, or as CSV") from error
    known = 0
    try:
        for sheet in book.worksheets:
            rows = (
                (f"{sheet.title}:{number}", _texts(row))
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
            )
            head = next(rows, None)
            if head is None or not _is_known(head[1]):
                continue
            known += 1
            yield from _read(_again(head, rows), name, country)
    finally:
        book.close()
    if not known:
        raise InputError("no sheet with known columns", where=name, mend=_wanted())


def _again(head: tuple[str, list[str]], rows: Iterator[tuple[str, list[str]]]) -> Iterator[tuple[str, list[str]]]:
    yield head
    yield from rows


def _texts(row: Sequence[Any]) -> list[str]:
    """The cells of a row of Excel as text, whole numbers without point."""
    return [
        "" if cell is None else str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        for cell in row
    ]


def _is_known(columns: list[str]) -> bool:
    known = {knowledge().column(column) for column in columns}
    return (
        is_unit_table(iter(columns))
        or bool({"name", "latin"} & known and {"lat", "lon"} <= known)
        or ("geonameid" in known and bool({"name", "population", "names"} & known))
    )


def _wanted() -> str:
    return "it needs name, lat, lon; or geonameid and population; or ADM1_PCODE and the like"


def _read(rows: Iterator[tuple[str, list[str]]], name: str, country: str) -> Iterator[Item]:
    columns = next(rows, ("", []))[1]
    if not _is_known(columns):
        raise InputError(f"unknown columns: {' '.join(', '.join(columns).split())[:120]}", where=name, mend=_wanted())
    units = is_unit_table(iter(columns))
    meta = {column.strip().lower() for column in columns} >= _META
    for where, row in rows:
        if not any(row):
            continue
        if len(row) > len(columns):
            yield Broken(where, "more cells than columns", " ".join(row)[:120])
            continue
        cells = dict(zip(columns, row, strict=False))
        if units:
            yield from unit_of_row(cells, where)
        elif meta and knowledge().kind("wof", cells.get("placetype", "")) is None:
            yield Left("not a place of the kinds that are kept")
        else:
            yield from place_of({**cells, "source": "wof"} if meta else cells, where, country)


def place_of(cells: Mapping[str, str], where: str, country: str) -> Iterator[Item]:
    """The place of a row of a user's table; a row without coordinates adds to the place of its GeoNames id."""
    known = knowledge()
    given = _given(cells, known)
    kind = known.any_kind(given.get("kind", "settlement"))
    names, junk = arabic_names([given.get("name", ""), given.get("names", "")], kind or "")
    for _ in range(junk):
        yield Left("a name in letters that are not Arabic's")
    text, geoname = " ".join(given.values())[:120], whole(given.get("geonameid", ""))
    people = population(given.get("population", ""))
    if not given.get("lat") and not given.get("lon") and geoname:
        yield Addition(geoname, names, people)
        return
    point = coordinates(given.get("lat", ""), given.get("lon", ""))
    if isinstance(point, str):
        yield Broken(where, point, text)
        return
    latin = latin_name(given.get("latin", ""), given.get("name", ""), given.get("names", ""))
    if (not names and not latin) or kind is None:
        yield Broken(where, "an unknown kind of place" if kind is None else "no name in Arabic or Latin letters", text)
        return
    land = known.country(given.get("country", "")) or country
    source = given.get("source", "own")
    yield Raw(
        id=_identity(given.get("id", ""), source, f"{names}{latin}{point}{land}"),
        source=source if source in known.sources else "own",
        kind=kind_by_name(kind, names),
        lat=point[0],
        lon=point[1],
        country=land,
        names=names,
        latin=latin,
        population=people,
        pcode=given.get("pcode", ""),
        geoname=geoname,
        licence=given.get("licence", ""),
        code1=given.get("admin1", ""),
    )


def _given(cells: Mapping[str, str], known: Knowledge) -> dict[str, str]:
    """What a row says, by the columns that are known; of two columns for one thing the first."""
    given: dict[str, str] = {}
    for head, value in cells.items():
        column = known.column(head)
        if column is not None and value.strip():
            given.setdefault(column, value.strip())
    return given


def _identity(told: str, source: str, content: str) -> str:
    """The id of a place: the row's own, in Who's On First's with its prefix, or one made from what the row says."""
    if not _ID.fullmatch(told):
        return f"own-{hashlib.sha256(content.encode()).hexdigest()[:12]}"
    return f"wof{told}" if source == "wof" else told

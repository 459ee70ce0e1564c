"""Dumps that people download → items: what a file is, is told by its content, never by its name alone."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from sijill.errors import InputError
from sijill.places.importers.archive import Member
from sijill.places.importers.geojson import read_geojson
from sijill.places.importers.geonames import (
    COLUMNS,
    INTEGER,
    coordinates,
    read_alternates,
    read_codes,
    read_dump,
    whole,
)
from sijill.places.importers.osm import read_pbf
from sijill.places.importers.record import Item
from sijill.places.importers.table import header_of, read_csv, read_xlsx
from sijill.places.importers.whosonfirst import read_whosonfirst
from sijill.places.store import APPLICATION

__all__ = ["FORMATS", "NoDump", "read_member", "recognise"]

_KNOWN = "a GeoNames, Who's On First, OCHA COD-AB or OpenStreetMap dump, or a table with name, lat, lon"
_CODE = re.compile(r"[A-Z]{2}(\.[^.\t]+){1,2}")
_LANGUAGE = re.compile(r"[a-z]{0,7}|[a-z]{2,3}-[A-Za-z]{2,4}")


class NoDump(InputError):  # noqa: N818  (what it says is what is the case)
    """A file that is no dump at all: in a folder it is passed over."""


# The formats, as `places report` calls them.
FORMATS = {
    "geonames": "GeoNames dump",
    "alternates": "GeoNames alternate names",
    "codes": "GeoNames codes of admin units",
    "geojson": "GeoJSON",
    "wof-sqlite": "Who's On First SQLite",
    "osm-pbf": "OpenStreetMap extract",
    "xlsx": "Excel",
    "table": "table",
}


def recognise(member: Member) -> str:
    """Which of FORMATS it is, by its first bytes. Raises NoDump, or InputError for one with wrong columns."""
    head = member.head
    if not head.strip():
        raise NoDump("empty", where=member.name, mend="fetch it again")
    if head[68:72] == APPLICATION.to_bytes(4, "big"):
        raise NoDump("a gazetteer of Sijill, no dump", where=member.name, mend="give the dumps that it was made from")
    if head.startswith(b"SQLite format 3\0"):
        return "wof-sqlite"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if b"OSMHeader" in head[:40]:
        return "osm-pbf"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\x1e \r\n\t")[:1] in (b"{", b"["):
        return "geojson"
    found = _by_columns(head, member.name)
    if found is None:
        raise NoDump("not a dump of places that is known", where=member.name, mend=f"it takes {_KNOWN}")
    return found


def _by_columns(head: bytes, name: str) -> str | None:
    rows = [line.split("\t") for line in _lines(head)]
    if not rows:
        return None
    for form, is_row in _TESTS.items():
        if _most(rows, is_row):
            return form
    if header_of(head) is not None:
        return "table"
    if _most(rows, lambda row: len(row) == COLUMNS):
        raise InputError(
            "19 columns, but 1 is no id, or 5 and 6 no coordinates", where=name, mend="a GeoNames dump has them"
        )
    if _most(rows, lambda row: len(row) > 10 and len(row) == len(rows[0])):
        raise InputError(
            f"{len(rows[0])} columns without names", where=name, mend="a GeoNames dump has 19; or add a header"
        )
    return None


def _lines(head: bytes) -> list[str]:
    """The whole lines at the beginning, no more than a hundred, as text."""
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.split("\n")
    if len(lines) > 1:
        lines.pop()  # cut, or empty
    return [line.rstrip("\r") for line in lines[:100] if line.strip()]


def _most(rows: list[list[str]], test: Callable[[list[str]], bool]) -> bool:
    """Whether `test` holds for more than half of the rows: some rows of any dump are broken."""
    return 2 * sum(map(test, rows)) > len(rows)


def _is_dump_row(row: list[str]) -> bool:
    return (
        len(row) == COLUMNS
        and INTEGER.fullmatch(row[0]) is not None
        and not isinstance(coordinates(row[4], row[5]), str)
    )


def _is_alternate(row: list[str]) -> bool:
    return (
        4 <= len(row) <= 10 and bool(whole(row[0])) and bool(whole(row[1])) and _LANGUAGE.fullmatch(row[2]) is not None
    )


def _is_code(row: list[str]) -> bool:
    return len(row) == 4 and _CODE.fullmatch(row[0]) is not None and bool(whole(row[3]))


_TESTS: dict[str, Callable[[list[str]], bool]] = {
    "geonames": _is_dump_row,
    "alternates": _is_alternate,
    "codes": _is_code,
}


def read_member(member: Member, form: str, country: str, only: frozenset[str] = frozenset()) -> Iterator[Item]:
    """The items of a dump of that form; rows that cannot be used are items too.

    `country` is where places lie that do not say it, `only` are the countries that are wanted, if not all. Raises
    InputError where the dump as a whole cannot be read.
    """
    if form == "geonames":
        yield from read_dump(member, only)
    elif form == "alternates":
        yield from read_alternates(member)
    elif form == "codes":
        yield from read_codes(member)
    elif form == "geojson":
        yield from read_geojson(member, country)
    elif form == "table":
        yield from read_csv(member, country)
    elif member.path is not None:
        yield from _from_file(member.path, member.name, form, country)
    else:
        with tempfile.TemporaryDirectory(prefix="sijill-") as folder:
            path = Path(folder, "unpacked")
            with path.open("wb") as file:
                for piece in member.pieces():
                    file.write(piece)
            yield from _from_file(path, member.name, form, country)


def _from_file(path: Path, name: str, form: str, country: str) -> Iterator[Item]:
    """Formats whose readers want a file, not a stream."""
    if form == "wof-sqlite":
        return read_whosonfirst(path, name)
    return read_pbf(path, name, country) if form == "osm-pbf" else read_xlsx(path, name, country)

"""GeoNames: country dumps and allCountries (19 columns), alternateNamesV2, the codes of admin units.

Source: the readme of the GeoNames dumps, which names the columns; tab-separated, UTF-8, no header.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator

from sijill.places.importers.archive import MAX_LINE, Member, lines
from sijill.places.importers.knowledge import Knowledge, knowledge
from sijill.places.importers.naming import arabic_names, has_arabic, kind_by_name, latin_name
from sijill.places.importers.record import Addition, Broken, Code, Item, Left, Mended, Raw

__all__ = [
    "COLUMNS",
    "FOREIGN",
    "INTEGER",
    "coordinates",
    "population",
    "read_alternates",
    "read_codes",
    "read_dump",
    "whole",
]

COLUMNS = 19
# Languages of alternateNamesV2 that are Arabic, or not said; links, codes and postcodes have pseudo-languages.
_LANGUAGES = frozenset(("ar", "", "arz", "apc", "ajp", "acm", "ary", "arq", "aeb", "afb", "ayl", "apd"))
FOREIGN = "in a country that is not wanted"
INTEGER = re.compile(r"-?\d{1,15}", re.ASCII)
_MOST = 50_000_000


def read_dump(member: Member, only: frozenset[str] = frozenset()) -> Iterator[Item]:
    """The places of a country dump; rows of features that are no places of ours are left out.

    `only` are the countries that are wanted, if not all: millions of rows of allCountries need not be looked at.
    """
    known = knowledge()
    wanted = frozenset(country.encode() for country in only)
    for number, line in lines(member):
        if wanted and line.count(b"\t") == COLUMNS - 1 and line.split(b"\t", 9)[8] not in wanted:
            yield Left(FOREIGN)
        elif line:
            yield from _row(line, f"{number}", known)


def _row(line: bytes, where: str, known: Knowledge) -> Iterator[Item]:
    cells = _cells(line)
    if isinstance(cells, str):
        yield _broken(where, cells, line)
        return
    kind = known.kind("geonames", cells[7])
    if kind is None:
        yield Left("not a place of the kinds that are kept")
        return
    spot = _spot(cells, known)
    if isinstance(spot, str):
        yield _broken(where, spot, line)
        return
    names, junk = arabic_names((cells[1], *cells[3].split(",")), kind)
    for _ in range(junk):
        yield Left("a name in letters that are not Arabic's")
    latin = latin_name(cells[1], cells[2])
    if not names and not latin:
        yield _broken(where, "no name in Arabic or Latin letters", line)
        return
    geoname = whole(cells[0])
    if not geoname:  # dumps made from others have rows with the id -1 or 0
        yield Mended("a row without an id of GeoNames")
    yield Raw(
        id=f"gn{geoname}" if geoname else f"gn-{hashlib.sha256(line).hexdigest()[:10]}",
        source="geonames",
        kind=kind_by_name(kind, names),
        lat=spot[0],
        lon=spot[1],
        country=spot[2],
        names=names,
        latin=latin,
        population=population(cells[14]),
        code1=cells[10] if cells[10] != "00" else "",
        code2=cells[11],
        geoname=geoname,
    )


def _cells(line: bytes) -> list[str] | str:
    """The columns of a row; or the reason why it is no row of a dump."""
    try:
        cells = line.decode("utf-8").split("\t")
    except UnicodeDecodeError:
        return "not UTF-8"
    if len(line) > MAX_LINE:
        return "a line without end"
    if len(cells) != COLUMNS:
        return "not 19 columns"
    return cells if whole(cells[0]) or INTEGER.fullmatch(cells[0]) else "no id in the first column"


def _spot(cells: list[str], known: Knowledge) -> tuple[float, float, str] | str:
    """Where the place of a row lies, in degrees and by the code of its country; or the reason why nobody knows."""
    point = coordinates(cells[4], cells[5])
    if isinstance(point, str):
        return point
    country = known.country(cells[8])
    return (*point, country) if country else "no country code in column 9"


def _broken(where: str, reason: str, line: bytes) -> Broken:
    return Broken(where, reason, _begin(line.decode("utf-8", "replace")))


def read_alternates(member: Member) -> Iterator[Item]:
    """The Arabic names of alternateNamesV2 (or alternateNames), for the places that another input brings."""
    for number, line in lines(member):
        cells = line.decode("utf-8", "replace").split("\t", 8)
        if len(cells) < 4 or not (geoname := whole(cells[1])):
            if line:
                yield Broken(str(number), "not the columns of alternateNamesV2", _begin("\t".join(cells)))
            continue
        if cells[2] not in _LANGUAGES or not has_arabic(cells[3]):
            continue
        names, junk = arabic_names((cells[3],))
        flags = (*cells[4:8], "", "", "", "")
        if junk or flags[3] == "1":
            yield Left("a name in letters that are not Arabic's" if junk else "a name of the past")
        elif names:
            yield Addition(geoname, names, best=cells[2] == "ar" and flags[0] == "1")


def read_codes(member: Member) -> Iterator[Item]:
    """The admin units of admin1CodesASCII and admin2Codes."""
    for number, line in lines(member):
        cells = line.decode("utf-8", "replace").split("\t")
        parts = cells[0].split(".")
        if len(cells) != 4 or len(parts) not in (2, 3) or not (geoname := whole(cells[3])):
            if line:
                yield Broken(
                    str(number), "not the columns of admin1CodesASCII or admin2Codes", _begin("\t".join(cells))
                )
            continue
        yield Code(len(parts) - 1, parts[0], ".".join(parts[1:]), cells[1], geoname)


def coordinates(lat: str, lon: str) -> tuple[float, float] | str:
    """Degrees, rounded to a metre or so; or the reason why they are none."""
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        return "coordinates that are no numbers" if lat.strip() or lon.strip() else "no coordinates"
    if not (math.isfinite(north) and math.isfinite(east)) or abs(north) > 90 or abs(east) > 180:
        return "coordinates out of range"
    if north == 0 and east == 0:
        return "coordinates 0, 0"
    return round(north, 5), round(east, 5)


def whole(text: str) -> int:
    """`text` as a whole number above 0; 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def population(text: str) -> int:
    """How many live there; 0 where it is not known, or no number of people."""
    number = whole(text.strip().replace(",", "").removesuffix(".0"))
    return number if number < _MOST else 0


def _begin(text: str) -> str:
    return text[:120]

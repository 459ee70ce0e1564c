"""OCHA COD-AB: admin units with their P-codes, as GeoJSON polygons or as the sheets of a gazetteer workbook.

Source: the attribute names of the common operational datasets: ADM1_EN, ADM1_AR, ADM1_PCODE, …; in the releases since
2025 adm1_name, adm1_name1, adm1_pcode, center_lat, center_lon; in some of the first admin1Name_ar, admin1Pcode. Which
name is Arabic is told by its letters. A unit of the fourth level that is a point is a populated place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sijill.places.importers.feature import Feature, text_of
from sijill.places.importers.geonames import coordinates
from sijill.places.importers.knowledge import knowledge
from sijill.places.importers.naming import arabic_names, latin_name
from sijill.places.importers.record import Broken, Item, Left, Mended, Raw, Shape
from sijill.places.polygons import Area

__all__ = ["is_unit_table", "read_unit", "unit_of_row"]

_PCODE = re.compile(r"adm(?:in)?(\d)_?pcode")
_NAME = re.compile(r"adm(?:in)?(\d)_?(?!pcode|ref|type|src)\w+")
_PCODE_FORM = re.compile(r"[A-Z][A-Z0-9_.-]{1,20}")
_KINDS = {0: "country", 1: "governorate", 2: "district", 3: "subdistrict", 4: "subdistrict", 5: "subdistrict"}
_PLACES = 4


class _Unit:
    """An admin unit as a row has it."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        cells = {key.strip().lower(): text_of(value) for key, value in given.items()}
        self.pcodes = {int(at[1]): value for key, value in cells.items() if (at := _PCODE.fullmatch(key)) and value}
        self.level = max(self.pcodes, default=-1)
        self.pcode = self.pcodes.get(self.level, "")
        self.cells = cells

    def names(self, level: int) -> list[str]:
        """What it, or the unit of `level` that it lies in, is called."""
        return [
            v for key, v in sorted(self.cells.items()) if (at := _NAME.fullmatch(key)) and int(at[1]) == level and v
        ]

    def country(self) -> str:
        """Two letters, by the code of the country or the beginning of the P-code."""
        known = knowledge().country
        for _, pcode in sorted(self.pcodes.items()):
            begin = re.match("[A-Z]*", pcode.upper())
            letters = begin[0] if begin else ""
            if code := known(letters[:3]) or known(letters[:2]):
                return code
        return ""


def is_unit_table(columns: Iterator[str]) -> bool:
    """Whether a table with these columns lists admin units."""
    return any(_PCODE.fullmatch(column.strip().lower()) for column in columns)


def read_unit(feature: Feature, where: str) -> Iterator[Item]:
    """The unit of a feature, with its polygon."""
    if feature.is_line():
        yield Left("a border line")
        return
    unit = _Unit(feature.properties or {})
    area = None if feature.is_point() else feature.area()
    if isinstance(area, str):
        yield Broken(where, area, unit.pcode)
        return
    point = feature.point() if area is None else (area.lat, area.lon)
    if isinstance(point, str):
        yield Broken(where, point, unit.pcode)
        return
    yield from _items(unit, where, point, area)


def unit_of_row(row: Mapping[str, str], where: str) -> Iterator[Item]:
    """The unit of a sheet's row; without coordinates unless the sheet has them."""
    unit = _Unit(row)
    columns = {knowledge().column(head): value for head, value in unit.cells.items() if value}
    lat, lon = columns.get("lat", ""), columns.get("lon", "")
    point = coordinates(lat, lon) if lat or lon else None
    if isinstance(point, str):
        yield Broken(where, point, unit.pcode)
        return
    yield from _items(unit, where, point, None)


def _items(unit: _Unit, where: str, point: tuple[float, float] | None, area: Area | None) -> Iterator[Item]:
    kind, country = _KINDS.get(unit.level), unit.country()
    if unit.level >= _PLACES and point is not None and area is None:
        kind = "settlement"
    if kind is None or not _PCODE_FORM.fullmatch(unit.pcode) or not country:
        yield Broken(where, "no P-code of a known country", unit.pcode)
        return
    names, junk = arabic_names(unit.names(unit.level), kind)
    for _ in range(junk):
        yield Left("a name in letters that are not Arabic's")
    latin = latin_name(*unit.names(unit.level))
    if not names and not latin:
        yield Broken(where, "no name in Arabic or Latin letters", unit.pcode)
        return
    identity = f"cod{unit.pcode}"
    lat, lon = point or (None, None)
    yield Raw(
        identity,
        "cod",
        kind,
        lat,
        lon,
        country,
        names,
        latin,
        code1=unit.pcodes.get(1, ""),
        code2=unit.pcodes.get(2, ""),
        pcode=unit.pcode,
    )
    if area is not None and 1 <= unit.level <= 3:
        if area.mended:
            yield Mended("a polygon that crossed itself")
        yield Shape(identity, "cod", unit.level, country, unit.pcode, area.wkb)

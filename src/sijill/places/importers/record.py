"""What an importer makes of a dump, item by item: places, additions to places, polygons, codes, and what is no good."""

from __future__ import annotations

import msgspec

__all__ = ["Addition", "Broken", "Code", "Item", "Left", "Mended", "Raw", "Shape", "share_alike"]


class Raw(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place as its source has it. `names` are in Arabic letters, cleaned; `latin` is its name in Latin letters.

    `code1` and `code2` are the source's codes of the units that it lies in (or is), `geoname` its GeoNames id where
    the source gives one (0: none). `licence` stands only where the row differs from its source. The builder finds
    `admin1` (id of the shipped governorate) and `admin2` (id of the district's row).
    """

    id: str
    source: str
    kind: str
    lat: float | None
    lon: float | None
    country: str
    names: tuple[str, ...]
    latin: str = ""
    population: int = 0
    code1: str = ""
    code2: str = ""
    pcode: str = ""
    geoname: int = 0
    licence: str = ""
    admin1: str = ""
    admin2: str = ""


class Addition(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Names or a population for the place with that GeoNames id, which another input brings. `best`: go first."""

    geoname: int
    names: tuple[str, ...] = ()
    population: int = 0
    best: bool = False


class Shape(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The polygon (WKB) of an admin unit: `unit` is the id of its place, `level` 1 to 3."""

    unit: str
    source: str
    level: int
    country: str
    pcode: str
    wkb: bytes


class Code(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A code of GeoNames for an admin unit: `level` 1 or 2, `geoname` the unit's own id."""

    level: int
    country: str
    code: str
    latin: str
    geoname: int


class Broken(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A row that cannot be used: where it stands, why, and how it begins."""

    where: str
    reason: str
    text: str = ""


class Left(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A row, or a name, that is sound and not wanted."""

    reason: str


class Mended(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Something that was wrong and could be put right."""

    reason: str


Item = Raw | Addition | Shape | Code | Broken | Left | Mended


def share_alike(row: Raw | Shape) -> bool:
    """Whether a row may only be passed on under its source's own licence (ODbL), so that it stays apart."""
    return row.source == "osm" or (isinstance(row, Raw) and row.licence.lower().startswith("odbl"))

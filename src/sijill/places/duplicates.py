"""The same place from two rows → one: the richer row stays and takes the other's names.

Rows are the same place when they have one GeoNames id, or an equal key and kind within 3 km. Admin units of different
sources may have their points further apart, and one without a point goes by name alone. Linear: rows are looked for in
cells of the map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import msgspec

from sijill.places.entry import key_of
from sijill.places.geometry import km
from sijill.places.importers.naming import latin_key
from sijill.places.importers.record import Raw

__all__ = ["merged", "without_duplicates"]

_NEAR_KM = 3.0
# How far apart two sources put the point of one admin unit.
_UNIT_KM = {"district": 30.0, "subdistrict": 15.0, "governorate": 120.0, "country": 600.0}
# How far a source is trusted for its point, from first to last.
_TRUST = {"cod": 0, "geonames": 1, "wof": 2, "own": 3, "osm": 4}
_LATIN = "latin "
# No more places with one name are compared in one cell, so that no dump can make it slow.
_MOST = 64


def without_duplicates(rows: Iterable[Raw]) -> tuple[list[Raw], dict[str, str]]:
    """The rows of one country, duplicates merged, by id; and for each row that is gone the id that it went to."""
    kept: dict[str, Raw] = {}
    gone: dict[str, str] = {}
    by_geoname: dict[int, str] = {}
    cells: dict[tuple[str, str, int, int], list[str]] = {}
    for row in sorted(rows, key=_richness):
        twin = row.id if row.id in kept else by_geoname.get(row.geoname) if row.geoname else None
        twin = twin or _near(row, kept, cells)
        if twin is not None:
            kept[twin] = merged(kept[twin], row)
            if row.id != twin:
                gone[row.id] = twin
        else:
            kept[row.id] = row
        home = kept[twin or row.id]
        if row.geoname:
            by_geoname.setdefault(row.geoname, home.id)
        # Looked for by every name that it has gained, around its own point.
        for cell in _cells(home, row):
            ids = cells.setdefault(cell, [])
            if len(ids) < _MOST and home.id not in ids:
                ids.append(home.id)
    return [kept[identity] for identity in sorted(kept)], gone


def merged(row: Raw, other: Raw) -> Raw:
    """`row` with what `other` has and it lacks; both sources named where they differ."""
    names = tuple(dict.fromkeys((*row.names, *other.names)))
    sources = sorted({*row.source.split("+"), *other.source.split("+")})
    return msgspec.structs.replace(
        row,
        names=names,
        source="+".join(sources),
        lat=other.lat if row.lat is None else row.lat,
        lon=other.lon if row.lat is None else row.lon,
        latin=row.latin or other.latin,
        population=row.population or other.population,
        pcode=row.pcode or other.pcode,
        geoname=row.geoname or other.geoname,
        country=row.country or other.country,
        admin1=row.admin1 or other.admin1,
        admin2=row.admin2 or other.admin2,
        code1=row.code1 or (other.code1 if other.source == row.source else ""),
        code2=row.code2 or (other.code2 if other.source == row.source else ""),
        licence=row.licence if row.licence == other.licence else "+".join(sorted({row.licence, other.licence} - {""})),
    )


def _richness(row: Raw) -> tuple[bool, bool, int, bool, int, str]:
    """Sorts the richer row first: with a point, Arabic names, a trusted source, people; then by id."""
    return (row.lat is None, not row.names, _TRUST.get(row.source, 5), not row.population, -len(row.names), row.id)


def _near(row: Raw, kept: dict[str, Raw], cells: dict[tuple[str, str, int, int], list[str]]) -> str | None:
    """The id of the kept row that is the same place; the nearest, where there are several."""
    best: tuple[float, str] | None = None
    for key in _keys(row):
        for y, x in _around(row):
            for identity in cells.get((key, row.kind, y, x), ()):
                if key.startswith(_LATIN) and row.names and kept[identity].names:
                    continue
                away = _apart(row, kept[identity])
                if away is not None and (best is None or (away, identity) < best):
                    best = away, identity
    return best[1] if best else None


def _apart(row: Raw, other: Raw) -> float | None:
    """How far two rows with one key and kind are apart; None where too far to be the same place."""
    if row.lat is None or row.lon is None or other.lat is None or other.lon is None:
        return 0.0 if row.source != other.source and row.admin1 == other.admin1 else None
    away = km(row.lat, row.lon, other.lat, other.lon)
    limit = _NEAR_KM
    if row.kind in _UNIT_KM and not set(row.source.split("+")) & set(other.source.split("+")):
        limit = _UNIT_KM[row.kind]
    return away if away <= limit else None


def _keys(row: Raw) -> list[str]:
    """What a row is told to be the same by: its Arabic keys; its Latin key beside one that has no Arabic name."""
    keys = list(dict.fromkeys(map(key_of, row.names)))
    return [*keys, _LATIN + latin_key(row.latin)] if row.latin else keys


def _cell(row: Raw) -> tuple[int, int] | None:
    """The cell of the map that a row lies in: a little wider than 3 km; admin units have one for the whole country."""
    if row.kind in _UNIT_KM:
        return 0, 0
    if row.lat is None or row.lon is None:
        return None
    y = math.floor(row.lat / 0.03)
    return y, math.floor(row.lon * _shrunk(y) / 0.03)


def _shrunk(y: int) -> float:
    """How long a degree of longitude is in the row `y` of cells, in degrees of latitude."""
    return max(math.cos(math.radians(min(abs(y * 0.03), 89.0))), 0.02)


def _around(row: Raw) -> Iterator[tuple[int, int]]:
    """The cells that a twin of `row` may lie in."""
    cell = _cell(row)
    if cell is None:
        return
    if row.kind in _UNIT_KM or row.lon is None:
        yield cell
        return
    for y in (cell[0] - 1, cell[0], cell[0] + 1):
        x = math.floor(row.lon * _shrunk(y) / 0.03)
        yield from ((y, x - 1), (y, x), (y, x + 1))


def _cells(home: Raw, row: Raw) -> Iterator[tuple[str, str, int, int]]:
    """Where `home` is to be found: by the names of `row`, at its own cell."""
    cell = _cell(home)
    if cell is None:
        return
    for key in _keys(row):
        yield (key, home.kind, *cell)

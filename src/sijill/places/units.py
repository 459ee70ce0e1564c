"""Admin units of rows: which shipped governorate a place lies in, and which district of the dump.

A dump has codes of its own for its units (GeoNames, Who's On First) or P-codes. Each code of a first level is matched
with a shipped governorate: by P-code, else by name, the nearer first where names are shared, else by distance alone.
Polygons go before codes. A row without either takes the governorate that its three nearest neighbours agree on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sijill.places.entry import Entry, key_of
from sijill.places.geometry import km
from sijill.places.importers.record import Code, Raw, Shape
from sijill.places.polygons import Areas
from sijill.places.shipped import load_shipped

__all__ = ["Units", "governorates"]

_FAR_KM = 150.0
_NEIGHBOUR_KM = 15.0
_NEIGHBOURS = 3
# A place on the border may lie a little outside its box: by this share of its longer side, and no more than so many
# degrees.
_MARGIN, _MOST_MARGIN = 0.15, 0.1
_MOST_INSIDE, _NEARLY_ALL = 0.6, 0.9


def governorates() -> tuple[Entry, ...]:
    """The shipped governorates that have a box."""
    return tuple(unit for units in load_shipped().governorates.values() for unit in units)


def _holds(unit: Entry, row: Raw) -> bool:
    """Whether the row may lie in the unit, as far as its box tells; one without a point may lie anywhere."""
    if unit.box is None or row.lat is None or row.lon is None:
        return True
    south, west, north, east = unit.box
    margin = min(_MARGIN * max(north - south, east - west), _MOST_MARGIN)
    return south - margin <= row.lat <= north + margin and west - margin <= row.lon <= east + margin


def _away(unit: Entry, row: Raw) -> float:
    if None in (unit.lat, unit.lon, row.lat, row.lon):
        return 0.0
    return km(unit.lat or 0.0, unit.lon or 0.0, row.lat or 0.0, row.lon or 0.0)


def _keys(names: Iterable[str]) -> set[str]:
    return set(map(key_of, names))


class Units:
    """The admin units of one country: asked row by row after they have been matched."""

    def __init__(
        self, shipped: Sequence[Entry], rows: Sequence[Raw], codes: Sequence[Code], shapes: Sequence[Shape]
    ) -> None:
        self._shipped = shipped
        self._by_id = {row.id: row for row in rows}
        self._of_code: dict[tuple[str, str], str] = {}
        self._of_unit: dict[str, str] = {}
        self._districts: dict[tuple[str, str, str], str] = {}
        self._shapes = shapes
        self._learn(rows, codes)

    def _learn(self, rows: Sequence[Raw], codes: Sequence[Code]) -> None:
        """Match the units of each source with the shipped ones."""
        for source in sorted({row.source for row in rows}):
            units = [row for row in rows if row.source == source and row.kind == "governorate"]
            inside = self._inside(row for row in rows if row.source == source)
            for unit, (governorate, named) in _matched(units, self._shipped, inside).items():
                self._of_code[source, self._by_id[unit].code1] = governorate.id
                if named:
                    self._of_unit[unit] = governorate.id
        for row in rows:
            if row.kind == "district" and row.code2:
                self._districts.setdefault((row.source, row.code1, row.code2), row.id)
        known = {row.geoname: row.id for row in rows if row.geoname}
        for code in codes:
            if code.level == 1 and (unit := self._of_unit.get(known.get(code.geoname, ""), "")):
                self._of_code.setdefault(("geonames", code.code), unit)
            elif code.level == 2 and code.geoname in known:
                first, _, second = code.code.partition(".")
                self._districts.setdefault(("geonames", first, second), known[code.geoname])

    def _inside(self, rows: Iterable[Raw]) -> dict[tuple[str, str], float]:
        """For each code of the first level and each governorate the share of the code's places that its box holds."""
        counts: dict[str, list[int]] = {}
        for row in rows:
            if row.code1 and row.lat is not None and row.kind != "governorate":
                count = counts.setdefault(row.code1, [0] * (len(self._shipped) + 1))
                count[-1] += 1
                for number, unit in enumerate(self._shipped):
                    count[number] += _holds(unit, row)
        return {
            (code, unit.id): count[number] / count[-1]
            for code, count in counts.items()
            for number, unit in enumerate(self._shipped)
        }

    def placed(self, rows: Sequence[Raw]) -> list[Raw]:
        """The rows with their units: `admin1`, `admin2`, and the P-code of the smallest unit around them."""
        points = [(row.lat, row.lon) if row.lat is not None and row.lon is not None else (0.0, 0.0) for row in rows]
        around: dict[int, list[Shape | None]] = {}
        for level in sorted({shape.level for shape in self._shapes}):
            around[level] = Areas([shape for shape in self._shapes if shape.level == level]).of(points)
        found = [self._placed(row, {level: areas[k] for level, areas in around.items()}) for k, row in enumerate(rows)]
        return _filled(found)

    def _placed(self, row: Raw, around: dict[int, Shape | None]) -> Raw:
        if row.kind == "country" or row.lat is None:
            around = {}
        own = {"governorate": 1, "district": 2, "subdistrict": 3}.get(row.kind, 9)
        first, second = around.get(1), around.get(2)
        admin1 = self._of_unit.get(row.id, "")
        if not admin1 and row.kind != "governorate":
            admin1 = (self._of_unit.get(first.unit, "") if first else "") or self._by_code(row)
        admin2 = ""
        if own > 2:
            admin2 = second.unit if second else self._districts.get((row.source, row.code1, row.code2), "")
        pcode = row.pcode
        if not pcode and own > 3:
            pcode = next((s.pcode for level in (3, 2, 1) if (s := around.get(level)) and s.pcode), "")
        if not pcode and row.kind == "governorate" and admin1:
            pcode = next(unit.pcode for unit in self._shipped if unit.id == admin1)
        return msgspec.structs.replace(row, admin1=admin1, admin2=admin2, pcode=pcode, names=self._names(row, admin1))

    def _by_code(self, row: Raw) -> str:
        """The governorate of the row's code, unless the row lies outside its box; then the one whose box fits."""
        coded = self._of_code.get((row.source, row.code1), "") if row.code1 else ""
        if not coded and row.code1:  # a user's table may name it, or give our id
            wanted = key_of(row.code1)
            coded = next((unit.id for unit in self._shipped if row.code1 == unit.id or wanted in _keys(unit.names)), "")
        fits = [unit for unit in self._shipped if _holds(unit, row)]
        if any(unit.id == coded for unit in fits):
            return coded
        if not row.code1:
            return fits[0].id if len(fits) == 1 and row.lat is not None else ""
        return min(fits, key=lambda unit: (_away(unit, row), unit.id)).id if fits else coded

    def _names(self, row: Raw, admin1: str) -> tuple[str, ...]:
        """A governorate's names: the shipped ones first, without those that are another's («تعز» beside صنعاء)."""
        if row.kind != "governorate" or not admin1:
            return row.names
        own = next(unit for unit in self._shipped if unit.id == admin1)
        others = _keys(name for unit in self._shipped if unit.id != admin1 for name in unit.names) - _keys(own.names)
        names = dict.fromkeys((*own.names, *(name for name in row.names if key_of(name) not in others)))
        return tuple(names)


def _matched(
    units: Sequence[Raw], shipped: Sequence[Entry], inside: Mapping[tuple[str, str], float]
) -> dict[str, tuple[Entry, bool]]:
    """For the id of each unit of one source its governorate, and whether it is so called; neither is given twice.

    A governorate whose box holds few of the unit's places is not meant (قطاع غزة is more than the governorate غزة).
    """
    pairs: list[tuple[int, float, str, int]] = []
    names = [_keys(unit.names) for unit in shipped]
    for row in units:
        keys = _keys(row.names)
        for number, unit in enumerate(shipped):
            away = _away(unit, row)
            if row.pcode and row.pcode == unit.pcode:
                pairs.append((0, away, row.id, number))
            elif not _holds(unit, row) or inside.get((row.code1, unit.id), 1.0) < _MOST_INSIDE:
                continue
            elif keys & names[number]:
                pairs.append((1, away, row.id, number))
            elif row.lat is not None and away <= _FAR_KM and inside.get((row.code1, unit.id), 1.0) >= _NEARLY_ALL:
                pairs.append((2, away, row.id, number))
    found: dict[str, tuple[Entry, bool]] = {}
    taken: set[int] = set()
    for rank, _, identity, number in sorted(pairs):
        if identity not in found and number not in taken:
            found[identity] = shipped[number], rank < 2
            taken.add(number)
    return found


def _filled(rows: Sequence[Raw]) -> list[Raw]:
    """The rows, those without a governorate given that of their neighbours where the three nearest agree."""
    grid: dict[tuple[int, int], list[Raw]] = {}
    for row in rows:
        if row.admin1 and row.kind in ("settlement", "quarter", "camp") and row.lat is not None and row.lon is not None:
            grid.setdefault((math.floor(row.lat * 5), math.floor(row.lon * 5)), []).append(row)
    return [
        row if row.admin1 or row.kind in ("governorate", "country") else _like_neighbours(row, grid) for row in rows
    ]


def _like_neighbours(row: Raw, grid: dict[tuple[int, int], list[Raw]]) -> Raw:
    if row.lat is None or row.lon is None:
        return row
    lat, lon = row.lat, row.lon
    y, x = math.floor(lat * 5), math.floor(lon * 5)
    near: list[tuple[float, str, str]] = []
    for cell in _nine(y, x):
        for other in grid.get(cell, ())[:200]:
            away = km(lat, lon, other.lat or 0.0, other.lon or 0.0)
            if away <= _NEIGHBOUR_KM:
                near.append((away, other.id, other.admin1))
    nearest = sorted(near)[:_NEIGHBOURS]
    if len(nearest) < _NEIGHBOURS or len({admin1 for _, _, admin1 in nearest}) > 1:
        return row
    return msgspec.structs.replace(row, admin1=nearest[0][2])


def _nine(y: int, x: int) -> Iterable[tuple[int, int]]:
    return ((y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1))

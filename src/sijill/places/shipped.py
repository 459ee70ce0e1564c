"""The gazetteer that comes with Sijill: the tables of `data/places`, asked by key and by consonants.

The tables are read once; names are keyed on the first look-up, records made when they are asked for.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from sijill.data import read_bytes
from sijill.errors import ResourceError
from sijill.names.place_index import TABLES
from sijill.places.entry import Entry, key_of, skeleton_of
from sijill.places.geometry import Box, Point, box_around, box_span_km, km, union

__all__ = ["ShippedGazetteer", "load_shipped"]

_OWN = "own"
_GOVERNORATE_KIND = "governorate"
# A country without governorates is as large as what lies between so many of its places.
_PLACED = frozenset(("settlement", "governorate", "region", "district"))
_ENOUGH = 8
_SEAT_KM = 8.0  # a place so near to the seat of a governorate lies in it


class ShippedGazetteer:
    """The places of the shipped tables, and of the user's laid over them.

    Besides what every gazetteer answers it knows the governorates and the boxes of the countries made of them.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, Entry] = {}
        for entry in entries:
            self._entries.setdefault(entry.id, entry)

    def __len__(self) -> int:
        return len(self._entries)

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        return _by(self._entries.values(), key_of)

    @cached_property
    def _skeletons(self) -> dict[str, tuple[str, ...]]:
        return _by(self._entries.values(), skeleton_of)

    @cached_property
    def governorates(self) -> dict[str, tuple[Entry, ...]]:
        """The governorates that have a box, by country."""
        found: dict[str, list[Entry]] = {}
        for entry in self._entries.values():
            if entry.kind == _GOVERNORATE_KIND and entry.box is not None:
                found.setdefault(entry.country, []).append(entry)
        return {country: tuple(entries) for country, entries in sorted(found.items())}

    @cached_property
    def countries(self) -> dict[str, Box]:
        """The boxes of countries: around their governorates where those are known, else around their places."""
        points: dict[str, list[Point]] = {}
        for entry in self._entries.values():
            if entry.lat is not None and entry.lon is not None and entry.kind in _PLACED:
                points.setdefault(entry.country, []).append((entry.lat, entry.lon))
        boxes = {country: box_around(found) for country, found in points.items() if len(found) >= _ENOUGH}
        for country, units in self.governorates.items():
            boxes[country] = union(entry.box for entry in units if entry.box is not None)
        return {country: box for country, box in sorted(boxes.items()) if box is not None and country}

    def exact(self, key: str) -> tuple[Entry, ...]:
        """The places with a name whose `key_of` is `key`, by id."""
        return tuple(self._entries[entry] for entry in self._keys.get(key, ()))

    def skeleton(self, skeleton: str) -> tuple[Entry, ...]:
        """The places with a name whose `skeleton_of` is `skeleton`, by id."""
        return tuple(self._entries[entry] for entry in self._skeletons.get(skeleton, ()))

    def get(self, entry: str) -> Entry | None:
        """The place with that id."""
        return self._entries.get(entry)

    def units_at(self, country: str, lat: float, lon: float) -> tuple[Entry, ...]:
        """The governorates of `country` whose box holds the point; boxes overlap along borders."""
        return tuple(
            unit
            for unit in self.governorates.get(country, ())
            if unit.box is not None and unit.box[0] <= lat <= unit.box[2] and unit.box[1] <= lon <= unit.box[3]
        )

    def unit_at(self, country: str, lat: float, lon: float, named: Sequence[str] = ()) -> Entry | None:
        """The governorate that a point lies in: the only one whose box holds it.

        Where several boxes do, the one whose seat is near (a city before the land around it), else the first of `named`
        that is among them; None where that does not settle it.
        """
        found = self.units_at(country, lat, lon)
        if len(found) == 1:
            return found[0]
        seats = [unit for unit in found if km(unit.lat or 0.0, unit.lon or 0.0, lat, lon) <= _SEAT_KM]
        if seats:
            return min(seats, key=lambda unit: (math.prod(box_span_km(unit.box)) if unit.box else 0.0, unit.id))
        return next((unit for name in named for unit in found if unit.id == name), None)


def _by(entries: Iterable[Entry], key: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for entry in entries:
        for name in entry.names:
            found.setdefault(key(name), set()).add(entry.id)
    return {name: tuple(sorted(ids)) for name, ids in found.items() if name}


def load_shipped(overlay: Path | None = None) -> ShippedGazetteer:
    """The shipped tables, the user's rows (`overlay/places/*.csv`) before them.

    Raises ResourceError with the file and the id where a row is wrong.
    """
    entries: list[Entry] = []
    if overlay is not None:
        for name in TABLES:
            if (extra := overlay / name).is_file():
                entries += _read(extra.read_text("utf8"), str(extra))
    for name in TABLES:
        entries += _read(read_bytes(name).decode("utf8"), name)
    return ShippedGazetteer(entries)


def _read(content: str, file: str) -> list[Entry]:
    rows = csv.reader(io.StringIO(content))
    head = {column: number for number, column in enumerate(next(rows, []))}
    if missing := {"id", "names", "lat", "lon", "country"} - head.keys():
        raise ResourceError(f"the column {min(missing)} is missing", file=file)
    found: dict[str, Entry] = {}
    source = "geonames" if "class" not in head else _OWN
    for row in rows:
        if len(row) != len(head):
            raise ResourceError("a row with a wrong number of columns", file=file, key=row[0] if row else "")
        try:
            entry = _entry(row, head, source)
        except ValueError as error:
            raise ResourceError(f"a number that is none: {error}", file=file, key=row[0]) from error
        old = found.get(entry.id)
        if old is not None:  # a place of GeoNames has one row for each use of its names
            entry = _merged(old, entry)
        found[entry.id] = entry
    return list(found.values())


def _merged(first: Entry, second: Entry) -> Entry:
    return msgspec.structs.replace(first, names=(*first.names, *second.names))


def _entry(row: list[str], head: dict[str, int], source: str) -> Entry:
    def cell(column: str) -> str:
        number = head.get(column)
        return "" if number is None else row[number]

    def number(column: str) -> float | None:
        value = cell(column)
        return float(value) if value else None

    sides = tuple(number(side) for side in ("south", "west", "north", "east"))
    south, west, north, east = sides
    box = (south, west, north, east) if None not in sides else None
    kind = cell("class") or "settlement"
    return Entry(
        id=row[head["id"]],
        names=tuple(row[head["names"]].split("|")),
        kind=kind,
        lat=number("lat"),
        lon=number("lon"),
        country=row[head["country"]],
        admin1=cell("admin1") if source == _OWN else "",
        pcode=cell("pcode"),
        population=int(cell("population") or 0),
        radius_km=number("radius_km"),
        source=source,
        box=box,  # type: ignore[arg-type]
        precision=cell("precision"),
    )

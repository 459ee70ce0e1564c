"""The gazetteer that comes with Sijill: the tables of `data/places`, asked by key and by consonants.

The tables are read once, their rows decoded when they are asked for, so that loading costs little.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from sijill.data import read_bytes
from sijill.errors import ResourceError
from sijill.names.place_index import TABLES
from sijill.places.entry import Entry, keys_of, skeletons_of
from sijill.places.geometry import Box, Point, box_around, box_span_km, km, union

__all__ = ["ShippedGazetteer", "load_shipped"]

_OWN, _NAMESAKE, _GEONAMES = "own", "namesake", "geonames"  # the lesser bearers of names stand in a table apart
_CELL = "\x1f"  # between the cells of a row
_SIDES = ("south", "west", "north", "east")
# A country without governorates is as large as what lies between so many of its places.
_PLACED = frozenset(("settlement", "governorate", "region", "district"))
_ENOUGH = 8
_SEAT_KM = 8.0  # a place so near to the seat of a governorate lies in it


class _Row(msgspec.Struct, gc=False):
    """One or more rows of a table (`head`: its columns) about one place, not yet decoded: one text, to be small."""

    cells: str
    more: str
    head: dict[str, int]
    source: str

    @property
    def names(self) -> list[str]:
        """The names, those of further rows behind."""
        return (self.opened()["names"] + self.more).split("|")

    def opened(self) -> dict[str, str]:
        """The text in each column of the table."""
        return dict(zip(self.head, self.cells.split(_CELL), strict=True))

    def entry(self) -> Entry:
        """The place."""
        cell = self.opened().get
        south, west, north, east = (_number(cell(side)) for side in _SIDES)
        boxed = south is not None and west is not None and north is not None and east is not None
        return Entry(
            id=cell("id", ""),
            names=tuple(self.names),
            kind=cell("class") or "settlement",
            lat=_number(cell("lat")),
            lon=_number(cell("lon")),
            country=cell("country", ""),
            admin1=cell("admin1", "") if self.source != _GEONAMES else "",
            pcode=cell("pcode", ""),
            population=int(cell("population") or 0),
            radius_km=_number(cell("radius_km")),
            source=self.source,
            box=(south, west, north, east) if boxed else None,  # type: ignore[arg-type]
            precision=cell("precision", ""),
            line=_line(cell("line", "")),
        )


def _number(text: str | None) -> float | None:
    """The number in a cell; None where it is empty. Raises ValueError for what is no number."""
    return float(text) if text else None


def _line(text: str) -> tuple[Point, ...]:
    """The points of a line as tables write them: `36.8 38.0;36.5 38.2`. Raises ValueError for what is no number."""
    points = (point.split() for point in text.split(";") if point.strip())
    return tuple((float(lat), float(lon)) for lat, lon in points)


class ShippedGazetteer:
    """The places of the shipped tables, and of the user's laid over them.

    Besides what every gazetteer answers it knows the governorates and the boxes of countries.
    """

    def __init__(self, rows: dict[str, _Row]) -> None:
        self._rows = rows
        self._entries: dict[str, Entry] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Entry]:
        return (self._entry(entry) for entry in self._rows)

    def _entry(self, entry: str) -> Entry:
        found = self._entries.get(entry)
        if found is None:
            found = self._entries[entry] = self._rows[entry].entry()
        return found

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        named = [(name, entry) for entry, row in self._rows.items() for name in row.names]
        for key, (_, entry) in zip(keys_of([name for name, _ in named]), named, strict=True):
            found.setdefault(key, []).append(entry)
        return found

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for skeleton, ids in zip(skeletons_of(list(self._keys)), self._keys.values(), strict=True):
            found.setdefault(skeleton, []).extend(ids)
        return found

    @cached_property
    def governorates(self) -> dict[str, tuple[Entry, ...]]:
        """The governorates that have a box, by country."""
        found: dict[str, list[Entry]] = {}
        for name, row in self._rows.items():
            if "governorate" in row.cells:
                cell = row.opened()
                if cell.get("class") == "governorate" and cell.get("south"):
                    found.setdefault(cell["country"], []).append(self._entry(name))
        return {country: tuple(entries) for country, entries in sorted(found.items())}

    @cached_property
    def countries(self) -> dict[str, Box]:
        """The boxes of countries: around their governorates where those are known, else around their places."""
        points: dict[str, list[Point]] = {}
        for row in self._rows.values():
            cell = row.opened()
            lat, lon = _number(cell["lat"]), _number(cell["lon"])
            if lat is not None and lon is not None and (cell.get("class") or "settlement") in _PLACED:
                points.setdefault(cell["country"], []).append((lat, lon))
        boxes = {country: box_around(found) for country, found in points.items() if len(found) >= _ENOUGH}
        for country, units in self.governorates.items():
            boxes[country] = union(entry.box for entry in units if entry.box is not None)
        return {country: box for country, box in sorted(boxes.items()) if box is not None and country}

    def exact(self, key: str) -> tuple[Entry, ...]:
        """The places with a name whose `key_of` is `key`, by id."""
        return tuple([self._entry(entry) for entry in sorted(set(self._keys.get(key, ())))]) if key else ()

    def skeleton(self, skeleton: str) -> tuple[Entry, ...]:
        """The places with a name whose `skeleton_of` is `skeleton`, by id."""
        ids = self._skeletons.get(skeleton, ()) if skeleton else ()
        return tuple([self._entry(entry) for entry in sorted(set(ids))])

    def get(self, entry: str) -> Entry | None:
        """The place with that id."""
        return self._entry(entry) if entry in self._rows else None

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


def load_shipped(overlay: Path | None = None) -> ShippedGazetteer:
    """The shipped tables, the user's rows (`overlay/places/*.csv`) before them.

    Raises ResourceError with the file and the id where a row is wrong.
    """
    rows: dict[str, _Row] = {}
    if overlay is not None:
        for name in TABLES:
            if (extra := overlay / name).is_file():
                _read(rows, extra.read_text("utf8"), str(extra))
    for name in TABLES:
        _read(rows, read_bytes(name).decode("utf8"), name)
    return ShippedGazetteer(rows)


def _read(rows: dict[str, _Row], content: str, file: str) -> None:
    """Put the rows of a table among `rows`; an id that an earlier table has stays that table's."""
    lines = csv.reader(io.StringIO(content.replace(_CELL, " ")))
    head = {column: number for number, column in enumerate(next(lines, []))}
    if missing := {"id", "names", "lat", "lon", "country"} - head.keys():
        raise ResourceError(f"the column {min(missing)} is missing", file=file)
    ids, names = head["id"], head["names"]
    source = _GEONAMES if "class" not in head else _NAMESAKE if "namesakes" in file else _OWN
    numbers = [head[column] for column in ("lat", "lon", *_SIDES, "population", "radius_km") if column in head]
    width, line = len(head), head.get("line")
    here: dict[str, _Row] = {}
    for cells in lines:
        if len(cells) != width:
            raise ResourceError("a row with a wrong number of columns", file=file, key=cells[0] if cells else "")
        entry = cells[ids]
        try:
            for number in numbers:
                float(cells[number] or 0)
            if line is not None and cells[line]:
                _line(cells[line])
        except ValueError as error:
            raise ResourceError(f"a number that is none: {error}", file=file, key=entry) from error
        if entry in here:  # a place of GeoNames has one row for each use of its names
            here[entry].more += f"|{cells[names]}"
        else:
            here[entry] = _Row(_CELL.join(cells), "", head, source)
    for entry, row in here.items():
        rows.setdefault(entry, row)

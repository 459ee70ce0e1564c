"""Areas seen from a place: a side of a governorate, 5 km west of a town, between two towns, along a border."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from sijill.places.entry import Entry
from sijill.places.geometry import Area, Box, Point, box_span_km, farthest_km, km, moved
from sijill.places.rules import ResolverRules, word_key

__all__ = [
    "Spot",
    "along",
    "around",
    "at_distance",
    "between",
    "border",
    "cluster",
    "district_of",
    "half_of_box",
    "of_entry",
    "side_of_box",
    "side_of_place",
    "wider",
]


class Spot(msgspec.Struct, frozen=True, gc=False):
    """A point with its reach, how precise that is (an id of the data's precisions), and the box of a unit or side."""

    lat: float
    lon: float
    radius_km: float
    precision: str
    box: Box | None = None

    def area(self) -> Area:
        """The spot as an area."""
        return Area(self.lat, self.lon, self.radius_km, self.box)


def of_entry(entry: Entry, rules: ResolverRules) -> Spot | None:
    """The place itself, a line with all its length; None where its point is not known."""
    if entry.line:
        lat, lon = entry.line[len(entry.line) // 2]
        if entry.lat is not None and entry.lon is not None:
            lat, lon, _ = _nearest(entry.line, (entry.lat, entry.lon))
        return Spot(lat, lon, max(km(lat, lon, *point) for point in entry.line), "line")
    if entry.lat is None or entry.lon is None:
        return None
    kind = rules.kinds.get(entry.kind, rules.kinds["settlement"])
    if entry.kind == "region" and word_key(entry.names[0].split(" ", 1)[0]) in rules.local_words:
        kind = rules.local
    lat, lon, precision = entry.lat, entry.lon, kind.precision
    radius = entry.radius_km
    if radius is None and entry.box is not None:
        radius = farthest_km(entry.box, lat, lon)
    if radius is None:
        towns = (reach for people, reach in rules.reach.town_population if entry.population >= people)
        radius = max([kind.radius_km, *towns])
    if precision == "exact" and entry.precision in ("near", "area"):
        precision, radius = "near", radius + rules.reach.near_adds_km
    elif precision == "exact" and entry.precision == "district":  # the table knows no more than its district
        precision, radius = "district", max(radius, rules.kinds["district"].radius_km)
    return Spot(lat, lon, radius, precision, entry.box)


def side_of_box(box: Box, town: Point, side: tuple[int, int], most_km: float, rules: ResolverRules) -> Spot:
    """The part of `box` that lies on that `side` (north, east) of `town`; its point is at most so far from the town."""
    south, west, north, east = box
    lat, lon = min(max(town[0], south), north), min(max(town[1], west), east)
    to_north = km(lat, lon, north if side[0] > 0 else south, lon) * side[0]
    to_east = km(lat, lon, lat, east if side[1] > 0 else west) * side[1]
    length = math.hypot(to_north, to_east)
    factor = min(rules.reach.side_share, most_km / length) if length else 0.0
    middle = moved((lat, lon), to_north * factor, to_east * factor)
    reach = max(rules.around_km, length * max(factor, 1 - factor))
    part = (lat if side[0] > 0 else south, lon if side[1] > 0 else west)
    rest = (lat if side[0] < 0 else north, lon if side[1] < 0 else east)
    return Spot(*middle, reach, "part_of_governorate", (*part, *rest))


def half_of_box(box: Box, middle: Point, side: tuple[int, int]) -> tuple[float, float, float]:
    """The middle, and the reach, of the half or quarter of `box` on that `side`; of all of it without a side."""
    height, width = box_span_km(box)
    lat, lon = moved(middle, side[0] * height / 2, side[1] * width / 2)
    return lat, lon, math.hypot(height / (2 if side[0] else 1), width / (2 if side[1] else 1))


def side_of_place(
    spot: Spot, side: tuple[int, int], offset_km: float, rules: ResolverRules
) -> tuple[float, float, float]:
    """The middle, and the reach, of what lies on that `side` of a place: `offset_km` from it."""
    length = math.hypot(*side) or 1.0
    lat, lon = moved((spot.lat, spot.lon), side[0] / length * offset_km, side[1] / length * offset_km)
    return lat, lon, offset_km + rules.reach.near_adds_km


def at_distance(spot: Spot, side: tuple[int, int], distance_km: float, rules: ResolverRules) -> Spot:
    """The point so far from the place on that side; without a side, the place with the distance as its reach."""
    reach = rules.reach
    spread = max(reach.stated_least_km, distance_km * reach.stated_spread)
    if side == (0, 0):
        return Spot(spot.lat, spot.lon, distance_km + reach.stated_least_km, "near")
    length = math.hypot(*side)
    lat, lon = moved((spot.lat, spot.lon), side[0] / length * distance_km, side[1] / length * distance_km)
    return Spot(lat, lon, spread, "near")


def along(entry: Entry, near: Sequence[Area], rules: ResolverRules) -> Spot | None:
    """The part of a line that is nearest to the other places of a sentence; None where none of them is near it."""
    feet = [_nearest(entry.line, (area.lat, area.lon)) for area in near]
    lat, lon, gap = min(feet, key=lambda foot: foot[2], default=(0.0, 0.0, math.inf))
    return Spot(lat, lon, gap + rules.around_km, "line") if gap <= rules.reach.between_most_km else None


def _nearest(line: Sequence[Point], point: Point) -> tuple[float, float, float]:
    """The point of a line that is nearest to `point`, and how far off it is."""
    feet = [_foot(start, end, point) for start, end in pairwise(line)] or [line[0]]
    return min(((lat, lon, km(lat, lon, point[0], point[1])) for lat, lon in feet), key=lambda foot: foot[2])


def _foot(start: Point, end: Point, point: Point) -> Point:
    """The point between `start` and `end` that is nearest to `point`, in degrees."""
    north, east = end[0] - start[0], end[1] - start[1]
    length = north * north + east * east
    share = ((point[0] - start[0]) * north + (point[1] - start[1]) * east) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    return start[0] + share * north, start[1] + share * east


def between(first: Spot, second: Spot, rules: ResolverRules, most_km: float | None = None) -> Spot | None:
    """What lies between two places, where they are not too far apart (`most_km`, or the usual)."""
    apart = km(first.lat, first.lon, second.lat, second.lon)
    if not 0 < apart <= (most_km or rules.reach.between_most_km):
        return None
    lat, lon = (first.lat + second.lat) / 2, (first.lon + second.lon) / 2
    radius = apart / 2 + rules.reach.stated_least_km
    return Spot(lat, lon, radius, "near" if apart <= 2 * rules.around_km else "line")


def around(spots: Sequence[Spot], rules: ResolverRules) -> Spot | None:
    """What lies among places that are near to each other: their middle."""
    if not spots:
        return None
    lat, lon = sum(s.lat for s in spots) / len(spots), sum(s.lon for s in spots) / len(spots)
    reach = max(km(lat, lon, s.lat, s.lon) + s.radius_km for s in spots)
    if reach > rules.reach.list_most_km:
        return None
    return Spot(lat, lon, reach + rules.reach.list_adds_km, "part_of_district")


def cluster(spots: Sequence[Spot], rules: ResolverRules) -> Spot | None:
    """The area of several places of one name that are near to each other; None where they are not."""
    lat, lon = sum(s.lat for s in spots) / len(spots), sum(s.lon for s in spots) / len(spots)
    reach = max(km(lat, lon, s.lat, s.lon) + s.radius_km for s in spots)
    return Spot(lat, lon, reach, "part_of_district") if reach <= rules.reach.cluster_km / 2 + 2 else None


def wider(spot: Spot, by_km: float, precision: str = "near") -> Spot:
    """The spot with so much added to its reach; an exact one is then as precise as `precision`."""
    loose = precision if spot.precision in ("exact", "near") else spot.precision
    return Spot(spot.lat, spot.lon, spot.radius_km + by_km, loose, spot.box)


def district_of(seat: Spot, rules: ResolverRules) -> Spot:
    """The district of a town that bears its name, where the tables have no row for it."""
    return Spot(seat.lat, seat.lon, max(seat.radius_km, rules.kinds["district"].radius_km), "district")


def border(countries: frozenset[str], rules: ResolverRules) -> Spot | None:
    """The border of two countries, where the data knows it."""
    row = rules.borders.get(countries)
    return None if row is None else Spot(row.lat, row.lon, row.radius_km, "line")

"""Points, boxes and distances on the globe, as near as a gazetteer's coordinates are.

Distances use the local flat approximation (a degree of longitude shrinks with the cosine of the latitude): within one
percent of the great circle up to some hundred kilometres, which is where they decide anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

__all__ = ["Area", "Box", "Point", "box_around", "box_km", "box_span_km", "farthest_km", "km", "moved", "union"]

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # south, west, north, east

_KM = 111.195  # of a degree of latitude
_RADIANS = math.pi / 180


class Area(msgspec.Struct, frozen=True, gc=False):
    """A part of the earth: a centre, how far it reaches, and its box where one is known."""

    lat: float
    lon: float
    radius_km: float
    box: Box | None = None

    def gap_km(self, lat: float, lon: float) -> float:
        """How far the point lies outside; 0 inside."""
        if self.box is not None:
            return box_km(self.box, lat, lon)
        return max(0.0, km(self.lat, self.lon, lat, lon) - self.radius_km)


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two points."""
    east = (other_lon - lon + 180) % 360 - 180
    return math.hypot(other_lat - lat, east * math.cos((lat + other_lat) * 0.5 * _RADIANS)) * _KM


def moved(point: Point, north_km: float, east_km: float) -> Point:
    """The point that lies so far north and east of `point`."""
    lat = max(-90.0, min(90.0, point[0] + north_km / _KM))
    shrink = max(0.05, math.cos(point[0] * _RADIANS))
    return lat, (point[1] + east_km / _KM / shrink + 180) % 360 - 180


def box_km(box: Box, lat: float, lon: float) -> float:
    """How far the point lies outside the box; 0 inside."""
    south, west, north, east = box
    return km(lat, lon, min(max(lat, south), north), min(max(lon, west), east))


def box_span_km(box: Box) -> Point:
    """Half the height and half the width of the box."""
    south, west, north, east = box
    middle = (south + north) / 2
    return (north - south) * _KM / 2, (east - west) * _KM * math.cos(middle * _RADIANS) / 2


def box_around(points: Iterable[Point]) -> Box | None:
    """The smallest box with all the points in it; None where there is none."""
    found = list(points)
    if not found:
        return None
    lats, lons = [lat for lat, _ in found], [lon for _, lon in found]
    return min(lats), min(lons), max(lats), max(lons)


def farthest_km(box: Box, lat: float, lon: float) -> float:
    """How far the farthest corner of the box lies from the point."""
    south, west, north, east = box
    return max(
        km(lat, lon, corner[0], corner[1]) for corner in ((south, west), (south, east), (north, west), (north, east))
    )


def union(boxes: Iterable[Box]) -> Box | None:
    """The smallest box with all the boxes in it; None where there is none."""
    found = list(boxes)
    return box_around([(box[0], box[1]) for box in found] + [(box[2], box[3]) for box in found])

"""One GeoJSON feature, its geometry kept as bytes until it is wanted."""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.places.importers.geonames import coordinates
from sijill.places.polygons import Area, area_of

__all__ = ["BROKEN_JSON", "Feature", "text_of"]

# What the decoder raises for JSON that is none.
BROKEN_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Point(msgspec.Struct, frozen=True):
    type: str
    coordinates: Any = None


class Feature(msgspec.Struct, frozen=True):
    """A feature of GeoJSON."""

    type: str = ""
    id: Any = None
    properties: dict[str, Any] | None = None
    geometry: msgspec.Raw = msgspec.Raw(b"null")

    def area(self) -> Area | str:
        """Its polygon; or the reason why there is none."""
        return area_of(bytes(self.geometry)) if self._shape().type else "no coordinates"

    def is_point(self) -> bool:
        """Whether its geometry is one point."""
        return self._shape().type == "Point"

    def is_line(self) -> bool:
        """Whether its geometry is a line or several, such as a border."""
        return self._shape().type in ("LineString", "MultiLineString")

    def point(self) -> tuple[float, float] | str:
        """Its point (latitude, longitude), or one inside its polygon; or the reason why there is none."""
        shape = self._shape()
        if shape.type == "Point":
            if not isinstance(shape.coordinates, list) or len(shape.coordinates) < 2:
                return "no coordinates"
            return coordinates(str(shape.coordinates[1]), str(shape.coordinates[0]))
        if shape.type == "":
            return "no coordinates"
        area = self.area()
        return area if isinstance(area, str) else (area.lat, area.lon)

    def _shape(self) -> _Point:
        try:
            return msgspec.json.decode(self.geometry, type=_Point)
        except BROKEN_JSON:
            return _Point("")


def text_of(value: Any) -> str:
    """A property as text: a list's first, whole numbers without point; '' for nothing."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()

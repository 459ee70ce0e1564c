"""Polygons: read, made valid, and asked which point lies in which (needs shapely, of the extra `places`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sijill.errors import InputError

if TYPE_CHECKING:
    from sijill.places.importers.record import Shape

__all__ = ["Area", "Areas", "area_of", "need"]

_MEND = "pip install 'sijill[places]'"


def need(module: str, what: str) -> Any:
    """An optional package's module. Raises InputError with the command that installs it."""
    import importlib  # noqa: PLC0415  (only here)

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise InputError(f"{what} need the package {module.partition('.')[0]}", mend=_MEND) from error


class Area:
    """A sound polygon: its WKB, a point well inside, and whether it had to be mended."""

    __slots__ = ("lat", "lon", "mended", "wkb")

    def __init__(self, wkb: bytes, lat: float, lon: float, *, mended: bool) -> None:
        self.wkb, self.lat, self.lon, self.mended = wkb, lat, lon, mended


def area_of(geometry: bytes) -> Area | str:
    """The polygon of a GeoJSON geometry; or the reason why it is none that can be used.

    One that crosses itself is made valid where it keeps an area; points and lines have none.
    """
    shapely = need("shapely", "polygons")
    try:
        shape = shapely.force_2d(shapely.from_geojson(geometry))
    except (shapely.errors.GEOSException, ValueError, TypeError):
        return "a geometry that is none"
    if shape is None or shape.is_empty:
        return "a geometry without points"
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return "coordinates out of range"
    mended = not shape.is_valid
    if mended:
        shape = _polygons_of(shapely, shapely.make_valid(shape))
    if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon") or not shape.area:
        return "a polygon that crosses itself and has no area" if mended else "not a polygon"
    inside = shape.representative_point()
    return Area(shapely.to_wkb(shape), round(inside.y, 5), round(inside.x, 5), mended=mended)


def _polygons_of(shapely: Any, shape: Any) -> Any:
    """What of `shape` has an area: making valid may leave lines and points beside it."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()


class Areas:
    """The polygons of one level: which of them a point lies in."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        shapely = need("shapely", "polygons")
        self._shapely = shapely
        self._shapes = sorted(shapes, key=lambda shape: (shape.source != "cod", shape.unit))
        geometries = [shapely.from_wkb(shape.wkb) for shape in self._shapes]
        shapely.prepare(geometries)
        self._tree = shapely.STRtree(geometries)

    def of(self, points: Sequence[tuple[float, float]]) -> list[Shape | None]:
        """For each point (latitude, longitude) the polygon that it lies in; on a border, the first by source and id."""
        found: list[Shape | None] = [None] * len(points)
        if not points or not self._shapes:
            return found
        geometries = self._shapely.points([lon for _, lon in points], [lat for lat, _ in points])
        which, areas = self._tree.query(geometries, predicate="intersects")
        best: dict[int, int] = {}
        for point, area in zip(which.tolist(), areas.tolist(), strict=True):
            best[point] = min(area, best.get(point, area))
        for point, area in best.items():
            found[point] = self._shapes[area]
        return found

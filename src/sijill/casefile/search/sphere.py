"""Distances between points, and the box that a circle lies in."""

from __future__ import annotations

import math

from sqlalchemy import Connection
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.expression import func

from sijill.casefile.search.query import Box, Circle

__all__ = ["box_around", "distance_km", "give_distance", "within"]

_EARTH_KM = 6371.0088  # the mean radius (IUGG)
_MARGIN = 1e-6  # degrees, more than any rounding


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points. Source: the haversine formula."""
    up, along = math.radians(other_lat - lat) / 2, math.radians(other_lon - lon) / 2
    square = math.sin(up) ** 2 + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(along) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, square)))


def box_around(circle: Circle) -> Box:
    """A box that holds the circle; over a pole, and where it is wide, all round the earth."""
    angle = circle.radius_km / _EARTH_KM
    reach = math.degrees(angle) + _MARGIN
    south, north = circle.lat - reach, circle.lat + reach
    if south <= -90 or north >= 90 or angle >= math.pi / 2:
        return Box(max(south, -90.0), -180.0, min(north, 90.0), 180.0)
    wide = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(circle.lat))))) + _MARGIN
    if wide >= 180:
        return Box(south, -180.0, north, 180.0)
    return Box(south, _turned(circle.lon - wide), north, _turned(circle.lon + wide))


def within(lat: ColumnElement[float], lon: ColumnElement[float], circle: Circle, dialect: str) -> ColumnElement[bool]:
    """Whether a point lies in the circle. On SQLite `give_distance` must have been called."""
    if dialect == "sqlite":
        return func.sijill_km(lat, lon, circle.lat, circle.lon) <= circle.radius_km
    up, along = func.radians(circle.lat - lat) / 2, func.radians(circle.lon - lon) / 2
    beside = func.cos(func.radians(lat)) * math.cos(math.radians(circle.lat)) * func.power(func.sin(along), 2)
    square = func.power(func.sin(up), 2) + beside
    return 2 * _EARTH_KM * func.asin(func.sqrt(func.least(1.0, square))) <= circle.radius_km


def give_distance(connection: Connection) -> None:
    """Gives SQLite, which may have been built without sines, the distance as a function."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.create_function("sijill_km", 4, _distance, deterministic=True)


def _distance(lat: float | None, lon: float | None, other_lat: float, other_lon: float) -> float | None:
    return None if lat is None or lon is None else distance_km(lat, lon, other_lat, other_lon)


def _turned(lon: float) -> float:
    """A longitude within -180 and 180."""
    return (lon + 180) % 360 - 180

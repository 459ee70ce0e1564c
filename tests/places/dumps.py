"""Small dumps of every form, made up for the tests: real countries, invented villages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

__all__ = ["ALTERNATES", "SY_ROWS", "feature", "geonames_row", "square", "whosonfirst", "write_collection", "write_wof"]


def geonames_row(
    number: int | str,
    name: str,
    arabic: str,
    lat: float | str,
    lon: float | str,
    *,
    feature: str = "PPL",
    country: str = "SY",
    admin1: str = "",
    admin2: str = "",
    people: int = 0,
) -> str:
    """One line of a country dump."""
    cells = [number, name, name, arabic, lat, lon, feature[0], feature, country, "", admin1, admin2, "", "", people]
    return "\t".join(map(str, [*cells, "", "", "Asia/Damascus", "2024-01-01"]))


# Two governorates, a district, and settlements: one twice within 3 km, one without an Arabic name, one camp.
SY_ROWS = (
    geonames_row(1, "Idlib", "محافظة إدلب,إدلب", 35.8, 36.6, feature="ADM1", admin1="12"),
    geonames_row(2, "Aleppo", "محافظة حلب", 36.2, 37.6, feature="ADM1", admin1="09"),
    geonames_row(3, "Harim", "مديرية حارم", 36.2, 36.5, feature="ADM2", admin1="12", admin2="H1"),
    geonames_row(10, "Zaytunat ash Shamal", "زيتونة الشمال", 36.0, 36.6, admin1="12", admin2="H1", people=1200),
    geonames_row(11, "Zaytunah", "زيتونة الشمال,الزيتونة", 36.01, 36.61, admin1="12"),
    geonames_row(12, "Wadi al Ward", "", 36.1, 36.7, admin1="12"),
    geonames_row(13, "Mukhayyam an Nur", "مخيم النور", 36.15, 36.65, admin1="12"),
    geonames_row(14, "Rummanah", " رُمّانة,رمانة", 36.4, 37.3, admin1="09"),
    geonames_row(15, "Rummanah", "رمانة", 35.9, 36.5, admin1="12"),
    geonames_row(16, "Funduq", "فندق", 36.0, 36.6, feature="HTL"),
)
ALTERNATES = (
    "900\t12\tar\tوادي الورد\t1\t\t\t\t\t",
    "901\t12\ten\tRose Valley\t\t\t\t\t\t",
    "902\t10\tar\tزيتونة القديمة\t\t\t\t1\t\t",
    "903\t10\tpost\t1234\t\t\t\t\t\t",
    "904\t10\tlink\thttps\t\t\t\t\t\t",
)


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A polygon of GeoJSON."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(properties: dict[str, Any], geometry: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    """A feature of GeoJSON."""
    return {"type": "Feature", "properties": properties, "geometry": geometry, **more}


def write_collection(path: Path, features: Sequence[dict[str, Any]]) -> Path:
    """A file with a FeatureCollection."""
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False), "utf-8")
    return path


def whosonfirst(number: int, arabic: str, lat: float, lon: float, **more: Any) -> dict[str, Any]:
    """A record of Who's On First."""
    properties = {
        "wof:id": number,
        "wof:name": f"Place {number}",
        "wof:placetype": "locality",
        "wof:country": "SY",
        "geom:latitude": lat,
        "geom:longitude": lon,
        "mz:is_current": 1,
        "edtf:deprecated": "",
        "name:ara_x_preferred": [arabic],
        **more,
    }
    return feature(properties, {"type": "Point", "coordinates": [lon, lat]}, id=number)


def write_wof(path: Path, records: Sequence[dict[str, Any]], *, bodies: bool) -> Path:
    """A SQLite distribution: with its records, or with the tables `spr` and `names` alone."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE geojson (id INTEGER, body TEXT, source TEXT, is_alt INTEGER, alt_label TEXT,"
            " lastmodified INTEGER);"
            "CREATE TABLE spr (id INTEGER, parent_id INTEGER, name TEXT, placetype TEXT, country TEXT, latitude REAL,"
            " longitude REAL, is_current INTEGER, is_deprecated INTEGER, is_ceased INTEGER, is_superseded INTEGER);"
            "CREATE TABLE names (id INTEGER, placetype TEXT, country TEXT, language TEXT, privateuse TEXT, name TEXT);"
        )
        for record in records:
            given = record["properties"]
            number = given["wof:id"]
            if bodies:
                database.execute("INSERT INTO geojson VALUES (?, ?, '', 0, '', 0)", (number, json.dumps(record)))
            database.execute(
                "INSERT INTO spr VALUES (?, 0, ?, ?, ?, ?, ?, 1, 0, 0, 0)",
                (
                    number,
                    given["wof:name"],
                    given["wof:placetype"],
                    "SY",
                    given["geom:latitude"],
                    given["geom:longitude"],
                ),
            )
            database.execute(
                "INSERT INTO names VALUES (?, '', 'SY', 'ara', 'preferred', ?)",
                (number, given["name:ara_x_preferred"][0]),
            )
        database.commit()
    return path

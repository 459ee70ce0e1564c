"""Who's On First: records (one GeoJSON each, as the admin repositories hold them) and SQLite distributions.

Source: the property documentation of Who's On First; `name:ara_x_preferred` and `…_variant` are the Arabic names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from sijill.errors import InputError
from sijill.places.importers.feature import BROKEN_JSON, Feature, text_of
from sijill.places.importers.geonames import coordinates, population, whole
from sijill.places.importers.knowledge import knowledge
from sijill.places.importers.naming import arabic_names, kind_by_name, latin_name
from sijill.places.importers.record import Broken, Item, Left, Mended, Raw, Shape
from sijill.places.polygons import Area

__all__ = ["read_record", "read_whosonfirst"]

_LEVELS = {"governorate": 1, "district": 2, "subdistrict": 3}
_NONE = ("", "uuuu", "..", "unknown")


def read_record(feature: Feature, where: str) -> Iterator[Item]:
    """The place of one record, and its polygon if it is an admin unit; records of the past are left out."""
    given = feature.properties or {}
    number, kind = whole(text_of(given.get("wof:id"))), knowledge().kind("wof", text_of(given.get("wof:placetype")))
    if reason := _unwanted(given, kind):
        yield Left(reason)
        return
    point = _point(given)
    country = knowledge().country(text_of(given.get("wof:country")) or text_of(given.get("iso:country")))
    if not number or not country or isinstance(point, str) or kind is None:
        reason = "no id" if not number else "no country" if not country else str(point)
        yield Broken(where, reason, text_of(given.get("wof:name"))[:120])
        return
    names, junk = arabic_names(_arabic(given), kind)
    for _ in range(junk):
        yield Left("a name in letters that are not Arabic's")
    latin = latin_name(text_of(given.get("name:eng_x_preferred")), text_of(given.get("wof:name")))
    if not names and not latin:
        yield Broken(where, "no name in Arabic or Latin letters", str(number))
        return
    units = _units(given, kind, number)
    yield Raw(
        id=f"wof{number}",
        source="wof",
        kind=kind_by_name(kind, names),
        lat=point[0],
        lon=point[1],
        country=country,
        names=names,
        latin=latin,
        population=_people(given),
        code1=units[0],
        code2=units[1],
        geoname=_geoname(given.get("wof:concordances")),
    )
    if kind in _LEVELS and not feature.is_point():
        yield from _shape(feature, where, f"wof{number}", _LEVELS[kind], country)


def _shape(feature: Feature, where: str, unit: str, level: int, country: str) -> Iterator[Item]:
    area = feature.area()
    if not isinstance(area, Area):
        yield Broken(where, area, unit)
        return
    if area.mended:
        yield Mended("a polygon that crossed itself")
    yield Shape(unit, "wof", level, country, "", area.wkb)


def _unwanted(given: dict[str, Any], kind: str | None) -> str:
    if kind is None:
        return "not a place of the kinds that are kept"
    gone = [given.get("edtf:deprecated"), given.get("edtf:cessation")]
    if given.get("mz:is_current") in (0, "0") or given.get("wof:superseded_by") or any(map(_is_date, gone)):
        return "a record of the past"
    return ""


def _is_date(value: Any) -> bool:
    text = text_of(value)
    return text not in _NONE and text[:1].isdigit()


def _point(given: dict[str, Any]) -> tuple[float, float] | str:
    for scheme in ("lbl", "geom"):
        lat, lon = text_of(given.get(f"{scheme}:latitude")), text_of(given.get(f"{scheme}:longitude"))
        if lat or lon:
            return coordinates(lat, lon)
    return "no coordinates"


def _arabic(given: dict[str, Any]) -> list[str]:
    names = []
    for form in ("preferred", "variant", "colloquial"):
        for key in sorted(given):
            if key.startswith(("name:ara", "name:arb", "name:arz", "name:apc")) and key.endswith(f"_x_{form}"):
                value = given[key]
                names += [str(name) for name in (value if isinstance(value, list) else [value])]
    return [*names, text_of(given.get("wof:name"))]


def _people(given: dict[str, Any]) -> int:
    keys = ("wof:population", "gn:population", "meso:pop", "qs:pop", "statoids:population")
    return next((number for key in keys if (number := population(text_of(given.get(key))))), 0)


def _geoname(concordances: Any) -> int:
    return whole(text_of(concordances.get("gn:id"))) if isinstance(concordances, dict) else 0


def _units(given: dict[str, Any], kind: str, number: int) -> tuple[str, str]:
    """The ids of the region and county that a record lies in, or is."""
    hierarchy = given.get("wof:hierarchy")
    first = hierarchy[0] if isinstance(hierarchy, list) and hierarchy and isinstance(hierarchy[0], dict) else {}
    region, county = whole(text_of(first.get("region_id"))), whole(text_of(first.get("county_id")))
    region = number if kind == "governorate" else region
    county = number if kind == "district" else county
    return str(region or ""), str(county or "")


def read_whosonfirst(path: Path, name: str) -> Iterator[Item]:
    """The places of a SQLite distribution: its records where it has them, else its tables `spr` and `names`.

    Raises InputError where it has neither, or is broken.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.text_factory = _text
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
            if "geojson" in tables and database.execute("SELECT 1 FROM geojson LIMIT 1").fetchone():
                yield from _bodies(database)
            elif {"spr", "names"} <= tables:
                yield from _rows(database)
            else:
                raise InputError(
                    "a SQLite file that is no distribution of Who's On First",
                    where=name,
                    mend="it has the tables spr, names, geojson",
                )
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the second where an error quotes what is broken
        raise InputError(f"a broken SQLite file: {_line(error)}", where=name, mend="fetch it again") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:120]


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _bodies(database: sqlite3.Connection) -> Iterator[Item]:
    columns = {row[1] for row in database.execute("PRAGMA table_info(geojson)")}
    only = " WHERE coalesce(is_alt, 0) = 0" if "is_alt" in columns else ""
    for number, body in database.execute(f"SELECT id, body FROM geojson{only} ORDER BY id"):  # noqa: S608 (our own words)
        try:
            feature = msgspec.json.decode(body, type=Feature)
        except (*BROKEN_JSON, TypeError) as error:
            yield Broken(f"record {number}", "not a GeoJSON feature", str(error)[:120])
            continue
        yield from read_record(feature, f"record {number}")


def _rows(database: sqlite3.Connection) -> Iterator[Item]:
    names: dict[Any, list[str]] = {}
    for number, name in database.execute(
        "SELECT id, name FROM names WHERE language IN ('ara', 'arb', 'arz', 'apc') ORDER BY id, privateuse, name"
    ):
        names.setdefault(number, []).append(str(name))
    for row in database.execute(
        "SELECT id, name, placetype, country, latitude, longitude, is_current, is_deprecated, is_superseded"
        " FROM spr ORDER BY id"
    ):
        number, name, placetype, country, lat, lon, current, deprecated, superseded = row
        given = {
            "wof:id": number,
            "wof:name": name,
            "wof:placetype": placetype,
            "wof:country": country,
            "geom:latitude": lat,
            "geom:longitude": lon,
            "mz:is_current": current,
            "edtf:deprecated": "1" if deprecated == 1 else "",
            "wof:superseded_by": superseded == 1,
            "name:ara_x_preferred": names.get(number, []),
        }
        yield from read_record(Feature(properties=given), f"record {number}")

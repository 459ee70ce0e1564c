"""GeoJSON (a collection, one feature, or one a line) → features, each handed to the source whose properties it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from sijill.errors import InputError
from sijill.places.importers.archive import Member
from sijill.places.importers.codab import read_unit
from sijill.places.importers.feature import BROKEN_JSON, Feature
from sijill.places.importers.osm import read_tagged
from sijill.places.importers.record import Broken, Item
from sijill.places.importers.table import place_of
from sijill.places.importers.whosonfirst import read_record

__all__ = ["read_geojson"]

_UNIT = re.compile(r"adm(?:in)?\d_?pcode", re.IGNORECASE)
_OSM = ("osm_id", "@id", "osm_type", "full_id", "place", "name:ar", "name:en", "boundary")


class _Collection(msgspec.Struct, frozen=True):
    type: str = ""
    features: list[msgspec.Raw] = []


def read_geojson(member: Member, country: str) -> Iterator[Item]:
    """The places and polygons of the features. `country` is where those lie that do not say it.

    Raises InputError where it is no GeoJSON.
    """
    for number, raw in enumerate(_features(member), start=1):
        where = f"feature {number}"
        try:
            feature = msgspec.json.decode(raw, type=Feature)
        except BROKEN_JSON as error:
            yield Broken(where, "not a GeoJSON feature", str(error)[:120])
            continue
        yield from _of(feature, where, country)


def _of(feature: Feature, where: str, country: str) -> Iterator[Item]:
    properties = feature.properties or {}
    if "wof:id" in properties:
        return read_record(feature, where)
    if any(_UNIT.fullmatch(key) for key in properties):
        return read_unit(feature, where)
    if any(key in properties for key in _OSM):
        return read_tagged(feature, where, country)
    return _plain(feature, where, country)


def _plain(feature: Feature, where: str, country: str) -> Iterator[Item]:
    """A feature of a user's own, its properties read as the columns of a table."""
    point = feature.point()
    cells = {key: str(value) for key, value in (feature.properties or {}).items() if value is not None}
    if isinstance(point, str):
        yield Broken(where, point, str(cells)[:120])
        return
    yield from place_of({**cells, "lat": str(point[0]), "lon": str(point[1])}, where, country)


def _features(member: Member) -> Iterator[Any]:
    content = member.whole().removeprefix(b"\xef\xbb\xbf")
    try:
        collection = msgspec.json.decode(content, type=_Collection)
    except BROKEN_JSON as error:
        if content.count(b"\n") and content.lstrip(b"\x1e \r\n").startswith(b"{"):
            first = content.lstrip(b"\x1e \r\n").split(b"\n", 1)[0]
            if first.rstrip().endswith(b"}"):
                return iter([line for part in content.split(b"\n") if (line := part.strip(b"\x1e \r"))])
        raise InputError(f"broken GeoJSON: {error}", where=member.name, mend="fetch it again") from error
    if collection.type == "FeatureCollection":
        return iter(collection.features)
    if collection.type == "Feature":
        return iter([content])
    kind = " ".join(collection.type.split())[:40]
    raise InputError(
        f"JSON of type '{kind}'" if kind else "JSON that is no GeoJSON",
        where=member.name,
        mend="a FeatureCollection or Feature is wanted; of overpass, the export as GeoJSON",
    )

"""OpenStreetMap: GeoJSON of the HOT exports and of overpass, and `.osm.pbf` extracts (needs osmium).

Source: OpenStreetMap wiki, Key:place, Key:name. Of ways the middle of their nodes is taken; relations are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sijill.errors import InputError
from sijill.places.importers.feature import Feature, text_of
from sijill.places.importers.geonames import coordinates, population, whole
from sijill.places.importers.knowledge import knowledge
from sijill.places.importers.naming import arabic_names, kind_by_name, latin_name
from sijill.places.importers.record import Broken, Item, Left, Raw
from sijill.places.polygons import need

__all__ = ["read_pbf", "read_tagged"]

_NAMES = ("name:ar", "name_ar", "name", "alt_name:ar", "alt_name", "old_name:ar", "official_name:ar", "short_name:ar")
_SHORT = {"node": "n", "way": "w", "relation": "r", "nodes": "n", "ways_poly": "w", "relations": "r"}


def read_tagged(feature: Feature, where: str, country: str) -> Iterator[Item]:
    """The place of a feature whose properties are OpenStreetMap's tags."""
    given = feature.properties or {}
    tags = {key: text_of(value) for key, value in given.items()}
    inner = given.get("tags")
    if isinstance(inner, dict):
        tags = {**{str(key): text_of(value) for key, value in inner.items()}, **tags}
    yield from _place(tags, _identity(tags, feature.id), feature.point, where, country)


def _place(tags: Mapping[str, str], identity: str, point_of: Any, where: str, country: str) -> Iterator[Item]:
    kind = knowledge().kind("osm", tags.get("place", ""))
    if kind is None and tags.get("amenity") == "refugee_site":
        kind = "camp"
    if kind is None:
        yield Left("not a place of the kinds that are kept")
        return
    names, junk = arabic_names(tags.get(key, "") for key in _NAMES)
    for _ in range(junk):
        yield Left("a name in letters that are not Arabic's")
    latin = latin_name(*(tags.get(key, "") for key in ("name:en", "name_en", "int_name", "name")))
    if not names and not latin:
        yield Left("a place without a name in Arabic or Latin letters")
        return
    point = point_of()
    if isinstance(point, str) or not identity:
        yield Broken(where, point if isinstance(point, str) else "no osm_id", " ".join(tags.values())[:120])
        return
    yield Raw(
        id=f"osm-{identity}",
        source="osm",
        kind=kind_by_name(kind, names),
        lat=point[0],
        lon=point[1],
        country=knowledge().country(tags.get("addr:country", "") or tags.get("is_in:country_code", "")) or country,
        names=names,
        latin=latin,
        population=population(tags.get("population", "")),
        pcode=tags.get("ref:pcode", "") or tags.get("pcode", ""),
        geoname=whole(tags.get("ref:geonames", "") or tags.get("geonames:id", "")),
    )


def _identity(tags: Mapping[str, str], given: Any) -> str:
    """`n123`, `w123` or `r123`, from the several ways that exports write it; '' where it is not told."""
    full = tags.get("@id") or tags.get("full_id") or (text_of(given) if given is not None else "")
    head, _, number = full.rpartition("/")
    if not head and full[:1] in ("n", "w", "r"):
        head, number = full[:1], full[1:]
    if not whole(number):
        head, number = tags.get("osm_type", "node"), tags.get("osm_id", "").removeprefix("-")
        if tags.get("osm_id", "").startswith("-"):  # so HOT marks a relation
            head = "relation"
    short = _SHORT.get(head, head[:1] if head[:1] in ("n", "w", "r") else "n")
    return f"{short}{number}" if whole(number) else ""


def read_pbf(path: Path, name: str, country: str) -> Iterator[Item]:
    """The places of an `.osm.pbf` extract. Raises InputError where it is broken or osmium is not installed."""
    osmium = need("osmium", "OpenStreetMap extracts")
    try:
        yield from _nodes(osmium, path, country)
        yield from _ways(osmium, path, country)
    except RuntimeError as error:
        raise InputError(f"a broken .osm.pbf: {error}", where=name, mend="fetch it again") from error


def _nodes(osmium: Any, path: Path, country: str) -> Iterator[Item]:
    places = osmium.FileProcessor(str(path), osmium.osm.NODE).with_filter(osmium.filter.KeyFilter("place"))
    for node in places:
        point = (
            coordinates(str(node.location.lat), str(node.location.lon)) if node.location.valid() else "no coordinates"
        )
        tags = {tag.k: tag.v for tag in node.tags}
        yield from _place(tags, f"n{node.id}", lambda point=point: point, f"node {node.id}", country)


def _ways(osmium: Any, path: Path, country: str) -> Iterator[Item]:
    ways = [
        (way.id, {tag.k: tag.v for tag in way.tags}, [node.ref for node in way.nodes])
        for way in osmium.FileProcessor(str(path), osmium.osm.WAY).with_filter(osmium.filter.KeyFilter("place"))
    ]
    wanted = sorted({ref for _, _, refs in ways for ref in refs})
    at: dict[int, tuple[float, float]] = {}
    if wanted:
        for node in osmium.FileProcessor(str(path), osmium.osm.NODE).with_filter(osmium.filter.IdFilter(wanted)):
            if node.location.valid():
                at[node.id] = (node.location.lat, node.location.lon)
    for number, tags, refs in ways:
        points = [at[ref] for ref in dict.fromkeys(refs) if ref in at]
        point: tuple[float, float] | str = "no coordinates"
        if points:
            middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
            point = coordinates(str(middle[0]), str(middle[1]))
        yield from _place(tags, f"w{number}", lambda point=point: point, f"way {number}", country)

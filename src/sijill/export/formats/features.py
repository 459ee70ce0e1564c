"""GeoJSON: one feature a claim, its point the most precise place; a claim without a point has a null geometry.

Source: RFC 7946 (longitude before latitude, WGS 84, `null` for a feature without a place).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from sijill.export.context import Context
from sijill.export.entry import Entry
from sijill.export.folder import Folder
from sijill.export.resource import Resource
from sijill.export.rows import maker

__all__ = ["write"]

_PATH = "claims.geojson"


def write(folder: Folder, entries: Iterable[Entry], context: Context) -> tuple[Resource, ...]:
    """One file with all features, one a line."""
    table = context.profile.tables[0]
    rows_of, rows = maker(table), 0
    with_points = 0
    stream = folder.binary(_PATH)
    stream.write(b'{"type":"FeatureCollection","features":[')
    for entry in entries:
        for row in rows_of(entry, context):
            properties = {column.id: _plain(row.get(column.id)) for column in table.columns}
            lat, lon = properties.pop("lat", None), properties.pop("lon", None)
            point = {"type": "Point", "coordinates": [lon, lat]} if lat is not None and lon is not None else None
            with_points += point is not None
            identity = "/".join(str(row.get(name)) for name in table.key)
            feature = {"type": "Feature", "id": identity, "geometry": point, "properties": properties}
            stream.write((b",\n" if rows else b"\n") + msgspec.json.encode(feature))
            rows += 1
    stream.write(b"\n]}\n")
    more = {"profile": "data-resource", "points": with_points}
    return (
        Resource(table.name, _PATH, "geojson", "application/geo+json", "Claims on a map", rows, None, (table,), more),
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

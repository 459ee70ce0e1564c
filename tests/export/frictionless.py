"""A small validator of tabular data packages, after the Frictionless specifications, for what our exports use."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

__all__ = ["problems"]

_PARSERS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "year": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "object": json.loads,
    "array": json.loads,
}


def problems(folder: Path) -> list[str]:
    """What is wrong with the package in `folder`; empty where nothing is."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    tables: dict[str, list[dict[str, str]]] = {}
    found: list[str] = []
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        if len(content) != resource["bytes"]:
            found.append(f"{resource['path']}: {len(content)} bytes")
        if f"sha256:{hashlib.sha256(content).hexdigest()}" != resource["hash"]:
            found.append(f"{resource['path']}: another hash")
        if "schema" in resource:
            tables[resource["name"]] = _rows(folder / resource["path"], resource)
            found += _table(resource, tables[resource["name"]])
    for resource in package["resources"]:
        for key in resource.get("schema", {}).get("foreignKeys", ()):
            there = {_cells(row, key["reference"]["fields"]) for row in tables[key["reference"]["resource"]]}
            here = {_cells(row, key["fields"]) for row in tables[resource["name"]]}
            found += [
                f"{resource['name']}: {cells} stands in no {key['reference']['resource']}" for cells in here - there
            ]
    return found


def _rows(path: Path, resource: dict[str, Any]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, strict=True))
    names = [field["name"] for field in resource["schema"]["fields"]]
    assert rows[0] == names
    del rows[1 : 1 + len(resource.get("dialect", {}).get("commentRows", ()))]
    assert len(rows) - 1 == resource["rows"]
    return [dict(zip(names, row, strict=True)) for row in rows[1:]]


def _table(resource: dict[str, Any], rows: list[dict[str, str]]) -> Iterator[str]:
    keys = [_cells(row, resource["schema"]["primaryKey"]) for row in rows]
    if len(keys) != len(set(keys)):
        yield f"{resource['name']}: a key stands twice"
    for field in resource["schema"]["fields"]:
        rules = field.get("constraints", {})
        for row in rows:
            cell = row[field["name"]]
            if cell == "":
                if rules.get("required"):
                    yield f"{resource['name']}.{field['name']}: empty"
                continue
            try:
                value = _PARSERS[field["type"]](cell)
            except (ValueError, KeyError):
                yield f"{resource['name']}.{field['name']}: {cell!r} is no {field['type']}"
                continue
            if "enum" in rules and value not in rules["enum"]:
                yield f"{resource['name']}.{field['name']}: {cell!r} is no code"


def _cells(row: dict[str, str], names: list[str]) -> tuple[str, ...]:
    return tuple(row[name] for name in names)

"""The description of an export for machines and for people: `datapackage.json` and `codebook.md`.

Source: Frictionless Data Package, Tabular Data Resource and Table Schema, version 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sijill.export.folder import File
from sijill.export.profile import Column, Profile, Table
from sijill.export.resource import Resource

__all__ = ["codebook", "datapackage"]

_INTEGERS = frozenset({"integer", "year"})


def datapackage(
    profile: Profile,
    resources: Iterable[Resource],
    files: Mapping[str, File],
    codes: Mapping[str, Mapping[str, str]],
    created: str,
) -> dict[str, Any]:
    """The content of `datapackage.json`: each file with its size, hash, and for tables the types, keys and codes."""
    resources = tuple(resources)
    tables = {resource.name for resource in resources if resource.table is not None}
    return {
        "profile": "data-package",
        "name": f"sijill-{profile.name}",
        "title": profile.title,
        "description": profile.says,
        "created": created,
        "resources": [_resource(resource, files[resource.path], tables, codes) for resource in resources],
    }


def _resource(
    resource: Resource, file: File, tables: set[str], codes: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": resource.name,
        "path": resource.path,
        "title": resource.title,
        "format": resource.format,
        "mediatype": resource.mediatype,
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": file.sha256,
        "rows": resource.rows,
    }
    if resource.table is not None:
        described["profile"] = "tabular-data-resource"
        described["schema"] = _schema(resource.table, tables, codes)
    return {**described, **resource.more}


def _schema(table: Table, tables: set[str], codes: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, codes) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    foreign = [
        {"fields": one.columns, "reference": {"resource": one.table, "fields": one.to}}
        for one in table.foreign
        if one.table in tables
    ]
    return {**schema, "foreignKeys": foreign} if foreign else schema


def _field(column: Column, codes: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.id, "type": column.type, "description": column.says}
    rules: dict[str, Any] = {}
    if column.required:
        rules["required"] = True
    if column.codes is not None:
        values = list(codes[column.codes])
        # The code 0 of "no second actor" stands only inside a compound.
        rules["enum"] = [int(value) for value in values] if column.type in _INTEGERS else values
    return {**field, "constraints": rules} if rules else field


def codebook(profile: Profile, resources: Iterable[Resource], codes: Mapping[str, Mapping[str, str]]) -> str:
    """The content of `codebook.md`: what every file, column and code means, in Markdown."""
    return "\n".join(_lines(profile, tuple(resources), codes)) + "\n"


def _lines(profile: Profile, resources: tuple[Resource, ...], codes: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield f"# {profile.title}"
    yield ""
    yield f"{profile.says}. After: {profile.source}."
    for note in profile.notes:
        yield ""
        yield note
    used: dict[str, None] = {}
    for resource in resources:
        yield ""
        yield f"## {resource.path}"
        yield ""
        yield f"{resource.title}: {resource.rows} rows, {resource.mediatype}."
        for table in (resource.table, *resource.told):
            if table is not None:
                yield from ("", *([f"### {table.name}", ""] if resource.told else []))
                yield from _columns(table)
                used.update((column.codes, None) for column in table.columns if column.codes is not None)
    for name in used:
        yield ""
        yield f"## Codes: {name}"
        yield ""
        yield "| code | means |"
        yield "|---|---|"
        for code, says in codes[name].items():
            yield f"| `{code}` | {says} |"


def _columns(table: Table) -> Iterator[str]:
    yield f"Key: {', '.join(f'`{name}`' for name in table.key)}. After: {table.says}."
    yield ""
    yield "| column | type | means | codes |"
    yield "|---|---|---|---|"
    for column in table.columns:
        says = column.says.replace("|", "\\|")
        yield f"| `{column.id}` | {column.type} | {says} | {column.codes or ''} |"

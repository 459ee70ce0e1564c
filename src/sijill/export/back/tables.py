"""The tables of a full CSV export back into entries."""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from sijill.export.back.lines import Rows
from sijill.export.cells import unguarded
from sijill.export.entry import Entry, Held
from sijill.export.profile import Table, load_profile
from sijill.model import Actor, Claim, Count, Note, Place, Report, Source, Span, StatedDate

__all__ = ["read_tables"]

_Row = dict[str, Any]


def read_tables(folder: Path) -> Iterator[Entry]:
    """The entries of the tables. Raises ValueError, KeyError or msgspec.ValidationError where a row is wrong."""
    # A cell may be a whole text; the module's own bound is 131,072 characters.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    tables = {table.name: table for table in load_profile("csv").tables}
    with ExitStack() as stack:
        rows = {
            name: Rows(_rows(stack, folder / f"{name}.csv", table), lambda row: str(row["doc"]))
            for name, table in tables.items()
            if name != "reports"
        }
        for head in _rows(stack, folder / "reports.csv", tables["reports"]):
            yield _entry(head, {name: source.of(head["doc"]) for name, source in rows.items()})
        for source in rows.values():
            source.end()


def _rows(stack: ExitStack, path: Path, table: Table) -> Iterator[_Row]:
    stream = stack.enter_context(path.open(encoding="utf-8", newline=""))
    kinds = {column.id: column.type for column in table.columns}
    for row in csv.DictReader(stream, strict=True):
        yield {name: _value(row[name], kind) for name, kind in kinds.items()}


def _value(cell: str, kind: str) -> Any:
    """The value of a cell; JSON cells stay text."""
    if cell == "":
        return None
    if kind == "integer":
        return int(cell)
    if kind == "number":
        return float(cell)
    return unguarded(cell)


def _entry(head: _Row, rows: Mapping[str, list[_Row]]) -> Entry:
    parts: dict[str, dict[str, list[_Row]]] = {
        name: _by_claim(rows[name]) for name in ("counts", "places", "actors", "sources")
    }
    changes = {row["claim"]: row for row in rows["changes"]}
    held = tuple(_held(row, parts, changes.get(row["claim"])) for row in rows["claims"])
    tree = {name: head[name] for name in ("doc", "published", "title", "url", "outlet", "sha256", "sijill", "data")}
    report = msgspec.convert(
        {
            **tree,
            "claims": [],
            "notes": [],
            "meta": msgspec.json.decode(head["meta"]),
        },
        Report,
    )
    claims = tuple(one.as_read or one.claim for one in held)
    notes = tuple(_note(row) for row in rows["notes"])
    report = msgspec.structs.replace(report, claims=claims, notes=notes)
    return Entry(report, held, next((row["text"] for row in rows["texts"]), None))


def _by_claim(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row["claim"]].append(row)
    return found


def _held(row: _Row, parts: Mapping[str, Mapping[str, list[_Row]]], change: _Row | None) -> Held:
    claim = _claim(row, {name: found.get(row["claim"], []) for name, found in parts.items()})
    if change is None:
        return Held(claim, row["state"])
    as_read = msgspec.json.decode(change["as_read"], type=Claim) if change["as_read"] else None
    decisions = msgspec.json.decode(change["decisions"], type=tuple[dict[str, Any], ...])
    return Held(claim, row["state"], as_read, decisions)


def _claim(row: _Row, parts: Mapping[str, list[_Row]]) -> Claim:
    actors = parts["actors"]
    places = parts["places"]
    tree = {
        "id": row["claim"],
        "type": row["type"],
        "trigger": (row["trigger_start"], row["trigger_end"]),
        "trigger_text": row["trigger"],
        "sentence": (row["sentence_start"], row["sentence_end"]),
        "counts": [],
        "date": None,
        "places": [],
        "agents": [],
        "targets": [],
        "sources": [],
        "modality": row["modality"],
        "why": msgspec.json.decode(row["why"]),
    }
    return msgspec.structs.replace(
        msgspec.convert(tree, Claim),
        counts=tuple(_named(one, Count) for one in parts["counts"]),
        date=_date(row, "date_"),
        places=tuple(_named(one, Place) for one in places if one["said"] == "stated"),
        agents=tuple(_named(one, Actor) for one in actors if one["role"] == "agent"),
        targets=tuple(_named(one, Actor) for one in actors if one["role"] == "target"),
        sources=tuple(_named(one, Source) for one in parts["sources"]),
        context_date=_date(row, "context_"),
        context_places=tuple(_named(one, Place) for one in places if one["said"] == "context"),
    )


def _named(row: _Row, kind: type[Any]) -> Any:
    """A record of the row: its own columns, and the span of its characters."""
    return msgspec.convert({**row, "span": (row["start"], row["end"])}, kind)


def _date(row: _Row, prefix: str) -> StatedDate | None:
    if row[f"{prefix}precision"] is None:
        return None
    tree = {name: row[f"{prefix}{name}"] for name in ("start", "end", "precision", "text")}
    return msgspec.convert({**tree, "span": (row[f"{prefix}from"], row[f"{prefix}to"])}, StatedDate)


def _note(row: _Row) -> Note:
    span = Span(row["start"], row["end"]) if row["start"] is not None else None
    return Note(row["code"], row["message"], span)

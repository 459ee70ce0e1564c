"""JSON lines: the reports exactly as `sijill read` wrote them, and beside them what people decided and the texts.

`reports.jsonl` is one report a line, its claims as they were read. `changes.jsonl` has a line for each claim on which
somebody has decided; `documents.jsonl` the texts of reports, where they are known, in the form that `sijill read` and
`sijill case add` take. All of it reads back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from sijill.export.context import Context
from sijill.export.entry import Entry, Held
from sijill.export.folder import Folder
from sijill.export.resource import Resource
from sijill.model import Claim, Document, Report

__all__ = ["Change", "write"]

_MEDIA = "application/x-ndjson"


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of `changes.jsonl`: a claim's state, what holds now where that is not what was read, the decisions."""

    doc: str
    claim: str
    state: str
    now: Claim | None = None
    decisions: tuple[dict[str, Any], ...] = ()


def write(folder: Folder, entries: Iterable[Entry], context: Context) -> tuple[Resource, ...]:
    """The three files; the second and third only where they have a line."""
    del context  # nothing of this format depends on it
    lines = _Lines(folder)
    for entry in entries:
        claims = tuple(held.as_read or held.claim for held in entry.held)
        lines.add("reports", msgspec.structs.replace(entry.report, claims=claims))
        for change in filter(None, (_change(entry.report, held) for held in entry.held)):
            lines.add("changes", change)
        if entry.text is not None:
            lines.add("documents", _document(entry.report, entry.text))
    return lines.resources()


def _document(report: Report, text: str) -> Document:
    return Document(report.doc, text, report.published, report.title, report.url, report.outlet, report.meta)


def _change(report: Report, held: Held) -> Change | None:
    if held.state == "proposed" and held.as_read is None and not held.decisions:
        return None
    now = held.claim if held.as_read is not None else None
    return Change(report.doc, held.claim.id, held.state, now, held.decisions)


class _Lines:
    """Files of JSON lines, each begun with its first line."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._files: dict[str, Any] = {}
        self._rows: dict[str, int] = {}

    def add(self, name: str, record: msgspec.Struct) -> None:
        if name not in self._files:
            self._files[name] = self._folder.binary(f"{name}.jsonl")
            self._rows[name] = 0
        self._files[name].write(msgspec.json.encode(record) + b"\n")
        self._rows[name] += 1

    def resources(self) -> tuple[Resource, ...]:
        titles = {"reports": "Reports as read", "changes": "What people decided", "documents": "Texts of the reports"}
        return tuple(
            Resource(name, f"{name}.jsonl", "jsonl", _MEDIA, titles[name], rows) for name, rows in self._rows.items()
        )

"""JSON → Documents: one object a line (`.jsonl`), or a file that is one object or a list of them (`.json`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.record import Defaults, document_of
from sijill.sources.rejected import Rejected
from sijill.sources.stream import MAX_BYTES, Opened

__all__ = ["read_json", "read_lines", "record_of"]

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_lines(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The report of each line, blank lines left out; a line that is none is rejected with its number."""
    opened.what, opened.media = "JSON lines", "application/x-ndjson"
    found = False
    for number, line in enumerate(opened.lines(), start=1):
        if not line.strip():
            continue
        found = True
        yield record_of(line, f"{opened.name}:{number}", f"{opened.stem}:{number}", defaults)
    if not found:
        raise InputError("the file is empty")


def read_json(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The reports of a JSON file: of its list, of its one object, or of its lines."""
    opened.what, opened.media = "JSON", "application/json"
    text = opened.text()
    try:
        tree = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        yield from _each_line(text.splitlines(), opened, defaults)
        return
    entries = tree if isinstance(tree, list) else [tree]
    if not entries:
        raise InputError("a list without reports")
    for number, entry in enumerate(entries, start=1):
        opened.part = f"entry {number}"
        yield _entry(entry, f"{opened.name}:{number}", f"{opened.stem}:{number}", defaults)


def _each_line(lines: Iterable[str], opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            encoded = line.encode("utf-8", "surrogatepass")
            opened.part = f"line {number}"
            yield record_of(encoded, f"{opened.name}:{number}", f"{opened.stem}:{number}", defaults)


def record_of(line: bytes, where: str, fallback_id: str, defaults: Defaults) -> Document | Rejected:
    """The report of one line, which stands at `where`."""
    if len(line) > MAX_BYTES:
        return Rejected(where, f"a line of more than {MAX_BYTES // 1024 // 1024} MB is no single report", "split it")
    try:
        entry = msgspec.json.decode(line)
    except RecursionError:
        return Rejected(where, "JSON nested too deep")
    except UnicodeDecodeError as error:
        return Rejected(where, f"byte {error.start} of the line is not UTF-8", "save the file as UTF-8")
    except msgspec.DecodeError as error:
        if _SURROGATE.search(line):
            return Rejected(where, "broken JSON, or an unpaired surrogate in it", "write one JSON object a line")
        return Rejected(where, f"broken JSON: {error}", "write one JSON object a line")
    return _entry(entry, where, fallback_id, defaults)


def _entry(entry: Any, where: str, fallback_id: str, defaults: Defaults) -> Document | Rejected:
    if not isinstance(entry, dict):
        return Rejected(where, "not a JSON object", "write {'id': …, 'text': …} a line")
    try:
        return document_of(entry, fallback_id, defaults)
    except InputError as error:
        return Rejected.of(error, where)

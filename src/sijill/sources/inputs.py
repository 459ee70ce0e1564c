"""Paths → reports: which files there are, what each is, and an id for every report."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.given import Given
from sijill.sources.lines import read_json, read_lines
from sijill.sources.page import looks_like_page, read_page
from sijill.sources.record import Defaults, checked
from sijill.sources.rejected import Rejected
from sijill.sources.stream import Opened
from sijill.sources.table import read_table

__all__ = ["SUFFIXES", "read_inputs", "read_originals"]

_log = logging.getLogger("sijill.sources")

_Reader = Callable[[Opened, Defaults], Iterator[Document | Rejected]]


def read_inputs(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Rejected]:
    """The reports of files, folders (with all below them) and standard input (`-`), one at a time.

    `published` and `outlet` hold for reports that do not say it themselves. Ids are unique: the record's own id, else
    the file's stem, else `stem:line`; one that is there already gets `~2`, `~3`, …. An input that cannot be read is
    a `Rejected`; nothing is raised for it.
    """
    for item in read_originals(paths, published=published, outlet=outlet, stdin=stdin):
        yield item.document if isinstance(item, Given) else item


def read_originals(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Given | Rejected]:
    """What `read_inputs` gives, each report with the bytes that it was read from and where they were."""
    defaults = Defaults(published, outlet)
    seen: dict[str, int] = {}
    for path in paths:
        for item in _read(str(path), defaults, stdin):
            if isinstance(item, Given):
                item = msgspec.structs.replace(item, document=_unique(item.document, seen))  # noqa: PLW2901
            yield item


def _read(path: str, defaults: Defaults, stdin: BinaryIO | None) -> Iterator[Given | Rejected]:
    if path == "-":
        yield from _guarded(
            "<stdin>", lambda: Opened(stdin or sys.stdin.buffer, "<stdin>", "stdin"), _sniffed, defaults
        )
        return
    if not Path(path).is_dir():
        yield from _file(Path(path), defaults)
        return
    files = _files(Path(path))
    if not files:
        kinds = " ".join(suffix for suffix in SUFFIXES if suffix)
        yield Rejected(path, "a folder without inputs", f"it takes {kinds}, and files without a suffix")
    for file in files:
        yield from _file(file, defaults)


def _file(path: Path, defaults: Defaults) -> Iterator[Given | Rejected]:
    def opened() -> Opened:
        return Opened(path.open("rb"), str(path), path.stem or path.name)

    yield from _guarded(str(path), opened, SUFFIXES.get(path.suffix.lower(), _sniffed), defaults)


def _guarded(where: str, open_: Callable[[], Opened], read: _Reader, defaults: Defaults) -> Iterator[Given | Rejected]:
    """What `read` gives with its original, and a rejection where the input as a whole turns out to be none."""
    try:
        opened = open_()
    except FileNotFoundError:
        yield Rejected(where, "no such file")
        return
    except (OSError, ValueError) as error:
        yield Rejected(where, f"cannot be opened: {getattr(error, 'strerror', None) or error}")
        return
    with opened:
        try:
            for item in read(opened, defaults):
                yield item if isinstance(item, Rejected) else Given(item, opened.original, where, opened.part)
        except InputError as error:
            yield Rejected.of(error, where)
        except OSError as error:
            yield Rejected(where, f"cannot be read: {error.strerror or error}")


def _files(folder: Path) -> list[Path]:
    """The supported files below `folder`, sorted; hidden ones left out, others told of in one line."""
    found: list[Path] = []
    left_out: set[str] = set()
    count = 0
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            suffix = Path(name).suffix.lower()
            if name.startswith("."):
                continue
            if suffix in SUFFIXES:
                found.append(Path(where, name))
            else:
                count += 1
                left_out.add(suffix)
    if count:
        _log.warning("%s: %d files of other kinds left out (%s)", folder, count, " ".join(sorted(left_out)))
    return sorted(found)


def _unique(document: Document, seen: dict[str, int]) -> Document:
    wanted = document.id
    if wanted not in seen:
        seen[wanted] = 1
        return document
    number = seen[wanted] + 1
    while f"{wanted}~{number}" in seen:
        number += 1
    seen[wanted] = number
    name = f"{wanted}~{number}"
    seen[name] = 1
    return Document(
        name, document.text, document.published, document.title, document.url, document.outlet, document.meta
    )


def _text(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    yield checked(Document(opened.stem, opened.text(), defaults.published, outlet=defaults.outlet))


def _page(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    yield read_page(opened, defaults)


def _sniffed(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """An input without a telling name: JSON lines, a page or a text, by how it begins."""
    head = opened.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return read_lines(opened, defaults)
    if looks_like_page(opened.head):
        return _page(opened, defaults)
    return _text(opened, defaults)


# How a file is read, by the end of its name.
SUFFIXES: dict[str, _Reader] = {
    ".txt": _text,
    "": _sniffed,
    ".html": _page,
    ".htm": _page,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
}

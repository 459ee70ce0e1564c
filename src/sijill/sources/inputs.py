"""Paths → reports: which files there are, what each is, and an id for every report."""

from __future__ import annotations

import errno
import logging
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.columns import Mapping
from sijill.sources.formats import SUFFIXES, reader_of, suffix_of
from sijill.sources.given import Given
from sijill.sources.record import Defaults
from sijill.sources.rejected import Rejected
from sijill.sources.stream import Opened

__all__ = ["Seen", "files_below", "read_inputs", "read_opened", "read_originals"]

_log = logging.getLogger("sijill.sources")


class Seen(msgspec.Struct, frozen=True):
    """One input that was gone through: what it is, which columns were taken for what, how many reports it gave."""

    where: str
    what: str
    mapping: Mapping | None
    read: int
    rejected: int


_Tell = Callable[[Seen], None]


def read_inputs(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
    mapping: Mapping | None = None,
) -> Iterator[Document | Rejected]:
    """The reports of files, folders (with all below them) and standard input (`-`), one at a time.

    `published` and `outlet` hold for reports that do not say it themselves; `mapping` says which columns of tables are
    what. Ids are unique: the record's own id, else the file's stem, else `stem:line`; one that is there already gets
    `~2`, `~3`, …. An input that cannot be read is a `Rejected`; nothing is raised for it.
    """
    for item in read_originals(paths, published=published, outlet=outlet, stdin=stdin, mapping=mapping):
        yield item.document if isinstance(item, Given) else item


def read_originals(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
    mapping: Mapping | None = None,
    tell: _Tell | None = None,
) -> Iterator[Given | Rejected]:
    """What `read_inputs` gives, each report with the bytes that it was read from and where they were.

    `tell` is called with each file that was gone through.
    """
    defaults = Defaults(published, outlet, mapping)
    seen: dict[str, int] = {}
    for path in paths:
        for item in _read(str(path), defaults, stdin, tell):
            if isinstance(item, Given):
                item = msgspec.structs.replace(item, document=_unique(item.document, seen))  # noqa: PLW2901
            yield item


def _read(path: str, defaults: Defaults, stdin: BinaryIO | None, tell: _Tell | None) -> Iterator[Given | Rejected]:
    if path == "-":
        yield from read_opened(
            "<stdin>", lambda: Opened(stdin or sys.stdin.buffer, "<stdin>", "stdin"), "", defaults, tell
        )
        return
    if not Path(path).is_dir():
        yield from _file(Path(path), defaults, tell)
        return
    empty = True
    for entry in files_below(Path(path)):
        empty = False
        if isinstance(entry, Rejected):
            yield entry
        else:
            yield from _file(entry, defaults, tell)
    if empty:
        kinds = " ".join(suffix for suffix in SUFFIXES if suffix)
        yield Rejected(path, "a folder without inputs", f"it takes {kinds}, and files without a suffix")


def _file(path: Path, defaults: Defaults, tell: _Tell | None) -> Iterator[Given | Rejected]:
    suffix = suffix_of(path.name)

    def opened() -> Opened:
        stem = path.name[: len(path.name) - len(suffix)]
        return Opened(path.open("rb"), str(path), stem or path.name)

    yield from read_opened(str(path), opened, suffix, defaults, tell)


def read_opened(
    where: str, open_: Callable[[], Opened], suffix: str, defaults: Defaults, tell: _Tell | None
) -> Iterator[Given | Rejected]:
    """What the input's reader gives with its original, and a rejection where it turns out to be none as a whole."""
    try:
        opened = open_()
    except FileNotFoundError:
        yield Rejected(where, "no such file")
        return
    except (OSError, ValueError) as error:
        yield Rejected(where, f"cannot be opened: {getattr(error, 'strerror', None) or error}")
        return
    read = rejected = 0
    with opened:
        try:
            for item in reader_of(opened, suffix)(opened, defaults):
                if isinstance(item, Rejected):
                    rejected += 1
                    yield item
                else:
                    read += 1
                    yield Given(item, opened.original, where, opened.part, opened.media)
        except InputError as error:
            rejected += 1
            yield Rejected.of(error, where)
        except OSError as error:
            rejected += 1
            yield Rejected(where, f"cannot be read: {error.strerror or error}")
    if tell is not None:
        tell(Seen(where, opened.what, opened.mapping, read, rejected))


def files_below(folder: Path) -> Iterator[Path | Rejected]:
    """The supported files below `folder`, sorted; hidden ones left out, others told of in one line.

    Links that lead out of the folder, links to folders, and what is no file are rejections: nothing is read through
    them.
    """
    found: list[tuple[Path, str]] = []
    left_out: set[str] = set()
    count = 0
    root = folder.resolve()
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [(Path(where, name), "a link to a folder") for name in folders if Path(where, name).is_symlink()]
        for name in sorted(names):
            if name.startswith("."):
                continue
            if suffix_of(name) in SUFFIXES:
                found.append((Path(where, name), _problem(Path(where, name), root)))
            else:
                count += 1
                left_out.add(suffix_of(name))
    if count:
        _log.warning("%s: %d files of other kinds left out (%s)", folder, count, " ".join(sorted(left_out)))
    for path, problem in sorted(found):
        yield Rejected(str(path), f"{problem}, which is not followed", "give it by itself") if problem else path


def _problem(path: Path, root: Path) -> str:
    """Why a file in a folder is not read; empty where it is."""
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            return "a link that leads out of the folder"
        mode = path.stat().st_mode
    except RuntimeError:  # what Python 3.11 and 3.12 raise for it
        return "a link to itself"
    except OSError as error:
        return "a link to itself" if error.errno == errno.ELOOP else ""
    return "" if stat.S_ISREG(mode) else "a pipe or device"


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

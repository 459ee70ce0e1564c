"""A piece → units: what can be passed over without being opened up, each giving its documents when it is asked.

A unit is a line, a row, a record of a web archive, or a file of another kind. When a document kills its process, the
next one goes on behind it without touching it again.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

import msgspec

from sijill.errors import InputError
from sijill.run.files import fault, name_of, opened
from sijill.run.records import Piece, Settings
from sijill.sources import Given, Original, Rejected
from sijill.sources.encoding import plain_encoding
from sijill.sources.extra import package
from sijill.sources.formats import reader_of, suffix_of
from sijill.sources.inputs import read_opened
from sijill.sources.lines import read_lines, record_of
from sijill.sources.parquet import opened_parquet, read_parquet
from sijill.sources.record import Defaults
from sijill.sources.rows import Plan, row_bytes
from sijill.sources.stream import MAX_BYTES, Opened
from sijill.sources.warc import WANTED, Pages, read_warc
from sijill.sources.warc_records import Record, records

__all__ = ["Unit", "units_of"]

_ROWS = 256
Item = Given | Rejected


class Unit(msgspec.Struct, frozen=True):
    """`items` opens it up. `where` and `part` say where it stands, for when that cannot be done."""

    where: str
    part: str
    items: Callable[[], Iterator[Item]]


def units_of(piece: Piece, settings: Settings) -> Iterator[Unit]:
    """The units of a piece in order. What cannot be read is a unit that gives a rejection."""
    if piece.problem:
        yield _rejected(piece.path, piece.problem)
        return
    try:
        yield from _opened_up(piece, Defaults(settings.published, settings.outlet, settings.mapping))
    except InputError as error:
        yield _rejected(piece.path, error.what, error.mend)
    except OSError as error:
        yield _rejected(piece.path, f"cannot be read: {fault(error)}")


def _opened_up(piece: Piece, defaults: Defaults) -> Iterator[Unit]:
    suffix = suffix_of(name_of(piece.path))
    if piece.part == "bytes":
        with opened(piece.path) as stream:
            yield from _line_units(stream, piece, defaults)
        return
    with _input(piece, suffix) as input_:
        reader = reader_of(input_, suffix)
        if reader is read_lines and plain_encoding(input_.head) in (None, "utf-8", "utf-8-sig"):
            with opened(piece.path) as stream:
                whole = msgspec.structs.replace(piece, end=piece.size)
                yield from _or_empty(_line_units(stream, whole, defaults), piece.path, "the file is empty")
        elif reader is read_parquet:
            yield from _or_empty(_row_units(piece, input_, defaults), piece.path, "a table without rows")
        elif reader is read_warc:
            found = _record_units(piece, input_, defaults)
            yield from _or_empty(found, piece.path, "a web archive without records")
        else:
            yield Unit(piece.path, "", partial(_whole, piece, suffix, defaults))


def _input(piece: Piece, suffix: str) -> Opened:
    name = name_of(piece.path)
    return Opened(opened(piece.path), piece.path, name[: len(name) - len(suffix)] or name)


def _whole(piece: Piece, suffix: str, defaults: Defaults) -> Iterator[Item]:
    return read_opened(piece.path, partial(_input, piece, suffix), suffix, defaults, None)


def _rejected(where: str, what: str, mend: str = "") -> Unit:
    return Unit(where, "", lambda: iter((Rejected(where, what, mend),)))


def _or_empty(found: Iterator[Unit], where: str, what: str) -> Iterator[Unit]:
    """The units, or a rejection where there is none."""
    empty = True
    for unit in found:
        empty = False
        yield unit
    if empty:
        yield _rejected(where, what)


# --- JSON lines ---


def _line_units(stream: BinaryIO, piece: Piece, defaults: Defaults) -> Iterator[Unit]:
    """The lines that begin in the piece. A report without an id is called by the byte at which its line begins."""
    name = name_of(piece.path)
    stem = name[: len(name) - len(suffix_of(name))] or name
    for at, line in _lines(stream, piece.start, piece.end):
        if line.strip():
            part = f"byte {at}"
            yield Unit(piece.path, part, partial(_line, line, piece.path, part, f"{stem}:@{at}", defaults))


def _line(line: bytes, where: str, part: str, name: str, defaults: Defaults) -> Iterator[Item]:
    item = record_of(line, f"{where}: {part}", name, defaults)
    yield item if isinstance(item, Rejected) else Given(item, Original(line), where, part, "application/x-ndjson")


def _lines(stream: BinaryIO, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Each line whose first byte lies in `start`..`end`, with where that is; one past MAX_BYTES comes cut."""
    at = start
    if start:
        # Where the byte before is a line's end, a line begins right at `start`.
        stream.seek(start - 1)
        at = start - 1 + _passed(stream)
    while at < end:
        line = stream.readline(MAX_BYTES + 1)
        if not line:
            return
        size = len(line)
        if not line.endswith(b"\n") and size > MAX_BYTES:
            size += _passed(stream)
        yield at, (line.removeprefix(codecs.BOM_UTF8) if at == 0 else line).rstrip(b"\r\n")
        at += size


def _passed(stream: BinaryIO) -> int:
    """How many bytes there are to the end of the line, which is passed over."""
    size = 0
    while block := stream.readline(MAX_BYTES):
        size += len(block)
        if block.endswith(b"\n"):
            break
    return size


# --- Parquet ---


def _row_units(piece: Piece, input_: Opened, defaults: Defaults) -> Iterator[Unit]:
    """The rows of the piece's row groups, each the original of its report, as JSON."""
    arrow = package("pyarrow", "tables")
    broken = (arrow.ArrowException, OSError, ValueError, TypeError, OverflowError)
    number = 0
    try:
        with opened(piece.path) as stream:
            file = opened_parquet(stream)
            metadata = file.metadata
            groups = range(piece.start, piece.end if piece.part else metadata.num_row_groups)
            number = sum(metadata.row_group(group).num_rows for group in range(groups.start))
            names = list(file.schema_arrow.names)
            plan = Plan(names, input_, defaults)
            for batch in file.iter_batches(batch_size=_ROWS, row_groups=list(groups), use_threads=False):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield Unit(piece.path, f"row {number}", partial(_row, plan, names, row, number, input_))
    except broken as error:
        yield _rejected(piece.path, f"broken Parquet from row {number + 1} on: {' '.join(str(error).split())[:120]}")


def _row(plan: Plan, names: list[str], row: tuple[object, ...], number: int, input_: Opened) -> Iterator[Item]:
    item = plan.report(row, f"{input_.name}:{number}", f"{input_.stem}:{number}")
    if isinstance(item, Rejected):
        yield item
    else:
        yield Given(item, Original(row_bytes(names, row)), input_.name, f"row {number}", "application/json")


# --- web archives ---


def _record_units(piece: Piece, input_: Opened, defaults: Defaults) -> Iterator[Unit]:
    pages = Pages(input_, defaults)
    number = 0
    try:
        for record in records(input_.raw(), WANTED):
            number += 1
            yield Unit(piece.path, f"record {number}", partial(_record, pages, record, number, input_))
    except InputError as error:
        yield _rejected(f"{piece.path}: record {number + 1}", error.what, error.mend)
    pages.skipped.tell(piece.path, "records")


def _record(pages: Pages, record: Record, number: int, input_: Opened) -> Iterator[Item]:
    item = pages.report(record, number, "")
    if isinstance(item, Rejected):
        yield item
    elif item is not None:
        yield Given(item, input_.original, input_.name, input_.part, "application/warc")

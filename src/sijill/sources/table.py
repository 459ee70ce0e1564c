"""Tables (CSV, semicolons or tabs) → Documents: one report a row, columns by the names in the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.columns import guess, names_of
from sijill.sources.encoding import decode, sniff
from sijill.sources.record import Defaults
from sijill.sources.rejected import Rejected
from sijill.sources.rows import Plan
from sijill.sources.stream import MAX_BYTES, Opened

__all__ = ["looks_like_table", "read_table"]


def read_table(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The report of each row; raises InputError where no column holds the text.

    A table up to MAX_BYTES is the original of all its reports; of a larger one, which streams, each has its own rows.
    """
    opened.what, opened.media = "comma-separated", "text/csv"
    encoding = sniff(opened.head)
    content = opened.small()
    lines = _Lines(
        io.StringIO(decode(content), newline="")
        if content is not None
        else io.TextIOWrapper(opened.raw(), encoding, newline="")
    )
    # The csv module refuses cells past 128 kB by default; it knows this limit only for the whole process.
    csv.field_size_limit(MAX_BYTES)
    rows = _rows(lines, opened)
    try:
        _, header = next(rows)
    except StopIteration:
        raise InputError("the table is empty") from None
    if isinstance(header, Rejected):
        raise InputError(header.what)
    plan = Plan(header, opened, defaults)
    head, found = lines.taken(), False
    for line, row in rows:
        if isinstance(row, Rejected):
            # Where the quoting is broken, the rows behind it cannot be told apart any more.
            yield row
            return
        taken = lines.taken()
        if any(row):
            found = True
            opened.part = f"row {line}"
            if content is None:
                opened.give((head + taken).encode(encoding), opened.part)
            yield plan.report(row, f"{opened.name}:{line}", f"{opened.stem}:{line}")
    if not found:
        raise InputError("a table without rows")


def looks_like_table(head: bytes) -> bool:
    """Whether a file that begins so is a table with a column for the text, and more than that one."""
    line, newline, _ = head.partition(b"\n")
    if not newline:
        return False
    try:
        # The first line alone may be too short to tell a code page by; all of it may end within a character.
        first = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            first = head.decode(sniff(head), "ignore").partition("\n")[0]
        except InputError:
            return False
    try:
        header = next(csv.reader([first], delimiter=_delimiter(first)), [])
    except csv.Error:
        return False
    mapping, _ = guess(names_of(header)) if 1 < len(header) < 100 else (None, "")
    return mapping is not None and len(list(mapping.columns())) > 1


class _Lines:
    """The lines of a table, and which of them were taken since it was last asked. None is longer than MAX_BYTES."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._stream = stream
        self._taken: list[str] = []
        try:
            self.first = self._line()
        except UnicodeDecodeError as error:
            raise InputError(f"not {error.encoding.upper()}", mend="save the file as UTF-8") from error
        self._next = self.first

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line, self._next = self._next or self._line(), ""
        if not line:
            raise StopIteration
        self._taken.append(line)
        return line

    def taken(self) -> str:
        """The lines that were read since the last call."""
        lines, self._taken = "".join(self._taken), []
        return lines

    def _line(self) -> str:
        line = self._stream.readline(MAX_BYTES)
        if len(line) >= MAX_BYTES and not line.endswith("\n"):
            raise InputError(f"a line of more than {MAX_BYTES // 1024 // 1024} MB")
        return line


def _rows(lines: _Lines, opened: Opened) -> Iterator[tuple[int, list[str] | Rejected]]:
    """Each row with the number of its first line; a rejection where they cannot be told apart any more."""
    rows = csv.reader(lines, delimiter=_delimiter(lines.first), strict=True)
    line = 1
    while True:
        where = f"{opened.name}:{line}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, Rejected(where, f"broken CSV from here on: {error}", "close the quotation marks")
            return
        except UnicodeDecodeError as error:
            yield line, Rejected(where, f"not {error.encoding.upper()} from here on", "save the file as UTF-8")
            return
        yield line, row
        line = rows.line_num + 1


def _delimiter(first: str) -> str:
    """What stands between the names of the first line: a comma, a semicolon or a tab."""
    return max(",;\t", key=first[:10_000].count)

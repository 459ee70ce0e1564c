"""Tables (CSV, semicolons or tabs) → Documents: one report a row, columns by the names in the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.record import Defaults, document_of
from sijill.sources.rejected import Rejected
from sijill.sources.stream import MAX_BYTES, Opened

__all__ = ["read_table"]


def read_table(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The report of each row; raises InputError where the table has no `text` column."""
    text = opened.text()
    # The csv module refuses cells past 128 kB by default; it knows this limit only for the whole process.
    csv.field_size_limit(MAX_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [name.strip().lower() for name in next(rows)]
    except StopIteration:
        raise InputError("the table is empty") from None
    except csv.Error as error:
        raise InputError(f"broken CSV: {error}") from error
    if "text" not in header:
        names = ", ".join(name for name in header if name)[:120] or "none"
        raise InputError(f"no column 'text' (its columns: {names})", mend="name the column of the reports 'text'")
    if len(set(header)) < len(header):
        raise InputError("two columns of one name", mend="give each column its own name")
    yield from _reports(rows, header, opened, defaults)


def _reports(
    rows: Iterator[list[str]], header: list[str], opened: Opened, defaults: Defaults
) -> Iterator[Document | Rejected]:
    found = False
    line = 2
    while True:
        where = f"{opened.name}:{line}"
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            # Where the quoting is broken, the rows behind it cannot be told apart any more.
            yield Rejected(where, f"broken CSV from here on: {error}", "close the quotation marks")
            return
        if any(row):
            found = True
            opened.part = f"row {line}"
            yield _report(row, header, where, f"{opened.stem}:{line}", defaults)
        line = rows.line_num + 1  # type: ignore[attr-defined]  # csv.reader, typed as what it iterates over
    if not found:
        raise InputError("a table without rows")


def _report(row: list[str], header: list[str], where: str, fallback_id: str, defaults: Defaults) -> Document | Rejected:
    if len(row) > len(header):
        return Rejected(where, f"{len(row)} cells under {len(header)} columns", "quote the text")
    try:
        return document_of(dict(zip(header, row, strict=False)), fallback_id, defaults)
    except InputError as error:
        return Rejected.of(error, where)


def _delimiter(text: str) -> str:
    """What stands between the names of the first line: a comma, a semicolon or a tab."""
    first = text[: text.find("\n")] if "\n" in text else text
    return max(",;\t", key=first[:10_000].count)

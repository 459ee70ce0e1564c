"""Rows of cells → Documents: what tables of every kind share."""

from __future__ import annotations

import logging
from collections.abc import Mapping as Fields
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.archiver import metadata_of
from sijill.sources.columns import Mapping, checked_mapping, guess, listed, names_of
from sijill.sources.record import Defaults, document_of
from sijill.sources.rejected import Rejected
from sijill.sources.stream import Opened

__all__ = ["MAX_COLUMNS", "Plan", "row_bytes"]

_log = logging.getLogger("sijill.sources")

# More columns than this are no table of reports.
MAX_COLUMNS = 1_000


class Plan:
    """How the rows under one header become reports."""

    def __init__(self, header: Sequence[Any], opened: Opened, defaults: Defaults) -> None:
        """Raises InputError where no column holds a text, or where the given mapping does not fit."""
        if len(header) > MAX_COLUMNS:
            raise InputError(f"more than {MAX_COLUMNS:,} columns")
        self._names = names_of(header)
        self._opened, self._defaults = opened, defaults
        self._archiver = False
        if defaults.mapping is not None:
            mapping: Mapping | None = checked_mapping(defaults.mapping, self._names)
            what = "a table"
        else:
            mapping, what = guess(self._names)
            self._archiver = mapping is None and {"status", "metadata", "media"} <= set(self._names)
        if self._archiver:
            mapping, what = Mapping("metadata"), "an auto-archiver table"
        if mapping is None:
            raise InputError(
                f"no column 'text' (its columns: {listed(self._names)})",
                mend="name the column of the reports 'text', or give --mapping",
            )
        twice = [column for _, column in mapping.columns() if f"{column} (2)" in self._names]
        if twice:
            raise InputError(f"two columns of one name, '{twice[0][:60]}'", mend="give each column its own name")
        self.mapping = opened.mapping = mapping
        opened.what = f"{what}, {opened.what}" if opened.what else what
        self._used = {column for _, column in mapping.columns()}

    def report(self, row: Sequence[Any], where: str, fallback_id: str) -> Document | Rejected:
        """The report of one row."""
        if len(row) > len(self._names) and any(not _blank(cell) for cell in row[len(self._names) :]):
            return Rejected(where, f"{len(row)} cells under {len(self._names)} columns", "quote the text")
        cells = dict(zip(self._names, map(_plain, row), strict=False))
        try:
            fields = metadata_of(cells) if self._archiver else self._fields(cells)
            return document_of(fields, fallback_id, self._defaults, self.mapping.dates)
        except InputError as error:
            return Rejected.of(error, where)

    def _fields(self, cells: Fields[str, Any]) -> dict[str, Any]:
        mapping = self.mapping
        fields: dict[str, Any] = {field: cells.get(column) for field, column in mapping.columns() if field != "text"}
        texts = (cells.get(column) for column in mapping.texts)
        text = next((text for text in texts if not _blank(text)), None)
        fields["text"] = "" if text is None and len(mapping.texts) > 1 else text
        for field in ("title", "url", "outlet"):
            if isinstance(fields.get(field), int | float):
                fields[field] = str(fields[field])
        if isinstance(number := fields.get("id"), float):
            fields["id"] = str(number)
        # An empty cell says nothing; it would only fill every record with nulls.
        rest = {name: cell for name, cell in cells.items() if name not in self._used and not _blank(cell)}
        return {**fields, "meta": rest} if rest else fields


def row_bytes(names: Sequence[Any], row: Sequence[Any]) -> bytes:
    """A row as JSON: the original of a report whose file is too large to be kept with each."""
    return msgspec.json.encode(dict(zip(names_of(names), map(_plain, row), strict=False)))


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _plain(cell: Any) -> Any:
    """A cell as JSON has it; days and times of day of a date stay what they are until the record is made."""
    if isinstance(cell, float):
        if cell != cell or cell in (float("inf"), float("-inf")):  # noqa: PLR0124  (not a number)
            return None
        return int(cell) if cell.is_integer() and abs(cell) < 2**53 else cell
    if isinstance(cell, str | int | date | datetime | None):
        return cell
    if isinstance(cell, time | timedelta | Decimal | bytes):
        return str(cell)
    try:
        return msgspec.to_builtins(cell, enc_hook=str)
    except (TypeError, ValueError, RecursionError):
        return str(cell)

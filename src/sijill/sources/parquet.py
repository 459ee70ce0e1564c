"""Parquet → Documents: one report a row, read in small batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.extra import package
from sijill.sources.record import Defaults
from sijill.sources.rejected import Rejected
from sijill.sources.rows import MAX_COLUMNS, Plan, row_bytes
from sijill.sources.stream import MAX_BYTES, Opened

__all__ = ["looks_like_parquet", "opened_parquet", "read_parquet"]

_ROWS = 256
_MAX_CHUNK = 2 * 1024 * 1024 * 1024


def looks_like_parquet(head: bytes) -> bool:
    """Whether a file that begins with `head` is Parquet."""
    return head.startswith(b"PAR1")


def read_parquet(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The report of each row. Raises InputError where it is broken, or where no column holds the text."""
    arrow = package("pyarrow", "tables")
    opened.what, opened.media = "Parquet", "application/vnd.apache.parquet"
    stream = opened.seekable()
    kept_whole = bool(opened.original.content)
    number = 0
    broken = (arrow.ArrowException, OSError, ValueError, TypeError, OverflowError)
    try:
        file = opened_parquet(stream)
        names = list(file.schema_arrow.names)
        plan = Plan(names, opened, defaults)
        batches = file.iter_batches(batch_size=_ROWS, use_threads=False)
        while (batch := next(batches, None)) is not None:
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                opened.part = f"row {number}"
                if not kept_whole:
                    opened.give(row_bytes(names, row), opened.part)
                yield plan.report(row, f"{opened.name}:{number}", f"{opened.stem}:{number}")
    except broken as error:
        line = " ".join(str(error).split())[:120]
        if not number:
            raise InputError(f"a broken Parquet file: {line}") from error
        yield Rejected(f"{opened.name}:{number + 1}", f"broken Parquet from here on: {line}")
        return
    if not number:
        raise InputError("a table without rows")


def opened_parquet(stream: BinaryIO) -> Any:
    """The file of a seekable stream. Raises InputError for one whose pieces would not fit into memory, and what pyarrow
    raises for a broken one.
    """
    parquet = package("pyarrow.parquet", "tables")
    file = parquet.ParquetFile(stream, thrift_string_size_limit=MAX_BYTES, thrift_container_size_limit=1_000_000)
    _check(file, len(file.schema_arrow.names))
    return file


def _check(file: Any, columns: int) -> None:
    if columns > MAX_COLUMNS:
        raise InputError(f"more than {MAX_COLUMNS:,} columns")
    metadata = file.metadata
    for group in range(metadata.num_row_groups):
        if metadata.row_group(group).total_byte_size > _MAX_CHUNK:
            raise InputError("a row group of more than 2 GB, which is not read", mend="write smaller row groups")

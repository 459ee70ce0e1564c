"""Inputs → shards: the same inputs are always cut the same way, without reading them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from sijill.errors import ConfigError, InputError
from sijill.run.files import fault, found, name_of, opened
from sijill.run.records import Piece, Shard
from sijill.sources.encoding import plain_encoding
from sijill.sources.formats import reader_of, suffix_of
from sijill.sources.lines import read_lines
from sijill.sources.parquet import opened_parquet, read_parquet
from sijill.sources.stream import Opened

__all__ = ["SHARD_BYTES", "digest_of", "plan"]

SHARD_BYTES = 8 * 1024 * 1024
_SLICE = 2_000  # files
_ARCHIVES = frozenset({".warc", ".warc.gz", ".wacz"})


def plan(inputs: Iterable[str], *, shard_bytes: int = SHARD_BYTES) -> tuple[Shard, ...]:
    """The shards of files, folders (with all below them) and fsspec addresses, in the order of the inputs.

    JSON lines are cut by bytes (a line belongs where its first byte lies), Parquet by row groups; each web archive and
    each other large file is a shard, small files are taken together. A file that comes twice is taken once. Raises
    InputError for an input that is not there, ConfigError for standard input.
    """
    if shard_bytes < 1:
        raise ConfigError("a shard has at least 1 byte")
    pieces = _pieces(inputs, shard_bytes)
    return tuple(Shard(n, shard) for n, shard in enumerate(_gathered(pieces, shard_bytes)))


def digest_of(shards: Iterable[Shard]) -> str:
    """A hash over the plan."""
    digest = hashlib.sha256()
    for shard in shards:
        digest.update(msgspec.json.encode(shard) + b"\n")
    return digest.hexdigest()


def _pieces(inputs: Iterable[str], shard_bytes: int) -> Iterator[Piece]:
    seen: set[str] = set()
    for address in inputs:
        if address == "-":
            raise ConfigError("bulk work takes files and folders, which it can read again, not standard input")
        for piece in found(address):
            if piece.path in seen:
                continue
            seen.add(piece.path)
            yield from _cut(piece, shard_bytes) if piece.size > shard_bytes else (piece,)


def _cut(whole: Piece, size: int) -> Iterator[Piece]:
    """The parts of a large file; itself, where it cannot be cut."""
    try:
        with Opened(opened(whole.path), whole.path, whole.path) as input_:
            reader = reader_of(input_, suffix_of(name_of(whole.path)))
            if reader is read_lines and plain_encoding(input_.head) in (None, "utf-8", "utf-8-sig"):
                yield from (
                    msgspec.structs.replace(whole, part="bytes", start=start, end=min(start + size, whole.size))
                    for start in range(0, whole.size, size)
                )
                return
            if reader is read_parquet:
                yield from _groups(whole, input_, size)
                return
    except InputError:
        pass  # the shard tells of it, as of every file that cannot be read
    except OSError as error:
        raise InputError(fault(error), where=whole.path) from error
    yield whole


def _groups(whole: Piece, input_: Opened, size: int) -> Iterator[Piece]:
    """Row groups that follow each other, as many as make a shard."""
    try:
        metadata = opened_parquet(input_.seekable()).metadata
    except (OSError, ValueError):  # pyarrow's errors are of these kinds
        yield whole
        return
    start, bytes_ = 0, 0
    for group in range(metadata.num_row_groups):
        bytes_ += metadata.row_group(group).total_byte_size
        if bytes_ >= size or group == metadata.num_row_groups - 1:
            yield msgspec.structs.replace(whole, part="groups", start=start, end=group + 1)
            start, bytes_ = group + 1, 0


def _gathered(pieces: Iterable[Piece], size: int) -> Iterator[tuple[Piece, ...]]:
    """Each large piece alone, small ones that follow each other together."""
    small: list[Piece] = []
    bytes_ = 0
    for piece in pieces:
        alone = piece.size > size or suffix_of(name_of(piece.path)) in _ARCHIVES
        if small and (alone or bytes_ + piece.size > size or len(small) == _SLICE):
            yield tuple(small)
            small, bytes_ = [], 0
        if alone:
            yield (piece,)
        else:
            small.append(piece)
            bytes_ += piece.size
    if small:
        yield tuple(small)

"""The records of a WARC file, one at a time, and the page in one: bytes as they were captured, within bounds.

Source: ISO 28500 (WARC 1.1); RFC 9112 (HTTP/1.1 messages, chunks), RFC 1952 (gzip), RFC 7932 (brotli).
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from typing import IO

import msgspec

from sijill.errors import InputError
from sijill.sources.extra import package
from sijill.sources.stream import MAX_BYTES

__all__ = ["Answer", "Record", "answer", "digest_holds", "records"]

GZIP = b"\x1f\x8b"
_MAX_HEAD = 65_536
# What stands between two records is two line ends; films that were captured have some gigabytes. More than this is a
# bomb that would keep its reader busy for hours.
_MAX_EMPTY = 1_000
_MAX_RECORD = 16 * 1024**3
_STEP = 1024 * 1024
_STATUS = re.compile(rb"HTTP/[0-9.]{1,5} +([0-9]{3})\b")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_LENGTH = re.compile("[0-9]{1,18}")
_BROKEN = (OSError, EOFError, zlib.error)


class Record(msgspec.Struct, frozen=True):
    """A record: its head as it stands, its fields by their names in lower case, and its block.

    `block` is None for a record longer than MAX_BYTES; it is shorter than `length` where the file ends too early.
    """

    head: bytes
    fields: dict[str, str]
    length: int
    block: bytes | None

    @property
    def kind(self) -> str:
        """`response`, `warcinfo`, …."""
        return self.fields.get("warc-type", "unknown").lower()

    @property
    def whole(self) -> bytes:
        """The record as it stands: a WARC of one record."""
        return self.head + (self.block or b"") + b"\r\n\r\n"


class Answer(msgspec.Struct, frozen=True):
    """What a server answered: `body` without its packing, or None where that has more than MAX_BYTES."""

    status: int
    media: str
    charset: str | None
    body: bytes | None


def records(stream: IO[bytes], kinds: frozenset[str]) -> Iterator[Record]:
    """The records in order; blocks only of `kinds`. Raises InputError where no record stands where one should."""
    source = io.BufferedReader(stream, _STEP) if isinstance(stream, io.RawIOBase) else stream
    start = source.read(2)
    source = io.BufferedReader(_Joined(start, source), _STEP)
    if start == GZIP:
        source = io.BufferedReader(gzip.GzipFile(fileobj=source), _STEP)
    try:
        while (head := _head(source)) is not None:
            fields = _fields(head)
            said = fields.get("content-length", "")
            if not _LENGTH.fullmatch(said):
                raise InputError("broken web archive from here on: a record without its length")
            length = int(said)
            if length > _MAX_RECORD:
                raise InputError(f"broken web archive from here on: a record of {length // 1024**3:,} GB")
            wanted = fields.get("warc-type", "").lower() in kinds and length <= MAX_BYTES
            block = source.read(length) if wanted else None
            if not wanted:
                _skip(source, length)
            yield Record(head, fields, length, block)
    except _BROKEN as error:
        raise InputError(f"broken web archive from here on: {' '.join(str(error).split())[:100]}") from error


class _Joined(io.RawIOBase):
    """Bytes that were taken off a stream, and the stream."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        block, self._start = self._start[: len(into)], self._start[len(into) :]
        block = block or self._rest.read(len(into))
        into[: len(block)] = block
        return len(block)


def _head(source: IO[bytes]) -> bytes | None:
    """The next record's version and fields with the empty line behind them; None at the end."""
    line = b"\n"
    empty = 0
    while line in (b"\r\n", b"\n") and empty < _MAX_EMPTY:
        line = source.readline(_MAX_HEAD)
        empty += 1
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise InputError("broken web archive from here on: no record where one should be")
    lines = [line]
    size = len(line)
    while line not in (b"\r\n", b"\n"):
        line = source.readline(_MAX_HEAD)
        size += len(line)
        if not line or size > _MAX_HEAD:
            raise InputError("broken web archive from here on: a record's head has no end")
        lines.append(line)
    return b"".join(lines)


def _fields(head: bytes) -> dict[str, str]:
    """The fields of a record or of an HTTP message by their names in lower case; the first line is left out."""
    found: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").splitlines()[1:]:
        if line[:1] in (" ", "\t"):
            if name:
                found[name] += " " + line.strip()
        else:
            name, colon, value = line.partition(":")
            name = name.strip().lower() if colon else ""
            if name:
                found[name] = value.strip()
    return found


def _skip(source: IO[bytes], length: int) -> None:
    while length > 0 and (block := source.read(min(length, _STEP))):
        length -= len(block)


def digest_holds(record: Record) -> bool | None:
    """Whether the block is what the record's digest says; None where there is no digest that we know."""
    method, _, value = record.fields.get("warc-block-digest", "").partition(":")
    if method.lower() not in ("sha1", "sha256", "sha512", "md5") or record.block is None:
        return None
    digest = hashlib.new(method.lower(), record.block, usedforsecurity=False)
    return value.lower() == digest.hexdigest() or value.upper().rstrip("=") == (
        base64.b32encode(digest.digest()).decode().rstrip("=")
    )


def answer(block: bytes) -> Answer:
    """The HTTP answer in a response record's block. Raises InputError where it is none, or cannot be unpacked."""
    status = _STATUS.match(block)
    if status is None:
        raise InputError("no HTTP answer in the record")
    end = min((at + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark)) >= 0), default=len(block))
    fields = _fields(block[: min(end, _MAX_HEAD)])
    body = block[end:]
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    unpacked: bytes | None = body
    for packing in reversed(fields.get("content-encoding", "").lower().split(",")):
        if unpacked is not None:
            unpacked = _unpacked(unpacked, packing.strip())
    media, _, rest = fields.get("content-type", "unknown").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", rest, re.IGNORECASE)
    return Answer(int(status[1]), media.strip().lower(), charset[1] if charset else None, unpacked)


def _unchunked(body: bytes) -> bytes:
    """The chunks put together; the body itself where it has none, as some archives keep it."""
    parts: list[bytes] = []
    at = 0
    while (size := _CHUNK.match(body, at)) is not None:
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(parts) if parts else body


def _unpacked(body: bytes, packing: str) -> bytes | None:
    """The body without one packing, or itself where it is not packed so after all; None past MAX_BYTES."""
    try:
        if packing in ("gzip", "x-gzip") and body.startswith(GZIP):
            return _bounded(zlib.decompressobj(31), body)
        if packing == "deflate":
            return _bounded(zlib.decompressobj(15 if body[:1] == b"\x78" else -15), body)
    except zlib.error as error:
        raise InputError(f"packed by {packing}, and broken: {error}") from error
    if packing == "br":
        return _unbrotlied(body)
    if packing in ("", "identity", "gzip", "x-gzip"):
        return body
    raise InputError(f"packed by '{packing[:20]}', which is not known")


def _bounded(unpacker: zlib._Decompress, body: bytes) -> bytes | None:
    content = unpacker.decompress(body, MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return None
    if not unpacker.eof:
        raise InputError("packed, and cut short")
    return content


def _unbrotlied(body: bytes) -> bytes | None:
    brotli = package("brotli", "web")
    unpacker = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        part = unpacker.process(body, output_buffer_limit=_STEP)
        while part or not unpacker.can_accept_more_data():
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                return None
            part = unpacker.process(b"", output_buffer_limit=_STEP)
    except brotli.error:
        if parts:
            raise InputError("packed by brotli, and broken") from None
        return body
    return b"".join(parts)

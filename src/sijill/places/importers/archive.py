"""A dump as it lies there, packed or not → its members as streams, guarded against what would fill the memory.

A packed file that unpacks to more than RATIO times its size, or past MAX_BYTES, is refused while it is read: nothing
that the file says of itself is believed.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sijill.errors import InputError

__all__ = ["MAX_BYTES", "MAX_LINE", "RATIO", "Member", "lines", "members"]

MAX_BYTES = 8 * 1024**3
RATIO = 150
MAX_LINE = 1_000_000
# Small files may be as regular as they like.
_FREE = 16 * 1024 * 1024
_HEAD = 65_536
# What unpacking raises; RuntimeError for a password or an unknown method, ValueError for odd offsets.
_BROKEN = (EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, OSError, RuntimeError, ValueError, struct.error)
_MEND_PACKED = "fetch it again, or unpack it yourself"


class Member:
    """One file to read: `name` for people, `head` its first bytes, `path` where it lies unpacked (else None)."""

    def __init__(self, name: str, stream: IO[bytes], path: Path | None) -> None:
        self.name, self.path = name, path
        self._stream = stream
        self.head = self._read(_HEAD)
        self._given = False

    def whole(self) -> bytes:
        """All its bytes. Raises InputError where they cannot be unpacked."""
        pieces = [self.head]
        while piece := self._read(1 << 20):
            pieces.append(piece)
        return b"".join(pieces)

    def pieces(self) -> Iterator[bytes]:
        """Its bytes in pieces, the head first."""
        yield self.head
        while piece := self._read(1 << 20):
            yield piece

    def _read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except InputError:
            raise
        except _BROKEN as error:
            raise InputError(f"cannot be unpacked: {_plain(error)}", where=self.name, mend=_MEND_PACKED) from error


class _Guarded(io.RawIOBase):
    """What comes out of a packed stream, counted against what went in."""

    def __init__(self, stream: IO[bytes], taken: Callable[[], int], name: str) -> None:
        self._stream, self._taken, self._name = stream, taken, name
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self._given += len(piece)
        if self._given > MAX_BYTES or (self._given > _FREE and self._given > RATIO * max(self._taken(), 1)):
            raise InputError(
                f"unpacks to more than {RATIO} times its size", where=self._name, mend="no dump does; leave it out"
            )
        return len(piece)


@contextmanager
def members(path: Path) -> Iterator[Iterator[Member]]:
    """The files in `path`: itself, what xz, gzip or bzip2 packed, or each member of a zip but its readme.

    An Excel file, though a zip, is one member. Raises InputError where it cannot be opened.
    """
    try:
        raw = path.open("rb")
    except FileNotFoundError:
        raise InputError("no such file", where=str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", where=str(path)) from error
    with raw:
        yield _members(path, raw)


def _members(path: Path, raw: IO[bytes]) -> Iterator[Member]:
    head = raw.read(8)
    raw.seek(0)
    name = str(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _zipped(path, raw)
        return
    for magic, opener in _PACKERS.items():
        if head.startswith(magic):
            yield Member(name, _guarded(opener(raw), raw.tell, name), None)
            return
    yield Member(name, raw, path)


def _zipped(path: Path, raw: IO[bytes]) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(raw)
    except _BROKEN as error:
        raise InputError(f"a broken zip: {_plain(error)}", where=str(path), mend=_MEND_PACKED) from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if any(info.filename == "xl/workbook.xml" for info in infos):
            _check_sheet(path, infos)
            raw.seek(0)
            yield Member(str(path), raw, path)
            return
        for info in sorted(infos, key=lambda info: info.filename):
            name = PurePosixPath(info.filename).name
            if name.lower().startswith(("readme", ".")) or "__MACOSX" in info.filename:
                continue
            where = f"{path}:{_plain(info.filename)}"
            try:
                stream = archive.open(info)
            except _BROKEN as error:
                raise InputError(f"cannot be unpacked: {_plain(error)}", where=where, mend=_MEND_PACKED) from error
            with stream:
                yield Member(where, _guarded(stream, partial(int, info.compress_size), where), None)


def _check_sheet(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """Excel files are read by another package: what they say of their size is judged before."""
    size, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if size > 1024**3 or (size > _FREE and size > RATIO * max(packed, 1)):
        raise InputError(f"unpacks to more than {RATIO} times its size", where=str(path), mend="save it as CSV")


def lines(member: Member) -> Iterator[tuple[int, bytes]]:
    """The lines, numbered from 1, without their ends. A line past MAX_LINE comes cut, never whole."""
    left, number, over = b"", 0, False
    for piece in member.pieces():
        parts = (left + piece).split(b"\n")
        left = parts.pop()
        for part in parts:
            if over:
                over = False
                continue
            number += 1
            yield number, part.removesuffix(b"\r")
        if len(left) > MAX_LINE:
            if not over:
                number += 1
                yield number, left
            left, over = b"", True
    if left and not over:
        yield number + 1, left.removesuffix(b"\r")


def _guarded(stream: Any, taken: Callable[[], int], name: str) -> IO[bytes]:
    return io.BufferedReader(_Guarded(stream, taken, name), 1 << 18)


def _plain(told: object) -> str:
    """An error's words, or a member's name, in one printable line."""
    line = "".join(letter if letter.isprintable() else " " for letter in str(told))
    return " ".join(line.split())[:120] or type(told).__name__


_PACKERS: dict[bytes, Callable[[Any], Any]] = {
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"\x1f\x8b": lambda raw: gzip.GzipFile(fileobj=raw),
    b"BZh": bz2.BZ2File,
}

"""ZIP archives from strangers: opened only where their size, their ratio and their names are those of honest ones.

Nothing is ever unpacked to disk. Python's zipfile reads no more of a member than its declared size and refuses members
that overlap, so that the declared sizes bound what comes out.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from sijill.errors import InputError

__all__ = ["Archive"]

_MB = 1024 * 1024
_MAX_DIRECTORY = 16 * _MB
_MAX_MEMBERS = 20_000
# Past this size a member that was packed by more than this ratio is a bomb; text packs by 5 to 20, sheets by up to 60.
_SUSPECT_SIZE = 16 * _MB
_MAX_RATIO = 200

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """An open archive. Raises InputError where it is broken, or not such as an honest program writes."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            _bounded_directory(stream)
            self._zip = zipfile.ZipFile(stream)
        except _BROKEN as error:
            raise InputError(f"a broken ZIP archive: {_line(error)}") from error
        self._members = {info.filename: info for info in self._zip.infolist()}
        if len(self._members) > _MAX_MEMBERS:
            raise InputError(f"an archive of {len(self._members):,} files, which is not read")

    @property
    def names(self) -> list[str]:
        """The members' names, sorted."""
        return sorted(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """How many bytes member `name` says it has."""
        return self._members[name].file_size

    @contextmanager
    def open(self, name: str, most: int) -> Iterator[IO[bytes]]:
        """Member `name`, to be read. Raises InputError where its name leads out of the archive, where it has more
        than `most` bytes, where it was packed as only bombs are, or where it turns out to be broken.
        """
        info = self._members[name]
        shown = name[:80]
        if not _stays_inside(name):
            raise InputError(f"a name that leads out of the archive: '{shown}'")
        if info.flag_bits & 0x1:
            raise InputError(f"'{shown}' is encrypted", mend="save it without a password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"'{shown}' is packed in a way that no Office file or web archive is")
        if info.file_size > most:
            raise InputError(f"'{shown}' unpacks to {info.file_size // _MB:,} MB; at most {most // _MB:,} are read")
        if info.file_size > _SUSPECT_SIZE and info.file_size > _MAX_RATIO * max(info.compress_size, 1):
            raise InputError(f"'{shown}' unpacks to {info.file_size // max(info.compress_size, 1):,} times its size")
        try:
            stream = self._zip.open(info)
        except (*_BROKEN, OSError) as error:
            raise InputError(f"'{shown}' is broken: {_line(error)}") from error
        try:
            with stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise InputError(f"'{shown}' is broken: {_line(error)}") from error


def _stays_inside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return bool(name) and parts[0] != "" and ".." not in parts and ":" not in parts[0] and "\0" not in name


def _bounded_directory(stream: BinaryIO) -> None:
    """Raises where the list of members alone would fill the memory: it is read at once."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - 66_000))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    large = tail.rfind(b"PK\x06\x06")
    if size == 0xFFFFFFFF and large >= 0:
        size = int.from_bytes(tail[large + 40 : large + 48], "little")
    if size > _MAX_DIRECTORY:
        raise InputError(f"a list of members of {size // _MB:,} MB, which is not read")


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__

"""Inputs behind an address such as `s3://bucket/folder`, through fsspec.

What is not there is told apart from what cannot be reached now: the first is a rejection, the second is tried again.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from sijill.errors import InputError, RunError
from sijill.run.records import Piece, at_most
from sijill.sources.extra import package
from sijill.sources.formats import SUFFIXES, suffix_of

__all__ = ["UnreachableError", "is_address", "listed", "opened_remote"]

_BUFFER = 1024 * 1024
# What changes when a file does, by what storages call it.
_STAMPS = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "last_modified", "created")


class UnreachableError(RunError):
    """A storage that does not give what it has: of the network, mostly, and worth another try."""


def is_address(path: str) -> bool:
    """Whether the path is an address and not a file of this machine."""
    return "://" in path


def listed(address: str) -> Iterator[Piece]:
    """The files behind an address in the order of their names: itself, or what is below it.

    Raises InputError where there is none, UnreachableError where the storage cannot be asked.
    """
    fsspec = package("fsspec", "bulk")
    with _reached(address):
        system, path = fsspec.core.url_to_fs(address)
        if system.isdir(path):
            entries: dict[str, Any] = system.find(path, detail=True)
            wanted = {name: entry for name, entry in entries.items() if _is_input(name.removeprefix(path))}
        else:
            wanted = {path: system.info(path)}
        pieces = [_piece(system.unstrip_protocol(name), wanted[name]) for name in sorted(wanted)]
    if not pieces:
        raise InputError("a folder without inputs", where=address)
    yield from pieces


def opened_remote(address: str) -> BinaryIO:
    """The bytes behind an address, to be read in any order. Raises what `listed` does, also when it is read."""
    fsspec = package("fsspec", "bulk")
    with _reached(address):
        stream = fsspec.open(address, "rb").open()
    return cast("BinaryIO", io.BufferedReader(_Remote(stream, address), _BUFFER))


class _Remote(io.RawIOBase):
    """A stream whose failures say where they come from."""

    def __init__(self, stream: BinaryIO, address: str) -> None:
        self._stream, self._address = stream, address

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(cast("bytearray", buffer)).cast("B")
        with _reached(self._address):
            block = self._stream.read(len(into))
        into[: len(block)] = block
        return len(block)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with _reached(self._address):
            return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


@contextmanager
def _reached(address: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("no such file or folder", where=address) from error
    except (PermissionError, ValueError, ImportError) as error:
        raise InputError(f"cannot be opened: {at_most(str(error))}", where=address) from error
    except RunError:
        raise
    except Exception as error:
        said = at_most(str(error)) or type(error).__name__
        raise UnreachableError(f"{address}: cannot be reached: {said}") from error


def _is_input(name: str) -> bool:
    hidden = any(part.startswith(".") for part in name.split("/"))
    return not hidden and suffix_of(name.rpartition("/")[2]) in SUFFIXES


def _piece(address: str, entry: dict[str, Any]) -> Piece:
    stamp = next((str(entry[field]) for field in _STAMPS if entry.get(field)), "")
    return Piece(address, int(entry.get("size") or 0), stamp)

"""Inputs as files: local paths and, through fsspec, addresses such as `s3://bucket/folder`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sijill.errors import InputError
from sijill.run.records import Piece
from sijill.run.remote import is_address, listed, opened_remote
from sijill.sources import Rejected
from sijill.sources.inputs import files_below

__all__ = ["fault", "found", "is_same", "name_of", "opened"]


def found(address: str) -> Iterator[Piece]:
    """The files of one input in the order of their names, whole; those that are not followed with their problem.

    Raises InputError where there is nothing at `address`, UnreachableError where a storage cannot be asked.
    """
    if is_address(address):
        yield from listed(address)
        return
    path = Path(address)
    try:
        if not path.is_dir():
            yield _local(path)
            return
        empty = True
        for entry in files_below(path):
            empty = False
            if isinstance(entry, Rejected):
                yield Piece(entry.where, problem=f"{entry.what} ({entry.mend})")
            else:
                yield _below(entry)
    except FileNotFoundError as error:
        raise InputError("no such file or folder", where=address) from error
    except (OSError, ValueError) as error:
        raise InputError(fault(error), where=address) from error
    if empty:
        raise InputError("a folder without inputs", where=address)


def opened(path: str) -> BinaryIO:
    """The bytes of a file, which can be read in any order. Raises OSError, and as `found` does."""
    return opened_remote(path) if is_address(path) else Path(path).open("rb")


def is_same(piece: Piece) -> bool:
    """Whether the file is the one that was planned, as far as its size and its stamp tell."""
    if piece.problem:
        return True
    try:
        now = next(found(piece.path), None)
    except InputError:
        return False
    return now is not None and (now.size, now.stamp) == (piece.size, piece.stamp)


def name_of(path: str) -> str:
    """The file's own name."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def fault(error: Exception) -> str:
    """What went wrong, in a few words."""
    return str(getattr(error, "strerror", None) or error) or type(error).__name__


def _below(path: Path) -> Piece:
    """A file of a folder: one that cannot be looked at, as a link to nothing, costs itself only."""
    try:
        return _local(path)
    except FileNotFoundError:
        return Piece(str(path), problem="no such file")
    except OSError as error:
        return Piece(str(path), problem=f"cannot be opened: {fault(error)}")


def _local(path: Path) -> Piece:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "replace").decode()
        return Piece(shown, problem="a name that is not UTF-8 (rename it)")
    state = path.stat()
    return Piece(str(path), state.st_size, str(state.st_mtime_ns))

"""Inputs as files: local paths and, through fsspec, addresses such as `s3://bucket/folder`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from sijill.errors import InputError
from sijill.run.records import Piece
from sijill.sources import Rejected
from sijill.sources.extra import package
from sijill.sources.formats import SUFFIXES, suffix_of
from sijill.sources.inputs import files_below

__all__ = ["fault", "found", "is_same", "name_of", "opened"]


def found(address: str) -> Iterator[Piece]:
    """The files of one input in the order of their names, whole; those that are not followed with their problem.

    Raises InputError where there is nothing at `address`, or no way to it.
    """
    if "://" in address:
        yield from _remote(address)
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
                yield _local(entry)
    except FileNotFoundError as error:
        raise InputError("no such file or folder", where=address) from error
    except (OSError, ValueError) as error:
        raise InputError(fault(error), where=address) from error
    if empty:
        raise InputError("a folder without inputs", where=address)


def opened(path: str) -> BinaryIO:
    """The bytes of a file, which can be read in any order. Raises OSError."""
    if "://" not in path:
        return Path(path).open("rb")
    return cast("BinaryIO", package("fsspec", "bulk").open(path, "rb").open())


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


def _local(path: Path) -> Piece:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "replace").decode()
        return Piece(shown, problem="a name that is not UTF-8 (rename it)")
    state = path.stat()
    return Piece(str(path), state.st_size, str(state.st_mtime_ns))


def _remote(address: str) -> Iterator[Piece]:
    fsspec = package("fsspec", "bulk")
    try:
        system, path = fsspec.core.url_to_fs(address)
        if system.isdir(path):
            entries: dict[str, Any] = system.find(path, detail=True)
            wanted = {name: entry for name, entry in entries.items() if _is_input(name.removeprefix(path))}
        else:
            wanted = {path: system.info(path)}
        for name in sorted(wanted):
            yield Piece(system.unstrip_protocol(name), int(wanted[name].get("size") or 0), _stamp(wanted[name]))
    except FileNotFoundError as error:
        raise InputError("no such file or folder", where=address) from error
    except (OSError, ValueError, ImportError) as error:
        raise InputError(f"cannot be opened: {fault(error)}", where=address) from error
    except Exception as error:
        raise InputError(f"cannot be opened: {fault(error)}", where=address) from error
    if not wanted:
        raise InputError("a folder without inputs", where=address)


def _is_input(name: str) -> bool:
    hidden = any(part.startswith(".") for part in name.split("/"))
    return not hidden and suffix_of(name_of(name)) in SUFFIXES


def _stamp(entry: dict[str, Any]) -> str:
    """What changes when the file does, as far as the storage tells."""
    for field in ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "last_modified", "created"):
        if entry.get(field):
            return str(entry[field])
    return ""

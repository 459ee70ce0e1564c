"""A folder that is whole or not there: written under another name, synced, renamed at the end."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import msgspec

from sijill.errors import ConfigError

if os.name == "posix":
    import fcntl

__all__ = ["File", "Folder", "as_json", "hash_of", "new_folder"]

_BLOCK = 1 << 20


class File(msgspec.Struct, frozen=True):
    """A written file: its name in the folder, its size and its SHA-256 (`sha256:…`)."""

    path: str
    bytes: int
    sha256: str


class Folder:
    """The folder while it is written. Its files are closed and synced before it gets its name."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.path = path
        self._stack = stack
        self._names: list[str] = []

    def text(self, name: str) -> IO[str]:
        """A new file for text (UTF-8, newlines as written)."""
        return self._stack.enter_context((self._new(name)).open("x", encoding="utf-8", newline=""))

    def binary(self, name: str) -> IO[bytes]:
        """A new file for bytes, which may be read and sought in."""
        return self._stack.enter_context((self._new(name)).open("x+b"))

    def write(self, name: str, content: bytes) -> File:
        """A whole file at once."""
        with self._new(name).open("xb") as stream:
            stream.write(content)
        return self.file(name)

    def close(self) -> None:
        """All open files closed, so that their bytes can be read."""
        self._stack.close()

    def file(self, name: str) -> File:
        """Size and hash of a file as it stands on the disk."""
        size, digest = hash_of(self.path / name)
        return File(name, size, digest)

    @property
    def names(self) -> tuple[str, ...]:
        """The files so far, in the order in which they were begun."""
        return tuple(self._names)

    def _new(self, name: str) -> Path:
        self._names.append(name)
        return self.path / name


@contextmanager
def new_folder(target: Path) -> Iterator[Folder]:
    """A folder that becomes `target` when the block ends well, and is gone when it does not.

    What a killed run has left beside it under the temporary name is removed first. Raises ConfigError where `target` is
    there already or cannot be made.
    """
    if target.exists() or target.is_symlink():
        raise ConfigError(f"'{target}' is there already; an export makes a new folder")
    if not target.parent.is_dir():
        raise ConfigError(f"cannot make '{target}': no such folder '{target.parent}'")
    prefix = f".{target.name[:40]}."  # a name has at most 255 bytes, and a character up to four
    _sweep(target.parent, prefix)
    temporary = target.parent / f"{prefix}{secrets.token_hex(6)}.part"
    try:
        temporary.mkdir()
    except OSError as error:
        raise ConfigError(f"cannot make '{target}': {error.strerror}") from error
    lock = _hold(temporary)
    try:
        with ExitStack() as stack:
            yield Folder(temporary, stack)
        for path in sorted(temporary.iterdir()):
            _sync(path)
        _sync(temporary)
        try:
            temporary.rename(target)
        except OSError as error:
            raise ConfigError(f"cannot make '{target}': {error.strerror}") from error
        _sync(target.parent)
    finally:
        if temporary.exists():
            shutil.rmtree(temporary)
        if lock is not None:
            os.close(lock)


def _sweep(parent: Path, prefix: str) -> None:
    """Removes what killed runs have left: temporary folders that no process holds."""
    for path in parent.iterdir():
        if path.name.startswith(prefix) and path.name.endswith(".part") and path.is_dir() and not path.is_symlink():
            lock = _hold(path)
            if lock is not None:
                shutil.rmtree(path, ignore_errors=True)
                os.close(lock)


def _hold(path: Path) -> int | None:
    """A lock on a folder, which ends with the process; None where another holds it or locks are not to be had."""
    if os.name != "posix":
        return None
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _sync(path: Path) -> None:
    # Folders cannot be opened on every system; there the rename itself must do.
    with suppress(PermissionError, IsADirectoryError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def hash_of(path: Path) -> tuple[int, str]:
    """Size and SHA-256 (`sha256:…`) of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return size, f"sha256:{digest.hexdigest()}"


def as_json(value: Any) -> bytes:
    """Readable JSON (UTF-8) with a newline at its end; the same value gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"

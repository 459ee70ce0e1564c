"""SQLite under a case file: one file, a write-ahead log, one writer at a time."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import QueuePool

from sijill.errors import StoreError

__all__ = ["APPLICATION", "HURRYING", "WRITING", "begin", "check", "engine", "new_file"]

# Written into the head of the file (SQLite's application_id): "SCas".
APPLICATION = 0x53436173
# Marks a connection whose transactions write: they take the lock at once, not when it may be too late.
WRITING = {"sijill_writes": True}
# Its transactions need not be on the disk when they are done: a later one sees to that.
HURRYING = {**WRITING, "sijill_hurries": True}
_MAGIC = b"SQLite format 3\x00"


def engine(path: Path, wait_s: float, *, write: bool = True) -> Engine:
    """An engine on the file, which must be there."""
    mode = "rw" if write else _reading_mode(path)

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}",
            uri=True,
            timeout=wait_s,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        # Room for all the pages that new reports go into: measured, a tenth less work than with a quarter of it.
        connection.execute(f"PRAGMA cache_size = -{128 * 1024 if write else 32 * 1024}")
        if not write:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA wal_autocheckpoint = 8000")
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=QueuePool)


def begin(connection: Connection) -> None:
    """Begins a transaction: one that writes by taking the lock, which waits for the other writer."""
    options = connection.get_execution_options()
    if not options.get("sijill_writes"):
        connection.exec_driver_sql("BEGIN")
        return
    # The log is synced with each transaction, but for reports of a batch, which are synced when it ends: a machine that
    # loses its power can lose the last of them, never half of one, and no decision.
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA synchronous = {'NORMAL' if options.get('sijill_hurries') else 'FULL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A name beside `path` for an empty database, which gets `path` as its name at the end, or is taken away.

    Raises StoreError where there is a file at `path`, or none can be.
    """
    if path.exists() or path.is_symlink():
        raise StoreError(f"{path}: there is something already; a case is not written over")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: no such folder")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise StoreError(f"{path}: cannot be made: {error.strerror}") from error
    os.close(handle)
    temporary = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(temporary)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        yield temporary
        temporary.rename(path)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be made: {error}") from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(name + end).unlink(missing_ok=True)


def check(path: Path, *, write: bool) -> None:
    """Nothing where `path` is a case's file that can be used so. Raises StoreError where it is not."""
    try:
        with path.open("rb") as stream:
            start = stream.read(100)
    except FileNotFoundError:
        raise StoreError(f"{path}: no such file (make a case with 'sijill case init')") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror}") from error
    if not start.startswith(_MAGIC) or int.from_bytes(start[68:72], "big") != APPLICATION:
        raise StoreError(f"{path}: this is no case file")
    if write and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise StoreError(f"{path}: cannot be written: the file or its folder is read-only")


def _reading_mode(path: Path) -> str:
    """As for writing where that can be, so that the log beside the file goes again; else as a file that is still."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "rw"
    log = Path(f"{path}-wal")
    return "ro" if log.exists() and log.stat().st_size else "ro&immutable=1"

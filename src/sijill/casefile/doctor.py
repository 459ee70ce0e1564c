"""What a person who looks after a case should know, and what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, select, text

from sijill.casefile.database import Database
from sijill.casefile.schema import APPEND_ONLY, METADATA, batch, reading
from sijill.casefile.search import stale as outdated
from sijill.casefile.settling import waiting

__all__ = ["Finding", "examine"]

_LOG_LARGE = 256 * 1024 * 1024
_FREE_LOW = 512 * 1024 * 1024


class Finding(msgspec.Struct, frozen=True):
    """One line: whether it is well, what was looked at, what was found, and what to do if it is not well."""

    well: bool
    what: str
    found: str
    mend: str = ""


def examine(database: Database, sijill: str, data: str) -> Iterator[Finding]:
    """Every finding. `sijill` and `data` are the versions that would read now."""
    with database.reading() as connection:
        yield from _server(connection)
        yield from _guards(connection)
        yield from _work(connection, sijill, data)
    if database.kind == "sqlite":
        yield from _disk(Path(database.name))


def _server(connection: Connection) -> Iterator[Finding]:
    dialect = connection.dialect
    version = ".".join(str(part) for part in dialect.server_version_info or ())
    yield Finding(True, "database", f"{dialect.name} {version}")
    if dialect.name == "sqlite":
        mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
        yield Finding(mode == "wal", "log", mode, "" if mode == "wal" else "run: PRAGMA journal_mode = WAL")
    else:
        sync = str(connection.scalar(text("SHOW fsync")))
        yield Finding(sync == "on", "fsync", sync, "" if sync == "on" else "a crash of the server can lose the case")
        encoding = str(connection.scalar(text("SHOW server_encoding")))
        yield Finding(encoding == "UTF8", "encoding", encoding, "" if encoding == "UTF8" else "use a UTF8 database")


def _guards(connection: Connection) -> Iterator[Finding]:
    """Whether the triggers are there that keep rows from being changed."""
    if connection.dialect.name == "sqlite":
        query = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%takes new rows only%'"
    else:
        query = (
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE '%append_only%' AND t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)"
        )
    names = list(connection.scalars(text(query)))
    open_ = [table for table in APPEND_ONLY if names.count(table) < 2]
    found = "every table that only grows is guarded" if not open_ else f"not guarded: {', '.join(open_)}"
    yield Finding(not open_, "guards", found, "restore a backup: somebody took triggers away" if open_ else "")


def _work(connection: Connection, sijill: str, data: str) -> Iterator[Finding]:
    rows = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in METADATA.sorted_tables}
    told = ", ".join(f"{rows[name]:,} {name}s" for name in ("document", "reading", "claim", "decision"))
    yield Finding(True, "rows", told)
    query = select(batch.c.n).where(batch.c.finished.is_(None)).order_by(batch.c.n)
    broken = [str(n) for n in connection.scalars(query)]
    found = "every batch was finished" if not broken else f"running or stopped: {', '.join(broken[:10])}"
    yield Finding(not broken, "batches", found, "run 'sijill case add' again with the same inputs" if broken else "")
    newest = select(func.max(reading.c.n)).group_by(reading.c.document)
    older = (reading.c.sijill != sijill) | (reading.c.data != data)
    stale = connection.scalar(select(func.count()).select_from(reading).where(reading.c.n.in_(newest), older)) or 0
    found = "all by this version" if not stale else f"{stale:,} documents were read by another version, or with options"
    yield Finding(not stale, "readings", found, "run 'sijill case reread'" if stale else "")
    old = outdated(connection)
    found = "all words cut by this version" if not old else f"{old:,} documents are indexed by another version"
    yield Finding(not old, "search", found, "run 'sijill case reindex'" if old else "")
    waits = waiting(connection)
    if waits:
        yield Finding(True, "waiting", f"the rows of {waits:,} reports are made when claims are next asked for")


def _disk(path: Path) -> Iterator[Finding]:
    log = Path(f"{path}-wal")
    size = log.stat().st_size if log.exists() else 0
    well = size < _LOG_LARGE
    yield Finding(well, "log file", f"{size:,} bytes", "" if well else "close the programs that have the case open")
    free = shutil.disk_usage(path.absolute().parent).free
    well = free > max(_FREE_LOW, path.stat().st_size // 4)
    yield Finding(well, "disk", f"{free:,} bytes free", "" if well else "make room before more is added")

"""Is everything as the chain says it was? Each check gives what is not: which row, bytes or entry, and how.

The chain is walked first, and each row that an entry tells of is hashed again; then come the rows that no entry knows,
the bytes under their hashes, and what was made from them, which is made again and compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import SQLAlchemyError

from sijill.casefile import audit, custody, schema
from sijill.casefile.canonical import canonical, digest, sha256_of
from sijill.casefile.database import Database
from sijill.casefile.derived import derived
from sijill.casefile.failures import reason
from sijill.casefile.problems import Problem
from sijill.casefile.queries import cells
from sijill.casefile.records import DocumentRow, Reading
from sijill.casefile.schema import about, batch, blob, decision, document, reading
from sijill.casefile.search.check import searched
from sijill.casefile.store import lists_digest
from sijill.errors import StoreError

__all__ = ["CHECKS", "Problem", "problems", "verify"]

# What a damaged file may make a check run into; whatever it is, it is a finding.
_FINDINGS = (StoreError, SQLAlchemyError, ValueError, TypeError, LookupError, ArithmeticError, msgspec.MsgspecError)
_LISTED = 100
_DIGITS = 18  # of a key, which has 63 bits
# Actions whose subject is a row.
_OF_ROWS = ("add", "begin", "end", "reread", "decide", "undo")


def verify(database: Database, *, expect: str | None = None) -> Iterator[Problem]:
    """Every problem there is. `expect` is the hash of an entry that must be in the chain.

    Raises StoreError where nothing can be said at all.
    """
    told = False
    try:
        with database.reading() as connection:
            for problem in problems(connection, expect):
                told = True
                yield problem
    except StoreError as error:
        # A file that is damaged may not even let go: what was found of it stands all the same.
        if not told:
            raise
        yield Problem("file", "the whole", str(error))


def problems(connection: Connection, expect: str | None = None) -> Iterator[Problem]:
    """The same, as `connection` sees the case."""
    for check in CHECKS:
        try:
            yield from check(connection)
        except _FINDINGS as error:
            yield Problem("file", check.__name__, f"cannot be read: {reason(error, 0)[:200]}")
    if expect is not None:
        found = connection.scalar(select(schema.audit.c.seq).where(schema.audit.c.hash == expect))
        if found is None:
            yield Problem("chain", expect, "no entry has this hash: the chain is shorter, or another one")


def pages(connection: Connection) -> Iterator[Problem]:
    """What SQLite finds wrong in the file's own structure."""
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield Problem("file", "structure", str(row[0])[:200])


def chain(connection: Connection) -> Iterator[Problem]:
    """Entries that were changed or are missing, and rows that are not as their entry says."""
    seen: dict[str, set[int]] = defaultdict(set)
    last = 0
    for entry, broken in audit.breaks(audit.entries(connection)):
        last = entry.seq
        if broken:
            yield Problem("chain", f"entry {entry.seq}", broken)
        try:
            payload = msgspec.json.decode(entry.payload)
            yield from _entry(connection, entry, payload, seen)
        except _FINDINGS as error:
            yield Problem("chain", f"entry {entry.seq}", f"cannot be followed: {reason(error, 0)[:200]}")
    if last == 0:
        yield Problem("chain", "all entries", "missing")
    for table in (document, reading, decision, batch):
        strange = [n for n in connection.scalars(select(table.c.n)) if n not in seen[table.name]]
        for n in strange[:_LISTED]:
            yield Problem("row", f"{table.name} {n}", "no entry of the chain tells of it")
        if len(strange) > _LISTED:
            yield Problem("row", table.name, f"{len(strange) - _LISTED:,} more that no entry tells of")


def _entry(
    connection: Connection, entry: audit.Entry, payload: dict[str, Any], seen: dict[str, set[int]]
) -> Iterator[Problem]:
    """What is not as the entry says."""
    key = _key(entry.subject)
    if key is None:
        if entry.action in _OF_ROWS:
            yield Problem("chain", f"entry {entry.seq}", f"its subject '{entry.subject[:60]}' is no row's")
        return
    told: list[tuple[Table, tuple[str, ...], int, str]] = []
    if entry.action == "add":
        told.append((document, DocumentRow.__struct_fields__, key, payload["document"]["digest"]))
    if entry.action in ("add", "reread"):
        told.append((reading, Reading.__struct_fields__, payload["reading"]["n"], payload["reading"]["digest"]))
    carried = payload.get("carried", []) if entry.action == "reread" else []
    decided = [payload] if entry.action in ("decide", "undo") else carried
    told += [(decision, tuple(decision.c.keys()), item["decision"], item["digest"]) for item in decided]
    for table, columns, n, expected in told:
        seen[table.name].add(n)
        row = connection.execute(select(*(table.c[name] for name in columns)).where(table.c.n == n)).first()
        if row is None:
            yield Problem("row", f"{table.name} {n}", f"missing; entry {entry.seq} tells of it")
        elif digest(cells(row)) != expected:
            yield Problem("row", f"{table.name} {n}", f"changed since entry {entry.seq}")
    if entry.action in ("begin", "end"):
        seen["batch"].add(key)
        yield from _batch(connection, entry, payload, key)
    if entry.action == "init":
        facts = {str(key): str(value) for key, value in connection.execute(select(about.c.key, about.c.value))}
        if facts != payload:
            yield Problem("row", "about", f"changed since entry {entry.seq}")


def _key(subject: str) -> int | None:
    """The key of the row that a subject names (`document:5`), 0 for the case itself; None where it names no row."""
    _, colon, key = subject.partition(":")
    if not colon:
        return 0
    return int(key) if key.isascii() and key.isdigit() and len(key) <= _DIGITS else None


def _batch(connection: Connection, entry: audit.Entry, payload: dict[str, Any], key: int) -> Iterator[Problem]:
    row = connection.execute(select(batch).where(batch.c.n == key)).first()
    if row is None:
        yield Problem("row", f"batch {key}", f"missing; entry {entry.seq} tells of it")
        return
    if entry.action == "begin":
        found = {"started": row.started, "author": row.author, "options": row.options}
        expected = {"started": entry.time, "author": entry.author, "options": canonical(payload["options"])}
    else:
        names = ("taken", "stored", "duplicate", "rejected")
        found = {"finished": row.finished, "lists": lists_digest(connection, key)}
        found |= {name: getattr(row, name) for name in names}
        expected = {"finished": entry.time, **payload}
        if row.taken != row.stored + row.duplicate + row.rejected:
            yield Problem("row", f"batch {key}", "what was taken is not what was stored, duplicate and rejected")
    for name, value in expected.items():
        if found[name] != value:
            what = "the lists of rejected and duplicate inputs" if name == "lists" else name
            yield Problem("row", f"batch {key}", f"{what} changed since entry {entry.seq}")


def contents(connection: Connection) -> Iterator[Problem]:
    """Bytes that are not those of their hash, and those that a row names and nobody has."""
    for row in connection.execute(select(blob)).yield_per(50):
        content = custody.unpacked(row.packing, row.bytes, _base(connection, row.base) if row.base else None)
        if content is None:
            yield Problem("bytes", row.sha256, "changed: they, or what they are packed with, cannot be unpacked")
        elif sha256_of(content) != row.sha256:
            yield Problem("bytes", row.sha256, "changed: their hash is another")
        elif len(content) != row.size:
            yield Problem("bytes", row.sha256, f"the size is noted as {row.size:,}, not {len(content):,}")
    needed = (("text", document.c.text, document), ("original", document.c.original, document))
    for name, column, table in (*needed, ("report", reading.c.report, reading)):
        query = select(table.c.n, column).where(~select(blob.c.sha256).where(blob.c.sha256 == column).exists())
        for n, sha256 in connection.execute(query.order_by(table.c.n)):
            yield Problem("bytes", sha256, f"missing: the {name} of {table.name} {n}")
    used = select(document.c.text).union(select(document.c.original), select(reading.c.report)).subquery()
    strays = connection.scalar(select(func.count()).where(blob.c.sha256.not_in(select(used.c[0]))))
    if strays:
        yield Problem("bytes", "blob", f"{strays:,} that no document or reading names")


def _base(connection: Connection, sha256: str) -> bytes | None:
    """The bytes that others are packed with, as they are."""
    row = connection.execute(select(blob.c.packing, blob.c.bytes).where(blob.c.sha256 == sha256)).first()
    return None if row is None else custody.unpacked(row.packing, row.bytes)


Check = Callable[[Connection], Iterable[Problem]]

# In this order. A room that keeps tables of its own in the case adds the check of them here.
CHECKS: tuple[Check, ...] = (pages, chain, contents, derived, searched)

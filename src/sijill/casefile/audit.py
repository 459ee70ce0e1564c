"""The chain: who did what when, each entry hashed together with the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from sijill.casefile.canonical import canonical, digest
from sijill.casefile.inserting import insert_cells, rows_of
from sijill.casefile.schema import audit

__all__ = ["GENESIS", "Entry", "append", "breaks", "entries", "head"]

# What the first entry names as the one before it.
GENESIS = "sha256:" + "0" * 64
_LAST = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"


class Entry(msgspec.Struct, frozen=True):
    """One entry. `subject` is what was done to (`document:5`), `payload` canonical JSON that tells the rest."""

    seq: int
    time: str
    author: str
    action: str
    subject: str
    payload: str
    previous: str
    hash: str

    def expected_hash(self) -> str:
        """The hash that the entry must have."""
        return digest(
            [self.seq, self.time, self.author, self.action, self.subject, digest(self.payload), self.previous]
        )


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last entry."""
    for seq, hash_ in rows_of(connection, _LAST):
        return seq, hash_
    return 0, GENESIS


def append(
    connection: Connection,
    time: str,
    author: str,
    action: str,
    subject: str,
    payload: Any,
    *,
    last: tuple[int, str] | None = None,
) -> Entry:
    """The new last entry. Only within a transaction that writes: two writers must not see the same last entry.

    `last` is the `head` as it is now, where that is known already.
    """
    seq, previous = last or head(connection)
    blank = Entry(seq + 1, time, author, action, subject, canonical(payload), previous, "")
    entry = msgspec.structs.replace(blank, hash=blank.expected_hash())
    insert_cells(connection, audit, [msgspec.structs.astuple(entry)])
    return entry


def entries(connection: Connection, after: int = 0) -> Iterator[Entry]:
    """The entries behind number `after`, oldest first."""
    for row in connection.execute(select(audit).where(audit.c.seq > after).order_by(audit.c.seq)).yield_per(1000):
        yield Entry(*row)


def breaks(chain: Iterator[Entry]) -> Iterator[tuple[Entry, str]]:
    """Each entry of a whole chain with what is wrong with it: empty where nothing is."""
    expected, previous = 1, GENESIS
    for entry in chain:
        wrong = []
        if entry.seq != expected:
            missing = f"{expected}" if entry.seq == expected + 1 else f"{expected} to {entry.seq - 1}"
            wrong.append(f"entry {missing} missing before it")
        elif entry.previous != previous:
            wrong.append("it does not follow the entry before it")
        if entry.hash != entry.expected_hash():
            wrong.append("it was changed")
        yield entry, "; ".join(wrong)
        expected, previous = entry.seq + 1, entry.hash

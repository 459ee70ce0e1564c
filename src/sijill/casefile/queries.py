"""Reading a case: documents, their readings, claims with what was decided on them, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, case, func, select

from sijill.casefile import custody
from sijill.casefile.records import Decision, DocumentRow, Reading, State, StoredClaim
from sijill.casefile.rows import patched
from sijill.casefile.schema import claim, decision, document, reading
from sijill.errors import StoreError
from sijill.model import Claim, Report

__all__ = [
    "Keys",
    "as_decision",
    "cells",
    "claim_keys",
    "claims_by_key",
    "claims_of",
    "decision_of",
    "decisions_on",
    "document_named",
    "document_row",
    "documents",
    "next_key",
    "next_keys",
    "numbers",
    "overview",
    "readings_of",
    "report_of",
    "text_of",
]

_DOCUMENT = [document.c[name] for name in DocumentRow.__struct_fields__]
_PAGE = 500
# The claims of the last reading have their keys, though their rows may not be there yet.
_LAST = select(reading.c.first_claim + reading.c.claims - 1).order_by(reading.c.n.desc()).limit(1)
_GREATEST = select(
    *(select(func.max(table.c.n)).scalar_subquery().label(table.name) for table in (document, reading, claim)),
    _LAST.scalar_subquery().label("given"),
)


def next_key(connection: Connection, column: Any) -> int:
    """The key after the greatest there is."""
    return int(connection.scalar(select(func.max(column))) or 0) + 1


class Keys(msgspec.Struct, frozen=True):
    """The keys that the next rows get."""

    document: int
    reading: int
    claim: int

    def behind(self, report: Report) -> Keys:
        """The keys after those of a document with that report."""
        return Keys(self.document + 1, self.reading + 1, self.claim + len(report.claims))


def next_keys(connection: Connection) -> Keys:
    """The keys after the greatest there are."""
    row = connection.execute(_GREATEST).one()
    return Keys((row.document or 0) + 1, (row.reading or 0) + 1, max(row.claim or 0, row.given or 0) + 1)


def documents(connection: Connection, *, after: int = 0, limit: int | None = None) -> Iterator[DocumentRow]:
    """The documents behind key `after`, in the order in which they were added."""
    query = select(*_DOCUMENT).where(document.c.n > after).order_by(document.c.n).limit(limit)
    for row in connection.execute(query).yield_per(_PAGE):
        yield DocumentRow(*row)


def overview(connection: Connection, *, after: int, limit: int) -> list[tuple[DocumentRow, int, int]]:
    """Documents behind key `after`, with the number of their claims and of those that people decided on."""
    rows = list(documents(connection, after=after, limit=limit))
    if not rows:
        return []
    decided = func.sum(case((claim.c.state == State.PROPOSED.value, 0), else_=1))
    query = (
        select(claim.c.document, func.count(), decided)
        .where(claim.c.document.between(rows[0].n, rows[-1].n), claim.c.current)
        .group_by(claim.c.document)
    )
    found = {key: (int(claims), int(done)) for key, claims, done in connection.execute(query)}
    return [(row, *found.get(row.n, (0, 0))) for row in rows]


def numbers(connection: Connection) -> dict[str, int]:
    """How many documents, families, readings and decisions there are, and current claims in each state."""
    found = {
        "documents": connection.scalar(select(func.count()).select_from(document)) or 0,
        "families": connection.scalar(select(func.count()).where(document.c.family == document.c.n)) or 0,
        "readings": connection.scalar(select(func.count()).select_from(reading)) or 0,
        "decisions": connection.scalar(select(func.count()).select_from(decision)) or 0,
    }
    states = dict.fromkeys(State, 0)
    query = select(claim.c.state, func.count()).where(claim.c.current).group_by(claim.c.state)
    for state, number in connection.execute(query):
        states[State(state)] = number
    return {**found, "claims": sum(states.values()), **{state.value: number for state, number in states.items()}}


def document_row(connection: Connection, key: int) -> DocumentRow:
    """The document with that key. Raises StoreError where there is none."""
    row = connection.execute(select(*_DOCUMENT).where(document.c.n == key)).first()
    if row is None:
        raise StoreError(f"no document with key {key}")
    return DocumentRow(*row)


def document_named(connection: Connection, name: str) -> DocumentRow:
    """The document with that id. Raises StoreError where there is none."""
    row = connection.execute(select(*_DOCUMENT).where(document.c.id == name)).first()
    if row is None:
        raise StoreError(f"no document '{name}'; 'sijill case list' tells which there are")
    return DocumentRow(*row)


def text_of(connection: Connection, row: DocumentRow) -> str:
    """The text of a document, exactly as it was read."""
    return custody.content_of(connection, row.text).decode("utf-8")


def readings_of(connection: Connection, key: int) -> list[Reading]:
    """The readings of a document, oldest first: the last is the current one."""
    query = select(reading).where(reading.c.document == key).order_by(reading.c.n)
    return [Reading(*row) for row in connection.execute(query)]


def report_of(connection: Connection, of: Reading) -> Report:
    """The record as that reading gave it, byte for byte; what people decided is not in it."""
    return Report.from_json(custody.content_of(connection, of.report))


def claim_keys(connection: Connection, name: str) -> list[int]:
    """The keys of the current claims that `name` means: a key, a claim's id, or `DOCUMENT/ID`. Empty: none."""
    if name.isascii() and name.isdigit() and len(name) < 16:
        return list(connection.scalars(select(claim.c.n).where(claim.c.n == int(name))))
    query = select(claim.c.n).where(claim.c.current).order_by(claim.c.n)
    folder, _, identity = name.rpartition("/")
    query = query.where(claim.c.id == identity)
    if folder:
        query = query.join(document, document.c.n == claim.c.document).where(document.c.id == folder)
    return list(connection.scalars(query))


def claims_by_key(connection: Connection, keys: Sequence[int]) -> list[StoredClaim]:
    """The claims with those keys, in that order. Raises StoreError where one is missing."""
    found: dict[int, Any] = {}
    for at in range(0, len(keys), _PAGE):
        query = _claims().where(claim.c.n.in_(keys[at : at + _PAGE]))
        found.update((row.n, row) for row in connection.execute(query))
    missing = [key for key in keys if key not in found]
    if missing:
        raise StoreError(f"no claim {missing[0]}")
    return list(_stored(connection, [found[key] for key in keys]))


def claims_of(connection: Connection, key: int, *, of_reading: int | None = None) -> list[StoredClaim]:
    """The claims of a document in text order: of its newest reading, or of `of_reading`."""
    which = claim.c.current if of_reading is None else claim.c.reading == of_reading
    query = _claims().where(claim.c.document == key, which).order_by(claim.c.n)
    return list(_stored(connection, connection.execute(query).all()))


def decisions_on(connection: Connection, key: int) -> list[Decision]:
    """The decisions on claims of a document, oldest first."""
    query = select(decision).where(decision.c.document == key).order_by(decision.c.n)
    return [as_decision(row) for row in connection.execute(query)]


def decision_of(connection: Connection, key: int) -> Decision:
    """The decision with that key. Raises StoreError where there is none."""
    row = connection.execute(select(decision).where(decision.c.n == key)).first()
    if row is None:
        raise StoreError(f"no decision {key}")
    return as_decision(row)


def as_decision(row: Row[Any]) -> Decision:
    """The record of a row of table `decision`."""
    named = cells(row)
    for name in ("old_value", "new_value", "selector"):
        named[name] = msgspec.json.decode(named[name])
    return msgspec.convert(named, Decision)


def cells(row: Row[Any]) -> dict[str, Any]:
    """The cells of a row by name."""
    # SQLAlchemy's names of columns are texts of its own kind, which no encoder takes.
    return {str(name): cell for name, cell in row._mapping.items()}  # noqa: SLF001


class _Claims(msgspec.Struct, frozen=True):
    """A report, as far as its claims go."""

    claims: tuple[Claim, ...]


def _claims() -> Select[Any]:
    return (
        select(claim, document.c.id.label("doc"), reading.c.report)
        .join(document, document.c.n == claim.c.document)
        .join(reading, reading.c.n == claim.c.reading)
    )


def _stored(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[StoredClaim]:
    """The claims of rows; each report among them is fetched and decoded once."""
    reports = custody.contents_of(connection, {row.report for row in rows})
    decoded = {name: msgspec.json.decode(content, type=_Claims).claims for name, content in reports.items()}
    for row in rows:
        read = decoded[row.report][row.position]
        patch = msgspec.json.decode(row.patch) if row.patch else {}
        yield StoredClaim(
            n=row.n,
            document=row.document,
            doc=row.doc,
            reading=row.reading,
            position=row.position,
            current=row.current,
            state=State(row.state),
            claim=patched(read, patch),
            as_read=read,
            patch=patch,
        )

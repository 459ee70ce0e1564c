"""Readings: what one version of Sijill and its data made of a document, each beside the older ones.

A person's decision holds for words of the text. When a document is read again, each decision goes over to the claim of
the new reading that stands on the same words (`match`); where there is none it stays open, is listed, and is tried
again at the next reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
from sqlalchemy import Connection, func, select, update

from sijill.casefile import audit, custody
from sijill.casefile.canonical import digest, sha256_of
from sijill.casefile.decisions import Change, Waiting, decision_row, insert_decision, open_decisions, selected_span
from sijill.casefile.inserting import insert_cells
from sijill.casefile.queries import Keys, claims_by_key, next_keys, text_of
from sijill.casefile.records import Decision, DocumentRow, Reading, State, StoredClaim
from sijill.casefile.rows import insert_claims
from sijill.casefile.schema import blob, claim, document, reading
from sijill.casefile.search.index import forget_claims, index_claims
from sijill.model import Claim, Report, Span

__all__ = [
    "By",
    "Reread",
    "insert_claims_of",
    "insert_reading",
    "match",
    "newest",
    "packed_report",
    "read_again",
    "stale",
]


class By(msgspec.Struct, frozen=True):
    """When a reading was made, who had it made, and with what policy."""

    time: str
    author: str
    policy: str


class Reread(msgspec.Struct, frozen=True):
    """What reading a document again did: the new reading, decisions that went over to it, decisions left open."""

    document: str
    reading: Reading
    carried: tuple[Decision, ...]
    unresolved: tuple[Decision, ...]


def newest(connection: Connection, document: int) -> Reading | None:
    """The newest reading of a document."""
    query = select(reading).where(reading.c.document == document).order_by(reading.c.n.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else Reading(*row)


def packed_report(report: Report, base: custody.Base | None) -> custody.Packed:
    """The bytes of `report` as a reading keeps them, packed with those of its text or original."""
    content = report.to_json()
    return custody.pack(content, sha256_of(content), base)


def insert_reading(connection: Connection, keys: Keys, report: Report, sha256: str, by: By) -> Reading:
    """Stores the current reading of the document of `keys`. `report` is kept under `sha256`."""
    made = Reading(
        n=keys.reading,
        document=keys.document,
        time=by.time,
        author=by.author,
        sijill=report.sijill,
        data=report.data,
        policy=by.policy,
        report=sha256,
        first_claim=keys.claim,
        claims=len(report.claims),
    )
    insert_cells(connection, reading, [msgspec.structs.astuple(made)])
    return made


def insert_claims_of(connection: Connection, readings: Iterable[tuple[Reading, Report]]) -> None:
    """Writes the rows of the claims of current readings, proposed, for search as well."""
    stored = [
        (
            StoredClaim(made.first_claim + at, made.document, report.doc, made.n, at, True, State.PROPOSED, item, item),
            report.published,
        )
        for made, report in readings
        for at, item in enumerate(report.claims)
    ]
    insert_claims(connection, (item for item, _ in stored))
    index_claims(connection, stored)


def read_again(connection: Connection, row: DocumentRow, report: Report, by: By) -> Reread:
    """Stores `report` beside the older readings of the document and takes people's decisions over to its claims.

    No document may wait for its rows (`settling`).
    """
    waiting = open_decisions(connection, row.n)
    connection.execute(update(claim).where(claim.c.document == row.n, claim.c.current).values(current=False))
    forget_claims(connection, row.n)
    keys = msgspec.structs.replace(next_keys(connection), document=row.n)
    packed = packed_report(report, _base(connection, row))
    custody.keep(connection, packed)
    made = insert_reading(connection, keys, report, packed.sha256, by)
    insert_claims_of(connection, [(made, report)])
    text = text_of(connection, row)
    carried, unresolved = [], []
    for old, position in match(text, waiting, report.claims):
        if position is None:
            unresolved.append(old.decision)
            continue
        change = Change(
            old.decision.new_state, old.patch, old.decision.author, old.decision.reason, carries=old.decision.n
        )
        [stored] = claims_by_key(connection, [made.first_claim + position])
        carried.append(insert_decision(connection, stored, change, by.time))
    payload = {
        "document": row.id,
        "reading": {"n": made.n, "digest": digest(msgspec.structs.asdict(made)), "claims": made.claims},
        "sijill": made.sijill,
        "data": made.data,
        "carried": [{"decision": item.n, "digest": digest(decision_row(item))} for item in carried],
        "unresolved": [item.n for item in unresolved],
    }
    audit.append(connection, by.time, by.author, "reread", f"document:{row.n}", payload)
    return Reread(row.id, made, tuple(carried), tuple(unresolved))


def _base(connection: Connection, row: DocumentRow) -> custody.Base:
    """What the first report was packed with."""
    text = connection.scalar(select(blob.c.base).where(blob.c.sha256 == row.text)) or row.text
    return custody.Base(text, custody.content_of(connection, text))


def match(text: str, waiting: Sequence[Waiting], claims: Sequence[Claim]) -> list[tuple[Waiting, int | None]]:
    """For each open decision the number of the claim that stands on its words, each claim for one decision at most.

    In this order: the same claim; one of its type whose trigger shares a character; any whose trigger does; one of its
    type in its sentence.
    """
    found: dict[int, int] = {}
    free = dict(enumerate(claims))
    spans = [selected_span(text, item.decision.selector) for item in waiting]
    for fits in _FITS:
        for index, (item, span) in enumerate(zip(waiting, spans, strict=True)):
            if index in found or span is None:
                continue
            position = next((at for at, new in free.items() if fits(item.claim, span, new)), None)
            if position is not None:
                found[index] = position
                del free[position]
    return [(item, found.get(index)) for index, item in enumerate(waiting)]


_FITS: tuple[Callable[[Claim, Span, Claim], bool], ...] = (
    lambda old, _, new: new.id == old.id,
    lambda old, span, new: new.type == old.type and new.trigger.overlaps(span),
    lambda _, span, new: new.trigger.overlaps(span),
    lambda old, span, new: new.type == old.type and new.sentence.overlaps(span),
)


def stale(connection: Connection, sijill: str, data: str) -> list[str]:
    """The ids of documents whose newest reading is by another version, in the order in which they were added."""
    newest_of = select(func.max(reading.c.n)).group_by(reading.c.document)
    query = (
        select(document.c.id)
        .join(reading, reading.c.document == document.c.n)
        .where(reading.c.n.in_(newest_of), (reading.c.sijill != sijill) | (reading.c.data != data))
        .order_by(document.c.n)
    )
    return list(connection.scalars(query))

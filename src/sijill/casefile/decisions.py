"""Decisions: a claim is proposed until a person accepts, edits or rejects it, or is unsure; nothing is ever unsaid.

Each decision is a row and an entry of the chain. Taking one back is a new decision that restores what was before.

Source: W3C Web Annotation Data Model, TextQuoteSelector, for the way in which a decision keeps its claim's words.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from sijill.casefile import audit
from sijill.casefile.canonical import canonical, digest
from sijill.casefile.queries import claims_by_key, decision_of, document_row, next_key, text_of
from sijill.casefile.records import Decision, State, StoredClaim
from sijill.casefile.rows import claim_cells, named, patched, replace_children
from sijill.casefile.schema import claim, decision
from sijill.casefile.search.index import replace_claim
from sijill.errors import StoreError
from sijill.model import Claim, Span

__all__ = [
    "EDITABLE",
    "Change",
    "Waiting",
    "decide",
    "insert_decision",
    "open_decisions",
    "selected_span",
    "undo",
    "unresolved",
]

# What may be edited: not the words that the claim stands on, nor the rules that found it.
EDITABLE = frozenset(
    {
        "agents",
        "context_date",
        "context_places",
        "counts",
        "date",
        "modality",
        "places",
        "sources",
        "targets",
        "type",
    }
)
_AROUND = 32  # characters of prefix and suffix


class Change(msgspec.Struct, frozen=True):
    """What a decision is to do: the new state, new values of fields, who says so and why."""

    new_state: State
    new_value: dict[str, Any]
    author: str
    reason: str
    undoes: int | None = None
    carries: int | None = None


class Waiting(msgspec.Struct, frozen=True):
    """The last decision on a claim of an older reading, the claim as read, and all that was edited in it."""

    decision: Decision
    claim: Claim
    patch: dict[str, Any]


def decide(
    connection: Connection,
    key: int,
    state: State,
    *,
    time: str,
    author: str,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> Decision:
    """Decides on claim `key`. `changes` are new values of fields (as in JSON), for `edited` and only there.

    Raises StoreError for a claim that is not there or not of its document's newest reading, for a field that cannot be
    edited, a value that is none, and a state that no decision can give.
    """
    stored = claims_by_key(connection, [key])[0]
    changes = changes or {}
    _allowed(stored, state, changes, author)
    made = insert_decision(connection, stored, Change(state, changes, author, reason), time)
    _log(connection, made, "decide")
    return made


def undo(connection: Connection, key: int, *, time: str, author: str, reason: str = "") -> Decision:
    """Takes decision `key` back: a new decision that restores what was before it.

    Raises StoreError where there is no such decision, or where a later one stands on the same claim.
    """
    wrong = decision_of(connection, key)
    last = connection.scalar(
        select(decision.c.n).where(decision.c.claim == wrong.claim).order_by(decision.c.n.desc()).limit(1)
    )
    if last != key:
        raise StoreError(f"decision {key} is not the last one on claim {wrong.claim}: undo {last} first")
    stored = claims_by_key(connection, [wrong.claim])[0]
    _allowed(stored, State.UNSURE, {}, author)
    change = Change(wrong.old_state, wrong.old_value, author, reason, undoes=key)
    made = insert_decision(connection, stored, change, time)
    _log(connection, made, "undo")
    return made


def insert_decision(connection: Connection, stored: StoredClaim, change: Change, time: str) -> Decision:
    """Writes a decision, and the claim and its rows as they are after it. The entry of the chain is the caller's."""
    text = text_of(connection, document_row(connection, stored.document))
    patch = {**stored.patch, **change.new_value}
    try:
        after = patched(stored.as_read, patch)
    except (msgspec.ValidationError, ValueError) as error:
        raise StoreError(f"claim {stored.n} cannot be edited so: {error}") from error
    _within(after, len(text), stored.n)
    before = msgspec.to_builtins(stored.claim)
    made = Decision(
        n=next_key(connection, decision.c.n),
        claim=stored.n,
        document=stored.document,
        time=time,
        author=change.author,
        old_state=stored.state,
        new_state=change.new_state,
        old_value={name: before[name] for name in change.new_value},
        new_value=change.new_value,
        reason=change.reason,
        selector=_selector(text, stored.as_read.trigger),
        undoes=change.undoes,
        carries=change.carries,
    )
    connection.execute(insert(decision), decision_row(made))
    now = msgspec.structs.replace(stored, state=change.new_state, claim=after, patch=patch)
    connection.execute(update(claim).where(claim.c.n == stored.n).values(**named(claim, claim_cells(now))))
    replace_claim(connection, now)
    if change.new_value:
        replace_children(connection, stored.n, after)
    return made


def decision_row(made: Decision) -> dict[str, Any]:
    """The row of table `decision`."""
    row = msgspec.structs.asdict(made)
    for name in ("old_value", "new_value", "selector"):
        row[name] = canonical(row[name])
    return {**row, "old_state": made.old_state.value, "new_state": made.new_state.value}


def open_decisions(connection: Connection, document: int) -> list[Waiting]:
    """The last decision on each claim of a document that went over to no later reading, oldest first."""
    rows = connection.execute(select(decision).where(decision.c.document == document).order_by(decision.c.n)).all()
    gone = {row.carries for row in rows}
    last = {row.claim: row.n for row in rows}
    keys = [key for key, n in last.items() if n not in gone]
    if not keys:
        return []
    waiting = (
        Waiting(decision_of(connection, last[item.n]), item.as_read, item.patch)
        for item in claims_by_key(connection, keys)
    )
    left = (item for item in waiting if item.decision.new_state is not State.PROPOSED or item.patch)
    return sorted(left, key=lambda item: item.decision.n)


def unresolved(connection: Connection) -> list[Decision]:
    """The last decisions on claims of older readings that went over to no later reading, in all documents."""
    older = select(decision.c.document).join(claim, claim.c.n == decision.c.claim).where(~claim.c.current).distinct()
    found: list[Decision] = []
    for key in connection.scalars(older.order_by(decision.c.document)).all():
        waiting = open_decisions(connection, key)
        current = set(connection.scalars(select(claim.c.n).where(claim.c.document == key, claim.c.current)))
        found += [item.decision for item in waiting if item.decision.claim not in current]
    return found


def selected_span(text: str, selector: dict[str, Any]) -> Span | None:
    """Where the words of `selector` stand in `text`: at their old place, or else between their old neighbours."""
    exact, start = str(selector["exact"]), int(selector["start"])
    if text.startswith(exact, start):
        return Span(start, start + len(exact))
    prefix, suffix = str(selector["prefix"]), str(selector["suffix"])
    at = text.find(prefix + exact + suffix)
    if at < 0:
        return None
    return Span(at + len(prefix), at + len(prefix) + len(exact))


def _selector(text: str, span: Span) -> dict[str, Any]:
    return {
        "type": "TextQuoteSelector",
        "exact": span.cut(text),
        "prefix": text[max(0, span.start - _AROUND) : span.start],
        "suffix": text[span.end : span.end + _AROUND],
        "start": span.start,
    }


def _allowed(stored: StoredClaim, state: State, changes: dict[str, Any], author: str) -> None:
    if not author.strip():
        raise StoreError("a decision needs an author")
    if not stored.current:
        raise StoreError(f"claim {stored.n} is of an older reading; decide on that of the newest")
    if state is State.PROPOSED:
        raise StoreError("a claim becomes proposed again by undoing the decisions on it")
    if changes.keys() - EDITABLE:
        wrong = ", ".join(sorted(changes.keys() - EDITABLE))
        raise StoreError(f"{wrong} cannot be edited; what can: {', '.join(sorted(EDITABLE))}")
    if bool(changes) != (state is State.EDITED):
        raise StoreError("an edit needs new values" if not changes else f"{state} takes no new values; edit does")


def _within(edited: Claim, length: int, key: int) -> None:
    """Raises StoreError where a field points past the end of the text."""
    dates = [item for item in (edited.date, edited.context_date) if item is not None]
    spans = [item.span for item in edited.counts] + [item.span for item in edited.sources]
    spans += [item.span for item in (*edited.places, *edited.context_places)]
    spans += [item.span for item in (*edited.agents, *edited.targets)]
    spans += [item.span for item in dates]
    if any(span.end > length for span in spans):
        raise StoreError(f"claim {key} cannot be edited so: a span runs past the text's {length} characters")


def _log(connection: Connection, made: Decision, action: str) -> None:
    payload = {
        "decision": made.n,
        "digest": digest(decision_row(made)),
        "claim": made.claim,
        "to": made.new_state.value,
    }
    audit.append(connection, made.time, made.author, action, f"claim:{made.claim}", payload)

"""What a case file gives back: documents, readings, claims with what people decided on them, decisions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from sijill.model import Claim, Document

__all__ = ["Decision", "DocumentRow", "Head", "Outcome", "Reading", "State", "StoredClaim", "Tally"]


class State(StrEnum):
    """How far people have dealt with a claim."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    UNSURE = "unsure"


class Outcome(StrEnum):
    """What became of an input."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class Tally(msgspec.Struct):
    """How many inputs there were and what became of them; `taken` is the sum of the others."""

    stored: int = 0
    duplicate: int = 0
    rejected: int = 0

    @property
    def taken(self) -> int:
        """How many there were."""
        return self.stored + self.duplicate + self.rejected


class Head(msgspec.Struct, frozen=True):
    """What a report says of itself beside its text."""

    published: date | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None


class DocumentRow(msgspec.Struct, frozen=True):
    """A stored report without its text: see the table `document` for the fields."""

    n: int
    id: str
    identity: str
    text: str
    original: str
    origin: str
    part: str
    record: str
    characters: int
    family: int
    likeness: float
    batch: int
    added: str
    author: str

    def document(self, text: str) -> Document:
        """The report itself, under the id that it has in the case. `text` is what the case keeps for it."""
        given = msgspec.json.decode(self.record, type=Document)
        return msgspec.structs.replace(given, id=self.id, text=text)

    @property
    def head(self) -> Head:
        """Day, title, address and outlet as given."""
        return msgspec.json.decode(self.record, type=Head)


class Reading(msgspec.Struct, frozen=True):
    """One reading of a document: see the table `reading`."""

    n: int
    document: int
    time: str
    author: str
    sijill: str
    data: str
    policy: str
    report: str
    first_claim: int
    claims: int


class StoredClaim(msgspec.Struct, frozen=True):
    """A claim in the case. `claim` is what holds now, people's edits in it; `as_read` what the reading gave.

    `n` is the claim's key in the case, `doc` its document's id (`document` its key), `patch` the fields edited.
    """

    n: int
    document: int
    doc: str
    reading: int
    position: int
    current: bool
    state: State
    claim: Claim
    as_read: Claim
    patch: dict[str, Any] = {}


class Decision(msgspec.Struct, frozen=True):
    """What a person decided on a claim: see the table `decision`."""

    n: int
    claim: int
    document: int
    time: str
    author: str
    old_state: State
    new_state: State
    old_value: dict[str, Any]
    new_value: dict[str, Any]
    reason: str
    selector: dict[str, Any]
    undoes: int | None = None
    carries: int | None = None

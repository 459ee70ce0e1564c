"""What bulk work speaks of: settings, limits, pieces of inputs, shards, and what became of each document."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from sijill.model import Report
from sijill.sources import Mapping

__all__ = ["KEYS", "Done", "Limits", "Outcome", "Piece", "Position", "Settings", "Shard", "Stage", "at_most"]

# A document's key is its shard's number times this, plus its place in the shard.
KEYS = 1_000_000_000

Stage = Literal["input", "reading"]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How documents are read. All of it is pinned: another setting is another run.

    `triage` turns documents away that cannot hold a claim. `reader` is the factory of the reader, `module:name`: it is
    called with these settings and gives an `Engine`. Paths are as the machine that reads has them.
    """

    lexicon: str | None = None
    policy: str = "guidelines"
    places: tuple[str, ...] = ()
    triage: bool = True
    published: date | None = None
    outlet: str | None = None
    mapping: Mapping | None = None
    reader: str = "sijill.run.engine:load"


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one document may take: CPU seconds, and MB of memory on top of the loaded reader. Not pinned.

    `wall_s` is how long it may take by the clock, waiting included.
    """

    time_s: int = 60
    memory_mb: int = 2048

    def __post_init__(self) -> None:
        if self.time_s < 1 or self.memory_mb < 1:
            raise ValueError("a limit is at least 1")

    @property
    def wall_s(self) -> float:
        """A machine with more work than cores makes a document wait; one that sleeps for ever is stopped here."""
        return 3.0 * self.time_s + 5.0


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file, or a part of one: bytes `start`..`end` of JSON lines, or row groups `start`..`end` of Parquet.

    `stamp` tells whether the file is still the one that was planned. `problem` is why it is not read.
    """

    path: str
    size: int = 0
    stamp: str = ""
    part: Literal["", "bytes", "groups"] = ""
    start: int = 0
    end: int = 0
    problem: str = ""


class Shard(msgspec.Struct, frozen=True):
    """A piece of work that is done or not done. `n` counts from 0 in its run."""

    n: int
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.n:07}"


class Position(msgspec.Struct, frozen=True, order=True):
    """A place in a shard: the piece, the unit in it (a line, a row, a record, a file), the document in that; from 0."""

    piece: int = 0
    unit: int = 0
    item: int = 0


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one document: read, turned away by triage, or rejected.

    `position` is where it stands in its shard. `report` is the report's JSON as `sijill read` prints it, `record` the
    same as a record where it is at hand; `text` is kept where there are claims. `original` is the hash of the bytes.
    """

    kind: Literal["read", "turned away", "rejected"]
    position: Position
    where: str
    part: str = ""
    doc: str | None = None
    original: str = ""
    report: bytes = b""
    record: Report | None = None
    text: str | None = None
    characters: int = 0
    points: int = 0
    needed: int = 0
    reason: str = ""
    mend: str = ""
    stage: Stage = "reading"


class Done(msgspec.Struct, frozen=True):
    """The marker of a shard: counts, cost, and the hash of each file. `rejected` counts by reason.

    `cpu_s` and `wall_s` are seconds of reading and writing, `peak_mb` the most memory that the process had. `told` are
    lines on what the inputs hold besides reports.
    """

    shard: int
    documents: int
    read: int
    turned_away: int
    rejected: dict[str, int]
    claims: int
    characters: int
    guarded: bool
    cpu_s: float
    wall_s: float
    peak_mb: int
    started: str
    finished: str
    host: str
    files: dict[str, str]
    told: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for time in (self.started, self.finished):
            datetime.fromisoformat(time)  # a ValueError here is a damaged marker to who decodes it

    @property
    def rejects(self) -> int:
        """How many documents were rejected."""
        return sum(self.rejected.values())


def at_most(line: str, length: int = 300) -> str:
    """`line` as one printable line of that length at most."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in line).split())
    return plain if len(plain) <= length else plain[: length - 1] + "…"

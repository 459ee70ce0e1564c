"""What processes of bulk work say to each other: records of msgspec, each behind its length, over the pipes of a child.

From above: `Begin`, then `Work` (a worker) or `From` (a reading child). From below: `Ready`, then what is told of.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any, BinaryIO

import msgspec

from sijill.run.records import Done, Limits, Outcome, Position, Settings, Shard

__all__ = [
    "At", "Beat", "Begin", "End", "Failed", "Finished", "From", "Message", "Ready", "TooMuch", "Work",
    "own_pipes", "receive", "send",
]  # fmt: skip

_LENGTH = 8
_LOOK_S = 1.0
_PATIENCE_S = 5.0


class Begin(msgspec.Struct, frozen=True, tag=True):
    """The first word to a child: what is to be done. `out` is empty for a reading child."""

    out: str
    settings: Settings
    limits: Limits


class Work(msgspec.Struct, frozen=True, tag=True):
    """Do a shard."""

    shard: Shard


class From(msgspec.Struct, frozen=True, tag=True):
    """Read a shard's documents from there on."""

    shard: Shard
    start: Position


class Ready(msgspec.Struct, frozen=True, tag=True):
    """All is loaded."""


class Beat(msgspec.Struct, frozen=True, tag=True):
    """Alive, with so many documents of the shard dealt with."""

    documents: int


class At(msgspec.Struct, frozen=True, tag=True):
    """The next step: what to say if the child does not come back from it, and where to go on then."""

    outcome: Outcome
    behind: Position


class Got(msgspec.Struct, frozen=True, tag=True):
    """What became of a document."""

    outcome: Outcome


class TooMuch(msgspec.Struct, frozen=True, tag=True):
    """The document at hand wanted more memory than it may have."""


class End(msgspec.Struct, frozen=True, tag=True):
    """All documents of the shard are dealt with."""


class Finished(msgspec.Struct, frozen=True, tag=True):
    """A shard is done."""

    marker: Done


class Failed(msgspec.Struct, frozen=True, tag=True):
    """Nothing more can be done, and why."""

    line: str


Message = Begin | Work | From | Ready | Beat | At | Got | TooMuch | End | Finished | Failed
__all__ += ["Got"]

_decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(Message)
_encoder = msgspec.msgpack.Encoder()


def send(stream: BinaryIO, message: Message) -> None:
    """Writes a message. Raises OSError where nobody reads any more."""
    content = _encoder.encode(message)
    stream.write(len(content).to_bytes(_LENGTH, "big") + content)
    stream.flush()


def receive(stream: BinaryIO) -> Message | None:
    """The next message; None where the other side has gone."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    content = stream.read(size)
    if len(content) < size:
        return None
    message: Message = _decoder.decode(content)
    return message


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """A child's pipes from and to above; what else prints to standard output goes to standard error from now on.

    A child that is caught in a document, and so does not find out that nobody listens, ends when its parent has gone.
    """
    threading.Thread(target=_ended_with, args=(os.getppid(),), daemon=True).start()
    above = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, above


def _ended_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    time.sleep(_PATIENCE_S)  # who finds out by itself ends well
    os._exit(1)

"""The child that `guard` starts: reads a shard's documents within limits, and tells of each before and after."""

from __future__ import annotations

import gc
import logging
from contextlib import suppress
from functools import partial
from typing import BinaryIO

import msgspec

from sijill.errors import SijillError
from sijill.run.engine import engine
from sijill.run.limits import arm, confine
from sijill.run.messages import At, Begin, End, Failed, From, Got, Ready, TooMuch, own_pipes, receive, send
from sijill.run.reading import Reading
from sijill.run.records import Outcome, Position

__all__ = ["main"]


def main() -> None:
    """Serves one shard. Whoever started it has gone when nothing can be written any more: then it ends too."""
    logging.getLogger().addHandler(logging.NullHandler())
    below, above = own_pipes()
    with suppress(OSError):
        try:
            _serve(below, above)
        except SijillError as error:
            send(above, Failed(str(error)))


def _serve(below: BinaryIO, above: BinaryIO) -> None:
    begin, task = receive(below), receive(below)
    if not isinstance(begin, Begin) or not isinstance(task, From):
        return
    made = engine(begin.settings)
    gc.collect()
    gc.freeze()
    confine(begin.limits.memory_mb)
    send(above, Ready())
    try:
        for outcome in Reading(begin.settings, made, partial(_at, above, begin)).outcomes(task.shard, task.start):
            send(above, Got(msgspec.structs.replace(outcome, record=None)))
    except MemoryError:
        send(above, TooMuch())
        return
    send(above, End())


def _at(above: BinaryIO, begin: Begin, outcome: Outcome, behind: Position) -> None:
    arm(begin.limits.time_s)
    send(above, At(outcome, behind))


if __name__ == "__main__":
    main()

"""The process that a runner starts: does shard after shard, and says that it is alive. Ends when nobody listens."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from typing import BinaryIO

from sijill.errors import SijillError
from sijill.run.limits import arm, confine, disarm
from sijill.run.messages import Beat, Begin, Failed, Finished, Message, Ready, Work, own_pipes, receive, send
from sijill.run.records import Outcome, Position
from sijill.run.work import Job, needed, run_shard

__all__ = ["main"]

_BEAT_S = 0.5


class _Above:
    """Whoever started this process."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._lock, self._next = stream, threading.Lock(), 0.0

    def tell(self, message: Message) -> None:
        """Says something. Raises OSError where nobody listens."""
        with self._lock:
            send(self._stream, message)

    def beat(self, documents: int) -> None:
        """Says twice a second how far the shard is."""
        if (now := time.monotonic()) >= self._next:
            self._next = now + _BEAT_S
            self.tell(Beat(documents))


def main() -> None:
    """Serves until there is nothing more to do."""
    logging.getLogger().addHandler(logging.NullHandler())
    below, stream = own_pipes()
    above = _Above(stream)
    with suppress(BrokenPipeError):
        try:
            _serve(below, above)
        except SijillError as error:
            above.tell(Failed(str(error)))
        except MemoryError:
            pass  # as good as killed: the shard is tried again, document by document
        except Exception as error:  # noqa: BLE001  (whoever started it tells it in one line)
            above.tell(Failed(f"{type(error).__name__}: {error}"))


def _serve(below: BinaryIO, above: _Above) -> None:
    begin = receive(below)
    if not isinstance(begin, Begin):
        return
    job = Job(begin.out, begin.settings, begin.limits)
    tools = needed(job)

    def at(_: Outcome, __: Position) -> None:
        arm(begin.limits.time_s)

    above.tell(Ready())
    confined = False
    while isinstance(work := receive(below), Work):
        if not confined:
            # What is loaded does not count against the limit.
            tools.engine()
            confine(begin.limits.memory_mb)
            confined = True
        disarm()  # a second attempt's time is that of its child
        above.tell(Finished(run_shard(work.shard, job, tools, above.beat, at)))


if __name__ == "__main__":
    main()

"""The second attempt at a shard: a child reads its documents, so that one which takes its process down costs itself.

The child goes on until a document ends it; that document is rejected with the reason, and a new child goes on behind.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import msgspec

from sijill.errors import RunError
from sijill.run.child import Child
from sijill.run.messages import At, Begin, End, Failed, From, Got, TooMuch
from sijill.run.records import Limits, Outcome, Position, Settings, Shard

__all__ = ["guarded"]

_MODULE = "sijill.run.reading_child"
_STEP_S = 0.1
_STARTS = 3
_TIME = "time"


def guarded(shard: Shard, settings: Settings, limits: Limits, beat: Callable[[], None]) -> Iterator[Outcome]:
    """What becomes of each document of the shard, as `outcomes` gives it; `beat` is called while a child works.

    A document is rejected where it takes longer or wants more memory than `limits` allow, or where its process dies
    twice in a row: once may have been somebody else's doing. Raises RunError where no child can be started.
    """
    start = Position()
    suspect: Position | None = None
    idle = 0
    while True:
        run = _Run(shard, settings, limits, beat)
        for outcome in run.outcomes(start):
            place = outcome.position
            start, suspect, idle = Position(place.piece, place.unit, place.item + 1), None, 0
            yield outcome
        if run.finished:
            return
        at = run.at
        if at is None or at.outcome.position < start:
            # It died on the way to where it should go on, of nothing that is known.
            idle += 1
            if idle < _STARTS:
                continue
            if at is None:
                raise RunError(f"shard {shard.n}: a process that reads cannot be started: {run.reason}")
            yield msgspec.structs.replace(at.outcome, position=start, reason=run.reason)
            start, suspect, idle = Position(start.piece + 1), None, 0
        elif run.certain or suspect == at.outcome.position:
            yield msgspec.structs.replace(at.outcome, reason=run.reason)
            start, suspect, idle = at.behind, None, 0
        else:
            start = suspect = at.outcome.position


class _Run:
    """One child's life. Afterwards: `finished`, or the step that it died `at` (None: at none), for what `reason`."""

    def __init__(self, shard: Shard, settings: Settings, limits: Limits, beat: Callable[[], None]) -> None:
        self._shard, self._limits, self._beat = shard, limits, beat
        self._child = Child(_MODULE, Begin("", settings, limits))
        self._over = threading.Event()
        self.finished = self.certain = False
        self.at: At | None = None
        self.reason = ""

    def outcomes(self, start: Position) -> Iterator[Outcome]:
        """What it says of documents from `start` on."""
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        try:
            yield from self._listen(start)
        except BaseException:
            self._child.kill("stopped")
            raise
        finally:
            self._over.set()
            watch.join()
            self._judge(self._child.ended())

    def _listen(self, start: Position) -> Iterator[Outcome]:
        self._child.send(From(self._shard, start))
        for message in self._child.messages():
            if isinstance(message, At):
                self.at = message
            elif isinstance(message, Got):
                self.at = None
                yield message.outcome
            elif isinstance(message, TooMuch):
                self.certain, self.reason = True, f"over {self._limits.memory_mb:,} MB of memory"
            elif isinstance(message, Failed):
                raise RunError(message.line)
            elif isinstance(message, End):
                self.finished = True

    def _judge(self, ended: str) -> None:
        if self.reason:
            return
        if self._child.died_of_time():
            self.certain, self.reason = True, f"over {self._limits.time_s:,} s"
        elif ended == _TIME:
            self.certain, self.reason = True, f"over {self._limits.wall_s:,.0f} s by the clock"
        else:
            self.reason = ended

    def _watch(self) -> None:
        """Ends the child when it is silent for longer than a document may take."""
        while not self._over.wait(_STEP_S):
            try:
                self._beat()
            except OSError:  # nobody listens any more: the next document's beat ends this process
                self._child.kill("stopped")
                return
            if time.monotonic() - self._child.heard > self._limits.wall_s:
                self._child.kill(_TIME)
                return

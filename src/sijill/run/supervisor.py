"""One worker process and whoever looks after it: a shard that its worker dies of is tried again by a new one."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from sijill.errors import RunError
from sijill.run.child import Child
from sijill.run.folder import Folder
from sijill.run.messages import Beat, Begin, Failed, Finished, Ready, Work
from sijill.run.records import Done, Shard
from sijill.run.work import Job

__all__ = ["Supervised", "Told", "do_shard"]

_MODULE = "sijill.run.worker"
_STEP_S = 0.2
# A second attempt survives its documents; more of them are for workers that are killed by others.
_ATTEMPTS = 12
_STARTS = 3

# Called with how many documents of the shard are dealt with.
Told = Callable[[int], None]

_own = threading.local()


class Supervised:
    """A worker that is started when it is first needed, and again when it has died. One shard at a time."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._child: Child | None = None
        self._busy = self._stopped = False
        self._lock, self._over = threading.Lock(), threading.Event()
        self._watch = threading.Thread(target=self._watched, daemon=True)
        self._watch.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The worker's number; None where there is none now."""
        child = self._child
        return None if child is None else child.pid

    def do(self, shard: Shard, told: Told) -> Done:
        """The marker of the shard, done. Raises RunError where that cannot be: what the worker said, or how it died."""
        unborn = 0
        ended = ""
        for _ in range(_ATTEMPTS):
            born, result = self._try(shard, told)
            if isinstance(result, Done):
                return result
            if self._stopped:
                raise RunError("stopped")
            ended = result
            unborn = 0 if born else unborn + 1
            if unborn == _STARTS:
                raise RunError(f"a worker cannot be started: {ended}")
        raise RunError(f"shard {shard.n} was tried {_ATTEMPTS} times, and its worker was lost each time: {ended}")

    def _try(self, shard: Shard, told: Told) -> tuple[bool, Done | str]:
        """Whether the worker was ready, and the marker or how the worker ended."""
        child, born = self._child, self._child is not None
        if child is None:
            with self._lock:
                if self._stopped:
                    raise RunError("stopped")
                job = self._job
                child = self._child = Child(_MODULE, Begin(job.out, job.settings, job.limits))
        self._busy = True
        try:
            child.send(Work(shard))
            for message in child.messages():
                if isinstance(message, Finished):
                    return True, message.marker
                if isinstance(message, Failed):
                    raise RunError(message.line)
                if isinstance(message, Beat):
                    told(message.documents)
                born = born or isinstance(message, Ready)
        finally:
            self._busy = False
        self._child = None
        ended = child.ended()
        if self._stopped:
            Folder.open(Path(self._job.out)).forget(child.pid)
        return born, ended

    def stop(self) -> None:
        """Ends the worker in the middle of what it does; may be called from another thread."""
        with self._lock:
            self._stopped = True
            if (child := self._child) is not None:
                child.kill("stopped")

    def close(self) -> None:
        """Lets the worker end."""
        self._over.set()
        self._watch.join()
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def _watched(self) -> None:
        """Ends a worker that says nothing for longer than any document may take."""
        # A second attempt watches its documents itself, and comes first.
        patience = self._job.limits.wall_s + 30.0
        while not self._over.wait(_STEP_S):
            child = self._child
            if child is not None and self._busy and time.monotonic() - child.heard > patience:
                child.kill(f"said nothing for {patience:.0f} s")


def do_shard(shard: Shard, job: Job) -> Done:
    """The marker of the shard, done by a worker that belongs to this thread and stays for its next shard.

    For whoever spreads shards over machines by themselves. Raises RunError as `Supervised.do` does.
    """
    members: dict[Job, Supervised] | None = getattr(_own, "members", None)
    if members is None:
        members = _own.members = {}
    if job not in members:
        members[job] = Supervised(job)
        atexit.register(members[job].close)
    return members[job].do(shard, lambda _: None)

"""The shards by worker processes of this machine: one process, one pipe and one thread to look after it each."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Sequence
from functools import partial

from sijill.errors import RunError
from sijill.run.records import Done, Shard
from sijill.run.runners import Told
from sijill.run.supervisor import Supervised
from sijill.run.work import Job

__all__ = ["Crew", "cores"]


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """`workers` of them, each taking the next shard when it has done one. Call it as a runner."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self.members: list[Supervised] = []

    def __call__(self, shards: Sequence[Shard], job: Job, told: Told) -> Iterator[Done]:
        """The markers as they come."""
        todo: queue.SimpleQueue[Shard] = queue.SimpleQueue()
        for shard in shards:
            todo.put(shard)
        done: queue.SimpleQueue[Done | Exception] = queue.SimpleQueue()
        self.members = [Supervised(job) for _ in range(min(self._workers, len(shards)))]
        threads = [threading.Thread(target=_serve, args=(member, todo, done, told)) for member in self.members]
        for thread in threads:
            thread.start()
        try:
            for _ in shards:
                result = done.get()
                if isinstance(result, Exception):
                    raise result
                yield result
        finally:
            _emptied(todo)
            for member in self.members:
                member.stop()
            for thread in threads:
                thread.join()

    @property
    def pids(self) -> list[int]:
        """The numbers of the workers that are there now."""
        return [pid for member in self.members if (pid := member.pid) is not None]


def _serve(
    member: Supervised, todo: queue.SimpleQueue[Shard], done: queue.SimpleQueue[Done | Exception], told: Told
) -> None:
    """A thread's work: hands its worker shard after shard."""
    with member:
        while True:
            try:
                shard = todo.get_nowait()
            except queue.Empty:
                return
            try:
                done.put(member.do(shard, partial(told, shard.n)))
            except RunError as error:
                done.put(error)
                return
            except Exception as error:  # noqa: BLE001  (raised again where the markers are taken)
                done.put(error)
                return


def _emptied(todo: queue.SimpleQueue[Shard]) -> None:
    while not todo.empty():
        try:
            todo.get_nowait()
        except queue.Empty:
            return

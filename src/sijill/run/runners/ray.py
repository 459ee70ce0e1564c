"""The shards as core tasks of a Ray cluster: Ray finds the machines, each task has a worker of its own beside it.

So a document that kills its process kills no process of Ray's, and its shard's second attempt is the same as anywhere.
Inputs and the output folder must be there under the same path on every machine.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from typing import Any

from sijill.errors import RunError
from sijill.run.records import Done, Shard
from sijill.run.runners import Told
from sijill.run.runners.cluster import join
from sijill.run.supervisor import do_shard
from sijill.run.work import Job

__all__ = ["RayRunner"]

_RETRIES = 3  # of a task whose machine was lost


def _task(shard: Shard, job: Job) -> Done | str:
    """Runs on a machine of the cluster; an error is given back as a line."""
    try:
        return do_shard(shard, job)
    except RunError as error:
        return str(error)


class RayRunner:
    """Through the cluster at `address`: `auto`, `HOST:PORT`, `ray://HOST:PORT`, or `local` for one on this machine."""

    def __init__(self, address: str) -> None:
        """Raises RunError where Ray is not installed."""
        self._address = address
        try:
            self._ray: Any = importlib.import_module("ray")
        except ImportError as error:
            raise RunError("--ray needs the package ray: python -m pip install 'sijill[ray]'") from error

    def __call__(self, shards: Sequence[Shard], job: Job, told: Told) -> Iterator[Done]:
        """The markers as they come."""
        ray = self._ray
        joined = not ray.is_initialized()
        if joined:
            join(ray, self._address)
        try:
            task = ray.remote(num_cpus=1, max_retries=_RETRIES)(_task)
            most = 4 * max(1, int(ray.cluster_resources().get("CPU", 1)))
            left = list(reversed(shards))
            waiting: dict[Any, Shard] = {}
            while left or waiting:
                while left and len(waiting) < most:
                    shard = left.pop()
                    waiting[task.remote(shard, job)] = shard
                [ready], _ = ray.wait(list(waiting))
                shard = waiting.pop(ready)
                done = _result(ray, ready, shard)
                told(shard.n, done.documents)
                yield done
        finally:
            if joined:
                ray.shutdown()


def _result(ray: Any, ready: Any, shard: Shard) -> Done:
    try:
        result: Done | str = ray.get(ready)
    except ray.exceptions.RayError as error:
        raise RunError(f"shard {shard.n}: lost by the cluster: {str(error).splitlines()[0]}") from error
    if isinstance(result, str):
        raise RunError(result)
    return result

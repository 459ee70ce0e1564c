"""The shards as core tasks of a Ray cluster: Ray finds the machines, each task has a worker of its own beside it.

So a document that kills its process kills no process of Ray's, and its shard's second attempt is the same as anywhere.
Inputs and the output folder must be there under the same path on every machine.
"""

from __future__ import annotations

import importlib
import socket
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from sijill.errors import RunError
from sijill.run.records import Done, Shard
from sijill.run.runners import Told
from sijill.run.supervisor import Supervised
from sijill.run.work import Job

__all__ = ["RayRunner"]

_ANSWER_S = 10.0
_JOIN_S = 60.0
_RETRIES = 3  # of a task whose machine was lost
_worker: dict[Job, Supervised] = {}


def _task(shard: Shard, job: Job) -> Done | str:
    """Runs on a machine of the cluster. The worker stays for the next task there; an error is given back as a line."""
    try:
        if job not in _worker:
            _worker[job] = Supervised(job)
        return _worker[job].do(shard, lambda _: None)
    except RunError as error:
        return str(error)


class RayRunner:
    """Through the cluster at `address`: `auto`, `HOST:PORT`, `ray://HOST:PORT`, or `local` for one on this machine."""

    def __init__(self, address: str) -> None:
        self._address = address

    def __call__(self, shards: Sequence[Shard], job: Job, told: Told) -> Iterator[Done]:
        """The markers as they come."""
        try:
            ray: Any = importlib.import_module("ray")
        except ImportError as error:
            raise RunError("--ray needs the package ray: python -m pip install 'sijill[ray]'") from error
        _join(ray, self._address)
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
            ray.shutdown()


def _result(ray: Any, ready: Any, shard: Shard) -> Done:
    try:
        result: Done | str = ray.get(ready)
    except ray.exceptions.RayError as error:
        raise RunError(f"shard {shard.n}: lost by the cluster: {str(error).splitlines()[0]}") from error
    if isinstance(result, str):
        raise RunError(result)
    return result


def _join(ray: Any, address: str) -> None:
    """Joins the cluster. Raises RunError where none answers within `_ANSWER_S`, or is one within `_JOIN_S`."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        try:
            socket.create_connection((host, int(port)), _ANSWER_S).close()
        except OSError as error:
            raise RunError(f"no Ray cluster answers at {address}: {error.strerror or error}") from error
    failure: list[Exception] = []
    quiet = {"log_to_driver": False, "logging_level": "error", "ignore_reinit_error": True}
    if address == "local":
        quiet["include_dashboard"] = False

    def join() -> None:
        try:
            ray.init(address=address, **quiet)
        except Exception as error:  # noqa: BLE001  (Ray raises errors of many kinds here)
            failure.append(error)

    thread = threading.Thread(target=join, daemon=True)
    thread.start()
    thread.join(_JOIN_S)
    if failure or thread.is_alive():
        said = str(failure[0]).splitlines()[0] if failure else f"not within {_JOIN_S:.0f} seconds"
        raise RunError(f"no Ray cluster answers at {address}: {said}")

"""Joining a Ray cluster, or saying in one line and within a stated time that none answers."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import Any

from sijill.errors import RunError
from sijill.run.records import at_most

__all__ = ["join"]

_ANSWER_S = 10.0
_JOIN_S = 60.0


def join(ray: Any, address: str) -> None:
    """Joins the cluster. Raises RunError where none answers within `_JOIN_S`."""
    _probe(address)
    local = {"include_dashboard": False} if address == "local" else {}
    try:
        # In this thread: what Ray starts on this machine ends when the thread does that started it.
        ray.init(address=address, log_to_driver=False, logging_level="error", **local)
    except (ray.exceptions.RayError, OSError, ValueError, RuntimeError) as error:
        raise RunError(f"no Ray cluster answers at {address}: {at_most(str(error))}") from error


def _probe(address: str) -> None:
    """Joins by another process first: Ray may wait for ever, and it ends a process that loses its cluster."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        try:
            socket.create_connection((host, int(port)), _ANSWER_S).close()
        except OSError as error:
            raise RunError(f"no Ray cluster answers at {address}: {error.strerror or error}") from error
    if address == "local":
        return
    command = [sys.executable, "-c", "import ray, sys; ray.init(address=sys.argv[1], log_to_driver=False)", address]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_JOIN_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise RunError(f"no Ray cluster answers at {address}: not within {_JOIN_S:.0f} s") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it ended"]
        if "InvalidAuthToken" in done.stderr:
            raise RunError(f"the Ray cluster at {address} wants a token: set RAY_AUTH_MODE=token, as its documents say")
        raise RunError(f"no Ray cluster answers at {address}: {at_most(lines[-1])}")

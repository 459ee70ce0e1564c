"""A process of our own to talk to, which may die at any time: started anew for each, sharing nothing but two pipes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, cast

from sijill.run.messages import Begin, Message, receive, send

__all__ = ["Child"]

# Many processes, one thread each: what libraries start by themselves would only take memory and each other's time.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
_PATIENCE_S = 10.0


class Child:
    """`python -m MODULE`, begun with `begin`. `heard` is when it last said something (`time.monotonic`)."""

    def __init__(self, module: str, begin: Begin) -> None:
        path = os.pathsep.join(entry or os.curdir for entry in sys.path)
        self._process = subprocess.Popen(  # noqa: S603  (this Python, our own module)
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A stop by hand is for whoever started it; this process ends when its pipes do.
            start_new_session=True,
            env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": path},
        )
        self._to, self._from = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        self.heard = time.monotonic()
        self._killed_for = ""
        self.send(begin)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def send(self, message: Message) -> None:
        """Says something to it; that it is dead shows when it is listened to."""
        self.heard = time.monotonic()
        with suppress(OSError, ValueError):
            send(self._to, message)

    def messages(self) -> Iterator[Message]:
        """What it says, until it has gone."""
        while (message := receive(self._from)) is not None:
            self.heard = time.monotonic()
            yield message

    def kill(self, reason: str) -> None:
        """Ends it; `reason` is what `ended` then gives. May be called from another thread."""
        self._killed_for = reason
        self._process.kill()

    def ended(self) -> str:
        """Waits until it has gone; how it went, in words."""
        self.close()
        code = self._process.returncode
        if self._killed_for:
            return self._killed_for
        if code >= 0:
            return f"ended its process (exit code {code})"
        return f"killed by signal {-code}{_named(-code)}"

    def died_of_time(self) -> bool:
        """Whether the system ended it because its CPU seconds were over; once it has gone."""
        return self._process.returncode == -getattr(signal, "SIGXCPU", 0) != 0

    def close(self) -> None:
        """Lets it end: it stops when nobody talks to it any more, and is ended where it does not."""
        with suppress(OSError):
            self._to.close()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._from.close()


def _named(number: int) -> str:
    try:
        return f" ({signal.Signals(number).name})"
    except ValueError:
        return ""

"""What every command does with its inputs: take the reports, tell of the rejected, count, show how far it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from datetime import date

import click

from sijill.model import Document
from sijill.sources import Mapping, Rejected, read_inputs

__all__ = ["Meter", "each"]

_PATIENCE_S = 2.0
_STEP_S = 0.2


def each(
    paths: Iterable[str],
    use: Callable[[Document], None],
    *,
    published: date | None,
    outlet: str | None,
    progress: bool,
    mapping: Mapping | None = None,
) -> int:
    """Calls `use` for each report of `paths`; the exit code: 1 where an input was rejected, else 0.

    Rejections and the last line, `read N, rejected M`, go to stderr; so does, past two seconds and on a terminal, a
    line that says how far it is (`progress` False: never, because results are printed on that terminal).
    """
    read = rejected = 0
    meter = Meter(on=progress and sys.stderr.isatty())
    for item in read_inputs(paths, published=published, outlet=outlet, mapping=mapping):
        if isinstance(item, Rejected):
            rejected += 1
            meter.clear()
            click.echo(f"sijill: {item}", err=True)
        else:
            use(item)
            read += 1
        meter.show(read, rejected)
    meter.clear()
    click.echo(f"read {read}, rejected {rejected}", err=True)
    return 1 if rejected else 0


class Meter:
    """One line on stderr, written over itself."""

    def __init__(self, *, on: bool) -> None:
        self._on = on
        self._start = time.monotonic()
        self._next = self._start + _PATIENCE_S
        self._shown = False

    def show(self, read: int, rejected: int) -> None:
        """Writes how far it is, five times a second at most."""
        if not self._on or (now := time.monotonic()) < self._next:
            return
        self._next = now + _STEP_S
        self._shown = True
        rate = read / (now - self._start)
        sys.stderr.write(f"\r\x1b[2K{read:,} read, {rejected:,} rejected, {rate:,.0f} a second")
        sys.stderr.flush()

    def clear(self) -> None:
        """Takes the line away, for something else to be written there."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._shown = False

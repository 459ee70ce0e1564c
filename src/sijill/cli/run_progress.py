"""How far a run is, while it runs: a bar on a terminal, a line now and then elsewhere, and the sums at the end."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Self

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from sijill.cli.run_status import duration, lines
from sijill.cli.wording import plain
from sijill.run.records import Done
from sijill.run.status import summed

if TYPE_CHECKING:
    from sijill.run import Started

__all__ = ["Progress"]

_EVERY_S = 30.0
_REASONS, _REASON = 2, 40  # the commonest reasons, and how many characters of each


class Progress:
    """Shows what is done of the shards that were left to do; `finish` prints the sums over all of them."""

    def __init__(self, started: Started, *, tables: bool) -> None:
        self._started = started
        self._left = len(started.todo)
        self._ready = self._documents = 0
        self._rejected: Counter[str] = Counter()
        self._under_way: dict[int, int] = {}
        self._lock = threading.Lock()
        self._begun = time.monotonic()
        self._next = self._begun + _EVERY_S
        self._bar: Bar | None = None
        if tables and sys.stderr.isatty():
            self._bar = Bar(
                TextColumn("shards"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[told]}"),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._bar.add_task("", total=self._left, told="")

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def told(self, shard: int, documents: int) -> None:
        """So many documents of a shard are dealt with. Called from several threads."""
        with self._lock:
            self._under_way[shard] = documents
            self._show()

    def done(self, marker: Done) -> None:
        """A shard is done."""
        with self._lock:
            self._under_way.pop(marker.shard, None)
            self._ready += 1
            self._documents += marker.documents
            self._rejected.update(marker.rejected)
            self._show()

    def _show(self) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=self._ready, told=self._line())
        elif (now := time.monotonic()) >= self._next:
            self._next = now + _EVERY_S
            click.echo(f"sijill: {self._ready:,} of {self._left:,} shards, {self._line()}", err=True)

    def _line(self) -> str:
        documents = self._documents + sum(self._under_way.values())
        seconds = time.monotonic() - self._begun
        line = f"{documents:,} documents, {documents / seconds if seconds else 0:,.0f} a second"
        if self._rejected:
            reasons = ", ".join(
                f"{count:,} {reason[:_REASON]}" for reason, count in self._rejected.most_common(_REASONS)
            )
            line += f", {self._rejected.total():,} rejected ({plain(reasons)})"
        if self._ready:
            line += f", {duration(seconds / self._ready * (self._left - self._ready))} left"
        return line

    def finish(self, *, as_json: bool) -> int:
        """Prints the sums over all shards of this part; the exit code."""
        found = summed(self._started.markers(), len(self._started.shards))
        if as_json:
            click.echo(msgspec.json.encode(found).decode())
        else:
            for line in lines(found):
                click.echo(line, err=True)
        numbers = f"read {found.read} + turned away {found.turned_away} + rejected {found.rejected}"
        click.echo(f"in {found.documents} = {numbers}", err=True)
        return 1 if found.rejected else 0

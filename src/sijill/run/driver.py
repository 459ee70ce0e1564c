"""`run`: inputs to an output folder, by a runner; again, it goes on where it was stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from sijill.errors import ConfigError
from sijill.run.folder import Folder
from sijill.run.pins import pins_of
from sijill.run.planning import SHARD_BYTES, plan
from sijill.run.records import Done, Limits, Settings, Shard
from sijill.run.remote import is_address
from sijill.run.runners import Runner
from sijill.run.tables import arrow
from sijill.run.work import Job

__all__ = ["Part", "Started", "start"]


class Part(msgspec.Struct, frozen=True):
    """Every `of`th shard, from `index` on, which counts from 0: what one of many machines does."""

    index: int = 0
    of: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.index < self.of:
            raise ValueError(f"a part of {self.of} counts from 0 to {self.of - 1}, not {self.index}")

    def has(self, shard: Shard) -> bool:
        """Whether the shard is in it."""
        return shard.n % self.of == self.index


class Started:
    """A run that is planned and has its folder. `shards` are those of its part, `todo` those not done yet."""

    def __init__(self, folder: Folder, shards: Sequence[Shard], job: Job) -> None:
        self.folder, self.shards, self.job = folder, tuple(shards), job
        done = folder.done()
        self.before = tuple(shard for shard in self.shards if shard.name in done)
        self.todo = tuple(shard for shard in self.shards if shard.name not in done)

    def work(self, runner: Runner, told: Callable[[int, int], None] = lambda *_: None) -> Generator[Done, None, None]:
        """Does what is to be done; the marker of each shard as it comes. Raises RunError where it cannot go on."""
        self.folder.tidy()
        if self.todo:
            yield from runner(self.todo, self.job, told)

    def markers(self) -> Iterator[Done]:
        """The markers of the part, in the order of the shards."""
        for shard in self.shards:
            yield self.folder.marker(shard.name)


def start(
    inputs: Iterable[str],
    out: str | Path,
    settings: Settings | None = None,
    *,
    limits: Limits | None = None,
    part: Part | None = None,
    shard_bytes: int = SHARD_BYTES,
) -> Started:
    """Plans the work and makes its folder, or finds that it is there and the same.

    Raises RunError for a folder of another run, or without pyarrow; InputError for an input that is not there;
    ConfigError for no input.
    """
    arrow()
    paths = tuple(_absolute(str(path)) for path in inputs)
    if not paths:
        raise ConfigError("bulk work needs an input")
    target = Path(_absolute(str(out)))
    for path in paths:
        if target.is_relative_to(path):
            raise ConfigError(f"{out}: lies in the input {path}, and would be read itself; give an -o elsewhere")
    chosen = _absolute_settings(settings or Settings())
    shards = plan(paths, shard_bytes=shard_bytes)
    folder = Folder.create(target, pins_of(chosen), paths, shards)
    mine = tuple(shard for shard in shards if (part or Part()).has(shard))
    return Started(folder, mine, Job(str(folder.path), chosen, limits or Limits()))


def _absolute(path: str) -> str:
    """The path as every process and machine understands it."""
    return path if path == "-" or is_address(path) else os.path.abspath(path)  # noqa: PTH100  (links stay links)


def _absolute_settings(settings: Settings) -> Settings:
    lexicon = _absolute(settings.lexicon) if settings.lexicon else None
    return msgspec.structs.replace(settings, lexicon=lexicon, places=tuple(map(_absolute, settings.places)))

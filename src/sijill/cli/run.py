"""`sijill run`: bulk work, and how far it is."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sijill.cli import options
from sijill.cli.run_status import status
from sijill.errors import InputError, RunError

if TYPE_CHECKING:
    from sijill.run import Part, Started
    from sijill.run.runners import Runner

__all__ = ["run"]

_START = "start"


class _StartGroup(click.Group):
    """A group whose first command need not be named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`sijill run INPUT…` is `sijill run start INPUT…`; an input called like a command is written `./status`."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [_START, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_StartGroup)
def run() -> None:
    """Read whole archives on all cores or on a cluster, into a folder of Parquet tables.

    'sijill run INPUT... -o OUT' is 'sijill run start INPUT... -o OUT'.
    """


@run.command()
@options.inputs
@click.option("-o", "--output", metavar="OUT", required=True, help="The folder of results: new, or of the same run.")
@click.option(
    "--workers",
    type=click.IntRange(0),
    metavar="N",
    help="Processes on this machine; 0 reads in this one, unguarded. [default: one a core]",
)
@click.option("--ray", metavar="ADDRESS", help="A Ray cluster instead: auto, HOST:PORT, ray://HOST:PORT, or local.")
@click.option("--shard", metavar="I/N", help="Do every Nth shard from the Ith on, which counts from 0.")
@click.option(
    "--triage/--no-triage",
    default=True,
    show_default=True,
    help="First turn away documents that cannot hold a claim; they are written down.",
)
@click.option(
    "--shard-mb", type=click.IntRange(1), default=8, show_default=True, metavar="MB", help="How large a shard is."
)
@click.option(
    "--time-limit", type=click.IntRange(1), default=60, show_default=True, metavar="S", help="CPU seconds a document."
)
@click.option(
    "--memory-limit", type=click.IntRange(1), default=2048, show_default=True, metavar="MB", help="Memory a document."
)
@options.columns
@options.reading
@options.gazetteers
@options.json_switch
@click.pass_context
def start(
    ctx: click.Context,
    paths: tuple[str, ...],
    published: date | None,
    outlet: str | None,
    output: str,
    workers: int | None,
    ray: str | None,
    shard: str | None,
    triage: bool,
    shard_mb: int,
    time_limit: int,
    memory_limit: int,
    mapping: Path | None,
    lexicon: Path | None,
    policy: str,
    places: tuple[Path, ...],
    as_json: bool | None,
) -> None:
    """Read INPUTs into the folder OUT; the same command again goes on where it was stopped.

    INPUT is what 'sijill read' takes, except standard input; also an address as s3://bucket/folder (fsspec). A document
    that kills its process, hangs or takes too much memory costs itself only, and is written down with the reason.

    Exit code 0: all read; 1: some document was rejected; 2: wrong use, or it could not go on, and the line says why.
    """
    from sijill.run import Limits, Settings
    from sijill.run import start as begin
    from sijill.sources import load_mapping

    settings = Settings(
        lexicon=str(lexicon) if lexicon else None,
        policy=policy,
        places=tuple(map(str, places)),
        triage=triage,
        published=published,
        outlet=outlet,
        mapping=load_mapping(mapping) if mapping is not None else None,
    )
    runner, part, limits = _runner(ray, workers), _part(shard), Limits(time_limit, memory_limit)
    size = shard_mb * 1024 * 1024
    planned = partial(begin, paths, output, settings, limits=limits, part=part, shard_bytes=size)
    ctx.exit(_worked(planned, runner, as_json))


def _worked(planned: Callable[[], Started], runner: Runner, as_json: bool | None) -> int:
    """Does the work, and tells of it; the exit code."""
    from sijill.cli.run_progress import Progress

    tables = sys.stderr.isatty() if as_json is None else not as_json
    # A scheduler's word to end is as good as one by hand: what was begun is cleared up.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        started = planned()
        with Progress(started, tables=tables) as progress:
            for marker in started.work(runner, progress.told):
                progress.done(marker)
    except (InputError, OSError) as error:
        # 1 says that the run is complete: a scheduler must not take an archive that is not there for one.
        raise RunError(str(error)) from error
    return progress.finish(as_json=bool(as_json))


def _part(written: str | None) -> Part | None:
    from sijill.run import Part

    if written is None:
        return None
    index, slash, of = written.partition("/")
    if not slash or not index.isdecimal() or not of.isdecimal():
        raise click.UsageError(f"--shard is I/N, as 0/8, not '{written[:40]}'")
    try:
        return Part(int(index), int(of))
    except ValueError as error:
        raise click.UsageError(f"--shard {written[:40]}: {error}") from None


def _runner(ray: str | None, workers: int | None) -> Runner:
    if ray is not None:
        if workers is not None:
            raise click.UsageError("give --workers or --ray, not both")
        from sijill.run.runners.ray import RayRunner

        return RayRunner(ray)
    if workers == 0:
        from sijill.run.runners.serial import run_serial

        return run_serial
    from sijill.run.runners.processes import Crew, cores

    return Crew(workers or cores())


run.add_command(status)

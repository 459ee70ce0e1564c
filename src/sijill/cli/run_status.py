"""`sijill run status`, and how the state of a run is written for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from sijill.cli import options
from sijill.cli.wording import plain

if TYPE_CHECKING:
    from sijill.run.status import Status

__all__ = ["duration", "lines", "status"]

_MOST = 20


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Read all tables and compare them with their hashes; 1 where one differs.")
@options.json_switch
@click.pass_context
def status(ctx: click.Context, out: Path, check: bool, as_json: bool | None) -> None:
    """Say how far the run of the folder OUT is: shards, documents, rejects by reason, time left."""
    from sijill.run import Folder
    from sijill.run.status import status_of

    folder = Folder.open(out)
    found = status_of(folder)
    if as_json or (as_json is None and not sys.stdout.isatty()):
        click.echo(msgspec.json.encode(found).decode())
    else:
        for line in lines(found):
            click.echo(line)
    if check:
        damaged = list(folder.damaged())
        for line in damaged:
            click.echo(f"sijill: {plain(line)} (remove the shard's folder, and run again)", err=True)
        ctx.exit(1 if damaged else 0)


def lines(found: Status) -> Iterator[str]:
    """The state of a run for a person."""
    yield (
        f"shards     {found.done:,} of {found.shards:,} done"
        + (f", {found.begun:,} begun" if found.begun else "")
        + (f", {found.guarded:,} document by document" if found.guarded else "")
    )
    yield (
        f"documents  {found.documents:,} = read {found.read:,} + turned away {found.turned_away:,}"
        f" + rejected {found.rejected:,}"
    )
    yield f"claims     {found.claims:,}"
    yield f"cost       {found.cpu_s:,.0f} CPU s, at most {found.peak_mb:,} MB a process"
    if found.a_second:
        yield f"pace       {found.a_second:,.0f} documents a second by the clock"
    if found.done < found.shards and found.left_s is not None:
        yield f"left       {duration(found.left_s)} at that pace"
    for reason, count in list(found.reasons.items())[:_MOST]:
        yield f"rejected   {count:>9,}  {plain(reason)}"
    if len(found.reasons) > _MOST:
        yield f"           and {len(found.reasons) - _MOST:,} other reasons"


def duration(seconds: float) -> str:
    """`3 h 12 min`, `4 min`, `50 s`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60:,} h {minutes % 60} min"

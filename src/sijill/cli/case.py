"""`sijill case`: a case file, made, checked, copied and looked after. Its other commands stand in `case_*.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from sijill.cli import options
from sijill.cli.case_add import add, reread
from sijill.cli.case_decide import decide, undo
from sijill.cli.case_options import author, case_address, version_of
from sijill.cli.case_search import reindex, search
from sijill.cli.case_show import list_, original, show
from sijill.cli.wording import plain

if TYPE_CHECKING:
    from sijill.casefile.backup import Told

__all__ = ["case"]


@click.group()
def case() -> None:
    """Keep reports, their claims and decisions on them in one file, or on a PostgreSQL server.

    CASE is a file, or an address postgresql://user:password@host/database.
    """


case.add_command(add)
case.add_command(reread)
case.add_command(list_)
case.add_command(show)
case.add_command(original)
case.add_command(decide)
case.add_command(undo)
case.add_command(search)
case.add_command(reindex)


@case.command()
@case_address
@author
@click.option("--note", default="", metavar="TEXT", help="What the case is about.")
def init(address: str, by: str, note: str) -> None:
    """Make a new, empty case: a file that is not there yet, or in an empty PostgreSQL database."""
    from sijill.casefile import CaseFile

    with CaseFile.create(address, by, note=note) as made:
        click.echo(f"made {plain(made.name)}", err=True)


@case.command()
@case_address
@click.option("--expect", metavar="HASH", help="A hash of the chain noted earlier: it must still be in it.")
@options.json_switch
@click.pass_context
def verify(ctx: click.Context, address: str, expect: str | None, as_json: bool | None) -> None:
    """Check every byte, row and entry, and say which was changed or is missing.

    The last line is the head of the chain. Note it somewhere else: with --expect, a later check finds out whether
    somebody made the chain shorter or wrote another one. Exit code 1 where something is wrong.
    """
    from sijill.casefile import CaseFile

    count = 0
    with CaseFile.open(address, write=False) as opened:
        for problem in opened.verify(expect=expect):
            count += 1
            line = msgspec.json.encode(problem).decode() if as_json else plain(f"{problem.kind:<5}  {problem}")
            click.echo(line)
        if count:
            click.echo(f"sijill: {plain(opened.name)}: {count:,} things are not as they should be", err=True)
            ctx.exit(1)
        seq, head = opened.head()
        click.echo(f"whole: {seq:,} entries, the last one {head}", err=True)


@case.command()
@case_address
@click.argument("file", type=click.Path(path_type=Path))
@author
def backup(address: str, file: Path, by: str) -> None:
    """Copy the case, as it is now, into a new FILE, which is a case file itself."""
    from sijill.casefile import CaseFile

    with CaseFile.open(address) as opened, _progress() as told:
        rows = opened.backup(file, by, told=told)
    click.echo(f"copied {rows:,} rows to {plain(str(file))}", err=True)


@case.command()
@click.argument("file", type=click.Path(path_type=Path))
@case_address
@author
def restore(file: Path, address: str, by: str) -> None:
    """Make a case of a backup: FILE is checked first, and CASE must be free."""
    from sijill.casefile import CaseFile

    with _progress() as told, CaseFile.restore(file, address, by, told=told) as made:
        name = made.name
    click.echo(f"restored to {plain(name)}", err=True)


@case.command()
@case_address
@author
def upgrade(address: str, by: str) -> None:
    """Bring a case made by an older Sijill up to this one."""
    from sijill.casefile import CaseFile

    before, after = CaseFile.upgrade(address, by)
    click.echo(f"schema {after}" if before == after else f"schema {before} brought up to {after}", err=True)


@case.command()
@case_address
@options.reading
@options.gazetteers
@options.json_switch
@click.pass_context
def doctor(
    ctx: click.Context,
    address: str,
    lexicon: Path | None,
    policy: str,
    places: tuple[Path, ...],
    as_json: bool | None,
) -> None:
    """Say how the case is, and what to do where it is not well. Exit code 1 where something is to be done."""
    from sijill.casefile import CaseFile
    from sijill.casefile.doctor import examine
    from sijill.pipeline import Reader

    reader = Reader(lexicon, policy, places)
    well = True
    with CaseFile.open(address, write=False) as opened:
        for finding in examine(opened.database, *version_of(reader)):
            well = well and finding.well
            if as_json:
                click.echo(msgspec.json.encode(finding).decode())
                continue
            mend = f" ({finding.mend})" if finding.mend else ""
            click.echo(plain(f"{'ok' if finding.well else 'look':<5} {finding.what}: {finding.found}{mend}"))
    ctx.exit(0 if well else 1)


@contextmanager
def _progress() -> Iterator[Told]:
    """A line on stderr that says how far copying is; nothing where stderr is no terminal."""
    on = sys.stderr.isatty()

    def told(table: str, rows: int) -> None:
        if on:
            sys.stderr.write(f"\r\x1b[2K{table}: {rows:,} rows")
            sys.stderr.flush()

    yield told
    if on:
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()

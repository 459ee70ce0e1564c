"""`sijill case add` and `reread`: reports into a case, and what a newer Sijill makes of those in it."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import date
from io import StringIO
from pathlib import Path
from typing import IO

import click
import msgspec

from sijill.cli import options
from sijill.cli.case_options import author, case_address, version_of
from sijill.cli.inputs import Meter
from sijill.cli.output import opened
from sijill.cli.wording import isolate, plain
from sijill.sources import Given, Rejected

__all__ = ["add", "reread"]


@click.command()
@case_address
@options.inputs
@author
@click.option("--rejects", metavar="FILE", help="Write what was rejected there, as JSON lines with the reason.")
@click.option("--all", "every", is_flag=True, help="Of a run's folder, also the reports without claims.")
@options.columns
@options.reading
@options.gazetteers
@click.pass_context
def add(
    ctx: click.Context,
    address: str,
    paths: tuple[str, ...],
    published: date | None,
    outlet: str | None,
    by: str,
    rejects: str | None,
    every: bool,
    mapping: Path | None,
    lexicon: Path | None,
    policy: str,
    places: tuple[Path, ...],
) -> None:
    """Read reports and keep them in a case, with their original bytes and their claims.

    INPUT is what 'sijill read' takes, or the folder of 'sijill run': its reports with claims are stored as they were
    read then, with their originals, which must still be where they were and as they were.

    Each report is stored whole or not at all; one that is there already adds nothing, so that the same command can be
    run again after it was stopped. The last line says 'in N = stored A + duplicate B + rejected C'.
    """
    from sijill.casefile import CaseFile, Outcome
    from sijill.cli.case_inputs import inputs_of

    with CaseFile.open(address) as case, opened(rejects) if rejects else nullcontext(StringIO()) as out:
        given = inputs_of(
            paths,
            published=published,
            outlet=outlet,
            lexicon=lexicon,
            policy=policy,
            places=places,
            every=every,
            mapping=mapping,
        )
        batch = case.batch(by, given.told, policy=given.policy)
        meter = Meter(on=sys.stderr.isatty())
        for item, read in given.items:
            outcome, name = batch.take(item, read)
            if outcome is not Outcome.STORED:
                meter.clear()
                _tell(item, name, out)
            meter.show(batch.tally.stored, batch.tally.rejected)
        meter.clear()
        tally = batch.finish()
    numbers = f"stored {tally.stored} + duplicate {tally.duplicate} + rejected {tally.rejected}"
    click.echo(f"in {tally.taken} = {numbers}", err=True)
    ctx.exit(1 if tally.rejected else 0)


def _tell(item: Given | Rejected, name: str, rejects: IO[str]) -> None:
    """Says that a report is there already, as `name`; of a rejected one why, in `rejects` too."""
    if not isinstance(item, Rejected):
        click.echo(f"sijill: {plain(f'{item.where} {item.part}')}: there already, as {plain(name)}", err=True)
        return
    from sijill.casefile.rows import searchable

    click.echo(f"sijill: {item}", err=True)
    line = Rejected(*map(searchable, msgspec.structs.astuple(item)))
    rejects.write(msgspec.json.encode(line).decode("utf-8") + "\n")


@click.command()
@case_address
@author
@options.reading
@options.gazetteers
def reread(address: str, by: str, lexicon: Path | None, policy: str, places: tuple[Path, ...]) -> None:
    """Read again what another version of Sijill, of its data or with other options has read.

    The older readings stay. People's decisions go over to the claims that stand on the same words; those that find
    none are listed, and are tried again at the next reading.
    """
    from sijill.casefile import CaseFile
    from sijill.pipeline import Reader

    reader = Reader(lexicon, policy, places)
    carried = unresolved = 0
    with CaseFile.open(address) as case:
        documents = case.stale(*version_of(reader))
        meter = Meter(on=sys.stderr.isatty())
        for number, name in enumerate(documents, start=1):
            done = case.reread(name, reader.read, by, policy=policy)
            carried += len(done.carried)
            unresolved += len(done.unresolved)
            for decision in done.unresolved:
                meter.clear()
                words = isolate(decision.selector["exact"])
                line = f"decision {decision.n} ({decision.new_state} by {plain(decision.author)}, on {words})"
                click.echo(f"sijill: {plain(name)}: {line} finds no claim in the new reading", err=True)
            meter.show(number, 0)
        meter.clear()
    click.echo(f"read {len(documents)} again, decisions {carried} carried, {unresolved} unresolved", err=True)

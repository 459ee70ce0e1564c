"""`sijill explain`: how a report is read, for those who build Sijill and those who doubt it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
import msgspec

from sijill.cli import options
from sijill.cli.inputs import each
from sijill.cli.output import opened
from sijill.model import Document

__all__ = ["explain"]


@click.command()
@options.inputs
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a report, instead of text.")
@options.reading
@options.gazetteers
@click.pass_context
def explain(
    ctx: click.Context,
    paths: tuple[str, ...],
    published: date | None,
    outlet: str | None,
    as_json: bool,
    lexicon: Path | None,
    policy: str,
    places: tuple[Path, ...],
) -> None:
    """Show how a report is read: its marks, and the words behind every field.

    For each sentence the words that were cut, the numbers, dates and names with the rule that found them; what was left
    out as page furniture, and why; the places with their points, what spoke for them, and the places of that name that
    lost; then each claim, with the words and the rules that gave its fields.

    INPUT as for `sijill read`. Text by default, on a terminal in colours; --json gives the same as one line a report.
    """
    from sijill.cli.marks import Reading, tree
    from sijill.cli.marks_view import MarksPrinter
    from sijill.pipeline import Reader

    reader = Reader(lexicon, policy, places)
    with opened(None) as stream:
        printer = MarksPrinter(stream)

        def use(document: Document) -> None:
            report, text, values, mentions, resolutions = reader.reading(document)
            reading = Reading(text, values, mentions, report, resolutions)
            if as_json:
                stream.write(msgspec.json.encode(tree(reading)).decode("utf-8") + "\n")
            else:
                printer.show(reading)

        code = each(paths, use, published=published, outlet=outlet, progress=not sys.stdout.isatty())
    ctx.exit(code)

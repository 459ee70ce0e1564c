"""`sijill read`: reports in, claims out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sijill.cli import options
from sijill.cli.output import opened
from sijill.cli.run import each
from sijill.model import Document

__all__ = ["read"]


@click.command()
@options.inputs
@options.json_switch
@click.option(
    "-o", "--output", metavar="FILE", help="Write there instead of standard output; the file is whole or not there."
)
@options.reading
@options.gazetteers
@click.pass_context
def read(
    ctx: click.Context,
    paths: tuple[str, ...],
    published: date | None,
    outlet: str | None,
    as_json: bool | None,
    output: str | None,
    lexicon: Path | None,
    policy: str,
    places: tuple[Path, ...],
) -> None:
    """Read reports and give their claims.

    INPUT is a text file, a web page (.html), JSON lines (.jsonl) or a table (.csv) with the columns id, text,
    published, title, url, outlet, a folder of such, or - for standard input.

    On a terminal a table for each report; otherwise one line of JSON for each report.
    """
    from sijill.pipeline import Reader

    reader = Reader(lexicon, policy, places)
    with opened(output) as stream:
        tables = stream.isatty() if as_json is None else not as_json
        if tables:
            from sijill.cli.table import ReportPrinter

            printer = ReportPrinter(stream)

        def use(document: Document) -> None:
            report = reader.read(document)
            if tables:
                printer.show(report, document.text)
            else:
                stream.write(report.to_json().decode("utf-8") + "\n")

        code = each(paths, use, published=published, outlet=outlet, progress=not stream.isatty())
    ctx.exit(code)

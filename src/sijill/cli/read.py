"""`sijill read`: reports in, claims out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO

import click

from sijill.cli import options
from sijill.cli.inputs import each
from sijill.cli.output import opened
from sijill.model import Document, Report

__all__ = ["read"]


@click.command()
@options.inputs
@options.json_switch
@click.option(
    "-o", "--output", metavar="FILE", help="Write there instead of standard output; the file is whole or not there."
)
@options.columns
@click.option(
    "--save-mapping",
    metavar="FILE",
    help="Write there which columns of the first table were taken for what, to be changed and given to --mapping.",
)
@click.option("--dry-run", is_flag=True, help="Read no claims: show what each input is, three reports and the counts.")
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
    mapping: Path | None,
    save_mapping: str | None,
    dry_run: bool,
    lexicon: Path | None,
    policy: str,
    places: tuple[Path, ...],
) -> None:
    """Read reports and give their claims.

    INPUT is a text, a web page, a web archive (WARC, WACZ), a feed (RSS, Atom), JSON lines, a Telegram export
    (result.json), a table (CSV, Excel, Parquet) with a column for the text, a PDF with a text layer, a Word file
    (.docx), a folder of such, or - for standard input. What it is is told by its content.

    On a terminal a table for each report; otherwise one line of JSON for each report.
    """
    from sijill.sources import load_mapping

    columns = load_mapping(mapping) if mapping is not None else None
    if save_mapping is not None and not dry_run and "-" in paths:
        raise click.UsageError("--save-mapping goes through the inputs first: with standard input, give --dry-run")
    if dry_run or save_mapping is not None:
        from sijill.cli.preview import preview

        code = preview(paths, published=published, outlet=outlet, mapping=columns, save=save_mapping, show=dry_run)
        if dry_run:
            ctx.exit(code)
    from sijill.pipeline import Reader

    reader = Reader(lexicon, policy, places)
    with opened(output) as stream:
        show = _shown_on(stream, as_json)

        def use(document: Document) -> None:
            show(reader.read(document), document.text)

        code = each(paths, use, published=published, outlet=outlet, progress=not stream.isatty(), mapping=columns)
    ctx.exit(code)


def _shown_on(stream: IO[str], as_json: bool | None) -> Callable[[Report, str], None]:
    """What shows a report, with its document's text, on `stream`: as a table, or as a line of JSON."""
    if stream.isatty() if as_json is None else not as_json:
        from sijill.cli.table import ReportPrinter

        return ReportPrinter(stream).show

    def line(report: Report, _text: str) -> None:
        stream.write(report.to_json().decode("utf-8") + "\n")

    return line

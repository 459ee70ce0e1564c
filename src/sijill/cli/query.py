"""`sijill query`: SQL over the tables of a run."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
import msgspec

from sijill.cli import options
from sijill.cli.output import opened

if TYPE_CHECKING:
    from sijill.run.query import Answer

__all__ = ["query"]

_MOST = 1_000


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("sql")
@click.option("-o", "--output", metavar="FILE", help="Write there instead of standard output, as JSON lines.")
@options.json_switch
def query(out: Path, sql: str, output: str | None, as_json: bool | None) -> None:
    """Ask the tables of a run: claims, reports, rejects, turned_away, joined on key.

    \b
    sijill query OUT "SELECT type, count(*) FROM claims GROUP BY type ORDER BY 2 DESC"
    sijill query OUT "DESCRIBE claims"

    On a terminal a table, otherwise one JSON object a line. Nothing can be written by it.
    """  # noqa: D301  (click's mark is the character, not a backslash)
    from sijill.run import Folder
    from sijill.run.query import ask

    answer = ask(Folder.open(out), sql)
    with opened(output) as stream:
        if stream.isatty() if as_json is None else not as_json:
            _table(answer, stream)
            return
        for row in answer.rows:
            line = msgspec.json.encode(dict(zip(answer.columns, row, strict=True)), enc_hook=str)
            stream.write(line.decode("utf-8") + "\n")


def _table(answer: Answer, stream: IO[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    from sijill.cli.wording import smooth

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    table = Table(*answer.columns, show_edge=False, pad_edge=False, header_style="bold")
    for row in islice(answer.rows, _MOST):
        table.add_row(*("" if cell is None else smooth(str(cell)) for cell in row))
    console.print(table)
    if next(answer.rows, None) is not None:
        click.echo(f"sijill: the first {_MOST:,} rows; all with --json", err=True)

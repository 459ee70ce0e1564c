"""`sijill values`: the dates, quantities and numbers of texts, a tool of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

import click
import msgspec

from sijill.cli import options
from sijill.cli.inputs import each
from sijill.cli.output import opened
from sijill.model import Document, Values

if TYPE_CHECKING:
    from sijill.values import WeekStart

__all__ = ["values"]


@click.command()
@options.inputs
@options.json_switch
@click.option(
    "-o", "--output", metavar="FILE", help="Write there instead of standard output; the file is whole or not there."
)
@click.option(
    "--prefer",
    type=click.Choice(["past", "future"]),
    default="past",
    show_default=True,
    help="Where times lie that could be on either side of the publication day.",
)
@click.option(
    "--week-start",
    type=click.Choice(["monday", "saturday", "sunday"]),
    help="Count weeks of the calendar from that day; by default last week is the seven days before publication.",
)
@options.reading
@click.pass_context
def values(
    ctx: click.Context,
    paths: tuple[str, ...],
    published: date | None,
    outlet: str | None,
    as_json: bool | None,
    output: str | None,
    prefer: Literal["past", "future"],
    week_start: WeekStart | None,
    lexicon: Path | None,
    policy: str,
) -> None:
    """List the dates, quantities and numbers of texts.

    INPUT as for `sijill read`. Dates are resolved against the publication day; without one, times that hang on it keep
    their phrase and have no day. Texts are read whole: bylines and labels too.

    On a terminal a table for each text; otherwise one line of JSON for each: {"doc", "policy", "dates", "quantities",
    "numbers", "ordinals", "notes"}.
    """
    from sijill.text import TextReader
    from sijill.values import ValueReader, lexicon_words

    reader = ValueReader(lexicon, policy, prefer, week_start)
    texts = TextReader(lexicon_words(lexicon), lexicon, whole=True)
    with opened(output) as stream:
        show = _shown_on(stream, as_json, reader.policy.meta.id)

        def use(document: Document) -> None:
            show(document, reader.read(texts.read(document)))

        code = each(paths, use, published=published, outlet=outlet, progress=not stream.isatty())
    ctx.exit(code)


def _shown_on(stream: IO[str], as_json: bool | None, policy: str) -> Callable[[Document, Values], None]:
    """What shows a text's values on `stream`: as a table, or as a line of JSON that names the policy."""
    from sijill.cli.values_table import ValuesPrinter, as_record

    if stream.isatty() if as_json is None else not as_json:
        return ValuesPrinter(stream).show

    def line(document: Document, found: Values) -> None:
        stream.write(msgspec.json.encode(as_record(document, found, policy)).decode("utf-8") + "\n")

    return line

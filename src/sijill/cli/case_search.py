"""`sijill case search`: claims of a case by words and filters, and `reindex`, which makes what search asks anew."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from sijill.cli import options, output
from sijill.cli.case_options import author, case_address
from sijill.cli.case_search_reports import show_reports, tell_of_other_versions
from sijill.cli.excerpts import excerpt, near
from sijill.cli.wording import count, days, isolate, kind, names, plain
from sijill.model import ClaimType, CountKind, CountWho, Modality

if TYPE_CHECKING:
    from sijill.casefile import CaseFile, StoredClaim
    from sijill.casefile.search import Box, Circle, Highlights, Number, Page, Search

__all__ = ["ROLES", "SORTS", "STATES", "reindex", "search"]

# As in `sijill.casefile`, which --help does not wait for; a test compares them.
STATES = ("proposed", "accepted", "edited", "rejected", "unsure")
SORTS = ("added", "date", "published", "count", "killed", "relevance", "id")
ROLES = ("agent", "target")
F = TypeVar("F", bound=Callable[..., Any])


def _values(of: type[StrEnum]) -> tuple[str, ...]:
    """As texts, for of members click would take the names."""
    return tuple(item.value for item in of)


def _many(name: str, into: str, help_: str, values: tuple[str, ...] | None = None, metavar: str = "TEXT") -> Any:
    """An option that may be given again: any of the values will do."""
    kind_ = click.Choice(values) if values else click.STRING
    shown = None if values and len(values) < 8 else metavar
    return click.option(name, into, type=kind_, multiple=True, metavar=shown, help=help_)


def _day(name: str, into: str, help_: str) -> Any:
    return click.option(name, into, type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help=help_)


def _filters(command: F) -> F:
    """Every filter, in the order of the help page."""
    for option in reversed(
        (
            _many("--type", "types", "A type of claim.", _values(ClaimType), "TYPE"),
            _day("--since", "since", "The claim's date ends on this day or later (YYYY-MM-DD)."),
            _day("--until", "until", "The claim's date begins on this day or earlier."),
            _many("--place", "places", "A place's name; with * behind it, how it begins.", metavar="NAME"),
            _many("--pcode", "pcodes", "A place's P-code, or how it begins.", metavar="CODE"),
            _many("--country", "countries", "A place's country, two letters.", metavar="CODE"),
            _many("--precision", "precisions", "What a place's point stands for.", metavar="NAME"),
            click.option("--box", metavar="S,W,N,E", help="A place's point lies in this box of degrees."),
            click.option("--near", metavar="LAT,LON,KM", help="A place's point lies at most so far from there."),
            click.option("--stated", is_flag=True, help="Only dates and places that the claim's own sentence states."),
            _many(
                "--actor", "actors", "Who did it or had it done to them: an id or a name, * as above.", metavar="NAME"
            ),
            click.option("--role", type=click.Choice(ROLES), help="The part that the actor has."),
            _many("--source", "sources", "Who says so, * as above.", metavar="NAME"),
            _many(
                "--count",
                "counts",
                "People: KIND[/WHO][:LOW..HIGH], as killed:5.. or any/children:1..; given again, all must hold.",
                metavar="COUNT",
            ),
            _many("--modality", "modalities", "How far the text stands behind it.", _values(Modality)),
            _many("--state", "states", "What people decided.", STATES),
            _many("--outlet", "outlets", "Who published the report.", metavar="NAME"),
            _day("--published-since", "published_since", "The report was published on this day or later."),
            _day("--published-until", "published_until", "The report was published on this day or earlier."),
        )
    ):
        command = option(command)
    return command


@click.command()
@case_address
@click.argument("text", required=False, default="")
@_filters
@click.option("--sort", type=click.Choice(SORTS), default=None, help="[default: added; relevance with TEXT]")
@click.option(
    "--descending/--ascending", default=None, help="[default: the greatest first, for added and id the least]"
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Claims of a page.")
@click.option("--cursor", metavar="CURSOR", help="Go on behind the page that gave this cursor.")
@click.option("--all", "everything", is_flag=True, help="All pages, one behind the other.")
@click.option("--total", is_flag=True, help="Count all that there are.")
@click.option(
    "--documents", is_flag=True, help="Find reports instead of claims, in the order in which they were added."
)
@options.json_switch
def search(
    address: str,
    text: str,
    sort: str | None,
    limit: int,
    cursor: str | None,
    everything: bool,
    total: bool,
    documents: bool,
    as_json: bool | None,
    **given: Any,
) -> None:
    """Find claims by the words of their reports, and by filters.

    TEXT is words, all of which a report must have; "words in quotes" stand in a row, and word* is how one begins.
    Articles, clitics and spelling do not matter. Every filter must hold; of one that is given again, any value will do.
    What is shown, and whether there is more, is told on standard error; the cursor there gets the next page.
    With --documents, TEXT, --outlet and --published-… are asked of reports, with claims or without; any other filter
    of their claims.
    """
    from sijill.casefile import CaseFile

    asked = _asked(text, sort or ("added" if documents else None), given)
    tables = sys.stdout.isatty() if as_json is None else not as_json
    with CaseFile.open(address, write=False) as case, output.opened(None) as stream:
        if documents:
            show_reports(stream, case, asked, limit, cursor, everything=everything, total=total, tables=tables)
            return
        shown, page = 0, case.search(asked, limit=limit, cursor=cursor)
        while True:
            for stored in case.claims_by_key(page.claims):
                _print(stream, case, stored, text, tables=tables)
            shown += len(page.claims)
            if not everything or page.next is None:
                break
            page = case.search(asked, limit=limit, cursor=page.next)
        stream.flush()
        _tell(case, asked, page, shown, total=total)


@click.command()
@case_address
@author
def reindex(address: str, by: str) -> None:
    """Make all that search asks anew: after an upgrade of Sijill, words are cut as the new version does."""
    from sijill.casefile import CaseFile

    with CaseFile.open(address) as case:
        total = case.reindex(by)
    click.echo(f"{total:,} documents", err=True)


def _asked(text: str, sort: str | None, given: dict[str, Any]) -> Search:
    """The search that the options mean. Raises a usage error for a box, a circle or a count of another form."""
    from sijill.casefile import State
    from sijill.casefile.search import Role, Search, Sort

    made: dict[str, Any] = dict(given)
    made |= {name: value.date() for name, value in given.items() if isinstance(value, datetime)}
    near, box, role = made.pop("near"), made.pop("box"), made.pop("role")
    made["counts"] = tuple(map(_number, made["counts"]))
    made["types"] = tuple(map(ClaimType, made["types"]))
    made["modalities"] = tuple(map(Modality, made["modalities"]))
    made["states"] = tuple(map(State, made["states"]))
    natural = Sort.RELEVANCE if text.strip() else Sort.ADDED
    return Search(
        text=text,
        box=_box(box) if box else None,
        circle=_circle(near) if near else None,
        role=Role(role) if role else None,
        sort=Sort(sort) if sort else natural,
        **made,
    )


def _box(written: str) -> Box:
    from sijill.casefile.search import Box

    return Box(*_numbers(written, 4, "--box is SOUTH,WEST,NORTH,EAST in degrees, as 35.5,36.0,36.5,37.2"))


def _circle(written: str) -> Circle:
    from sijill.casefile.search import Circle

    return Circle(*_numbers(written, 3, "--near is LAT,LON,KM, as 35.93,36.63,20"))


def _numbers(written: str, how_many: int, form: str) -> list[float]:
    try:
        found = [float(part) for part in written.split(",")]
    except ValueError:
        found = []
    if len(found) != how_many:
        raise click.UsageError(f"{form}, not '{plain(written)[:80]}'")
    return found


def _number(written: str) -> Number:
    """`KIND[/WHO][:LOW..HIGH]`, `KIND:5` for just five."""
    from sijill.casefile.search import Number

    people, _, numbers = written.partition(":")
    kind_, _, who = people.partition("/")
    low, dots, high = numbers.partition("..")
    try:
        return Number(
            None if kind_ == "any" else CountKind(kind_),
            CountWho(who) if who else None,
            int(low) if low else None,
            int(high) if high else int(low) if low and not dots else None,
        )
    except ValueError:
        form = "--count is KIND[/WHO][:LOW..HIGH], as killed:5.. or any/children:..3"
        raise click.UsageError(f"{form}, not '{plain(written)[:80]}'") from None


def _print(stream: IO[str], case: CaseFile, stored: StoredClaim, text: str, *, tables: bool) -> None:
    from sijill.casefile.search import highlights

    row = case.document(stored.doc)
    document = row.document(case.text(row))
    found = highlights(document, text) if text.strip() else None
    if tables:
        for line in _lines(stored, document.text, found, on=stream.isatty()):
            stream.write(line + "\n")
        return
    cells: dict[str, Any] = {
        "n": stored.n,
        "doc": stored.doc,
        "state": stored.state,
        "published": document.published,
        "title": document.title,
        "url": document.url,
        "outlet": document.outlet,
        "claim": stored.claim,
    }
    if found is not None:
        cells["highlights"] = found
    stream.write(msgspec.json.encode(cells).decode() + "\n")


def _lines(stored: StoredClaim, text: str, found: Highlights | None, *, on: bool) -> Iterator[str]:
    """A claim for a person: what it says, and its sentence with the words that were searched."""
    claim = stored.claim
    parts = [f"{stored.n:>7}", f"{stored.state:<8}", kind(claim.type), isolate(claim.trigger_text)]
    parts += [part for part in (days(claim.date), names(claim.places), names(claim.agents)) if part]
    parts += [f"-> {names(claim.targets)}"] if claim.targets else []
    parts += [count(item) for item in claim.counts]
    parts += [f"according to {names(claim.sources)}"] if claim.sources else []
    yield "  ".join([*parts, isolate(stored.doc)])
    spans = found.text if found is not None else ()
    inside = tuple(span for span in spans if span.overlaps(claim.sentence))
    yield "         " + excerpt(text, claim.sentence, inside, on=on)
    if spans and not inside:
        yield "         … " + excerpt(text, near(text, spans[0]), spans, on=on)


def _tell(case: CaseFile, asked: Search, page: Page, shown: int, *, total: bool) -> None:
    """How many were shown of how many, and how to go on."""
    of = f" of {case.count(asked):,}" if total else ""
    more = f"; more with --cursor {page.next}" if page.next else "; no more"
    click.echo(f"{shown:,}{of} claims{more}", err=True)
    if asked.text.strip():
        tell_of_other_versions(case)

"""`sijill places`: build a gazetteer from dumps, report on it, find a name in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from sijill.cli import options
from sijill.cli.wording import plain
from sijill.errors import InputError

if TYPE_CHECKING:
    from sijill.places.builder import Told
    from sijill.places.entry import Entry, Gazetteer

__all__ = ["places"]

_COUNTRY = re.compile("[A-Za-z]{2}")


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar on stderr that shows how far a build is; nothing where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading", total=None)

        def told(what: str, done: int, total: int) -> None:
            bar.update(task, description=plain(what)[:60], completed=done, total=total)

        yield told


def _labels(gazetteers: Sequence[Gazetteer]) -> Callable[[Entry], dict[str, str]]:
    """What a person wants to read of a place beside its row: its Latin name, and its units by name."""
    from sijill.places.store import BuiltGazetteer

    def named(unit: str) -> str:
        found = next((entry for gazetteer in gazetteers if (entry := gazetteer.get(unit))), None)
        return found.names[0] if found and found.names else ""

    def labels(entry: Entry) -> dict[str, str]:
        built = (gazetteer for gazetteer in gazetteers if isinstance(gazetteer, BuiltGazetteer))
        latin = next((label for gazetteer in built if (label := gazetteer.label(entry.id))), "")
        return {"latin": latin, "admin1_name": named(entry.admin1), "admin2_name": named(entry.admin2)}

    return labels


class _Country(click.ParamType[str, str]):
    """Two letters (ISO 3166)."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """In capitals; a usage error for anything else."""
        if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
            self.fail(f"'{value}' is no country code of two letters, such as SY", param, ctx)
        return value.upper()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def places() -> None:
    """Build a gazetteer from downloaded dumps, report on it, find names in it."""


@places.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="FILE", required=True, type=click.Path(path_type=Path), help="The file to write (SQLite)."
)
@click.option("--country", type=_Country(), metavar="XX", help="Where places lie that do not say it.")
@click.option("--only", type=_Country(), metavar="XX", multiple=True, help="Keep only this country (may be repeated).")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON on what came of it, instead of tables.")
@click.pass_context
def build(
    ctx: click.Context,
    inputs: tuple[Path, ...],
    output: Path,
    country: str | None,
    only: tuple[str, ...],
    as_json: bool,
) -> None:
    """Build a gazetteer: dumps in, one SQLite file out.

    INPUT is a file, or a folder with all below it: a GeoNames country dump, allCountries, alternateNamesV2,
    admin1CodesASCII or admin2Codes; Who's On First records (GeoJSON) or SQLite; OCHA COD-AB as GeoJSON or Excel;
    OpenStreetMap as GeoJSON (HOT export, overpass) or .osm.pbf; a table with the columns name, lat, lon and, if there,
    country, id, kind, population, pcode, names. Packed (zip, xz, gz, bz2) or not; what a file is, its content tells.

    Rows of OpenStreetMap go to a file of their own (x.sqlite: x-odbl.sqlite), because its licence
    asks for it. A build that was stopped goes on where it stood; until it is done, the old file
    stays as it is. Broken rows are counted and listed beside it (x.rejects.csv); the exit code is
    then 1.
    """
    from sijill.places.builder import build as build_gazetteer

    try:
        with _progress() as told:
            built = build_gazetteer(inputs, output, country=country or "", only=only, told=told)
    except InputError as error:  # a line for each input that cannot be used
        for line in str(error).splitlines():
            click.echo(f"sijill: {line}", err=True)
        ctx.exit(1)
    if as_json:
        click.echo(msgspec.json.encode(built))
    else:
        from sijill.cli.places_table import show_built

        show_built(built)
    ctx.exit(1 if built.broken else 0)


@places.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@options.json_switch
@click.pass_context
def report(ctx: click.Context, file: Path, as_json: bool | None) -> None:
    """Say what a built gazetteer holds.

    Rows, the share with Arabic names, sources and licences, what it was made from, names that several places share,
    and for each country how many settlements have a name in Arabic, a governorate, a district, a P-code.
    """
    from sijill.places.report import report_of
    from sijill.places.store import open_gazetteer

    with open_gazetteer(file) as gazetteer:
        told = report_of(gazetteer)
    if not sys.stdout.isatty() if as_json is None else as_json:
        click.echo(msgspec.json.encode(told))
    else:
        from sijill.cli.places_table import show_report

        show_report(told)
    if not told.places:
        click.echo(f"sijill: {file}: the gazetteer is empty", err=True)
    ctx.exit(0 if told.sound else 1)


@places.command()
@click.argument("name")
@click.option("--near", metavar="LAT,LON|PLACE", help="Sort by the distance to there; consonants count within 40 km.")
@click.option("--country", type=_Country(), metavar="XX", help="Only places of that country.")
@click.option(
    "--places",
    "files",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A built gazetteer to look in beside the shipped one (may be repeated).",
)
@click.option("--limit", metavar="N", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many.")
@options.json_switch
@click.pass_context
def find(
    ctx: click.Context,
    name: str,
    near: str | None,
    country: str | None,
    files: tuple[Path, ...],
    limit: int,
    as_json: bool | None,
) -> None:
    """Find the places that a name may mean, and say why.

    NAME is in Arabic, with or without article, clitic and type word; or in Latin letters. On a terminal a table;
    otherwise one line of JSON for each place. The exit code is 1 where none is found.
    """
    from sijill.places.search import find as find_places
    from sijill.places.search import point_of
    from sijill.places.shipped import load_shipped
    from sijill.places.store import open_gazetteer

    gazetteers: list[tuple[str, Gazetteer]] = []
    for file in files:
        built = open_gazetteer(file)
        if not len(built):
            click.echo(f"sijill: {file}: the gazetteer is empty", err=True)
        gazetteers.append((str(file), built))
    gazetteers.append(("shipped", load_shipped()))
    point = None
    if near is not None:
        point = point_of(near, gazetteers, country or "")
        if point is None:
            raise click.UsageError(f"--near '{near}' is neither LAT,LON nor a place that is known")
    found = find_places(name, gazetteers, near=point, country=country or "", limit=limit)
    labels = _labels([gazetteer for _, gazetteer in gazetteers])
    if not sys.stdout.isatty() if as_json is None else as_json:
        for item in found:
            click.echo(msgspec.json.encode({**msgspec.structs.asdict(item), **labels(item.entry)}))
    else:
        from sijill.cli.places_table import show_found

        show_found(found, labels)
    if not found:
        click.echo(f"sijill: no place is known by the name '{name}'", err=True)
    ctx.exit(0 if found else 1)

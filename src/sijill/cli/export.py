"""`sijill export`: claims as tables, maps and records of other schemes; each export a folder of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sijill.cli.case_options import author
from sijill.cli.export_inputs import entries_of, with_texts
from sijill.cli.inputs import Meter

if TYPE_CHECKING:
    from sijill.export import Entry, Manifest

__all__ = ["export"]

_EPOCH = "SOURCE_DATE_EPOCH"
_DAY = click.DateTime(["%Y-%m-%d"])


class _Time(click.ParamType[datetime, str | datetime]):
    """A time in UTC, `YYYY-MM-DDTHH:MM:SSZ`, or a day."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The time; a usage error for any other form."""
        if isinstance(value, datetime):
            return value
        try:
            given = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no time; write 2026-01-31 or 2026-01-31T12:00:00Z", param, ctx)
        return given if given.tzinfo is not None else given.replace(tzinfo=UTC)


def _list_profiles(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from sijill.export import load_profile, profile_names

        profiles = [load_profile(name) for name in profile_names()]
        width = max(len(profile.name) for profile in profiles)
        for profile in profiles:
            click.echo(f"{profile.name:<{width}}  {profile.says}")
        ctx.exit()


@click.command()
@click.argument("profile", metavar="PROFILE")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder to make; it is whole or not there.",
)
@author
@click.option(
    "--at", type=_Time(), metavar="TIME", help=f"The time that the export bears. [default: ${_EPOCH}, else now]"
)
@click.option(
    "--texts",
    multiple=True,
    metavar="INPUT",
    help="Where the texts of JSON lines are (an input of 'sijill read'), for quotes with what stands around them.",
)
@click.option("--type", "types", multiple=True, metavar="CODE", help="Only claims of this type; may be given again.")
@click.option("--modality", "modalities", multiple=True, metavar="CODE", help="Only claims of this modality; the same.")
@click.option("--state", "states", multiple=True, metavar="CODE", help="Only claims in this state; the same.")
@click.option(
    "--country", "countries", multiple=True, metavar="CODE", help="Only claims in this country (ISO); the same."
)
@click.option("--since", type=_DAY, metavar="DAY", help="Only claims whose time reaches to this day or later.")
@click.option("--until", type=_DAY, metavar="DAY", help="Only claims whose time begins on this day or before.")
@click.option(
    "--field", "fields", multiple=True, metavar="NAME", help="Only this column of the first table; may be given again."
)
@click.option(
    "--lexicon",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder whose data files are laid over Sijill's own, entry by entry.",
)
@click.option(
    "--list",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_list_profiles,
    help="List the profiles and exit.",
)
def export(
    profile: str,
    inputs: tuple[str, ...],
    output: Path,
    by: str,
    at: datetime | None,
    texts: tuple[str, ...],
    types: tuple[str, ...],
    modalities: tuple[str, ...],
    states: tuple[str, ...],
    countries: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    fields: tuple[str, ...],
    lexicon: Path | None,
) -> None:
    """Export claims as PROFILE into a new folder.

    INPUT is a case (a file or a postgresql:// address), JSON lines of `sijill read` (- for standard input), or the
    folder of an earlier `csv` or `jsonl` export, or of `sijill run`.

    The folder holds the data, datapackage.json (types, keys, codes), codebook.md and manifest.json (hashes, filter,
    versions, who, when). An export of a case is noted down in its chain.
    """
    from sijill.export import Loaded, Order, Selection
    from sijill.export import export as write

    first, last = (time.date() if time is not None else None for time in (since, until))
    wanted = Selection(types, modalities, states, tuple(code.upper() for code in countries), first, last)
    order = Order(at or _now(), by, wanted, fields)
    with ExitStack() as stack:
        entries, note = entries_of(inputs, stack)
        if texts:
            entries = with_texts(entries, texts)
        manifest = write(
            profile, _counted(entries), output, order, loaded=Loaded(lexicon), note=_noting(note, by, output)
        )
    _say(manifest)


def _counted(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries; on a terminal a line says how many there were so far."""
    meter = Meter(on=sys.stderr.isatty())
    for number, entry in enumerate(entries, start=1):
        yield entry
        meter.show(number, 0)
    meter.clear()


def _noting(
    note: Callable[[str, dict[str, Any]], None] | None, by: str, output: Path
) -> Callable[[Manifest], None] | None:
    """What writes the export into the chain of the case that it was made from."""
    if note is None:
        return None

    def write(manifest: Manifest) -> None:
        files = {file.path: file.sha256 for file in manifest.files}
        about = {"profile": manifest.profile, "folder": output.name, "claims": manifest.claims}
        note(by, {**about, "filter": manifest.filter, "fields": manifest.fields, "files": files})

    return write


def _now() -> datetime:
    epoch = os.environ.get(_EPOCH)
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(f"{_EPOCH} is no number of seconds: '{epoch}'") from error


def _say(manifest: Manifest) -> None:
    for reason, count in manifest.left_out.items():
        click.echo(f"left out {count:,}: {reason}", err=True)
    click.echo(f"exported {manifest.claims:,} claims of {manifest.reports:,} reports", err=True)

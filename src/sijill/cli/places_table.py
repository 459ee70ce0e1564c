"""Tables for `sijill places`: what came of a build, what a gazetteer holds, which places a name may mean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from sijill.cli.wording import isolate
from sijill.places.builder import Built, share_alike_path
from sijill.places.entry import Entry
from sijill.places.importers import FORMATS
from sijill.places.report import GazetteerReport
from sijill.places.search import Found
from sijill.places.store import InputOf

__all__ = ["show_built", "show_found", "show_report"]

# A pipe or a file has no width of its own.
_WIDTH = 140


def show_built(built: Built) -> None:
    """What was read, what was left out or broken and why, and the files that were written."""
    console = _console()
    _inputs(console, built.inputs)
    _counts(console, "mended", built.mended)
    _counts(console, "left out", built.left)
    _counts(console, "broken", built.broken)
    if built.skipped:
        more = f" and {len(built.skipped) - 5} more" if len(built.skipped) > 5 else ""
        console.print(f"passed over, no dumps: {', '.join(built.skipped[:5])}{more}")
    if built.rejects:
        console.print(f"broken rows are listed in {built.rejects}")
    for output in built.outputs:
        latin = output.places - output.arabic
        console.print(
            f"{output.path}: {output.places:,} places, {output.arabic:,} with an Arabic name, {latin:,} with a Latin"
            f" name only, digest {output.digest}"
        )
    console.print(f"{built.merged:,} duplicates merged")
    other = share_alike_path(Path(built.outputs[0].path))
    if other.exists() and str(other) not in [output.path for output in built.outputs]:
        console.print(f"{other} is of an earlier build: this one has no rows for it")


def show_report(report: GazetteerReport) -> None:
    """The report, table by table."""
    console = _console()
    share = report.arabic / report.places if report.places else 0
    console.print(
        f"{report.file}: {report.places:,} places, {share:.1%} with an Arabic name, {report.merged:,} merged;"
        f" format {report.format}, built by Sijill {report.sijill}, digest {report.digest}"
    )
    if not report.sound:
        console.print("the file is damaged: build it again", style="bold red")
    _inputs(console, report.inputs)
    table = _table("source", "licence", "rows", "attribution")
    for source in report.sources:
        table.add_row(source.id, source.licence, f"{source.rows:,}", source.attribution)
    console.print(table)
    _counts(console, "kinds", report.kinds)
    _coverage(console, report)
    if report.keys:
        console.print(
            f"{report.shared_keys:,} of {report.keys:,} names of settlements ({report.shared_keys / report.keys:.1%})"
            " are shared by several places; most often:"
        )
        console.print(", ".join(f"{isolate(key, on=_on())} {number}" for key, number in report.homonyms))
    _counts(console, "mended", report.mended)
    _counts(console, "left out", report.left)
    _counts(console, "broken", report.broken)


def show_found(found: Sequence[Found], labels: Callable[[Entry], Mapping[str, str]]) -> None:
    """The places, one a row, with the reason."""
    table = _table("id", "names", "Latin", "kind", "country", "units", "point", "people", "km", "reason", "from")
    for item in found:
        entry, label = item.entry, labels(item.entry)
        units = [name for name in (label["admin2_name"], label["admin1_name"]) if name]
        table.add_row(
            entry.id,
            isolate("، ".join(entry.names[:4]), on=_on()),
            label["latin"],
            entry.kind,
            entry.country,
            isolate("، ".join(units), on=_on()),
            "" if entry.lat is None else f"{entry.lat:.4f}, {entry.lon:.4f}",
            f"{entry.population:,}" if entry.population else "",
            "" if item.distance_km is None else f"{item.distance_km:,.0f}",
            item.reason,
            " + ".join((item.file, *item.also)),
        )
    _console().print(table)


def _coverage(console: Console, report: GazetteerReport) -> None:
    table = _table(
        "country", "places", "settlements", "Arabic name", "governorate", "district", "P-code", "people", "name shared",
        "governorates",
    )  # fmt: skip
    for row in report.countries:
        table.add_row(
            row.country or "none",
            f"{row.places:,}",
            f"{row.settlements:,}",
            _share(row.arabic, row.settlements),
            *(_share(number, row.places) for number in (row.admin1, row.admin2, row.pcode, row.population)),
            _share(row.shared, row.arabic),
            f"{row.units} of {row.units_known}" if row.units_known else "",
        )
    console.print(table)
    for row in report.countries:
        if row.thin and row.units:
            console.print(f"{row.country}: no settlement with an Arabic name in {', '.join(row.thin)}")


def _inputs(console: Console, inputs: Iterable[InputOf]) -> None:
    table = _table("input", "form", "files", "rows", "broken", "sha256")
    for row in inputs:
        form = FORMATS.get(row.form, row.form)
        table.add_row(row.name, form, f"{row.files:,}", f"{row.rows:,}", f"{row.broken:,}", row.sha256[:16])
    console.print(table)


def _counts(console: Console, title: str, counts: Mapping[str, int]) -> None:
    if not counts:
        return
    table = _table(title, "rows")
    for reason, number in counts.items():
        table.add_row(reason, f"{number:,}")
    console.print(table)


def _share(number: int, of: int) -> str:
    return f"{number:,} ({number / of:.0%})" if of else "0"


def _table(*columns: str) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    numbers = {"rows", "files", "broken", "people", "km", "places", "settlements"}
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table


def _on() -> bool:
    return sys.stdout.isatty()


def _console() -> Console:
    return Console(width=None if _on() else _WIDTH, highlight=False, markup=False, emoji=False)

"""The options that commands share, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from sijill.errors import InputError
from sijill.sources.record import day

__all__ = ["columns", "gazetteers", "inputs", "json_switch", "reading"]

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.ParamType[date, str | date]):
    """A day, `YYYY-MM-DD`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; a usage error for any other form."""
        if isinstance(value, date):
            return value
        try:
            return day(value)
        except InputError as error:
            self.fail(str(error), param, ctx)


def inputs(command: F) -> F:
    """INPUT…, `--published` and `--outlet`."""
    command = click.option("--outlet", metavar="NAME", help="Who published it, for reports that do not say.")(command)
    command = click.option(
        "--published",
        type=_Day(),
        metavar="DAY",
        help="Publication day (YYYY-MM-DD), for reports that do not say; relative dates count from it.",
    )(command)
    return click.argument("paths", metavar="INPUT...", nargs=-1, required=True)(command)


def columns(command: F) -> F:
    """`--mapping`."""
    return click.option(
        "--mapping",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Which columns of tables are what (TOML), instead of going by their names; see --save-mapping.",
    )(command)


def reading(command: F) -> F:
    """`--lexicon` and `--policy`."""
    command = click.option(
        "--policy",
        default="guidelines",
        show_default=True,
        metavar="NAME",
        help="How vague amounts become numbers (guidelines, acled).",
    )(command)
    return click.option(
        "--lexicon",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="A folder whose data files are laid over Sijill's own, entry by entry.",
    )(command)


def gazetteers(command: F) -> F:
    """`--places`."""
    return click.option(
        "--places",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        multiple=True,
        metavar="FILE",
        help="A gazetteer made by 'sijill places build', beside the shipped one; may be given again.",
    )(command)


def json_switch(command: F) -> F:
    """`--json` / `--table`: for machines, or for people; by default as the output is a terminal or not."""
    return click.option(
        "--json/--table", "as_json", default=None, help="JSON lines, or tables. [default: tables on a terminal only]"
    )(command)

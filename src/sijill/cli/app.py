"""The command group, whose sub-commands are imported when they are called, and the one place where errors end."""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Sequence

import click

from sijill.errors import InputError, SijillError

__all__ = ["COMMANDS", "cli", "main"]

# name: where it stands, and the line for `sijill --help`, so that help imports no command.
COMMANDS = {
    "case": ("sijill.cli.case", "Keep reports, their claims and decisions on them in a case file."),
    "explain": ("sijill.cli.explain", "Show how a report is read: its marks, and the words behind every field."),
    "export": ("sijill.cli.export", "Export claims as tables, maps and records of other schemes."),
    "places": ("sijill.cli.places", "Build a gazetteer from dumps, report on it, find names in it."),
    "query": ("sijill.cli.query", "Ask the tables of a run by SQL."),
    "read": ("sijill.cli.read", "Read reports and give their claims."),
    "run": ("sijill.cli.run", "Read whole archives on all cores or on a cluster, into a folder of tables."),
    "values": ("sijill.cli.values", "List the dates, quantities and numbers of texts."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports only the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, sorted."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None where there is none."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{cmd_name} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands for the help page, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"sijill {version('sijill')}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version and exit."
)
def cli() -> None:
    """Read Arabic conflict news and give the record: who did what to whom, where, when, how many, says who."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit. Every error that has a reason is one line on stderr."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="sijill: %(message)s")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(args=arguments, prog_name="sijill", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "sijill"
        return _failed(f"{error.format_message()} (see '{command} --help')", 2)
    except click.ClickException as error:
        return _failed(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        return _failed("stopped", 130)
    except SijillError as error:
        return _failed(str(error), 1 if isinstance(error, InputError) else 2)
    except OSError as error:
        return _failed(f"{error.filename or 'output'}: {error.strerror or error}", 1)
    return code if isinstance(code, int) else 0


def _failed(line: str, code: int) -> int:
    click.echo(f"sijill: {line}", err=True)
    return code

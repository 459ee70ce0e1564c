"""Write docs/cli.md from the commands themselves: `python scripts/cli_reference.py [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sijill.cli import cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
_HEAD = """\
# Command line

This page is made from the commands by `scripts/cli_reference.py`; a test compares them.

Results go to standard output, everything else to standard error, whose last line says `read N, rejected M`. The exit
code is 0 when all was read, 1 when some input was rejected, 2 for wrong use, 130 when stopped by hand.
"""


def reference() -> str:
    """The whole page."""
    parts = [_HEAD]
    context = click.Context(cli, info_name="sijill", **cli.context_settings)
    parts.append(_section(cli, context, "sijill"))
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None:
            parts += _sections(command, click.Context(command, info_name=name, parent=context), f"sijill {name}")
    return "\n".join(parts)


def _sections(command: click.Command, context: click.Context, title: str) -> list[str]:
    """The command's section, and those of the commands in it."""
    found = [_section(command, context, title)]
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            found += _sections(inner, click.Context(inner, info_name=name, parent=context), f"{title} {name}")
    return found


def _section(command: click.Command, context: click.Context, title: str) -> str:
    context.terminal_width = 100
    return f"## `{title}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


def main() -> None:
    page = reference()
    if "--check" in sys.argv:
        if PAGE.read_text("utf-8") != page:
            raise SystemExit("docs/cli.md is not what the commands say; run scripts/cli_reference.py")
        return
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()

"""The arguments and options that the commands of `sijill case` share."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sijill.pipeline import Reader

__all__ = ["author", "case_address", "document_id", "version_of"]

F = TypeVar("F", bound=Callable[..., Any])


def case_address(command: F) -> F:
    """CASE."""
    return click.argument("address", metavar="CASE")(command)


def document_id(command: F) -> F:
    """DOCUMENT."""
    return click.argument("document", metavar="DOCUMENT")(command)


def author(command: F) -> F:
    """`--by`."""
    return click.option(
        "--by", default=_login, metavar="NAME", help="Who does this, for the chain. [default: the login name]"
    )(command)


def version_of(reader: Reader) -> tuple[str, str]:
    """The versions of Sijill and of its data that stand in what `reader` reads."""
    from sijill.model import Document

    report = reader.read(Document("", "."))
    return report.sijill, report.data


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"

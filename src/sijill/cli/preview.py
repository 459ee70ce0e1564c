"""What `sijill read` would read: each input's kind and columns, the first reports, the counts. No claims are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from sijill.cli.output import opened
from sijill.model import Document
from sijill.sources import Mapping, Rejected, Seen, read_originals, save_mapping

__all__ = ["preview"]

_SHOWN = 3
_TEXT = 300
_LINE = 100


def preview(
    paths: Iterable[str],
    *,
    published: date | None,
    outlet: str | None,
    mapping: Mapping | None,
    save: str | None,
    show: bool,
) -> int:
    """Goes through the inputs; the exit code: 1 where one was rejected, else 0.

    `show` prints what they are; `save` is the file that the columns of the first table are written to. Raises a usage
    error where there is no table to save the columns of.
    """
    read = rejected = 0
    seen: list[Seen] = []
    for item in read_originals(paths, published=published, outlet=outlet, mapping=mapping, tell=seen.append):
        if isinstance(item, Rejected):
            rejected += 1
            if show:
                click.echo(f"sijill: {item}", err=True)
        else:
            read += 1
            if show and read <= _SHOWN:
                _show(item.document)
    if show:
        for one in seen:
            _tell(one)
        click.echo(f"read {read}, rejected {rejected}", err=True)
    if save is not None:
        _save(seen, save)
    return 1 if rejected else 0


def _show(document: Document) -> None:
    published = document.published.isoformat() if document.published else "no day"
    click.echo(_printable(f"{document.id}  {published}", _LINE))
    for name in ("title", "outlet", "url"):
        if value := getattr(document, name):
            click.echo(_printable(f"  {name}: {value}", _LINE))
    if document.meta:
        click.echo(_printable(f"  meta: {', '.join(document.meta)}", _LINE))
    click.echo(_printable(f"  text ({len(document.text):,} characters): {' '.join(document.text.split())}", _TEXT))


def _tell(seen: Seen) -> None:
    click.echo(_printable(f"{seen.where}: {seen.what or 'not read'}; {seen.read} read, {seen.rejected} rejected", 300))
    if seen.mapping is not None:
        for field, column in seen.mapping.columns():
            click.echo(_printable(f"  {field} <- column '{column}'", _LINE))


def _save(seen: Iterable[Seen], target: str) -> None:
    found = next((one.mapping for one in seen if one.mapping is not None), None)
    if found is None:
        raise click.UsageError("--save-mapping: none of the inputs is a table with a column for the text")
    with opened(target) as stream:
        save_mapping(found, stream.write)


def _printable(text: str, most: int) -> str:
    """One line that a terminal shows and does not obey."""
    line = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return line if len(line) <= most else line[: most - 1] + "…"

"""`sijill case search --documents`: the reports that have what is asked, or a claim that has."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import click
import msgspec

from sijill.cli.excerpts import excerpt, near
from sijill.cli.wording import isolate

if TYPE_CHECKING:
    from sijill.casefile import CaseFile, DocumentRow
    from sijill.casefile.search import Highlights, Search

__all__ = ["show_reports", "tell_of_other_versions"]


def show_reports(
    stream: IO[str],
    case: CaseFile,
    asked: Search,
    limit: int,
    cursor: str | None,
    *,
    everything: bool,
    total: bool,
    tables: bool,
) -> None:
    """Writes a page of reports, or all pages; how many there are, and how to go on, is told on standard error."""
    shown, page = 0, case.search_reports(asked, limit=limit, cursor=cursor)
    while True:
        for row in case.documents_by_key(page.documents):
            _print(stream, case, row, asked.text, tables=tables)
        shown += len(page.documents)
        if not everything or page.next is None:
            break
        page = case.search_reports(asked, limit=limit, cursor=page.next)
    stream.flush()
    of = f" of {case.count_reports(asked):,}" if total else ""
    click.echo(f"{shown:,}{of} documents{f'; more with --cursor {page.next}' if page.next else '; no more'}", err=True)
    if asked.text.strip():
        tell_of_other_versions(case)


def tell_of_other_versions(case: CaseFile) -> None:
    """One line on standard error where words were cut by another version of Sijill than they are searched by."""
    old = case.outdated()
    if old:
        click.echo(f"{old:,} documents are indexed by another version: run 'sijill case reindex'", err=True)


def _print(stream: IO[str], case: CaseFile, row: DocumentRow, text: str, *, tables: bool) -> None:
    from sijill.casefile.search import highlights

    document = row.document(case.text(row))
    found = highlights(document, text) if text.strip() else None
    claims = len(case.claims(row))
    if tables:
        for line in _lines(row, document.title, document.text, claims, found, on=stream.isatty()):
            stream.write(line + "\n")
        return
    cells: dict[str, Any] = {
        "doc": row.id,
        "published": document.published,
        "title": document.title,
        "url": document.url,
        "outlet": document.outlet,
        "sha256": row.text,
        "claims": claims,
    }
    if found is not None:
        cells["highlights"] = found
    stream.write(msgspec.json.encode(cells).decode() + "\n")


def _lines(
    row: DocumentRow, title: str | None, text: str, claims: int, found: Highlights | None, *, on: bool
) -> list[str]:
    """A report for a person: its head, and the first place where the words stand."""
    day = row.head.published
    parts = [f"{row.n:>7}", isolate(row.id), day.isoformat() if day else "no day", f"{claims:,} claims"]
    parts += [isolate(part) for part in (row.head.outlet, title) if part]
    lines = ["  ".join(parts)]
    if found is not None and found.text:
        lines.append("         … " + excerpt(text, near(text, found.text[0]), found.text, on=on))
    return lines

"""`sijill case list`, `show` and `original`: what is in a case."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
import msgspec

from sijill.cli import options
from sijill.cli.case_options import case_address, document_id
from sijill.cli.wording import count, days, isolate, kind, names, plain

if TYPE_CHECKING:
    from sijill.casefile import CaseFile, DocumentRow, StoredClaim

__all__ = ["list_", "original", "show"]


@click.command("list")
@case_address
@options.json_switch
def list_(address: str, as_json: bool | None) -> None:
    """List the documents of a case in the order in which they were added.

    'copy of' names the first document of a group of near-duplicates, and how much of its wording is the same.
    """
    from sijill.casefile import CaseFile

    tables = sys.stdout.isatty() if as_json is None else not as_json
    with CaseFile.open(address, write=False) as case:
        first: dict[int, str] = {}
        for row, claims, decided in case.overview():
            if row.family == row.n:
                first[row.n] = row.id
            copy = "" if row.family == row.n else f"{first.get(row.family, row.family)}"
            head = row.head
            cells: dict[str, Any] = {
                "id": row.id,
                "published": head.published,
                "outlet": head.outlet,
                "title": head.title,
                "characters": row.characters,
                "claims": claims,
                "decided": decided,
                "copy_of": copy or None,
                "likeness": round(row.likeness, 3),
                "origin": row.origin,
                "part": row.part,
                "added": row.added,
                "by": row.author,
                "sha256": row.original,
            }
            if not tables:
                click.echo(msgspec.json.encode(cells).decode())
                continue
            told = [isolate(row.id), str(head.published or "-"), f"{claims} claims, {decided} decided"]
            told += [isolate(item) for item in (head.outlet, head.title) if item]
            told += [f"copy of {isolate(copy)} ({row.likeness:.0%})"] if copy else []
            click.echo("  ".join(told))


@click.command()
@case_address
@click.argument("document", metavar="[DOCUMENT]", required=False)
@options.json_switch
def show(address: str, document: str | None, as_json: bool | None) -> None:
    """Show what a case is; or one of its documents: where it came from, its readings, claims and decisions.

    The number before a claim is its key, which 'sijill case decide' takes.
    """
    from sijill.casefile import CaseFile

    tables = sys.stdout.isatty() if as_json is None else not as_json
    with CaseFile.open(address, write=False) as case:
        if document is None:
            _show_case(case, tables=tables)
        else:
            _show_document(case, case.document(document), tables=tables)


@click.command()
@case_address
@document_id
@click.option("-o", "--output", metavar="FILE", required=True, help="Where to; a file that is there is not touched.")
def original(address: str, document: str, output: str) -> None:
    """Write the bytes that a document was read from, exactly as they were given."""
    from sijill.casefile import CaseFile

    with CaseFile.open(address, write=False) as case:
        row = case.document(document)
        content = case.original(row)
    with open(output, "xb") as stream:  # noqa: PTH123  (a path that may be anything, made here)
        stream.write(content)
    click.echo(f"{len(content):,} bytes, {row.original}", err=True)


def _show_case(case: CaseFile, *, tables: bool) -> None:
    seq, head = case.head()
    cells = {**case.about(), **case.numbers(), "entries": seq, "head": head, "unresolved": len(case.unresolved())}
    if not tables:
        click.echo(msgspec.json.encode(cells).decode())
        return
    for name, cell in cells.items():
        click.echo(f"{name:<12} {isolate(str(cell))}")


def _show_document(case: CaseFile, row: DocumentRow, *, tables: bool) -> None:
    readings, claims, decisions = case.readings(row), case.claims(row), case.decisions(row)
    if not tables:
        cells = {"document": row, "head": row.head, "readings": readings, "claims": claims, "decisions": decisions}
        click.echo(msgspec.json.encode(cells).decode())
        return
    head = row.head
    click.echo("  ".join(isolate(str(part)) for part in (row.id, head.published, head.outlet, head.title) if part))
    click.echo(f"from {isolate(row.origin)} {row.part}".rstrip() + f", added {row.added} by {isolate(row.author)}")
    click.echo(f"original {row.original}")
    click.echo(f"text     {row.text} ({row.characters:,} characters)")
    for reading in readings:
        click.echo(f"reading {reading.n}: {reading.time}, sijill {reading.sijill}, data {plain(reading.data)}")
    for claim in claims:
        click.echo(_claim_line(claim))
    for decision in decisions:
        line = f"decision {decision.n} on claim {decision.claim}: {decision.old_state} -> {decision.new_state}"
        reason = f": {isolate(decision.reason)}" if decision.reason else ""
        click.echo(f"{line}, {decision.time} by {isolate(decision.author)}{reason}")


def _claim_line(stored: StoredClaim) -> str:
    claim = stored.claim
    parts = [f"{stored.n:>6}  {stored.state:<8}  {kind(claim.type)}", isolate(claim.trigger_text)]
    parts += [part for part in (days(claim.date), names(claim.places), names(claim.agents)) if part]
    parts += [f"-> {names(claim.targets)}"] if claim.targets else []
    parts += [count(item) for item in claim.counts]
    parts += [f"according to {names(claim.sources)}"] if claim.sources else []
    return "  ".join(parts)

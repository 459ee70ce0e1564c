"""What an export is made from: reports with their claims, and what people decided on them.

The one protocol between an export and whatever keeps the claims (JSON lines of `sijill read`, a case file): an iterator
of `Entry`. A claim stands in it as it holds now; `as_read` is what the reading gave where people changed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sijill.errors import InputError
from sijill.model import Claim, Report

__all__ = ["STATES", "Entry", "Held", "entry_of", "read_entries", "unique"]

# How far people have dealt with a claim; the same words as in a case file.
STATES = ("proposed", "accepted", "edited", "rejected", "unsure")


class Held(msgspec.Struct, frozen=True, omit_defaults=True):
    """A claim with its state. `decisions` are JSON objects of whoever keeps them, oldest first."""

    claim: Claim
    state: str = "proposed"
    as_read: Claim | None = None
    decisions: tuple[dict[str, Any], ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """A report as read, its claims as they hold now, and its text where that is known."""

    report: Report
    held: tuple[Held, ...]
    text: str | None = None


def entry_of(report: Report, text: str | None = None) -> Entry:
    """A report on whose claims nobody has decided anything."""
    return Entry(report, tuple(Held(claim) for claim in report.claims), text)


def read_entries(lines: Iterable[bytes], where: str) -> Iterator[Entry]:
    """The reports of JSON lines as `sijill read` writes them; blank lines are passed over.

    Raises InputError with the line's number for a line that is no report.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield entry_of(_report(line, f"{where}:{number}"))


def _report(line: bytes, where: str) -> Report:
    try:
        return Report.from_json(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        mend = "an export takes what 'sijill read --json' writes"
        raise InputError(f"no report ({error})", where=where, mend=mend) from error


def unique(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries; raises InputError where two reports have one id, or two claims of a report."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.report.doc
        if name in seen:
            raise InputError(f"two reports have the id {name!r}", mend="export them apart, or give one another id")
        seen.add(name)
        ids = [held.claim.id for held in entry.held]
        if len(ids) != len(set(ids)):
            raise InputError(f"report {name!r} has two claims with one id")
        yield entry

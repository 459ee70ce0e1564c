"""JSON lines of a full export back into entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from sijill.export.entry import Entry, Held
from sijill.export.formats.reports import Change
from sijill.model import Claim, Document, Report

__all__ = ["Rows", "read_lines"]

T = TypeVar("T")


class Rows(Generic[T]):
    """Rows in the order of the reports; `of(doc)` gives those of one report, which must come next."""

    def __init__(self, rows: Iterator[T], doc_of: Callable[[T], str]) -> None:
        self._rows = rows
        self._doc_of = doc_of
        self._next = next(rows, None)

    def of(self, doc: str) -> list[T]:
        """The rows of report `doc`."""
        found: list[T] = []
        while self._next is not None and self._doc_of(self._next) == doc:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

    def end(self) -> None:
        """Raises ValueError where rows are left over that belong to no report."""
        if self._next is not None:
            raise ValueError(f"rows of a report that is not there: {self._doc_of(self._next)!r}")


def read_lines(folder: Path) -> Iterator[Entry]:
    """The entries of `reports.jsonl`, with what stands beside it. Raises ValueError where a line is wrong."""
    with ExitStack() as stack:
        changes = Rows(_lines(stack, folder / "changes.jsonl", Change), lambda row: row.doc)
        texts = Rows(_lines(stack, folder / "documents.jsonl", Document), lambda row: row.id)
        for report in _lines(stack, folder / "reports.jsonl", Report):
            by_claim = {change.claim: change for change in changes.of(report.doc)}
            held = tuple(_held(claim, by_claim.pop(claim.id, None)) for claim in report.claims)
            if by_claim:
                raise ValueError(f"a change of a claim that is not there: {next(iter(by_claim))!r}")
            text = next((document.text for document in texts.of(report.doc)), None)
            yield Entry(report, held, text)
        changes.end()
        texts.end()


def _held(claim: Claim, change: Change | None) -> Held:
    if change is None:
        return Held(claim)
    if change.now is None:
        return Held(claim, change.state, None, change.decisions)
    return Held(change.now, change.state, claim, change.decisions)


def _lines(stack: ExitStack, path: Path, kind: type[T]) -> Iterator[T]:
    if not path.is_file():
        return
    decoder = msgspec.json.Decoder(kind)
    for line in stack.enter_context(path.open("rb")):
        yield decoder.decode(line)

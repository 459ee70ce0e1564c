"""What `sijill export` takes: a case, JSON lines, or the folder of an earlier export; all as entries."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
import msgspec

from sijill.errors import InputError
from sijill.export import Entry, Held, read_entries
from sijill.export.back import is_export, read_export
from sijill.sources import Rejected, read_inputs

if TYPE_CHECKING:
    from sijill.casefile import CaseFile, StoredClaim

__all__ = ["Note", "entries_of", "with_texts"]

# Writes an export into the chain of a case: who, and what is told of it.
Note = Callable[[str, dict[str, Any]], None]

_SERVER = ("postgresql:", "postgres:")
_SQLITE = b"SQLite format 3\0"


def entries_of(inputs: tuple[str, ...], stack: ExitStack) -> tuple[Iterator[Entry], Note | None]:
    """The entries of the inputs in order, and for a case what notes the export down; opened things close with `stack`.

    Raises a usage error for a case beside other inputs, InputError for what is none of the three, StoreError for a
    case that cannot be opened.
    """
    cases = [address for address in inputs if _is_case(address)]
    if not cases:
        return chain.from_iterable(_opened(name, stack) for name in inputs), None
    if len(inputs) > 1:
        raise click.UsageError(f"a case is exported alone, not with {len(inputs) - 1} other inputs")
    from sijill.casefile import CaseFile

    case = stack.enter_context(CaseFile.open(cases[0], write=True))

    def note(author: str, told: dict[str, Any]) -> None:
        case.log(author, "export", "case", told)

    return _of_case(case), note


def with_texts(entries: Iterable[Entry], paths: tuple[str, ...]) -> Iterator[Entry]:
    """The entries with the texts of `paths` (inputs of `sijill read`), joined by their hash; all are held in memory.

    Raises InputError for a report whose text is not among them, and where one of them cannot be read.
    """
    texts: dict[str, str] = {}
    for item in read_inputs(paths):
        if isinstance(item, Rejected):
            raise InputError(str(item))
        texts[item.sha256] = item.text
    for entry in entries:
        text = entry.text if entry.text is not None else texts.get(entry.report.sha256)
        if text is None:
            raise InputError(
                f"the text of report {entry.report.doc!r} is not among the texts", mend="leave --texts out"
            )
        yield msgspec.structs.replace(entry, text=text)


def _is_case(address: str) -> bool:
    if address.startswith(_SERVER):
        return True
    path = Path(address)
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


def _opened(name: str, stack: ExitStack) -> Iterator[Entry]:
    if name == "-":
        return read_entries(sys.stdin.buffer, "<stdin>")
    path = Path(name)
    if path.is_dir():
        return _of_folder(path)
    try:
        stream: BinaryIO = stack.enter_context(path.open("rb"))
    except OSError as error:
        raise InputError(error.strerror or str(error), where=name) from error
    return read_entries(stream, name)


def _of_folder(path: Path) -> Iterator[Entry]:
    # Both have a manifest.
    if not is_export(path):
        mend = "give JSON lines, a case, an export or a run"
        raise InputError("a folder that is neither an export nor a run", where=str(path), mend=mend)
    from sijill.run import Folder

    if not Folder.is_one(path):
        return read_export(path)
    from sijill.run.results import entries

    return entries(Folder.open(path))


def _of_case(case: CaseFile) -> Iterator[Entry]:
    """The documents of a case in the order in which they were added: the newest reading, and what people decided."""
    for row in case.documents():
        readings = case.readings(row)
        if not readings:
            continue
        decisions: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for decision in case.decisions(row):
            decisions[decision.claim].append(msgspec.to_builtins(decision))
        held = tuple(_held(stored, decisions[stored.n]) for stored in case.claims(row))
        yield Entry(case.report(readings[-1]), held, case.text(row))


def _held(stored: StoredClaim, decisions: list[dict[str, Any]]) -> Held:
    as_read = stored.as_read if stored.as_read != stored.claim else None
    return Held(stored.claim, stored.state.value, as_read, tuple(decisions))

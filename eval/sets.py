"""The sets of reports that the reading is measured on: our own gold, and what there is of `../shared/eval`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from eval.airwars import Incident
from eval.scoring import Reading
from sijill.model import Document

__all__ = ["GOLD_FILES", "OWN", "ROOT", "SHARED", "GoldSet", "incidents", "own_sets", "shared_sets"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "eval"
GOLD = ROOT / "eval" / "gold"
OWN = {
    "examples": (ROOT / "examples" / "reports.jsonl", GOLD / "examples.jsonl"),
    "paragraphs": (GOLD / "documents.jsonl", GOLD / "paragraphs.jsonl"),
    # Kinds of text, from monthly reports to posts: rules may be worked out on it.
    "kinds_work": (GOLD / "kinds_work-documents.jsonl", GOLD / "kinds_work.jsonl"),
    # The press of the regions: rules may be worked out on the first, of the second only totals are looked at.
    "regions_work": (GOLD / "regions_work-documents.jsonl", GOLD / "regions_work.jsonl"),
    "regions_held": (GOLD / "regions_held-documents.jsonl", GOLD / "regions_held.jsonl"),
}
GOLD_FILES = tuple(path for paths in OWN.values() for path in paths)

Record = TypeVar("Record")


class GoldSet(msgspec.Struct, frozen=True):
    """Reports with their gold."""

    name: str
    documents: tuple[Document, ...]
    gold: tuple[Reading, ...]

    @property
    def texts(self) -> dict[str, str]:
        """The text of each report by its id."""
        return {document.id: document.text for document in self.documents}

    def part(self, name: str, keep: Callable[[int], bool]) -> GoldSet:
        """The reports whose index in the set `keep` accepts."""
        kept = {document.id for index, document in enumerate(self.documents) if keep(index)}
        return GoldSet(
            name,
            tuple(document for document in self.documents if document.id in kept),
            tuple(reading for reading in self.gold if reading.doc in kept),
        )


class _Line(msgspec.Struct, frozen=True):
    """A report as the lists have it."""

    id: str
    text: str
    published: date | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None


def own_sets() -> list[GoldSet]:
    """The sets that the gate defends."""
    return [_gold_set(name, documents, gold) for name, (documents, gold) in OWN.items()]


def shared_sets(folder: Path = SHARED) -> list[GoldSet]:
    """The sets of `../shared/eval` that are there: the seed, and dev whole and in its two halves."""
    sets = []
    for name in ("seed", "dev"):
        documents, gold = folder / name / "documents.jsonl", folder / name / "gold.jsonl"
        if documents.is_file() and gold.is_file():
            sets.append(_gold_set(name, documents, gold))
            if name == "dev":
                sets += [
                    sets[-1].part("dev even", lambda i: i % 2 == 0),
                    sets[-1].part("dev odd", lambda i: i % 2 == 1),
                ]
    return sets


def incidents(folder: Path = SHARED) -> tuple[list[Document], list[Incident]]:
    """The reports and incidents of `airwars`; empty where they are not there."""
    documents, reference = folder / "airwars" / "documents.jsonl", folder / "airwars" / "reference.jsonl"
    if not (documents.is_file() and reference.is_file()):
        return [], []
    return list(_documents(documents)), list(_lines(reference, Incident))


def _gold_set(name: str, documents: Path, gold: Path) -> GoldSet:
    return GoldSet(name, tuple(_documents(documents)), tuple(_lines(gold, Reading)))


def _documents(path: Path) -> Iterable[Document]:
    for line in _lines(path, _Line):
        yield Document(line.id, line.text, line.published, line.title, line.url, line.outlet)


def _lines(path: Path, kind: type[Record]) -> Iterable[Record]:
    decoder = msgspec.json.Decoder(kind)
    for line in path.read_bytes().splitlines():
        if line.strip():
            yield decoder.decode(line)

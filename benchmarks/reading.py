"""What reading a conflict report costs, by stage, beside a plain search for the trigger words; and what starting costs.

Prints CPU milliseconds a report of 3,000 characters for each stage and for all of them, as a first pass over reports
that bear words not met before and again when word forms are remembered, and reports a second on one core. The floor is
an Aho-Corasick automaton (pyahocorasick, where it is installed) that finds all forms of the trigger words in the same
text and does nothing with them. Start-up is measured in processes of its own: nothing kept yet, all kept, keeping off.

All times are CPU seconds of the process; of several passes the least is given, a document at a time, since other work
on the machine only adds. Ratios hold on other machines, milliseconds do not.

Run: python benchmarks/reading.py [DOCUMENTS.jsonl]  (without one: our own gold reports and examples)
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from itertools import pairwise
from pathlib import Path

if __name__ == "__main__":  # a script has its own folder on the path; `benchmarks` lies one above
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.mixed_news import reports
from sijill.cache import VARIABLE
from sijill.model import Document
from sijill.pipeline import Reader

_SIZE = 3_000
_REPORTS = 150
_PASSES = 5
_STARTING = """
import resource, time
begun = time.process_time()
from sijill.pipeline import Reader
imported = time.process_time()
Reader()
loaded = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{imported - begun:.3f} CPU s importing, {loaded - imported:.3f} CPU s loading, {peak:.0f} MB at the most")
"""


def _documents(path: str) -> list[Document]:
    rows = (json.loads(line) for line in Path(path).read_text("utf8").splitlines())
    days = ((row, row.get("published")) for row in rows)
    return [Document(str(row["id"]), row["text"], date.fromisoformat(day) if day else None) for row, day in days]


def _start_up() -> None:
    """Starting with nothing kept, with all kept, and with keeping off."""
    with tempfile.TemporaryDirectory() as folder:
        for name, kept in (("first run", folder), ("later runs", folder), ("nothing kept", "")):
            environment = {**os.environ, VARIABLE: kept}
            done = subprocess.run(
                [sys.executable, "-c", _STARTING], env=environment, check=True, capture_output=True, text=True
            )
            print(f"start, {name}: {done.stdout.strip()}")


def _least(steps: Sequence[Callable[[Document], object]], documents: Sequence[Document]) -> list[float]:
    """CPU milliseconds a report of each of `steps`: the least of several passes, document by document."""
    best = [[float("inf")] * len(steps) for _ in documents]
    for _ in range(_PASSES):
        for row, document in zip(best, documents, strict=True):
            for at, step in enumerate(steps):
                start = time.process_time()
                step(document)
                row[at] = min(row[at], time.process_time() - start)
    return [sum(column) * _each(documents) for column in zip(*best, strict=True)]


def _each(documents: Sequence[Document]) -> float:
    """What CPU seconds for all documents are multiplied by to give milliseconds a report of 3,000 characters."""
    return 1_000 * _SIZE / sum(len(document.text) for document in documents)


def _stages(reader: Reader, documents: Sequence[Document]) -> None:
    """Each stage of the way, and the whole; a stage is what reading up to its end costs more than up to its start."""
    text, found, named = reader.text, reader.values, reader.mentions

    def values(document: Document) -> object:
        return found(text(document))

    def names(document: Document) -> object:
        cut = text(document)
        return named(cut, found(cut))

    def claims(document: Document) -> object:
        cut = text(document)
        worth = found(cut)
        return reader._claims.read(cut, worth, named(cut, worth))  # noqa: SLF001  (a stage that has no name outside)

    *parts, whole = _least((text, values, names, claims, reader.read), documents)
    told = [parts[0], *(after - before for before, after in pairwise(parts)), whole - parts[-1]]
    names_of = ("text", "values", "names", "claims", "places and report")
    print("again, by stage: " + ", ".join(f"{name} {spent:.2f}" for name, spent in zip(names_of, told, strict=True)))
    print(f"again: {whole:.2f} CPU ms, {1_000 / whole:.0f} reports a second on one core")
    _floor(reader, documents, whole)


def _floor(reader: Reader, documents: Sequence[Document], whole: float) -> None:
    """A search for the trigger words that does nothing with them."""
    try:
        ahocorasick = import_module("ahocorasick")  # not among what the project needs
    except ImportError:
        print("floor: pip install pyahocorasick to see it")
        return
    automaton = ahocorasick.Automaton()
    for form in reader._claims.lexicon.forms:  # noqa: SLF001
        automaton.add_word(form, form)
    automaton.make_automaton()
    (floor,) = _least((lambda document: sum(1 for _ in automaton.iter(document.text)),), documents)
    print(f"floor: {floor:.3f} CPU ms for {len(automaton)} forms; reading costs {whole / floor:.0f} times that")


def main() -> None:
    """Print start-up, the first pass, each stage, and the floor."""
    _start_up()
    reader = Reader()
    documents = _documents(sys.argv[1]) if len(sys.argv) > 1 else [row.document for row in reports(_REPORTS)]
    size = sum(len(document.text) for document in documents) / len(documents)
    print(f"{len(documents)} reports of {size:.0f} characters; figures are for {_SIZE}")
    start = time.process_time()
    for document in documents:
        reader.read(document)
    first = (time.process_time() - start) * _each(documents)
    print(f"first pass: {first:.2f} CPU ms, {1_000 / first:.0f} reports a second on one core")
    _stages(reader, documents)


if __name__ == "__main__":
    main()

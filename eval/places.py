"""Measures the places that we find in reports against the places of the gold claims, by name over a whole report.

    python -m eval.places ../shared/eval/dev [--missed] [--extra] [--doc ID]

Gold holds the places of claims only, so that a name of a place that no claim has counts as false here ("raw"
precision); what is truly no place has to be judged by a person (`--extra` lists them). Even and odd documents apart.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sijill.model import Document
from sijill.names.places import PlaceFinder, lexicon_words
from sijill.text import TextReader

Fold = Callable[[str], tuple[str, ...]]
Same = Callable[[tuple[str, ...], tuple[str, ...]], bool]


def scorer(folder: Path) -> tuple[Fold, Same]:
    """`fold` and `same` of the lists' own scorer, which decides when two names are one."""
    spec = importlib.util.spec_from_file_location("lists_score", folder.parent / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score.py beside {folder}")
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.fold, module.same


def lines(path: Path) -> Iterable[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    return (json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip())


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--extra", action="store_true")
    parser.add_argument("--doc")
    options = parser.parse_args()
    fold, same = scorer(options.folder)
    started = time.process_time()
    reader = TextReader(lexicon_words())
    finder = PlaceFinder(lexicon=reader.lexicon)
    print(f"loaded in {time.process_time() - started:.2f} CPU s", file=sys.stderr)
    gold = {row["doc"]: row["claims"] for row in lines(options.folder / "gold.jsonl")}
    tally = {0: [0, 0, 0, 0], 1: [0, 0, 0, 0]}
    spent = letters = 0.0
    for number, row in enumerate(lines(options.folder / "documents.jsonl")):
        if options.doc and row["id"] != options.doc:
            continue
        text = reader.read(Document(row["id"], row["text"]))
        started = time.process_time()
        mentions = finder.find(text)
        spent += time.process_time() - started
        letters += len(row["text"])
        ours = {fold(m.name): m for m in mentions if m.subtype != "description"}
        wanted = {fold(p["name"]): p for claim in gold[row["id"]] for p in claim["places"]}
        hit = [name for name in wanted if any(same(name, other) for other in ours)]
        right = [name for name in ours if any(same(name, other) for other in wanted)]
        for at, value in enumerate((len(hit), len(wanted), len(right), len(ours))):
            tally[number % 2][at] += value
        if number % 2 == 0 or options.doc:
            report(options, row, wanted, hit, ours, right)
    for half, name in ((0, "even"), (1, "odd")):
        hits, total, true, given = tally[half]
        recall, precision = hits / max(total, 1), true / max(given, 1)
        print(f"{name}: recall {recall:.3f} ({hits}/{total}), raw precision {precision:.3f} ({true}/{given})")
    print(f"{spent / letters * 3e6:.2f} CPU ms per 3,000 characters")


def report(options: argparse.Namespace, row: Any, wanted: Any, hit: Any, ours: Any, right: Any) -> None:
    """List what was missed and what was found beyond the gold, of the working half only."""
    if options.missed:
        for name in wanted.keys() - set(hit):
            start, end = wanted[name]["span"]
            print(
                "MISSED",
                row["id"],
                wanted[name]["name"],
                "|",
                row["text"][max(0, start - 30) : end + 25].replace("\n", " "),
            )
    if options.extra:
        for name in ours.keys() - set(right):
            mention = ours[name]
            at = mention.span
            print(
                "EXTRA",
                row["id"],
                mention.name,
                mention.rule,
                "|",
                row["text"][max(0, at.start - 25) : at.end + 20].replace("\n", " "),
            )


if __name__ == "__main__":
    main()

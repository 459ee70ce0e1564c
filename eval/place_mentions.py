"""Measures each place that is found in a report against marks that a person has set, mention by mention.

    python -m eval.place_mentions ../shared/eval [eval/place_marks/first.jsonl ...]

A line of a file of marks is one report: `doc`, `list` (the folder that its text is in), `range` (the part of the text
that was read) and `marks`, each with its offsets and a code. `p` is a place named there; `g` one that may be found in
parts (a road between two towns); `d` a definite noun that stands for a place, with the offsets of the name that it
stands for; `o` what may be found or not (datelines, a state that is spoken of, where somebody comes from). A state
that acts has no mark: the finder gives it a rule of its own (`known.state`), which counts as no place, as does
`dateline`.

Right is a mention with the marked name, nouns like "village" apart; touching, one that shares characters with a mark.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from eval.names import fold_name
from sijill.model import Document, Mention, MentionKind
from sijill.pipeline import Reader

__all__ = ["FOLDER", "Mark", "Marked", "load_marks", "measure"]

FOLDER = Path(__file__).resolve().parent / "place_marks"
_HEADS = frozenset(fold_name("مدينة بلدة قرية محافظة مقاطعة منطقة مديرية حي ناحية"))
_NO_PLACES = frozenset(("known.state", "list.state", "dateline"))


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """Characters `start`..`end`, the code, and for a definite noun the characters of the name that it stands for."""

    start: int
    end: int
    code: str
    name_start: int = -1
    name_end: int = -1


class Marked(msgspec.Struct, frozen=True):
    """The marks of one report."""

    doc: str
    list: str
    range: tuple[int, int]
    marks: tuple[Mark, ...]


def load_marks(path: Path) -> tuple[Marked, ...]:
    """The marks of a file."""
    return tuple(msgspec.json.decode(line, type=Marked) for line in path.read_bytes().splitlines() if line)


def _name(name: str) -> tuple[str, ...]:
    """A name's words without the nouns that names lose; a proclitic ل joins its noun (لمدينة جرابلس, لجرابلس)."""
    words = fold_name(name.replace("-", " ").replace("–", " "))
    kept: list[str] = []
    pending = ""
    for word in words:
        if word in _HEADS:
            continue
        if word[:1] == "ل" and word[1:] in _HEADS:
            pending = "ل"
            continue
        kept.append(pending + word)
        pending = ""
    return tuple(kept)


def measure(marked: Marked, text: str, mentions: tuple[Mention, ...]) -> Counter[str]:
    """How many mentions are right, touching, false, and how many marks were met, touched, missed."""
    tally: Counter[str] = Counter()
    best: dict[int, int] = {}
    for mention in mentions:
        if not marked.range[0] <= mention.span.start < marked.range[1]:
            continue
        over = [at for at, m in enumerate(marked.marks) if m.start < mention.span.end and mention.span.start < m.end]
        codes = {marked.marks[at].code for at in over}
        if not over:
            tally["spurious" if mention.subtype == "description" else "false"] += 1
        elif "d" in codes:
            mark = next(marked.marks[at] for at in over if marked.marks[at].code == "d")
            stands_for = _name(text[mark.name_start : mark.name_end])
            tally["described" if _name(mention.name)[-1:] == stands_for[-1:] else "misread"] += 1
        elif codes != {"o"}:
            grades = {at: _grade(marked.marks[at], text, mention) for at in over if marked.marks[at].code != "o"}
            for at, grade in grades.items():
                best[at] = max(best.get(at, 0), grade)
            tally["right" if max(grades.values()) == 2 else "touching"] += 1
    for at, mark in enumerate(marked.marks):
        if mark.code in ("p", "g"):
            tally[("missed", "touched", "met")[best.get(at, 0)]] += 1
        tally["definite"] += mark.code == "d"
    return tally


def _grade(mark: Mark, text: str, mention: Mention) -> int:
    whole = mark.code == "g" or _name(text[mark.start : mark.end]) == _name(mention.name)
    return 2 if whole else 1


def _line(label: str, tally: Counter[str]) -> str:
    given = max(tally["right"] + tally["touching"] + tally["false"], 1)
    wanted = max(tally["met"] + tally["touched"] + tally["missed"], 1)
    right, close = tally["right"] / given, 1 - tally["false"] / given
    met, near = tally["met"] / wanted, 1 - tally["missed"] / wanted
    return (
        f"{label}: precision {right:.3f} (touching {close:.3f}, of {given}), recall {met:.3f} (touching {near:.3f}, "
        f"of {wanted}); definite nouns {tally['described']} right, {tally['misread']} misread, "
        f"{tally['spurious']} spurious of {tally['definite']}"
    )


def _texts(folder: Path, name: str) -> dict[str, str]:
    rows: Any = (json.loads(line) for line in (folder / name / "documents.jsonl").read_text("utf8").splitlines())
    return {row["id"]: row["text"] for row in rows}


def main() -> None:
    """Print the figures of each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("marks", type=Path, nargs="*", default=sorted(FOLDER.glob("*.jsonl")))
    options = parser.parse_args()
    reader = Reader()
    texts: dict[str, dict[str, str]] = {}
    for path in options.marks:
        total: Counter[str] = Counter()
        for marked in load_marks(path):
            if marked.list not in texts:
                texts[marked.list] = _texts(options.folder, marked.list)
            text = texts[marked.list][marked.doc]
            read = reader.text(Document(marked.doc, text))
            mentions = tuple(
                m
                for m in reader.mentions(read, reader.values(read))
                if m.kind is MentionKind.PLACE and m.rule not in _NO_PLACES
            )
            total += measure(marked, text, mentions)
        print(_line(path.stem, total))


if __name__ == "__main__":
    main()

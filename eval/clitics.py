"""How many words are cut right: our annotation of 300 sentences of the dev reports against the text room.

The sentences are the 300 smallest of all dev sentences of four words and more by the SHA-256 of
`sijill-clitics <doc> <sentence>`; each Arabic word was cut by hand, by form, before any output was seen. No text is
stored: `clitics/gold.jsonl` holds for each sentence the document and, for each word, `[start, end, cut, …]` as offsets
in the text as given. Conventions: particles, pronouns and prepositions with their pronoun are one word (`عليهم`,
`بذلك`), only و and ف come off them; a noun or verb loses proclitics, article and pronoun; in للمدينة the second ل is
the article; in للاجئين the article is not to be seen. Words in what is marked as furniture are left out.

Run: python eval/clitics.py [--shared ../shared/eval/dev/documents.jsonl] [--errors]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

from sijill.model import Document, Text, Word
from sijill.text import TextReader

GOLD = Path(__file__).parent / "clitics" / "gold.jsonl"
SHARED = Path(__file__).parents[2] / "shared" / "eval" / "dev" / "documents.jsonl"


def cuts_of(word: Word) -> list[int]:
    """The offsets, as given, at which `word` is cut."""
    inner = [word.start + 1] if len(word.proclitics) > 1 else []
    ends = [word.name_start, word.stem_start, word.stem_end]
    return sorted({at for at in (*inner, *ends) if word.start < at < word.end})


def compare(text: Text, rows: list[list[int]], wrong: Counter[str]) -> tuple[int, int, int, int]:
    """Words, right words, words that have or were given a cut, right ones of these; fills `wrong`."""
    found = {word.start: word for word in text.words}
    total = right = hard = hard_right = 0
    for start, end, *cuts in rows:
        word = found.get(start)
        if word is None:  # left out as furniture
            continue
        given = cuts_of(word) if word.end == end else [-1]
        same = given == cuts
        total, right = total + 1, right + same
        if cuts or given:
            hard, hard_right = hard + 1, hard_right + same
        if not same:
            surface = text.document.text
            wrong[f"{_show(surface, start, end, cuts)}  not  {_show(surface, start, end, given)}"] += 1
    return total, right, hard, hard_right


def _show(text: str, start: int, end: int, cuts: list[int]) -> str:
    edges = [start, *(cut for cut in cuts if cut > 0), end]
    return "|".join(text[a:b] for a, b in pairwise(edges))


def main() -> None:
    """Prints the share of words right, over all words and over those with a cut."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", action="store_true", help="print the words that are cut wrongly")
    options = parser.parse_args()
    if not options.shared.is_file():
        print(f"no reports at {options.shared}: nothing measured")
        return
    texts = {row["id"]: row["text"] for row in map(json.loads, options.shared.open(encoding="utf8"))}
    reader = TextReader()
    sums = [0, 0, 0, 0]
    wrong: Counter[str] = Counter()
    for row in map(json.loads, GOLD.open(encoding="utf8")):
        text = reader.read(Document(id=row["doc"], text=texts[row["doc"]]))
        sums = [a + b for a, b in zip(sums, compare(text, row["words"], wrong), strict=True)]
    total, right, hard, hard_right = sums
    print(f"words {total}, right {right} ({right / total:.2%})")
    print(f"of these with a cut {hard}, right {hard_right} ({hard_right / hard:.2%})")
    if options.errors:
        for line, times in wrong.most_common():
            print(f"{times:4} {line}")


if __name__ == "__main__":
    main()

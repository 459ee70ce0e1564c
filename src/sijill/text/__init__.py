"""Document → Text: cleaning with an offset map, furniture, sentences, words with their clitics.

`TextReader` holds what is loaded once; `TextReader.read(document)` gives a `Text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sijill.model import Document, Furniture, Text
from sijill.text.clitics import Cutter
from sijill.text.evasion import undone
from sijill.text.folding import clean
from sijill.text.furniture import Stretch, load_furniture
from sijill.text.lexicon import load_words
from sijill.text.sentences import sentence_cuts
from sijill.text.words import words_of

__all__ = ["TextReader"]


class TextReader:
    """Cuts documents into words. `extra` are words of the other rooms' data that clitics may stand before.

    `whole`: nothing is left out as furniture. `shipped`: `extra` are those of all shipped data (see `load_words`).
    Raises ResourceError where a data file is wrong.
    """

    def __init__(
        self, extra: Iterable[str] = (), overlay: Path | None = None, *, whole: bool = False, shipped: bool = False
    ) -> None:
        self.lexicon = load_words(extra, overlay, shipped=shipped)
        self._furniture = None if whole else load_furniture(overlay)
        self.cutter = Cutter(self.lexicon)

    def read(self, document: Document) -> Text:
        """The words and sentences of `document`, furniture left out. Linear in the length of the text.

        A sentence of prose added at the end changes no earlier word; a headline may, since it can show that the lines
        before it are headlines as well.
        """
        cleaned = clean(undone(document.text, self.cutter.reads), document.text)
        marks = self._furniture.marks(cleaned.text, document.title, document.url) if self._furniture else ()
        words, sentences = words_of(cleaned, _outside(sentence_cuts(cleaned.text), marks), self.cutter)
        furniture = tuple(
            Furniture(cleaned.original(start), cleaned.original_end(end), rule) for start, end, rule in marks
        )
        return Text(document, words, sentences, furniture)


def _outside(cuts: list[tuple[int, int]], marks: tuple[Stretch, ...]) -> list[tuple[int, int]]:
    """The sentences, cut around the furniture: what is left of one on each side is a sentence of its own."""
    if not marks:
        return cuts
    kept = []
    at = 0
    for first, end in cuts:
        start = first
        while at < len(marks) and marks[at][0] < end:
            if marks[at][0] > start:
                kept.append((start, marks[at][0]))
            start = max(start, marks[at][1])
            if start >= end:  # the mark may run on into the next sentence
                break
            at += 1
        if start < end:
            kept.append((start, end))
    return kept

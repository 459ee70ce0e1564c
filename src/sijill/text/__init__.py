"""Document → Text: cleaning with an offset map, furniture, sentences, words with their clitics.

`TextReader` holds what is loaded once; `TextReader.read(document)` gives a `Text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sijill.model import Document, Furniture, Text
from sijill.text.clitics import Cutter
from sijill.text.folding import Clean, clean
from sijill.text.furniture import furniture_of
from sijill.text.lexicon import load_words
from sijill.text.sentences import sentence_cuts
from sijill.text.words import words_of

__all__ = ["TextReader"]


class TextReader:
    """Cuts documents into words. `extra` are words of the other rooms' data that clitics may stand before."""

    def __init__(self, extra: Iterable[str] = (), overlay: Path | None = None) -> None:
        self.lexicon = load_words(extra, overlay)
        self._cutter = Cutter(self.lexicon)

    def read(self, document: Document) -> Text:
        """The words and sentences of `document`, furniture left out. Linear in the length of the text."""
        cleaned = clean(document.text)
        furniture = furniture_of(cleaned)
        words, sentences = words_of(cleaned, _outside(cleaned, furniture), self._cutter)
        return Text(document, words, sentences, furniture)


def _outside(cleaned: Clean, furniture: tuple[Furniture, ...]) -> list[tuple[int, int]]:
    """The sentences of the cleaned text that do not lie in furniture."""
    cuts = sentence_cuts(cleaned.text)
    if not furniture:
        return cuts
    kept = []
    at = 0
    for start, end in cuts:
        first, last = cleaned.original(start), cleaned.original_end(end)
        while at < len(furniture) and furniture[at].end <= first:
            at += 1
        if at == len(furniture) or furniture[at].start >= last:
            kept.append((start, end))
    return kept

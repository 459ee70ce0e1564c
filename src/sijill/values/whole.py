"""Reading a text whole: bylines, clocks and labels hold values too, though a report's claims are not there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sijill.model import Document, Text
from sijill.text.clitics import Cutter
from sijill.text.folding import clean
from sijill.text.lexicon import load_words
from sijill.text.sentences import sentence_cuts
from sijill.text.words import words_of

__all__ = ["WholeTextReader"]


class WholeTextReader:
    """Cuts documents into words as `TextReader` does, and leaves nothing out as page furniture."""

    def __init__(self, extra: Iterable[str] = (), overlay: Path | None = None) -> None:
        self._cutter = Cutter(load_words(extra, overlay))

    def read(self, document: Document) -> Text:
        """The words and sentences of `document`. Linear in the length of the text."""
        cleaned = clean(document.text)
        words, sentences = words_of(cleaned, sentence_cuts(cleaned.text), self._cutter)
        return Text(document, words, sentences, ())

"""Cleaned text → words with their offsets as given and their clitics told apart."""

from __future__ import annotations

import re

from sijill.model import Sentence, Word, WordKind
from sijill.text.clitics import Cutter
from sijill.text.folding import Clean, fold

__all__ = ["TOKEN", "words_of"]

# Digits keep separators that stand between digits; anything else that is no letter and no space is one mark.
TOKEN = re.compile(
    r"(?P<number>[0-9٠-٩۰-۹]+(?:[.,٫٬][0-9٠-٩۰-۹]+)*)"
    r"|(?P<word>[\u0620-\u064a\u066e-\u06d3\u06ee\u06ef\u06fa-\u06ff]+)"
    r"|(?P<latin>[^\W\d_\u0600-\u06ff]+)"
    r"|(?P<punct>[^\s])"
)
_KINDS = {
    "number": WordKind.NUMBER,
    "word": WordKind.WORD,
    "latin": WordKind.LATIN,
    "punct": WordKind.PUNCT,
}


def words_of(
    clean: Clean, cuts: list[tuple[int, int]], cutter: Cutter
) -> tuple[tuple[Word, ...], tuple[Sentence, ...]]:
    """The words of each sentence of `cuts` (offsets in the cleaned text), and the sentences that hold any."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    for start, end in cuts:
        first = len(words)
        number = len(sentences)
        for match in TOKEN.finditer(clean.text, start, end):
            words.append(_word(clean, match, number, cutter))
        if len(words) > first:
            sentences.append(
                Sentence(words[first].start, words[-1].end, first, len(words))
            )
    return tuple(words), tuple(sentences)


def _word(clean: Clean, match: re.Match[str], sentence: int, cutter: Cutter) -> Word:
    at, to = match.span()
    form = match[0]
    start, end = clean.original(at), clean.marked_end(to)
    kind = _KINDS[match.lastgroup or "punct"]
    if kind is not WordKind.WORD:
        key = fold(form)
        return Word(start, end, form, key, kind, "", False, key, "", start, start, end, form, sentence)
    cut = cutter.cut(form)
    return Word(
        start,
        end,
        form,
        cut.key,
        kind,
        cut.proclitics,
        cut.article,
        cut.stem,
        cut.enclitic,
        clean.original(at + cut.name_at) if cut.name_at < len(form) else start,
        clean.original(at + cut.stem_at) if cut.stem_at else start,
        clean.original_end(at + cut.stem_end) if cut.stem_end < len(form) else end,
        cut.lemma,
        sentence,
    )

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
    r"|(?P<punct>[^\s\x00-\x1f\x7f-\x9f\u0300-\u036f\ud800-\udfff])"  # controls, loose marks and halves are nothing
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
    cut = cutter.letters(form) if to - at == 1 and _is_initial(clean.text, at) else cutter.cut(form)
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
        _within(clean, at, cut.name_at, start, end, len(form)),
        _within(clean, at, cut.stem_at, start, end, len(form)),
        clean.original_end(at + cut.stem_end) if cut.stem_end < len(form) else end,
        cut.lemma,
        sentence,
    )


def _within(clean: Clean, at: int, offset: int, start: int, end: int, length: int) -> int:
    """The offset, as given, of the character at `offset` of a word: its start and end are known."""
    if not offset:
        return start
    return clean.original(at + offset) if offset < length else end


def _is_initial(text: str, at: int) -> bool:
    """Whether the single letter at `at` belongs to an abbreviation (أ.ف.ب, د. سالم, أ ف ب): it is no clitic then."""
    before, behind = text[max(0, at - 2) : at], text[at + 1 : at + 3]
    if before[-1:] == "." or behind[:1] == ".":
        return True
    if text[at] == "و":
        return False
    near = text[at + 2 : at + 4]
    if behind[:1] == " " and len(behind) == 2 and behind[1].isalpha() and behind[1] != "و" and not near[1:2].isalpha():
        if not near[:1].isalpha():
            return True
    far = text[max(0, at - 3) : at]
    return before[-1:] == " " and before[:1].isalpha() and before[:1] != "و" and not far[:1].isalpha() and len(far) == 3

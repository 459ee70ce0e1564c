"""Cleaned text → words with their offsets as given and their clitics told apart."""

from __future__ import annotations

import re

from sijill.model import Sentence, Word, WordKind
from sijill.text.clitics import Cutter
from sijill.text.folding import Clean, fold

__all__ = ["TOKEN", "words_of"]

# Arabic letters; digits with the separators that stand between digits; other letters; any other mark alone. Controls,
# loose combining marks and halves of surrogate pairs are nothing.
TOKEN = re.compile(
    r"([\u0620-\u064a\u066e-\u06d3\u06ee\u06ef\u06fa-\u06ff]+)"
    r"|([0-9٠-٩۰-۹]+(?:[.,٫٬][0-9٠-٩۰-۹]+)*)"
    r"|([^\W\d_\u0600-\u06ff]+)"
    r"|([^\s\x00-\x1f\x7f-\x9f\u0300-\u036f\ud800-\udfff])"
)
_LETTERS = WordKind.WORD
_KINDS = (WordKind.WORD, WordKind.WORD, WordKind.NUMBER, WordKind.LATIN, WordKind.PUNCT)


def words_of(
    clean: Clean, cuts: list[tuple[int, int]], cutter: Cutter
) -> tuple[tuple[Word, ...], tuple[Sentence, ...]]:
    """The words of each sentence of `cuts` (offsets in the cleaned text), and the sentences that hold any."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    text = clean.text
    for start, end in cuts:
        first = len(words)
        number = len(sentences)
        for match in TOKEN.finditer(text, start, end):
            read = _word if match.lastindex == 1 else _other
            words.append(read(clean, match, number, cutter))
        if len(words) > first:
            sentences.append(Sentence(words[first].start, words[-1].end, first, len(words)))
    return tuple(words), tuple(sentences)


def _other(clean: Clean, match: re.Match[str], sentence: int, _: Cutter) -> Word:
    """A number, a word of another script, or a mark."""
    form = match[0]
    at, to = match.span()
    start, end = clean.offsets[at], clean.offsets[to - 1] + 1
    kind = _KINDS[match.lastindex or 4]
    key = fold(form) if kind is WordKind.NUMBER else form
    return Word(start, end, form, key, kind, "", False, key, "", start, start, end, form, sentence)


def _word(clean: Clean, match: re.Match[str], sentence: int, cutter: Cutter) -> Word:
    """A word of Arabic letters."""
    form = match[0]
    at, to = match.span()
    offsets = clean.offsets
    start, end = offsets[at], offsets[to - 1] + 1
    if offsets[to] != end:
        end = clean.marked_end(to)
    size = to - at
    cut = cutter.letters(form) if size == 1 and _is_initial(clean.text, at) else cutter.cuts[form]
    name_at, stem_at, stem_end = cut.name_at, cut.stem_at, cut.stem_end
    if end - start == size and clean.one_by_one:  # the letters stand as given, with nothing between
        name_at, stem_at, stem_end = start + name_at, start + stem_at, start + stem_end
    else:
        name_at = offsets[at + name_at] if name_at < size else end
        stem_at = offsets[at + stem_at] if stem_at < size else end
        stem_end = offsets[at + stem_end] if stem_end < size else end
    return Word(
        start, end, form, cut.key, _LETTERS, cut.proclitics, cut.article, cut.stem, cut.enclitic,
        name_at, stem_at, stem_end, cut.lemma, sentence,
    )  # fmt: skip


def _is_initial(text: str, at: int) -> bool:
    """Whether the single letter at `at` belongs to an abbreviation (أ.ف.ب, د. سالم, أ ف ب): it is no clitic then."""
    before, behind = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if "." in (before, behind):
        return True
    if text[at] == "و":
        return False
    return (before == " " and _is_lone(text, at - 2)) or (behind == " " and _is_lone(text, at + 2))


def _is_lone(text: str, at: int) -> bool:
    """Whether a letter, other than the conjunction و, stands alone at `at`."""
    if not 0 <= at < len(text) or not text[at].isalpha() or text[at] == "و":
        return False
    return not text[max(0, at - 1) : at].isalpha() and not text[at + 1 : at + 2].isalpha()

"""Texts and what is searched for → the words that both are compared by, with the characters that they stand on.

The text room cuts each word: without marks and evasive spelling, folded, its clitics and article taken off. So what is
searched as القصف is found in وبالقصف. Both databases are given these words as they are and cut nothing themselves.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from sijill.errors import ConfigError
from sijill.model import Span
from sijill.text.clitics import Cutter
from sijill.text.evasion import undone
from sijill.text.folding import clean, fold
from sijill.text.words import TOKEN

__all__ = ["LONGEST", "Term", "Token", "Wording", "spans_of", "wording"]

# A longer word is told apart by its beginning only: a server's word has at most 2 KB.
LONGEST = 32
_REMEMBERED = 50_000
_WORD, _NUMBER, _LATIN = 1, 2, 3  # the groups of TOKEN; the fourth are marks
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w)")
_CHUNK = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|([^\s"«“]+)|(.)', re.DOTALL)


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word as it is searched, and its characters in the text as given."""

    key: str
    start: int
    end: int


class Term(msgspec.Struct, frozen=True, gc=False):
    """What a text must have: the words one after the other; `prefix`: the last one need only begin so."""

    keys: tuple[str, ...]
    prefix: bool = False


class _Known(dict[str, str]):
    """The words of what stands between two blanks, cut once and remembered: no word runs over a blank."""

    def __init__(self, cutter: Cutter) -> None:
        super().__init__()
        self._cut = cutter.cut

    def __missing__(self, chunk: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = []
        for word, number, latin, _ in TOKEN.findall(clean(chunk).text):
            key = self._cut(word).stem if word else fold(number) if number else latin.lower()
            if key:
                found.append(key[:LONGEST])
        self[chunk] = " ".join(found)
        return self[chunk]


class Wording:
    """Cuts texts and questions into words. `version` is a number for the rules and words that it cuts by."""

    def __init__(self, cutter: Cutter, version: int) -> None:
        self._cutter, self.version = cutter, version
        self._known = _Known(cutter)

    def tokens(self, text: str) -> list[Token]:
        """The words of `text` in order; marks, and clitics that stand alone, are none. Linear in the length."""
        cleaned = clean(undone(text, self._cutter.reads), text)
        offsets, cut = cleaned.offsets, self._cutter.cut
        found = []
        for match in TOKEN.finditer(cleaned.text):
            group = match.lastindex
            if group == _WORD:
                key = cut(match[0]).stem
            elif group == _NUMBER:
                key = fold(match[0])
            elif group == _LATIN:
                key = match[0].lower()
            else:
                continue
            if key:
                at, to = match.span()
                end = cleaned.marked_end(to) if group == _WORD else offsets[to - 1] + 1
                found.append(Token(key[:LONGEST], offsets[at], end))
        return found

    def keys(self, text: str) -> list[str]:
        """The words of `tokens` alone."""
        return self.joined(text).split()

    def joined(self, text: str) -> str:
        """The same with a blank between them."""
        return " ".join(filter(None, map(self._known.__getitem__, undone(text, self._cutter.reads).split())))

    def terms(self, asked: str) -> tuple[Term, ...]:
        """What `asked` asks for: words, "words in a row" (also «so»), and the beginning of one with * behind it.

        Raises ConfigError where it has no word.
        """
        found: list[Term] = []
        for match in _CHUNK.finditer(asked):
            chunk = (match[match.lastindex or 5] or "").strip()
            prefix = chunk.endswith("*")
            tokens = self.tokens(chunk)
            if not tokens:
                continue
            keys = [token.key for token in tokens]
            if prefix:
                keys[-1] = self._beginning(chunk[tokens[-1].start : tokens[-1].end])
            term = Term(tuple(keys), prefix)
            if term not in found:
                found.append(term)
        if not found:
            raise ConfigError(f"no word to search for in '{' '.join(asked.split())[:60]}'")
        return tuple(found)

    def _beginning(self, letters: str) -> str:
        """The beginning of a word: it is no word yet, so that only an article comes off."""
        form = clean(letters).text
        match = TOKEN.match(form)
        if match is None or match.lastindex != _WORD:
            return fold(form).lower()[:LONGEST]
        return fold(_ARTICLE.sub("", form))[:LONGEST]


def spans_of(tokens: Sequence[Token], terms: Sequence[Term]) -> tuple[Span, ...]:
    """The characters of every place where a term stands, in order, each once."""
    starts: dict[str, list[Term]] = {}
    loose: list[Term] = []
    for term in terms:
        if term.prefix and len(term.keys) == 1:
            loose.append(term)
        else:
            starts.setdefault(term.keys[0], []).append(term)
    found = set()
    for at, token in enumerate(tokens):
        candidates = [*starts.get(token.key, ()), *loose]
        for term in candidates:
            end = at + len(term.keys)
            if end <= len(tokens) and _stands(tokens, at, term):
                found.add(Span(token.start, tokens[end - 1].end))
    return tuple(sorted(found))


def _stands(tokens: Sequence[Token], at: int, term: Term) -> bool:
    last = len(term.keys) - 1
    if any(tokens[at + index].key != key for index, key in enumerate(term.keys[:last])):
        return False
    key = tokens[at + last].key
    return key.startswith(term.keys[last]) if term.prefix else key == term.keys[last]


@cache
def wording() -> Wording:
    """The words of the shipped data, loaded once: whatever a report was read with, search cuts by these alone."""
    # Loaded when words are first asked for: who lists a case's documents needs no lexicon.
    from sijill.data import data_version  # noqa: PLC0415
    from sijill.text.lexicon import load_words  # noqa: PLC0415

    return Wording(Cutter(load_words(_added(), shipped=True)), zlib.crc32(data_version().encode()))


def _added() -> Iterator[str]:
    """The words that the other rooms' data add to the lexicon, read only where they are not kept from another run."""
    from sijill import claims, names, values  # noqa: PLC0415

    yield from values.lexicon_words()
    yield from names.lexicon_words()
    yield from claims.lexicon_words()

"""The words of a text as the values room sees them: keys, atoms, and what joins what."""

from __future__ import annotations

import msgspec

from sijill.model import Span, Text, Word, WordKind
from sijill.values.lexicon import Atom, Lexicon

__all__ = ["Tokens"]

_NOTHING = Atom()


class Tokens:
    """Words with their atoms; `keys` are the folded words, `ends` the word behind each word's sentence."""

    __slots__ = ("article", "atoms", "bare", "ends", "joins", "keys", "nothing", "text", "words")

    def __init__(self, text: Text, lexicon: Lexicon) -> None:
        self.text = text
        self.words = text.words
        self.keys = [word.key for word in text.words]
        self.bare = [_bare(word) if word.proclitics else word.key for word in text.words]
        self.joins = [word.proclitics[:1] == "و" for word in text.words]
        self.article = [word.article for word in text.words]
        self.nothing = _NOTHING
        self.atoms = [self._atom(lexicon.atoms, at) for at in range(len(text.words))]
        self.ends = [0] * len(text.words)
        for sentence in text.sentences:
            self.ends[sentence.first : sentence.last] = [sentence.last] * (sentence.last - sentence.first)

    def _atom(self, table: dict[str, Atom], at: int) -> Atom:
        word = self.words[at]
        # وأحد folds to واحد (one), الآلاف looks whole: the hamza on its alef and the table tell better.
        if word.form[:2] in ("وأ", "وإ") and word.key[1:] in table:
            self.joins[at] = True
            return table[word.key[1:]]
        found = table.get(word.key) or table.get(word.stem)
        if found is None and word.key[:2] == "ال" and not word.article:
            found = table.get(word.key[2:])
            self.article[at] = found is not None
        # طفليها are two children; without the pronoun شخصي is "personal".
        if found is not None and found.noun is not None and found.noun.pronoun_only and not word.enclitic:
            return msgspec.structs.replace(found, noun=None)
        return found or _NOTHING

    def __len__(self) -> int:
        return len(self.words)

    def joined(self, at: int) -> tuple[int, bool]:
        """Step over a lone و: (index of the word behind it, whether that word is joined to what stands before)."""
        if at < len(self.words) and self.keys[at] == "و":
            return at + 1, True
        return at, at < len(self.words) and self.joins[at]

    def is_digits(self, at: int) -> bool:
        """Whether the word is a number in digits."""
        return self.words[at].kind is WordKind.NUMBER

    def plain(self, at: int) -> bool:
        """Whether the word has no proclitic, so that it may stand in construct or apposition to the one before."""
        return not self.words[at].proclitics and not self.joins[at]

    def touching(self, at: int) -> bool:
        """Whether the word begins right where the one before it ends."""
        return at > 0 and self.words[at - 1].end == self.words[at].start

    def begins(self, at: int) -> bool:
        """Whether the word is the first of its sentence."""
        return at == 0 or self.words[at - 1].sentence != self.words[at].sentence

    def span(self, first: int, last: int) -> Span:
        """The characters of words `first`..`last`, without the first one's proclitics and the last one's pronoun."""
        return Span(self.words[first].name_start, max(self.words[last - 1].stem_end, self.words[first].name_start))

    def whole(self, first: int, last: int) -> Span:
        """The same with the last word's pronoun."""
        return Span(self.words[first].name_start, self.words[last - 1].end)

    def word(self, at: int) -> Word:
        """The word at `at`."""
        return self.words[at]


def _bare(word: Word) -> str:
    """The key without proclitics, but with its article."""
    return "ال" + word.stem if word.article else word.key[len(word.proclitics) :]

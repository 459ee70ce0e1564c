"""The words of a text as the values room sees them: keys, atoms, and what joins what."""

from __future__ import annotations

import msgspec

from sijill.model import Span, Text, Word, WordKind
from sijill.values.lexicon import Atom, Lexicon

__all__ = ["Tokens", "Views"]

_NOTHING = Atom()


class View(msgspec.Struct, frozen=True, gc=False):
    """What the room sees in a form: its atom, key without proclitics, whether و joins it, whether it is definite."""

    atom: Atom
    bare: str
    joins: bool
    article: bool


class Views:
    """The views of forms, remembered up to a bound: a form is always cut alike."""

    def __init__(self, lexicon: Lexicon, bound: int = 50_000) -> None:
        self._table = lexicon.atoms
        self.seen: dict[str, View] = {}
        """The views of the forms that have been met, by form."""
        self._bound = bound

    def of(self, word: Word) -> View:
        """The view of a word."""
        view = self.seen.get(word.form)
        if view is None:
            if len(self.seen) >= self._bound:
                self.seen.clear()
            view = self.seen[word.form] = self._view(word)
        return view

    def _view(self, word: Word) -> View:
        table, key = self._table, word.key
        bare = ("ال" + word.stem if word.article else key[len(word.proclitics) :]) if word.proclitics else key
        # وأحد folds to واحد (one), الآلاف looks whole: the hamza on its alef and the table tell better.
        if word.form[:2] in ("وأ", "وإ") and key[1:] in table:
            return View(table[key[1:]], bare, True, word.article)
        found = table.get(key) or table.get(word.stem)
        article = word.article
        if found is None and not article and key[:2] == "ال":
            found = table.get(key[2:])
            article = found is not None
        # طفليها are two children; without the pronoun شخصي is "personal".
        if found is not None and found.noun is not None and found.noun.pronoun_only and not word.enclitic:
            found = msgspec.structs.replace(found, noun=None)
        return View(found or _NOTHING, bare, word.proclitics[:1] == "و", article)


class Tokens:
    """Words with their atoms; `keys` are the folded words, `ends` the word behind each word's sentence.

    `meant` are the words that have an atom, or are digits: no value begins at another, but for the words of time.
    """

    __slots__ = ("article", "atoms", "bare", "ends", "joins", "keys", "meant", "nothing", "text", "words")

    def __init__(self, text: Text, views: Views) -> None:
        self.text = text
        self.words = text.words
        self.keys = [word.key for word in text.words]
        known, view = views.seen.get, views.of
        seen = [known(word.form) or view(word) for word in text.words]
        self.bare = [view.bare for view in seen]
        self.joins = [view.joins for view in seen]
        self.article = [view.article for view in seen]
        self.atoms = [view.atom for view in seen]
        self.nothing = _NOTHING
        words = text.words
        self.meant = [
            at for at, atom in enumerate(self.atoms) if atom is not _NOTHING or words[at].kind is WordKind.NUMBER
        ]
        self.ends = [0] * len(text.words)
        for sentence in text.sentences:
            self.ends[sentence.first : sentence.last] = [sentence.last] * (sentence.last - sentence.first)

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

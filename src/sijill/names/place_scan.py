"""The words of one text as the place finder asks for them: keys with their article, lists, everyday words."""

from __future__ import annotations

from sijill.model import Text, WordKind
from sijill.names.place_index import Known, PlaceIndex
from sijill.names.place_words import PlaceWords
from sijill.names.view import HARD, NONE, SOFT, View
from sijill.text.lexicon import WordLexicon

__all__ = ["PlaceScan"]

_COMMAS = frozenset("،,؛/")
_DASHES = frozenset("-–")


class PlaceScan:
    """A view of the text's words, with `full[k]`: the key of word `k` without proclitics, the article written as ال."""

    __slots__ = ("full", "index", "lexicon", "text", "view", "words")

    def __init__(self, text: Text, index: PlaceIndex, words: PlaceWords, lexicon: WordLexicon) -> None:
        self.text, self.index, self.words, self.lexicon = text, index, words, lexicon
        view = self.view = View(text)
        self.full = [
            "ال" + bare if definite else bare for bare, definite in zip(view.keys, view.definite, strict=True)
        ]

    @property
    def size(self) -> int:
        """How many words there are."""
        return self.view.size

    def near(self, k: int) -> bool:
        """Whether word `k` follows the word before it with nothing but quotes between."""
        return 0 < k < self.view.size and self.view.gaps[k] != HARD

    def glued(self, k: int) -> bool:
        """Whether word `k` can go on a name: nothing before it, no proclitic on it."""
        return k < self.view.size and self.view.gaps[k] == NONE and not self.view.words[k].proclitics

    def known(self, k: int) -> tuple[int, Known] | None:
        """The longest known name at word `k` and the word behind it, its first word without proclitics."""
        whole = self.view.words[k].key
        return self._known(k, self.full[k]) or (self._known(k, whole) if whole != self.full[k] else None)

    def _known(self, k: int, first: str) -> tuple[int, Known] | None:
        longest = self.index.longest(first)
        if not longest:
            return None
        last = k + 1
        parts = [first]
        while last < k + longest and self._goes_on(last):
            parts.append(self.view.words[last].key)
            last += 1
        for size in range(len(parts), 0, -1):
            found = self.index.get(" ".join(parts[:size]))
            if found is not None:
                return k + size, found
        return None

    def _goes_on(self, k: int) -> bool:
        """Whether word `k` stands directly behind the word before it: a hyphen or tatweel may lie between."""
        view = self.view
        if k >= view.size or view.gaps[k] == HARD or view.opened[k]:
            return False
        return view.gaps[k] == NONE or self.mark_before(k) in _DASHES

    def mark_before(self, k: int) -> str:
        """The mark right before word `k`; empty where a word (or the text's start) stands there."""
        at = self.view.index[k] - 1
        if at < 0:
            return ""
        before = self.text.words[at]
        return before.form if before.kind is WordKind.PUNCT else ""

    def comma(self, k: int) -> bool:
        """Whether one comma, and nothing else, lies between word `k` and the one before it, in one sentence."""
        view = self.view
        if not 0 < k < view.size or view.words[k].sentence != view.words[k - 1].sentence:
            return False
        return view.index[k] - view.index[k - 1] == 2 and self.mark_before(k) in _COMMAS

    def conjunct(self, k: int) -> int:
        """Where the next member of a list would begin, word `k` being behind the last: `k`, `k` + 1, or -1."""
        view = self.view
        if k >= view.size or not (view.gaps[k] in (NONE, SOFT) or self.comma(k)):
            return -1
        if view.words[k].form == "و":
            return k + 1 if k + 1 < view.size and view.gaps[k + 1] != HARD else -1
        return k if view.words[k].proclitics[:1] == "و" else -1

    def everyday(self, k: int) -> bool:
        """Whether word `k`, its proclitics off, is a word of the dictionary."""
        word = self.view.words[k]
        form = word.form[len(word.proclitics) :]
        if word.article and form.startswith("ل"):
            form = "ا" + form
        if self.lexicon.lemma(form) is not None or form in self.lexicon.function_words:
            return True
        return form.startswith("ال") and self.lexicon.lemma(form[2:]) is not None

    def function_word(self, k: int) -> bool:
        """Whether word `k` is a particle, a pronoun or the like."""
        word = self.view.words[k]
        form = word.form
        return form in self.lexicon.function_words or form[len(word.proclitics) :] in self.lexicon.function_words

    def plain(self, k: int) -> bool:
        """Whether word `k` is written in Arabic letters."""
        return self.view.words[k].kind is WordKind.WORD

    def is_in(self, k: int, table: frozenset[str]) -> bool:
        """Whether word `k`, its proclitics off, is in a table of `PlaceWords`."""
        return self.full[k] in table

    def adjacent_before(self, k: int) -> str:
        """The key of the word before `k` where nothing but a quotation mark lies between; else empty."""
        return self.full[k - 1] if self.near(k) else ""



"""The words of one text as the place finder asks for them: keys with their article, lists, everyday words."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sijill.memory import Memory
from sijill.model import Text, WordKind
from sijill.names.place_index import Known, PlaceIndex
from sijill.names.place_words import Noun, PlaceWords
from sijill.names.view import HARD, NONE, View
from sijill.text.folding import fold
from sijill.text.lexicon import WordLexicon

__all__ = ["Everyday", "Match", "PlaceScan"]

_LONGEST = 3
_SHORTEST_PLURAL = 5
_COMMAS = frozenset("،,؛")
_QUOTES = frozenset('"“”„«»‹›')
_MOST_MARKS = 4
_DASHES = frozenset("-–_")
_MARKS = str.maketrans(dict.fromkeys("\"“”„«»‹›'‘’`()[]{}،,؛#_", " "))


class Match(msgspec.Struct, frozen=True, gc=False):
    """Where a name ends, as the word behind it, and begins: offset `at`, or -1 for its first word less proclitics."""

    last: int
    at: int
    place: Known | None = None


class Everyday:
    """Which forms are words of the dictionary (`words`), beside the names of places; remembered over texts."""

    def __init__(self, index: PlaceIndex, lexicon: WordLexicon) -> None:
        self._index, self._lexicon = index, lexicon
        self._forms = lexicon._forms  # noqa: SLF001  (its other words are the names that are asked about here)
        self.words = Memory(self._is_word)
        self._printed = Memory(self._is_printed).__getitem__

    def _is_word(self, form: str) -> bool:
        function_words = self._lexicon.function_words
        if form in function_words or self._printed(form) or (form.startswith("ال") and self._printed(form[2:])):
            return True
        if not form.endswith(("ات", "ين", "ون")) or len(form) <= _SHORTEST_PLURAL:
            return False
        base = form[:-2].removeprefix("ال")
        return base not in function_words and any(
            self._printed(word) and self._lexicon.lemma("ال" + word) for word in (base, base + "ة")
        )

    def _is_printed(self, form: str) -> bool:
        """Whether the dictionary has `form`, and not only the list of the first words of names."""
        if self._lexicon.lemma(form) is None:
            return False
        longest = self._index.longest
        return form in self._forms or not (longest(fold(form)) or longest("ال" + fold(form)))

    def adjective(self, form: str) -> bool:
        """Whether `form`, with its article or without, may be an adjective: it has a masculine and a feminine."""
        bare = form.removeprefix("ال")
        if bare.endswith("ة"):
            return self._printed(bare[:-1])
        return bare.endswith("ي") or self._printed(bare + "ة")


class PlaceScan:
    """A view of the text's words, with `full[k]`: the key of word `k` without proclitics, the article written as ال."""

    __slots__ = (
        "_given",
        "dictionary",
        "full",
        "index",
        "lexicon",
        "size",
        "source",
        "text",
        "view",
        "words",
    )

    def __init__(
        self,
        text: Text,
        index: PlaceIndex,
        words: PlaceWords,
        lexicon: WordLexicon,
        view: View | None = None,
        given: Callable[[str], bool] | None = None,
        dictionary: Everyday | None = None,
    ) -> None:
        self.text, self.index, self.words, self.lexicon = text, index, words, lexicon
        self.source = text.document.text
        view = self.view = view or View(text)
        self.size = view.size
        self.full = ["ال" + bare if definite else bare for bare, definite in zip(view.keys, view.definite, strict=True)]
        self._given = given
        self.dictionary = dictionary or Everyday(index, lexicon)

    # --- one word -------------------------------------------------------------------------------------------------

    def plain(self, k: int) -> bool:
        """Whether word `k` is written in Arabic letters."""
        return self.view.words[k].kind is WordKind.WORD

    def everyday(self, k: int) -> bool:
        """Whether word `k`, its proclitics off, is a word of the dictionary."""
        word = self.view.words[k]
        form = word.form[len(word.proclitics) :]
        if word.article and form.startswith("ل"):
            form = "ا" + form
        return self.dictionary.words[form]

    def everyday_form(self, form: str) -> bool:
        """Whether `form` is a word of the dictionary, with its article or without."""
        return self.dictionary.words[form]

    def adjective(self, form: str) -> bool:
        """Whether `form`, with its article or without, may be an adjective: it has a masculine and a feminine."""
        return self.dictionary.adjective(form)

    def function_word(self, k: int) -> bool:
        """Whether word `k` is a particle, a pronoun or the like."""
        word = self.view.words[k]
        known = self.lexicon.function_words
        return word.form in known or word.form[len(word.proclitics) :] in known

    def noun(self, k: int) -> tuple[Noun, bool] | None:
        """The noun of place that word `k` is, and whether it is a dual or plural."""
        entry = self.words.nouns.get(self.view.keys[k])
        if entry is None or self.view.words[k].enclitic or self.view.words[k].form in self.words.unlike:
            return None
        return entry

    # --- neighbours -----------------------------------------------------------------------------------------------

    def near(self, k: int) -> bool:
        """Whether word `k` follows the word before it with nothing but quotes, brackets or a tag's # between."""
        return 0 < k < self.size and (self.view.gaps[k] != HARD or self.tagged(k))

    def tagged(self, k: int) -> bool:
        """Whether a # alone stands between word `k` and the one before it in its sentence."""
        view = self.view
        if not 0 < k < self.size or self.mark_before(k) != "#":
            return False
        return view.index[k] - view.index[k - 1] == 2 and view.words[k].sentence == view.words[k - 1].sentence

    def glued(self, k: int) -> bool:
        """Whether word `k` can go on a name: nothing before it, no proclitic on it."""
        return k < self.size and self.view.gaps[k] == NONE and not self.view.words[k].proclitics

    def mark_before(self, k: int) -> str:
        """The mark right before word `k`; empty where a word (or the text's start) stands there."""
        at = self.view.index[k] - 1
        if at < 0:
            return ""
        before = self.text.words[at]
        return before.form if before.kind is WordKind.PUNCT else ""

    def colon(self, k: int) -> bool:
        """Whether a colon alone stands before word `k`: `قرى: الزنبق، والبستان`."""
        index = self.view.index
        return 0 < k < self.size and index[k] == index[k - 1] + 2 and self.view.text.words[index[k] - 1].form == ":"

    def comma(self, k: int) -> bool:
        """Whether one comma lies between word `k` and the one before it, in one sentence, with quotes at most."""
        view = self.view
        if not 0 < k < self.size or view.words[k].sentence != view.words[k - 1].sentence:
            return False
        first, last = view.index[k - 1] + 1, view.index[k]
        if last - first == 1:
            return self.text.words[first].form in _COMMAS
        marks = [word.form for word in self.text.words[first : min(last, first + _MOST_MARKS)]]
        return sum(mark in _COMMAS for mark in marks) == 1 and all(mark in _COMMAS or mark in _QUOTES for mark in marks)

    # --- names ----------------------------------------------------------------------------------------------------

    def known(self, k: int, skip: int = 0) -> Match | None:
        """The longest known name at word `k`, `skip` of its letters left out.

        Read without its proclitics, then whole: a letter may have been taken for a proclitic.
        """
        word = self.view.words[k]
        if word.form[len(word.proclitics) :] in self.words.unlike:
            return None
        if skip:
            return self._known(k, word.key[skip:], word.start + skip)
        found = self._known(k, self.full[k], -1)
        if found is None and word.proclitics:
            found = self._known(k, word.key, word.start)
        return found

    def _known(self, k: int, first: str, at: int) -> Match | None:
        longest = self.index.longest(first)
        if not longest:
            return None
        last = k + 1
        if longest > 1 and self._goes_on(last):
            parts = [first]
            while last < k + longest and self._goes_on(last):
                parts.append(self.view.words[last].key)
                last += 1
            for size in range(len(parts), 1, -1):
                found = self.index.get(" ".join(parts[:size]))
                if found is not None:
                    return Match(self._level(k + size), at, found)
        found = self.index.get(first)
        return None if found is None else Match(self._level(k + 1), at, found)

    def _level(self, k: int) -> int:
        """The word behind the name that ends before word `k`, "upper" and "lower" being part of a name."""
        return k + 1 if self.glued(k) and self.full[k] in self.words.levels and not self.view.closed[k - 1] else k

    def word_too(self, k: int, match: Match) -> bool:
        """Whether the known name at word `k` is one word that means something else as often as not."""
        if match.last != k + 1 or match.place is None:
            return False
        key, words = self.key(k, match.last, match.at), self.words
        return key in words.common or key in words.heads or (match.place.rare and self.everyday(k))

    def listed(self, k: int, at: int = -1) -> Match | None:
        """The longest name at word `k` that the user's gazetteer has; None where there is no such gazetteer."""
        if self._given is None:
            return None
        last = k + 1
        while last < k + _LONGEST and self._goes_on(last) and not self.view.words[last].proclitics:
            last += 1
        for end in range(last, k, -1):
            side = end > k + 1 and self.full[end - 1] in self.words.relatives and self.near(end)
            if not side and self._given(self.name(k, end, at)):
                return Match(end, at)
        return None

    def bare_skip(self, k: int) -> int:
        """How many letters of word `k` are proclitics."""
        return len(self.view.words[k].proclitics)

    def _goes_on(self, k: int) -> bool:
        """Whether word `k` stands directly behind the word before it; a hyphen or underscore may lie between."""
        view = self.view
        return k < self.size and not view.opened[k] and (view.gaps[k] == NONE or self.dash(k))

    def dash(self, k: int) -> bool:
        """Whether word `k` follows the word before it with one hyphen or underscore between, in one sentence."""
        view = self.view
        if view.index[k] - view.index[k - 1] != 2 or view.words[k].sentence != view.words[k - 1].sentence:
            return False
        return self.mark_before(k) in _DASHES

    def key(self, first: int, last: int, at: int = -1) -> str:
        """The key that the words `first`..`last` have as a name that begins at `at`."""
        word = self.view.words[first]
        head = self.full[first] if at < 0 else word.key[at - word.start :]
        return " ".join([head, *(word.key for word in self.view.words[first + 1 : last])])

    def name(self, first: int, last: int, at: int = -1) -> str:
        """The words `first`..`last` as names are written: from `at` on, no proclitic, no marks."""
        word = self.view.words[first]
        part = self.source[at if at >= 0 else word.name_start : self.view.words[last - 1].end]
        if at < 0 and word.article and word.proclitics.endswith("ل") and not part.startswith("ا"):
            part = "ا" + part  # للمدينة is ل and المدينة, one alef lost in writing
        return " ".join(part.translate(_MARKS).replace("ـ", "").split())

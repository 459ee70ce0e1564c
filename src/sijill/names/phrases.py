"""Where a noun phrase goes on and where it ends: adjectives, annexation, prepositions that carry it, a personal name.

There is no tagger: a verb is told by its shape against its dictionary form, or by standing in the data's list.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2, §§ 75-90 (annexation), §§ 136-138 (agreement of the
adjective in definiteness).
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache

import msgspec

from sijill.model import Word, WordKind
from sijill.names.knowledge import Knowledge
from sijill.names.lexicon import BodyHead, Index, Lexicon
from sijill.names.view import NONE, View
from sijill.text.folding import fold
from sijill.text.lexicon import WordLexicon
from sijill.text.shapes import is_derived_noun

__all__ = ["Known", "Phrases", "head_at", "is_name_word", "keeps_nun", "looks_like_verb", "quoted_end", "undone"]

_MOST_WORDS = 12
_QUOTED_WORDS = 6
_NAME_WORDS = 4
_REMEMBERED = 20_000  # words of which it is kept whether they look like verbs


def looks_like_verb(word: Word) -> bool:
    """Whether `word` has the shape of a verb form: its letters against those of its dictionary form."""
    return not word.article and _is_verb_form(word.stem, word.lemma)


@lru_cache(maxsize=_REMEMBERED)
def _is_verb_form(key: str, lemma: str) -> bool:
    lemma = fold(lemma)
    if len(key) < 4 or lemma == key:
        return False
    if key[0] in "يت" and lemma[0] != key[0] and len(key) - len(lemma) <= 3:
        return True
    if key.endswith("وا") and len(key) > 4:
        return True
    return key.endswith("ت") and key[:-1] == lemma and not key.endswith("ات")


def keeps_nun(word: Word) -> bool:
    """Whether a word is a sound plural with its nun, which no annexation keeps: `ناشطون`, not `ناشطو`."""
    return len(word.key) > 4 and word.key.endswith(("ون", "ين"))


def is_name_word(view: View, k: int, particles: AbstractSet[str]) -> bool:
    """Whether word `k` can be part of an unknown name: letters, no particle, no verb, no pronoun on it."""
    word = view.words[k]
    if word.kind not in (WordKind.WORD, WordKind.LATIN) or word.enclitic or len(word.key) < 2:
        return False
    return word.form[len(word.proclitics) :] not in particles and not looks_like_verb(word)


def quoted_end(view: View, k: int, most: int) -> int | None:
    """The end of the quotation or bracket that opens right before word `k`, if it closes within `most` words."""
    if k >= view.size or not view.opened[k]:
        return None
    for at in range(k, min(k + most, view.size)):
        if at > k and not view.joined(at):
            return None
        if view.closed[at]:
            return at + 1
    return None


def undone(view: View, at: int, unless: AbstractSet[str]) -> bool:
    """Whether the word right behind a head noun makes it another word: `حركة المرور`, `مصدر رزقهم`."""
    return view.joined(at) and (view.keys[at] in unless or view.stems[at] in unless)


def head_at(index: Index, view: View, k: int) -> tuple[BodyHead, int] | None:
    """The head noun of `index` that begins at word `k`, the longest one, and where it ends."""
    rows = index.get(view.keys[k]) or index.get(view.stems[k])
    for keys, head in rows or ():
        end = k + len(keys)
        if all(view.near(at) and view.keys[at] == key for at, key in enumerate(keys[1:], k + 1)):
            return head, end
    return None


class Known(msgspec.Struct, frozen=True):
    """What the finders of phrases know: the word lists, the actors' small words, the words of the language."""

    lexicon: Lexicon
    knowledge: Knowledge
    words: WordLexicon

    def is_unknown(self, word: Word) -> bool:
        """Whether neither the word nor its stem stands in the dictionary: likely a foreign or rare name."""
        start = 0 if word.enclitic else len(word.form) - len(word.stem)
        return self.words.lemma(word.form) is None and self.words.lemma(word.form[start:]) is None


class _Step(msgspec.Struct, frozen=True, gc=False):
    """How far a phrase has come: whether it is definite now, may take a noun in annexation, or is complete."""

    end: int
    definite: bool
    annex: bool = True
    closed: bool = False
    adjective: bool = False


class Phrases:
    """Extends noun phrases of one text. `starts` gives the end of the name that begins at a word; names in `shut`
    (outlets) are not entered by ل (`قال لوكالة` tells to whom).
    """

    def __init__(self, known: Known, view: View, starts: Mapping[int, int], shut: AbstractSet[int]) -> None:
        self._known, self._lex, self._know = known, known.lexicon, known.knowledge
        self._view, self._starts, self._shut = view, starts, shut
        self.persons: set[tuple[int, int]] = set()

    def end(self, first: int, at: int, head: BodyHead, *, coordinate: bool) -> int:
        """Where the phrase of `head` that has been read up to `at` ends."""
        view = self._view
        definite = view.definite[at - 1] or bool(view.words[at - 1].enclitic)
        # A head of two words that closes with an adjective (دراجة نارية) takes no noun in annexation.
        closed = at - first > 1 and head.id in self._lex.struck and not definite and self._is_adjective(at - 1)
        state = _Step(at, definite, annex=head.annex and not closed, adjective=closed)
        while state.end - first < _MOST_WORDS and view.joined(state.end) and not state.closed:
            step = self._step(state, head, coordinate=coordinate)
            if step is None:
                break
            state = step
        return state.end

    def _step(self, state: _Step, head: BodyHead, *, coordinate: bool) -> _Step | None:
        """The phrase one word or name further; None where it ends."""
        view, at = self._view, state.end
        word = view.words[at]
        if word.proclitics == word.key:
            return None  # a lone ل before a number
        if view.gaps[at] != NONE:
            end = quoted_end(view, at, _QUOTED_WORDS)
            if end is None and at in self._starts:
                end = self._starts[at]
            return _Step(end, True) if end is not None else None
        if word.proclitics == "":
            return self._plain(state, head)
        if word.proclitics == "ل":
            return self._dative(at, head)
        if word.proclitics == "ب" and view.stems[at] in ("اسم", "لسان") and "باسم" in head.preps:
            return _Step(at + 1, False)
        joined = coordinate and word.proclitics == "و" and state.definite and view.definite[at]
        if coordinate and word.proclitics == "و" and not (state.definite or view.definite[at]):
            pair = self._is_adjective(at) and self._is_adjective(at - 1)  # مصادر طبية وأمنية
            return _Step(at + 1, False, annex=False, adjective=True) if pair and not self._stops(at) else None
        return _Step(at + 1, True) if joined and not self._stops(at) else None

    def _plain(self, state: _Step, head: BodyHead) -> _Step | None:
        """One word without a proclitic further."""
        view, at = self._view, state.end
        key = view.words[at].key
        if key == "باسم" and "باسم" in head.preps:
            return _Step(at + 1, False)
        # What keeps its nun or its tanwin is annexed to nothing: only adjectives go on (ضابطا ضربه, ضابطا كبيرا).
        whole = keeps_nun(view.words[at - 1]) or self._accusative(at - 1)
        annexes = not (whole or state.adjective or view.definite[at - 1]) and (state.annex or not state.definite)
        if at in self._starts and annexes:
            return _Step(self._starts[at], True)
        if at in self._starts and keeps_nun(view.words[at]) and not keeps_nun(view.words[at - 1]):
            return None  # الوزارة الحوثيين: a plural agrees with no singular
        if key in head.preps or (view.keys[at - 1] in self._know.ties and key == "من"):
            return self._carried(at + 1, origin=key == "من")
        if self._stops(at):
            return None
        adjective = self._is_adjective(at)
        # A noun with the article heads no annexation, and an adjective none either: only adjectives go on.
        if view.definite[at] and (adjective if state.definite else state.annex):
            return _Step(at + 1, True, annex=not adjective, adjective=adjective)
        if not view.definite[at] and not state.definite and (adjective or (state.annex and not whole)):
            return _Step(at + 1, False, annex=not adjective, adjective=adjective)
        if head.person and (end := self.person_end(at, strict=not state.definite)) is not None:
            return _Step(end, True, closed=True)
        return None

    def _carried(self, at: int, *, origin: bool) -> _Step | None:
        """The noun behind a preposition; behind من only a name or a definite noun (`خبراء من احتمال` goes on else)."""
        view = self._view
        if not view.joined(at) or view.words[at].proclitics:
            return None
        if at in self._starts:
            return _Step(self._starts[at], True)
        if self._is_particle(at) and view.near(at + 1) and view.definite[at + 1] and not view.words[at + 1].proclitics:
            return _Step(at + 2, True)  # مصادر في هذه القوات
        owned = view.near(at + 1) and not view.words[at + 1].proclitics and view.definite[at + 1]  # من لجان التفاوض
        if view.gaps[at] != NONE or self._stops(at) or (origin and not (view.definite[at] or owned)):
            return None
        return _Step(at + 1, view.definite[at])

    def _dative(self, at: int, head: BodyHead) -> _Step | None:
        tied = self._view.keys[at - 1] in self._know.ties
        if not tied and self._view.definite[at - 1] and head.id in self._lex.struck:
            return None  # نقل إلى المستشفى لتلقي العلاج
        if not tied and ("ل" not in head.preps or (at in self._shut and head.kind != "statement")):
            return None
        if at in self._starts:
            return _Step(self._starts[at], True)
        if looks_like_verb(self._view.words[at]) or self._is_aim(at):
            return None
        return _Step(at + 1, self._view.definite[at])

    def _is_aim(self, at: int) -> bool:
        """Whether word `at`, behind ل, is a verbal noun that says what for: `قادة الفصائل لبحث التهدئة`."""
        view = self._view
        if view.definite[at] or not view.near(at + 1) or not view.definite[at + 1] or view.words[at + 1].proclitics:
            return False
        return view.stems[at] in self._lex.stops or is_derived_noun(view.stems[at])

    def _stops(self, at: int) -> bool:
        key = self._view.keys[at]
        if key in self._lex.times or (key in self._lex.stops and not self._view.definite[at]):
            return True
        return not is_name_word(self._view, at, self._know.particles)

    def _is_adjective(self, at: int) -> bool:
        key = self._view.keys[at]
        if key in self._know.modifiers or key in self._lex.adjectives or key in self._know.ties:
            return True
        if key in self._lex.targets or (key in self._lex.bodies and key.endswith("ه")):
            return False  # أكاديمية, مديرية: nouns of the same shape
        return len(key) > 2 and key.endswith(("ي", "يه", "يين", "يون", "يتين", "يتان"))

    def person_end(self, at: int, *, strict: bool, led: bool = False) -> int | None:
        """The end of the personal name at word `at`; with `strict` it must begin with a known given name.

        `led`: a proclitic may stand before it. What is found is kept in `persons`.
        """
        end = self._person_end(at, strict=strict, led=led)
        if end is not None:
            self.persons.add((at, end))
        return end

    def _person_end(self, at: int, *, strict: bool, led: bool) -> int | None:
        view, lex = self._view, self._lex
        first, known = at, False
        while at < view.size and at - first < _NAME_WORDS and (at == first or view.near(at)):
            word = view.words[at]
            if word.enclitic or (word.proclitics and not (led and at == first)) or self._is_particle(at):
                break
            if view.keys[at] in lex.compound and view.near(at + 1) and not view.words[at + 1].proclitics:
                known, at = True, at + 2
            elif view.keys[at] in lex.given:
                known, at = True, at + 1
            elif self._is_no_name(at, first):
                break
            elif not known and (strict or view.definite[at] or not self._known.is_unknown(word)):
                break  # a name that begins with no given name is of unknown words only
            else:
                at += 1
        return at if at > first else None

    def _is_particle(self, at: int) -> bool:
        word = self._view.words[at]
        return word.form[len(word.proclitics) :] in self._know.particles

    def _is_no_name(self, at: int, first: int) -> bool:
        """Whether a word that is no known given name cannot go on the name that began at `first`."""
        view, lex = self._view, self._lex
        key = view.keys[at]
        if self._stops(at) or self._accusative(at) or key.startswith("ي") or key in lex.bodies or key in lex.titles:
            return True
        if is_derived_noun(key) and not view.definite[at]:
            return True  # … يحيى سريع استهداف سفينة
        if at == first:
            return False
        # A surname with the article closes the name; after two names it must be a nisba.
        return view.definite[at - 1] if not view.definite[at] else at - first > 1 and not key.endswith("ي")

    def _accusative(self, at: int) -> bool:
        word = self._view.words[at]
        return word.stem.endswith("ا") and fold(word.lemma) == word.stem[:-1]

"""Cutting a word into proclitics, article, stem and enclitic.

Ordered rules: the closed list of function words; words that are whole though they look cut; a fused article (وال بال
كال فال لل); single proclitics where what remains is a known word; an enclitic pronoun where what remains is one.
Where no rule holds, the word stays whole.

Source: Buckwalter, Arabic Morphological Analyzer 2.0, table AB (which affixes go together); the lexicon test after
Larkey, Ballesteros and Connell 2007 (light stemming), tightened.
"""

from __future__ import annotations

import re

import msgspec

from sijill.text.folding import fold
from sijill.text.lexicon import WordLexicon

__all__ = ["Cut", "Cutter"]

_FUSED = re.compile(r"([وف]?[بك]?)ال(?=\w\w)|([وف]?)لل(?=\w\w)|([وف])ل(?=ال\w\w)")
_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "س")
_PLURALS = ("ون", "ين", "ات", "ان", "تين", "تان", "و", "ي", "ا", "ية", "يا", "تي", "تا")


class Cut(msgspec.Struct, frozen=True, gc=False):
    """Where a cleaned word comes apart; `stem_at`, `stem_end` and `name_at` are offsets in the word."""

    key: str
    proclitics: str
    article: bool
    stem: str
    enclitic: str
    name_at: int
    stem_at: int
    stem_end: int
    lemma: str


class Cutter:
    """Cuts words by a lexicon; each form is analysed once and remembered, up to a bound."""

    def __init__(self, lexicon: WordLexicon, bound: int = 200_000) -> None:
        self._lexicon = lexicon
        self._seen: dict[str, Cut] = {}
        self._bound = bound

    def cut(self, form: str) -> Cut:
        """The parts of `form`, a cleaned word of Arabic letters."""
        found = self._seen.get(form)
        if found is None:
            if len(self._seen) >= self._bound:
                self._seen.clear()
            found = self._seen[form] = self._analyse(form)
        return found

    def _analyse(self, form: str) -> Cut:
        words = self._lexicon
        if form in words.function_words or len(form) > 40:
            return self._cut(form, "", 0, 0, len(form))
        if form[0] in "وف" and form[1:] in words.function_words and fold(form) not in words.whole:
            return self._cut(form, form[0], 1, 1, len(form))
        if fold(form) in words.whole:
            return self._cut(form, "", 0, 0, len(form))
        fused = _FUSED.match(form)
        if fused and self._article_holds(form, fused.end()):
            proclitics, name_at = self._fused_parts(form, fused)
            return self._with_enclitic(form, proclitics, name_at, fused.end())
        return self._single(form)

    def _article_holds(self, form: str, stem_at: int) -> bool:
        """Whether ال is an article there: the whole is no word of its own, or its lemma lacks the article."""
        lemma = self._lexicon.lemma(form)
        stem = form[stem_at:]
        if lemma is not None:
            return not lemma.startswith(form[: min(3, len(form))]) or self._known(stem)
        if form.startswith("ال"):
            return True
        return self._known(stem) or self._stem_end(stem) < len(stem) or len(stem) > 3

    @staticmethod
    def _fused_parts(form: str, fused: re.Match[str]) -> tuple[str, int]:
        if fused[3] is not None:  # فلالقوات: the article written out after ل
            return fused[3] + "ل", len(fused[3]) + 1
        if fused[2] is not None:  # للمدينة: ل and the article share a letter
            return fused[2] + "ل", len(fused[2]) + 1
        return fused[1], len(fused[1])

    def _single(self, form: str) -> Cut:
        """Single proclitics: the longest reading whose stem is known, the fewest letters cut."""
        if self._known(form):
            return self._with_enclitic(form, "", 0, 0)
        for at in self._proclitic_ends(form):
            rest = form[at:]
            if len(rest) >= 2 and (rest in self._lexicon.function_words or self._known(rest)):
                return self._with_enclitic(form, form[:at], at, at)
        for at in (0, *self._proclitic_ends(form)):
            if self._stem_end(form[at:]) < len(form) - at:
                return self._with_enclitic(form, form[:at], at, at)
        if form[0] == "و" and len(form) > 4:  # an unknown name after "and": names hardly begin with و
            return self._cut(form, "و", 1, 1, len(form))
        return self._cut(form, "", 0, 0, len(form))

    @staticmethod
    def _proclitic_ends(form: str) -> list[int]:
        ends = []
        if form[0] in _PROCLITICS and len(form) > 3:
            ends.append(1)
            if form[0] in "وف" and form[1] in "بلكس" and len(form) > 4:
                ends.append(2)
        return ends

    def _known(self, stem: str) -> bool:
        words = self._lexicon
        if words.knows(stem):
            return True
        for ending in _PLURALS:
            base = stem[: -len(ending)]
            if stem.endswith(ending) and len(base) >= 3 and (
                words.knows(base) or words.knows(base + "ة") or words.knows(base + "ي")
            ):
                return True
        return False

    def _stem_end(self, stem: str) -> int:
        """Where an enclitic pronoun begins in `stem`; its length where there is none."""
        if self._lexicon.knows(stem):
            return len(stem)
        for enclitic in self._lexicon.enclitics:
            base = stem[: -len(enclitic)]
            if stem.endswith(enclitic) and len(base) >= 3 and self._known(self._restore(base)):
                return len(base)
        return len(stem)

    def _restore(self, base: str) -> str:
        """The stem as it stands without its pronoun: ت back to ة, hamza off its seat, وا whole."""
        if base.endswith("ت") and self._lexicon.knows(base[:-1] + "ة"):
            return base[:-1] + "ة"
        if base.endswith(("ائ", "اؤ")):
            return base[:-1] + "ء"
        if base.endswith("ا") and self._lexicon.knows(base[:-1] + "ى"):
            return base[:-1] + "ى"
        return base

    def _with_enclitic(self, form: str, proclitics: str, name_at: int, stem_at: int) -> Cut:
        article = stem_at > name_at or (stem_at == name_at and proclitics.endswith("ل") and form[name_at - 1 : stem_at] == "لل")
        end = len(form)
        if not article:
            end = stem_at + self._stem_end(form[stem_at:])
        return self._cut(form, proclitics, name_at, stem_at, end)

    def _cut(self, form: str, proclitics: str, name_at: int, stem_at: int, stem_end: int) -> Cut:
        stem = form[stem_at:stem_end]
        if stem_end < len(form):
            stem = self._restore(stem)
        return Cut(
            key=fold(form),
            proclitics=proclitics,
            article=stem_at > name_at,
            stem=fold(stem),
            enclitic=form[stem_end:],
            name_at=name_at,
            stem_at=stem_at,
            stem_end=stem_end,
            lemma=self._lexicon.lemma(stem) or stem,
        )

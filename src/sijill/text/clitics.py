"""Cutting a word into proclitics, article, stem and enclitic.

Ordered readings, the first that holds is taken: function words; words that are whole though they look cut; a fused
article (وال بال كال فال لل); the word as printed; a proclitic before a word as printed; a pronoun behind one; the same
in careful spelling; the same by inflection. A pronoun needs a known word before it. Where nothing holds, `و` comes off
(names hardly begin with it) and the word else stays whole.

Source: Buckwalter, Arabic Morphological Analyzer 2.0, table AB (which affixes go together); the lexicon test after
Larkey, Ballesteros and Connell 2007 (light stemming), tightened.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from sijill.memory import Memory
from sijill.text.folding import fold
from sijill.text.lexicon import WordLexicon

__all__ = ["Cut", "Cutter"]

_FUSED = re.compile(r"([وف]?[بك]?)ال(?=\w\w)|([وف]?)لل(?=\w\w)|([وف]?)ل(?=ال\w\w)")
_BARE = re.compile(r"([وف]?[بلك]?)(ال)?|([وف]?ل)ل")
_LONGEST = 40  # no Arabic word is longer; a longer run of letters is kept whole
_IMPERFECT = "يتنأ"
_AND_HAMZA = ("وو", "وأ", "وإ", "وآ")  # no word worth keeping whole begins so: the و is "and"


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

    def __init__(self, lexicon: WordLexicon, bound: int = 50_000) -> None:
        self._lexicon = lexicon
        self.cuts = Memory(self._analyse, bound)
        """The parts of each form, as `cut` gives them."""

    def cut(self, form: str) -> Cut:
        """The parts of `form`, a cleaned word of Arabic letters. A clitic standing alone has an empty stem."""
        return self.cuts[form]

    def reads(self, form: str) -> bool:
        """Whether the stem of `form` is a known word."""
        if not 2 < len(form) <= _LONGEST:
            return False
        cut = self.cut(form)
        stem = form[cut.stem_at : cut.stem_end]
        return form in self._lexicon.function_words or (len(stem) > 2 and self._known(self._restore(stem)))

    def letters(self, form: str) -> Cut:
        """`form` kept whole, as a letter of an abbreviation (أ.ف.ب) is."""
        return self._cut(form, 0, 0, len(form), form)

    def _analyse(self, form: str) -> Cut:
        words = self._lexicon
        if len(form) > _LONGEST:
            return self.letters(form)
        if bare := _BARE.fullmatch(form):
            return self._bare(form, bare)
        key = fold(form)
        if form in words.function_words:
            return self.letters(form)
        if form[0] in "وف" and form[1:] in words.function_words and key not in words.whole:
            return self._cut(form, 1, 1, len(form), form[1:])
        # A last ه is a pronoun there, the ة of a whole word is not: والده, والدة.
        if key in words.whole and form[:2] not in _AND_HAMZA and form[-1] != "ه":
            return self._whole(form)
        return self._fused(form) or self._single(form)

    def _bare(self, form: str, bare: re.Match[str]) -> Cut:
        """A clitic before a quotation mark, digits or a tatweel: no stem, nothing behind it."""
        if bare[3] is not None:
            return self._cut(form, len(form) - 1, len(form), len(form), "")
        name_at = len(bare[1])
        return self._cut(form, name_at, len(form), len(form), "")

    def _fused(self, form: str) -> Cut | None:
        """The reading with an article, None where there is none."""
        fused = _FUSED.match(form)
        if fused is None or not self._article_holds(form, fused):
            return None
        if fused[2] is not None:
            return self._with_lam(form, len(fused[2]) + 1)
        # وال بال كال فال, and فلالقوات with the article written out after ل
        name_at = len(fused[1]) if fused[1] is not None else len(fused[3]) + 1
        if name_at and self._is_whole_with_al(form[name_at:]):
            return self._behind(form, name_at)
        return self._cut(form, name_at, name_at + 2, len(form), form[name_at + 2 :])

    def _with_lam(self, form: str, name_at: int) -> Cut:
        """The reading of لل: for للمدينة two letters, the second of which is the article.

        Three lams are written as two, so that the article of للاجئين is not to be seen. A name has none: للبنان.
        """
        words = self._lexicon
        stem, inner = form[name_at + 1 :], form[name_at:]
        is_name = inner in words.names_in_lam
        if is_name or fold(inner) in words.whole or (words.knows(inner) and not words.knows(stem)):
            return self._cut(form, name_at, name_at, len(form), inner, unseen=not is_name)
        return self._cut(form, name_at, name_at + 1, len(form), stem)

    def _article_holds(self, form: str, fused: re.Match[str]) -> bool:
        """Whether ال is an article there: the whole is no word of its own that only begins so."""
        words = self._lexicon
        if fused[1] is None:
            return not words.knows(form)
        if not fused[1]:
            return not self._is_whole_with_al(form)
        if self._of_whole(form):
            return False
        return words.knows(form[fused.end() :]) or not words.knows(form)

    def _of_whole(self, form: str) -> bool:
        """Whether `form` is a word listed as whole with a pronoun behind it: والدته."""
        words = self._lexicon
        return any(
            form.endswith(enclitic) and fold(self._restore(form[: -len(enclitic)])) in words.whole
            for enclitic in words.enclitics
        )

    def _is_whole_with_al(self, form: str) -> bool:
        """Whether `form`, which begins with ال, has it as letters of its own: التقى, التزامات, الكتروني."""
        words = self._lexicon
        if not form.startswith("ال"):
            return True
        if form in words.function_words or fold(form) in words.whole:
            return True
        if words.fuses(form):
            return True
        careful = words.careful(form)
        return careful is not None and careful[0] in "أإآ" and not self._known(form[2:])

    def _single(self, form: str) -> Cut:
        """Single proclitics and pronouns: the reading that needs the least help from spelling and inflection."""
        words = self._lexicon
        if form in words.apart:
            return self._behind(form, 1)
        if words.knows(form) and form[:2] not in _AND_HAMZA:
            return self._whole(form)
        if form in words.with_pronoun or self._of_whole(form):
            return self._with_pronoun(form, 0, self._printed) or self._whole(form)
        splits = self._splits(form)
        for at in splits:
            rest = form[at:]
            if rest in words.function_words and form[at - 1] != "س":
                return self._cut(form, at, at, len(form), rest)
            if self._fits(form, at) and words.knows(rest) and rest not in words.apart:
                owned = self._with_pronoun(form, 0, self._printed) if form[at - 1] == "ك" else None
                return owned or self._behind(form, at)
        return self._helped(form, (0, *splits))

    def _helped(self, form: str, starts: tuple[int, ...]) -> Cut:
        """The first reading, its stem beginning at one of `starts`, that spelling, inflection or a pronoun explains."""
        for known in (self._printed, self._careful, self._inflected):
            for at in starts if known != self._printed else ():
                lemma = known(form[at:])
                if lemma is not None and (not at or self._fits(form, at, sure=False)):
                    return self._cut(form, at, at, len(form), form[at:], lemma)
            for at in starts:
                if (cut := self._with_pronoun(form, at, known)) is not None:
                    return cut
        if form[0] == "و" and len(form) > 4:
            return self._cut(form, 1, 1, len(form), form[1:])
        return self.letters(form)

    def _whole(self, form: str) -> Cut:
        """`form` without proclitics; a pronoun comes off where the dictionary itself names the word before it."""
        words = self._lexicon
        lemma = words.lemma(form)
        for enclitic in words.enclitics:
            if enclitic != "نا" and form.endswith(enclitic) and lemma is not None and len(lemma) < len(form):
                base = self._restore(form[: -len(enclitic)])
                if len(base) >= 2 and (base == lemma or words.lemma(base) == lemma):
                    return self._cut(form, 0, 0, len(form) - len(enclitic), base, lemma)
        if form in words.with_pronoun:
            enclitic = next(enclitic for enclitic in words.enclitics if form.endswith(enclitic))
            return self._cut(form, 0, 0, len(form) - len(enclitic), self._restore(form[: -len(enclitic)]))
        return self._cut(form, 0, 0, len(form), form, lemma)

    def _behind(self, form: str, at: int) -> Cut:
        """The reading with proclitics up to `at`, what follows read as a word of its own."""
        inner = self.cut(form[at:]) if form[at : at + 2] == "ال" else self._whole(form[at:])
        return self._cut(form, at, at, at + inner.stem_end, inner.stem, inner.lemma)

    def _splits(self, form: str) -> tuple[int, ...]:
        """Where the stem may begin behind one or two proclitics."""
        if len(form) <= 2 or form[0] not in "وفبلكس":
            return ()
        if form[0] in "وف" and form[1] in "بلكس" and (len(form) > 4 or form[2:] in self._lexicon.function_words):
            return (1, 2)
        return (1,)

    @staticmethod
    def _fits(form: str, at: int, *, sure: bool = True) -> bool:
        """Whether the letters before `at` may stand before what follows: س only before an imperfect, و before all.

        Where what follows is not `sure`, س and ك, which few words carry, are no proclitics.
        """
        rest, last = form[at:], form[at - 1]
        if last == "س":
            return sure and rest[0] in _IMPERFECT and len(rest) >= 3
        if last == "و":
            return True
        return len(rest) >= 3 and (sure or last != "ك" or len(rest) >= 5)

    def _with_pronoun(self, form: str, at: int, known: Callable[[str], str | None]) -> Cut | None:
        """The reading with a pronoun behind a base of three letters that `known` knows, None where there is none."""
        if at and not self._fits(form, at, sure=known == self._printed and form[at - 1] != "ك"):
            return None
        stem = form[at:]
        if stem.endswith("انا") and self._lexicon.knows(stem[:-1]):  # أمانا: an accusative, not "ours"
            return None
        for enclitic in self._lexicon.enclitics:
            if stem.endswith(enclitic) and len(stem) - len(enclitic) >= 3:
                base = self._restore(stem[: -len(enclitic)])
                if base in self._lexicon.apart:
                    continue
                lemma = known(base)
                if lemma is not None:
                    return self._cut(form, at, at, len(form) - len(enclitic), base, lemma)
        return None

    def _printed(self, stem: str) -> str | None:
        return self._lexicon.lemma(stem)

    def _careful(self, stem: str) -> str | None:
        careful = self._lexicon.careful(stem)
        return None if careful is None else self._lexicon.lemma(careful)

    def _inflected(self, stem: str) -> str | None:
        base = self._lexicon.inflected(stem)
        return None if base is None else self._lexicon.lemma(base)

    def _known(self, stem: str) -> bool:
        words = self._lexicon
        return words.knows(stem) or words.careful(stem) is not None or words.inflected(stem) is not None

    def _restore(self, base: str) -> str:
        """The stem as it stands without its pronoun: ة from ت, hamza off its seat, ى from ا, the alef of وا."""
        words = self._lexicon
        if base.endswith("ت") and words.knows(base[:-1] + "ة") and not words.is_feminine_verb(base):
            return base[:-1] + "ة"
        if base.endswith(("ائ", "اؤ")):
            return base[:-1] + "ء"
        if base.endswith("ا") and not words.knows(base) and words.knows(base[:-1] + "ى"):
            return base[:-1] + "ى"
        if base.endswith("و") and words.knows(base + "ا"):
            return base + "ا"
        return base

    def _cut(
        self,
        form: str,
        name_at: int,
        stem_at: int,
        stem_end: int,
        stem: str,
        lemma: str | None = None,
        *,
        unseen: bool = False,
    ) -> Cut:
        """The record of a reading; `unseen`: it has an article that no letter shows."""
        if stem and lemma is None:
            lemma = self._lexicon.best_lemma(stem)
        return Cut(
            key=fold(form),
            proclitics=form[:name_at],
            article=unseen or stem_at > name_at,
            stem=fold(stem),
            enclitic=form[stem_end:],
            name_at=name_at,
            stem_at=stem_at,
            stem_end=stem_end,
            lemma=lemma or "",
        )

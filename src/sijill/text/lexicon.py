"""The words that the text room knows: function words, whole words, and the 297,000 forms of simplemma.

Knowledge comes in steps, surest first: the form as printed; the form in careful spelling (hamza, ya, ta marbuta); an
inflection of a known form. Which step a reading needs decides between the readings of a word (see `clitics`).

Source: simplemma's Arabic dictionary (Wiktionary, MIT); spelling classes as in Buckwalter 2.0, section on orthography;
endings after W. Wright, A Grammar of the Arabic Language, vol. 1, sound plurals, duals and perfect endings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from sijill import cache
from sijill.data import Meta, data_version, load
from sijill.errors import ResourceError
from sijill.text.folding import clean, fold
from sijill.text.forms import forms_version, load_forms

__all__ = ["FILE", "WordLexicon", "load_words"]

FILE = "lexicon/ar/function_words.toml"


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    function: list[str]
    whole: list[str]
    apart: list[str]
    with_pronoun: list[str]
    fused_stem: list[str]
    names_in_lam: list[str]
    known: list[str]
    enclitics: list[str]
    endings: list[str]


class _FunctionWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    words: _Words


class WordLexicon:
    """Known words, by form as printed; `extra` and listed words by folded key.

    `function_words`, `apart`, `with_pronoun` and `fused_stem` are spelled as printed, `whole` is folded, and `extra` is
    but for a last ة.
    """

    def __init__(self, table: _Words, extra: Iterable[str] | Callable[[WordLexicon], frozenset[str]] = ()) -> None:
        _check(table)
        self.function_words = frozenset(clean(word).text for word in table.function)
        self.whole = frozenset(fold(clean(word).text) for word in table.whole)
        self.apart = frozenset(table.apart)
        self.with_pronoun = frozenset(table.with_pronoun)
        self.fused_stem = frozenset(table.fused_stem)
        self.names_in_lam = frozenset(table.names_in_lam)
        self.enclitics = tuple(table.enclitics)
        self._endings = tuple(table.endings)
        self._forms = load_forms()
        self._listed = frozenset(_printed_key(clean(word).text) for word in (*table.whole, *table.known))
        self.extra: frozenset[str] = frozenset()
        self.extra = extra(self) if callable(extra) else frozenset(_extra_keys(extra, self))

    def knows(self, form: str) -> bool:
        """Whether `form` (cleaned, no clitics) is, as printed, a word of the language or of Sijill's own data."""
        return form in self._forms or self._lists(form)

    def _lists(self, form: str) -> bool:
        key = _printed_key(form)
        return key in self._listed or key in self.extra

    def is_feminine_verb(self, form: str) -> bool:
        """Whether `form`, which ends in ت, is a verb of Sijill's data whose ة-form is no word of the data.

        Behind it a pronoun is its object: قصفتها, هجرتهم.
        """
        noun = any(self._lists(form[:-1] + ending) for ending in "ةه")  # the data is spelled either way
        return _printed_key(form) in self.extra and not noun

    def lemma(self, form: str) -> str | None:
        """The dictionary form of `form` as printed, without an article; None where the word is not known."""
        lemma = self._forms.get(form)
        if lemma is None:
            return form if self._lists(form) else None
        if lemma == form and (form[0] in "يت" or form.endswith("وا")):
            return self._perfect(form) or form
        return lemma

    def _perfect(self, form: str) -> str | None:
        """The perfect of a verb form that the dictionary keeps as it is (يقتل, ينفجر, هاجموا); None for a noun.

        What takes an article is a noun.
        """
        forms = self._forms
        if form.endswith("وا"):
            return form[:-2] if forms.get(form[:-2]) == form[:-2] else None
        base = form[:-2] if form.endswith(("ون", "ان")) and form[:-2] in forms else form
        rest = base[1:]
        if form[0] == "ت" and "ي" + form in forms:  # تقدم: a perfect of form V or VI
            return None
        if len(rest) < 3 or "ال" + form in forms or "ال" + base in forms or "ي" + rest not in forms:
            return None
        for verb in ("ا" + rest, rest, "أ" + rest) if len(rest) >= 4 else (rest, "أ" + rest):
            if forms.get(verb) == verb:
                return verb
        return None

    def takes_apart(self, word: str) -> bool:
        """Whether `word` (لحقوق, مقاتليه), which is not in the dictionary, is a noun of it with a clitic."""
        if word in self._forms:
            return False
        if word[0] in "وفبلك" and self._is_noun(word[1:]):
            return True
        return any(self._is_noun(base) for base in self._without_pronoun(word))

    def _without_pronoun(self, word: str) -> Iterator[str]:
        for enclitic in self.enclitics:
            if word.endswith(enclitic):
                base = word[: -len(enclitic)]
                yield base
                if base.endswith("ت"):
                    yield base[:-1] + "ة"

    def _is_noun(self, word: str) -> bool:
        """Whether a word of four letters and more stands in the dictionary with and without an article.

        A construct plural (مقاتلي) stands there by its singular.
        """
        if len(word) >= 5 and word.endswith("ي"):
            word = word[:-1]
        return len(word) >= 4 and word in self._forms and "ال" + word in self._forms

    def best_lemma(self, form: str) -> str:
        """The dictionary form of `form` by the surest step that knows it; `form` itself where none does."""
        lemma = self.lemma(form)
        if lemma is None and (known := self.careful(form) or self.inflected(form)):
            lemma = self.lemma(known)
        return form if lemma is None else lemma

    def fuses(self, form: str) -> bool:
        """Whether ال opens `form` as letters of its own, of a verb or verbal noun of form VIII (التقى, التزامها)."""
        if form.startswith("الال"):  # الالتزام: an article before such a noun
            return False
        if form in self.fused_stem or self._forms.get(form) in self.fused_stem:
            return True
        for enclitic in self.enclitics:
            if form.endswith(enclitic):
                base = form[: -len(enclitic)]
                if base in self.fused_stem or self._forms.get(base) in self.fused_stem:
                    return True
        return False

    def careful(self, form: str) -> str | None:
        """`form` in careful spelling where that is a known word (اصابة is إصابة, مدينه is مدينة), else None.

        The feminine of a known adjective counts as well.
        """
        for spelling in _spellings(form):
            if spelling in self._forms:
                return spelling
        if form[-1] == "ة" and len(form) >= 5 and form[:-1] in self._forms:
            return form[:-1]
        return None

    def inflected(self, form: str) -> str | None:
        """The known word that `form` is an inflection of (ending, or another person of the imperfect), else None."""
        if form.startswith("عبدال") and len(form) >= 8:  # a name written in one: عبدالملك
            return "عبد"
        for ending in self._endings:
            if form.endswith(ending) and len(form) - len(ending) >= 3:
                base = form[: -len(ending)]
                for whole in (base, base + "ة", base + "ي", base + "ى"):
                    if self.knows(whole):
                        return whole
                found = self.careful(base) or self.careful(base + "ة")
                if found:
                    return found
        if form[0] in "يتن" and len(form) >= 4:
            for person in "يتن":
                if person + form[1:] in self._forms:
                    return person + form[1:]
        return None


def _printed_key(form: str) -> str:
    """The folded key of `form`, a last ة kept apart from a last ه (which may be a pronoun)."""
    return fold(form[:-1]) + form[-1:]


def _spellings(form: str) -> Iterator[str]:
    """Other spellings of `form`: hamza on a first alef, ya and alef maqsura, ta marbuta, hamza seats."""
    firsts = [form]
    if form[0] in "اأإآ":
        firsts += [alef + form[1:] for alef in "أإآا" if alef != form[0]]
    for first in firsts:
        if first is not form:
            yield first
        last = first[-1]
        if last in "ىي":
            yield first[:-1] + ("ي" if last == "ى" else "ى")
        elif last == "ه":
            yield first[:-1] + "ة"
    if "ئو" in form:
        yield form.replace("ئو", "ؤو")


_GOVERNING, _GOVERNED = "لب", 5  # and the letters that such a word has at least


def _extra_keys(extra: Iterable[str], lexicon: WordLexicon) -> Iterator[str]:
    """The keys of the other rooms' words, with and without article; not those that are themselves cut."""
    entries = [clean(entry).text.split() for entry in extra]
    single = {word for words in entries if len(words) == 1 for word in words}
    for words in entries:
        for word in words:
            stem = word.removeprefix("ال")
            if len(word) > _GOVERNED and word[0] in _GOVERNING and word[1:] in single:
                continue  # الموالية لتركيا: the second is تركيا behind a preposition
            if len(stem) >= (2 if len(words) == 1 else 3) and not lexicon.takes_apart(stem):
                yield _printed_key(stem)
                yield _printed_key(word)


def _check(table: _Words) -> None:
    """No word may stand in two lists that say the opposite, nor twice in one."""
    for name in ("function", "whole", "apart", "with_pronoun", "fused_stem", "names_in_lam", "known"):
        seen: set[str] = set()
        for word in getattr(table, name):
            if word in seen:
                raise ResourceError(f"{word} stands twice", file=FILE, key=name)
            seen.add(word)
    whole = set(table.whole)
    for name in ("apart", "with_pronoun", "known"):
        if both := whole.intersection(getattr(table, name)):
            raise ResourceError(f"{min(both)} stands in whole as well", file=FILE, key=name)


def load_words(extra: Iterable[str] = (), overlay: Path | None = None, *, shipped: bool = False) -> WordLexicon:
    """The word lexicon; `extra` are the words that the other rooms' data add, so that clitics come off them.

    `shipped`: they are those of all the rooms' shipped data, whose keys are kept between runs: `extra` is asked only
    where they are not.
    """
    table = load(FILE, _FunctionWords, overlay)
    if not shipped or overlay is not None:
        return WordLexicon(table.words, extra)

    def keys(lexicon: WordLexicon) -> frozenset[str]:
        def compiled() -> bytes:
            return "\n".join(sorted(frozenset(_extra_keys(extra, lexicon)))).encode("utf8")

        key = cache.key_of(data_version(), forms_version(), derived=True)
        return frozenset(cache.kept("words", key, compiled).decode("utf8").split("\n"))

    return WordLexicon(table.words, keys)

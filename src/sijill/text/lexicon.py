"""The words that the text room knows: function words, whole words, and the 297,000 forms of simplemma."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from sijill.data import Meta, load
from sijill.text.folding import clean, fold

__all__ = ["WordLexicon", "load_words"]


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    function: list[str]
    whole: list[str]
    enclitics: list[str]


class _FunctionWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    words: _Words


class WordLexicon:
    """Known words, by form as printed and by folded key. `lemma(form)` is None for a word not known."""

    def __init__(self, table: _Words, extra: Iterable[str]) -> None:
        self.function_words = frozenset(clean(word).text for word in table.function)
        self.whole = frozenset(fold(clean(word).text) for word in table.whole)
        self.enclitics = tuple(table.enclitics)
        self.extra = frozenset(fold(clean(word).text) for word in extra)
        self._forms = DefaultDictionaryFactory(cache_max_size=1).get_dictionary("ar")

    def knows(self, form: str) -> bool:
        """Whether `form` (cleaned, no clitics) is a word of the language or of Sijill's own data."""
        return form in self._forms or fold(form) in self.extra

    def lemma(self, form: str) -> str | None:
        """The dictionary form of `form`, without an article; None where the word is not known."""
        return self._forms.get(form)


def load_words(extra: Iterable[str] = (), overlay: Path | None = None) -> WordLexicon:
    """The word lexicon; `extra` are the words that the other rooms' data add, so that clitics come off them."""
    table = load("lexicon/ar/function_words.toml", _FunctionWords, overlay)
    return WordLexicon(table.words, extra)

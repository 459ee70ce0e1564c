"""Which names may be shown, read by the names room: what is no private person's name must be known to be none."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sijill import names, values
from sijill.model import Document, Mention, Text, WordKind
from sijill.text import TextReader

__all__ = ["NameRules", "NamesShown"]

_REMEMBERED = 20_000


class NameRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Beginnings of rules' ids: which readings let a name stand as written; see `export/public.toml`."""

    mask: str
    whole: tuple[str, ...]
    word: tuple[str, ...]
    never: tuple[str, ...]


class NamesShown:
    """What stands for a name in public. Names are remembered, for a case names the same actors over and over."""

    def __init__(self, rules: NameRules, overlay: Path | None = None) -> None:
        words = (*values.lexicon_words(overlay), *names.lexicon_words(overlay))
        self._rules = rules
        self._texts = TextReader(words, overlay, whole=True)
        self._values = values.ValueReader(overlay)
        self._names = names.NameReader(overlay, self._texts.lexicon)
        self._known: dict[tuple[str, tuple[str, ...] | None], str] = {}

    def __call__(self, name: str, only: tuple[str, ...] | None = None) -> str:
        """The name where it may be shown, else its class in brackets, else the mask.

        `only` are rules that a name must be read by to stand as written, where fewer than usual may.
        """
        key = name, only
        shown = self._known.get(key)
        if shown is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            shown = self._known[key] = self._read(name, only)
        return shown

    def _read(self, name: str, only: tuple[str, ...] | None) -> str:
        text = self._texts.read(Document("", name))
        found = self._names.read(text, self._values.read(text))
        covering = [mention for mention in found if _covers(mention, text)]
        private = any(mention.rule.startswith(self._rules.never) for mention in found)
        if not private and any(self._stands(mention, text, only) for mention in covering):
            return name
        classes = [mention.subtype for mention in covering if mention.subtype is not None]
        # A description (`المصدر`) has no class of its own worth telling.
        told = next((one for one in classes if one not in {"description", "possessed"}), None)
        return f"[{told}]" if told is not None else self._rules.mask

    def _stands(self, mention: Mention, text: Text, only: tuple[str, ...] | None) -> bool:
        if only is not None:
            return mention.rule.startswith(only)
        one_word = sum(word.kind is not WordKind.PUNCT for word in text.words) == 1
        return mention.rule.startswith(self._rules.whole) or (one_word and mention.rule.startswith(self._rules.word))


def _covers(mention: Mention, text: Text) -> bool:
    """Whether a mention takes in every word that is no mark."""
    inside = range(mention.first, mention.last)
    return all(word.kind is WordKind.PUNCT or at in inside for at, word in enumerate(text.words))

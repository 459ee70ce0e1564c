"""Classes of nouns that the triggers ask for by name: `@arms` stands for every word of the class, inflected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from sijill.claims.inflection import noun_forms
from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.text.folding import fold

__all__ = ["CLASSES_FILE", "Classes", "load_classes"]

CLASSES_FILE = "lexicon/ar/word_classes.toml"
_MARK = "@"
_FIELDS = ("next", "unless", "before_not", "never_in", "after", "subject")
_Entry = TypeVar("_Entry", bound=msgspec.Struct)


class _Classes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    classes: dict[str, list[str]]


class Classes:
    """The words of each class in all their forms, folded: as listed, with tanwin, dual and sound plurals."""

    def __init__(self, classes: dict[str, list[str]]) -> None:
        self._forms = {
            name: sorted({form for word in words for form in _forms(word)}) for name, words in classes.items()
        }

    def expanded(self, entry: _Entry, key: str) -> _Entry:
        """`entry` with each `@class` of its lists replaced by the words of the class.

        Raises ResourceError for a class that is not there; `key` says where it was asked for.
        """
        lists = {field: getattr(entry, field) for field in _FIELDS}
        named = {field: words for field, words in lists.items() if any(word.startswith(_MARK) for word in words)}
        if not named:
            return entry
        forms = {field: list(dict.fromkeys(self._words(words, key))) for field, words in named.items()}
        return msgspec.structs.replace(entry, **forms)

    def _words(self, words: list[str], key: str) -> Iterator[str]:
        for word in words:
            if not word.startswith(_MARK):
                yield word
            elif (forms := self._forms.get(word[1:])) is None:
                raise ResourceError(f"there is no class {word!r}", file=CLASSES_FILE, key=key)
            else:
                yield from forms


def _forms(word: str) -> frozenset[str]:
    forms = noun_forms(word)
    return forms if word.endswith("ة") else forms | {fold(word + "ون"), fold(word + "ات")}


def load_classes(overlay: Path | None = None) -> Classes:
    """The classes as shipped, a user's laid over them. Raises ResourceError where the file is wrong."""
    return Classes(load(CLASSES_FILE, _Classes, overlay).classes)

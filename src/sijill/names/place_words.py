"""The words that places are named with, decoded from `lexicon/ar/place_words.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.text.folding import clean, fold

__all__ = ["Example", "Noun", "PlaceWords", "Relative", "load_place_words"]

_FILE = "lexicon/ar/place_words.toml"


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of our own, and a name that must (or must not) be found in it."""

    text: str
    name: str


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that a place's name follows.

    `many` are its duals and plurals, which open lists; `keep` makes the noun part of the name; `weak` refuses everyday
    words as names, `cautious` those without article; `named` wants a name that is known or no everyday word;
    `compass` lets an adjective of the compass close the name; `apposed` takes the name behind the definite noun.
    """

    id: str
    one: tuple[str, ...]
    many: tuple[str, ...]
    subtype: str
    yes: tuple[Example, ...]
    no: tuple[Example, ...]
    keep: bool = False
    weak: bool = False
    cautious: bool = False
    named: bool = False
    compass: bool = False
    apposed: bool = False


class Relative(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say where a place lies seen from another; `chain` lets several follow each other."""

    id: str
    words: tuple[str, ...]
    yes: tuple[Example, ...]
    no: tuple[Example, ...]
    chain: bool = False
    adjective: bool = False


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    prepositions: tuple[str, ...]
    owners: tuple[str, ...]
    behind: tuple[str, ...]
    stops: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    compass: tuple[str, ...]
    works: tuple[str, ...]
    introducers: tuple[str, ...]
    countries: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    noun: tuple[Noun, ...]
    relative: tuple[Relative, ...]
    names: _Names


def key(form: str) -> str:
    """The folded key of a word or name as data files write it."""
    return fold(clean(form).text)


class PlaceWords:
    """The words by their folded keys. `nouns[key]` is the noun and whether the form opens a list."""

    def __init__(self, file: _File) -> None:
        self.all_nouns = file.noun
        self.all_relatives = file.relative
        self.nouns: dict[str, tuple[Noun, bool]] = {}
        self.relatives: dict[str, Relative] = {}
        for noun in file.noun:
            for many, forms in ((False, noun.one), (True, noun.many)):
                for form in forms:
                    _put(self.nouns, key(form), (noun, many), noun.id)
        for relative in file.relative:
            for form in relative.words:
                _put(self.relatives, key(form), relative, relative.id, twice=True)
        for field in _Names.__struct_fields__:
            setattr(self, field, frozenset(key(form) for form in getattr(file.names, field)))

    prepositions: frozenset[str]
    owners: frozenset[str]
    behind: frozenset[str]
    stops: frozenset[str]
    heads: frozenset[str]
    tails: frozenset[str]
    compass: frozenset[str]
    works: frozenset[str]
    introducers: frozenset[str]
    countries: frozenset[str]


def _put(table: dict[str, Any], form: str, value: Any, entry: str, *, twice: bool = False) -> None:
    if form in table and not (twice and table[form] is value):
        raise ResourceError(f"the form {form} is listed twice", file=_FILE, key=entry)
    table[form] = value


def load_place_words(overlay: Path | None = None) -> PlaceWords:
    """The words of places, with the user's overlay. Raises ResourceError where the data is wrong."""
    file = load(_FILE, _File, overlay)
    ids = [rule.id for rule in (*file.noun, *file.relative)]
    if len(ids) != len(set(ids)):
        raise ResourceError("an id is given twice", file=_FILE, key=next(i for i in ids if ids.count(i) > 1))
    return PlaceWords(file)

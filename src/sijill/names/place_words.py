"""The words that places are named with, decoded from `lexicon/ar/place_words.toml`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Literal

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.text.folding import clean, fold

__all__ = [
    "Border",
    "Example",
    "Noun",
    "PlaceWords",
    "Relative",
    "Short",
    "Takes",
    "Unit",
    "key_of_form",
    "load_place_words",
]

_FILE = "lexicon/ar/place_words.toml"
Takes = Literal["any", "definite", "name"]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of our own, and a name that must (or must not) be found in it."""

    text: str
    name: str


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    yes: tuple[Example, ...]
    no: tuple[Example, ...]


class Noun(_Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A noun that a place's name follows.

    `many` are its duals and plurals, which open lists; `keep` makes the noun part of the name; `takes` says which
    unknown names may follow (`any`; `definite`: everyday words only with their article; `name`: no everyday word);
    `compass` lets an adjective of the compass close the name, `line` further places behind dashes go on; `apposed`
    takes a known name behind the definite noun; behind a word of `not_after` the noun means something else
    (`عن طريق`, "by way of"), before one of `not_before` as well (`مديرية الأمن`); `led` wants a preposition of place
    before the noun (`في جبهة ماس`). `stands` says what the noun with its article takes up: a place of its class, only
    one named with the same word (`المعسكر`), or none. Where
    none was named with the noun itself, it takes up one named with a noun of `like` (`bare`: with no noun).
    """

    one: tuple[str, ...]
    many: tuple[str, ...]
    subtype: str
    takes: Takes = "any"
    keep: bool = False
    compass: bool = False
    line: bool = False
    apposed: bool = False
    led: bool = False
    stands: Literal["class", "word", "no"] = "no"
    like: tuple[str, ...] = ("bare",)
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


class Relative(_Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that say where a place lies seen from another.

    `chain` lets several follow each other; `adjective` lets an adjective of the compass follow; with `of` it must, and
    "of" after it (`الأحياء الشرقية لمدينة حلب`).
    """

    words: tuple[str, ...]
    chain: bool = False
    adjective: bool = False
    of: bool = False


class Border(_Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The noun of borders, named by adjectives of nations (but not by those in `plain`) or by the countries."""

    words: tuple[str, ...]
    plain: tuple[str, ...]
    with_: tuple[str, ...] = msgspec.field(name="with")
    between: tuple[str, ...]


class Unit(_Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Units with a number whose base is a place where one of `before` stands before them."""

    words: tuple[str, ...]
    before: tuple[str, ...]


class Short(_Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word that is short for a place's name, where the report has named one of `of` before."""

    words: tuple[str, ...]
    of: tuple[str, ...]


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    prepositions: tuple[str, ...]
    takers: tuple[str, ...]
    owners: tuple[str, ...]
    houses: tuple[str, ...]
    behind: tuple[str, ...]
    stops: tuple[str, ...]
    heads: tuple[str, ...]
    parts: tuple[str, ...]
    tails: tuple[str, ...]
    levels: tuple[str, ...]
    compass: tuple[str, ...]
    works: tuple[str, ...]
    introducers: tuple[str, ...]
    countries: tuple[str, ...]
    governments: tuple[str, ...]
    own_governments: tuple[str, ...]
    states_say: tuple[str, ...]
    no_owners: tuple[str, ...]
    never_led: tuple[str, ...]
    of_parties: tuple[str, ...]
    sources: tuple[str, ...]
    backed: tuple[str, ...]
    located: tuple[str, ...]
    toward: tuple[str, ...]
    openers: tuple[str, ...]
    banks: tuple[str, ...]
    unlike: tuple[str, ...]
    common: tuple[str, ...]
    tens: tuple[str, ...]
    shared: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    noun: tuple[Noun, ...]
    relative: tuple[Relative, ...]
    border: tuple[Border, ...]
    unit: tuple[Unit, ...]
    short: tuple[Short, ...]
    names: _Names


class PlaceWords:
    """The words by their folded keys. `nouns[key]` is the noun and whether the form opens a list."""

    prepositions: frozenset[str]
    takers: frozenset[str]
    owners: frozenset[str]
    houses: frozenset[str]
    behind: frozenset[str]
    stops: frozenset[str]
    heads: frozenset[str]
    parts: frozenset[str]
    tails: frozenset[str]
    levels: frozenset[str]
    compass: frozenset[str]
    works: frozenset[str]
    introducers: frozenset[str]
    countries: frozenset[str]
    governments: frozenset[str]
    own_governments: frozenset[str]
    states_say: frozenset[str]
    no_owners: frozenset[str]
    never_led: frozenset[str]
    of_parties: frozenset[str]
    sources: frozenset[str]
    backed: frozenset[str]
    located: frozenset[str]
    toward: frozenset[str]
    openers: frozenset[str]
    banks: frozenset[str]
    common: frozenset[str]
    shared: frozenset[str]
    tens: frozenset[str]

    def __init__(self, file: _File) -> None:
        self.rules: tuple[Noun | Relative | Border | Unit | Short, ...] = (
            *file.noun,
            *file.relative,
            *file.border,
            *file.unit,
            *file.short,
        )
        self.nouns: dict[str, tuple[Noun, bool]] = {}
        self.relatives: dict[str, Relative] = {}
        self.borders: dict[str, Border] = {}
        self.units: dict[str, Unit] = {}
        for noun in file.noun:
            for many, forms in ((False, noun.one), (True, noun.many)):
                for form in forms:
                    _put(self.nouns, key_of_form(form), (noun, many), noun.id)
        for relative in file.relative:
            for form in relative.words:
                _put(self.relatives, key_of_form(form), relative, relative.id)
        self.short = {key_of_form(form): _keys(short.of) for short in file.short for form in short.words}
        self.borders |= {key_of_form(form): border for border in file.border for form in border.words}
        self.units |= {key_of_form(form): unit for unit in file.unit for form in unit.words}
        self.beginnings = frozenset((*self.relatives, *self.borders, *self.units))
        for field in _Names.__struct_fields__:
            setattr(self, field, frozenset(key_of_form(form) for form in getattr(file.names, field)))
        self.leads = self.prepositions | self.takers
        # These are told from names by letters that folding makes one, so they stay as printed.
        self.not_after = {noun.id: _keys(noun.not_after) for noun in file.noun if noun.not_after}
        self.not_before = {noun.id: _keys(noun.not_before) for noun in file.noun if noun.not_before}
        self.unlike = frozenset(file.names.unlike)
        self.never_led = frozenset(file.names.never_led)
        self.border_plain = _keys(form for border in file.border for form in border.plain)
        self.border_with = _keys(form for border in file.border for form in border.with_)
        self.border_between = _keys(form for border in file.border for form in border.between)
        self.unit_before = _keys(form for unit in file.unit for form in unit.before)


def key_of_form(form: str) -> str:
    """The folded key of a word or name as data files write it."""
    return " ".join(fold(clean(form).text).split())


def _keys(forms: Any) -> frozenset[str]:
    return frozenset(key_of_form(form) for form in forms)


def _put(table: dict[str, Any], form: str, value: Any, entry: str) -> None:
    # A form may come twice in one entry: spellings that folding makes one.
    if form in table and table[form] != value:
        raise ResourceError(f"the form {form} is listed twice", file=_FILE, key=entry)
    table[form] = value


def load_place_words(overlay: Path | None = None) -> PlaceWords:
    """The words of places, with the user's overlay. Raises ResourceError where the data is wrong."""
    file = load(_FILE, _File, overlay)
    words = PlaceWords(file)
    for entry, times in Counter(rule.id for rule in words.rules).items():
        if times > 1:
            raise ResourceError("an id is given twice", file=_FILE, key=entry)
    return words

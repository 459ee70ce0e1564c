"""The records of the values room's data files: what a TOML entry may say, and nothing else.

Unknown keys are refused when the files are loaded.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sijill.data import Meta
from sijill.model import CountKind, CountWho

__all__ = [
    "Amount",
    "Amounts",
    "Compound",
    "CountedNouns",
    "FormKind",
    "GrammarWords",
    "Guard",
    "Idiom",
    "Modifier",
    "Noun",
    "NounClass",
    "Nouns",
    "Numbers",
    "NumeralEntry",
    "NumeralKind",
    "Others",
    "Percent",
    "Point",
    "Product",
    "WordList",
]

NumeralKind = Literal["unit", "bound", "ten", "tens", "hundred", "scale", "part", "ordinal", "last"]
FormKind = Literal["singular", "dual", "plural"]


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the records of data files."""


class NumeralEntry(_Record, frozen=True):
    """A number word with its forms."""

    id: str
    kind: NumeralKind
    value: int
    forms: list[str]
    hundreds: list[str] = []
    accusative: list[str] = []
    dual: list[str] = []
    many: list[str] = []


class Percent(_Record, frozen=True):
    """Words that make a number a percentage."""

    id: str
    words: list[str]


class Point(_Record, frozen=True):
    """Words for the decimal mark."""

    id: str
    words: list[str]


class Guard(_Record, frozen=True):
    """Words before which a number is a name."""

    id: str
    before: list[str]
    yes: list[str]
    no: list[str]


class Idiom(_Record, frozen=True):
    """Words that look like a number and are none."""

    id: str
    words: list[str]
    yes: list[str]
    no: list[str]


class Numbers(_Record, frozen=True):
    """A file of number words."""

    meta: Meta
    numeral: list[NumeralEntry]
    percent: list[Percent] = []
    point: list[Point] = []
    guard: list[Guard] = []
    idiom: list[Idiom] = []


class Amount(_Record, frozen=True):
    """An amount without a number (عشرات, عدة): `value` is its key in the policy."""

    id: str
    value: str
    forms: list[str]
    then: Literal["noun", "of", "any"]
    yes: list[str]
    no: list[str]
    behind: bool = False
    indefinite: bool = False
    pronoun: bool = False


class Product(_Record, frozen=True):
    """Two amounts in construct: عشرات الآلاف."""

    first: str
    second: str
    value: str


class WordList(_Record, frozen=True):
    """Words of one class."""

    words: list[str]


class Others(_Record, frozen=True):
    """The words for others; `oblique` ones are the plural, and beside a dual the dual."""

    people: list[str]
    oblique: list[str]
    dual: list[str]
    singular: list[str]
    things: list[str]


class Modifier(_Record, frozen=True):
    """What stands before or behind an amount and changes it; `effect` is its key in the policy."""

    id: str
    effect: str
    before: list[list[str]]
    after: list[list[str]]
    yes: list[str]
    no: list[str]


class GrammarWords(_Record, frozen=True):
    """Word classes that the grammar of amounts asks for; see `amounts.toml`."""

    of: list[str]
    between: list[str]
    toward: list[str]
    more: list[str]
    range_marks: list[str]
    change: list[str]
    one_of: list[str]
    no_count: list[str]
    occurring: list[str]
    behind_other: list[str]
    among: list[str]
    ranks: list[str]
    parts: list[str]
    totals: list[str]
    in_: list[str] = msgspec.field(name="in")


class Amounts(_Record, frozen=True):
    """The file of amounts."""

    meta: Meta
    amount: list[Amount]
    product: list[Product]
    sizes: WordList
    pronouns: WordList
    links: WordList
    others: Others
    modifier: list[Modifier]
    grammar: GrammarWords


class NounClass(_Record, frozen=True):
    """A class of nouns, and who its people are."""

    id: str
    who: CountWho | None = None


class Noun(_Record, frozen=True):
    """A counted noun. See `nouns.toml` for the fields."""

    id: str
    noun_class: str = msgspec.field(name="class")
    singular: str = ""
    plurals: list[str] = []
    duals: list[str] = []
    sound: Literal["", "m", "f"] = ""
    feminine: bool = False
    kind: CountKind | None = None
    bare: Literal["any", "plural", "dual", "cued", "none"] = "any"
    dual: bool = True
    adjective: bool = False
    strict: bool = False
    body: bool = False
    not_after: list[str] = []


class CountedNouns(_Record, frozen=True):
    """The classes and the nouns."""

    noun: list[Noun]
    classes: list[NounClass] = msgspec.field(name="class")


class Compound(_Record, frozen=True):
    """Nouns whose people the word behind them tells."""

    id: str
    nouns: list[str]
    behind: list[str]
    who: CountWho
    yes: list[str]
    no: list[str]


class Nouns(_Record, frozen=True):
    """The file of counted nouns."""

    meta: Meta
    counted: CountedNouns
    compound: list[Compound]
    cues: WordList

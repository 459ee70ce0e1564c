"""Every record of Sijill's way, from the report as given to the claims that it makes.

Offsets (`start`, `end`) count Unicode code points of the text as given, half open. Counts are inclusive integers
or None (open, or unsaid). Dates are days. A field's meaning is that of the annotation guidelines, whose JSON form
is the contract; every span carries the characters that it points at, so that a reader can check it.

The order here is the order of the way: Document → Text (Word, Sentence, Furniture) → values (Number, Quantity,
DateRange) → names (Mention) → Claim → Report → Event.
"""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from sijill.codes import ClaimType, CountKind, CountWho, MentionKind, Modality, Precision, WordKind

__all__ = [
    "Actor",
    "Claim",
    "ClaimType",
    "Count",
    "CountKind",
    "CountWho",
    "DateRange",
    "Document",
    "Event",
    "Furniture",
    "Mention",
    "MentionKind",
    "Modality",
    "Note",
    "Number",
    "Place",
    "Precision",
    "Quantity",
    "Report",
    "Sentence",
    "Source",
    "Span",
    "StatedDate",
    "Text",
    "Values",
    "Word",
    "WordKind",
]


class Span(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """Characters `start`..`end` (half open) of the text as given. JSON: `[start, end]`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0, not {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def cut(self, text: str) -> str:
        """The characters of `text` that the span points at."""
        return text[self.start : self.end]


@lru_cache(maxsize=1)
def _sha256(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()


class Document(msgspec.Struct, frozen=True):
    """One report as given. `text` is never changed; `meta` keeps the input's other fields."""

    id: str
    text: str
    published: date | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    meta: dict[str, Any] = {}

    @property
    def sha256(self) -> str:
        """Hash of the text (UTF-8, lone surrogates kept), as `sha256:` and 64 hex digits."""
        return _sha256(self.text)


# --- text: the words of a report ---------------------------------------------------------------------------------


class Word(msgspec.Struct, frozen=True, gc=False):
    """One word, with its clitics told apart. Offsets are in the text as given.

    `form` is the word without tashkeel, tatweel and invisible marks; `key` is `form` folded (alef, hamza, ya and ta
    marbuta forms), on which lexicons are looked up. A word is proclitics + article + stem + enclitic:
    `وبالقصف` has proclitics `وب`, article True, stem `قصف`. `stem` is folded like `key` and has neither article nor
    clitics; `stem_start`..`stem_end` are its characters, the article excluded; `name_start` is where the word begins
    without proclitics but with its article, as names are written. A clitic that stands alone (before a quotation mark,
    digits, a tatweel) has proclitics and article and an empty stem. `end` takes in tashkeel and tatweel on the last
    letter. The article of للاجئين is True though no letter shows it. A word whose evasive spelling was undone
    (`قـ ـصـ ـف`) spans its separators.
    """

    start: int
    end: int
    form: str
    key: str
    kind: WordKind
    proclitics: str
    article: bool
    stem: str
    enclitic: str
    name_start: int
    stem_start: int
    stem_end: int
    lemma: str
    sentence: int


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """Words `first`..`last` (half open) of a text, and the characters that they cover."""

    start: int
    end: int
    first: int
    last: int


class Furniture(msgspec.Struct, frozen=True, gc=False):
    """Characters that are no part of the report (menus, share rows, other stories), with the rule that says so."""

    start: int
    end: int
    rule: str


class Text(msgspec.Struct, frozen=True):
    """A document cut into words and sentences, furniture left out and listed."""

    document: Document
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    furniture: tuple[Furniture, ...]

    def surface(self, first: int, last: int) -> str:
        """The characters of words `first`..`last` (half open) as given."""
        return self.document.text[self.words[first].start : self.words[last - 1].end]


class Note(msgspec.Struct, frozen=True):
    """Something about the reading that a person should know (`code`, one line, and where)."""

    code: str
    message: str
    span: Span | None = None


# --- values: numbers, quantities, dates --------------------------------------------------------------------------


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number as the text writes it: digits or words. `first`..`last` are its words (half open)."""

    value: int | float
    span: Span
    first: int
    last: int
    ordinal: bool = False
    percent: bool = False


class Quantity(msgspec.Struct, frozen=True):
    """An amount of people or things.

    `span` is the amount with its modifier and, where the amount is in the noun (dual, bare plural), the noun;
    `phrase` runs on over the counted noun and what narrows it. `noun` is the head noun as written, `noun_class` its
    class in the data (`civilians`, `fighters`, … for people; `raids`, `kilometres`, … for things; None unknown).
    `kind` is set where the noun itself says what befell the people (`قتلى`, `جرحى`, `نازحين`).
    `bare` marks a noun without a number word: its use as a count depends on the clause.
    """

    low: int | None
    high: int | None
    span: Span
    phrase: Span
    first: int
    last: int
    noun: str | None
    noun_class: str | None
    person: bool
    rule: str
    kind: CountKind | None = None
    who: CountWho | None = None
    bare: bool = False
    definite: bool = False


class DateRange(msgspec.Struct, frozen=True):
    """A stated time, resolved to days `start`..`end` (inclusive), or unresolved (`start` None, phrase kept).

    `first`..`last` are the words of the expression (half open), `rule` what read it.
    """

    start: date | None
    end: date | None
    precision: Precision
    span: Span
    text: str
    rule: str
    first: int
    last: int


class Values(msgspec.Struct, frozen=True):
    """All values of a text, each kind in text order."""

    numbers: tuple[Number, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateRange, ...] = ()
    notes: tuple[Note, ...] = ()


# --- names: who and where is named -------------------------------------------------------------------------------


class Mention(msgspec.Struct, frozen=True):
    """A name in the text: words `first`..`last` (half open), `name` as written without proclitics and quotes.

    `ref` is the id in the knowledge base (actor, place) where known, `label` its English name, `subtype` the class in
    the data (`state`, `rebel`, `settlement`, `region`, …), `weapon` a means that implies its owner (`طيران التحالف`).
    """

    kind: MentionKind
    span: Span
    name: str
    first: int
    last: int
    rule: str
    ref: str | None = None
    label: str | None = None
    subtype: str | None = None
    weapon: str | None = None


# --- the record ---------------------------------------------------------------------------------------------------


class Count(msgspec.Struct, frozen=True):
    """How many people, of whom, what befell them. `low`/`high` inclusive, None where open or unsaid."""

    kind: CountKind
    who: CountWho
    low: int | None
    high: int | None
    span: Span
    text: str

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a count runs upward, not {self.low}..{self.high}")


class StatedDate(msgspec.Struct, frozen=True):
    """When, as the clause or its sentence states it; `start` and `end` are None where it cannot be resolved."""

    start: date | None
    end: date | None
    span: Span
    text: str
    precision: Precision


class Place(msgspec.Struct, frozen=True):
    """Where, as written; the point and codes are None until (and unless) it is resolved.

    `lat`, `lon` are degrees (WGS 84), the event lies within `radius_km` of there; `precision` says what the point
    stands for (a class of `rules/places.toml`: the place itself, a side of a governorate, a country, …).
    """

    name: str
    span: Span
    text: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: str | None = None
    place_id: str | None = None
    country: str | None = None
    pcode: str | None = None


class Actor(msgspec.Struct, frozen=True):
    """Who did it, or to whom or what it was done. `name` is the antecedent where the text has a description."""

    name: str
    span: Span
    text: str
    actor_id: str | None = None
    label: str | None = None


class Source(msgspec.Struct, frozen=True):
    """Who says so."""

    name: str
    span: Span
    text: str


class Claim(msgspec.Struct, frozen=True):
    """One thing that the text says happened, is denied, or is planned; see the annotation guidelines.

    `id` is stable: from the document's hash, the trigger and the type. `why` are the ids of the rules that fired.
    `date` and `places` are what the claim's sentence states; where it states none, `context_date` and `context_places`
    are what the report tells around it, for maps and timelines: likely, not said.
    """

    id: str
    type: ClaimType
    trigger: Span
    trigger_text: str
    sentence: Span
    counts: tuple[Count, ...]
    date: StatedDate | None
    places: tuple[Place, ...]
    agents: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    sources: tuple[Source, ...]
    modality: Modality
    why: tuple[str, ...] = ()
    context_date: StatedDate | None = None
    context_places: tuple[Place, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """The record of one document: its claims in text order, and which code and data read it."""

    doc: str
    published: date | None
    title: str | None
    url: str | None
    outlet: str | None
    sha256: str
    claims: tuple[Claim, ...]
    notes: tuple[Note, ...]
    sijill: str
    data: str
    meta: dict[str, Any] = {}

    def to_json(self) -> bytes:
        """One line of JSON (UTF-8), without the newline."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, line: bytes | str) -> Report:
        """The report that `to_json` wrote. Raises msgspec.ValidationError where a field is wrong."""
        return msgspec.json.decode(line, type=cls)


class Event(msgspec.Struct, frozen=True):
    """What several reports tell of one event; the claims stay as they are."""

    id: str
    claims: tuple[str, ...]

"""How places are resolved, decoded from `data/rules/places.toml` and cross-checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.text.folding import clean, fold

__all__ = [
    "Bare",
    "BorderRow",
    "Example",
    "KindRow",
    "NounRow",
    "PrecisionRow",
    "Reach",
    "ResolverRules",
    "Score",
    "word_key",
]

_FILE = "rules/places.toml"
_REMEMBERED = 20_000  # words whose keys are kept
Bare = Literal["no", "near", "anchored"]
PhraseId = Literal["links", "within", "near", "distance", "between", "homeland", "joins"]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of our own, a place in it, and what it must (or must not) be resolved to ('': nothing)."""

    text: str
    name: str
    precision: str
    near: tuple[float, float] | None = None
    within_km: float = 0.0


class PrecisionRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of precision, and its code in the schemes of UCDP and ACLED."""

    id: str
    says: str
    where_prec: int
    geo_precision: int


class KindRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a kind of place reaches, and the precision of its bare name."""

    id: str
    radius_km: float
    precision: str


class Local(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """First words of the names of small regions, and how those are given."""

    words: tuple[str, ...]
    radius_km: float
    precision: str
    yes: tuple[Example, ...]
    no: tuple[Example, ...]


class NounRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a noun of place lets its name be: points for each kind, `other` for the rest."""

    id: str
    other: float
    kinds: dict[str, float]
    whole: bool = False
    bare: Bare = "no"


class Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns of place (ids of the finder's) that places of so many people are called by; `points` for any other."""

    id: str
    nouns: tuple[str, ...]
    points: float
    yes: tuple[Example, ...]
    no: tuple[Example, ...]
    least: int = 0
    most: int = 1_000_000_000


class Countryside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for the land around a town."""

    words: tuple[str, ...]
    around_km: float
    yes: tuple[Example, ...]
    no: tuple[Example, ...]


class Edge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for "at, around", and how much they add to a place's radius."""

    id: str
    words: tuple[str, ...]
    adds_km: float
    yes: tuple[Example, ...]
    no: tuple[Example, ...]


class Compass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of each side."""

    north: tuple[str, ...]
    south: tuple[str, ...]
    east: tuple[str, ...]
    west: tuple[str, ...]
    middle: tuple[str, ...]
    extreme: tuple[str, ...]
    yes: tuple[Example, ...]
    no: tuple[Example, ...]


class Reach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Distances and shares by which areas are made."""

    side_share: float
    side_most_km: float
    side_near_km: float
    town_side_km: float
    stated_spread: float
    stated_least_km: float
    stated_most_km: float
    between_most_km: float
    road_most_km: float
    list_most_km: float
    list_adds_km: float
    near_adds_km: float
    skeleton_km: float
    cluster_km: float
    same_km: float
    town_population: tuple[tuple[int, float], ...]


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights; each is explained in the data."""

    exact: float
    article: float
    skeleton: float
    bare: float
    trusted: float
    known: float
    known_population: int
    population: float
    finder: float
    country: float
    elsewhere: float
    same: float
    governorate: float
    inside: float
    outside: float
    land: float
    sentence: float
    report: float
    far: float
    far_km: float
    halving_km: float
    unit_halving_km: float
    anchor_km: float
    enough: float
    alone: float
    alone_trusted: float
    margin: float
    sure: float


class BorderRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The border of two countries: its middle, and half its length."""

    countries: tuple[str, str]
    lat: float
    lon: float
    radius_km: float


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which the places of a sentence hang together; `id` says how."""

    id: PhraseId
    words: tuple[str, ...]
    yes: tuple[Example, ...]
    no: tuple[Example, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    precision: tuple[PrecisionRow, ...]
    kind: tuple[KindRow, ...]
    local: Local
    noun: tuple[NounRow, ...]
    size: tuple[Size, ...]
    compass: Compass
    countryside: Countryside
    edge: tuple[Edge, ...]
    reach: Reach
    score: Score
    border: tuple[BorderRow, ...]
    adjectives: dict[str, tuple[str, ...]]
    phrase: tuple[Phrase, ...]


class ResolverRules:
    """The rules by id and by folded word."""

    def __init__(self, overlay: Path | None = None) -> None:
        file = load(_FILE, _File, overlay)
        _check(file)
        self.precisions: Mapping[str, PrecisionRow] = {row.id: row for row in file.precision}
        self.kinds: Mapping[str, KindRow] = {row.id: row for row in file.kind}
        self.nouns: Mapping[str, NounRow] = {row.id: row for row in file.noun}
        self.sizes = {f"noun.{noun}": size for size in file.size for noun in size.nouns}
        self.reach, self.score = file.reach, file.score
        self.local = _local(file)
        self.local_words = _keys(file.local.words)
        self.around_km = file.countryside.around_km
        self.countryside = _keys(file.countryside.words)
        self.edges = {word_key(word): edge.adds_km for edge in file.edge for word in edge.words}
        self.sides = _sides(file.compass)
        self.middle = _keys(file.compass.middle)
        self.extreme = _keys(file.compass.extreme)
        self.borders = {frozenset(row.countries): row for row in file.border}
        self.adjectives = {word_key(word): country for country, words in file.adjectives.items() for word in words}
        phrases = {phrase.id: _keys(phrase.words) for phrase in file.phrase}
        self.links, self.within, self.near = phrases["links"], phrases["within"], phrases["near"]
        self.distance, self.between, self.homeland = phrases["distance"], phrases["between"], phrases["homeland"]
        self.joins = phrases["joins"]
        stated: list[Compass | Local | Countryside | Size | Edge | Phrase]
        stated = [file.compass, file.local, file.countryside, *file.size, *file.edge, *file.phrase]
        self.yes = tuple(example for rule in stated for example in rule.yes)
        self.no = tuple(example for rule in stated for example in rule.no)


def _check(file: _File) -> None:
    """Unique ids, and no reference to a precision or kind that is not there."""
    for rows in (file.precision, file.kind, file.noun, file.size, file.edge, file.phrase):
        ids: Iterable[str] = [row.id for row in rows]
        for entry, times in Counter(ids).items():
            if times > 1:
                raise ResourceError("an id is given twice", file=_FILE, key=entry)
    if missing := {*get_args(PhraseId)} - {row.id for row in file.phrase}:
        raise ResourceError("the phrase is missing", file=_FILE, key=min(missing))
    precisions = {row.id for row in file.precision}
    kinds = {row.id for row in file.kind}
    for row in (*file.kind, _local(file)):
        if row.precision not in precisions:
            raise ResourceError(f"there is no precision {row.precision}", file=_FILE, key=row.id)
    for noun in file.noun:
        if unknown := noun.kinds.keys() - kinds:
            raise ResourceError(f"there is no kind {min(unknown)}", file=_FILE, key=noun.id)


def _local(file: _File) -> KindRow:
    return KindRow("local", file.local.radius_km, file.local.precision)


def _sides(compass: Compass) -> dict[str, tuple[int, int]]:
    """For each word of the compass how far north and east it points."""
    vectors = ((compass.north, (1, 0)), (compass.south, (-1, 0)), (compass.east, (0, 1)), (compass.west, (0, -1)))
    return {word_key(word): vector for words, vector in vectors for word in words}


@lru_cache(maxsize=_REMEMBERED)
def word_key(word: str) -> str:
    """The key that words are compared by here: folded, the article off."""
    return fold(clean(word).text).removeprefix("ال")


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word_key(word) for word in words)

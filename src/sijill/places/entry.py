"""A place of the gazetteer, the keys that it is looked up by, and what every gazetteer can answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import msgspec

from sijill.text.folding import clean, fold

__all__ = ["HEADS", "Entry", "FileGazetteer", "Gazetteer", "key_of", "keys_of", "skeleton_of", "skeletons_of"]

# First words of names that are written together with the next as often as apart (كفر نوران, كفرنوران).
HEADS = ("كفر", "تل", "معر", "دير", "خان", "عين", "ابو", "ام")
_WEAK = str.maketrans("", "", "اويءهة")
_DOUBLED = re.compile(r"([^\n])\1+")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One place of a gazetteer.

    `names` are its names in Arabic letters, the usual one first; `kind` its class (`settlement`, `quarter`, `camp`,
    `region`, `governorate`, `district`, `country`, `river`, `airport`, …). `lat`, `lon` are degrees (WGS 84), None
    where they are not known; `radius_km` is how far the place itself reaches from there, None for the usual of its
    kind. `admin1` is the id of the shipped governorate it lies in (a P-code such as `SY09`) where it is known, `admin2`
    the source's id of the district. `source` names where the row comes from (see SOURCES.toml or the built file).
    `box` is south, west, north, east, where the table has it (governorates); `precision` how well the point is known
    (`exact`, `near`, `area`, `line`; empty where the source does not say); `line` are points along a river, a road, a
    coast or a border.
    """

    id: str
    names: tuple[str, ...]
    kind: str
    lat: float | None
    lon: float | None
    country: str
    admin1: str = ""
    admin2: str = ""
    pcode: str = ""
    population: int = 0
    radius_km: float | None = None
    source: str = ""
    box: tuple[float, float, float, float] | None = None
    precision: str = ""
    line: tuple[tuple[float, float], ...] = ()


class Gazetteer(Protocol):
    """What a set of places answers; every tuple in a fixed order (by id), so that reading is deterministic."""

    def exact(self, key: str) -> tuple[Entry, ...]:
        """The places with a name whose `key_of` is `key`."""
        ...

    def skeleton(self, skeleton: str) -> tuple[Entry, ...]:
        """The places with a name whose `skeleton_of` is `skeleton`."""
        ...

    def get(self, entry: str) -> Entry | None:
        """The place with that id."""
        ...


class FileGazetteer(Gazetteer, Protocol):
    """A gazetteer that the user built; what the record says of it."""

    @property
    def digest(self) -> str:
        """A short hash of its content: equal digests answer equally. It goes into `Report.data`."""
        ...

    def __len__(self) -> int:
        """How many places it has; an empty one is warned of on every report."""
        ...


def key_of(name: str) -> str:
    """The key that `name` is looked up by: folded, each word without article, joining first words joined."""
    return _key(fold(clean(name).text).split())


def keys_of(names: Sequence[str]) -> list[str]:
    """The keys of many names, each as `key_of` gives it; names hold no line break. Folds all of them at once."""
    lines = fold(clean("\n".join(names)).text).split("\n")
    return [_bare(line) if line.isalpha() else _key(line.split()) for line in lines] if names else []


def _key(words: list[str]) -> str:
    joined: list[str] = []
    for word in words:
        bare = _bare(word)
        if joined and joined[-1] in HEADS:
            joined[-1] += bare
        else:
            joined.append(bare)
    return " ".join(joined)


def _bare(word: str) -> str:
    return word[2:] if len(word) > 4 and word.startswith("ال") else word


def skeleton_of(name: str) -> str:
    """The consonants of `name`: its key without long vowels, hamza, final ha and doubled letters (شاجلة: شجل)."""
    return skeletons_of([key_of(name)])[0]


def skeletons_of(keys: Sequence[str]) -> list[str]:
    """The consonants of many names, each as `skeleton_of` gives it, by their keys."""
    return _DOUBLED.sub(r"\1", "\n".join(keys).translate(_WEAK)).split("\n") if keys else []

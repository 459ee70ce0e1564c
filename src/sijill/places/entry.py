"""A place of the gazetteer, the keys that it is looked up by, and what every gazetteer can answer."""

from __future__ import annotations

from typing import Protocol

import msgspec

from sijill.text.folding import clean, fold

__all__ = ["Entry", "FileGazetteer", "Gazetteer", "key_of", "skeleton_of", "skeleton_of_key"]

# First words of names that are written together with the next as often as apart (كفر نوران, كفرنوران).
_JOINED = ("كفر", "تل", "معر", "دير", "خان", "عين", "ابو", "ام")
_WEAK = str.maketrans("", "", "اويءهة")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One place of a gazetteer.

    `names` are its names in Arabic letters, the usual one first; `kind` its class (`settlement`, `quarter`, `camp`,
    `region`, `governorate`, `district`, `country`, `river`, `airport`, …). `lat`, `lon` are degrees (WGS 84), None
    where they are not known; `radius_km` is how far the place itself reaches from there, None for the usual of its
    kind. `admin1` is the id of the shipped governorate it lies in (a P-code such as `SY09`) where it is known, `admin2`
    the source's id of the district. `source` names where the row comes from (see SOURCES.toml or the built file).
    `box` is south, west, north, east, where the table has it (governorates); `precision` how well the point is known
    (`exact`, `near`, `area`, `line`; empty where the source does not say).
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
    words = [word.removeprefix("ال") if len(word) > 4 else word for word in fold(clean(name).text).split()]
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in _JOINED:
            joined[-1] += word
        else:
            joined.append(word)
    return " ".join(joined)


def skeleton_of(name: str) -> str:
    """The consonants of `name`: its key without long vowels, hamza, final ha and doubled letters (شاجلة: شجل)."""
    return skeleton_of_key(key_of(name))


def skeleton_of_key(key: str) -> str:
    """The consonants of a name whose `key_of` is `key`."""
    bare = key.translate(_WEAK)
    return "".join([letter for k, letter in enumerate(bare) if k == 0 or letter != bare[k - 1]])

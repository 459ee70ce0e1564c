"""The known names of places, looked up by the words of a text.

Rows come from `data/places/*.csv`. A name's `use` says how much evidence it needs: `free` stands on its own, `prep`
wants a preposition of place or a list with other places, `noun` wants a noun such as "village" before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from sijill import cache
from sijill.data import data_version, read_bytes
from sijill.errors import ResourceError
from sijill.text.folding import clean, fold

__all__ = ["FREE", "NOUN", "PREP", "TABLES", "Known", "PlaceIndex", "load_places", "spellings"]

NOUN, PREP, FREE = 0, 1, 2
_USES = {"noun": NOUN, "prep": PREP, "free": FREE}
# The tables in order of trust: a name of an earlier one is not overridden by a later one. The last comes from outside.
TABLES = (
    "places/conflict.csv",
    "places/countries.csv",
    "places/governorates.csv",
    "places/districts.csv",
    "places/namesakes.csv",
    "places/geonames.csv",
)
# Units are often called like their towns, which go first; behind the unit's own noun the unit is meant.
_UNITS = {2: "governorate", 3: "district"}
_RARE = (3, 4)
# First words of names that are written together with the next as often as apart (كفر نوران, كفرنوران).
_JOINING = ("كفر", "تل", "معر", "دير", "خان")


class Known(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A known name: its gazetteer id (None where several places share the name), class and use.

    `rare` names are of tables that list small places: where they are words as well they need their noun, by any use.
    """

    ref: str | None
    subtype: str
    use: int
    country: str
    rare: bool = False


class _Packed(msgspec.Struct, array_like=True):
    """The names of an index as they are kept."""

    keys: list[str]
    known: list[Known]
    longest: dict[str, int]
    units: list[tuple[str, str, str]]
    shared: list[str]


class PlaceIndex:
    """Known names by their words, longest match first. Words are folded keys, the article written as ال."""

    def __init__(self) -> None:
        self._names: dict[str, Known] = {}
        self._longest: dict[str, int] = {}
        self._tables: dict[str, int] = {}
        self._units: dict[tuple[str, str], str] = {}
        self.shared: set[str] = set()

    def add(self, key: str, known: Known, table: int) -> None:
        """Put a name in, by its key.

        A name that a place of an earlier table has stays that place's; one that a place of the same table has keeps
        its class and loses its id (`shared` lists those of the tables made by hand).
        """
        for spelling in spellings(key):
            self._add(spelling, known, table)
        if table in _UNITS and known.ref:
            self._units.setdefault((_UNITS[table], key), known.ref)

    def _add(self, key: str, known: Known, table: int) -> None:
        old = self._names.get(key)
        if old is None:
            first, spaces = key.split(" ", 1)[0], key.count(" ")
            self._names[key] = known
            self._tables[key] = table
            if self._longest.get(first, 0) <= spaces:
                self._longest[first] = spaces + 1
        elif old.ref != known.ref and self._tables[key] == table:
            self._names[key] = Known(None, old.subtype, max(old.use, known.use), "")
            if table < min(_UNITS):
                self.shared.add(key)

    @property
    def firsts(self) -> Mapping[str, int]:
        """The first words of the names, each with the words of the longest name that begins so."""
        return self._longest

    def packed(self) -> bytes:
        """The names as bytes that `unpacked` reads."""
        return msgspec.msgpack.encode(
            _Packed(
                list(self._names),
                list(self._names.values()),
                self._longest,
                [(*pair, ref) for pair, ref in self._units.items()],
                sorted(self.shared),
            )
        )

    @classmethod
    def unpacked(cls, content: bytes) -> PlaceIndex:
        """The index that was `packed`; names are not added to it any more."""
        kept = msgspec.msgpack.decode(content, type=_Packed)
        index = cls()
        index._names = dict(zip(kept.keys, kept.known, strict=True))
        index._longest = kept.longest
        index._units = {(kind, key): ref for kind, key, ref in kept.units}
        index.shared = set(kept.shared)
        return index

    def longest(self, word: str) -> int:
        """How many words the longest name that begins with `word` has; 0 where none begins so."""
        return self._longest.get(word, 0)

    def get(self, key: str) -> Known | None:
        """The known name of `key`, its words joined by single spaces."""
        return self._names.get(key)

    def unit(self, kind: str, key: str) -> str | None:
        """The id of the governorate or district (`kind`) named `key`."""
        return self._units.get((kind, key))

    def words(self) -> tuple[str, ...]:
        """The first words of the names, sorted, without article: words that clitics may stand before.

        A last ه of a folded key may be a ة as printed, which no pronoun is.
        """
        words = {word.removeprefix("ال") for word in self._longest if len(word) > 3}
        return tuple(sorted(words | {word[:-1] + "ة" for word in words if word.endswith("ه")}))


def spellings(key: str) -> Iterator[str]:
    """The ways that a name is written: as given, and with a joining first word joined or apart."""
    yield key
    for head in _JOINING:
        if not key.startswith(head):
            continue
        rest = key[len(head) :]
        if rest.startswith(" ") and " " not in rest[1:] and not rest.startswith(" ال"):
            yield head + rest[1:]
        elif head == "كفر" and len(rest) > 2 and rest[0] != " ":
            yield f"{head} {rest}"


def load_places(overlay: Path | None = None) -> PlaceIndex:
    """The known names of the shipped tables and of the user's (`overlay/places/*.csv`), which go first.

    Raises ResourceError with the file and the id where a row is wrong.
    """
    return _shipped() if overlay is None else _load(overlay)


@lru_cache(maxsize=1)
def _shipped() -> PlaceIndex:
    """The shipped names, as they are kept between runs: the text room asks for their words, the finder for them."""
    if cache.folder() is None:
        return _load(None)
    content = cache.kept("places", cache.key_of(data_version(), derived=True), lambda: _load(None).packed())
    return PlaceIndex.unpacked(content)


def _load(overlay: Path | None) -> PlaceIndex:
    index = PlaceIndex()
    if overlay is not None:
        for name in TABLES:
            if (extra := overlay / name).is_file():
                _read(index, extra.read_text("utf8"), str(extra), -1)
    for number, name in enumerate(TABLES):
        _read(index, read_bytes(name).decode("utf8"), name, number)
    return index


def _read(index: PlaceIndex, content: str, file: str, table: int) -> None:
    rows = csv.reader(io.StringIO(content))
    head = {column: number for number, column in enumerate(next(rows, []))}
    try:
        ids, names, uses, countries = head["id"], head["names"], head["use"], head["country"]
    except KeyError as error:
        raise ResourceError(f"the column {error} is missing", file=file) from error
    kinds = head.get("class")
    seen: set[str] = set()
    kept: list[tuple[str, Known]] = []
    for row in rows:
        if len(row) != len(head) or row[uses] not in _USES:
            raise ResourceError("a row with a wrong number of columns or a wrong use", file=file, key=row[0])
        entry = f"{row[ids]} {row[uses]}"  # a place has one row for each use of its names
        if entry in seen:
            raise ResourceError("the id is given twice for one use", file=file, key=row[ids])
        seen.add(entry)
        kind = row[kinds] if kinds is not None else "settlement"
        kept.append((row[names], Known(row[ids], kind, _USES[row[uses]], row[countries], table in _RARE)))
    # All names are folded at once: a call for each would be most of the time.
    keys = fold(clean("\n".join(name for name, _ in kept)).text).split("\n")
    for line, (_, known) in zip(keys, kept, strict=True):
        for key in line.split("|"):
            index.add(" ".join(key.split()), known, table)

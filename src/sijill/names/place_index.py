"""The known names of places, looked up by the words of a text.

Rows come from `data/places/*.csv`. A name's `use` says how much evidence it needs: `free` stands on its own, `prep`
wants a preposition of place or a list with other places, `noun` wants a noun such as "village" before it.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec

from sijill.data import read_bytes
from sijill.errors import ResourceError
from sijill.text.folding import clean, fold

__all__ = ["FREE", "NOUN", "PREP", "Known", "PlaceIndex", "load_places"]

NOUN, PREP, FREE = 0, 1, 2
_USES = {"noun": NOUN, "prep": PREP, "free": FREE}
# The tables in order of trust: a name of an earlier one is not overridden by a later one.
_TABLES = ("places/countries.csv", "places/conflict.csv", "places/governorates.csv", "places/geonames.csv")


class Known(msgspec.Struct, frozen=True, gc=False):
    """A known name: its gazetteer id (None where several places share the name), class and use."""

    ref: str | None
    subtype: str
    use: int
    country: str


class PlaceIndex:
    """Known names by their words, longest match first. Words are folded keys, the article written as ال."""

    def __init__(self) -> None:
        self._names: dict[str, Known] = {}
        self._longest: dict[str, int] = {}
        self._tables: dict[str, int] = {}

    def add(self, name: str, known: Known, table: int) -> None:
        """Put a name in; a name that another place has already keeps that place's class and loses its id."""
        key = " ".join(fold(clean(name).text).split())
        if not key:
            return
        old = self._names.get(key)
        if old is None:
            words = key.split()
            self._names[key] = known
            self._tables[key] = table
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))
        elif old.ref != known.ref and self._tables[key] == table:
            self._names[key] = Known(None, old.subtype, max(old.use, known.use), "")

    def longest(self, word: str) -> int:
        """How many words the longest name that begins with `word` has; 0 where none begins so."""
        return self._longest.get(word, 0)

    def get(self, key: str) -> Known | None:
        """The known name of `key`, its words joined by single spaces."""
        return self._names.get(key)

    def words(self) -> tuple[str, ...]:
        """The first words of the names, sorted: words that clitics may stand before."""
        return tuple(sorted(word.removeprefix("ال") for word in self._longest if len(word) > 3))


def load_places(overlay: Path | None = None) -> PlaceIndex:
    """The known names of the shipped tables and of the user's (`overlay/places/*.csv`).

    Raises ResourceError with file and line where a row is wrong.
    """
    index = PlaceIndex()
    for number, name in enumerate(_TABLES):
        if overlay is not None and (extra := overlay / name).is_file():
            _read(index, extra.read_text("utf8"), str(extra), number)
        _read(index, read_bytes(name).decode("utf8"), name, number)
    return index


def _read(index: PlaceIndex, content: str, file: str, table: int) -> None:
    seen: set[tuple[str, str]] = set()
    for row in csv.DictReader(io.StringIO(content)):
        try:
            ref, names, use = row["id"], row["names"], _USES[row["use"]]
        except KeyError as error:
            raise ResourceError(f"no valid {error}", file=file, key=str(row.get("id"))) from error
        if (ref, use) in seen and table:
            raise ResourceError("the id is given twice with the same use", file=file, key=ref)
        seen.add((ref, use))
        known = Known(ref, row.get("class") or "settlement", use, row["country"])
        for name in names.split("|"):
            index.add(name, known, table)

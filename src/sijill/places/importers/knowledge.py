"""What is known of the dumps: sources and licences, what their codes mean, type words, names of columns."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.text.folding import fold

__all__ = ["Knowledge", "Romanisation", "SourceOf", "TypeWord", "knowledge"]

_FILE = "rules/gazetteer.toml"


class SourceOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where rows come from, and under which licence."""

    id: str
    name: str
    licence: str
    attribution: str
    share_alike: bool = False


class TypeWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word before a name that says what the place is; `first`: the name without it goes first; `units`: of units."""

    word: str
    kind: str
    first: bool
    units: bool = False


class Numbering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for "number", behind which nothing is a name (قرية رقم ١)."""

    words: frozenset[str]


class Romanisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How Latin names are read back: words that are known whole, and for each letter its Arabic consonants."""

    articles: frozenset[str]
    type_words: frozenset[str]
    words: dict[str, str]
    letters: dict[str, tuple[str, ...]]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    source: tuple[SourceOf, ...]
    kinds: dict[str, dict[str, tuple[str, ...]]]
    type_word: tuple[TypeWord, ...]
    numbering: Numbering
    columns: dict[str, tuple[str, ...]]
    iso3: dict[str, str]
    romanisation: Romanisation


class Knowledge:
    """The data file, turned so that it can be asked."""

    def __init__(self, file: _File) -> None:
        self.sources = {source.id: source for source in file.source}
        self._kinds = {
            scheme: {code: kind for kind, codes in kinds.items() for code in codes}
            for scheme, kinds in file.kinds.items()
        }
        self.classes = frozenset(kind for kinds in file.kinds.values() for kind in kinds)
        self.type_words = {fold(word.word): word for word in file.type_word}
        self.numbering = frozenset(map(fold, file.numbering.words))
        self.columns = file.columns
        self._columns = {alias: column for column, aliases in file.columns.items() for alias in aliases}
        self._iso3 = file.iso3
        self.romanisation = file.romanisation
        if len(self._columns) != sum(map(len, file.columns.values())):
            raise ResourceError("one name of a column stands for two", file=_FILE, key="columns")
        for scheme, kinds in file.kinds.items():
            if len(self._kinds[scheme]) != sum(map(len, kinds.values())):
                raise ResourceError("a code has two kinds", file=_FILE, key=f"kinds.{scheme}")

    def kind(self, scheme: str, code: str) -> str | None:
        """The kind of place that `code` stands for in `scheme` (`geonames`, `wof`, `osm`); None: not wanted."""
        return self._kinds[scheme].get(code)

    def any_kind(self, word: str) -> str | None:
        """The kind that a user's table means by `word`: one of our kinds, or a code of any scheme."""
        if word in self.classes:
            return word
        return next(
            (kinds[code] for kinds in self._kinds.values() for code in (word, word.upper()) if code in kinds), None
        )

    def column(self, head: str) -> str | None:
        """Our name of the column that a table calls `head`."""
        word = "_".join(head.strip().lower().replace(".", " ").replace(":", " ").replace("_", " ").split())
        return self._columns.get(word)

    def country(self, code: str) -> str:
        """`code` as two capital letters; '' where it is none."""
        code = code.strip().upper()
        if len(code) == 3:
            return self._iso3.get(code, "")
        return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The shipped knowledge. Raises ResourceError where the file is wrong."""
    return Knowledge(load(_FILE, _File))

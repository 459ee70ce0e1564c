"""Which column of a table is what: guessed by the names of the columns, or given in a file that a person can change."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from sijill.data import Meta, load
from sijill.errors import ConfigError, InputError

__all__ = ["FIELDS", "Mapping", "guess", "load_mapping", "names_of", "save_mapping"]

FIELDS = ("text", "id", "published", "title", "url", "outlet")

# Tashkeel, tatweel and the invisible marks; then the forms of one letter.
_DROPPED = dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640, 0xFEFF, *range(0x200B, 0x2010)])
_FOLDED = str.maketrans("أإآىة_-", "ااايه  ")

Order = Literal["ymd", "dmy", "mdy"]


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The columns that a table's reports are in; what is not named here is kept in `meta`.

    `text` names one column or several, of which the first that is not empty is taken. `dates` is the order of day,
    month and year where they are digits that do not begin with the year. `sheet` is the sheet of a workbook.
    """

    text: str | tuple[str, ...]
    id: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    dates: Order = "ymd"
    sheet: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns of the text, in order."""
        return (self.text,) if isinstance(self.text, str) else self.text

    def columns(self) -> Iterator[tuple[str, str]]:
        """Each field that is named with its column, the text's first."""
        yield from (("text", column) for column in self.texts)
        for field in FIELDS[1:]:
            if (column := getattr(self, field)) is not None:
                yield field, column


class _Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Literal["text", "id", "published", "title", "url", "outlet"]
    names: tuple[str, ...]


class _Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    what: str
    known_by: tuple[str, ...]
    text: tuple[str, ...]
    published: str
    title: str
    url: str


class _Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    field: tuple[_Field, ...]
    profile: tuple[_Profile, ...]


@lru_cache(maxsize=1)
def _columns() -> _Columns:
    return load("sources/columns.toml", _Columns)


def folded(name: str) -> str:
    """A column's name as it is compared."""
    return " ".join(name.casefold().translate(_DROPPED).translate(_FOLDED).split())


def names_of(header: Sequence[Any]) -> list[str]:
    """The names of the columns: those of a first row, an empty one called by its number, a second one told apart."""
    names = [str(cell).strip() if cell is not None else "" for cell in header]
    names = [name or f"column {number}" for number, name in enumerate(names, start=1)]
    counts = Counter(map(folded, names))
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        if counts[key := folded(name)] > 1:
            seen[key] += 1
            if seen[key] > 1:
                names[place] = f"{name} ({seen[key]})"
    return names


def guess(names: Sequence[str]) -> tuple[Mapping | None, str]:
    """What columns of these names hold, and what kind of table it is; no mapping where none of them holds a text."""
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(folded(name), name)
    for profile in _columns().profile:
        texts = tuple(known[text] for text in profile.text if text in known)
        if texts and all(name in known for name in profile.known_by):
            return Mapping(
                texts,
                published=known.get(profile.published),
                title=known.get(profile.title),
                url=known.get(profile.url),
            ), profile.what
    taken: dict[str, str] = {}
    for field in _columns().field:
        column = next((known[key] for key in map(folded, field.names) if key in known), None)
        if column is not None and column not in taken.values():
            taken[field.id] = column
    if "text" not in taken:
        return None, "a table"
    return msgspec.convert(taken, Mapping), "a table"


def checked_mapping(mapping: Mapping, names: Sequence[str]) -> Mapping:
    """`mapping` with the names as the table spells them. Raises InputError for a column that is not there."""
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(folded(name), name)
    known.update({name: name for name in names})

    def found(column: str) -> str:
        name = known.get(column) or known.get(folded(column))
        if name is None:
            raise InputError(f"no column '{column[:60]}', which the mapping names (its columns: {listed(names)})")
        return name

    fields: dict[str, Any] = {field: found(column) for field, column in mapping.columns() if field != "text"}
    return msgspec.structs.replace(mapping, text=tuple(map(found, mapping.texts)), **fields)


def listed(names: Sequence[str]) -> str:
    """The names in one line that is not too long."""
    return ", ".join(name for name in names if name)[:200] or "none"


def load_mapping(path: Path) -> Mapping:
    """The mapping of a TOML file. Raises ConfigError, one line, where it is none."""
    try:
        tree = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        mapping = msgspec.convert(tree, Mapping)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, msgspec.ValidationError) as error:
        raise ConfigError(f"{path}: not a mapping of columns: {error}") from error
    if not mapping.texts or not all(mapping.texts):
        raise ConfigError(f"{path}: 'text' names no column")
    return mapping


_HEAD = """\
# Which column of a table is what, for `sijill read --mapping`. Give several columns for text as a list: the first that
# is not empty is taken. dates = "dmy" reads 08/05/2024 as 8 May, "mdy" as 5 August.
"""


def save_mapping(mapping: Mapping, write: Callable[[str], object]) -> None:
    """Hand the mapping to `write` as TOML that `load_mapping` reads."""
    lines = [_HEAD]
    for name, value in msgspec.to_builtins(mapping).items():
        given = value[0] if isinstance(value, list | tuple) and len(value) == 1 else value
        # JSON's strings and lists are TOML's, but for DEL.
        lines.append(f"{name} = {json.dumps(given, ensure_ascii=False)}".replace("\x7f", "\\u007f") + "\n")
    write("".join(lines))

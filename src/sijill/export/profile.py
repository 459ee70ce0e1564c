"""Profiles: what an export is called, what it writes, and the meaning of every column; all of it data.

`export/profiles/NAME.toml` is a profile: who writes it (a module of `export/formats/`), from which claims, with which
tables. `export/rows/KIND.toml` says what a row of a kind is made of, `export/codes.toml` what codes mean. A folder laid
over the data (`--lexicon`) may change them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from sijill.data import Meta, load
from sijill.errors import ConfigError, ResourceError
from sijill.export.entry import STATES
from sijill.model import Modality

__all__ = ["Column", "Foreign", "Profile", "Table", "Take", "load_codes", "load_profile", "profile_names"]

T = TypeVar("T", bound=msgspec.Struct)

_FOLDER = "export/profiles"
_CODES = "export/codes.toml"
_SETTLED = ("proposed", "accepted", "edited", "unsure")


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column: name, type after Frictionless Table Schema, meaning; the list of its codes; its HXL hashtag."""

    id: str
    type: Literal["string", "integer", "number", "boolean", "date", "year", "object", "array"]
    says: str
    codes: str | None = None
    required: bool = False
    tag: str | None = None


class Foreign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Columns whose values stand in the columns `to` of another table."""

    columns: list[str]
    table: str
    to: list[str]


class _Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    by: str
    key: list[str]


class _Rows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    rows: _Kind
    column: list[Column]
    foreign: list[Foreign] = []


class Take(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which claims a profile takes. Empty: all. `killed`: only claims that count people killed."""

    states: tuple[str, ...] = _SETTLED
    modalities: tuple[str, ...] = ()
    killed: bool = False


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    says: str
    writer: str
    full: bool = False
    counts: str | None = None
    public: str | None = None
    notes: tuple[str, ...] = ()


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    rows: str
    columns: list[str] = []


class _Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    profile: _Head
    take: Take = Take()
    table: list[_Table] = []


class _Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    lists: dict[str, dict[str, str]]


class Table(msgspec.Struct, frozen=True):
    """A table of a profile: its rows are of kind `rows`, made by module `by`; of them it has these columns."""

    name: str
    rows: str
    by: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[Foreign, ...]
    says: str = ""


class Profile(msgspec.Struct, frozen=True):
    """A profile with its tables as columns. `full`: nothing is left out, and it reads back; `counts`: the rules for
    vague amounts; `public`: the rules for what the public may see.
    """

    name: str
    title: str
    says: str
    writer: str
    take: Take
    tables: tuple[Table, ...]
    full: bool = False
    counts: str | None = None
    public: str | None = None
    notes: tuple[str, ...] = ()
    version: str = ""
    source: str = ""

    def chosen(self, names: Sequence[str]) -> Profile:
        """The profile with only the columns `names` of its first table, in its own order; its keys always stay.

        Raises ConfigError for a name that is no column, and for a profile without tables.
        """
        if not self.tables:
            raise ConfigError(f"profile '{self.name}' has no columns to choose from")
        first = self.tables[0]
        known = [column.id for column in first.columns]
        for name in names:
            if name not in known:
                raise ConfigError(f"profile '{self.name}' has no field '{name}'; it has {', '.join(known)}")
        keep = {*names, *first.key}
        columns = tuple(column for column in first.columns if column.id in keep)
        table = msgspec.structs.replace(first, columns=columns)
        return msgspec.structs.replace(self, tables=(table, *self.tables[1:]), full=False)


def profile_names(overlay: Path | None = None) -> tuple[str, ...]:
    """The names of all profiles, sorted."""
    shipped = resources.files("sijill.data").joinpath(_FOLDER)
    found = {entry.name for entry in shipped.iterdir()}
    if overlay is not None and (folder := overlay / _FOLDER).is_dir():
        found |= {path.name for path in folder.iterdir()}
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def load_profile(
    name: str, overlay: Path | None = None, codes: Mapping[str, Mapping[str, str]] | None = None
) -> Profile:
    """The profile of that name; `codes` where they are loaded already.

    Raises ConfigError where there is none, ResourceError where its data is wrong.
    """
    names = profile_names(overlay)
    if name not in names:
        raise ConfigError(f"there is no profile '{name}'; there are {', '.join(names)}")
    file = f"{_FOLDER}/{name}.toml"
    tree = _load(file, _Profile, overlay)
    _checked(tree, file)
    codes = codes if codes is not None else load_codes(overlay)
    head = tree.profile
    return Profile(
        name=name,
        title=head.title,
        says=head.says,
        writer=head.writer,
        take=tree.take,
        tables=tuple(_table(table, file, codes, overlay) for table in tree.table),
        full=head.full,
        counts=head.counts,
        public=head.public,
        notes=head.notes,
        version=tree.meta.version,
        source=tree.meta.source,
    )


def load_codes(overlay: Path | None = None) -> Mapping[str, Mapping[str, str]]:
    """The lists of codes: list → code → what it means. Raises ResourceError where the data is wrong."""
    return load(_CODES, _Codes, overlay).lists


def _load(name: str, kind: type[T], overlay: Path | None) -> T:
    """A data file as `sijill.data.load` gives it; a profile or a kind of rows may stand in the overlay alone."""
    if overlay is None or resources.files("sijill.data").joinpath(name).is_file():
        return load(name, kind, overlay)
    path = overlay / name
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise ResourceError(str(error), file=str(path)) from error


def _checked(tree: _Profile, file: str) -> None:
    for state in tree.take.states:
        if state not in STATES:
            raise ResourceError(f"no claim has the state {state!r}", file=file, key="take.states")
    for modality in tree.take.modalities:
        if modality not in set(Modality):
            raise ResourceError(f"no claim has the modality {modality!r}", file=file, key="take.modalities")
    names = [table.name for table in tree.table]
    if len(names) != len(set(names)):
        raise ResourceError("two tables have one name", file=file, key="table")


def _table(spec: _Table, file: str, codes: Mapping[str, Mapping[str, str]], overlay: Path | None) -> Table:
    where = f"export/rows/{spec.rows}.toml"
    kind = _load(where, _Rows, overlay)
    by_id = {column.id: column for column in kind.column}
    if len(by_id) != len(kind.column):
        raise ResourceError("two columns have one id", file=where, key="column")
    for column in kind.column:
        if column.codes is not None and column.codes not in codes:
            raise ResourceError(f"no list of codes is called {column.codes!r}", file=where, key=column.id)
    for name in (*spec.columns, *kind.rows.key, *(one for foreign in kind.foreign for one in foreign.columns)):
        if name not in by_id:
            raise ResourceError(f"rows of kind {spec.rows!r} have no column {name!r}", file=file, key=spec.name)
    columns = tuple(column for column in kind.column if not spec.columns or column.id in spec.columns)
    has = {column.id for column in columns}
    return Table(
        name=spec.name,
        rows=spec.rows,
        by=kind.rows.by,
        columns=columns,
        key=tuple(name for name in kind.rows.key if name in has),
        foreign=tuple(foreign for foreign in kind.foreign if has.issuperset(foreign.columns)),
        says=kind.meta.source,
    )

"""The rules for what the public may see: `export/public.toml`, decoded and checked."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sijill.data import Meta, load
from sijill.errors import ConfigError, ResourceError
from sijill.export.known_names import NameRules
from sijill.export.profile import Profile
from sijill.model import ClaimType, CountKind, CountWho

__all__ = ["PublicRules", "check_columns", "load_rules"]


class _Sensitive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: frozenset[ClaimType]
    kinds: frozenset[CountKind]
    who: frozenset[CountWho]
    grid_degrees: float
    keep: frozenset[str]
    names: tuple[str, ...]


class PublicRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `export/NAME.toml` for a public profile."""

    meta: Meta
    allow: dict[str, list[str]]
    names: NameRules
    sensitive: _Sensitive


def load_rules(name: str, overlay: Path | None = None) -> PublicRules:
    """The rules of that name. Raises ConfigError for a name that is none, ResourceError where the data is wrong."""
    if not name.isidentifier():
        raise ConfigError(f"'{name}' is no name of rules for the public")
    file = f"export/{name}.toml"
    rules = load(file, PublicRules, overlay)
    if not 0 < rules.sensitive.grid_degrees <= 10:
        raise ResourceError("a grid has cells of more than 0 and at most 10 degrees", file=file, key="sensitive")
    return rules


def check_columns(profile: Profile, rules: PublicRules) -> None:
    """Raises ResourceError where a public profile has a column that is not allowed, or no tables at all."""
    file = f"export/profiles/{profile.name}.toml"
    if not profile.tables:
        raise ResourceError("a public profile is made of tables, whose columns can be allowed", file=file, key="table")
    for table in profile.tables:
        allowed = rules.allow.get(table.rows, [])
        for column in table.columns:
            if column.id not in allowed:
                raise ResourceError(f"the public may not see '{table.rows}.{column.id}'", file=file, key=table.name)

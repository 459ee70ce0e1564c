"""What an amount in words means in numbers: one data file a policy, so that a coder can swap it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from sijill.data import Meta, load
from sijill.errors import ConfigError, ResourceError

__all__ = ["Policy", "load_policy"]

Bounds = tuple[int | None, int | None]


class _Bounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    low: int | None = None
    high: int | None = None


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers of amounts and bare nouns, and what modifiers leave of an amount."""

    meta: Meta
    amounts: dict[str, _Bounds]
    nouns: dict[Literal["singular", "dual", "plural"], _Bounds]
    modifiers: dict[str, Literal["keep", "floor", "ceiling", "lower", "upper"]]

    def amount(self, value: str) -> Bounds:
        """Low and high of an amount without a number."""
        bounds = self.amounts[value]
        return bounds.low, bounds.high

    def noun(self, number: Literal["singular", "dual", "plural"]) -> Bounds:
        """Low and high of a noun without a number word."""
        bounds = self.nouns[number]
        return bounds.low, bounds.high

    def modified(self, bounds: Bounds, effect: str) -> Bounds:
        """`bounds` after a modifier of that effect."""
        low, high = bounds
        way = self.modifiers[effect]
        if way == "floor":
            return low, None
        if way == "ceiling":
            return None, high if high is not None else low
        if way == "lower":
            return low, low
        if way == "upper":
            return (high, high) if high is not None else (low, low)
        return low, high


def load_policy(name: str, overlay: Path | None = None) -> Policy:
    """The policy of that id. Raises ConfigError where there is none, ResourceError where its file is wrong."""
    if not name.isidentifier():
        raise ConfigError(f"there is no policy {name!r}; try guidelines or acled")
    file = f"policies/{name}.toml"
    try:
        policy = load(file, Policy, overlay)
    except ResourceError as error:
        if "missing" in str(error):
            raise ConfigError(f"there is no policy {name!r}; try guidelines or acled") from error
        raise
    for field in ("singular", "dual", "plural"):
        if field not in policy.nouns:
            raise ResourceError("the policy says nothing of it", file=file, key=f"nouns.{field}")
    return policy

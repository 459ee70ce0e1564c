"""People killed in one claim, as one number with its bounds, by the rules of another scheme.

Two steps. A count read by one table of vague amounts (`dozens` 20 to 99) goes over into another (12). Then the counts
of a claim are added, but for those that may be parts of one told before them (`10 civilians, 3 of them children`):
where the two cannot be told apart the lower sum stands, as ACLED and UCDP both ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from sijill.model import Count, CountKind, CountWho
from sijill.values.policy import Policy, load_policy

__all__ = ["CountRules", "Counted", "LoadedRules", "Toll", "Victims", "tolls", "without_parts"]

_READ_BY = "guidelines"
_AMOUNTS = ("tens", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands", "millions")


class Counted(msgspec.Struct, frozen=True):
    """People of one class: at least, most likely and at most so many; never unknown."""

    who: CountWho
    low: int
    best: int
    high: int


C = TypeVar("C", Count, Counted)


class Toll(msgspec.Struct, frozen=True):
    """The sum over a claim, by camp."""

    civilians: int
    others: int
    low: int
    best: int
    high: int


class Victims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which classes of people are civilians or fighters, and which may be parts of which."""

    civilians: tuple[CountWho, ...]
    fighters: tuple[CountWho, ...]
    parts: dict[CountWho, tuple[CountWho, ...]]

    def camp(self, who: CountWho) -> Literal["civilians", "fighters", ""]:
        """The camp that a class belongs to."""
        if who in self.civilians:
            return "civilians"
        return "fighters" if who in self.fighters else ""


class CountRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of a scheme for vague amounts; see `export/schemes.toml`."""

    id: str
    policy: str
    best: Literal["low", "middle"]
    open: int

    def loaded(self, overlay: Path | None) -> LoadedRules:
        """The rules with their tables. Raises ConfigError or ResourceError where a table is missing."""
        return LoadedRules(self, load_policy(_READ_BY, overlay), load_policy(self.policy, overlay))


class LoadedRules(msgspec.Struct, frozen=True):
    """Rules with the table that counts were read by and the one that they go over into."""

    rules: CountRules
    read_by: Policy
    into: Policy

    @property
    def id(self) -> str:
        """The rules' id."""
        return self.rules.id

    def counted(self, count: Count) -> Counted:
        """The count by these rules."""
        low, high = self._bounds(count)
        if low is None and high is None:
            return Counted(count.who, 0, 0, 0)
        if low is None:
            # "Up to n" names n; that there may have been fewer shows in the low estimate.
            return Counted(count.who, 0, high or 0, high or 0)
        top = high if high is not None else low * self.rules.open
        best = low if self.rules.best == "low" else (low + top) // 2
        return Counted(count.who, low, best, top)

    def _bounds(self, count: Count) -> tuple[int | None, int | None]:
        bounds = count.low, count.high
        if not any(character.isdecimal() for character in count.text):
            for name in _AMOUNTS:
                if bounds == self.read_by.amount(name):
                    return self.into.amount(name)
        low, high = bounds
        if low == high:
            return bounds
        if low is None:
            return self.into.modified(bounds, "at_most")
        return self.into.modified(bounds, "at_least" if high is None else "range")


def tolls(counts: Iterable[Count], rules: LoadedRules, victims: Victims) -> Toll:
    """The people killed among `counts`; all zero where none were killed."""
    killed = [rules.counted(count) for count in counts if count.kind is CountKind.KILLED]
    whole = without_parts(killed, victims, _no_more)
    best = sum(one.best for one in whole)
    civil = [one for one in killed if victims.camp(one.who) == "civilians"]
    civilians = min(best, sum(one.best for one in without_parts(civil, victims, _no_more)))
    return Toll(
        civilians=civilians,
        others=best - civilians,
        low=sum(one.low for one in whole),
        best=best,
        high=sum(one.high for one in whole),
    )


def without_parts(items: Sequence[C], victims: Victims, within: Callable[[C, C], bool]) -> list[C]:
    """The counts without those that may be parts of another: of a wider class, and `within` its number."""
    if len(items) == 1:
        return list(items)
    return [
        one
        for one in items
        if not any(one.who in victims.parts.get(total.who, ()) and within(one, total) for total in items)
    ]


def _no_more(one: Counted, total: Counted) -> bool:
    return one.best <= total.best

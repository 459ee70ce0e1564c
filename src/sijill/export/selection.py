"""Which claims an export takes, and why others are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from sijill.errors import ConfigError
from sijill.export.entry import STATES, Entry, Held
from sijill.export.profile import Take
from sijill.export.rows.flat import when_of
from sijill.model import ClaimType, CountKind, Modality

__all__ = ["Selection", "Tally", "chosen"]


class Selection(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person asked for; empty: everything that the profile takes. Days overlap with the claim's time."""

    types: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        for words, known, what in (
            (self.types, set(ClaimType), "type"),
            (self.modalities, set(Modality), "modality"),
            (self.states, set(STATES), "state"),
        ):
            for word in words:
                if word not in known:
                    raise ConfigError(f"there is no {what} '{word}'; there are {', '.join(sorted(known))}")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ConfigError(f"no day lies from {self.since} to {self.until}")

    @property
    def empty(self) -> bool:
        """Whether nothing was asked for."""
        return self == Selection()

    def __bool__(self) -> bool:
        return not self.empty

    def as_tree(self) -> dict[str, Any]:
        """The filter for the manifest."""
        tree: dict[str, Any] = msgspec.to_builtins(self)
        return tree


class Tally(msgspec.Struct):
    """How many reports and claims went in; claims left out, by reason; reports, by the versions that read them."""

    reports: int = 0
    claims: int = 0
    left_out: dict[str, int] = msgspec.field(default_factory=dict)
    readings: dict[str, int] = msgspec.field(default_factory=dict)

    def leave(self, reason: str) -> None:
        """One claim left out."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1


def chosen(entries: Iterable[Entry], take: Take, selection: Selection, tally: Tally) -> Iterator[Entry]:
    """The entries with the claims that are taken; reports without any go along only where nothing was asked for."""
    for entry in entries:
        held = []
        for one in entry.held:
            reason = _reason(one, take, selection)
            if reason is None:
                held.append(one)
            else:
                tally.leave(reason)
        if held or not selection:
            tally.reports += 1
            versions = f"sijill {entry.report.sijill}, data {entry.report.data}"
            tally.readings[versions] = tally.readings.get(versions, 0) + 1
            tally.claims += len(held)
            yield msgspec.structs.replace(entry, held=tuple(held)) if len(held) != len(entry.held) else entry


def _reason(held: Held, take: Take, selection: Selection) -> str | None:
    """Why a claim is left out; None where it is taken. What the profile leaves out comes first."""
    claim = held.claim
    if held.state not in (selection.states or take.states):
        return f"state {held.state}"
    if take.modalities and claim.modality not in take.modalities:
        return f"modality {claim.modality.value}"
    if take.killed and not any(count.kind is CountKind.KILLED for count in claim.counts):
        return "nobody counted as killed"
    if selection.types and claim.type not in selection.types:
        return "filter: type"
    if selection.modalities and claim.modality not in selection.modalities:
        return "filter: modality"
    if selection.countries and not _in_countries(held, selection.countries):
        return "filter: country"
    return None if _in_time(held, selection) else "filter: time"


def _in_countries(held: Held, countries: tuple[str, ...]) -> bool:
    claim = held.claim
    return any(place.country in countries for place in (claim.places or claim.context_places))


def _in_time(held: Held, selection: Selection) -> bool:
    if selection.since is None and selection.until is None:
        return True
    when = when_of(held.claim)
    if when is None:
        return False
    late = selection.since is not None and when.end < selection.since
    early = selection.until is not None and when.start > selection.until
    return not late and not early

"""What claims are in other schemes: classes of events, kinds of actors, countries. All of it data.

Source: the `[meta]` of `export/crosswalk.toml` and `export/schemes.toml`. Numbers of states are those of Gleditsch and
Ward (`gw`) and ISO 3166-1 (`iso`) in `export/countries.csv`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from sijill.data import Meta, load, read_bytes
from sijill.errors import ResourceError
from sijill.export.counting import CountRules, LoadedRules, Victims
from sijill.model import Claim, ClaimType
from sijill.names.knowledge import ActorEntry, load_knowledge
from sijill.places.precision import PrecisionRow, load_precisions

__all__ = ["AcledClass", "Country", "Kind", "Schemes", "UcdpClass", "load_schemes"]

_CROSSWALK, _SCHEMES, _COUNTRIES = "export/crosswalk.toml", "export/schemes.toml", "export/countries.csv"
_GOVERNORATES = "places/governorates.csv"

Side = Literal["state", "nonstate", ""]
Fit = Literal["exact", "close", "broad", "narrow", "none"]


class AcledClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The classes of ACLED, and how well they fit."""

    disorder: str
    event: str
    sub_event: str
    fit: Fit


class UcdpClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a killing of the type can be an event of UCDP GED."""

    scope: bool
    fit: Fit


class _Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    acled: AcledClass
    agent: Literal["state", "nonstate"] | None = None
    victims: Literal["civilians", "fighters"] | None = None


class _Type(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: ClaimType
    acled: AcledClass
    ucdp: UcdpClass
    cameo: str = ""
    case: list[_Case] = []


class _Crosswalk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    type: list[_Type]


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of actor: its code in ACLED at home and abroad, and its side."""

    inter: int
    abroad: int
    side: Side


class _Schemes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    kinds: dict[str, Kind]
    victims: Victims
    counts: list[CountRules]


class Country(msgspec.Struct, frozen=True):
    """A country in the codes of other schemes; `gw` is None where Gleditsch and Ward list none."""

    iso2: str
    iso: int
    iso3: str
    gw: int | None
    name: str
    acled_region: str
    ucdp_region: str


class Schemes(msgspec.Struct, frozen=True):
    """All that tables of other schemes need, loaded once."""

    types: Mapping[ClaimType, _Type]
    kinds: Mapping[str, Kind]
    victims: Victims
    counts: Mapping[str, LoadedRules]
    countries: Mapping[str, Country]
    actors: Mapping[str, ActorEntry]
    precisions: Mapping[str, PrecisionRow]
    governorates: Mapping[str, str]
    version: str

    def acled(self, claim: Claim) -> AcledClass:
        """The classes of ACLED: those of the first case that holds, else of the type."""
        entry = self.types[claim.type]
        side = self.side(claim.agents[0].actor_id) if claim.agents else ""
        struck = self.struck(claim)
        for case in entry.case:
            if case.agent in (None, side) and case.victims in (None, struck):
                return case.acled
        return entry.acled

    def side(self, actor_id: str | None) -> Side:
        """Whether an actor of the knowledge base belongs to a state; '' where that is not known."""
        kind = self.kind(actor_id)
        return kind.side if kind is not None else ""

    def kind(self, actor_id: str | None) -> Kind | None:
        """The kind of an actor of the knowledge base."""
        entry = self.actors.get(actor_id) if actor_id is not None else None
        return self.kinds.get(entry.kind) if entry is not None else None

    def struck(self, claim: Claim) -> Literal["civilians", "fighters", ""]:
        """Who is struck where it is one camp only: by the classes that are counted, and by targets that are actors."""
        found = {self.victims.camp(count.who) for count in claim.counts}
        found |= {"fighters" for target in claim.targets if target.actor_id is not None}
        if found == {"civilians"}:
            return "civilians"
        return "fighters" if found == {"fighters"} else ""

    def governorate(self, pcode: str | None) -> str | None:
        """The Arabic name of the governorate that a P-code lies in."""
        return self.governorates.get(self.governorate_code(pcode) or "")

    def governorate_code(self, pcode: str | None) -> str | None:
        """The P-code of that governorate; None where it is not known."""
        code = pcode or ""
        return next((code[:end] for end in range(len(code), 2, -1) if code[:end] in self.governorates), None)


def load_schemes(overlay: Path | None = None) -> Schemes:
    """The schemes. Raises ResourceError where a type or a kind of actor is missing, or a file is wrong."""
    crosswalk = load(_CROSSWALK, _Crosswalk, overlay)
    types = {entry.id: entry for entry in crosswalk.type}
    for kind in ClaimType:
        if kind not in types:
            raise ResourceError(f"nothing is said of the type {kind.value!r}", file=_CROSSWALK, key="type")
    schemes = load(_SCHEMES, _Schemes, overlay)
    actors = load_knowledge(overlay).actors
    for actor in actors.values():
        if actor.kind not in schemes.kinds:
            raise ResourceError(f"nothing is said of actors of kind {actor.kind!r}", file=_SCHEMES, key="kinds")
    return Schemes(
        types=types,
        kinds=schemes.kinds,
        victims=schemes.victims,
        counts={rules.id: rules.loaded(overlay) for rules in schemes.counts},
        countries=_countries(),
        actors=actors,
        precisions=load_precisions(overlay),
        governorates=_governorates(),
        version=f"{crosswalk.meta.version}.{schemes.meta.version}",
    )


def _rows(name: str) -> csv.DictReader[str]:
    return csv.DictReader(read_bytes(name).decode("utf-8").splitlines())


def _countries() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for row in _rows(_COUNTRIES):
        if row["iso2"] in found:
            raise ResourceError("two countries have this code", file=_COUNTRIES, key=row["iso2"])
        try:
            numbers = int(row["iso"]), int(row["gw"]) if row["gw"] else None
        except ValueError as error:
            raise ResourceError(str(error), file=_COUNTRIES, key=row["iso2"]) from error
        found[row["iso2"]] = Country(
            row["iso2"], numbers[0], row["iso3"], numbers[1], row["name"], row["acled_region"], row["ucdp_region"]
        )
    return found


def _governorates() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _rows(_GOVERNORATES):
        if row["pcode"]:
            found.setdefault(row["pcode"], row["names"].split("|")[0])
    return found

"""How much speaks for each place that a name may be, each point with its reason."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from sijill.places.candidates import Candidate
from sijill.places.geometry import Area
from sijill.places.rules import ResolverRules

__all__ = ["Evidence", "Reason", "Scored", "score"]

Reason = tuple[str, float]


class Evidence(msgspec.Struct, frozen=True):
    """What a report and a phrase say of where a name lies.

    `countries` is each country's share of what the report names; `units` the governorates that it names; `inside` the
    areas that the name's own phrase puts it in; `sentence`, `report` the areas of the other places; `same` the id that
    the name has elsewhere in the report.
    """

    countries: dict[str, float] = {}
    units: tuple[Area, ...] = ()
    inside: tuple[Area, ...] = ()
    sentence: tuple[Area, ...] = ()
    report: tuple[Area, ...] = ()
    ref: str | None = None


class Scored(msgspec.Struct, frozen=True):
    """A candidate with its points."""

    candidate: Candidate
    points: float
    reasons: tuple[Reason, ...]


def score(candidate: Candidate, noun: str, evidence: Evidence, rules: ResolverRules) -> Scored:
    """The points of a candidate for a name announced by `noun`."""
    entry, weights = candidate.entry, rules.score
    row = rules.nouns[noun]
    reasons: list[Reason] = [
        (candidate.matched, getattr(weights, candidate.matched)),
        (f"{noun}:{entry.kind}", row.kinds.get(entry.kind, row.other)),
    ]
    if candidate.trust:
        reasons.append(("trusted", weights.trusted) if candidate.trust > 1 else ("known", weights.known))
    if entry.population > 1:
        reasons.append(("population", weights.population * math.log10(entry.population)))
    if evidence.ref == entry.id:
        reasons.append(("finder", weights.finder))
    if evidence.countries and entry.country:
        share = evidence.countries.get(entry.country, 0.0)
        reasons.append(("country", weights.country * share) if share else ("elsewhere", weights.elsewhere))
    if entry.lat is not None and entry.lon is not None and entry.kind not in ("country", "continent"):
        reasons += _by_place(entry.lat, entry.lon, evidence, rules)
    points = sum(value for _, value in reasons)
    return Scored(candidate, round(points, 4), tuple((code, round(value, 4)) for code, value in reasons if value))


def _by_place(lat: float, lon: float, evidence: Evidence, rules: ResolverRules) -> list[Reason]:
    weights = rules.score
    reasons: list[Reason] = []
    if any(unit.gap_km(lat, lon) == 0 for unit in evidence.units):
        reasons.append(("governorate", weights.governorate))
    for area in evidence.inside:
        share = _nearness(area.gap_km(lat, lon), rules)
        reasons.append(("inside", weights.inside * share + weights.outside * (1 - share)))
    near = _nearest((lat, lon), evidence.sentence)
    if near is not None:
        reasons.append(("sentence", weights.sentence * _nearness(near, rules)))
    near = _nearest((lat, lon), evidence.report)
    if near is not None:
        far = near > weights.far_km
        reasons.append(("far", weights.far) if far else ("report", weights.report * _nearness(near, rules)))
    return reasons


def _nearest(point: tuple[float, float], areas: Sequence[Area]) -> float | None:
    return min((area.gap_km(*point) for area in areas), default=None)


def _nearness(gap_km: float, rules: ResolverRules) -> float:
    """1 at no distance, half at each further `halving_km`."""
    return float(0.5 ** (gap_km / rules.score.halving_km))

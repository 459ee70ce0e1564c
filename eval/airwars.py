"""Claims held against incidents that a monitoring group coded: hits per report, no equality.

The reference sums up all sources of an incident and counts civilians only, and a report may tell other events too:

- `place 10 km`, `place 25 km`: some place of some claim lies that near to the incident
- `named 50 km`: a place that is named just as the incident's, and given a point, lies that near (a wrong point is
  worse than none; reports with such a place only)
- `place name`: some place is named as the incident's, or holds its name
- `killed`, `injured`: some count of that kind overlaps the incident's range, widened by 1
- `belligerent`: some agent is one of the incident's belligerents
- `claims`: how many claims a report was given, so that floods of claims show
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from eval.names import fold_name, same
from eval.scoring import Counted, Rate

__all__ = ["Incident", "Told", "Toll", "hits"]

# How reports name the belligerents of the reference.
_NAMED = {
    "Turkish Military": "تركي تركيا تركية التركي التركية أنقرة",
    "Russian Military": "روسي روسيا روسية الروسي الروسية موسكو",
    "YPG": "قسد الديمقراطية الوحدات YPG الكردية ypg PKK العمال",
    "Syrian Democratic Forces": "قسد الديمقراطية",
    "Israeli Military": "إسرائيل إسرائيلي إسرائيلية الإسرائيلي الإسرائيلية الاحتلال",
    "U.S.-led Coalition": "التحالف الأمريكي الأميركي الأمريكية الأميركية أمريكية أميركية أمريكي",
    "Iranian Military": "إيران إيراني إيرانية الإيرانية",
    "Assad Regime": "النظام الأسد",
    "Syrian Regime": "النظام الأسد",
}
_KINDS = {"killed": ("killed", "killed_or_injured"), "injured": ("injured", "killed_or_injured")}
_EARTH_KM = 12742
_FAR_KM = 50


class Toll(msgspec.Struct, frozen=True, array_like=True):
    """A range of people; None where the reference has none."""

    low: int | None
    high: int | None


class Incident(msgspec.Struct, frozen=True):
    """One incident of the reference, and the report that was linked to it."""

    doc: str
    place: str | None
    lat: float | None
    lon: float | None
    killed: Toll
    injured: Toll
    belligerent: str | None


class Spot(msgspec.Struct, frozen=True):
    """A place of a claim, with its point where it has one."""

    name: str | None
    lat: float | None = None
    lon: float | None = None


class Doer(msgspec.Struct, frozen=True):
    """An agent of a claim."""

    name: str | None
    text: str | None = None


class Told(msgspec.Struct, frozen=True):
    """A claim, with the fields that incidents are compared by."""

    places: tuple[Spot, ...] = ()
    agents: tuple[Doer, ...] = ()
    counts: tuple[Counted, ...] = ()


def hits(incidents: Iterable[Incident], claims: Mapping[str, Sequence[Told]]) -> tuple[dict[str, Rate], float]:
    """For each measure, in how many of the incidents that can be judged it is met; and the claims per report."""
    met: dict[str, list[bool]] = {}
    reports = given = 0
    for incident in incidents:
        told = claims.get(incident.doc, ())
        reports += 1
        given += len(told)
        for measure, hit in _judged(incident, told):
            met.setdefault(measure, []).append(hit)
    rates = {measure: Rate(sum(seen), len(seen), len(seen)) for measure, seen in met.items()}
    return rates, given / max(1, reports)


def _judged(incident: Incident, told: Sequence[Told]) -> Iterable[tuple[str, bool]]:
    places = [place for claim in told for place in claim.places]
    if incident.lat is not None and incident.lon is not None:
        nearest = min(
            (_km(incident.lat, incident.lon, p.lat, p.lon) for p in places if p.lat is not None), default=None
        )
        yield "place 10 km", nearest is not None and nearest <= 10
        yield "place 25 km", nearest is not None and nearest <= 25
        wanted = fold_name(incident.place) if incident.place else None
        own = [
            _km(incident.lat, incident.lon, p.lat, p.lon)
            for p in places
            if p.lat is not None and wanted and fold_name(p.name) == wanted
        ]
        if own:
            yield "named 50 km", max(own) <= _FAR_KM
    if incident.place:
        wanted = fold_name(incident.place)
        yield "place name", any(same(wanted, fold_name(place.name)) for place in places)
    counts = [count for claim in told for count in claim.counts]
    for measure, toll in (("killed", incident.killed), ("injured", incident.injured)):
        if toll.high:
            yield measure, any(_meets(c, toll.low or 0, toll.high) for c in counts if c.kind in _KINDS[measure])
    names = [name for side in (incident.belligerent or "").split(", ") for name in _NAMED.get(side, "").split()]
    if names:
        agents = " ".join(f"{agent.name} {agent.text or ''}" for claim in told for agent in claim.agents)
        yield "belligerent", any(name in agents for name in names)


def _meets(count: Counted, low: int, high: int) -> bool:
    """Whether the count's range touches `low`..`high` widened by one."""
    return (count.low or 0) <= high + 1 and (count.high is None or count.high >= low - 1)


def _km(lat: float, lon: float, other_lat: float | None, other_lon: float | None) -> float:
    """Great-circle distance (haversine)."""
    if other_lat is None or other_lon is None:
        return math.inf
    a, b = math.radians(lat), math.radians(other_lat)
    across, down = math.sin(math.radians(other_lon - lon) / 2), math.sin((b - a) / 2)
    return _EARTH_KM * math.asin(math.sqrt(down**2 + math.cos(a) * math.cos(b) * across**2))

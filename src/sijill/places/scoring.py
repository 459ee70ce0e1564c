"""How much speaks for each place that a name may be, each point with its reason."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sijill.model import Mention
from sijill.places.candidates import Candidate, Reason, Scored
from sijill.places.evidence import Known
from sijill.places.geometry import Area
from sijill.places.rules import ResolverRules

__all__ = ["Scorer"]

_WHOLE = frozenset(("country", "continent"))  # no point of theirs is near to anything
_SINGLE = 3  # from so many places on, a country that none of them lies in is elsewhere


class Scorer:
    """Scores the candidates of one name by the rules and by what is known of the report.

    `inside` are the areas, `land` the countries that the name's own phrase puts it in. What the candidates themselves
    gave to the evidence does not count for them.
    """

    def __init__(
        self, rules: ResolverRules, known: Known, noun: str, sentence: int, inside: Sequence[Area], land: Sequence[str]
    ) -> None:
        self._rules, self._known, self._row, self._noun = rules, known, rules.nouns[noun], noun
        self._near, self._inside = known.nearby.get(sentence, ()), inside
        self._land = frozenset(land)

    def all(self, candidates: Sequence[Candidate], mention: Mention, same: str | None) -> tuple[Scored, ...]:
        """The candidates for `mention` with their points, best first; `same` is what it is elsewhere in the report."""
        ids = {candidate.entry.id for candidate in candidates}
        self._own = {candidate.entry.country: 0.0 for candidate in candidates}
        for candidate in candidates:
            self._own[candidate.entry.country] += self._known.counted.get(candidate.entry.id, 0.0)
        self._given = sum(self._own.values())
        self._rivalled = any(self._here(country) > 0 for country in self._own)
        scored = [self._one(candidate, ids, mention.ref, mention.rule, same) for candidate in candidates]
        scored.sort(key=lambda s: (-s.points, s.candidate.entry.id))
        return tuple(scored)

    def _one(self, candidate: Candidate, ids: set[str], ref: str | None, rule: str, same: str | None) -> Scored:
        entry, weights = candidate.entry, self._rules.score
        reasons = [*candidate.own, (f"{self._noun}:{entry.kind}", self._row.kinds.get(entry.kind, self._row.other))]
        size = self._rules.sizes.get(rule)
        if size is not None and not size.least <= entry.population <= size.most:
            reasons.append((f"no {size.id}", size.points))
        if ref == entry.id:
            reasons.append(("finder", weights.finder))
        if same == entry.id:
            reasons.append(("same", weights.same))
        if self._known.weights and entry.country and not entry.line:
            reasons.append(self._by_country(entry.country))
        if self._land and entry.country:
            inside = entry.country in self._land
            reasons.append(("in the country", weights.land) if inside else ("out of the country", weights.outside))
        if entry.lat is not None and entry.lon is not None and entry.kind not in _WHOLE and not entry.line:
            self._by_place(entry.lat, entry.lon, candidate, ids, reasons)
        points = 0.0
        for reason in reasons:
            points += reason[1]
        return Scored(candidate, round(points, 4), tuple(reasons))

    def _here(self, country: str) -> float:
        """What speaks for a country beside the candidates themselves."""
        return self._known.weights.get(country, 0.0) - self._own[country]

    def _by_country(self, country: str) -> Reason:
        """How much of the report lies in the candidate's country; what lies nowhere near it counts against it.

        The more so the more places there are, and in full where another place of the name lies where they do.
        """
        known, weights = self._known, self._rules.score
        here = self._here(country)
        if here > 0:
            return "country", weights.country * here / (known.total - self._given)
        others = known.places - sum(own >= 1.0 for own in self._own.values())
        return "elsewhere", weights.elsewhere * (1.0 if self._rivalled else max(0.0, min(1.0, others / _SINGLE)))

    def _by_place(self, lat: float, lon: float, candidate: Candidate, ids: set[str], reasons: list[Reason]) -> None:
        """Points for where a candidate lies: a known town may be named far from the others, a small place hardly."""
        weights, known = self._rules.score, self._known
        if known.units and any(b[0] <= lat <= b[2] and b[1] <= lon <= b[3] for b in known.units.values()):
            reasons.append(("governorate", weights.governorate))
        for area in self._inside:
            share = 0.5 ** (area.gap_km(lat, lon) / weights.unit_halving_km)
            reasons.append(("inside", weights.inside * share + weights.outside * (1 - share)))
        small = candidate.trust == 0 and candidate.entry.population < weights.known_population
        gap = _nearest(lat, lon, self._near, ids)
        if gap is not None:
            share = 0.5 ** (gap / weights.halving_km)
            reasons.append(("sentence", weights.sentence * (2 * share - 1 if small else share)))
        gap = _nearest(lat, lon, known.anchors, ids)
        if gap is not None:
            share = 0.5 ** (gap / weights.halving_km)
            reasons.append(("report", weights.report * (2 * share - 1 if small else share)))
            if gap > weights.far_km and (candidate.trust <= 1 or self._rivalled):
                reasons.append(("far", weights.far))


def _nearest(lat: float, lon: float, anchors: Sequence[tuple[str, Area]], ids: set[str]) -> float | None:
    """How far outside the nearest of the anchors the point lies, the candidates' own left out."""
    best: float | None = None
    shrink = math.cos(lat * math.pi / 180)
    for entry, area in anchors:
        if entry in ids:
            continue
        gap = math.hypot(area.lat - lat, (area.lon - lon) * shrink) * 111.195 - area.radius_km
        if best is None or gap < best:
            best = gap
    return best if best is None or best > 0 else 0.0

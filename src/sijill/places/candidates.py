"""The places that a name may be: by key, without article, without its noun, by consonants.

Rows of several gazetteers that are one place (one name, one kind, near to each other) become one candidate, which has
the point of the row that is trusted most and what the others add (population, P-code, unit).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import msgspec

from sijill.places.entry import Entry, Gazetteer, key_of, skeleton_of
from sijill.places.geometry import km
from sijill.places.rules import ResolverRules
from sijill.text.folding import clean, fold

__all__ = ["Candidate", "Candidates", "Matched", "Reason", "Scored"]

Reason = tuple[str, float]
Matched = Literal["exact", "article", "skeleton", "bare"]

_MOST = 60  # candidates of one name; the most trusted and populous are kept
_REMEMBERED = 4096
_ONE_A_COUNTRY = frozenset(("country", "governorate"))  # a country has no two of one name
_LOOSE = frozenset(("near", "area", "district", "line"))
_OWN, _SHIPPED, _BUILT = 2, 1, 0
_LEAST_SKELETON = 3
_TWIN_KM = 5.0


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A place that a name may be, how the name was matched, and how far its row is trusted (2 own, 1 shipped, 0).

    `own` are the points that it has in any report.
    """

    entry: Entry
    matched: Matched
    trust: int
    own: tuple[Reason, ...] = ()


class Scored(msgspec.Struct, frozen=True, gc=False):
    """A candidate with its points, and what each of them is for."""

    candidate: Candidate
    points: float
    reasons: tuple[Reason, ...]


class Candidates:
    """Asks the gazetteers, in order; remembers what they answered, up to a bound."""

    def __init__(self, shipped: Gazetteer, built: Sequence[Gazetteer], rules: ResolverRules) -> None:
        self._gazetteers = (shipped, *built)
        self._rules = rules
        self._same_km = rules.reach.same_km
        self._memory: dict[tuple[str, str], tuple[Candidate, ...]] = {}

    def named(self, name: str) -> tuple[Candidate, ...]:
        """The places called `name`, but for articles and joined first words."""
        return self._remembered("exact", name)

    def sounding(self, name: str) -> tuple[Candidate, ...]:
        """The places whose name has the consonants of `name`; nothing for a name of less than three."""
        return self._remembered("skeleton", name)

    def _remembered(self, how: Literal["exact", "skeleton"], name: str) -> tuple[Candidate, ...]:
        found = self._memory.get((how, name))
        if found is None:
            found = self._by_key(name) if how == "exact" else self._by_skeleton(name)
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            self._memory[how, name] = found
        return found

    def _by_key(self, name: str) -> tuple[Candidate, ...]:
        key = key_of(name)
        if not key:
            return ()
        spelled = fold(clean(name).text)
        found = []
        for number, gazetteer in enumerate(self._gazetteers):
            for entry in gazetteer.exact(key):
                if entry.lat is None and not entry.country:
                    continue  # a name that several places share, for the finder
                same = any(fold(other) == spelled for other in entry.names)
                found.append(Candidate(entry, "exact" if same else "article", _trust(number, entry)))
        return self._merged(found)

    def _by_skeleton(self, name: str) -> tuple[Candidate, ...]:
        skeleton = skeleton_of(name)
        if len(skeleton.replace(" ", "")) < _LEAST_SKELETON:
            return ()
        return self._merged(
            [
                Candidate(entry, "skeleton", _trust(number, entry))
                for number, gazetteer in enumerate(self._gazetteers)
                for entry in gazetteer.skeleton(skeleton)
            ]
        )

    def _merged(self, found: list[Candidate]) -> tuple[Candidate, ...]:
        found.sort(key=lambda c: (-c.trust, -c.entry.population, c.entry.id))
        kept: list[Candidate] = []
        for candidate in found[:_MOST]:
            at = next((k for k, other in enumerate(kept) if self._same(other.entry, candidate.entry)), None)
            if at is None:
                kept.append(candidate)
            else:
                kept[at] = _joined(kept[at], candidate)
        return tuple([self.matched(candidate, candidate.matched) for candidate in kept])

    def matched(self, candidate: Candidate, how: Matched) -> Candidate:
        """The candidate as one whose name was matched so, with its points."""
        weights, population = self._rules.score, candidate.entry.population
        own: list[Reason] = [(how, float(getattr(weights, how)))]
        if candidate.trust:
            own.append(("trusted", weights.trusted) if candidate.trust > _SHIPPED else ("known", weights.known))
        if population > 1:
            own.append(("population", weights.population * math.log10(population)))
        return Candidate(candidate.entry, how, candidate.trust, tuple(own))

    def _same(self, first: Entry, second: Entry) -> bool:
        if first.id == second.id:
            return True
        if first.kind != second.kind:
            return False
        if first.kind in _ONE_A_COUNTRY or first.country != second.country:
            # Two sources may not agree on the country of a town (القدس), but on where it is.
            return first.country == second.country or (
                first.kind == "settlement" and self._km(first, second) <= _TWIN_KM
            )
        near = 6 * self._same_km if first.kind in ("district", "region") else self._same_km
        return self._km(first, second) <= near

    @staticmethod
    def _km(first: Entry, second: Entry) -> float:
        if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
            return math.inf
        return km(first.lat, first.lon, second.lat, second.lon)


def _trust(gazetteer: int, entry: Entry) -> int:
    if gazetteer > 0:
        return _BUILT
    return _OWN if entry.source == "own" else _SHIPPED


def _joined(first: Candidate, second: Candidate) -> Candidate:
    """One candidate of two rows: the first's, with what the second adds, and its point where that is known better."""
    one, two = first.entry, second.entry
    loose = one.precision in _LOOSE and one.kind != "district"  # whose point is its town
    better = one.lat is None or (loose and two.precision not in _LOOSE and two.lat is not None)
    point = two if better else one
    entry = msgspec.structs.replace(
        one,
        lat=point.lat,
        lon=point.lon,
        precision=point.precision,
        admin1=one.admin1 or two.admin1,
        admin2=one.admin2 or two.admin2,
        pcode=one.pcode or two.pcode,
        population=max(one.population, two.population),
        radius_km=one.radius_km if one.radius_km is not None else two.radius_km,
        box=one.box or two.box,
    )
    matched: Matched = "exact" if "exact" in (first.matched, second.matched) else first.matched
    return Candidate(entry, matched, max(first.trust, second.trust))

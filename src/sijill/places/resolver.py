"""Names of places → points: which place of the gazetteer is meant, or which area, and how sure that is.

`Resolver.resolve` reads how the places hang together (context), decides on each (decide), and writes what came out
into the claims. A name that nothing decides keeps its name and its span and gets no point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sijill.model import Claim, Mention, Note, Place, Span, Text, Values
from sijill.places.areas import Spot
from sijill.places.candidates import Candidates, Scored
from sijill.places.context import Item, items_of
from sijill.places.decide import decided
from sijill.places.entry import Entry, Gazetteer
from sijill.places.evidence import Choice, Known, homes_of
from sijill.places.rules import ResolverRules
from sijill.places.seen_from import SeenFrom
from sijill.places.shipped import ShippedGazetteer

__all__ = ["Resolution", "Resolved", "Resolver"]

_SHOWN = 5
_WIDE = frozenset(("country", "part_of_country", "region", "line", "sea"))
_NO_UNIT = frozenset(("country", "continent", "region", "river", "sea", "road"))
_ITSELF = frozenset(("named", "middle", "edge", "sounds alike", "named by its town"))


class Resolution(msgspec.Struct, frozen=True):
    """What a place name was resolved to, and why; the losers stay in `candidates` (best first) with their points."""

    span: Span
    name: str
    place: Place | None
    reason: str
    candidates: tuple[Scored, ...] = ()


class Resolved(msgspec.Struct, frozen=True):
    """The claims with their places resolved, the decisions in text order, and what a person should know."""

    claims: tuple[Claim, ...]
    resolutions: tuple[Resolution, ...]
    notes: tuple[Note, ...]


class Resolver:
    """Resolves by the shipped gazetteer and those that the user built."""

    def __init__(self, shipped: ShippedGazetteer, built: Sequence[Gazetteer], rules: ResolverRules) -> None:
        self._shipped, self._rules = shipped, rules
        self._candidates = Candidates(shipped, built, rules)
        self._seen_from = SeenFrom(shipped, self._candidates, rules)

    def resolve(self, text: Text, values: Values, mentions: Sequence[Mention], claims: Iterable[Claim]) -> Resolved:
        """The places of all mentions, and the claims with them. Pure; linear in the number of places."""
        items = items_of(text, values, mentions, self._rules)
        choices, known = decided(
            items, homes_of(text.document, mentions, self._rules), self._candidates, self._seen_from, self._rules
        )
        resolutions = tuple(
            self._resolution(item, choice, choices, known, text) for item, choice in zip(items, choices, strict=True)
        )
        by_span = {resolution.span: resolution for resolution in resolutions}
        notes = tuple(_notes(resolutions, self._rules))
        return Resolved(tuple(_placed(claim, by_span) for claim in claims), resolutions, notes)

    def _resolution(
        self, item: Item, choice: Choice, choices: Sequence[Choice], known: Known, text: Text
    ) -> Resolution:
        mention, entry, spot = item.mention, choice.entry, choice.spot
        place: Place | None = None
        if entry is not None or spot is not None:
            units = [found.id for at in item.units if (found := choices[at].unit or choices[at].entry) is not None]
            unit = choice.unit or (self._unit(choice, spot, [*units, *known.units]) if spot is not None else None)
            own = entry.pcode if entry is not None and choice.reason in _ITSELF else ""
            country = (
                entry.country if entry is not None else choice.country or (unit.country if unit is not None else "")
            )
            place = Place(
                name=mention.name,
                span=mention.span,
                text=mention.span.cut(text.document.text),
                lat=round(spot.lat, 5) if spot is not None else None,
                lon=round(spot.lon, 5) if spot is not None else None,
                radius_km=round(spot.radius_km, 1) if spot is not None else None,
                precision=spot.precision if spot is not None else None,
                place_id=entry.id if entry is not None else None,
                country=country or None,
                pcode=own or (unit.pcode if unit is not None else "") or None,
            )
        return Resolution(mention.span, mention.name, place, choice.reason or "not in the gazetteers", choice.scored)

    def _unit(self, choice: Choice, spot: Spot, named: Sequence[str]) -> Entry | None:
        """The governorate of a resolved place: its row's; else the one that its point lies in, where that is sure.

        `named` are the governorates of the phrase and the report, which settle it between boxes that overlap.
        """
        entry = choice.entry
        if entry is not None:
            if entry.kind == "governorate":
                return entry
            if entry.kind in _NO_UNIT:
                return None
            if entry.admin1 and (unit := self._shipped.get(entry.admin1)) is not None:
                return unit
        if spot.precision in _WIDE:
            return None
        country = entry.country if entry is not None else choice.country
        return self._shipped.unit_at(country, spot.lat, spot.lon, named)


def _placed(claim: Claim, by_span: dict[Span, Resolution]) -> Claim:
    """The claim with its places resolved, its own and those of its context."""
    if not claim.places and not claim.context_places:
        return claim
    own, context = (tuple(_with_point(place, by_span) for place in of) for of in (claim.places, claim.context_places))
    return msgspec.structs.replace(claim, places=own, context_places=context)


def _with_point(place: Place, by_span: dict[Span, Resolution]) -> Place:
    """The place as it is resolved; one that is not keeps its name and span only."""
    found = by_span.get(place.span)
    if found is None or found.place is None:
        return Place(place.name, place.span, place.text)
    return msgspec.structs.replace(found.place, name=place.name, text=place.text)


def _notes(resolutions: Iterable[Resolution], rules: ResolverRules) -> Iterator[Note]:
    """A note for each name that several places bear equally well."""
    told: set[str] = set()
    for found in resolutions:
        if found.reason != "ambiguous" or found.name in told:
            continue
        told.add(found.name)
        near = [s for s in found.candidates if s.points > found.candidates[0].points - rules.score.margin][:_SHOWN]
        shown = ", ".join(f"{s.candidate.entry.id} ({s.candidate.entry.country or '?'})" for s in near)
        yield Note("ambiguous-place", f"«{found.name}» may be any of {shown}; it is given no point", found.span)

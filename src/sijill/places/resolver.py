"""Names of places → points: which place of the gazetteer is meant, or which area, and how sure that is.

Three passes over the places of a report. The first takes what its name, its noun and the tables alone settle; these
are the anchors. The second and third ask where the others lie from the anchors, in which country and governorate, and
in which unit their phrases put them. What stays open after that gets the area of its unit or list, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sijill.model import Claim, Mention, MentionKind, Note, Place, Span, Text, Values
from sijill.places import areas
from sijill.places.areas import Spot
from sijill.places.candidates import Candidate, Candidates
from sijill.places.context import Item, items_of
from sijill.places.entry import Entry, Gazetteer
from sijill.places.geometry import Area, km
from sijill.places.rules import ResolverRules
from sijill.places.scoring import Evidence, Scored, score
from sijill.places.shipped import ShippedGazetteer

__all__ = ["Resolution", "Resolved", "Resolver"]

_PASSES = 3
_ANCHORS = 40
_SHOWN = 5
# What is not given the area of its unit where it is not found, and units too wide to be one.
_NOWHERE = frozenset(("country", "river"))
_TOO_WIDE = frozenset(("country", "sea", "line", "region", "part_of_country"))
_AREAS = frozenset(("governorate", "country", "continent", "region"))


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
        self.shipped, self.rules = shipped, rules
        self.candidates = Candidates((shipped, *built), rules)

    def resolve(self, text: Text, values: Values, mentions: Sequence[Mention], claims: Iterable[Claim]) -> Resolved:
        """The places of all mentions, and the claims with them. Pure; linear in the number of places."""
        reading = _Reading(self, items_of(text, values, mentions, self.rules), mentions)
        resolutions = reading.resolutions(text)
        by_span = {resolution.span: resolution for resolution in resolutions}
        return Resolved(
            tuple(_placed(claim, by_span) for claim in claims), resolutions, tuple(_notes(resolutions, self.rules))
        )


class _Choice(msgspec.Struct):
    """What is decided so far of one item."""

    scored: tuple[Scored, ...] = ()
    entry: Entry | None = None
    points: float = 0.0
    sure: bool = False
    whole: bool = False
    spot: Spot | None = None
    reason: str = ""


class _Reading:
    """One report: its items, what is decided of each, and the evidence that grows with it."""

    def __init__(self, resolver: Resolver, items: list[Item], mentions: Sequence[Mention]) -> None:
        self.resolver, self.rules, self.items = resolver, resolver.rules, items
        self.choices = [_Choice() for _ in items]
        self.actors = [country for m in mentions if (country := _home(m))]
        self.countries: dict[str, float] = {}
        self.units: tuple[Area, ...] = ()
        self.anchors: list[tuple[str, Area]] = []
        self.nearby: dict[int, list[tuple[str, Area]]] = {}

    # --- the passes -----------------------------------------------------------------------------------------------

    def resolutions(self, text: Text) -> tuple[Resolution, ...]:
        """The decisions, in text order."""
        for number in range(_PASSES):
            self._learn()
            for at, item in enumerate(self.items):
                if item.mention.subtype != "description":
                    self.choices[at] = self._choose(item, last=number == _PASSES - 1)
        for at in range(len(self.items)):
            self._settle(at)
        self._describe()
        return tuple(self._resolution(at, text) for at in range(len(self.items)))

    def _learn(self) -> None:
        """The evidence of what is sure by now: countries, governorates, anchors."""
        weights: dict[str, float] = {}
        for country in self.actors:
            weights[country] = weights.get(country, 0.0) + 0.25
        units: dict[str, Area] = {}
        seen: dict[str, tuple[str, Area]] = {}
        self.nearby = {}
        for item, choice in zip(self.items, self.choices, strict=True):
            entry = choice.entry
            if item.mention.subtype == "country" and item.mention.ref and item.mention.rule != "known.state":
                country = item.mention.ref[:2]
                weights[country] = weights.get(country, 0.0) + 1.0
            if entry is None or not choice.sure:
                continue
            if entry.kind not in ("country", "continent"):
                weights[entry.country] = weights.get(entry.country, 0.0) + 1.0
            if entry.kind == "governorate" and entry.box is not None:
                units[entry.id] = Area(entry.lat or 0.0, entry.lon or 0.0, 0.0, entry.box)
            elif choice.spot is not None and choice.spot.radius_km <= self.rules.score.far_km / 4:
                anchor = (entry.id, choice.spot.area())
                seen.setdefault(entry.id, anchor)
                self.nearby.setdefault(item.sentence, []).append(anchor)
        total = sum(weights.values())
        self.countries = {country: weight / total for country, weight in sorted(weights.items())} if total else {}
        self.units = tuple(units.values())
        self.anchors = list(seen.values())[:_ANCHORS]

    def _choose(self, item: Item, *, last: bool) -> _Choice:
        """The best reading of one item by what is known now."""
        reference = item.reference
        whole = self._scored(item, item.mention.name, reference.noun)
        choice = self._best(whole)
        if choice.entry is not None:
            choice.whole = True
            choice.spot = areas.of_entry(choice.entry, self.rules)
            if reference.form == "point" or choice.entry.kind in _AREAS:
                return choice
        if reference.form == "border":
            return self._border(item)
        if reference.form == "point":
            return self._by_bare_name(item, choice, last=last)
        based = self._best(self._scored(item, reference.base, "none")) if reference.base else _Choice()
        if based.entry is None and reference.bare:
            based = self._best(self._scored(item, reference.bare, "none", bare=True))
        if based.entry is not None:
            based.spot, based.reason = self._seen_from(item, based)
        return based

    def _by_bare_name(self, item: Item, choice: _Choice, *, last: bool) -> _Choice:
        """A name whose noun is part of it, read without that noun; and, at last, names that sound alike."""
        reference = item.reference
        row = self.rules.nouns[reference.noun]
        if choice.entry is None and reference.bare and row.bare != "no":
            found = self._scored(item, reference.bare, "none", bare=True)
            if row.bare == "anchored":
                found = tuple(s for s in found if self._near_anchors(s.candidate.entry))
            bare = self._best(found)
            if bare.entry is not None and bare.entry.kind not in _AREAS:
                bare.spot = areas.of_entry(bare.entry, self.rules)
                if bare.spot is not None:
                    bare.spot = _wider(bare.spot, self.rules.reach.near_adds_km)
                return bare
        if choice.entry is None and last and not choice.scored:
            found = self._scored(item, reference.bare or reference.base, reference.noun, sounding=True)
            found = tuple(s for s in found if self._near_anchors(s.candidate.entry))
            alike = self._best(found)
            if alike.entry is not None:
                alike.spot = areas.of_entry(alike.entry, self.rules)
                return alike
        return choice

    # --- candidates -----------------------------------------------------------------------------------------------

    def _scored(
        self, item: Item, name: str, noun: str, *, bare: bool = False, sounding: bool = False
    ) -> tuple[Scored, ...]:
        """The candidates for `name`, best first."""
        ask = self.resolver.candidates.sounding if sounding else self.resolver.candidates.named
        found: Sequence[Candidate] = ask(name) if name else ()
        if not found:
            return ()
        if bare:
            found = [msgspec.structs.replace(candidate, matched="bare") for candidate in found]
        ids = {candidate.entry.id for candidate in found}
        evidence = Evidence(
            countries=self.countries,
            units=self.units,
            inside=self._inside(item),
            sentence=tuple(area for at, area in self.nearby.get(item.sentence, ()) if at not in ids),
            report=tuple(area for at, area in self.anchors if at not in ids),
            ref=item.mention.ref,
        )
        scored = [score(candidate, noun, evidence, self.rules) for candidate in found]
        return tuple(sorted(scored, key=lambda s: (-s.points, s.candidate.entry.id)))

    def _inside(self, item: Item) -> tuple[Area, ...]:
        found: list[Area] = []
        for at in item.units:
            choice = self.choices[at]
            if choice.spot is None or choice.entry is None:
                continue
            if choice.whole and choice.entry.box is not None:
                found.append(Area(choice.spot.lat, choice.spot.lon, choice.spot.radius_km, choice.entry.box))
            else:
                found.append(_wider(choice.spot, self.rules.around_km).area())
        return tuple(found)

    def _best(self, scored: tuple[Scored, ...]) -> _Choice:
        """The best candidate, where it has enough and leads enough."""
        if not scored:
            return _Choice()
        weights = self.rules.score
        top = scored[0]
        rival = next((s for s in scored[1:] if not self._one(top.candidate.entry, s.candidate.entry)), None)
        least = weights.alone if rival is None else weights.enough
        lead = top.points - rival.points if rival is not None else weights.margin
        if top.points < least or lead < weights.margin:
            return _Choice(scored=scored, reason="ambiguous" if top.points >= least else "too little evidence")
        return _Choice(scored, top.candidate.entry, top.points, top.points >= weights.sure, reason="named")

    def _one(self, first: Entry, second: Entry) -> bool:
        """Whether it makes no odds which of the two is meant: the town and its governorate, two rows of one place."""
        if first.id == second.id:
            return True
        if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
            return False
        return km(first.lat, first.lon, second.lat, second.lon) <= self.rules.reach.same_km

    def _near_anchors(self, entry: Entry) -> bool:
        if entry.lat is None or entry.lon is None:
            return False
        reach = self.rules.reach.skeleton_km
        return any(area.gap_km(entry.lat, entry.lon) <= reach for at, area in self.anchors if at != entry.id)

    # --- areas ----------------------------------------------------------------------------------------------------

    def _seen_from(self, item: Item, choice: _Choice) -> tuple[Spot | None, str]:
        """The area that is named by a place and a side, an edge, a distance."""
        reference, entry = item.reference, choice.entry
        spot = areas.of_entry(entry, self.rules) if entry is not None else None
        if entry is None or spot is None:
            return None, choice.reason
        side = (reference.north, reference.east)
        if item.distance_km is not None and item.distance_km <= self.rules.reach.stated_most_km:
            return areas.at_distance(spot, side, item.distance_km, self.rules), "distance"
        if reference.form == "middle":
            return spot, "middle"
        if reference.form == "edge":
            return _wider(spot, reference.adds_km), "edge"
        return self._side(item, entry, spot, side)

    def _side(self, item: Item, entry: Entry, spot: Spot, side: tuple[int, int]) -> tuple[Spot, str]:
        unit = self._unit_named(item, entry)
        if unit is not None and unit.box is not None:
            if side == (0, 0):
                whole = areas.of_entry(unit, self.rules)
                return (whole or spot), "countryside of the governorate"
            lat, lon, radius = areas.side_of_box(unit.box, (spot.lat, spot.lon), side, self.rules)
            return Spot(lat, lon, radius, "part_of_governorate"), "side of the governorate"
        if entry.kind == "country":
            box = self.resolver.shipped.countries.get(entry.country)
            if box is None:
                return spot, "country"
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            lat, lon, radius = areas.side_of_box(box, middle, side, self.rules)
            return Spot(lat, lon, radius, "part_of_country"), "side of the country"
        if side == (0, 0):
            wide = _wider(spot, self.rules.around_km)
            return msgspec.structs.replace(wide, precision="part_of_district"), "countryside of the town"
        offset = max(self.rules.reach.town_side_km, spot.radius_km / 2)
        lat, lon, radius = areas.side_of_place(spot, side, offset, self.rules)
        precision = "near" if spot.precision == "exact" else spot.precision
        return Spot(lat, lon, radius, precision), "side of the town"

    def _unit_named(self, item: Item, entry: Entry) -> Entry | None:
        """The governorate that bears the name of the base, around the town (ريف حلب: the governorate of حلب)."""
        if entry.kind == "governorate":
            return entry
        if entry.kind != "settlement":
            return None
        names = [item.mention.name.split(" ", 1)[0] + " " + item.reference.base, item.reference.base]
        if item.reference.form != "countryside":
            names = names[1:]
        for name in names:
            for candidate in self.resolver.candidates.named(name):
                unit = candidate.entry
                if unit.kind == "governorate" and unit.country == entry.country and unit.box is not None:
                    return unit
        return None

    def _border(self, item: Item) -> _Choice:
        """The border of the countries that are named, or of the one named and the report's own."""
        found: set[str] = set()
        for word in item.mention.name.split():
            key = word.removeprefix("ال").replace("ة", "ه").replace("أ", "ا").replace("إ", "ا").replace("ئ", "ي")
            if key in self.rules.adjectives:
                found.add(self.rules.adjectives[key])
            for candidate in self.resolver.candidates.named(word):
                if candidate.entry.kind == "country":
                    found.add(candidate.entry.country)
        if len(found) == 1:
            home = max(self.countries, key=lambda c: (self.countries[c], c), default=None)
            found |= {home} if home is not None else set()
        spot = areas.border(frozenset(found), self.rules)
        return _Choice(spot=spot, reason="border" if spot is not None else "border unknown")

    # --- what is left ---------------------------------------------------------------------------------------------

    def _settle(self, at: int) -> None:
        """Between, distances, and the area of the unit or list for what has no place of its own."""
        item, choice = self.items[at], self.choices[at]
        if item.partner >= 0 and choice.spot is not None:
            other = self.choices[item.partner].spot
            if other is not None and choice.reason != "between":
                both = areas.between(choice.spot, other, self.rules)
                if both is not None:
                    for number in (at, item.partner):
                        self.choices[number].spot, self.choices[number].reason = both, "between"
            return
        if choice.spot is not None and item.distance_km is not None and choice.reason == "named":
            if item.distance_km <= self.rules.reach.stated_most_km and item.reference.form == "point":
                choice.spot = areas.at_distance(choice.spot, (0, 0), item.distance_km, self.rules)
                choice.reason = "distance"
            return
        plain = item.reference.form == "point" and item.reference.noun not in _NOWHERE
        if choice.spot is None and choice.entry is None and plain:
            choice.spot, reason = self._by_company(item, at)
            choice.reason = reason or choice.reason

    def _by_company(self, item: Item, at: int) -> tuple[Spot | None, str]:
        """The area of the unit that the phrase names, else of the list that the name stands in."""
        for unit in item.units:
            found = self.choices[unit]
            if found.spot is not None and found.entry is not None and found.spot.precision not in _TOO_WIDE:
                return _as_part(found.spot, self.rules), "in its unit"
        if item.list_ >= 0:
            others = [
                choice.spot
                for number, choice in enumerate(self.choices)
                if number != at and self.items[number].list_ == item.list_ and choice.reason == "named" and choice.spot
            ]
            if (among := areas.around(others, self.rules)) is not None:
                return among, "among its list"
        return None, ""

    def _describe(self) -> None:
        """A description has what the name that it stands for has."""
        latest: dict[str, _Choice] = {}
        for at, item in enumerate(self.items):
            if item.mention.subtype == "description":
                self.choices[at] = latest.get(item.mention.name, self.choices[at])
            elif self.choices[at].spot is not None:
                latest[item.mention.name] = self.choices[at]

    # --- out ------------------------------------------------------------------------------------------------------

    def _resolution(self, at: int, text: Text) -> Resolution:
        item, choice = self.items[at], self.choices[at]
        mention, entry, spot = item.mention, choice.entry, choice.spot
        place: Place | None = None
        if entry is not None or spot is not None:
            exact = entry is not None and choice.reason in ("named", "middle", "edge")
            unit = self._unit_at(entry, spot) if spot is not None else None
            country = (entry.country if entry is not None else unit.country if unit is not None else "") or None
            code = (entry.pcode if entry is not None and exact else "") or (unit.pcode if unit is not None else "")
            place = Place(
                name=mention.name,
                span=mention.span,
                text=mention.span.cut(text.document.text),
                lat=round(spot.lat, 5) if spot is not None else None,
                lon=round(spot.lon, 5) if spot is not None else None,
                radius_km=round(spot.radius_km, 1) if spot is not None else None,
                precision=spot.precision if spot is not None else None,
                place_id=entry.id if entry is not None else None,
                country=country,
                pcode=code or None,
            )
        return Resolution(mention.span, mention.name, place, choice.reason or "not in the gazetteers", choice.scored)

    def _unit_at(self, entry: Entry | None, spot: Spot) -> Entry | None:
        """The governorate of a resolved place: its row's, else the only one whose box holds its point."""
        shipped = self.resolver.shipped
        if entry is not None and entry.admin1 and (unit := shipped.get(entry.admin1)) is not None:
            return unit
        if entry is not None and entry.kind in ("country", "continent", "region", "river", "sea"):
            return None
        countries = [entry.country] if entry is not None else sorted(shipped.governorates)
        found = [unit for country in countries if (unit := shipped.unit_of(country, spot.lat, spot.lon)) is not None]
        return found[0] if len(found) == 1 else None


def _home(mention: Mention) -> str:
    """The country of an actor, by its id (`sy-…`); empty for states, who act abroad, and for what is no actor."""
    known = mention.kind is MentionKind.ACTOR and mention.ref is not None and mention.ref[2:3] == "-"
    return mention.ref[:2].upper() if known and mention.ref is not None else ""


def _wider(spot: Spot, by_km: float) -> Spot:
    return msgspec.structs.replace(
        spot, radius_km=spot.radius_km + by_km, precision="near" if spot.precision == "exact" else spot.precision
    )


def _as_part(spot: Spot, rules: ResolverRules) -> Spot:
    """The area of a unit as the place of something unknown in it."""
    if spot.precision in ("exact", "near"):
        return msgspec.structs.replace(spot, radius_km=spot.radius_km + rules.reach.near_adds_km, precision="near")
    return spot


def _placed(claim: Claim, by_span: dict[Span, Resolution]) -> Claim:
    """The claim with its places resolved; one that is not keeps its name and span only."""
    if not claim.places:
        return claim
    places = []
    for place in claim.places:
        found = by_span.get(place.span)
        if found is None:
            places.append(place)
        elif found.place is None:
            places.append(Place(place.name, place.span, place.text))
        else:
            places.append(msgspec.structs.replace(found.place, name=place.name, text=place.text))
    return msgspec.structs.replace(claim, places=tuple(places))


def _notes(resolutions: Iterable[Resolution], rules: ResolverRules) -> Iterable[Note]:
    """A note for each name that several places bear equally well."""
    told: set[str] = set()
    for found in resolutions:
        if found.reason != "ambiguous" or found.name in told:
            continue
        told.add(found.name)
        near = [s for s in found.candidates if s.points > found.candidates[0].points - rules.score.margin][:_SHOWN]
        shown = ", ".join(f"{s.candidate.entry.id} ({s.candidate.entry.country or '?'})" for s in near)
        yield Note("ambiguous-place", f"«{found.name}» may be any of {shown}; it is given no point", found.span)

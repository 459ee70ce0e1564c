"""The area that a name seen from another place names: a countryside, a side, an edge, a distance, a border."""

from __future__ import annotations

from collections.abc import Sequence

from sijill.places import areas
from sijill.places.areas import Spot
from sijill.places.candidates import Candidates
from sijill.places.context import Item
from sijill.places.entry import Entry
from sijill.places.geometry import Area, farthest_km
from sijill.places.rules import ResolverRules, word_key
from sijill.places.shipped import ShippedGazetteer

__all__ = ["SeenFrom"]

_REMEMBERED = 4096
_LINES = frozenset(("river", "sea", "road"))


class SeenFrom:
    """Makes areas by the rules, the governorates and the boxes of countries."""

    def __init__(self, shipped: ShippedGazetteer, candidates: Candidates, rules: ResolverRules) -> None:
        self._shipped, self._candidates, self._rules = shipped, candidates, rules
        self._units: dict[tuple[str, str, str], Entry | None] = {}

    def area(self, item: Item, entry: Entry) -> tuple[Spot | None, str]:
        """The area that `item` names, `entry` being the place that it is seen from; and how it was made."""
        reference, rules = item.reference, self._rules
        spot = areas.of_entry(entry, rules)
        if spot is None:
            return None, "no point known"
        side = (reference.north, reference.east)
        if item.distance_km is not None and item.distance_km <= rules.reach.stated_most_km:
            return areas.at_distance(spot, side, item.distance_km, rules), "distance"
        if reference.form == "middle" and entry.kind not in ("country", "governorate", "region"):
            return spot, "middle"
        if reference.form == "edge":
            return areas.wider(spot, reference.adds_km), "edge"
        return self._side(item, entry, spot, side)

    def _side(self, item: Item, entry: Entry, spot: Spot, side: tuple[int, int]) -> tuple[Spot, str]:
        rules, reference = self._rules, item.reference
        unit = self.unit_named(item, entry)
        if unit is not None and unit.box is not None:
            if side == (0, 0):
                return areas.of_entry(unit, rules) or spot, "governorate"
            most = rules.reach.side_most_km if reference.form == "countryside" else rules.reach.side_near_km
            return areas.side_of_box(unit.box, (spot.lat, spot.lon), side, most, rules), "side of the governorate"
        if entry.kind == "country":
            box = self._shipped.countries.get(entry.country)
            if box is None or side == (0, 0):
                return spot, "country"
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            lat, lon, radius = areas.half_of_box(box, middle, side)
            return Spot(lat, lon, radius, "part_of_country"), "side of the country"
        if entry.kind in _LINES:
            return spot, "beside the line"
        if side == (0, 0):
            return areas.wider(spot, rules.around_km, "part_of_district"), "countryside of the town"
        offset = max(rules.reach.town_side_km, spot.radius_km / 2)
        lat, lon, radius = areas.side_of_place(spot, side, offset, rules)
        precision = "part_of_district" if reference.form == "countryside" else "near"
        return Spot(lat, lon, radius, precision if spot.precision in ("exact", "near") else spot.precision), "side"

    def unit_named(self, item: Item, entry: Entry) -> Entry | None:
        """The governorate that bears the name of the base, around the town (ريف حلب: the governorate of حلب)."""
        if entry.kind == "governorate":
            return entry
        if entry.kind != "settlement" or entry.lat is None or entry.lon is None:
            return None
        base = item.reference.base or entry.names[0]
        head = item.mention.name.split(" ", 1)[0] if item.reference.form == "countryside" else ""
        found = self._units.get((entry.id, base, head), entry)
        if found is entry:
            found = self._unit(entry, [f"{head} {base}", base] if head else [base])
            if len(self._units) >= _REMEMBERED:
                self._units.clear()
            self._units[entry.id, base, head] = found
        return found

    def _unit(self, entry: Entry, names: Sequence[str]) -> Entry | None:
        for name in names:
            for candidate in self._candidates.named(name):
                unit = candidate.entry
                if unit.kind == "governorate" and unit.country == entry.country and unit.box is not None:
                    around = Area(0.0, 0.0, 0.0, unit.box)
                    if around.gap_km(entry.lat or 0.0, entry.lon or 0.0) <= self._rules.around_km:
                        return unit
        return None

    def seat_of(self, entry: Entry) -> Entry | None:
        """The governorate that a town is the seat of, or the only one that it can lie in (محافظة الموصل)."""
        if entry.lat is None or entry.lon is None:
            return None
        return self._shipped.unit_at(entry.country, entry.lat, entry.lon)

    def land(self, entry: Entry) -> Spot | None:
        """A country as it reaches from its point, so far as the tables know its extent."""
        spot, box = areas.of_entry(entry, self._rules), self._shipped.countries.get(entry.country)
        if spot is None or box is None:
            return spot
        return Spot(spot.lat, spot.lon, farthest_km(box, spot.lat, spot.lon), spot.precision)

    def country(self, code: str) -> Entry | None:
        """The row of a country."""
        entry = self._shipped.get(code)
        return entry if entry is not None and entry.kind == "country" else None

    def _states(self, name: str) -> set[str]:
        return {c.entry.country for c in self._candidates.named(name) if c.entry.kind == "country"}

    def border(self, name: str, homes: Sequence[str]) -> Spot | None:
        """The border of the countries that are named, or of the one that is named and one of the report's own."""
        found: set[str] = set()
        for word in name.split():
            country = self._rules.adjectives.get(word_key(word))
            if country is not None:
                found.add(country)
                continue
            found.update(self._states(word) or (self._states(word[1:]) if word.startswith("و") else set()))
        if len(found) == 1:
            spots = (areas.border(frozenset((*found, home)), self._rules) for home in homes if home not in found)
            return next((spot for spot in spots if spot is not None), None)
        return areas.border(frozenset(found), self._rules)

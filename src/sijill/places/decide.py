"""The decisions on one report, in passes: what is sure first, then what lies where that says, then what is left over.

The first pass takes what its name, its noun and the tables alone settle; these are the anchors. The next two ask how
far the others lie from them, in which country and governorate, and in which unit their phrases put them. What stays
open after that gets the area of its unit, its neighbour or its list, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from sijill.places import areas
from sijill.places.areas import Spot
from sijill.places.candidates import Candidate, Candidates, Scored
from sijill.places.context import Item
from sijill.places.entry import HEADS, Entry, key_of
from sijill.places.evidence import Choice, Known, learnt
from sijill.places.geometry import Area, box_km, km
from sijill.places.reference import Reference
from sijill.places.rules import ResolverRules, word_key
from sijill.places.scoring import Scorer
from sijill.places.seen_from import SeenFrom

__all__ = ["decided"]

_PASSES = 3
# What is not given the area of its unit where it is not found, and units too wide to give theirs.
_NOWHERE = frozenset(("country", "governorate", "river"))
_TOO_WIDE = frozenset(("country", "sea", "line", "region", "part_of_country"))
_AREAS = frozenset(("governorate", "country", "continent", "region"))


def decided(
    items: Sequence[Item], homes: frozenset[str], candidates: Candidates, seen_from: SeenFrom, rules: ResolverRules
) -> tuple[list[Choice], Known]:
    """A choice for each item, and the evidence of the report."""
    decider = _Decider(items, candidates, seen_from, rules)
    for number in range(_PASSES):
        decider.learn(homes)
        decider.choose(last=number == _PASSES - 1)
    _Rest(items, decider.choices, rules).settle()
    return decider.choices, decider.known


class _Decider:
    """Chooses for every item by the evidence that is known."""

    def __init__(
        self, items: Sequence[Item], candidates: Candidates, seen_from: SeenFrom, rules: ResolverRules
    ) -> None:
        self.items, self.candidates, self.seen_from, self.rules = items, candidates, seen_from, rules
        self.choices = [Choice() for _ in items]
        self.known = Known()
        self._seen: dict[tuple[str | int | None, ...], tuple[Scored, ...]] = {}  # by what is known in this pass

    def learn(self, homes: frozenset[str]) -> None:
        """Gather the evidence of what is decided so far."""
        known = learnt(self.items, self.choices, homes, self.rules)
        if known != self.known:
            self.known = known
            self._seen.clear()

    def choose(self, *, last: bool) -> None:
        """Choose for all items, in text order. The `last` time names may be found by their consonants."""
        head: Entry | None = None
        for at, item in enumerate(self.items):
            choice = self.choices[at]
            if not (last and choice.clear):  # what the report settled by far is not asked again
                choice = self.choices[at] = self._choice(at, item, head, last=last)
            if choice.entry is not None and choice.entry.kind in ("settlement", "governorate"):
                named = self.seen_from.unit_named(item, choice.entry) is not None or item.reference.base == ""
                head = choice.entry if named else head

    def _choice(self, at: int, item: Item, head: Entry | None, *, last: bool) -> Choice:
        """The best reading of one item: by its whole name, else by the place that it is seen from.

        `head` is the latest town before it that heads a governorate: whose countryside `الريف الغربي` is.
        """
        if item.reference.form == "border":
            return self._border(item)
        name = item.mention.name
        if item.longer:
            name = next((name for name in item.longer if self.candidates.named(name)), name)
        if item.longer and name == item.mention.name and key_of(name) in HEADS:
            return Choice(reason="the first word of a longer name")
        point = item.reference.form == "point"
        whole = self._best(self._scored(item, name, item.reference.noun))
        if whole.entry is not None and self._elsewhere(item, whole.entry):
            whole = Choice(whole.scored, reason="not where its phrase says")
        if point and not whole.scored and item.mention.ref and " " in name:
            return self._upper_or_lower(item, name)
        if whole.entry is not None and (point or whole.entry.kind in _AREAS):
            if item.reference.noun == "governorate" and whole.entry.kind == "settlement":
                whole.entry = self.seen_from.seat_of(whole.entry) or whole.entry
            whole.whole, whole.spot = True, self._spot(item, whole.entry)
            if item.reference.noun == "district" and whole.entry.kind == "settlement" and whole.spot is not None:
                whole.spot = areas.district_of(whole.spot, self.rules)
            return whole
        if point:
            return self._otherwise(item, whole, last=last)
        based = self._based(at, item, head)
        if based.entry is not None:
            based.spot, based.reason = self.seen_from.area(item, based.entry)
            if based.entry.line:
                based.spot = self._spot(item, based.entry)
            based.unit = self.seen_from.unit_named(item, based.entry) if "governorate" in based.reason else None
        return based

    def _upper_or_lower(self, item: Item, name: str) -> Choice:
        """A place whose name the tables know without its last word (`الباغوز الفوقاني`)."""
        part = self._best(self._scored(item, name.rsplit(" ", 1)[0], item.reference.noun))
        spot = self._spot(item, part.entry) if part.entry is not None else None
        if spot is not None:
            part.whole, part.spot = True, areas.wider(spot, self.rules.reach.near_adds_km)
        return part

    def _border(self, item: Item) -> Choice:
        """A border that the tables know by its name, else that of the countries that it names."""
        named = self._best(self._scored(item, item.mention.name, "none"))
        if named.entry is not None:
            named.whole, named.spot = True, self._spot(item, named.entry)
            return named
        spot = self.seen_from.border(item.reference.base, self.known.homes())
        return Choice(spot=spot, reason="border" if spot is not None else "border unknown")

    def _based(self, at: int, item: Item, head: Entry | None) -> Choice:
        """The place that an area is seen from."""
        reference = item.reference
        if word_key(reference.base) in self.rules.homeland:
            return Choice(entry=self._homeland(at))
        if not reference.base:
            return Choice(entry=head)
        based = self._best(self._scored(item, reference.base, "none"))
        if based.entry is None and reference.base.startswith("ل") and not based.scored:
            based = self._best(self._scored(item, reference.base[1:], "none"))  # الأطراف الشرقية لمنبج
        if based.entry is None and reference.bare:
            based = self._best(self._scored(item, reference.bare, "none", matched="bare"))
        return based

    def _spot(self, item: Item, entry: Entry) -> Spot | None:
        """Where a place lies; a line where it comes nearest to the other places of the sentence."""
        if entry.line:
            near = [area for at, area in self.known.nearby.get(item.sentence, ()) if at != entry.id]
            if (part := areas.along(entry, near, self.rules)) is not None:
                return part
        if entry.kind == "country":
            return self.seen_from.land(entry)
        return areas.of_entry(entry, self.rules)

    def _homeland(self, at: int) -> Entry | None:
        """The country that "the country" stands for at item `at`: that of the place before it, else of most places."""
        before = [c.entry.country for c in self.choices[max(0, at - 3) : at] if c.entry is not None and c.entry.country]
        after = [c.entry.country for c in self.choices[at + 1 : at + 2] if c.entry is not None and c.entry.country]
        for country in (*reversed(before), *after, *self.known.homes()):
            entry = self.seen_from.country(country)
            if entry is not None:
                return entry
        return None

    def _otherwise(self, item: Item, choice: Choice, *, last: bool) -> Choice:
        """A name whose noun is part of it, read without that noun; at last, places of its consonants."""
        reference = item.reference
        row = self.rules.nouns[reference.noun]
        if reference.others:
            return self._stretch(item, reference.bare, reference.others[0])
        if reference.noun == "road" and (ends := self._ends(reference)) is not None:
            return self._stretch(item, *ends)
        if reference.bare and row.bare != "no":
            found = self._scored(item, reference.bare, "none", matched="bare")
            if row.bare == "anchored":
                found = tuple(s for s in found if self._near_anchors(item, s.candidate.entry))
            bare = self._best(found)
            if bare.entry is not None and bare.entry.kind not in _AREAS:
                spot = areas.of_entry(bare.entry, self.rules)
                bare.spot = areas.wider(spot, self.rules.reach.near_adds_km) if spot is not None else None
                bare.reason = "named by its town"
                return bare
        if last and not choice.scored:
            found = self._scored(item, reference.base, reference.noun, matched="skeleton")
            alike = self._best(tuple(s for s in found if self._near_anchors(item, s.candidate.entry)))
            if alike.entry is not None:
                spot = areas.of_entry(alike.entry, self.rules)
                alike.spot = areas.wider(spot, self.rules.reach.near_adds_km) if spot is not None else None
                alike.whole, alike.reason = True, "sounds alike"
                return alike
        return choice

    def _ends(self, reference: Reference) -> tuple[str, str] | None:
        """The two known places that the words behind a road's noun are, with nothing between (`طريق دمشق حمص`)."""
        names = (reference.base.partition(" ")[2], reference.bare)
        parts = [name.split() for name in names if not self.candidates.named(name)]
        cuts = ((" ".join(words[:at]), " ".join(words[at:])) for words in parts for at in range(1, len(words)))
        return next((cut for cut in cuts if all(map(self._spelled, cut))), None)

    def _spelled(self, name: str) -> bool:
        """Whether a shipped place is called so, letter by letter."""
        return any(found.matched == "exact" and found.trust for found in self.candidates.named(name))

    def _stretch(self, item: Item, *names: str) -> Choice:
        """A road that is named by its two ends: what lies between them."""
        ends = [self._best(self._scored(item, name, "none")) for name in names]
        spots = [areas.of_entry(end.entry, self.rules) for end in ends if end.entry is not None]
        if len(spots) < len(ends) or spots[0] is None or spots[1] is None:
            return Choice(reason="an end is not known")
        both = areas.between(spots[0], spots[1], self.rules, most_km=self.rules.reach.road_most_km)
        country = ends[0].entry.country if ends[0].entry is not None else ""
        if both is not None:
            both = Spot(both.lat, both.lon, both.radius_km, "line")
        return Choice(spot=both, reason="between its ends" if both is not None else "too long", country=country)

    def _scored(self, item: Item, name: str, noun: str, matched: str = "") -> tuple[Scored, ...]:
        """The candidates for `name`, best first."""
        known, mention = self.known, item.mention
        if item.units or item.beside:
            return self._score(item, name, noun, matched, None)
        # The same name is asked about again and again; only the other places of its sentence may tell it apart.
        sentence = item.sentence if item.sentence in known.nearby else -1
        same, rule = known.senses.get(mention.name), mention.rule if mention.rule in self.rules.sizes else ""
        place = (name, noun, matched, same, mention.ref, rule, sentence)
        scored = self._seen.get(place)
        if scored is None:
            scored = self._seen[place] = self._score(item, name, noun, matched, same)
        return scored

    def _score(self, item: Item, name: str, noun: str, matched: str, same: str | None) -> tuple[Scored, ...]:
        found: Sequence[Candidate]
        found = self.candidates.sounding(name) if matched == "skeleton" else self.candidates.named(name)
        if not found:
            return ()
        if matched == "bare":
            found = [self.candidates.matched(candidate, "bare") for candidate in found]
        inside, land = self._inside(item)
        scorer = Scorer(self.rules, self.known, noun, item.sentence, inside, land)
        return scorer.all(found, item.mention, same)

    def _inside(self, item: Item) -> tuple[list[Area], list[str]]:
        """The areas, and the countries, that the phrase of `item` puts it in or beside."""
        found: list[Area] = []
        land: list[str] = []
        for at in (*item.units, *item.beside):
            choice = self.choices[at]
            if choice.entry is not None and choice.entry.kind == "country":
                land.append(choice.entry.country)
            elif choice.spot is not None and (choice.spot.box is not None or choice.spot.precision not in _TOO_WIDE):
                wide = choice.spot if choice.spot.box is not None else areas.wider(choice.spot, self.rules.around_km)
                found.append(wide.area())
        return found, land

    def _elsewhere(self, item: Item, entry: Entry) -> bool:
        """Whether a place lies far from a town that its phrase puts it in or beside, or on that town's other side.

        A town that gives its governorate the name may stand for that, which is large (الميادين بدير الزور); what lies
        on a side of a town may lie far off (القائم غرب الرمادي).
        """
        if entry.lat is None or entry.lon is None or entry.kind in _AREAS or entry.line:
            return False
        for at in (*item.units, *item.beside):
            town, spot, reference = self.choices[at].entry, self.choices[at].spot, self.items[at].reference
            if town is None or spot is None or spot.precision not in ("exact", "near"):
                continue
            if self.seen_from.unit_named(self.items[at], town) is not None:
                continue
            far = spot.area().gap_km(entry.lat, entry.lon) > 2 * self.rules.around_km
            north, east = entry.lat - (town.lat or 0.0), entry.lon - (town.lon or 0.0)
            side = (reference.north, reference.east)
            if far and (side == (0, 0) or north * side[0] + east * side[1] < 0):
                return True
        return False

    def _best(self, scored: tuple[Scored, ...]) -> Choice:
        """The best candidate, where it has enough and leads enough."""
        if not scored:
            return Choice()
        weights = self.rules.score
        top = scored[0]
        rivals = [s for s in scored[1:] if not self._one(top.candidate.entry, s.candidate.entry)]
        least = weights.enough if rivals else weights.alone if top.candidate.trust < 2 else weights.alone_trusted
        if top.points < least:
            return Choice(scored, reason="too little evidence")
        if rivals and top.points - rivals[0].points < weights.margin:
            return Choice(scored, reason="ambiguous")
        lead = top.points - rivals[0].points if rivals else top.points
        clear = lead >= 4 * weights.margin and not top.candidate.entry.line and self.known.places > 0
        return Choice(scored, top.candidate.entry, top.points >= weights.sure, reason="named", clear=clear)

    def _one(self, first: Entry, second: Entry) -> bool:
        """Whether it makes no odds which is meant: two rows of one place, places next to each other, or a governorate
        and the region of its name in it.
        """
        if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
            return first.id == second.id
        for unit, other in ((first, second), (second, first)):
            if unit.kind == "governorate" and other.kind == "region" and unit.box is not None:
                return box_km(unit.box, other.lat or 0.0, other.lon or 0.0) == 0
        return km(first.lat, first.lon, second.lat, second.lon) <= self.rules.reach.same_km

    def _near_anchors(self, item: Item, entry: Entry) -> bool:
        """Whether a place lies near to the others of the sentence, or of the report where that has none."""
        if entry.lat is None or entry.lon is None:
            return False
        reach = self.rules.reach.skeleton_km
        near = [area for at, area in self.known.nearby.get(item.sentence, ()) if at != entry.id]
        near = near or [area for at, area in self.known.anchors if at != entry.id]
        return any(area.gap_km(entry.lat, entry.lon) <= reach for area in near)


class _Rest:
    """What the passes leave over: between, distances, and areas for names that have no place of their own."""

    def __init__(self, items: Sequence[Item], choices: list[Choice], rules: ResolverRules) -> None:
        self.items, self.choices, self.rules = items, choices, rules
        self.rows: dict[int, str] = {}  # the country of each list

    def settle(self) -> None:
        """Give the rest what can be said of it; descriptions what their name has."""
        rows: dict[int, list[Spot]] = {}
        for item, choice in zip(self.items, self.choices, strict=True):
            if item.row >= 0 and choice.whole and choice.spot is not None and choice.entry is not None:
                rows.setdefault(item.row, []).append(choice.spot)
                self.rows.setdefault(item.row, choice.entry.country)
        among = {row: areas.around(spots, self.rules) for row, spots in rows.items()}
        told: dict[tuple[str, str], Choice] = {}
        for at, item in enumerate(self.items):
            choice = self.choices[at]
            self._between(at, item)
            if choice.reason == "named":
                self._at_distance(item, choice)
            if choice.spot is None and choice.entry is None:
                self._area(item, choice, among.get(item.row))
            if choice.spot is not None:
                told.setdefault((item.mention.name, item.reference.noun), choice)
        self._again(told)

    def _again(self, told: dict[tuple[str, str], Choice]) -> None:
        """A name that is unsaid here has what it has elsewhere in the report; a description the latest of its name."""
        latest: dict[str, Choice] = {}
        for at, item in enumerate(self.items):
            name, choice = item.mention.name, self.choices[at]
            same = told.get((name, item.reference.noun)) or told.get((name, "none"))
            if item.mention.subtype == "description":
                self.choices[at] = latest.get(name) or same or choice
            elif choice.spot is not None:
                latest[name] = choice
            elif choice.entry is None and same is not None:
                choice.entry, choice.spot, choice.reason = same.entry, same.spot, same.reason
                choice.unit, choice.country = same.unit, same.country

    def _between(self, at: int, item: Item) -> None:
        """Two places that the text stands between have the area between them."""
        first, second = self.choices[at], self.choices[item.partner]
        if item.partner <= at or first.spot is None or second.spot is None:
            return
        both = areas.between(first.spot, second.spot, self.rules)
        if both is not None:
            first.spot = second.spot = both
            first.reason = second.reason = "between"

    def _at_distance(self, item: Item, choice: Choice) -> None:
        if item.distance_km is None or choice.spot is None or item.distance_km > self.rules.reach.stated_most_km:
            return
        choice.spot, choice.reason = areas.at_distance(choice.spot, (0, 0), item.distance_km, self.rules), "distance"

    def _area(self, item: Item, choice: Choice, among: Spot | None) -> None:
        """The area of near namesakes, of the unit or neighbour of the phrase, or of the list."""
        if item.reference.form != "point" or item.reference.noun in _NOWHERE:
            return
        near = self._namesakes(choice) if choice.reason == "ambiguous" else None
        if near is not None:
            choice.spot, choice.reason = near, "one of several near each other"
            choice.country = choice.scored[0].candidate.entry.country
            return
        for at in (*item.beside, *item.units):
            found = self.choices[at].spot
            if found is not None and self.choices[at].entry is not None and found.precision not in _TOO_WIDE:
                beside = at in item.beside
                added = self.rules.around_km if beside else self.rules.reach.near_adds_km
                choice.spot = areas.wider(found, added) if found.precision in ("exact", "near") or beside else found
                choice.reason = "beside what its phrase names" if beside else "in the unit that its phrase names"
                self._of(choice, self.choices[at], within=not beside)
                return
        if among is not None:
            choice.spot, choice.reason = among, "among its list"
            choice.country = self.rows[item.row]

    def _of(self, choice: Choice, other: Choice, *, within: bool = False) -> None:
        """What lies in or beside another place lies in its country; what lies in it, in its governorate as well."""
        entry = other.entry
        choice.country = entry.country if entry is not None else other.country
        if within:
            choice.unit = entry if entry is not None and entry.kind == "governorate" else other.unit

    def _namesakes(self, choice: Choice) -> Spot | None:
        """The area of the candidates that are as good as the best, where they are near to each other."""
        best = choice.scored[0].points - self.rules.score.margin
        rows = [areas.of_entry(s.candidate.entry, self.rules) for s in choice.scored if s.points > best]
        spots = [spot for spot in rows if spot is not None]
        return areas.cluster(spots, self.rules) if len(spots) == len(rows) else None

"""What a report says of where its places lie, gathered from what is already decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sijill.model import Document, Mention, MentionKind
from sijill.places.areas import Spot
from sijill.places.candidates import Scored
from sijill.places.context import Item
from sijill.places.entry import Entry
from sijill.places.geometry import Area, Box
from sijill.places.rules import ResolverRules, word_key

__all__ = ["Choice", "Known", "homes_of", "learnt"]

_ANCHORS = 40
_NEARBY = 8
_COUNTRY, _ACTOR = 0.5, 0.25  # what a country's name, an actor's home weigh beside a place


class Choice(msgspec.Struct):
    """What is decided so far of one item: its candidates, the place (or that it is seen from), the area, and why.

    `sure` lets it help to resolve others; `clear`: no other comes near it; `whole`: the place is the item itself and
    not what it is seen from. `unit` is the governorate that an area is of or in, `country` the country of one that has
    no place of its own.
    """

    scored: tuple[Scored, ...] = ()
    entry: Entry | None = None
    sure: bool = False
    whole: bool = False
    clear: bool = False
    spot: Spot | None = None
    reason: str = ""
    unit: Entry | None = None
    country: str = ""


class Known(msgspec.Struct):
    """The evidence of a report.

    `weights` is what speaks for each country, `counted` what of it each sure place gives, `places` how many these are;
    `units` the boxes of the governorates named; `anchors` the areas of the places, with their ids; `nearby` those of
    each sentence; `senses` what the names are that a phrase puts in a unit.
    """

    weights: dict[str, float] = {}
    counted: dict[str, float] = {}
    total: float = 0.0
    places: int = 0
    units: dict[str, Box] = {}
    anchors: tuple[tuple[str, Area], ...] = ()
    nearby: dict[int, list[tuple[str, Area]]] = {}
    senses: dict[str, str] = {}

    def homes(self) -> list[str]:
        """The countries that it lies in, the one with most of it first."""
        return sorted(self.weights, key=lambda country: (-self.weights[country], country))


def homes_of(document: Document, mentions: Iterable[Mention], rules: ResolverRules) -> frozenset[str]:
    """The countries that a report is at home in, a weak hint: of its armed groups and the like, by their ids (`sy-…`;
    states may act abroad), of the adjectives in its outlet's name, and of its address.
    """
    homes = {m.ref[:2].upper() for m in mentions if m.kind is MentionKind.ACTOR and m.ref and m.ref[2:3] == "-"}
    for word in (document.outlet or "").split():
        country = rules.adjectives.get(word_key(word))
        if country is not None:
            homes.add(country)
    parts = (document.url or "").split("/", 3)
    domain = parts[2].rsplit(":", 1)[0].rpartition(".")[2].upper() if len(parts) > 2 else ""
    return frozenset(homes | ({domain} & frozenset(rules.adjectives.values())))


def learnt(items: Sequence[Item], choices: Sequence[Choice], homes: frozenset[str], rules: ResolverRules) -> Known:
    """The evidence in what is sure by now. A place counts once, however often it is named."""
    weights = dict.fromkeys(sorted(homes), _ACTOR)
    units: dict[str, Box] = {}
    anchors: dict[str, Area] = {}
    nearby: dict[int, list[tuple[str, Area]]] = {}
    senses: dict[str, str] = {}
    counted: dict[str, float] = {}
    for item, choice in zip(items, choices, strict=True):
        entry, spot = choice.entry, choice.spot
        if entry is None or not choice.sure or (entry.kind == "country" and item.mention.rule == "known.state"):
            continue
        if entry.id not in counted:
            step = counted[entry.id] = _COUNTRY if entry.kind in ("country", "continent") else 1.0
            weights[entry.country] = weights.get(entry.country, 0.0) + step
        if choice.whole and (item.units or item.beside):
            senses.setdefault(item.mention.name, entry.id)
        if entry.box is not None:
            units[entry.id] = entry.box
        elif spot is not None and spot.radius_km <= rules.score.anchor_km:
            anchors.setdefault(entry.id, spot.area())
            close = nearby.setdefault(item.sentence, [])
            if len(close) < _NEARBY:
                close.append((entry.id, spot.area()))
    weights.pop("", None)
    places = sum(step == 1.0 for step in counted.values())
    return Known(
        weights, counted, sum(weights.values()), places, units, tuple(anchors.items())[:_ANCHORS], nearby, senses
    )

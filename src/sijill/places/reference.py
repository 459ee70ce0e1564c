"""What the name of a place says of itself: the place that it is seen from, on which side, how near.

`ريف دير الزور الشرقي` is the eastern countryside of دير الزور, `محيط سرمين` what lies around سرمين, `مخيم الهول` a
camp whose bare name is الهول.

Source: Wright, A Grammar of the Arabic Language, vol. 2: a noun of direction governs the place that it is seen from; an
adjective of the compass behind the name agrees with the noun before it (`ريف حلب الشمالي`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from sijill.model import Mention
from sijill.places.rules import ResolverRules, word_key

__all__ = ["Form", "Reference", "reference_of"]

Form = Literal["point", "side", "countryside", "edge", "middle", "border"]
_MARKS = str.maketrans(dict.fromkeys("\"“”„«»‹›'‘’`()[]{}،,؛_#", " "))
_DEFINITE_PREFIX = "لل"
_DASHES = frozenset("-–")
_REMEMBERED = 8_192  # names whose reading is kept: a report gives the same ones again and again


class Reference(msgspec.Struct, frozen=True, gc=False):
    """A place name taken apart: `base` the place that it is seen from ('' where unsaid), `others` more such places.

    `noun` is the class of the noun of place that announces it (`none`: no noun), `north`, `east` the side (-1, 0, 1),
    `adds_km` what an edge adds, `bare` the base without the noun that is part of it (`الهول` of `مخيم الهول`).
    """

    form: Form
    base: str
    noun: str
    bare: str = ""
    north: int = 0
    east: int = 0
    adds_km: float = 0.0
    others: tuple[str, ...] = ()


def reference_of(mention: Mention, rules: ResolverRules) -> Reference:
    """How the place of `mention` is named."""
    return _reference(mention.name, mention.subtype or "none", mention.rule.startswith("noun."), rules)


@lru_cache(maxsize=_REMEMBERED)
def _reference(name: str, subtype: str, announced: bool, rules: ResolverRules) -> Reference:  # noqa: FBT001
    if subtype == "border":
        return Reference("border", name, "none")
    words = name.translate(_MARKS).split()
    if subtype == "relative" or (words and word_key(words[0]) in rules.countryside):
        return _relative(words, rules)
    noun = subtype if announced and subtype in rules.nouns else "none"
    if subtype in ("country", "continent"):
        noun = "country"
    row = rules.nouns[noun]
    if (
        noun == "road"
        and (dashed := [k for k, word in enumerate(words) if word in _DASHES])
        and 1 < dashed[0] < len(words) - 1
    ):
        ends = " ".join(words[1 : dashed[0]]), " ".join(words[dashed[0] + 1 :])
        return Reference("point", " ".join(words), noun, bare=ends[0], others=ends[1:])
    if row.whole and len(words) > 1:
        return Reference("point", " ".join(words), noun, bare=_without_works(words[1:]))
    return Reference("point", " ".join(words), noun)


def _without_works(words: list[str]) -> str:
    """The words without adjectives of what a noun works as (`العسكري`): those that end in a nisba behind a name."""
    last = len(words)
    while last > 1 and words[last - 1].startswith("ال") and words[last - 1].endswith(("ي", "ية", "يه", "رى", "لى")):
        last -= 1
    return " ".join(words[:last])


def _relative(words: list[str], rules: ResolverRules) -> Reference:
    """A name that begins with words of direction, edge or countryside, or ends with adjectives of the compass."""
    form: Form = "point"
    north = east = 0
    adds = 0.0
    first, last = 0, len(words)
    while first < last:
        key = word_key(words[first])
        joined = key[1:] if first and key.startswith("و") else key
        if key in rules.sides or joined in rules.sides:
            side = rules.sides.get(key) or rules.sides[joined]
            north, east = north + side[0], east + side[1]
            form = form if form == "countryside" else "side"
        elif key in rules.middle:
            form = form if form == "countryside" else "middle"
        elif key in rules.edges:
            adds = max(adds, rules.edges[key])
            form = form if form in ("countryside", "side") else "edge"
        elif key in rules.countryside:
            form = "countryside"
        elif key != "اقصي":
            break
        first += 1
    while last > first + 1 and word_key(words[last - 1]) in rules.sides and form == "countryside":
        side = rules.sides[word_key(words[last - 1])]
        north, east, last = north + side[0], east + side[1], last - 1
    if last > first + 1 and word_key(words[last - 1]) in rules.middle and form == "countryside":
        last -= 1
    base = words[first:last]
    if base and base[0].startswith(_DEFINITE_PREFIX):
        base[0] = "ال" + base[0][2:]
    names = _split_and(base)
    noun = "none"
    bare = " ".join(names[0][1:]) if names and len(names[0]) > 1 else ""
    return Reference(
        form,
        " ".join(names[0]) if names else "",
        noun,
        bare=bare if form == "edge" else "",
        north=max(-1, min(1, north)),
        east=max(-1, min(1, east)),
        adds_km=adds,
        others=tuple(" ".join(name) for name in names[1:]),
    )


def _split_and(words: list[str]) -> list[list[str]]:
    """`words` cut before each that begins with "and", so far as it is no first word."""
    names: list[list[str]] = []
    for k, word in enumerate(words):
        if k and word.startswith("و") and len(word) > 3:
            names.append([word[1:]])
        elif names:
            names[-1].append(word)
        else:
            names.append([word])
    return names

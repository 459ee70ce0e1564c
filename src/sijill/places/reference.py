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
    view, first = _View(), 0
    while first < len(words):
        nearer = _seen_by(view, word_key(words[first]), rules, joined=first > 0)
        if nearer is None:
            break
        view, first = nearer, first + 1
    view, last = _described(view, words, first, rules)
    base = words[first:last]
    if base and base[0].startswith(_DEFINITE_PREFIX):
        base[0] = "ال" + base[0][2:]
    names = _split_and(base)
    bare = " ".join(names[0][1:]) if names and len(names[0]) > 1 else ""
    return Reference(
        view.form,
        " ".join(names[0]) if names else "",
        "none",
        bare=bare if view.form == "edge" else "",
        north=max(-1, min(1, view.north)),
        east=max(-1, min(1, view.east)),
        adds_km=view.adds_km,
        others=tuple(" ".join(name) for name in names[1:]),
    )


class _View(msgspec.Struct, frozen=True):
    """From where a place is seen, as far as the words have been read; see `Reference`."""

    form: Form = "point"
    north: int = 0
    east: int = 0
    adds_km: float = 0.0

    def turned(self, form: Form, side: tuple[int, int]) -> _View:
        """The view with one more side of the compass: شمال and شرق are the north-east."""
        return _View(form, self.north + side[0], self.east + side[1], self.adds_km)


def _seen_by(view: _View, key: str, rules: ResolverRules, *, joined: bool) -> _View | None:
    """`view` with what the next word before the name says; None for a word of the name. `joined` lets و precede it."""
    land = view.form == "countryside"
    side = rules.sides.get(key) or (rules.sides.get(key[1:]) if joined and key.startswith("و") else None)
    if side is not None:
        return view.turned("countryside" if land else "side", side)
    if key in rules.middle:
        return view if land else msgspec.structs.replace(view, form="middle")
    if key in rules.edges:
        form = view.form if land or view.form == "side" else "edge"
        return msgspec.structs.replace(view, form=form, adds_km=max(view.adds_km, rules.edges[key]))
    if key in rules.countryside:
        return msgspec.structs.replace(view, form="countryside")
    return view if key in rules.extreme else None


def _described(view: _View, words: list[str], first: int, rules: ResolverRules) -> tuple[_View, int]:
    """The view with the adjectives behind a countryside's name (ريف حلب الشمالي), and the word behind the name."""
    last = len(words)
    if view.form != "countryside":
        return view, last
    while last > first + 1 and (side := rules.sides.get(word_key(words[last - 1]))) is not None:
        view, last = view.turned(view.form, side), last - 1
    if last > first + 1 and word_key(words[last - 1]) in rules.middle:
        last -= 1
    return view, last


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

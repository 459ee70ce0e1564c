"""How the places of a report hang together: lists, the unit that a phrase puts a place in, distances, "between"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from sijill.model import Mention, MentionKind, Text, Values, Word, WordKind
from sijill.places.reference import Reference, reference_of
from sijill.places.rules import ResolverRules

__all__ = ["Item", "items_of"]

_LONGEST_LINK = 4
_UNITS = frozenset(("side", "countryside", "edge", "middle"))
_OPEN = frozenset(("و", "أو", "او"))
_INSIDE_MARKS = frozenset('،,()[]«»"“”-–/')


class Item(msgspec.Struct):
    """A place of a report as it stands there.

    `units` are the items that its phrase says it lies in, `list_` the number of the list that it is a member of (-1:
    none), `distance_km` how far off the text says it is, `partner` the other place of "between", `links` whether a
    preposition of place stands before it.
    """

    mention: Mention
    reference: Reference
    sentence: int
    units: tuple[int, ...] = ()
    list_: int = -1
    distance_km: float | None = None
    partner: int = -1


def items_of(text: Text, values: Values, mentions: Sequence[Mention], rules: ResolverRules) -> list[Item]:
    """The places of a report in text order, with what their phrases say."""
    named = [m for m in mentions if m.kind is MentionKind.PLACE]
    items = [Item(m, reference_of(m, rules), text.words[m.first].sentence) for m in named]
    _join(items, text.words, rules)
    _distances(items, text.words, values, rules)
    return items


def _join(items: list[Item], words: Sequence[Word], rules: ResolverRules) -> None:
    """Lists, "between", and the units of phrases; from the end, so that a list has the unit behind its last member."""
    lists = 0
    for k in range(len(items) - 2, -1, -1):
        item, following = items[k], items[k + 1]
        if item.sentence != following.sentence:
            continue
        gap = words[item.mention.last : following.mention.first]
        if _in_list(gap, words[following.mention.first]) and _alike(item, following):
            if following.list_ < 0:
                following.list_ = lists
                lists += 1
            item.list_ = following.list_
            item.units = following.units
            if _after_between(item, words, rules):
                item.partner, following.partner = k + 1, k
        elif _links(gap, words[following.mention.first], following, rules):
            item.units = (k + 1, *following.units)


def _alike(item: Item, following: Item) -> bool:
    """Whether the two can be members of one list: places of the same order, or both seen from another place."""
    return (item.reference.form in _UNITS) == (following.reference.form in _UNITS)


def _in_list(gap: Sequence[Word], head: Word) -> bool:
    """Whether nothing but commas and "and" stand between two places, nouns of place left aside."""
    joined = head.proclitics[:1] == "و"
    plain = [word for word in gap if word.kind is not WordKind.PUNCT]
    if not plain:
        return joined or any(word.form in "،,/-–" for word in gap)
    return len(plain) == 1 and (plain[0].form in _OPEN or (plain[0].proclitics[:1] == "و" and len(plain) == len(gap)))


def _links(gap: Sequence[Word], head: Word, following: Item, rules: ResolverRules) -> bool:
    """Whether the words between say that a place lies in the following one."""
    if len(gap) > _LONGEST_LINK:
        return False
    prepositions = head.proclitics in ("ب", "ل")
    for word in gap:
        if word.kind is WordKind.PUNCT:
            if word.form not in _INSIDE_MARKS:
                return False
            continue
        if word.proclitics not in ("", "ب", "ل") or _key(word) not in rules.links:
            return False
        prepositions = prepositions or word.form in ("في", "من", "ضمن", "داخل", "ب") or word.proclitics == "ب"
    if following.reference.form in _UNITS:
        return True
    return prepositions or (bool(gap) and following.reference.noun in ("governorate", "district"))


def _key(word: Word) -> str:
    return word.key[len(word.proclitics) :].removeprefix("ال") if not word.article else word.stem


def _after_between(item: Item, words: Sequence[Word], rules: ResolverRules) -> bool:
    """Whether "between" stands before the place, nouns of place left aside."""
    at = item.mention.first - 1
    if at >= 0 and _key(words[at]) in rules.links and _key(words[at]) not in rules.between:
        at -= 1
    return at >= 0 and words[at].sentence == item.sentence and _key(words[at]) in rules.between


def _distances(items: list[Item], words: Sequence[Word], values: Values, rules: ResolverRules) -> None:
    """The distances that stand right before a place: `على بعد 5 كلم غرب المدينة`, `5 كلم من المدينة`."""
    if not items:
        return
    firsts = [item.mention.first for item in items]
    for quantity in values.quantities:
        if quantity.noun_class not in rules.kilometres or quantity.high is None:
            continue
        at = bisect_left(firsts, quantity.last)
        if at == len(items) or items[at].sentence != words[quantity.first].sentence:
            continue
        gap = words[quantity.last : items[at].mention.first]
        if len(gap) <= _LONGEST_LINK and all(_says_distance(word, rules) for word in gap):
            items[at].distance_km = float(quantity.high)


def _says_distance(word: Word, rules: ResolverRules) -> bool:
    key = _key(word)
    return word.form in ("من", "عن", "إلى", "الى", "ال") or key in rules.links or key in rules.sides

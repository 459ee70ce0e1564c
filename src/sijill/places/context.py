"""How the places of a report hang together: lists, the unit that a phrase puts a place in, distances, "between".

Source: Wright, A Grammar of the Arabic Language, vol. 2: conjuncts joined by "and" are of one kind, and a preposition
behind the last of them holds for all (قرى أ وب بريف ج).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from sijill.model import Mention, MentionKind, Text, Values, Word, WordKind
from sijill.places.reference import Reference, reference_of
from sijill.places.rules import ResolverRules

__all__ = ["Item", "items_of"]

_LONGEST_LINK = 5
_UNITS = 3  # a village, in a district, in a governorate, in a country
_SEEN_FROM = frozenset(("side", "countryside", "edge", "middle"))
_SEPARATORS = frozenset("،,/-–")
_INSIDE_MARKS = frozenset('،,()[]«»"“”-–/')


class Item(msgspec.Struct):
    """A place of a report as it stands there.

    `units` are the items that its phrase says it lies in, `beside` those that it lies near to, `row` the number of the
    list that it is a member of (-1: none), `distance_km` how far off the text says it is, `partner` the other place of
    "between" (-1: none), `longer` the name with the words that follow it, the longest first: a gazetteer may know it.
    """

    mention: Mention
    reference: Reference
    sentence: int
    units: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    row: int = -1
    distance_km: float | None = None
    longer: tuple[str, ...] = ()
    partner: int = -1


def items_of(text: Text, values: Values, mentions: Sequence[Mention], rules: ResolverRules) -> list[Item]:
    """The places of a report in text order, with what their phrases say. Linear in the number of words."""
    named = [m for m in mentions if m.kind is MentionKind.PLACE]
    items = [Item(m, reference_of(m, rules), text.words[m.first].sentence) for m in named]
    _lengthen(items, text.words, rules)
    _Phrases(items, text.words, rules).join()
    _distances(items, text.words, values, rules)
    return items


class _Phrases:
    """Joins neighbouring places; from the end, so that a list has the unit that stands behind its last member."""

    def __init__(self, items: list[Item], words: Sequence[Word], rules: ResolverRules) -> None:
        self.items, self.words, self.rules = items, words, rules

    def join(self) -> None:
        """Fill in `units`, `beside`, `row` and `partner` of every item."""
        rows = 0
        for k in range(len(self.items) - 2, -1, -1):
            item, following = self.items[k], self.items[k + 1]
            if item.sentence != following.sentence:
                continue
            gap = self.words[item.mention.last : following.mention.first]
            head = self.words[following.mention.first]
            if not gap and item.reference.form == "countryside" and not item.reference.base:
                # The eastern countryside of …: what it belongs to stands behind it, with its own preposition.
                item.reference = msgspec.structs.replace(item.reference, base=following.reference.base)
            if _in_list(gap, head, self.rules) and _alike(item, following):
                if following.row < 0:
                    following.row, rows = rows, rows + 1
                item.row, item.units, item.beside = following.row, following.units, following.beside
                if self._behind_between(item):
                    item.partner, following.partner = k + 1, k
                continue
            if head.proclitics[:1] == "و" and not gap and following.reference.form != "edge":
                continue  # "and" puts nothing inside another: الرقة وريف حلب
            relation = self._relation(gap, head, following)
            if relation == "in":
                item.units, item.beside = (k + 1, *following.units)[:_UNITS], following.beside
            elif relation == "near":
                item.beside, item.units = (k + 1, *following.beside)[:_UNITS], following.units

    def _relation(self, gap: Sequence[Word], head: Word, following: Item) -> str:
        """What the words between say: `in` the following place, `near` it, or nothing."""
        if len(gap) > _LONGEST_LINK:
            return ""
        within = head.proclitics == "ب"
        near = False
        for word in gap:
            if word.kind is WordKind.PUNCT:
                if word.form not in _INSIDE_MARKS:
                    return ""
                continue
            key = bare_key(word)
            near = near or key in self.rules.near
            if word.proclitics not in ("", "ب", "ل") or not (key in self.rules.links or key in self.rules.near):
                return ""
            within = within or key in self.rules.within or word.proclitics == "ب"
        if near or following.reference.form == "edge":
            return "near"
        if following.reference.form in _SEEN_FROM or within:
            return "in"
        named = following.reference.noun in ("governorate", "district")
        return "in" if named and any(word.kind is WordKind.WORD for word in gap) else ""

    def _behind_between(self, item: Item) -> bool:
        """Whether "between" stands before the place, nouns of place left aside."""
        at = item.mention.first - 1
        if at >= 0 and bare_key(self.words[at]) in self.rules.links:
            at -= 1
        same = at >= 0 and self.words[at].sentence == item.sentence
        return same and bare_key(self.words[at]) in self.rules.between


def _lengthen(items: list[Item], words: Sequence[Word], rules: ResolverRules) -> None:
    """The name of a place with one or two more words, where these go on with nothing between (داود, of داود آوه)."""
    starts = {item.mention.first for item in items}
    for item in items:
        if item.reference.form != "point" or not item.mention.rule.startswith(("noun.", "list.")):
            continue
        name, longer = item.mention.name, []
        for at in range(item.mention.last, min(item.mention.last + 2, len(words))):
            word = words[at]
            # A first letter may have been taken for a proclitic (كفر فاقود); "and" goes on with something else.
            goes_on = word.kind is WordKind.WORD and "و" not in word.proclitics and at not in starts
            if not goes_on or word.sentence != item.sentence or bare_key(word) in rules.links:
                break
            name = f"{name} {word.form}"
            longer.append(name)
        item.longer = tuple(reversed(longer))


def bare_key(word: Word) -> str:
    """The key of a word without proclitics and article."""
    return word.stem if word.article else word.key[len(word.proclitics) :].removeprefix("ال")


def _alike(item: Item, following: Item) -> bool:
    """Whether the two can be members of one list: both named by themselves, or both seen from another place."""
    return (item.reference.form in _SEEN_FROM) == (following.reference.form in _SEEN_FROM)


def _in_list(gap: Sequence[Word], head: Word, rules: ResolverRules) -> bool:
    """Whether nothing but commas, "and" and "or" (with a noun of place at most) stand between two places."""
    plain = [word for word in gap if word.kind is not WordKind.PUNCT]
    if not plain:
        return head.proclitics[:1] == "و" or any(word.form in _SEPARATORS for word in gap)
    return len(plain) == 1 and (plain[0].key in rules.joins or plain[0].proclitics[:1] == "و")


def _distances(items: list[Item], words: Sequence[Word], values: Values, rules: ResolverRules) -> None:
    """The distances that stand right before a place: `على بعد 5 كلم غرب المدينة`, `5 كلم من المدينة`."""
    firsts = [item.mention.first for item in items]
    for quantity in values.quantities:
        if quantity.noun_class != "kilometres" or quantity.high is None:
            continue
        at = bisect_left(firsts, quantity.last)
        if at == len(items) or items[at].sentence != words[quantity.first].sentence:
            continue
        gap = words[quantity.last : items[at].mention.first]
        if len(gap) <= _LONGEST_LINK and all(_says_distance(word, rules) for word in gap):
            items[at].distance_km = float(quantity.high)


def _says_distance(word: Word, rules: ResolverRules) -> bool:
    key = bare_key(word)
    return key in rules.distance or key in rules.links or key in rules.sides

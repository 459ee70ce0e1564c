"""The amounts of people of a sentence as a claim counts them: shares with their number, the hurt with their noun.

`4 منهم أطفال` is four children, `طفلين جريحين` two hurt children, `خسائر بشرية` an amount that no number tells.

Source: the annotation guidelines ("Count kind", the table of amounts).
"""

from __future__ import annotations

import msgspec

from sijill.claims.view import View
from sijill.model import Count, CountKind, CountWho, MentionKind, Quantity, Span, WordKind
from sijill.names.knowledge import ARMED

__all__ = ["HARM", "SHARE", "people_of", "who_of"]

# What these nouns say goes before the verb; others (نازحين، أسرى) are a standing that the verb changes.
HARM = frozenset([CountKind.KILLED, CountKind.INJURED, CountKind.KILLED_OR_INJURED])
SHARE = "share"
_OF_THEM = frozenset(["منهم", "منهن"])
_LOSSES = "خساير"
_HUMAN = frozenset(["بشريه"])
_LIVES = frozenset(["ارواح"])
_LOSS_REACH = 3
_OR = "او"
_BETWEEN, _DEAD, _WOUNDED = "بين", "قتيل", "جريح"
# Those whom this is said of serve a gun, a vehicle or a force.
_CREWS = frozenset(["طاقم", "افراد", "عناصر", "جنود"])
_NOUN_REACH = 4
_AMONG = frozenset(["بين", "صفوف", "اوساط"])
_AMONG_REACH = 4
_IN_RANKS = frozenset(["في", "من", "بين"])
# Whose they are: عنصر من الكتيبة, مسؤول في الحزب, قيادي ب…
_BELONGS = frozenset(["من", "في", "لدي", "ب", "ل"])
_OPEN_CLASSES = frozenset([None, "persons", "officials", "casualties"])


def people_of(view: View, start: int, end: int) -> list[Quantity]:
    """The amounts of people that begin at words `start`..`end` of the sentence, in text order."""
    rows: list[Quantity] = []
    whole: set[int] = set()
    for told in view.quantities:
        if not start - _NOUN_REACH <= view.local(told)[0] < end:
            continue
        quantity = _of_group(view, _of_his(view, told))
        merged = _merged(view, rows[-1], quantity) if rows else None
        if merged is None:
            rows.append(quantity)
        else:
            rows[-1] = merged
            whole.add(merged.first)
    losses = [found for at in range(start, end) if view.stems[at] == _LOSSES and (found := _loss(view, at)) is not None]
    losses += [one for at in range(start, end) if view.stems[at] == _BETWEEN and (one := _theirs(view, at)) is not None]
    rows = [one for one in rows if view.local(one)[0] >= start or (one.first in whole and view.local(one)[1] > start)]
    if not losses:
        return rows
    taken = {at for one in losses for at in range(one.first, one.last)}
    rows = [one for one in rows if one.first not in taken]
    return sorted([*rows, *losses], key=lambda one: (one.first, one.last))


def _of_group(view: View, quantity: Quantity) -> Quantity:
    """`خمسة في صفوف رجال الأمن`: a number alone counts people where the group behind it says who they are."""
    if quantity.noun is not None or quantity.definite or quantity.person:
        return quantity
    last = view.local(quantity)[1]
    if last + 1 >= len(view) or view.stems[last] not in _IN_RANKS or view.stems[last + 1] not in _AMONG:
        return quantity
    who = _among(view, last)[0]
    if who is CountWho.UNSPECIFIED:
        return quantity
    return msgspec.structs.replace(quantity, who=who, person=True, noun_class="persons")


def _of_his(view: View, quantity: Quantity) -> Quantity:
    """`والده` is his father, not `والدة`: before a pronoun the feminine ending would be written ت."""
    word = view.words[view.local(quantity)[1] - 1]
    if quantity.who is not CountWho.WOMEN or not quantity.bare or not word.enclitic:
        return quantity
    if word.form[: len(word.form) - len(word.enclitic)].endswith("ت"):
        return quantity
    return msgspec.structs.replace(quantity, who=CountWho.UNSPECIFIED)


def _merged(view: View, one: Quantity, two: Quantity) -> Quantity | None:
    """The amount `one` with what `two` behind it says of the same people; None where `two` tells others."""
    if one.bare and one.definite and _tells_how_many(view, one, two):
        phrase = Span(one.phrase.start, two.phrase.end)
        return msgspec.structs.replace(one, low=two.low, high=two.high, phrase=phrase, last=two.last)
    if one.bare and not one.definite and one.rule != "number" and _repeats(view, one, two):
        phrase = Span(one.phrase.start, two.phrase.end)
        low = one.low if view.stems[view.local(one)[1]] == _OR else two.low
        return msgspec.structs.replace(one, low=low, high=two.high, phrase=phrase, last=two.last, bare=False)
    if not two.bare or two.definite:
        return None
    at, (first, last) = view.local(one)[1], view.local(two)
    counted = not one.bare and one.low is not None and view.words[at - 1].end == one.span.end
    if counted and first == at + 1 and view.whole[at] in _OF_THEM and two.kind is None and two.rule == "noun-plural":
        phrase = Span(one.span.start, two.phrase.end)
        begin = next(k for k in range(view.local(one)[0], at) if view.words[k].end > one.span.start)
        return msgspec.structs.replace(
            two, low=one.low, high=one.high, phrase=phrase, first=view.base + begin, bare=False, rule=SHARE
        )
    told = one.kind is None and one.person and not one.definite and two.kind is not None and first == at
    if told and one.noun is not None and view.words[first].proclitics == "" and not view.joined(first):
        phrase = Span(one.phrase.start, two.phrase.end)
        kind = two.kind if two.kind in HARM else None  # أعدموا جنديين أسيرين: what the verb says goes first
        return msgspec.structs.replace(one, kind=kind, phrase=phrase, last=view.base + last)
    return None


def _tells_how_many(view: View, one: Quantity, two: Quantity) -> bool:
    """`أطفاله الثلاثة`: the number with the article behind a plural with a pronoun."""
    if two.noun is not None or not two.definite or two.first != one.last or one.rule != "noun-plural":
        return False
    return bool(view.words[view.local(one)[1] - 1].enclitic)


def _repeats(view: View, one: Quantity, two: Quantity) -> bool:
    """`عسكريين اثنين`, `مسلحان أو ثلاثة`: a number alone behind a noun says again how many, or how many at most."""
    if two.noun is not None or two.definite or two.low is None:
        return False
    at, first = view.local(one)[1], view.local(two)[0]
    if first == at and one.rule != "noun-singular":
        return not view.words[first].proclitics and two.low == 2 == two.high
    return first == at + 1 and view.stems[at] == _OR and one.rule == "noun-dual" and two.low > 2


def _loss(view: View, at: int) -> Quantity | None:
    """`خسائر بشرية`, `خسائر في الأرواح`: people whose number nobody says."""
    for to in range(at + 1, min(len(view), at + 1 + _LOSS_REACH)):
        if view.words[to].kind is not WordKind.WORD:
            return None
        lives = view.stems[to] in _LIVES
        if lives or view.stems[to] in _HUMAN:
            who, last = _among(view, to + 1)
            kind = CountKind.KILLED if lives else CountKind.KILLED_OR_INJURED
            return Quantity(
                2, None, view.span(at, at + 1), view.span(at, last), view.base + at, view.base + last,
                view.words[at].form, "casualties", True, "losses", kind, who, False, False,
            )  # fmt: skip
    return None


def _theirs(view: View, at: int) -> Quantity | None:
    """`أوقعوا أفرادها بين قتيل وجريح`: theirs, dead and wounded, whose number nobody says; `at` is بين."""
    theirs = at - 1
    if theirs < 0 or at + 2 >= len(view) or not view.words[theirs].enclitic:
        return None
    told = view.amounts.get(theirs)
    if told is not None and not (told.bare and told.definite):
        return None
    if view.stems[at + 1] != _DEAD or view.stems[at + 2] != _WOUNDED or not view.joined(at + 2):
        return None
    who = CountWho.FIGHTERS if view.stems[theirs] in _CREWS else CountWho.UNSPECIFIED
    span = view.span(theirs, at)
    return Quantity(
        2, None, span, span, view.base + theirs, view.base + at, view.words[theirs].form, "casualties", True, "losses",
        CountKind.KILLED_OR_INJURED, who, False, False,
    )  # fmt: skip


def _among(view: View, at: int) -> tuple[CountWho, int]:
    """Who they are by the noun behind بين or في صفوف, and where the phrase ends."""
    for to in range(at, min(len(view), at + _AMONG_REACH)):
        if to > at and view.stems[to - 1] in _AMONG:
            owner = view.amounts.get(to)
            if owner is not None and owner.who is not None:
                return owner.who, view.local(owner)[1]
    return CountWho.UNSPECIFIED, at


def who_of(view: View, quantity: Quantity, named: Count | None, *, others: bool) -> CountWho:
    """Who the people of `quantity` are: by their noun, by the group they belong to, or like those counted before.

    `named` is the count before it, `others` whether the words for others stand with the amount.
    """
    who = quantity.who or CountWho.UNSPECIFIED
    if quantity.noun_class == "persons" and quantity.rule != "others" and others:
        return who if who in (CountWho.CIVILIANS, CountWho.FIGHTERS) else CountWho.UNSPECIFIED
    if who is CountWho.UNSPECIFIED and quantity.noun_class in _OPEN_CLASSES and _of_armed(view, quantity):
        return CountWho.FIGHTERS
    if who is CountWho.UNSPECIFIED and quantity.kind in HARM and quantity.bare and not quantity.definite:
        who = _among(view, view.local(quantity)[1])[0]
    if named is None:
        return who
    behind = view.local(quantity)[1]
    owned = behind + 1 < len(view) and view.stems[behind] == "من" and view.words[behind + 1].article
    lone = quantity.noun is None and not others and not owned
    if lone and named.low == named.high == 1:
        return CountWho.UNSPECIFIED  # مقتل جندي وإصابة 7
    if (others or lone) and who is CountWho.UNSPECIFIED and named.who in (CountWho.CIVILIANS, CountWho.FIGHTERS):
        return named.who  # "and six others": others of the kind just named
    return who


def _of_armed(view: View, quantity: Quantity) -> bool:
    """Whether an armed party is named as that which the people belong to: `3 من الكتيبة`, `مسؤول في الحركة`."""
    at = view.local(quantity)[1]
    if at >= len(view):
        return False
    to = at + 1 if view.stems[at] in _BELONGS else at if view.preposition(at) in _BELONGS else len(view)
    while to < len(view) and view.words[to].form in '"«“(':
        to += 1
    party = view.covered.get(to) if to < len(view) else None
    return party is not None and party.kind is MentionKind.ACTOR and party.subtype in ARMED

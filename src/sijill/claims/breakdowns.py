"""Tolls that a list breaks down: below a line that ends in a colon, lines of a label, a colon and an amount.

`- قوات النظام: 31 مدنيا، بينهم طفل`; `2. حلب: 12`; `• القصف المدفعي: 9`. The label says who did it, where, or by what
means, and each such line is a claim; where it names a class of people (`- الأطفال: 17`) it only says more of the toll
above.

Source: the manner of monitoring groups' monthly reports; the annotation guidelines ("One claim or two").
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.people import who_of
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import Actor, ClaimType, Count, CountKind, CountWho, Mention, MentionKind, Quantity, WordKind
from sijill.names.knowledge import ARMED

__all__ = ["Broken", "broken_down", "is_marked", "kind_of_heading", "label_end"]

_DASHES = frozenset("-–—•*▪●·◾■")
_AFTER_NUMBER = frozenset("-–—.)/")
_LABEL = 14  # words of the longest label
_KINDS = {
    CountKind.KILLED: "toll",
    CountKind.INJURED: "injured",
    CountKind.DETAINED: "detain",
    CountKind.ABDUCTED: "abduct",
    CountKind.DISPLACED: "displace",
    CountKind.RELEASED: "release",
}


class Broken(msgspec.Struct, frozen=True):
    """One line: its frame, people, and what its label says; `part` where it only divides the toll above."""

    frame: Frame
    counts: tuple[Count, ...]
    agents: tuple[Actor, ...]
    means: ClaimType | None
    part: bool


def is_marked(view: View) -> int:
    """How many words mark the line as one of a list: a dash or bullet, or a number or letter and a mark; 0: none."""
    if len(view) < 3:
        return 0
    first, second = view.words[0], view.words[1]
    if first.form in _DASHES:
        return 1
    numbered = first.kind is WordKind.NUMBER or len(first.form) == 1 or first.form == "هـ"
    return 2 if numbered and second.form in _AFTER_NUMBER else 0


def label_end(view: View) -> int:
    """Where the colon behind the label of a marked line stands; 0 where the line has none."""
    begins = is_marked(view)
    if not begins:
        return 0
    reach = range(begins + 1, min(len(view) - 1, begins + _LABEL))
    return next((at for at in reach if view.words[at].form == ":"), 0)


def kind_of_heading(view: View) -> CountKind | None:
    """What befell the people of whom a heading says how they are made up: `وتوزع القتلى كالآتي:`; None without any."""
    if not view.words or view.words[-1].form != ":":
        return None
    kinds = [q.kind for q in view.quantities if q.kind in _KINDS]
    return kinds[-1] if kinds else None


def broken_down(view: View, kind: CountKind, above: Iterable[Count], lexicon: ClaimLexicon) -> Broken | None:
    """The line as a claim of its own, or as a part of the toll `above` it; None where it is no such line."""
    colon = label_end(view)
    if not colon or kind not in _KINDS:
        return None
    counts = _people(view, colon + 1, kind, next(iter(above), None))
    if not counts:
        return None
    begins = is_marked(view)
    named = (MentionKind.ACTOR, MentionKind.PLACE)
    label = [m for m in view.mentions if m.kind in named and begins <= view.local(m)[0] < colon]
    classes = [q for q in view.quantities if q.bare and q.who is not None and begins <= view.local(q)[0] < colon]
    if classes and not label:
        counts = (msgspec.structs.replace(counts[0], who=classes[0].who or counts[0].who), *counts[1:])
    means = next((found for at in range(begins, colon) if (found := lexicon.means_of(view.stems[at]))), None)
    fighters = counts[0].who is CountWho.FIGHTERS
    agents = () if fighters else tuple(_actor(view, m) for m in label if m.kind is MentionKind.ACTOR and _acts(m))
    at = next(k for k, word in enumerate(view.words) if word.start >= counts[0].span.start)
    hit = Hit(lexicon.triggers[_KINDS[kind]], at, at + 1, noun=True)
    frame = Frame(view, [hit], hit, [f"trigger:{hit.trigger.id}", "list:breakdown"], 0, len(view))
    place = any(m.kind is MentionKind.PLACE for m in label)
    return Broken(frame, counts, agents, means, part=bool(classes or fighters) and not (agents or means or place))


def _acts(mention: Mention) -> bool:
    return mention.subtype in ARMED or mention.ref is not None


def _actor(view: View, mention: Mention) -> Actor:
    return Actor(mention.name, mention.span, view.cut(mention.span), mention.ref, mention.label)


def _people(view: View, at: int, kind: CountKind, above: Count | None) -> tuple[Count, ...]:
    """The amount at word `at` and those behind it in the line; a bare number counts such people as stand `above`."""
    amount = view.amounts.get(at)
    if amount is None:
        word = view.words[at]
        number = word.form.replace(",", "").replace("٬", "")
        if word.kind is not WordKind.NUMBER or not number.isdigit():
            return ()
        span = view.span(at, at + 1)
        who = above.who if above is not None else CountWho.UNSPECIFIED
        first = Count(kind, who, int(number), int(number), span, view.cut(span))
    else:
        person = amount.person or amount.noun is None
        if not person or (amount.kind is not None and amount.kind is not kind):
            return ()
        who = who_of(view, amount, None, others=False)
        if amount.noun is None and above is not None:
            who = above.who
        first = Count(kind, who, amount.low, amount.high, amount.phrase, view.cut(amount.phrase))
    behind = [q for q in view.quantities if view.local(q)[0] > at and q.person and not q.definite and q is not amount]
    return (first, *(_part(view, q, kind) for q in behind if q.kind in (None, kind)))


def _part(view: View, quantity: Quantity, kind: CountKind) -> Count:
    who = who_of(view, quantity, None, others=False)
    return Count(quantity.kind or kind, who, quantity.low, quantity.high, quantity.phrase, view.cut(quantity.phrase))

"""Lists of losses: a line that ends in a colon and names the dead or the hurt, and the dashed lines below it.

Each line's people are counted as what the line above says they are; a line that tells an attack of its own keeps its
people, the others hang on the line above.

Source: the manner of monitoring groups' daily tolls; the annotation guidelines ("Count kind").
"""

from __future__ import annotations

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.people import who_of
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import Count, CountKind, CountWho, MentionKind, Quantity, WordKind
from sijill.names.knowledge import ARMED

__all__ = ["is_item", "item_counts", "list_head"]

_DASHES = frozenset("-–—•*▪●·")


def list_head(view: View, frames: list[Frame], lexicon: ClaimLexicon) -> tuple[Frame, CountKind] | None:
    """The frame that the lines below a colon belong to, and what befell the people in them."""
    if not view.words or view.words[-1].form != ":":
        return None
    named = [q for q in view.quantities if q.kind in (CountKind.KILLED, CountKind.INJURED)]
    told = [(hit, frame) for frame in frames for hit in frame.hits if hit.trigger.count and hit.trigger.role == "harm"]
    if named and (not told or view.local(named[-1])[0] > told[-1][0].first):
        first, last = view.local(named[-1])
        hit = Hit(lexicon.triggers["toll"], first, last, noun=True)
        return Frame(view, [hit], hit, ["trigger:toll", "list:head"], first, len(view)), named[
            -1
        ].kind or CountKind.KILLED
    if told:
        hit, frame = told[-1]
        return frame, hit.trigger.count or CountKind.KILLED
    return None


def is_item(view: View) -> bool:
    """Whether a line begins with a dash or a bullet and goes on."""
    return len(view) > 1 and view.words[0].form in _DASHES


def item_counts(view: View, kind: CountKind) -> tuple[Count, ...]:
    """The people of a line of a list, all of `kind`: those with a number, and a bare noun that opens the line."""
    counts: list[Count] = []
    if (bare := _number_of(view, kind)) is not None:
        counts.append(bare)
    for quantity in view.quantities:
        first, _ = view.local(quantity)
        opens = first <= 1
        part = bool(counts)
        if quantity.definite or not (opens or part) or not (quantity.person or opens):
            continue
        if quantity.kind is not None and quantity.kind is not kind and not opens:
            continue
        counts.append(_count(view, quantity, kind))
    return tuple(counts)


def _number_of(view: View, kind: CountKind) -> Count | None:
    """`– 2 من كتيبة …`: a number that opens the line before the party whose men they were."""
    if len(view) < 4 or view.words[1].kind is not WordKind.NUMBER or 1 in view.amounts or view.stems[2] != "من":
        return None
    party = view.covered.get(3)
    number = view.words[1].form
    if party is None or party.kind is not MentionKind.ACTOR or party.subtype not in ARMED or not number.isdigit():
        return None
    span = view.span(1, view.local(party)[1])
    return Count(kind, CountWho.FIGHTERS, int(number), int(number), span, view.cut(span))


def _count(view: View, quantity: Quantity, kind: CountKind) -> Count:
    who = who_of(view, quantity, None, others=False)
    return Count(kind, who, quantity.low, quantity.high, quantity.phrase, view.cut(quantity.phrase))

"""Names that stand in a clause without a part in it: heads of lines, owners of ground, what is asked or charged.

Source: the annotation guidelines ("Sides", "Sources": an agency or city in the dateline is neither).
"""

from __future__ import annotations

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.view import View
from sijill.model import ClaimType, Mention, MentionKind

__all__ = ["demanded", "in_accusation", "is_no_party", "on_frontier"]

_BETWEEN = "بين"
_HEADED = frozenset([":", ".", "..", "...", "…", "|"])
_DATELINE = frozenset("-–—(/:،")
_ACCUSED, _ACCUSED_REACH = ("تهمه", "تهم"), 5
_STATES = ("state", "capital")


def is_no_party(view: View, mention: Mention, lexicon: ClaimLexicon) -> bool:
    """Whether a name only heads the line, or owns ground or a site named by it, and so neither acts nor suffers."""
    in_construct = _in_construct(view, view.local(mention)[0], lexicon)
    return in_construct or _is_dateline(view, mention) or _is_owner(view, mention, lexicon)


def _is_owner(view: View, mention: Mention, lexicon: ClaimLexicon) -> bool:
    """`مقر الفرقة السادسة`, `أمام معسكر القوات الخاصة`: the site is theirs."""
    for other in view.mentions:
        if other.span != mention.span and other.span.overlaps(mention.span):
            standing = other.kind is MentionKind.TARGET and view.preposition(view.local(other)[0]) in lexicon.words.near
            if standing or other.subtype == "site":
                return True
    return False


def _is_dateline(view: View, mention: Mention) -> bool:
    """`إسلام آباد - قال مسؤولون`, `باماكو (وكالات)`, `ليبيا: قصف …`: the city or state that heads a report."""
    first, last = view.local(mention)
    if first or last >= len(view):
        return False
    form = view.words[last].form
    return (mention.subtype == "capital" and form in _DATELINE) or (mention.subtype == "state" and form in _HEADED)


def _in_construct(view: View, first: int, lexicon: ClaimLexicon) -> bool:
    """`معسكر القوات الخاصة`, `ميدان الجزائر`: the owner of ground that is named by it only says where."""
    if first == 0 or view.stems[first - 1] not in lexicon.ground or view.words[first].proclitics:
        return False
    owned = view.covered.get(first - 1)
    return not view.words[first - 1].article and (owned is None or owned.kind is not MentionKind.TARGET)


def in_accusation(view: View, first: int) -> bool:
    """`اعتقل الجيش شابا بتهمة التعامل مع قسد`: whom someone is said to have served has no part in it."""
    since = max(0, first - _ACCUSED_REACH)
    at = next((at for at in range(first - 1, since - 1, -1) if view.stems[at] in _ACCUSED), -1)
    return at >= 0 and view.preposition(at) == "ب" and not view.gap_marks(at, first)


def demanded(frame: Frame, first: int, lexicon: ClaimLexicon) -> bool:
    """`مظاهرة طالبت بإسقاط النظام`: whom a protest asks something of, or against, by its demand alone."""
    main = frame.main
    if main.trigger.type is not ClaimType.PROTEST or first < main.last:
        return False
    return not lexicon.words.demands.isdisjoint(frame.view.stems[main.last : first])


def on_frontier(view: View, first: int, lexicon: ClaimLexicon) -> bool:
    """`على الحدود بين المغرب وإسبانيا`, `الطريق الدولي بين بغداد والبصرة`: what a frontier or a road lies between."""
    at = next((at for at in range(first - 1, max(-1, first - 4), -1) if view.stems[at] == _BETWEEN), 0)
    if at < 1 or view.has(lexicon.words.frontiers, at - 1):
        return at > 0
    named = view.covered.get(at + 1)
    place = named is not None and (named.kind is MentionKind.PLACE or named.subtype in _STATES)
    described = at > 1 and view.words[at - 1].article and view.words[at - 2].article
    return place and described and view.has(lexicon.words.frontiers, at - 2)

"""Which people of a clause are counted, and what befell them.

What the noun itself says goes first (`قتلى`, `جرحى`); then the word of harm, custody or flight that governs the
amount, the one before it or the verb close behind; then the count that it is a part of (`بينهم`) or joined to by و.

Source: the annotation guidelines ("Count kind", "One person").
"""

from __future__ import annotations

from sijill.claims.frames import Frame
from sijill.claims.governors import MOVES, governor, outcome, starts_clause
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.people import HARM, SHARE, people_of, who_of
from sijill.claims.singles import Counted, befell_one, is_one, named_persons, with_name
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import Count, CountKind, CountWho, Quantity, WordKind

__all__ = ["counts_of"]

_BARE_REACH = 3
_DENIED_REACH = 7
_OPENS_PARTS = frozenset("(:–—-")
_BODIES = "bodies"


def counts_of(frame: Frame, lexicon: ClaimLexicon) -> tuple[Count, ...]:
    """The counts of people that hang on the frame, in text order."""
    view = frame.view
    found: list[Counted] = []
    for quantity in people_of(view, frame.start, frame.end):
        first, last = view.local(quantity)
        kind = _kind(frame, quantity, first, last, found, lexicon)
        if kind is not None:
            found.append(_counted(view, quantity, kind, found, lexicon))
    found += named_persons(frame, found)
    return tuple(item.count for item in sorted(found, key=lambda item: (item.first, item.last)))


def _counted(view: View, quantity: Quantity, kind: CountKind, before: list[Counted], lexicon: ClaimLexicon) -> Counted:
    first, last = view.local(quantity)
    others = quantity.noun_class == "others" or view.stems[last - 1] in lexicon.words.others
    who = who_of(view, quantity, before[-1].count if before else None, others=others)
    phrase, low, high = quantity.phrase, quantity.low, quantity.high
    named = with_name(view, first, last) if quantity.bare and low == high == 1 else None
    if named is not None:
        phrase, last = named
    return Counted(Count(kind, who, low, high, phrase, view.cut(phrase)), first, last, named=named is not None)


def _kind(
    frame: Frame, quantity: Quantity, first: int, last: int, before: list[Counted], lexicon: ClaimLexicon
) -> CountKind | None:
    """What befell the people at words `first`..`last`; None where they are not counted here."""
    view = frame.view
    if (
        _restates(view, quantity, first, before)
        or _acts(frame, quantity, first, last)
        or _only_heads(frame, view, quantity, last)
        or _denied(view, first, lexicon)
        or (before and quantity.bare and view.stems[first] in lexicon.words.portions)
    ):
        return None
    if "بين" in view.stems[last : last + 1] and not lexicon.words.dead.isdisjoint(view.stems[last + 1 : last + 2]):
        return CountKind.KILLED_OR_INJURED  # ثلاثون شخصا بين قتيل وجريح
    if quantity.kind in HARM and quantity.bare and before and "بين" in view.stems[max(0, first - 2) : first]:
        return None
    if is_one(view, quantity):
        kind = befell_one(frame, first, last, before)
        if kind is not None:
            return kind
    governing = governor(frame, first, last)
    if quantity.kind is not None and (quantity.kind in HARM or governing is None or governing.trigger.count is None):
        return _said_by_noun(frame, quantity, last, lexicon)
    if quantity.bare and quantity.definite and not (before and _own(view, last, first, before)):
        return None
    if before and (quantity.rule == SHARE or _is_part(view, first, before, lexicon)):
        return before[-1].count.kind
    if before and _lists_parts(view, quantity, first, before[-1]):
        return before[-1].count.kind
    joined = before[-1].count.kind if before and view.joined(first) and first - before[-1].last <= 6 else None
    if governing is not None and governing.trigger.count is not None:
        return _governed(frame, governing, quantity, (first, last), joined)
    return joined if quantity.person else None


def _said_by_noun(frame: Frame, quantity: Quantity, last: int, lexicon: ClaimLexicon) -> CountKind | None:
    """The kind that the noun itself says (`قتلى`, `جرحى`, `نازحين`)."""
    if quantity.bare and (quantity.definite or quantity.kind not in HARM):
        return None
    if quantity.kind is CountKind.KILLED_OR_INJURED and _injured_too(frame.view, last, lexicon):
        return CountKind.KILLED
    return quantity.kind


def _governed(
    frame: Frame, governing: Hit, quantity: Quantity, words: tuple[int, int], joined: CountKind | None
) -> CountKind | None:
    """The kind that the governing trigger gives, when the amount stands near enough for what it is."""
    first, last = words
    near = first - governing.last
    ahead = near < 0
    if ahead and governing.noun and governing.trigger.type in MOVES:
        return None if quantity.bare or quantity.noun is None else governing.trigger.count
    if quantity.bare and any(governing.last <= hit.first < first for hit in frame.hits):
        return None
    subject = ahead and starts_clause(frame.view, first)
    if quantity.bare and not (0 <= near <= _BARE_REACH or 0 > near >= -4 or subject):
        return joined
    if quantity.rule == "number" and quantity.definite:
        return None  # الثلاثين: an ordinal
    if quantity.noun is None and not (0 <= near <= _BARE_REACH or (ahead and governing.first - last <= _BARE_REACH)):
        return None
    return outcome(frame, governing, last)


def _acts(frame: Frame, quantity: Quantity, first: int, last: int) -> bool:
    """`قتل مسلحون صيدلانيا`: armed men right behind an active verb whose object follows are its subject."""
    if (
        not quantity.bare
        or quantity.who is not CountWho.FIGHTERS
        or not frame.view.stems[first].endswith(("ون", "ان", "و"))
    ):
        return False
    if not any(hit.last == first and not hit.noun and hit.trigger.count for hit in frame.hits):
        return False
    view = frame.view
    others = [view.local(other)[0] for other in view.quantities if view.local(other)[0] >= last]
    return any(at - last <= 6 and not view.joined(at) and not view.gap_marks(last, at) for at in others)


def _denied(view: View, first: int, lexicon: ClaimLexicon) -> bool:
    """`دون ورود أنباء عن قتلى أو مصابين`: a negation that reaches over nouns of report and occurrence."""
    for back in range(first - 1, max(-1, first - 1 - _DENIED_REACH), -1):
        if view.is_mark(back):
            return False
        if lexicon.negation.at(view, back):
            return True
        over = view.stems[back] in lexicon.words.occurrence or back in view.amounts
        if not over and view.words[back].kind is WordKind.WORD:
            return False
    return False


def _only_heads(frame: Frame, view: View, quantity: Quantity, last: int) -> bool:
    """`جثث ستة رعاة`, `ضحايا قصف المدينة`: a bare noun before those counted, or before what befell them."""
    struck = any(hit.first == last and hit.trigger.role != "harm" for hit in frame.hits)
    if quantity.bare and struck and len(frame.hits) > 1:
        return not view.preposition(last) and not quantity.definite
    return quantity.bare and quantity.kind is CountKind.KILLED and last in view.amounts and not view.joined(last)


def _own(view: View, last: int, first: int, before: list[Counted]) -> bool:
    """`رجل وزوجته`: a relative named by a pronoun, joined to one who is counted."""
    return bool(view.words[last - 1].enclitic) and view.joined(first) and first - before[-1].last <= 1


def _restates(view: View, quantity: Quantity, first: int, before: list[Counted]) -> bool:
    """An amount in brackets that only says again who was counted, or `من عائلة واحدة` behind a count."""
    if not before or first - before[-1].last > 2:
        return False
    count = before[-1].count
    if view.words[first - 1].form == "(":
        return count.low == quantity.low and count.high == quantity.high
    return view.stems[first - 1] == "من"


def _lists_parts(view: View, quantity: Quantity, first: int, total: Counted) -> bool:
    """`4 مدنيين (طفلة وامرأتان ورجل)`: behind a bracket, a colon or a dash a total is told one by one."""
    between = range(total.last, first)
    low = total.count.low
    if not between or low is None or low < 2 or quantity.low is None or quantity.low >= low:
        return False
    if any(view.words[at].kind is not WordKind.PUNCT for at in between):
        return False
    return any(view.words[at].form in _OPENS_PARTS for at in between)


def _injured_too(view: View, last: int, lexicon: ClaimLexicon) -> bool:
    """`ضحايا وجرحى`: victims set beside the wounded are the dead."""
    return last < len(view) and view.stems[last] in lexicon.words.wounded and view.joined(last)


def _is_part(view: View, first: int, before: list[Counted], lexicon: ClaimLexicon) -> bool:
    if not before:
        return False
    since = before[-1].last
    if any(lexicon.parts.at(view, at) for at in range(max(since, first - 6), first)):
        return True
    return view.joined(first) and first - since <= 2 and _was_part(view, before[-1].first, lexicon)


def _was_part(view: View, first: int, lexicon: ClaimLexicon) -> bool:
    return any(lexicon.parts.at(view, at) for at in range(max(0, first - 6), first))

"""Which people of a clause are counted, and what befell them.

What the noun itself says goes first (`قتلى`, `جرحى`); then the word of harm, custody or flight that governs the
amount, the one before it or the verb close behind; then the count that it is a part of (`بينهم`) or joined to by و.

Source: the annotation guidelines ("Count kind", "One person").
"""

from __future__ import annotations

import msgspec

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import ClaimType, Count, CountKind, CountWho, Mention, MentionKind, Quantity, WordKind

__all__ = ["counts_of"]

_BARE_REACH = 3
_DENIED_REACH = 7
_SUBJECT_REACH = 14
_REPORTER = "reporter"
_THAT = frozenset(("ان", "بان"))
_MOVES = frozenset([ClaimType.DISPLACEMENT, ClaimType.SURRENDER])
# What these nouns say goes before the verb; others (نازحين، أسرى) are a standing that the verb changes.
_HARM = frozenset([CountKind.KILLED, CountKind.INJURED, CountKind.KILLED_OR_INJURED])


class _Counted(msgspec.Struct, frozen=True):
    count: Count
    first: int
    last: int


def counts_of(frame: Frame, lexicon: ClaimLexicon) -> tuple[Count, ...]:
    """The counts of people that hang on the frame, in text order."""
    view = frame.view
    found: list[_Counted] = []
    for quantity in view.quantities:
        first, last = view.local(quantity)
        if not frame.start <= first < frame.end:
            continue
        kind = _kind(frame, quantity, first, last, found, lexicon)
        if kind is not None:
            found.append(_Counted(_count(view, quantity, kind, found, lexicon), first, last))
    found += [_person(view, mention, hit) for mention, hit in _persons(frame, found)]
    return tuple(item.count for item in sorted(found, key=lambda item: (item.first, item.last)))


def _count(view: View, quantity: Quantity, kind: CountKind, before: list[_Counted], lexicon: ClaimLexicon) -> Count:
    who = quantity.who or CountWho.UNSPECIFIED
    head = view.stems[view.local(quantity)[1] - 1]
    others = quantity.noun is None or quantity.noun_class == "others" or head in lexicon.words.others
    if others and who is CountWho.UNSPECIFIED and before:
        # "and six others": others of the kind just named.
        named = before[-1].count.who
        who = named if named in (CountWho.CIVILIANS, CountWho.FIGHTERS) else who
    return Count(kind, who, quantity.low, quantity.high, quantity.phrase, view.cut(quantity.phrase))


def _kind(
    frame: Frame, quantity: Quantity, first: int, last: int, before: list[_Counted], lexicon: ClaimLexicon
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
    if quantity.kind in _HARM and quantity.bare and before and "بين" in view.stems[max(0, first - 2) : first]:
        return None
    governor = _governor(frame, first, last)
    if quantity.kind is not None and (quantity.kind in _HARM or governor is None or governor.trigger.count is None):
        return _said_by_noun(frame, quantity, last, lexicon)
    if quantity.bare and quantity.definite and not (before and _own(view, last, first, before)):
        return None
    if before and _is_part(view, first, before, lexicon):
        return before[-1].count.kind
    joined = before[-1].count.kind if before and view.joined(first) and first - before[-1].last <= 6 else None
    if governor is not None and governor.trigger.count is not None:
        return _governed(frame, governor, quantity, (first, last), joined)
    return joined if quantity.person else None


def _said_by_noun(frame: Frame, quantity: Quantity, last: int, lexicon: ClaimLexicon) -> CountKind | None:
    """The kind that the noun itself says (`قتلى`, `جرحى`, `نازحين`)."""
    if quantity.bare and (quantity.definite or quantity.kind not in _HARM):
        return None
    if quantity.kind is CountKind.KILLED_OR_INJURED and _injured_too(frame.view, last, lexicon):
        return CountKind.KILLED
    return quantity.kind


def _governed(
    frame: Frame, governor: Hit, quantity: Quantity, words: tuple[int, int], joined: CountKind | None
) -> CountKind | None:
    """The kind that the governing trigger gives, when the amount stands near enough for what it is."""
    first, last = words
    near = first - governor.last
    ahead = near < 0
    if ahead and governor.noun and governor.trigger.type in _MOVES:
        return None if quantity.bare or quantity.noun is None else governor.trigger.count
    if quantity.bare and any(governor.last <= hit.first < first for hit in frame.hits):
        return None
    if quantity.bare and not (0 <= near <= _BARE_REACH or 0 > near >= -4):
        return joined
    if quantity.rule == "number" and quantity.definite:
        return None  # الثلاثين: an ordinal
    if quantity.noun is None and not (0 <= near <= _BARE_REACH or (ahead and governor.first - last <= _BARE_REACH)):
        return None
    return CountKind.KILLED_OR_INJURED if _doubled(frame, governor) else governor.trigger.count


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


def _own(view: View, last: int, first: int, before: list[_Counted]) -> bool:
    """`رجل وزوجته`: a relative named by a pronoun, joined to one who is counted."""
    return bool(view.words[last - 1].enclitic) and view.joined(first) and first - before[-1].last <= 1


def _restates(view: View, quantity: Quantity, first: int, before: list[_Counted]) -> bool:
    """An amount in brackets that only says again who was counted, or `من عائلة واحدة` behind a count."""
    if not before or first - before[-1].last > 2:
        return False
    count = before[-1].count
    if view.words[first - 1].form == "(":
        return count.low == quantity.low and count.high == quantity.high
    return view.stems[first - 1] == "من"


def _injured_too(view: View, last: int, lexicon: ClaimLexicon) -> bool:
    """`ضحايا وجرحى`: victims set beside the wounded are the dead."""
    return last < len(view) and view.stems[last] in lexicon.words.wounded and view.joined(last)


def _doubled(frame: Frame, governor: Hit) -> bool:
    """`قُتل وأُصيب 15`: one amount for the dead and the wounded together."""
    at = frame.hits.index(governor)
    if not at:
        return False
    other = frame.hits[at - 1]
    kinds = {other.trigger.count, governor.trigger.count}
    view = frame.view
    alone = governor.first == other.last and not any(
        i in view.amounts for i in range(max(0, other.first - 4), other.first)
    )
    return alone and kinds == {CountKind.KILLED, CountKind.INJURED}


def _is_part(view: View, first: int, before: list[_Counted], lexicon: ClaimLexicon) -> bool:
    if not before:
        return False
    since = before[-1].last
    if any(lexicon.parts.at(view, at) for at in range(max(since, first - 6), first)):
        return True
    return view.joined(first) and first - since <= 2 and _was_part(view, before[-1].first, lexicon)


def _was_part(view: View, first: int, lexicon: ClaimLexicon) -> bool:
    return any(lexicon.parts.at(view, at) for at in range(max(0, first - 6), first))


def _governor(frame: Frame, first: int, last: int) -> Hit | None:
    """The trigger that says what befell the people at words `first`..`last`."""
    view = frame.view
    before = [hit for hit in frame.hits if hit.first < first and (hit.trigger.count or hit.trigger.role == "harm")]
    behind = [hit for hit in frame.hits if hit.trigger.count and not hit.noun and _subject_of(view, first, last, hit)]
    marks = view.gap_marks(before[-1].last, first) if before else 9
    if (
        behind
        and (not before or marks)
        and not view.joined(behind[0].first)
        and not view.gap_marks(last, behind[0].first)
    ):
        return behind[0]
    if before and first - before[-1].last <= 18:
        return before[-1]
    if behind:
        return behind[0]
    # "the many families forced to flee": those who move stand before the noun of their flight.
    moves = [hit for hit in frame.hits if 0 <= hit.first - last <= 8 and hit.trigger.type in _MOVES and hit.noun]
    return moves[0] if moves and not view.gap_marks(last, moves[0].first) and not before else None


def _subject_of(view: View, first: int, last: int, hit: Hit) -> bool:
    """Whether people at words `first`..`last` are the subject of the verb behind them, an apposition between or not.

    `أن مدنيا يدعى … (40 عاما) أصيب`; `أن خمسة مدنيين، بينهم أربع نساء، أصيبوا`.
    """
    gap = hit.first - last
    if 0 <= gap <= 3:
        return True
    if not 0 <= gap <= _SUBJECT_REACH or first == 0 or view.stems[first - 1] not in _THAT:
        return False
    return not view.joined(hit.first) and view.words[hit.first].proclitics == ""


def _persons(frame: Frame, found: list[_Counted]) -> list[tuple[Mention, Hit]]:
    """Named persons, and reporters, right behind a word that says what befell them: each is a count of one."""
    view = frame.view
    taken = {at for item in found for at in range(item.first, item.last)}
    rows = []
    for mention in view.mentions:
        reporter = mention.kind is MentionKind.BODY and mention.subtype == _REPORTER
        if not reporter and not (mention.kind is MentionKind.PEOPLE and mention.subtype == "person"):
            continue
        first, last = view.local(mention)
        if not frame.start <= first < frame.end or not taken.isdisjoint(range(first, last)):
            continue
        hit = next((hit for hit in frame.hits if _befell(view, hit, first)), None)
        if hit is not None:
            rows.append((mention, hit))
            taken |= set(range(first, last + 1))
    return rows


def _befell(view: View, hit: Hit, first: int) -> bool:
    """Whether the person at `first` is the object of `hit`: right behind it, or behind the party that did it."""
    between = range(hit.last, first)
    if hit.trigger.count is None or hit.last > first or view.gap_marks(hit.last, first):
        return False
    actors = all((m := view.covered.get(at)) is not None and m.kind is MentionKind.ACTOR for at in between)
    return len(between) <= 1 or (actors and not hit.noun)


def _person(view: View, mention: Mention, hit: Hit) -> _Counted:
    kind = hit.trigger.count or CountKind.KILLED
    first, last = view.local(mention)
    said = view.amounts.get(first)
    who = CountWho.JOURNALISTS if mention.subtype == _REPORTER else CountWho.UNSPECIFIED
    if said is not None and said.who is not None:
        who = said.who
    return _Counted(Count(kind, who, 1, 1, mention.span, view.cut(mention.span)), first, last)

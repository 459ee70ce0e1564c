"""Amounts of people that no claim counts: denied, said before, acting themselves, or only part of a phrase.

Source: the annotation guidelines ("Count kind", `دون إصابات`); W. Wright, A Grammar of the Arabic Language, vol. 2
(negation; the noun of action in annexation).
"""

from __future__ import annotations

from sijill.claims.doers import acts
from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.retold import on_the_way
from sijill.claims.singles import Counted
from sijill.claims.view import View
from sijill.model import CountKind, CountWho, Mention, MentionKind, Quantity, WordKind

__all__ = ["uncounted"]

_DENIED_REACH = 7
# The whole that a number is part of: 5 من أصل 12 مسلحا.
_OUT_OF = "اصل"
_BETWEEN, _ON = "بين", "علي"
_OBJECT_REACH = 9
_OWNER_REACH = 3
_FROM = "من"
_SUBJECT_REACH = 8
_FROM = "من"
# What a light verb's subject does to others; who surrenders does it himself.
_DONE = frozenset([CountKind.KILLED, CountKind.INJURED, CountKind.DETAINED, CountKind.ABDUCTED])
# Behind those who were hurt their wounds: أصيب ثلاثة بإصابات خطيرة.
_WOUNDS = "اصابات"
_MOURNED, _MOURNED_REACH, _BODY = "killed.mourned", 6, "جثمان"
_ALL = frozenset(["جميع", "كل"])
_BODIES = "bodies"
_THAT = "ان"
_WHOSE_REACH = 8
_BUT = frozenset(["سوي", "الا"])
# Negations that a verb follows at once.
_OF_VERBS = frozenset(["لم", "لن"])


def uncounted(frame: Frame, quantity: Quantity, before: list[Counted], lexicon: ClaimLexicon) -> bool:
    """Whether the amount counts nobody where it stands; `before` are the counts of the clause so far."""
    view = frame.view
    first, last = view.local(quantity)
    if first and (_names(view, quantity, first) or view.stems[first - 1] == _OUT_OF):
        return True
    if quantity.bare and (lexicon.agent_phrases.ends(view, first) or on_the_way(view, first, lexicon)):
        return True  # التعذيب على يد عناصر
    return (
        _restates(view, quantity, first, before)
        or acts(frame, quantity, first, last, lexicon)
        or _mourns(frame, first, last)
        or _only_heads(frame, view, quantity, last)
        or _denied(frame, first, lexicon)
        or _orders(view, quantity, last, lexicon)
        or _whose_bodies(view, quantity, first, before, lexicon)
        or _speaks_again(view, quantity, first, before, lexicon)
        or _splits(view, quantity, first, before)
        or (view.stems[first] == _WOUNDS and any(item.count.kind is CountKind.INJURED for item in before))
    )


def _names(view: View, quantity: Quantity, first: int) -> bool:
    """Whether a bare noun stands inside the name of somebody or of a place (`سمير ابن خالد`, `ود مدني`)."""
    mention = view.covered.get(first)
    if not quantity.bare or mention is None:
        return False
    if any(place.kind is MentionKind.PLACE and _inside(view, place, first) for place in view.mentions):
        return True
    person = mention.kind is MentionKind.PEOPLE and mention.subtype == "person" and quantity.rule == "noun-singular"
    return person and _inside(view, mention, first)


def _inside(view: View, mention: Mention, at: int) -> bool:
    """Whether word `at` stands in the name, behind its first word."""
    first, last = view.local(mention)
    return first < at < last


def _splits(view: View, quantity: Quantity, first: int, before: list[Counted]) -> bool:
    """`خلاف بين شبان`, `40 عنصرا بين قتيل وجريح`: what stands behind بين tells of those before it."""
    if not quantity.bare:
        return False
    if quantity.kind is None and before and first == before[-1].last and not view.joined(first):
        return not view.words[first].proclitics  # أطفال قادة: the second noun only says whose
    if quantity.kind is None:
        return _BETWEEN in view.stems[max(0, first - 1) : first]
    return bool(before) and _BETWEEN in view.stems[max(0, first - 2) : first]


def _whose_bodies(view: View, quantity: Quantity, first: int, before: list[Counted], lexicon: ClaimLexicon) -> bool:
    """`مئات الجثث لأطفال ونساء`: whose bodies they are, of those counted as bodies."""
    if not before or not quantity.bare:
        return False
    counted = before[-1]
    bodies = any(view.stems[at] in lexicon.next[_BODIES] for at in range(counted.first, counted.last))
    reach = range(max(counted.last, first - _WHOSE_REACH), first + 1)
    of = any(view.words[at].proclitics.endswith("ل") and at in view.amounts for at in reach)
    return bodies and of and not view.gap_marks(counted.last, first)


def _denied(frame: Frame, first: int, lexicon: ClaimLexicon) -> bool:
    """`دون ورود أنباء عن قتلى`, `لم يسفر الهجوم عن قتلى أو جرحى`: a negation that reaches to the noun.

    It reaches over nouns of report and occurrence, and over a verb of effect with its subject.
    """
    view = frame.view
    over = True
    negation = lexicon.negation.all(view)
    if not negation:
        return False
    for back in range(first - 1, max(-1, first - 1 - _DENIED_REACH), -1):
        if view.is_mark(back):
            return False
        if view.stems[back] in _BUT or view.whole[back] in _BUT:
            return not _of_frame(frame, back, lexicon)
        if back in negation:
            that = view.stems[back + 1] == _THAT  # دون أن يسفر القصف عن قتلى
            return over or view.stems[back] in _OF_VERBS or view.stems[back + 1 + that] in lexicon.effect
        plain = view.stems[back] in lexicon.words.occurrence or back in view.amounts
        over = over and (plain or view.words[back].kind is not WordKind.WORD)
        if not over and any(hit.first == back and hit.trigger.role == "harm" for hit in frame.hits):
            return False
    return False


def _of_frame(frame: Frame, but: int, lexicon: ClaimLexicon) -> bool:
    """`لم يخرج سوى تسعة`: whether what is denied of all but some, before word `but`, is what the frame tells."""
    view = frame.view
    for back in range(but - 1, max(-1, but - _DENIED_REACH), -1):
        if lexicon.negation.at(view, back):
            return any(hit.first in (back + 1, back + 2) for hit in frame.hits)
    return True


def _mourns(frame: Frame, first: int, last: int) -> bool:
    """`شيع أهالي البلدة جثامين خمسة شبان`: who buries the dead that stand behind."""
    view = frame.view
    if not any(hit.last == first and not hit.noun and hit.trigger.id == _MOURNED for hit in frame.hits):
        return False
    for at in range(last, min(frame.end, last + _MOURNED_REACH)):
        if view.is_mark(at) or view.preposition(at) or view.joined(at):
            return False
        amount = view.amounts.get(at)
        if view.stems[at] == _BODY or (amount is not None and amount.kind is CountKind.KILLED):
            return True
    return False


def _only_heads(frame: Frame, view: View, quantity: Quantity, last: int) -> bool:
    """`جثث ستة رعاة`, `ضحايا قصف المدينة`: a bare noun before those counted, or before what befell them."""
    struck = any(hit.first == last and hit.trigger.role != "harm" for hit in frame.hits)
    if quantity.bare and struck and len(frame.hits) > 1:
        return not view.preposition(last) and not quantity.definite
    behind = view.amounts.get(last)
    begins = behind is not None and view.local(behind)[0] == last
    return begins and quantity.bare and quantity.kind is CountKind.KILLED and not view.joined(last)


def _restates(view: View, quantity: Quantity, first: int, before: list[Counted]) -> bool:
    """An amount in brackets that only says again who was counted, or `من عائلة واحدة` behind a count."""
    if not before or first - before[-1].last > 2:
        return False
    count = before[-1].count
    if view.words[first - 1].form == "(":
        return count.low == quantity.low and count.high == quantity.high
    return view.stems[first - 1] == "من"


def _orders(view: View, quantity: Quantity, last: int, lexicon: ClaimLexicon) -> bool:
    """`أصيب ثالث أفراد الأسرة`: an ordinal before a noun is no other person."""
    if quantity.noun_class != "others" or quantity.rule != "noun-singular" or last >= len(view):
        return False
    plain = view.words[last].kind is WordKind.WORD and not view.words[last].proclitics and last not in view.dated
    return plain and view.stems[last] not in lexicon.words.prepositions


def _speaks_again(view: View, quantity: Quantity, first: int, before: list[Counted], lexicon: ClaimLexicon) -> bool:
    """`أصيب أربعة (جميعهم من عائلة واحدة)`: all with a pronoun only speaks again of those just counted."""
    if not before or view.stems[first] not in lexicon.words.portions:
        return False
    same = quantity.who in (None, CountWho.UNSPECIFIED, before[-1].count.who)
    return quantity.bare or (view.stems[first] in _ALL and bool(view.words[first].enclitic) and same)

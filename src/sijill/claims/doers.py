"""People in the place of a verb's subject who do the harm, not suffer it: `خطف أربعة مسلحين طبيبا`.

Unvowelled writing makes active and passive one form, so that people right behind the verb are its subject where whom
they do it to stands behind them: a number, a definite or feminine noun, an accusative that cannot be their adjective.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2, §§ 112-118 (verb, subject, object), 136 (adjectives agree
with their noun in gender, number, case and article).
"""

from __future__ import annotations

from sijill.claims.frames import Frame
from sijill.claims.governors import does
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import CountKind, CountWho, MentionKind, Quantity, WordKind

__all__ = ["acted_on", "acts"]

_ON, _FROM = "علي", "من"
_AMONG = ("بين", "ضمن")
_BOARD = "متن"
_COMMAS = frozenset("،,")
_NISBA, _PLURALS = ("يه", "ي"), ("ون", "ين", "ان")
_OBJECT_REACH = 9
_OWNER_REACH = 3
_SHORT = 3
_DAMMA = "ُ"
# What a verb's subject does to others; who surrenders does it himself.
_DONE = frozenset([CountKind.KILLED, CountKind.INJURED, CountKind.DETAINED, CountKind.ABDUCTED])


def acts(frame: Frame, quantity: Quantity, first: int, last: int, lexicon: ClaimLexicon) -> bool:
    """Whether people right behind an active verb whose object follows, or before such a verb, are its subject."""
    view = frame.view
    before = [hit for hit in frame.hits if hit.last == first and _may_act(view, hit, lexicon)]
    if any(does(hit) for hit in before) and _goes_onto(view, last):
        return True  # أطلق جندي النار على …, أطلق مسلحان يستقلان سيارة النار على …
    acting = [hit for hit in frame.hits if 0 <= hit.first - last <= 1 and not hit.noun and hit.trigger.count in _DONE]
    if acting and view.stems[acting[0].first].endswith("وا"):
        behind = acting[0].last
        if _object_begins(view, behind) or (behind < len(view) and _takes_thing(view, behind)):
            return True  # إن مسلحين خطفوا عشرة عمال
    if not before:
        return False
    if _object_behind(view, quantity, first, last) or _takes_thing(view, last):
        return True
    if quantity.who is not CountWho.FIGHTERS or not view.stems[first].endswith(("ون", "ان", "و")):
        return False
    if before[0].trigger.count is CountKind.ABDUCTED and _accusative(view, last):
        return True  # خطف مسلحون منتسبا في الشرطة
    others = [view.local(other)[0] for other in view.quantities if view.local(other)[0] >= last]
    return any(at - last <= 6 and not view.joined(at) and not view.gap_marks(last, at) for at in others)


def _may_act(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """Whether the verb can be active and do something to somebody: no verb of dying, no vowel that makes it passive."""
    if hit.noun or hit.trigger.count not in _DONE:
        return False
    if hit.trigger.role == "harm" and view.stems[hit.first] not in lexicon.slays and not hit.trigger.next:
        return False
    word = view.words[hit.first]
    return _DAMMA not in view.text.document.text[word.stem_start : word.stem_start + 2]


def _goes_onto(view: View, last: int) -> bool:
    """Whether the deed of a subject that ends at word `last` goes on to whom it is done, in the same clause."""
    for at in range(last, min(len(view), last + _OBJECT_REACH)):
        if view.is_mark(at):
            return False
        if view.stems[at] == _ON:
            return True
    return False


def _object_behind(view: View, subject: Quantity, first: int, last: int) -> bool:
    """Whether an object follows the subject at words `first`..`last`, what may stand between apart."""
    mention = view.covered.get(first)
    if mention is not None and mention.kind is MentionKind.ACTOR:
        last = max(last, view.local(mention)[1])
    reach = range(last, min(len(view), last + _OBJECT_REACH))
    return any(at in view.amounts and _is_object(view, subject, last, at) and _between(view, last, at) for at in reach)


def _takes_thing(view: View, last: int) -> bool:
    """`خطف قراصنة ناقلة نفط`: a thing right behind the subject is the object."""
    thing = view.covered.get(last)
    things = thing is not None and thing.kind is MentionKind.TARGET and view.local(thing)[0] == last
    return things and not view.words[last].article and not view.joined(last) and not view.preposition(last)


def acted_on(view: View, hit: Hit, at: int) -> bool:
    """Whether word `at` begins whom the people or the party right behind the verb act on."""
    amount, mention = view.amounts.get(hit.last), view.covered.get(hit.last)
    party = mention is not None and mention.kind is MentionKind.ACTOR
    if not party and (amount is None or not amount.person or amount.definite):
        return False
    ends = [view.local(amount)[1]] if amount is not None else []
    ends += [view.local(mention)[1]] if mention is not None and party else []
    return 0 <= at - max(ends) <= _OBJECT_REACH and _between(view, max(ends), at)


def _between(view: View, last: int, at: int) -> bool:
    """Whether words `last`..`at` may stand between subject and object.

    A time, the name behind من, adjectives of the subject, with what it acts, what commas set apart, and last its
    relative clause: `مسلحون مجهولون يستقلون دراجة نارية`.
    """
    now, owned, ending = last, 0, view.stems[last - 1][-2:]
    while now < at:
        stem, word = view.stems[now], view.words[now]
        if stem.startswith(_AMONG):
            return False  # قتل خمسة أشخاص من بينهم الصحفي
        if word.form in _COMMAS:
            closed = next((mark for mark in range(now + 1, at) if view.words[mark].form in _COMMAS), None)
            if closed is None or any(person in view.amounts for person in range(now, closed)):
                return False
            now = closed
        elif stem == _FROM and not owned:
            owned = now
        elif _describes(view, now):
            return _no_owner(view, at) and not any(view.is_mark(i) or i in view.amounts for i in range(now, at))
        elif "ب" in word.proclitics and now not in view.covered:
            now += now + 1 < at and view.stems[now + 1].endswith(_NISBA)  # بطلق ناري
        elif not _passes(view, now, owned=0 < owned < now <= owned + _OWNER_REACH) and not _agrees(view, now, ending):
            return False
        now += 1
    return True


def _describes(view: View, at: int) -> bool:
    """Whether a relative clause of men begins at word `at`, or what they ride: `يستقلون …`, `على متن …`."""
    stem, word = view.stems[at], view.words[at]
    if stem == _ON:
        return view.stems[at + 1 : at + 2] == [_BOARD]
    verb = stem.startswith("ي") and stem.endswith(("ون", "ان")) and not word.article
    return verb and not word.proclitics and at not in view.amounts


def _agrees(view: View, at: int, ending: str) -> bool:
    """Whether word `at` can be an adjective of a plural or dual that ends in `ending`: `مسلحون مجهولون`."""
    word = view.words[at]
    return ending in _PLURALS and view.stems[at].endswith(ending) and not word.article and not word.proclitics


def _no_owner(view: View, at: int) -> bool:
    """Whether the word before `at` cannot own it: an adjective (`دراجة نارية`) or an accusative (`زيا عسكريا`)."""
    stem, before = view.stems[at - 1], view.stems[at - 2]
    return stem.endswith((*_NISBA, *_PLURALS, "ا")) or (stem.endswith("ه") and before.endswith("ه"))


def _accusative(view: View, at: int) -> bool:
    """Whether a noun in the indefinite accusative stands at word `at`, joined to nothing before it."""
    word = view.words[at] if at < len(view) else None
    if word is None or word.proclitics or word.enclitic or word.article or word.kind is not WordKind.WORD:
        return False
    return view.stems[at].endswith("ا") and len(view.stems[at]) > _SHORT and at not in view.dated


def _passes(view: View, at: int, *, owned: bool) -> bool:
    """Whether word `at` may stand between subject and object: a time, or the name behind من."""
    word = view.words[at]
    return (owned or at in view.dated) and not word.proclitics and word.kind is WordKind.WORD


def _people_at(view: View, at: int) -> Quantity | None:
    """The people that begin at word `at`, joined to nothing before it and governed by no preposition."""
    amount = view.amounts.get(at)
    if amount is None or not amount.person or amount.noun is None or view.local(amount)[0] != at:
        return None
    apart = not view.joined(at) and not view.preposition(at)
    again = amount.rule in ("portion", "one-of") and bool(view.words[at].enclitic)  # بعضهم, أحدهم
    return amount if apart and not again else None


def _object_begins(view: View, at: int) -> bool:
    """Whether whom a verb in وا acts on begins at word `at`: counted, or in the accusative."""
    amount = _people_at(view, at)
    return amount is not None and not amount.definite and (not amount.bare or view.stems[at].endswith(("ا", "ين")))


def _is_object(view: View, subject: Quantity, last: int, at: int) -> bool:
    """Whether the people at word `at` are whom those of `subject`, who end at `last`, act on: no adjective of them."""
    amount = _people_at(view, at)
    if amount is None or not amount.bare:
        return amount is not None
    end, stem = view.stems[last - 1], view.stems[at]
    one = amount.low == amount.high == 1
    single = subject.bare and subject.low == subject.high == 1
    if amount.definite:
        return not subject.definite or (one and not single)
    women = (CountWho.WOMEN, CountWho.CHILDREN)
    if one and stem.endswith("ه") and not end.endswith(("ه", "ات")) and subject.who not in women:
        return True  # خطف مسلح امرأة
    if end.endswith("ا"):
        return False  # قتل عشرون مدنيا نازحا
    if one and stem.endswith("ا"):
        return True
    return stem.endswith("ين") and (single or end.endswith(("ون", "ان", "و")))

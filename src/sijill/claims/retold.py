"""What a word only says once more: events that point back at the one just told, and what is added to its toll.

`أدت تلك الهجمات لمقتل …`, `استهدف القصف حينها …` go on with the attack that the sentence has told, `بالإضافة إلى إصابة`
with its toll; `جراء ذلك` gives it as the cause; `حملة … والتي أسفرت عن` tells of a campaign, not of one attack.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2, §§ 343-346 (demonstratives), 172-175 (relative clauses);
the annotation guidelines ("One claim or two").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sijill.claims.lexicon import ClaimLexicon

if TYPE_CHECKING:
    from sijill.claims.frames import Frame
    from sijill.claims.triggers import Hit
    from sijill.claims.view import View

__all__ = [
    "added",
    "again",
    "as_subject",
    "as_well",
    "besides",
    "of_campaign",
    "of_others",
    "of_the_dead",
    "on_the_way",
    "owns_object",
    "takes_up",
    "thereby",
]

_BY_PRONOUN = ("ه", "ها", "هم", "هما")
_OF_IT = frozenset(["بها", "به", "بهم", "بهما"])
_THEM = (*_BY_PRONOUN, "هن")
_THEREBY_REACH = 14
_EFFECT_BEFORE = 3
_ANSWER_REACH = 5
_RESTATED_REACH = 14
_NAMED_BEFORE = 2
_OWN_BEHIND = 9
_BY = ("ب", "في")
_AS_WELL = "كما"


def added(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether word `at`, or the amount that it is of, goes on with a row: by و, أو, بينهم or `بالإضافة إلى`."""
    amount = view.amounts.get(at)
    first = at if amount is None else amount.first - view.base
    listed = first > 0 and (view.stems[first - 1] == "او" or lexicon.parts.ends(view, first))  # بينهم إصابات خطيرة
    return view.joined(at) or view.joined(first) or listed or besides(view, at, lexicon)


def besides(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether `بالإضافة إلى`, `فضلا عن` and their like stand before word `at`, a noun between or not."""
    behind = any(lexicon.additions.ends(view, end) for end in (at, at - 1) if end > 0)
    return behind and not _by_its_own(view, at, lexicon)


def _by_its_own(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """`إضافة لإصابة عاملين بقصف على القرية`: what is added has an attack of its own behind it."""
    for to in range(at + 1, min(len(view), at + _OWN_BEHIND)):
        if view.is_mark(to):
            return False
        attack = any(trigger.role != "harm" for trigger in lexicon.nouns.get(view.stems[to], ()))
        if attack and (view.preposition(to) in _BY or view.stems[to - 1] in lexicon.cause):
            return True
    return False


def again(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """Whether a word points back at an attack of its sentence: `أدت تلك الهجمات`, `استهدف القصف حينها`, `هددت بها`."""
    if hit.trigger.id == "clash.threat" and view.has(_OF_IT, hit.last):
        return True  # عمليات لطالما هددت بها
    if hit.noun and hit.first > 1 and view.stems[hit.first - 2] == "في" and view.has(lexicon.words.most, hit.first - 1):
        return True  # في أعنف هجوم من نوعه
    if not hit.noun or not view.words[hit.first].article or hit.first == 0:
        return False
    if hit.last < len(view) and view.has(lexicon.words.then, hit.last):
        return True
    pointed = view.stems[hit.first - 1] in lexicon.words.demonstratives
    return pointed and as_subject(view, hit.first - 1, lexicon)


def answered(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`رد الجيش على هذا الهجوم ب…`: the noun only says what something else was the answer to."""
    if not hit.noun or not view.words[hit.first].article:
        return False
    at = hit.first - 1
    at -= at > 0 and view.stems[at] in lexicon.words.demonstratives
    if at < 1 or view.stems[at] not in lexicon.words.against:
        return False
    return not lexicon.words.answers.isdisjoint(view.stems[max(0, at - _ANSWER_REACH) : at])


def restates(view: View, gap: range, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """Whether a verb goes on with the attack told before `gap`: `قصف …، أمس، استهدف قرية`.

    Names and times between do not count, nor do the commas around a time.
    """
    if hit.noun or view.stems[hit.first] not in lexicon.restate_forms or view.joined(hit.first):
        return False
    opens = lexicon.words.across | lexicon.words.that
    if any(view.stems[at] in opens for at in gap):
        return False
    words = marks = 0
    for at in gap:
        if view.words[at].form in "()[]" or at in view.dated or at in view.covered:
            continue
        words += 1
        marks += view.is_mark(at) and at + 1 not in view.dated and at - 1 not in view.dated
    return words <= _RESTATED_REACH and marks <= 1


def caused_by(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`موجات التهجير التي سببتها هجمات …`: the cause of what has just been told, behind its verb."""
    at = hit.first - 1
    led = at > 0 and hit.noun and bool(view.words[at].enclitic) and view.stems[at] in lexicon.effect
    return led and view.stems[at - 1] in lexicon.words.relatives


def as_subject(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether a verb of effect stands before word `at`: what begins there is its subject."""
    return any(view.stems[back] in lexicon.effect for back in range(max(0, at - _EFFECT_BEFORE), at))


def thereby(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`استشهد طفل وجرح آخر جراء ذلك`: the cause that stands behind the harm is what has just been told."""
    for at in range(hit.last, min(len(view), hit.last + _THEREBY_REACH)):
        if view.is_mark(at):
            return False
        if view.stems[at] not in lexicon.cause_nouns:
            continue
        if view.words[at].enclitic in _BY_PRONOUN or (at + 1 < len(view) and view.stems[at + 1] == "ذلك"):
            return True
    return False


def of_campaign(view: View, gap: range, lexicon: ClaimLexicon) -> bool:
    """`ضمن حملة التصعيد … والتي أسفرت عن`: the effect is that of the campaign named between."""
    led = next((at for at in gap if view.stems[at] in lexicon.effect), None)
    if led is None or led - 1 not in gap or view.stems[led - 1] not in lexicon.words.relatives:
        return False
    return any(view.stems[at] in lexicon.words.campaigns for at in range(gap.start, led - 1))


def of_others(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`قتل ثلاثة في غارة وأصيب خمسة آخرون`: the others are of those just told of."""
    amount = view.amounts.get(hit.last)
    return (
        amount is not None
        and view.joined(hit.first)
        and (amount.noun_class == "others" or view.stems[amount.last - view.base - 1] in lexicon.words.others)
    )


def more_hurt(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`بالإضافة إلى إصابة …`: the hurt beside the dead; the dead beside the dead are the other side's."""
    kinds = {other.trigger.count for other in frame.hits}
    return hit.trigger.count not in kinds and besides(view, hit.first, lexicon)


def as_well(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`قتل ثلاثة مدنيين، كما أصيب خمسة`: the hurt beside the dead, or others, by no attack of their own."""
    if hit.noun or not frame.has_harm or hit.first == 0 or view.stems[hit.first - 1] != _AS_WELL:
        return False
    more = hit.trigger.count not in {other.trigger.count for other in frame.hits}
    amount = view.amounts.get(hit.last)
    if not more and (amount is None or amount.noun_class != "others"):
        return False
    return frame.harm_only or not _by_its_own(view, hit.first, lexicon)


def on_the_way(view: View, first: int, lexicon: ClaimLexicon) -> bool:
    """`أثناء نقلها جرحى`: whom somebody was carrying or burying when it happened were hurt before."""
    at = first - 1
    carried = at > 0 and bool(view.words[at].enclitic) and not view.words[first].proclitics
    return carried and view.stems[at - 1] in lexicon.words.during


def owns_object(view: View, hit: Hit) -> bool:
    """Whether a pronoun on a verb of harm is whom it befell, so that its subject did it: `قتله`, `فأصابتهم`."""
    return not hit.noun and hit.trigger.role == "harm" and view.words[hit.first].enclitic in _THEM


def takes_up(view: View, hit: Hit) -> bool:
    """Whether a verb of harm has those just told of as its object: `أطلقوا النار على شرطي وأردوه`, `فقتلهما`."""
    return owns_object(view, hit) and view.joined(hit.first)


def of_the_dead(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """`الشهداء الذين ارتقوا`: the verb only says what the noun says already of those known."""
    if at < _NAMED_BEFORE or view.stems[at - 1] not in lexicon.words.relatives:
        return False
    known = view.amounts.get(at - _NAMED_BEFORE)
    return known is not None and known.bare and known.definite and known.kind is not None

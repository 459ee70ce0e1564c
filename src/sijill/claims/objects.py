"""What an attack hit: its object, what stands behind على, what a bomb went off in or a shell fell on.

Behind an object, `على طريق` only says where it was; what is taken is a place; what carried those who act is no object.

Source: the annotation guidelines (`targets`); W. Wright, A Grammar of the Arabic Language, vol. 2, §§ 22-44 (objects).
"""

from __future__ import annotations

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import Actor, ClaimType, CountKind, Mention, MentionKind

__all__ = ["is_object", "nearest", "things_within"]

_FOR, _FROM, _NEAR = "ل", "من", "قرب"
_BLASTS = frozenset([ClaimType.EXPLOSION, ClaimType.SUICIDE_ATTACK])
_GROUND = frozenset([ClaimType.TERRITORY_GAINED, ClaimType.WITHDRAWAL])
_COMPOSED_REACH = 4
_OBJECT_REACH = 12


def things_within(frame: Frame, lexicon: ClaimLexicon) -> set[int]:
    """Words of triggers that are hit all the same: what was seized (`حجز مسدس`), a post spelled as an ambush."""
    view = frame.view
    seized = {
        at for hit in frame.hits if hit.trigger.type is ClaimType.INTERCEPTION for at in range(hit.first + 1, hit.last)
    }
    aimed = {hit.first for hit in frame.hits[1:] if view.preposition(hit.first) in lexicon.words.against}
    return {at for at in seized | aimed if (thing := view.covered.get(at)) and thing.kind is MentionKind.TARGET}


def is_object(frame: Frame, mention: Mention, lexicon: ClaimLexicon, targets: list[Actor]) -> bool:
    """Whether a thing or class of people is what the attack hit: its object, or what stands behind على.

    What a bomb went off in is its target as well; behind an object, `على طريق` only says where it was.
    """
    view, words = frame.view, lexicon.words
    first, _ = view.local(mention)
    hit = _aiming(frame, first, lexicon)
    if mention.subtype == "person" or hit.first >= first or hit.trigger.role == "harm":
        return False
    if hit.trigger.type is ClaimType.PROTEST and first < hit.last:
        return False  # خرجت مظاهرة
    if targets and (lexicon.parts.ends(view, first) or _goes_on(view, first, targets[-1])):
        return True  # 15 هدفا من بينها منصات إطلاق وبرج سكني
    if sum(at not in view.dated for at in range(hit.last, first)) > _OBJECT_REACH:
        return False
    if hit.trigger.type in _GROUND and view.words[first].article:
        return False  # سيطروا على المعسكر: what is taken is a place
    if not lexicon.words.composed.isdisjoint(view.stems[max(hit.last, first - _COMPOSED_REACH) : first]):
        return False  # قوة مؤلفة من أربع آليات
    preposition = _governing(view, first, lexicon)
    if any(view.has(words.fired_from, at) for at in range(max(hit.last, first - 3), first)) or _rides(
        frame, first, lexicon
    ):
        return False
    if mention.subtype == "weapons" and hit.noun and first == hit.last and hit.trigger.type is ClaimType.SHELLING:
        return False  # إطلاق قذائف الدبابات
    if preposition in words.against and hit.trigger.type in _BLASTS:
        return False  # انفجار على الطريق: where, not what
    if _stood(frame, hit, preposition, lexicon):
        return not targets
    if preposition:
        aimed = preposition == _FOR or preposition in words.against or preposition in words.towards
        return aimed and (hit.noun or not targets)
    return hit.trigger.role == "open" or hit.trigger.count in (None, CountKind.KILLED, CountKind.OTHER_PEOPLE)


def nearest(frame: Frame, first: int, lexicon: ClaimLexicon) -> Hit:
    """The trigger that a party at `first` belongs to: the attack's rather than the harm's, the last before it.

    Behind harm and a word that carries a noun it is the attack to come (`المصاب عن قيام الجنود بإطلاق النار`).
    """
    before = [hit for hit in frame.hits if hit.first <= first]
    attacks = [hit for hit in before if hit.trigger.role != "harm"]
    if attacks:
        return attacks[-1]
    if not before:
        return frame.hits[0]
    ahead = [hit for hit in frame.hits if hit.first > first and hit.trigger.role != "harm" and hit.noun]
    carried_on = lexicon.light.intersection(frame.view.stems[before[-1].last : first])
    return ahead[0] if ahead and carried_on else before[-1]


def _aiming(frame: Frame, first: int, lexicon: ClaimLexicon) -> Hit:
    """The trigger that a thing at `first` belongs to: behind على the attack, though the thing is spelled as another."""
    hit = nearest(frame, first, lexicon)
    at = frame.hits.index(hit)
    spelled = hit.first == first and at and frame.view.preposition(first) in lexicon.words.against
    return frame.hits[at - 1] if spelled else hit  # هجمات على كمائن


def _goes_on(view: View, first: int, target: Actor) -> bool:
    """Whether the thing at `first` is joined to the target right before it."""
    before = view.covered.get(first - 1)
    return before is not None and before.span == target.span and view.joined(first)


def _stood(frame: Frame, hit: Hit, preposition: str, lexicon: ClaimLexicon) -> bool:
    """`انفجرت عبوة في حافلة`, `فجر نفسه قرب قافلة`, `سقطت قذيفة في ساحة منزل`: where it went off is what it hit."""
    words = lexicon.words
    if hit.trigger.type in _BLASTS:
        aimed = hit.trigger.type is ClaimType.SUICIDE_ATTACK and preposition == _NEAR
        return preposition in words.site or aimed
    fallen = any(other.trigger.id == "shelling.fall" and not other.noun for other in frame.hits)
    return fallen and (preposition in words.site or preposition in words.against)


def _governing(view: View, first: int, lexicon: ClaimLexicon) -> str:
    """The preposition before the thing at `first`; behind an amount and من (`عدد من النقاط`) the one before it."""
    preposition = view.preposition(first)
    if not preposition and first > 1 and view.stems[first - 1] in lexicon.words.around:
        return view.preposition(first - 1)  # في محيط المستشفى
    if preposition != _FROM or view.stems[first - 1] != _FROM:
        return preposition
    for at in range(first - 2, max(-1, first - 4), -1):
        if view.stems[at] in lexicon.words.partitives:
            return view.preposition(at)
    return preposition


def _rides(frame: Frame, first: int, lexicon: ClaimLexicon) -> bool:
    """`هجوم شنه مسلحون على متن دراجات`, `انتحاري يقود سيارة`: what carries those who act; victims' cars are hit."""
    view = frame.view
    at = next((at for at in (first - 1, first - 2) if at > 0 and view.has(lexicon.words.rides, at)), 0)
    before = view.covered.get(at - 2 if view.stems[at - 1] == "علي" else at - 1) if at > 1 else None
    return before is not None and before.kind is MentionKind.ACTOR

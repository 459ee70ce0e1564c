"""The role of one named party, by where it stands from the trigger, behind which preposition, before what object.

Source: Wright, vol. 2, on subject, object and the construct of the verbal noun; the annotation guidelines ("Sides").
"""

from __future__ import annotations

import msgspec

from sijill.claims.bystanders import demanded, in_accusation, on_frontier
from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.objects import nearest
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import Actor, ClaimType, Mention, MentionKind

__all__ = ["AGENT", "NONE", "TARGET", "carried_out", "role_of", "second_side", "shared_role"]

AGENT, TARGET, NONE = "agent", "target", ""
FOR, FROM, BETWEEN = "ل", "من", "بين"
_VERB_REACH = 6
_SIDES_REACH = 24
_CARRY_REACH = 6
_LIGHT_BEFORE = 2  # تمكن الجيش من قتل
_OBJECT_BEHIND = 2
_OBJECT_OVER = 10
_WEAPON_BEHIND = 5
_ATTACK_REACH = 5
_AGAINST_THEM = frozenset([ClaimType.TERRITORY_GAINED, ClaimType.INTERCEPTION])
_OPERATION, _MOST_DESCRIBED = "عمليه", 3
_STATES = ("state", "capital")


def shared_role(view: View, first: int, previous: tuple[int, str]) -> str:
    """The role of the party before, when this one is joined to it by و with nothing between."""
    last, role = previous
    if role and view.coordinated(last, first):
        return role
    return NONE


def second_side(frame: Frame, first: int, lexicon: ClaimLexicon) -> str:
    """`بين A وB`: the second side is the target."""
    view = frame.view
    if view.words[first].proclitics[:1] != "و" and not (first and view.words[first - 1].proclitics[:1] == "و"):
        return NONE
    if on_frontier(view, first, lexicon):
        return NONE
    hit = nearest(frame, first, lexicon)
    if hit.first >= first or BETWEEN not in view.stems[max(hit.first, first - _SIDES_REACH) : first]:
        return NONE
    side = [
        at for at in range(hit.last, frame.end) if view.stems[at] in lexicon.words.sides and view.preposition(at)
    ]  # بين A وB من جهة وC من جهة ثانية
    if side and first < side[0]:
        return AGENT
    if not side and BETWEEN not in view.stems[max(hit.first, first - 8) : first]:
        return NONE
    again = [at for at in range(first + 1, min(frame.end, first + _SIDES_REACH)) if view.stems[at] == BETWEEN]
    if not side and again and view.joined(again[0]) and BETWEEN not in view.stems[first - 2 : first]:
        return AGENT  # بين A وB، وبين C: A and B are one side
    if frame.main.trigger.type is ClaimType.AGREEMENT and view.covered[first].subtype in _STATES:
        return AGENT  # الاتفاق الموقع بين تركيا وروسيا: what states sign they made together
    return TARGET if view.words[first].proclitics[:1] == "و" or view.stems[first - 1] == BETWEEN else NONE


class _Party(msgspec.Struct, frozen=True):
    """A named party as seen from the trigger `hit`: `gap` words apart, behind `preposition` ('' where none)."""

    view: View
    mention: Mention
    hit: Hit
    first: int
    gap: int
    preposition: str


def role_of(frame: Frame, mention: Mention, lexicon: ClaimLexicon, agents: list[Actor]) -> str:
    """AGENT, TARGET or NONE: what a named party is in the clause of `frame`; `agents` are those found before it."""
    view = frame.view
    first, last = view.local(mention)
    before = view.stems[max(0, first - 6) : first]
    if _repelled(frame, lexicon):
        return _in_repelled(frame, first, lexicon)
    if _taken_from(frame, first, agents, lexicon):
        return TARGET
    if (
        lexicon.agent_phrases.ends(view, first)
        or any(view.has(lexicon.words.fired_from, at) for at in range(first - 6, first))
        or carried_out(frame, first, lexicon)
        or _in_operation(view, first)
    ):
        return AGENT
    if agents and lexicon.companions.ends(view, first):
        return AGENT
    if (
        view.has(lexicon.words.leads, first - 1)
        or view.has(lexicon.words.guards, first - 1)
        or demanded(frame, first, lexicon)
        or on_frontier(view, first, lexicon)
        or in_accusation(view, first)
        or _of_another_verb(frame, first, lexicon)
    ):
        return NONE
    hit = nearest(frame, first, lexicon)
    if mention.subtype == "adjective":
        if frame.main.trigger.type is ClaimType.INTERCEPTION:
            return NONE  # مسيرة إسرائيلية: whose it is that is shot down
        means = any(stem in lexicon.means for stem in before[-2:])
        return AGENT if 0 <= first - hit.last <= 2 or means else NONE
    ahead = hit.first >= first
    between = range(last, hit.first) if ahead else range(hit.last, first)
    gap = sum(at not in view.dated for at in between)
    party = _Party(view, mention, hit, first, gap, view.preposition(first))
    if ahead:
        return _before(party, lexicon)
    return _owner(party, lexicon) or _behind(party, lexicon, acted=bool(agents) or _has_subject(frame, hit, lexicon))


def _in_operation(view: View, first: int) -> bool:
    """`في عملية لقوات الأمن`, `بعملية أمنية للشرطة`: whose operation it came about in."""
    if not view.words[first].proclitics.endswith("ل") or first < _MOST_DESCRIBED:
        return False
    at = next((at for at in range(first - 1, first - 1 - _MOST_DESCRIBED, -1) if view.stems[at] == _OPERATION), -1)
    described = all(not view.words[to].proclitics and view.stems[to].endswith("يه") for to in range(at + 1, first))
    return at >= 0 and described and view.preposition(at) in ("في", "ب")


def carried_out(frame: Frame, first: int, lexicon: ClaimLexicon) -> bool:
    """`كمين نصبه جهاديون`: behind a light verb whose pronoun is the event just named."""
    verb = first - 1
    while verb > 0 and verb in frame.view.dated:
        verb -= 1  # تنفذها منذ 2015 جماعات
    if verb < 1 or frame.view.words[verb].enclitic not in ("ه", "ها") or frame.view.stems[verb] not in lexicon.light:
        return False
    return any(hit.noun and 0 <= verb - hit.last <= 1 for hit in frame.hits)


def _repelled(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """`صد الجيش هجوما للمتمردين`: an attack that is told by its failing; who made it acts, who repels it suffers."""
    main, view = frame.main, frame.view
    if main.trigger.id != "clash.repel":
        return False
    near = range(main.first + 1, min(len(view), main.last + _ATTACK_REACH))
    return any(t.id == "attack.general" for at in near for t in lexicon.nouns.get(view.stems[at], ()))


def _in_repelled(frame: Frame, first: int, lexicon: ClaimLexicon) -> str:
    """The role of a party around an attack that was repelled."""
    view = frame.view
    made = lexicon.agent_phrases.ends(view, first) or view.stems[first - 1] in lexicon.light
    if made or (first > frame.main.first and view.preposition(first) in (FOR, FROM)):
        return AGENT
    return NONE if view.preposition(first) else TARGET


def _taken_from(frame: Frame, first: int, agents: list[Actor], lexicon: ClaimLexicon) -> bool:
    """`استعاد الجيش البلدة من يد المتمردين`, `تصدت القوات لهجوم شنه المسلحون`: the other side of who acts already."""
    if not agents or frame.main.noun:
        return False
    kind = frame.main.trigger.type
    repels = kind is ClaimType.INTERCEPTION or frame.main.trigger.id == "clash.repel"
    if repels and frame.view.words[first - 1].enclitic:
        return True  # أسقطت الدفاعات صاروخا أطلقه المسلحون
    if not lexicon.agent_phrases.ends(frame.view, first):
        return False
    return (
        repels
        or kind in _AGAINST_THEM
        or (kind is ClaimType.ARMED_CLASH and frame.view.words[first - 1].enclitic != "")
    )


def _of_another_verb(frame: Frame, first: int, lexicon: ClaimLexicon) -> bool:
    """`المستودع الذي تستخدمه الفصائل`: the subject of a relative clause that tells no event."""
    view = frame.view
    at = first - 1
    resumes = at > 0 and (bool(view.words[at].enclitic) or view.stems[at] in lexicon.words.resumes)
    if not resumes or any(hit.first <= at < hit.last for hit in frame.hits):
        return False
    thing = view.covered.get(at - 1)
    if thing is not None and thing.kind is MentionKind.TARGET and not view.words[at - 1].article:
        return True  # مستودعا تستخدمه الفصائل
    pronoun = next((k for k in (at - 1, at - 2) if k >= 0 and view.stems[k] in lexicon.words.relatives), None)
    # "the truce that the coalition announced": the clause tells of the event itself.
    told = any(0 <= pronoun - hit.last <= 3 or pronoun < hit.first < first for hit in frame.hits) if pronoun else True
    return pronoun is not None and not told


def _owner(party: _Party, lexicon: ClaimLexicon) -> str:
    """The owner of what is attacked is attacked: `على مواقع "لواء الصحراء"`, `نقطة تابعة للجيش`."""
    view, first, words = party.view, party.first, lexicon.words
    if party.preposition == "ب" and party.mention.weapon is not None:
        return NONE  # استهداف سيارة بطائرة مسيرة
    for at in range(first - 1, max(party.hit.last - 1, first - 4), -1):
        thing = view.covered.get(at)
        if thing is not None and thing.kind is MentionKind.TARGET:
            governed = view.preposition(thing.first - view.base)
            attacked = not governed or governed == FOR or governed in words.against or governed in words.towards
            if party.hit.trigger.type is ClaimType.WITHDRAWAL:
                return AGENT  # إخلاء نقاط عسكرية لقسد
            return TARGET if attacked and (at == first - 1 or party.preposition == FOR) else NONE
    return NONE


def _before(party: _Party, lexicon: ClaimLexicon) -> str:
    """A party before the trigger: subject of the verb, of a light verb, or the object of what is told first."""
    view, hit, first, words = party.view, party.hit, party.first, lexicon.words
    if party.preposition in words.against:
        return TARGET
    if party.preposition in words.beside or party.gap > 14:
        return NONE
    if hit.trigger.role == "harm" and any(0 <= first - at <= 3 for at in view.amounts):
        return NONE  # whose people they are: خمسة من جنود الجيش قتلوا
    near = range(max(0, first - 3), first)
    if lexicon.negation.within(view, near):
        return NONE
    if hit.trigger.patient_subject or any(view.stems[at] in lexicon.suffer for at in near):
        return TARGET
    if hit.trigger.role == "harm" and hit.noun:
        # "managed to kill": the subject of a verb that carries the noun acts
        carries = lexicon.light.intersection(view.stems[max(0, first - _LIGHT_BEFORE) : hit.first])
        return (
            AGENT
            if carries and party.gap <= _CARRY_REACH and view.preposition(hit.first) in ("من", "علي", "ب")
            else NONE
        )
    if hit.noun and not lexicon.light.intersection(view.stems[max(0, first - _VERB_REACH) : hit.first]):
        return NONE  # the subject of some other verb
    says = first > 0 and view.stems[first - 1] in lexicon.reporting
    if hit.noun and says and not lexicon.words.that.isdisjoint(view.stems[first : hit.first]):
        return NONE  # who announced that an attack took place
    return AGENT if party.preposition != FROM and party.preposition not in words.with_ else NONE


def _has_subject(frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`قصف يستهدف موكب الجيش`: the subject of a verb that restates an attack is the attack."""
    view = frame.view
    told = [other for other in frame.hits if other.first < hit.first and other.trigger.role != "harm"]
    if not told or not told[-1].noun or hit.noun:
        return False
    first = told[0] if told[0].noun else told[-1]
    if view.stems[hit.first] not in lexicon.reaches or view.words[hit.first].enclitic:
        return False
    own = any(view.has(lexicon.words.in_which, at) for at in range(hit.last, hit.last + 2))
    return not own and not lexicon.boundary.within(view, range(first.last, hit.first))


def _behind(party: _Party, lexicon: ClaimLexicon, *, acted: bool) -> str:
    """A party behind the trigger, told by its preposition, else by the order subject, object.

    `acted`: who acts is known.
    """
    hit, preposition, words = party.hit, party.preposition, lexicon.words
    if preposition in words.against or preposition in words.with_:
        return TARGET
    if preposition == BETWEEN:
        return AGENT
    if hit.trigger.role == "harm":
        active = not hit.noun and not preposition and party.gap <= 2 and party.view.stems[hit.first] in lexicon.slays
        return AGENT if active else NONE
    if preposition == FROM and acted and not hit.noun and hit.trigger.type is not ClaimType.TERRITORY_GAINED:
        return NONE
    if preposition in (FOR, FROM):
        return _belonging(party)
    if _strikes(party, lexicon):
        return AGENT
    if preposition in words.aside or preposition in words.near:
        return NONE
    if hit.trigger.patient_subject or (
        hit.noun and party.view.stems[hit.first] in words.patient_nouns and party.gap <= 1
    ):
        return TARGET
    if _reached(party, lexicon):
        return TARGET
    if not hit.noun and (acted or _oblique(party.view, party.first) or _subject_within(party)):
        return TARGET if party.gap <= 12 else NONE
    return AGENT if party.gap <= 3 else NONE


def _reached(party: _Party, lexicon: ClaimLexicon) -> bool:
    """`طال القصف قوات النظام`: behind a definite attack that is the subject of its verb, a bare party is its object."""
    view, hit = party.view, party.hit
    before = view.stems[hit.first - 1] if hit.first else ""
    subject = (
        hit.noun and hit.last - hit.first == 1 and view.words[hit.first].article and not view.preposition(hit.first)
    )
    return subject and party.preposition == "" and party.gap <= 1 and before in lexicon.reaches


def _strikes(party: _Party, lexicon: ClaimLexicon) -> bool:
    """`استهداف القوات لقرية`, `استهداف الطائرات منازل`: an object stands behind, so the construct is who acts.

    So is aircraft that somebody is struck by: `استهدافه بطائرة مسيرة`.
    """
    view, hit, mention = party.view, party.hit, party.mention
    if not hit.noun or hit.trigger.role != "open":
        return False
    if party.preposition == "ب":
        struck = view.stems[hit.first] in lexicon.words.patient_nouns  # no هجمات بطائرات مسيرة
        near = party.gap <= 1 or (party.gap <= _WEAPON_BEHIND and not view.words[party.first].article)
        return struck and mention.weapon is not None and near
    return party.preposition == "" and party.gap <= 1 and _has_object(view, view.local(mention)[1])


def _has_object(view: View, end: int) -> bool:
    """Whether an object stands behind the subject that ends at `end`, over its partners and what it was done with.

    `استهداف القوات التركية بعدة قذائف لقرية`; `استهداف الجيش والفصائل الموالية له، مدينة`.
    """
    reach = end + _OBJECT_BEHIND
    for at in range(end, min(len(view), end + _OBJECT_OVER)):
        thing = view.covered.get(at)
        governed = view.preposition(at)
        named = thing is not None and thing.kind in (MentionKind.TARGET, MentionKind.PLACE, MentionKind.PEOPLE)
        if (named or at in view.amounts) and governed in ("", FOR):
            return thing is None or thing.subtype != "relative"
        if view.words[at].proclitics.endswith("ل") and view.words[at].stem:
            return True
        partner = thing is not None and thing.kind is MentionKind.ACTOR and view.joined(thing.first - view.base)
        if partner or governed == "ب" or at in view.things:
            reach = at + 1 + _OBJECT_BEHIND
        elif at in view.dated or at >= reach or (view.is_mark(at) and view.words[at].form not in "،,"):
            return False
    return False


def _oblique(view: View, first: int) -> bool:
    """`استهدف مسلحين`: a plural or dual of people in ين is no subject."""
    form, mention = view.words[first].form, view.covered[first]
    return form.endswith("ين") and mention.rule.startswith("actors.head.") and mention.subtype == "unnamed"


def _subject_within(party: _Party) -> bool:
    """`رشقوا عناصر الشرطة`: a verb that ends in its subject has none behind it."""
    return party.view.words[party.hit.first].form.endswith("وا")


def _belonging(party: _Party) -> str:
    """A party behind ل or من: whose deed it is after a noun, to whom after a verb, from whom ground is taken."""
    hit, preposition = party.hit, party.preposition
    kind = hit.trigger.type
    if kind is ClaimType.TERRITORY_GAINED and preposition == FROM:
        return TARGET
    if kind is ClaimType.WITHDRAWAL and preposition == FROM:
        return NONE
    if kind is ClaimType.SURRENDER and preposition == FOR:
        return TARGET
    if hit.trigger.id == "strike.hit":
        return TARGET if preposition == FOR else AGENT
    if party.gap > 8:
        return NONE
    return AGENT if hit.noun else TARGET

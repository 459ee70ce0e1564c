"""Who did it and to whom: the named parties of a clause, told apart by preposition and place.

A party behind `على يد`, `من قبل`, behind ل or من after a verbal noun, as its construct or its adjective, or as the
subject of the verb (or of the light verb that carries the noun) acts; a party behind `على`, `ضد`, `مع`, or as the
object of the verb, suffers. A party joined by و shares the role of the one before it.

Source: Wright, vol. 2, on subject, object and the construct of the verbal noun; the annotation guidelines ("Sides").
"""

from __future__ import annotations

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import Actor, CountKind, Mention, MentionKind

__all__ = ["roles_of"]

AGENT, TARGET, NONE = "agent", "target", ""
_SIDES = frozenset(["armed_clash", "agreement"])
_PATIENT_NOUNS = frozenset(["مقتل", "اصابه", "اعتقال", "اغتيال", "استهداف", "اعدام", "طرد", "اسر", "خطف", "اختطاف", "سقوط"])
# "the coalition that X leads": X leads, the coalition acts.
_LEADS = frozenset(["تقوده", "تقودها", "يقوده", "يقودها", "بقياده", "قياده", "تدعمه", "تدعمها", "يدعمها", "يدعمه"])
_OBJECT_KINDS = (MentionKind.TARGET, MentionKind.PEOPLE)


def roles_of(
    frame: Frame,
    lexicon: ClaimLexicon,
    barred: set[int],
    counted: set[int],
    siblings: list[tuple[Frame, tuple[Actor, ...]]],
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Agents and targets of a frame. `barred` are words of the sentence that name sources, `counted` counted people;
    `siblings` are the frames before it in the sentence with their agents."""
    view = frame.view
    agents: list[Actor] = []
    targets: list[Actor] = []
    inside = {at for hit in frame.hits if hit.noun for at in range(hit.first, hit.last)}
    previous: tuple[int, str] = (-9, NONE)
    before: Mention | None = None
    for mention in view.mentions:
        first, last = view.local(mention)
        if not frame.start <= first < frame.end or first in barred or first in counted or first in inside:
            continue
        if mention.kind is MentionKind.ACTOR:
            role = _second_side(view, frame, first) or _shared(view, first, previous) or _role(frame, mention, first, last, lexicon, bool(agents))
            if role == AGENT and before is not None and previous[1] == NONE and first - previous[0] <= 1:
                if view.words[first].proclitics[:1] == "و":  # "A and B, stationed in …, carried out": both did
                    agents.append(_actor(view, before))
            previous, before = (last, role), mention
        elif mention.kind in _OBJECT_KINDS:
            role = TARGET if _is_object(frame, first, last, mention) else NONE
        else:
            continue
        if role == AGENT:
            agents.append(_actor(view, mention))
        elif role == TARGET:
            targets.append(_actor(view, mention))
    if not agents and (carried := _carried(frame, siblings, targets)):
        agents = carried
    return tuple(_distinct(agents)), tuple(_distinct(targets))


def _carried(frame: Frame, siblings: list[tuple[Frame, tuple[Actor, ...]]], targets: list[Actor]) -> list[Actor]:
    """The agent that the clause leaves out: a pronoun on its noun, or a verb that goes on with the subject before it."""
    view = frame.view
    main = frame.main
    word = view.words[main.first]
    if main.noun and word.enclitic in ("ه", "ها", "هم") and main.trigger.role != "harm":
        hurt = {target.span.start for target in targets}
        for mention in reversed(view.mentions):
            if mention.last - view.base <= main.first and mention.kind is MentionKind.ACTOR:
                if mention.subtype != "adjective" and mention.span.start not in hurt:
                    return [_actor(view, mention)]
        return []
    if not main.noun and main.trigger.role != "harm" and siblings and not main.trigger.patient_subject:
        before, agents = siblings[-1]
        if any(not hit.noun for hit in before.hits):
            return list(agents)
    return []


def _actor(view: View, mention: Mention) -> Actor:
    return Actor(mention.name, mention.span, view.cut(mention.span), mention.ref, mention.label)


def _distinct(actors: list[Actor]) -> list[Actor]:
    seen: dict[str, Actor] = {}
    for actor in actors:
        seen.setdefault(actor.name, actor)
    return list(seen.values())


def _shared(view: View, first: int, previous: tuple[int, str]) -> str:
    """The role of the party before, when this one is joined to it by و with nothing between."""
    last, role = previous
    if role and 0 <= first - last <= 1 and view.words[first].proclitics[:1] == "و":
        return role
    return NONE


def _second_side(view: View, frame: Frame, first: int) -> str:
    """`بين A وB`: the second side is the target."""
    if view.words[first].proclitics[:1] != "و":
        return NONE
    hit = _nearest(frame, first)
    return TARGET if hit.first < first and _between(view, hit, first) else NONE


def _role(
    frame: Frame, mention: Mention, first: int, last: int, lexicon: ClaimLexicon, has_agent: bool
) -> str:
    view = frame.view
    before = view.stems[max(0, first - 6) : first]
    if lexicon.agent_phrases.ends(view.stems, first) or "مصدره" in before or "مصدرها" in before:
        return AGENT
    if before and before[-1] in _LEADS:
        return NONE
    hit = _nearest(frame, first)
    between = range(hit.last, first) if hit.first < first else range(last, hit.first)
    if mention.subtype == "adjective":
        return AGENT if 0 <= first - hit.last <= 2 or _is_means(view, first, lexicon) else NONE
    preposition = view.preposition(first)
    if hit.first < first and (owned := _owner(view, hit, first, preposition)):
        return owned
    if hit.first >= first:
        return _before(view, hit, first, between, preposition, lexicon)
    return _behind(frame, hit, first, preposition, lexicon, has_agent, view)


def _owner(view: View, hit: Hit, first: int, preposition: str) -> str:
    """The owner of what is attacked is attacked: `على مواقع "لواء الصحراء"`, `نقطة تابعة للجيش`."""
    for at in range(first - 1, max(hit.last - 1, first - 4), -1):
        thing = view.covered.get(at)
        if thing is not None and thing.kind is MentionKind.TARGET:
            before = view.preposition(thing.first - view.base)
            owns = at == first - 1 or preposition == "ل"
            return TARGET if owns and (before in ("علي", "ضد", "ل", "نحو", "باتجاه") or not before) else NONE
    return NONE


def _is_means(view: View, first: int, lexicon: ClaimLexicon) -> bool:
    return first > 0 and (view.stems[first - 1] in lexicon.means or view.stems[max(0, first - 2)] in lexicon.means)


def _nearest(frame: Frame, first: int) -> Hit:
    """The trigger that a party at `first` belongs to: the attack's rather than the harm's, the last before it."""
    before = [hit for hit in frame.hits if hit.first <= first]
    attacks = [hit for hit in before if hit.trigger.role != "harm"]
    if attacks:
        return attacks[-1]
    return before[-1] if before else frame.hits[0]


def _before(view: View, hit: Hit, first: int, between: range, preposition: str, lexicon: ClaimLexicon) -> str:
    """A party before the trigger: subject of the verb, of a light verb, or the object of what is told first."""
    if preposition in ("علي", "ضد"):
        return TARGET
    if preposition in ("في", "ب", "عن", "الي", "بين") or len(between) > 14:
        return NONE
    if hit.trigger.role == "harm" and any(0 <= first - at <= 3 for at in view.amounts):
        return NONE  # whose people they are: خمسة من جنود الجيش قتلوا
    if any(lexicon.negation.at(view.stems, at) for at in range(max(0, first - 3), first)):
        return NONE
    if any(view.stems[at] in lexicon.suffer for at in range(max(0, first - 3), first)):
        return TARGET
    if hit.trigger.role == "harm" and hit.noun:
        return NONE
    if hit.trigger.patient_subject:
        return TARGET
    return AGENT if preposition not in ("من", "مع") else NONE


def _behind(
    frame: Frame, hit: Hit, first: int, preposition: str, lexicon: ClaimLexicon, has_agent: bool, view: View
) -> str:
    """A party behind the trigger, told by its preposition, else by the order subject, object."""
    stem = view.stems[hit.first]
    near = first - hit.last
    if preposition in ("علي", "ضد"):
        return TARGET
    if preposition == "مع":
        return TARGET
    if preposition == "بين":
        return AGENT
    if hit.trigger.role == "harm":
        active = not hit.noun and not preposition and near <= 2 and hit.trigger.id == "killed"
        return AGENT if active else NONE
    if preposition in ("ل", "من"):
        if hit.trigger.id.startswith(("ground", "withdraw")) and preposition == "من":
            return TARGET if hit.trigger.id.startswith("ground") else NONE
        if hit.trigger.type == "surrender" and preposition == "ل":
            return TARGET
        if stem == "استهداف" or hit.trigger.id == "strike.hit":
            return TARGET if preposition == "ل" else AGENT
        return AGENT if hit.noun and near <= 8 else TARGET if near <= 8 else NONE
    if preposition in ("الي", "عن", "في", "ب", "نحو", "باتجاه"):
        return NONE
    if hit.noun and stem in _PATIENT_NOUNS and near <= 1:
        return TARGET
    if hit.trigger.patient_subject:
        return TARGET
    if near <= 3 and not has_agent:
        return AGENT
    return TARGET if has_agent and near <= 12 and not hit.noun else AGENT if near <= 3 else NONE


def _between(view: View, hit: Hit, first: int) -> bool:
    """`بين A وB`: the second side."""
    return any(view.stems[at] == "بين" for at in range(max(hit.first, first - 8), first))


def _is_object(frame: Frame, first: int, last: int, mention: Mention) -> bool:
    """Whether a thing or class of people is what the attack hit: its object, or what stands behind على."""
    view = frame.view
    if mention.subtype == "person":
        return False
    hit = _nearest(frame, first)
    if hit.first >= first or hit.trigger.role == "harm" or first - hit.last > 12:
        return False
    preposition = view.preposition(first)
    if preposition in ("علي", "ضد", "ل", "نحو", "باتجاه"):
        return True
    if preposition:
        return False
    return hit.trigger.role == "open" or hit.trigger.count in (None, CountKind.KILLED)

"""Who did it and to whom: the named parties of a clause, told apart by preposition and place.

A party behind `على يد`, `من قبل`, behind ل or من after a verbal noun, as its construct or its adjective, or as the
subject of the verb (or of the light verb that carries the noun) acts; a party behind `على`, `ضد`, `مع`, or as the
object of the verb, suffers. A party joined by و shares the role of the one before it.

Source: Wright, vol. 2, on subject, object and the construct of the verbal noun; the annotation guidelines ("Sides").
"""

from __future__ import annotations

from sijill.claims.antecedents import blamed, carried, relative_head
from sijill.claims.bystanders import is_no_party
from sijill.claims.doers import acts
from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.objects import is_object, things_within
from sijill.claims.parties import AGENT, NONE, TARGET, carried_out, role_of, second_side, shared_role
from sijill.claims.view import View
from sijill.model import Actor, ClaimType, Mention, MentionKind

__all__ = ["roles_of"]

_THROUGH = "بواسطه"
_CARRY_REACH = 8
_CUSTODY = frozenset([ClaimType.DETENTION, ClaimType.RELEASE])
_MOVES = (ClaimType.WITHDRAWAL, ClaimType.OFFENSIVE)
_PUT_DOWN = ("protest.disperse", "protest.gas", "protest.intervene")
_NOT_TO_PEOPLE = frozenset(
    [
        *(ClaimType.DESTRUCTION, ClaimType.SUICIDE_ATTACK, ClaimType.EXPLOSION),
        *(ClaimType.INTERCEPTION, ClaimType.OFFENSIVE, ClaimType.TERRITORY_GAINED, ClaimType.SHELLING),
    ]
)
_OBJECT_KINDS = (MentionKind.TARGET, MentionKind.PEOPLE)


def roles_of(
    frame: Frame,
    lexicon: ClaimLexicon,
    barred: set[int],
    counted: set[int],
    siblings: list[tuple[Frame, tuple[Actor, ...]]],
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Agents and targets of a frame. `barred` are words of the sentence that name sources, `counted` counted people;
    `siblings` are the frames before it in the sentence with their agents.
    """
    view = frame.view
    agents: list[Actor] = []
    targets: list[Actor] = []
    inside = {at for hit in frame.hits if hit.noun for at in range(hit.first, hit.last)}
    inside -= things_within(frame, lexicon) | _parties_within(frame)
    closed = barred | counted | inside
    if accused := blamed(frame, lexicon):
        return tuple(_actor(view, mention) for mention in accused), _targets_only(frame, lexicon, closed)
    head, suffers = relative_head(frame, lexicon)
    if head is not None and view.local(head)[0] not in counted:
        suffers = suffers or head.kind is not MentionKind.ACTOR or frame.main.trigger.patient_subject
        (targets if suffers else agents).append(_actor(view, head))
        closed = closed | {view.local(head)[0]}
    cast = _Cast(frame, lexicon, agents, targets)
    for mention in view.mentions:
        first, _ = view.local(mention)
        if frame.has(first) and first not in closed:
            cast.give(mention)
    agents = _owners(view, agents) or _counted_men(frame, counted, lexicon)
    agents = agents or carried(frame, siblings, targets, lexicon)
    return tuple(_distinct(agents)), tuple(_distinct(targets))


def _owners(view: View, agents: list[Actor]) -> list[Actor]:
    """`قصفت تركيا بواسطة طائرات مسيرة`: where who acts is named, what it used is not one of them."""
    unowned = [m for m in view.mentions if m.weapon is not None and m.ref is None]
    used = {m.span for m in unowned if (first := view.local(m)[0]) and view.whole[first - 1] == _THROUGH}
    return [agent for agent in agents if agent.span not in used] or agents


def _counted_men(frame: Frame, counted: set[int], lexicon: ClaimLexicon) -> list[Actor]:
    """`خطف أربعة مسلحين طبيبا`: the men of an amount that is the subject, where no name tells who acts."""
    view = frame.view
    for quantity in view.quantities:
        first, last = view.local(quantity)
        inside = frame.has(first) and first not in counted and quantity.person
        if inside and (acts(frame, quantity, first, last, lexicon) or _did_it(frame, first)):
            return [Actor(view.cut(quantity.phrase), quantity.phrase, view.cut(quantity.phrase))]
    return []


def _did_it(frame: Frame, first: int) -> bool:
    """`أحرق متظاهرون المقر`, `فجر انتحاريان نفسيهما`: people right behind a verb that is not done to people."""
    verbs = (hit for hit in frame.hits if not hit.noun and hit.first + 1 == first)
    return any(hit.trigger.type in _NOT_TO_PEOPLE and hit.trigger.count is None for hit in verbs)


def _parties_within(frame: Frame) -> set[int]:
    """`سحب قوات الرد السريع`: words of troops that are moved, which the noun that moves them ends with."""
    found = set()
    for hit in frame.hits:
        if hit.trigger.type not in _MOVES:
            continue
        for at in range(hit.first + 1, hit.last):
            mention = frame.view.covered.get(at)
            if mention is not None and mention.kind is MentionKind.ACTOR and frame.view.local(mention)[1] > hit.last:
                found.add(at)
    return found


class _Cast:
    """The agents and targets found so far in a clause, and the party named last with its role."""

    def __init__(self, frame: Frame, lexicon: ClaimLexicon, agents: list[Actor], targets: list[Actor]) -> None:
        self.frame, self.lexicon, self.agents, self.targets = frame, lexicon, agents, targets
        self.previous: tuple[int, str] = (-9, NONE)
        self.before: Mention | None = None

    def give(self, mention: Mention) -> None:
        """Put `mention` among the agents or the targets, or among neither."""
        named = mention.kind is MentionKind.ACTOR or _deals(self.frame, mention)
        role = self.party(mention) if named else self.thing(mention)
        if role == TARGET and any(party.span.overlaps(mention.span) for party in (*self.targets, *self.agents)):
            return  # `مواقع لقوات النظام`: the owner is named within
        if role:
            (self.agents if role == AGENT else self.targets).append(_actor(self.frame.view, mention))

    def party(self, mention: Mention) -> str:
        """The role of an actor."""
        frame, view = self.frame, self.frame.view
        first, last = view.local(mention)
        if is_no_party(view, mention, self.lexicon):
            return NONE
        role = (
            second_side(frame, first, self.lexicon)
            or shared_role(view, first, self.previous)
            or role_of(frame, mention, self.lexicon, self.agents)
        )
        if role == TARGET and mention.subtype == "capital" and frame.main.trigger.object == "ground":
            role = NONE  # what is taken is the place
        joined = view.coordinated(self.previous[0], first)
        if role == AGENT and self.before is not None and self.previous[1] == NONE and joined:
            self.agents.append(_actor(view, self.before))  # "A and B, stationed in …, carried out": both did
        self.previous, self.before = (last, role), mention
        return role

    def thing(self, mention: Mention) -> str:
        """The role of an institution, a thing or a class of people."""
        frame = self.frame
        first, last = frame.view.local(mention)
        if frame.main.trigger.type is ClaimType.AGREEMENT and mention.kind is MentionKind.TARGET:
            return NONE  # الاتفاق الموقع بين …: no site
        if mention.kind is MentionKind.BODY and _hands_down(frame, first, last, self.lexicon):
            return AGENT  # حكمت المحكمة بالسجن على
        if mention.kind is MentionKind.PEOPLE and _protests(frame, first):
            return AGENT  # أضرب التجار
        own = mention.kind is MentionKind.TARGET and not frame.view.preposition(first)
        if own and carried_out(frame, first, self.lexicon):
            return AGENT  # هجمات تشنها خلايا نائمة
        if mention.kind is MentionKind.TARGET and self.lexicon.by_whom.ends(frame.view, first):
            return AGENT  # دهس من قبل عربة تركية
        fits = mention.kind in _OBJECT_KINDS and is_object(frame, mention, self.lexicon, self.targets)
        return TARGET if fits else NONE


def _deals(frame: Frame, mention: Mention) -> bool:
    """Whether an institution can be a side of an agreement: `مفاوضات بين اللجنة المركزية والحكومة`."""
    return mention.kind is MentionKind.BODY and frame.main.trigger.type is ClaimType.AGREEMENT


def _protests(frame: Frame, first: int) -> bool:
    """Whether people right behind a verb of protest protest; those who are dispersed suffer."""
    main = frame.main
    own = main.trigger.type is ClaimType.PROTEST and not main.noun and main.trigger.id not in _PUT_DOWN
    return own and 0 <= first - main.first <= 1


def _hands_down(frame: Frame, first: int, last: int, lexicon: ClaimLexicon) -> bool:
    """Whether an institution beside a verb of custody is who detains, tries or frees, or behind one that carries it.

    `حكمت المحكمة بالسجن على`; `المحكمة العسكرية تستجوب`; `شرعت المحكمة أمس في محاكمة`.
    """
    main, view = frame.main, frame.view
    if main.trigger.type not in (*_CUSTODY, ClaimType.DISPLACEMENT, ClaimType.INTERCEPTION):
        return False
    if main.noun:
        carried = first > 0 and view.stems[first - 1] in lexicon.light and 0 <= main.first - last <= _CARRY_REACH
        return carried and not view.words[first].proclitics and not view.gap_marks(last, main.first)
    opens = first == 0 or view.is_mark(first - 1) or view.stems[first - 1] in lexicon.words.that
    return 0 <= first - main.last <= 1 or (opens and last == main.first and not view.joined(main.first))


def _targets_only(frame: Frame, lexicon: ClaimLexicon, closed: set[int]) -> tuple[Actor, ...]:
    """The things and people hit, where who acts is known already."""
    view = frame.view
    targets: list[Actor] = []
    for mention in view.mentions:
        first, _ = view.local(mention)
        inside = frame.has(first) and first not in closed and mention.kind in _OBJECT_KINDS
        if inside and is_object(frame, mention, lexicon, targets):
            targets.append(_actor(view, mention))
    return tuple(_distinct(targets))


def _actor(view: View, mention: Mention) -> Actor:
    return Actor(mention.name, mention.span, view.cut(mention.span), mention.ref, mention.label)


def _distinct(actors: list[Actor]) -> list[Actor]:
    seen: dict[str, Actor] = {}
    for actor in actors:
        seen.setdefault(actor.name, actor)
    return list(seen.values())

"""The type of each frame: the means named in its clause, else what the report says of the event elsewhere, else what
was attacked.

Source: the annotation guidelines ("Which type").
"""

from __future__ import annotations

from bisect import bisect_right

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import Actor, ClaimType, Count, CountKind, CountWho, MentionKind

__all__ = ["TypeMemory", "stated_type"]

_SPECIAL = (ClaimType.PROHIBITED_WEAPON, ClaimType.SUICIDE_ATTACK)
_STRIKES = frozenset([ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.EXPLOSION, ClaimType.SUICIDE_ATTACK])
_FIRED = frozenset([ClaimType.AIR_STRIKE, ClaimType.SHELLING])
_MEANS_REACH = 14
_BESIDE_REACH = 10
_DRONE_REACH = 3
_ARMS_REACH = 8


def stated_type(frame: Frame, lexicon: ClaimLexicon) -> tuple[ClaimType | None, bool]:
    """The type that the clause itself states (None: it states none), and whether a means was named."""
    attacks = [hit for hit in frame.hits if hit.trigger.role != "harm"]
    if not attacks:
        return None, False
    if frame.has_harm and all(hit.trigger.type is ClaimType.ABUSE for hit in attacks):
        return ClaimType.KILLING, True  # death under torture
    for hit in attacks:
        if hit.trigger.type in _SPECIAL:
            return hit.trigger.type, True
    if frame.has_harm and frame.main.first in frame.view.things and _mixed(frame, attacks):
        return ClaimType.CASUALTIES, False  # 376 تفجيرا وهجوما أدت لمقتل …
    main = frame.main.trigger
    if main.type is ClaimType.DESTRUCTION and not frame.main.noun and _means(frame, lexicon) is ClaimType.AIR_STRIKE:
        return ClaimType.AIR_STRIKE, True  # أحرق طيران الجيش ثلاث عجلات
    if main.id == "kill.direct" and (means := _means(frame, lexicon)) in _STRIKES:
        return means, True  # اغتيال … بعبوة ناسفة, من قبل طائرة مسيرة
    if main.role == "act" and not main.means and main.type is not ClaimType.SHELLING:
        return main.type, True
    for hit in attacks:
        led_to = hit is not attacks[0] and hit is not frame.main
        spread = led_to and (hit.trigger.type is ClaimType.DESTRUCTION or hit.trigger.id == "blast")
        if hit.trigger.role == "act" and not spread:
            fired = hit.trigger.type is ClaimType.SHELLING and _from_the_air(frame, hit.first, lexicon)
            return (ClaimType.AIR_STRIKE if fired else hit.trigger.type), True
    means = _means(frame, lexicon)
    return means, means is not None


def _mixed(frame: Frame, attacks: list[Hit]) -> bool:
    """Whether attacks of two kinds are counted together."""
    two = attacks[:2]
    return len(two) > 1 and two[0].trigger.type is not two[1].trigger.type and frame.view.joined(two[1].first)


def _means(frame: Frame, lexicon: ClaimLexicon) -> ClaimType | None:
    """The first means named behind the trigger in its clause, else the one before it (its subject)."""
    view = frame.view
    first, last = frame.main.first, max(hit.last for hit in frame.hits)
    for at in (
        *range(first, min(frame.end, last + _MEANS_REACH)),
        *range(first - 1, max(frame.start - 1, min(first, frame.hits[0].first + 1) - 7), -1),
    ):
        kind = lexicon.means_of(view.stems[at])
        if kind is None and (mention := view.covered.get(at)) is not None and mention.kind is MentionKind.ACTOR:
            kind = lexicon.means.get(mention.weapon or "")
        if kind is not None:
            if kind is ClaimType.SUICIDE_ATTACK and _is_drone(frame, at, lexicon):
                return ClaimType.AIR_STRIKE
            rockets = kind is ClaimType.SHELLING and view.stems[at] in lexicon.words.rockets
            rockets = rockets or (kind is ClaimType.EXPLOSION and view.stems[at] in lexicon.words.bombs)
            return ClaimType.AIR_STRIKE if rockets and _from_the_air(frame, at, lexicon) else kind
    return None


def _is_drone(frame: Frame, at: int, lexicon: ClaimLexicon) -> bool:
    """`طائرة مسيرة انتحارية`: nobody dies by intent."""
    near = range(max(0, at - _DRONE_REACH), min(len(frame.view), at + _DRONE_REACH + 1))
    return any(lexicon.means_of(frame.view.stems[k]) is ClaimType.AIR_STRIKE for k in near)


def _from_the_air(frame: Frame, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether aircraft are named behind rockets, or at the attack before them: they fired them.

    `قصف صاروخي من مسيّرة`; `قصفت الطائرات الحربية البلدة بالصواريخ`; `عدوان جوي برشقات من الصواريخ`.
    """
    view = frame.view
    near = (*range(at + 1, min(frame.end, at + 6)), *range(max(frame.start, frame.hits[0].first - 6), at))
    return any(lexicon.means_of(view.stems[k]) is ClaimType.AIR_STRIKE for k in near if not _other(view, k, at))


def _other(view: View, aircraft: int, rockets: int) -> bool:
    """Whether the two stand in a list of means (`بالطيران والصواريخ`): each is its own."""
    return view.joined(max(aircraft, rockets)) and abs(aircraft - rockets) <= 2


class TypeMemory:
    """What kinds of attack the report tells, for attacks that name no means themselves.

    `told` has a row for each frame whose kind is known, in text order: its sentence, its kind, and whether it is an
    attack called by a general word (`هجوم بسيارة مفخخة`).
    """

    def __init__(self, told: list[tuple[int, ClaimType, bool]]) -> None:
        known = [(at, kind) for at, kind, _ in told if kind in _STRIKES or kind is ClaimType.ARMED_CLASH]
        self._at = [at for at, _ in known]
        self._kinds = [kind for _, kind in known]
        attacks = {kind for _, kind, general in told if general and kind in _STRIKES}
        self.attack: ClaimType | None = attacks.pop() if len(attacks) == 1 else None
        kinds = {kind for _, kind in known}
        self.only: ClaimType | None = kinds.pop() if len(kinds) == 1 and kinds <= _FIRED else None
        """Air strikes or shelling, where the report tells of no other kind of attack and of no fight."""
        """The one kind of the attacks that the report calls by a general word; None where there are several."""

    def near(self, at: int, reach: int = 3) -> ClaimType | None:
        """The kind of the attack told last before sentence `at`, else first behind it, within `reach` sentences."""
        behind = bisect_right(self._at, at)
        if behind and self._at[behind - 1] >= at - reach:
            return self._kinds[behind - 1]
        return self._kinds[behind] if behind < len(self._at) and self._at[behind] <= at + reach else None


def settle(
    frame: Frame,
    memory: TypeMemory,
    counts: tuple[Count, ...],
    agents: tuple[Actor, ...],
    targets: tuple[Actor, ...],
    lexicon: ClaimLexicon,
) -> ClaimType:
    """The type of a frame whose clause names no means."""
    view = frame.view
    main = frame.main.trigger
    near = memory.near(view.number)
    if frame.harm_only:
        return _harm_type(frame, memory, counts, agents)
    counted = frame.main.noun and frame.main.first in view.things
    plural = counted or view.words[frame.main.first].form.endswith(("ات", "اته", "اتها", "اتهم"))
    if near is not None and _of_kind_told(frame, near, lexicon, plural=plural):
        return near
    if main.default is not None:
        same = None if _beside_aircraft(frame, lexicon) else memory.near(view.number, reach=0)
        return ClaimType.AIR_STRIKE if same is ClaimType.AIR_STRIKE else main.default
    if main.id == "attack.claimed":
        return memory.attack or (near if near in _STRIKES else None) or main.type
    if main.id == "attack.general" and frame.main.noun and not plural and memory.attack is not None:
        return memory.attack
    if main.id == "strike.hit" and (told := _strike(frame, memory, near, lexicon)) is not None:
        return told
    if counted and counts and main.id == "attack.general":
        return ClaimType.CASUALTIES
    if plural and counts and not agents:
        return near if near in (ClaimType.AIR_STRIKE, ClaimType.SHELLING) else ClaimType.CASUALTIES
    after = view.stems[frame.main.last : frame.main.last + 8]
    if lexicon.words.positions.intersection(after) or any(target.actor_id for target in targets):
        return ClaimType.ARMED_CLASH
    if any(c.kind in (CountKind.KILLED, CountKind.INJURED) for c in counts) and not _fighters(counts):
        return ClaimType.KILLING
    if main.id == "attack.general" and _on_ground(frame, lexicon):
        return ClaimType.OFFENSIVE
    return main.type


def _of_kind_told(frame: Frame, near: ClaimType, lexicon: ClaimLexicon, *, plural: bool) -> bool:
    """Whether an attack is of the kind that is told beside it: it points back, or is an outcome, or is like it."""
    if _is_back_reference(frame) and not plural:
        return True
    return near in _STRIKES and (frame.main.trigger.outcome or _is_like(frame, lexicon))


def _is_like(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """`بهجمات مماثلة`: an attack that is called like the one before."""
    last = frame.main.last
    return frame.main.noun and not lexicon.words.alike.isdisjoint(frame.view.stems[last : last + 1])


def _small_arms(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """`استهدف بالرشاشات الثقيلة`: no shells and no aircraft."""
    last = frame.main.last
    return not lexicon.words.small_arms.isdisjoint(frame.view.stems[last : min(frame.end, last + _ARMS_REACH)])


def _strike(frame: Frame, memory: TypeMemory, near: ClaimType | None, lexicon: ClaimLexicon) -> ClaimType | None:
    """The kind of a strike that names no means: by its small arms, by what is told beside it or in the report."""
    if _small_arms(frame, lexicon):
        return ClaimType.ARMED_CLASH
    return near if near in _STRIKES else _told_only(frame, memory)


def _told_only(frame: Frame, memory: TypeMemory) -> ClaimType | None:
    """The one kind of strike of the report, for a strike that is told as done, not threatened."""
    return None if frame.hits[0].trigger.id == "clash.threat" else memory.only


def _harm_type(frame: Frame, memory: TypeMemory, counts: tuple[Count, ...], agents: tuple[Actor, ...]) -> ClaimType:
    at = frame.view.number
    near = memory.near(at)
    main = frame.main.trigger
    if main.id == "bodies":
        return main.type  # found or handed over: no attack, whatever killed them
    if _flown(frame, agents):
        return ClaimType.AIR_STRIKE  # مسيرة تقتل قياديا
    if main.type is ClaimType.KILLING or (agents and main.id == "killed"):
        return ClaimType.KILLING
    if memory.near(at, reach=0) is ClaimType.ARMED_CLASH and _fighters(counts) and not agents:
        return ClaimType.ARMED_CLASH
    if near in _STRIKES and counts and not _fighters(counts) and near is not None:
        return near
    return main.type


def _beside_aircraft(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """`قصف وغارات جوية`: a bombardment that air strikes are joined to is none of them."""
    view = frame.view
    last = frame.main.last
    return any(
        view.joined(at) and lexicon.means_of(view.stems[at]) is ClaimType.AIR_STRIKE
        for at in range(last, min(len(view), last + _BESIDE_REACH))
    )


def _flown(frame: Frame, agents: tuple[Actor, ...]) -> bool:
    """Whether aircraft are who kills."""
    acting = {agent.span for agent in agents}
    return any(mention.weapon == "air" and mention.span in acting for mention in frame.view.mentions)


def _on_ground(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """Whether the attack goes against a town, an area or a front (`هجوم بري على قرى`), not against people."""
    view = frame.view
    for at in range(frame.main.last, min(frame.end, frame.main.last + 6)):
        if view.stems[at] not in lexicon.words.against:
            continue
        mention = view.covered.get(at + 1)
        place = mention is not None and mention.kind is MentionKind.PLACE
        return place or (at + 1 < len(view) and view.stems[at + 1] in lexicon.ground)
    return False


def _is_back_reference(frame: Frame) -> bool:
    word = frame.view.words[frame.main.first]
    return frame.main.noun and (word.article or bool(word.enclitic))


def _fighters(counts: tuple[Count, ...]) -> bool:
    return any(count.who is CountWho.FIGHTERS for count in counts)

"""Parties that a clause does not name in their place: the head of a relative clause, who is blamed, who goes on.

`القوات التي تقاتل التنظيم`: the head noun acts, or suffers where the verb has its pronoun (`التي قصفتها الطائرات`).
`اتهمت الوزارة الفصيل بقصف …`, `مسؤولية الجيش عن قتل …`: who is blamed acts. A verb without a subject, or a verbal noun
in one row with others behind their subject, goes on with who acted before.

Source: Wright, vol. 2, §§ 172–175 (relative clauses), § 112 (the implied subject); the annotation guidelines ("Blame").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sijill.claims.lexicon import ClaimLexicon
from sijill.model import Actor, ClaimType, Mention, MentionKind, WordKind

if TYPE_CHECKING:
    from sijill.claims.frames import Frame
    from sijill.claims.triggers import Hit
    from sijill.claims.view import View

__all__ = ["blamed", "carried", "refers_back", "relative_head"]

_HEAD_REACH = 3
_BLAME_REACH = 24
_ROW_REACH = 16
_OBJECT_REACH = 18
_DOING_REACH = 10
_OFFICIAL = (ClaimType.DETENTION, ClaimType.RELEASE, ClaimType.DISPLACEMENT, ClaimType.INTERCEPTION)
# Before the noun of what somebody managed, ordered or allowed: تمكن من ضبط, أمر بحبس, وافق على إطلاق.
_CARRYING = frozenset(["من", "ب", "علي", "في"])
_THAT_THEY = ("انهم", "انه", "انها")
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن")
_DAMMA = "ُ"
_PASSIVE_REACH = 6  # characters of `اعتُقل` that show a passive
_IMPERFECT = ("ي", "ت", "ن")


def relative_head(frame: Frame, lexicon: ClaimLexicon) -> tuple[Mention | None, bool]:
    """The mention that the relative clause of the frame's verb is about, and whether the verb's pronoun is it."""
    view, main = frame.view, frame.main
    at = main.first - 1
    if main.noun or at < 1:
        return None, False
    if view.stems[at] in lexicon.words.auxiliaries:
        at -= 1
    if at < 1 or view.stems[at] not in lexicon.words.relatives:
        return None, False
    end, marks = at, 0
    while end > 0 and view.words[end - 1].kind is WordKind.PUNCT:
        end, marks = end - 1, marks + 1
    for back in range(end - 1, max(-1, end - 1 - _HEAD_REACH), -1):
        mention = view.covered.get(back)
        if mention is not None and mention.kind in (MentionKind.ACTOR, MentionKind.TARGET, MentionKind.PEOPLE):
            return mention, view.words[main.first].enclitic in _PRONOUNS
        if mention is not None or marks > 2:
            break
    return None, False


def blamed(frame: Frame, lexicon: ClaimLexicon) -> list[Mention]:
    """Who is accused of the frame's event, or said to answer for it."""
    view = frame.view
    first = frame.hits[0].first
    if not frame.hits[0].noun or lexicon.blaming.isdisjoint(view.vocabulary):
        return []
    for at in range(first - 1, max(-1, first - _BLAME_REACH), -1):
        if view.words[at].form in ".؛:":
            return []
        if view.has(lexicon.words.answerable, at) and view.preposition(first) == "عن":
            before = _together(frame, _parties(frame, max(frame.start, at - _BLAME_REACH), at))
            if before:
                return before  # قوات المعارضة هي المسؤولة عن القصف
        if view.has(lexicon.words.blame_nouns, at) and _leads_to(view.preposition(first), lexicon):
            return _parties(frame, at + 1, min(first, at + 4))[:1]
        if view.has(lexicon.words.accuse, at) and view.preposition(first) == "ب":
            return _together(frame, _parties(frame, at + 1, first))
    return []


def _leads_to(preposition: str, lexicon: ClaimLexicon) -> bool:
    return preposition in lexicon.words.blamed_for


def _together(frame: Frame, parties: list[Mention]) -> list[Mention]:
    """The last of `parties` and those that it is joined to: who is accused stands behind who accuses."""
    view, row = frame.view, parties[-1:]
    for before in reversed(parties[:-1]):
        if not view.coordinated(view.local(before)[1], view.local(row[0])[0]):
            break
        row.insert(0, before)
    return row


def _parties(frame: Frame, first: int, last: int) -> list[Mention]:
    view = frame.view
    found = [m for m in view.mentions if first <= view.local(m)[0] < last]
    return [m for m in found if m.kind is MentionKind.ACTOR and m.subtype != "adjective"]


def refers_back(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """Whether the frame's noun only points at the event just told (`هذه الهجمات`)."""
    first = frame.hits[0].first
    if not frame.hits[0].noun or first == 0 or not frame.view.words[first].article:
        return False
    return frame.view.stems[first - 1] in lexicon.words.demonstratives


def carried(
    frame: Frame,
    siblings: list[tuple[Frame, tuple[Actor, ...]]],
    targets: list[Actor],
    lexicon: ClaimLexicon,
) -> list[Actor]:
    """The agent that a clause leaves out: a pronoun on its noun, or who acted before, carried on."""
    view, main = frame.view, frame.main
    if main.trigger.role == "harm":
        return list(siblings[-1][1]) if siblings and _they_did(frame) else []
    if main.noun and view.words[main.first].enclitic in ("ه", "ها", "هم"):
        hurt = {target.span.start for target in targets}
        for mention in reversed(view.mentions):
            named = mention.kind is MentionKind.ACTOR and mention.subtype != "adjective"
            if named and mention.last - view.base <= main.first and mention.span.start not in hurt:
                return [_as_actor(view, mention)]
        return []
    if main.noun and (launcher := _launcher(frame, lexicon)) is not None:
        return [_as_actor(view, launcher)]
    fled = main.trigger.type is ClaimType.DISPLACEMENT and main.trigger.count is not None
    if not siblings or main.trigger.patient_subject or fled:
        return []
    before, agents = _goes_on_from(frame, siblings)
    gap = range(before.main.last, main.first)
    if lexicon.contrast.within(view, gap):
        return []
    if refers_back(frame, lexicon):
        return list(agents)
    first = frame.hits[0]
    if _undergoes(view, first):
        return []
    if main.noun and (first.noun or first.trigger.role == "harm"):
        return list(agents) if _shares(before, agents, frame, targets, lexicon) else []
    if relative_head(frame, lexicon)[0] is not None:
        return list(agents)  # شن الفصيل حملة في الأحياء التي سيطر عليها
    goes_on = any(not hit.noun for hit in before.hits) or view.joined(first.first) or _that_they(view, first.first)
    return list(agents) if goes_on else []


def _undergoes(view: View, hit: Hit) -> bool:
    """Whether nobody who acted before does this: a written passive (`واعتُقل`), people's own verb (`ناشطين اعتقلا`)."""
    if hit.noun:
        return False
    word = view.words[hit.first]
    written = view.text.document.text[word.start : word.end]
    if _DAMMA in written[: len(word.proclitics) + _PASSIVE_REACH] and word.stem[:1] not in _IMPERFECT:
        return True
    return not view.joined(hit.first) and not word.enclitic and hit.first - 1 in view.amounts


def _that_they(view: View, verb: int) -> bool:
    """`… وأنهم قصفوا`: a pronoun behind "and that" goes on with who acted in what was said before."""
    return any(view.whole[at] in _THAT_THEY and view.joined(at) for at in range(max(0, verb - 2), verb))


def _goes_on_from(frame: Frame, siblings: list[tuple[Frame, tuple[Actor, ...]]]) -> tuple[Frame, tuple[Actor, ...]]:
    """The clause that this one goes on with: a verb joined by و with the last verb, over nouns of other events."""
    first = frame.hits[0]
    if not first.noun and frame.view.joined(first.first):
        for before, agents in reversed(siblings):
            if agents and any(not hit.noun for hit in before.hits):
                return before, agents
    behind = [row for row in siblings if not _undergoes(row[0].view, row[0].hits[0])]
    return (behind or siblings)[-1]  # النار على معتصمين قطعوا الجسر، قبل أن تنسحب


def _as_actor(view: View, mention: Mention) -> Actor:
    return Actor(mention.name, mention.span, view.cut(mention.span), mention.ref, mention.label)


def _launcher(frame: Frame, lexicon: ClaimLexicon) -> Mention | None:
    """`خاضت الفصائل، تحت غطاء من الطيران، معارك`: the subject of the light verb whose object the noun is."""
    view, first = frame.view, frame.main.first
    governed = view.preposition(first)
    if view.words[first].article and not governed:
        return None
    for at in range(first - 1, max(-1, first - _OBJECT_REACH), -1):
        if view.words[at].form in ".؛:":
            return None
        carries = view.stems[at] in lexicon.light or view.stems[at] in lexicon.orders
        if carries and not view.preposition(at):
            subject = _subject(frame, at, lexicon)
            near = subject is not None and first - view.local(subject)[1] <= 1
            return subject if not governed or (near and governed in _CARRYING) else None
        named = at in view.covered or at in view.amounts or at in view.dated
        if view.joined(at) and not named and view.stems[at] not in lexicon.words.prepositions:
            return None  # another clause lies between
    return None


def _subject(frame: Frame, verb: int, lexicon: ClaimLexicon) -> Mention | None:
    """Who stands right behind a light verb, or right before it; courts and ministries hand down and order as well."""
    view = frame.view
    kinds = (MentionKind.ACTOR, MentionKind.BODY) if frame.main.trigger.type in _OFFICIAL else (MentionKind.ACTOR,)
    before = verb - 1
    while before >= 0 and view.stems[before] in lexicon.words.auxiliaries:
        before -= 1
    behind, ahead = view.covered.get(verb + 1), view.covered.get(before)
    if behind is not None and behind.kind in kinds:
        return behind
    return ahead if ahead is not None and ahead.kind is MentionKind.BODY and ahead.kind in kinds else None


def _they_did(frame: Frame) -> bool:
    """`هاجم مسلحون سوقا وقتلوا عشرين شخصا`: a verb of killing with its plural on it and its object behind it."""
    view, main = frame.view, frame.main
    last = main.first
    active = not main.noun and view.stems[last].endswith("وا") and view.joined(last)
    return active and any(at in view.amounts for at in range(main.last, min(len(view), main.last + 2)))


def _shares(
    before: Frame, agents: tuple[Actor, ...], frame: Frame, targets: list[Actor], lexicon: ClaimLexicon
) -> bool:
    """Whether the agents of the frame before act in the noun of this one as well."""
    main = frame.main
    if _goes_on(frame, lexicon) or _in_row(before, agents, frame, lexicon) or _by_doing(before, frame):
        return True
    gap = frame.view.stems[before.main.last : main.first]
    if main.trigger is before.main.trigger and not lexicon.words.alongside.isdisjoint(gap):
        return True  # قصف الجيش قرى …، بالتزامن مع قصف قرى …
    if main.trigger.type is not ClaimType.ARMED_CLASH:
        return False
    # "took the airport after days of fighting"; "the army shelled the town amid fighting with the tribes"
    taken = before.main.trigger.type is ClaimType.TERRITORY_GAINED
    after = frame.view.preposition(main.first) in lexicon.words.after
    return (taken and after) or (bool(targets) and not before.main.noun)


def _goes_on(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """`طوق الجنود المنزل وبدأوا بإطلاق النار`: a verb without a subject before the noun goes on with the last one."""
    view, first = frame.view, frame.hits[0].first
    return any(view.stems[at] in lexicon.light and view.joined(at) for at in range(max(0, first - 2), first))


def _by_doing(before: Frame, frame: Frame) -> bool:
    """`خرقوا الهدنة بقصف القرية`: what a deal was broken by."""
    view, verb, noun = frame.view, before.main, frame.main
    near = 0 < noun.first - verb.last <= _DOING_REACH and not view.gap_marks(verb.last, noun.first)
    broke = verb.trigger.type is ClaimType.AGREEMENT and not verb.noun
    return near and broke and not view.joined(noun.first) and "ب" in view.words[noun.first].proclitics


def _in_row(before: Frame, agents: tuple[Actor, ...], frame: Frame, lexicon: ClaimLexicon) -> bool:
    """Whether the noun stands in one row with the noun before, both behind the party that acts."""
    view = frame.view
    first = before.hits[0]
    gap = range(before.main.last, frame.hits[0].first)
    if not first.noun or len(gap) > _ROW_REACH or not agents:
        return False
    subject = all(agent.span.end <= view.words[first.first].start for agent in agents)
    verbs = lexicon.restate_forms  # واندلعت مواجهات: a clause of its own
    joint = [
        at
        for at in (*gap, frame.hits[0].first)
        if (view.joined(at) or view.stems[at] == "او") and view.stems[at] not in verbs
    ]
    return subject and bool(joint) and frame.hits[0].first - joint[-1] <= 2

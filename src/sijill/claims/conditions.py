"""What a trigger asks for around it: words, people, parties, ground."""

from __future__ import annotations

from sijill.claims.inflection import is_ours
from sijill.claims.lexicon import ClaimLexicon, Trigger
from sijill.claims.view import View
from sijill.model import ClaimType, CountWho, Mention, MentionKind, Word, WordKind
from sijill.names.knowledge import ARMED

__all__ = ["holds"]

_AROUND = 4
_GROUND_REACH = 14
_PEOPLE_AHEAD = 12
_DESTROYED = "intercept.destroy"
_DEAL_REACH = 18  # how far before its breach a deal may stand
_BEFORE_REACH = 6  # how far before a word what it resumes or follows may stand
# The subject stands behind its verb, or before it in a headline.
_SUBJECT_BEHIND = 3
_SUBJECT_BEFORE = 2
_NAMED = (MentionKind.ACTOR, MentionKind.PLACE)
_THEM = frozenset(["ه", "ها", "هما", "هم"])
_PERSONS = frozenset(["ه", "هم", "هما", "هن"])


def holds(view: View, at: int, trigger: Trigger, lexicon: ClaimLexicon) -> tuple[int, int]:
    """Where the trigger's words end, and those that it needs behind them, when its conditions hold; 0, 0 otherwise."""
    stems = view.stems
    before = at - 2 if at > 1 and stems[at - 1] in lexicon.words.demonstratives else at - 1  # يأتي هذا القصف
    if before >= 0 and stems[before] in lexicon.before_not[trigger.id]:
        return 0, 0
    if trigger.after and not _preceded(view, at, lexicon.after[trigger.id]):
        return 0, 0
    end, needed = _with_next(view, at, trigger, lexicon) if trigger.next else (at + 1, at + 1)
    if not end:
        return 0, 0
    unless, never = lexicon.unless[trigger.id], lexicon.never_in[trigger.id]
    if unless and not unless.isdisjoint(stems):
        near = (*range(max(0, at - 2), at), *range(at + 1, min(len(stems), at + 1 + _AROUND)))
        if any(stems[to] in unless and to not in view.dated for to in near):
            return 0, 0
    if (never and not never.isdisjoint(stems)) or not _in_company(view, at, trigger, lexicon):
        return 0, 0
    return end, needed


def _in_company(view: View, at: int, trigger: Trigger, lexicon: ClaimLexicon) -> bool:
    """Whether the people, parties and places that the trigger asks for stand around it."""
    if trigger.object == "ground" and (_people_fall(view, at, trigger) or not _has_ground(view, at, lexicon)):
        return False
    if trigger.weak and not (_has_party(view) or not lexicon.means.keys().isdisjoint(view.stems)):
        return False
    if trigger.armed and not _has_armed(view):
        return False
    if trigger.numbered and ((amount := view.amounts.get(at)) is None or amount.bare):
        return False
    if trigger.subject and not _has_subject(view, at, lexicon.subject[trigger.id]):
        return False
    if trigger.doer and not _done_by(view, at, trigger.doer):
        return False
    ahead = _PEOPLE_AHEAD if trigger.next else 5
    if trigger.people and not any(
        (q := view.amounts.get(i)) is not None and (q.person or q.noun is None) and not (q.bare and q.definite)
        for i in range(at - 1, at + ahead)
    ):
        return False
    return not trigger.people_object or _has_people(view, at)


def _has_armed(view: View) -> bool:
    """Whether the sentence names a party outright, or counts fighters (`شن نحو مئة جندي عملية`)."""
    if any(m.kind is MentionKind.ACTOR and m.subtype != "adjective" for m in view.mentions):
        return True
    return any(q.person and not q.bare and q.who is CountWho.FIGHTERS for q in view.quantities)


def _preceded(view: View, at: int, wanted: frozenset[str]) -> bool:
    """Whether one of `wanted` stands before the word in its clause: `أودى … بحياة`."""
    for back in range(at - 1, max(-1, at - 1 - _BEFORE_REACH), -1):
        if view.stems[back] in wanted:
            return True
        if view.is_mark(back):
            return False
    return False


def _slots(view: View, at: int) -> list[int]:
    """The words where the subject of a verb at `at` stands."""
    slots = []
    for to in range(at + 1, min(len(view), at + 1 + _SUBJECT_BEHIND)):
        if view.is_mark(to):
            break
        slots.append(to)
    return slots + list(range(max(0, at - _SUBJECT_BEFORE), at))


def _has_subject(view: View, at: int, wanted: frozenset[str]) -> bool:
    return any(view.stems[to] in wanted for to in _slots(view, at))


def _done_by(view: View, at: int, doer: str) -> bool:
    """Whether who acts is of class `doer`: `fighters` named as people, `armed` parties too, `people` no fighters."""
    fighters = armed = people = False
    for to in _slots(view, at):
        mention, amount = view.covered.get(to), view.amounts.get(to)
        armed = armed or (mention is not None and mention.kind is MentionKind.ACTOR and mention.subtype in ARMED)
        people = people or (mention is not None and mention.kind is MentionKind.PEOPLE)
        if amount is not None and amount.person:
            fighters = fighters or amount.who is CountWho.FIGHTERS
            people = people or amount.who is not CountWho.FIGHTERS
        elif amount is not None and amount.noun is None:
            people = True  # المئات
    if doer == "people":
        return people and not fighters and not armed
    return fighters or (doer == "armed" and armed)


def _with_next(view: View, at: int, trigger: Trigger, lexicon: ClaimLexicon) -> tuple[int, int]:
    """Where a trigger ends that one of its `next` words must follow, and where that word does; 0, 0 without one.

    Dates between the two do not count, nor do parties, places and amounts behind a verb.
    """
    wanted = lexicon.next[trigger.id]
    if wanted.isdisjoint(view.written):
        return 0, 0
    verb = view.stems[at] in lexicon.verbs
    left = trigger.reach
    for to in range(at + 1, view.size):
        word, stem = view.words[to], view.stems[to]
        if word.kind is WordKind.PUNCT:
            if word.form in ".؛:" or (word.form == "،" and not verb):
                break
            continue
        mention = view.covered.get(to)
        # دمرت الطائرات مستودعا: the subject, not what is destroyed
        subject = verb and to == at + 1 and (_is_named(word, mention) or _destroys(view, at, mention, trigger))
        if not subject and (stem in wanted or word.key in wanted or (stem.endswith("ا") and stem[:-1] in wanted)):
            return (to + 1 if to == at + 1 else at + 1), to + 1
        if to in view.dated or (verb and (to in view.amounts or (mention is not None and mention.kind in _NAMED))):
            continue
        left -= 1
        if left <= 0:
            break
    return (at + 1, at + 1) if _resumed(view, at, trigger, lexicon) else (0, 0)


def _is_named(word: Word, mention: Mention | None) -> bool:
    """Whether a party is named here as one that is known, or by the article."""
    return mention is not None and mention.kind is MentionKind.ACTOR and (word.article or mention.rule == "actors.name")


def _destroys(view: View, at: int, mention: Mention | None, trigger: Trigger) -> bool:
    """`دمرت طائرات الاحتلال منزلا`, `دمرته طائرات الاحتلال`: aircraft of one that is known, right behind the verb."""
    if mention is None or mention.kind is not MentionKind.ACTOR or trigger.id != _DESTROYED:
        return False
    owner = view.words[view.local(mention)[1] - 1].article
    return owner and (view.words[at].enclitic in _THEM or view.stems[at].endswith("ت"))


def _resumed(view: View, at: int, trigger: Trigger, lexicon: ClaimLexicon) -> bool:
    """Whether a pronoun on the word stands for one that it needs: `المحاولة التي تم إحباطها`."""
    wanted = lexicon.next[trigger.id]
    broken = trigger.type is ClaimType.AGREEMENT and view.words[at].enclitic in _THEM
    if broken and not wanted.isdisjoint(view.stems[max(0, at - _DEAL_REACH) : at]):
        return True  # توصلوا إلى اتفاق …، إلا أن القوات تخرقه
    before = view.stems[max(0, at - _BEFORE_REACH) : at]
    if view.words[at].enclitic not in _THEM or wanted.isdisjoint(before):
        return False
    return not lexicon.words.relatives.isdisjoint(before)


def _has_ground(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether something that can change hands stands close behind, is the pronoun on the word, or its antecedent."""
    if view.words[at].enclitic in ("ها", "ه", "هما"):
        return True
    stems = view.stems
    over = [to for to in range(at + 1, min(len(view), at + 4)) if stems[to] == "علي"]
    if over and stems[at] in lexicon.words.control and (view.words[over[0]].enclitic or _has_party(view)):
        return True
    # A place that falls may stand before its verb: عدن سقطت; so may one that a relative clause is about.
    since = max(0, at - 2) if stems[at] in lexicon.words.falls else at
    if not lexicon.words.relatives.isdisjoint(stems[max(0, at - 3) : at]):
        since = max(0, at - _BEFORE_REACH)
    for to in range(since, min(len(view), at + _GROUND_REACH)):
        mention = view.covered.get(to)
        if mention is not None and (mention.kind is MentionKind.PLACE or (to > at and mention.subtype == "capital")):
            return True
        if to != at and (stems[to] in lexicon.ground or _two_of(stems[to], lexicon.ground)):
            return True
    return False


def _people_fall(view: View, at: int, trigger: Trigger) -> bool:
    """`سقط ثلاثون شخصا`: people, not ground, are the subject of a verb whose subject suffers."""
    fallen = view.amounts.get(at + 1) if trigger.patient_subject else None
    return fallen is not None and fallen.person


def _two_of(stem: str, words: frozenset[str]) -> bool:
    """Whether a stem is the dual of one of `words` (`قريتين`, `موقعان`)."""
    if not stem.endswith(("ين", "ان")):
        return False
    return stem[:-2] in words or (stem[-3:-2] == "ت" and stem[:-3] + "ه" in words)


def _has_party(view: View) -> bool:
    return any(m.kind is MentionKind.ACTOR for m in view.mentions) or any(q.person for q in view.quantities)


def _has_people(view: View, at: int) -> bool:
    if view.words[at].enclitic in _PERSONS or is_ours(view.stems[at]):
        return True  # توقيفه, احتجازهم, خرجنا
    for to in range(max(0, at - 5), min(len(view), at + 8)):
        quantity = view.amounts.get(to)
        mention = view.covered.get(to)
        if (quantity is not None and (quantity.person or quantity.noun is None)) or (
            mention is not None and mention.kind is MentionKind.PEOPLE
        ):
            return True
    return False

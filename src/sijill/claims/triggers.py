"""Words that name events, found by stem and checked by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sijill.claims.lexicon import ClaimLexicon, Trigger
from sijill.claims.view import View
from sijill.model import ClaimType, CountWho, MentionKind, WordKind
from sijill.text.shapes import is_derived_noun

__all__ = ["ARMED", "Hit", "find_triggers"]

_AROUND = 4
_GROUND_REACH = 14
_PEOPLE_AHEAD = 12
_MANNER_REACH = 10
_IMMINENT_REACH = 3
_BEFORE_REACH = 6  # how far before a word what it resumes, follows or is planned by may stand
# The subject stands behind its verb, or before it in a headline.
_SUBJECT_BEHIND = 3
_SUBJECT_BEFORE = 2
_THEM = frozenset(["ه", "ها", "هما", "هم"])
_PERSONS = frozenset(["ه", "هم", "هما", "هن"])
_BY_CHANCE = (ClaimType.DESTRUCTION, ClaimType.DISPLACEMENT, ClaimType.EXPLOSION)
_CUSTODY = {ClaimType.DETENTION, ClaimType.ABDUCTION}
_STRIKES = (ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.EXPLOSION, ClaimType.ARMED_CLASH)
# Classes of actors (names/knowledge) that bear arms.
ARMED = frozenset(
    [
        *("state_force", "force", "police", "peacekeeping", "rebel", "militia", "coalition", "jihadist", "separatist"),
        *("palestinian", "tribal", "unnamed", "description", "possessed"),
    ]
)


class Hit(msgspec.Struct, frozen=True):
    """A trigger at words `first`..`last` of its sentence (half open); `noun` tells verbal nouns from verbs."""

    trigger: Trigger
    first: int
    last: int
    noun: bool


def find_triggers(view: View, lexicon: ClaimLexicon) -> list[Hit]:
    """The events that the words of a sentence name, in text order, none inside another."""
    hits: list[Hit] = []
    done = told = 0
    forms = lexicon.forms
    for at, (word, stem) in enumerate(zip(view.words, view.stems, strict=True)):
        if at < done or at in view.dated or (stem not in forms and word.key not in forms):
            continue
        if word.kind is not WordKind.WORD or _in_tag(view, at):
            continue
        found = _at(view, at, lexicon)
        if found is None:
            continue
        hit, needed = found
        if at < told and _within(hits[-1], hit, last=at + 1 == told):
            continue  # أحبط هجوما: the word that an act needs behind it is no second event
        if any(_manner(view, before, hit) for before in hits[-2:]):
            continue
        if not _negated(view, at, lexicon) and not _aim(view, hit, lexicon):
            hits.append(hit)
            done = hit.last
            told = max(told, needed) if hit.trigger.role == "act" else told
    return [] if _by_accident(view, hits, lexicon) else hits


def _within(act: Hit, hit: Hit, *, last: bool) -> bool:
    """Whether a hit between an act and the word that it needs (`last`: that word itself) is a part of the act.

    An attack before that word is its cause (`أجبر القصف السكان على النزوح`), unless the word is a weapon.
    """
    trigger = hit.trigger
    if trigger.role == "harm" or trigger.means:
        return False
    weapon = act.trigger.type is ClaimType.PROHIBITED_WEAPON
    return last or weapon or (trigger.role == "act" and trigger.type not in _STRIKES)


def _manner(view: View, before: Hit, hit: Hit) -> bool:
    """`أعدمهم ذبحا`: an accusative of the same act says how it was done; `اعتقلوهم واقتادوهم`: custody goes on."""
    if hit.first - before.last > _MANNER_REACH:
        return False
    word, joined = view.words[hit.first], view.joined(hit.first)
    if joined and word.enclitic and {hit.trigger.type, before.trigger.type} <= _CUSTODY:
        return True
    how = hit.noun and word.form.endswith("ا") and not joined and hit.first not in view.things
    return how and hit.trigger.type is before.trigger.type


def _by_accident(view: View, hits: list[Hit], lexicon: ClaimLexicon) -> bool:
    """Whether nothing but harm, damage, a blast or flight is told, by no weapon, beside the name of an accident."""
    if not hits or any(hit.trigger.role != "harm" and hit.trigger.type not in _BY_CHANCE for hit in hits):
        return False
    if any(lexicon.means.get(stem, ClaimType.AIR_STRIKE) is not ClaimType.AIR_STRIKE for stem in view.stems):
        return False  # a weapon; aircraft crash as well
    return any(lexicon.accidents.at(view, at) for at in range(len(view)))


def _in_tag(view: View, at: int) -> bool:
    """Whether a word stands in a hashtag: a tag tells what a post is about, not what happened."""
    before = view.words[at - 1] if at else None
    after = view.words[at + 1] if at + 1 < len(view) else None
    word = view.words[at]
    return (before is not None and before.form in "#_" and before.end == word.start) or (
        after is not None and after.form == "_" and after.start == word.end
    )


def _at(view: View, at: int, lexicon: ClaimLexicon) -> tuple[Hit, int] | None:
    """The trigger at word `at`, and where the words that it needs behind it end."""
    stem = view.stems[at]
    word = view.words[at]
    covering = view.covered.get(at)
    if covering is not None and covering.kind in (MentionKind.PLACE, MentionKind.OUTLET) and covering.subtype != "site":
        return None
    if stem == "قد" and not (at + 1 < len(view) and (view.words[at + 1].article or at + 1 in view.amounts)):
        return None  # فقد قصف: the particle, not "he lost"
    verbs = lexicon.verbs.get(stem) or lexicon.verbs.get(word.key) or ()
    nouns = lexicon.nouns.get(stem) or lexicon.nouns.get(word.key) or ()
    noun = bool(nouns) and (not verbs or _is_noun(view, at, lexicon))
    if covering is not None and covering.kind is MentionKind.ACTOR:
        inside = covering.first - view.base != at
        named = covering.rule == "actors.name" and covering.last - covering.first > 1  # "تحرير الشام" liberates nothing
        if inside or named:
            return None
    for trigger, is_noun in _readings(verbs, nouns, noun=noun):
        if not is_noun and (word.article or _governed(view, at, lexicon) or _accusative(view, at, lexicon)):
            continue
        if trigger.perfect and not is_noun and stem in lexicon.imperfects[trigger.id] and not _headline(view, at):
            continue
        if is_noun and trigger.role != "harm" and at in view.amounts and not trigger.indefinite:
            continue  # آلاف الأسر: a counted noun
        if is_noun and trigger.indefinite and word.article:
            continue
        last, needed = _holds(view, at, trigger, lexicon)
        if last:
            return Hit(trigger, at, last, is_noun), needed
    return None


def _readings(verbs: Sequence[Trigger], nouns: Sequence[Trigger], *, noun: bool) -> Iterator[tuple[Trigger, bool]]:
    """The triggers of the reading that the form has here, each with whether it is the noun."""
    reading = nouns if noun else verbs or nouns
    return ((trigger, reading is nouns) for trigger in reading)


def _accusative(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether a form in ا is a noun in the accusative (`هربا من القصف`), not a verb of two.

    Two must have been named before such a verb; a tanwin that is written decides.
    """
    word = view.words[at]
    if not word.form.endswith("ا") or word.form.endswith("وا") or word.stem[:-1] not in lexicon.verbs:
        return False
    if "ً" in view.text.document.text[word.start : word.end]:
        return True
    named = any(back in view.amounts or back in view.covered for back in range(max(0, at - _BEFORE_REACH), at))
    return not named and view.stems[at - 1 : at] != ["قد"]


def _headline(view: View, at: int) -> bool:
    """`الجيش يسيطر على ميناء`: an imperfect right behind the party that begins a sentence tells what happened."""
    mention = view.covered.get(at - 1)
    return mention is not None and mention.kind is MentionKind.ACTOR and mention.first - view.base <= 1


def _governed(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether a preposition governs the word, so that it cannot be a verb (`في سجن`, `بقتل`)."""
    word = view.words[at]
    if word.stem and set(word.proclitics) & set("بك"):
        return True
    before = view.stems[at - 1] if at and view.words[at - 1].stem else ""
    return before in lexicon.words.prepositions and before not in lexicon.words.before_verbs


def _is_noun(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """A form that may be verb or verbal noun is a noun behind an article, a preposition or another noun's construct."""
    word = view.words[at]
    if word.article or set(word.proclitics) & set("بلك"):
        return True
    before = view.stems[at - 1] if at else ""
    if before in lexicon.words.prepositions or before in lexicon.words.noun_governors:
        return True
    if word.form.endswith("ا") and not word.form.endswith("وا"):
        # قصفا is tanwin, unless two have just been named or قد stands before it.
        return before != "قد" and at - 1 not in view.amounts
    if at + 1 >= len(view) or (word.form.endswith(("وا", "ت")) and word.stem in lexicon.verbs):
        return False
    after = view.words[at + 1]
    if after.proclitics.endswith("ل") or after.stem in ("علي", "من"):
        return True
    adjective = after.kind is WordKind.WORD and not after.article and len(after.stem) > 3
    return adjective and after.stem.endswith(("ي", "يه")) and at + 1 not in view.amounts


def _holds(view: View, at: int, trigger: Trigger, lexicon: ClaimLexicon) -> tuple[int, int]:
    """Where the trigger's words end, and those that it needs behind them, when its conditions hold; 0, 0 otherwise."""
    stems = view.stems
    if at and stems[at - 1] in lexicon.before_not[trigger.id]:
        return 0, 0
    if trigger.after and not _preceded(view, at, lexicon.after[trigger.id]):
        return 0, 0
    end, needed = _with_next(view, at, trigger, lexicon) if trigger.next else (at + 1, at + 1)
    if not end:
        return 0, 0
    unless, never = lexicon.unless[trigger.id], lexicon.never_in[trigger.id]
    if unless and not (
        unless.isdisjoint(stems[max(0, at - 2) : at]) and unless.isdisjoint(stems[at + 1 : at + 1 + _AROUND])
    ):
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
    if trigger.armed and not any(m.kind is MentionKind.ACTOR and m.subtype != "adjective" for m in view.mentions):
        return False
    if trigger.subject and not _has_subject(view, at, lexicon.subject[trigger.id]):
        return False
    if trigger.doer and not _done_by(view, at, trigger.doer):
        return False
    ahead = _PEOPLE_AHEAD if trigger.next else 5
    if trigger.people and not any(
        (q := view.amounts.get(i)) is not None and q.person and not (q.bare and q.definite)
        for i in range(at - 1, at + ahead)
    ):
        return False
    return not trigger.people_object or _has_people(view, at)


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
    if doer == "people":
        return people and not fighters and not armed
    return fighters or (doer == "armed" and armed)


def _with_next(view: View, at: int, trigger: Trigger, lexicon: ClaimLexicon) -> tuple[int, int]:
    """Where a trigger ends that one of its `next` words must follow, and where that word does; 0, 0 without one.

    Parties and dates between the two do not count.
    """
    wanted = lexicon.next[trigger.id]
    verb = view.stems[at] in lexicon.verbs
    left = trigger.reach
    for to in range(at + 1, len(view)):
        word, stem = view.words[to], view.stems[to]
        if word.kind is WordKind.PUNCT:
            if word.form in ".؛:" or (word.form == "،" and not verb):
                break
            continue
        mention = view.covered.get(to)
        # دمرت الطائرات مستودعا: the subject, not what is destroyed
        subject = verb and to == at + 1 and word.article and mention is not None and mention.kind is MentionKind.ACTOR
        if not subject and (stem in wanted or word.key in wanted or (stem.endswith("ا") and stem[:-1] in wanted)):
            return (to + 1 if to == at + 1 else at + 1), to + 1
        if to in view.dated or (verb and mention is not None and mention.kind is MentionKind.ACTOR):
            continue
        left -= 1
        if left <= 0:
            break
    return (at + 1, at + 1) if _resumed(view, at, wanted, lexicon) else (0, 0)


def _resumed(view: View, at: int, wanted: frozenset[str], lexicon: ClaimLexicon) -> bool:
    """Whether a pronoun on the word stands for one of `wanted`: `المحاولة التي تم إحباطها`."""
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
    if view.words[at].enclitic in _PERSONS:
        return True  # توقيفه, احتجازهم
    for to in range(max(0, at - 5), min(len(view), at + 8)):
        quantity = view.amounts.get(to)
        mention = view.covered.get(to)
        if (quantity is not None and (quantity.person or quantity.noun is None)) or (
            mention is not None and mention.kind is MentionKind.PEOPLE
        ):
            return True
    return False


def _negated(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """`لم يقتل`, `دون وقوع إصابات`: what did not happen is no claim (a denial is: see modality)."""
    for back in range(at - 1, max(-1, at - 1 - lexicon.clauses.negation.reach), -1):
        if view.is_mark(back):
            return False
        if lexicon.negation.at(view, back) and view.stems[back + 1] not in lexicon.words.still:
            return True
    for back in range(at - 1, max(-1, at - 1 - lexicon.clauses.failing.reach), -1):
        if view.is_mark(back) or (view.stems[back] in lexicon.cause and view.stems[back] != "في"):
            return False
        if lexicon.failing.at(view, back):
            return True
    return False


def _aim(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`بهدف السيطرة`, `لانتزاع القرية`: an aim is no event."""
    if not hit.noun:
        return False
    at = hit.first
    planned = not lexicon.modality["planned"].isdisjoint(view.stems[max(0, at - _BEFORE_REACH) : at])
    if planned or not lexicon.words.imminent.isdisjoint(view.stems[hit.last : hit.last + _IMMINENT_REACH]):
        return False  # تستعد لشن هجوم, في مواجهة هجوم مرتقب: told as a plan
    for back in range(at - 1, max(-1, at - 1 - lexicon.clauses.purpose.reach), -1):
        if view.is_mark(back):
            break
        if lexicon.purpose.at(view, back):
            return True
    if hit.trigger.role == "harm":
        return False
    return any(_infinitive(view, back, lexicon, own=back == at) for back in range(at, max(-1, at - 3), -1))


def _infinitive(view: View, at: int, lexicon: ClaimLexicon, *, own: bool) -> bool:
    """`لقصف المدينة`, `لانتزاع السيطرة`, `لشن هجوم`: ل and a verbal noun say what something was done for."""
    word = view.words[at]
    if not word.proclitics.endswith("ل") or word.article or at in view.covered:
        return False
    if not own and word.stem not in lexicon.infinitives and not is_derived_noun(word.stem):
        return False
    if lexicon.suffer.intersection(view.stems[:at]):
        return False  # تعرضت قرية … ومحيط قرية … لقصف
    before = [view.stems[back] for back in range(max(0, at - 14), at) if back not in view.dated]
    return lexicon.not_purpose.isdisjoint(before[-5:])

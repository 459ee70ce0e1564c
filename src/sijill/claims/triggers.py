"""Words that name events, found by stem and checked by what stands around them."""

from __future__ import annotations

import msgspec

from sijill.claims.inflection import is_derived_noun
from sijill.claims.lexicon import ClaimLexicon, Trigger
from sijill.claims.view import View
from sijill.model import MentionKind, WordKind

__all__ = ["Hit", "find_triggers"]

_AROUND = 4
_GROUND_REACH = 14


class Hit(msgspec.Struct, frozen=True):
    """A trigger at words `first`..`last` of its sentence (half open); `noun` tells verbal nouns from verbs."""

    trigger: Trigger
    first: int
    last: int
    noun: bool


def find_triggers(view: View, lexicon: ClaimLexicon) -> list[Hit]:
    """The events that the words of a sentence name, in text order, none inside another."""
    hits: list[Hit] = []
    done = 0
    for at in range(len(view)):
        if at < done or view.words[at].kind is not WordKind.WORD or _in_tag(view, at):
            continue
        hit = _at(view, at, lexicon)
        if hit is not None and not _negated(view, at, lexicon) and not _aim(view, hit, lexicon):
            hits.append(hit)
            done = hit.last
    return hits


def _in_tag(view: View, at: int) -> bool:
    """Whether a word stands in a hashtag: a tag tells what a post is about, not what happened."""
    before = view.words[at - 1] if at else None
    after = view.words[at + 1] if at + 1 < len(view) else None
    word = view.words[at]
    return (before is not None and before.form in "#_" and before.end == word.start) or (
        after is not None and after.form == "_" and after.start == word.end
    )


def _at(view: View, at: int, lexicon: ClaimLexicon) -> Hit | None:
    stem = view.stems[at]
    word = view.words[at]
    covering = view.covered.get(at)
    if covering is not None and covering.kind in (MentionKind.PLACE, MentionKind.OUTLET) and covering.subtype != "site":
        return None
    verbs = lexicon.verbs.get(stem) or lexicon.verbs.get(word.key) or ()
    nouns = lexicon.nouns.get(stem) or lexicon.nouns.get(word.key) or ()
    noun = bool(nouns) and (not verbs or _is_noun(view, at, lexicon))
    if covering is not None and covering.kind is MentionKind.ACTOR and covering.first - view.base != at:
        return None
    for trigger in (*nouns, *verbs) if noun else (*verbs, *nouns):
        is_noun = trigger in nouns and (noun or trigger not in verbs)
        if not is_noun and (word.article or set(word.proclitics) & set("بك")):
            continue
        if trigger.perfect and not is_noun and word.stem[:1] in ("ي", "ت"):
            continue
        if is_noun and trigger.role != "harm" and at in view.amounts:
            continue  # آلاف الأسر: a counted noun
        last = _holds(view, at, trigger, lexicon)
        if last:
            return Hit(trigger, at, last, is_noun)
    return None


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


def _holds(view: View, at: int, trigger: Trigger, lexicon: ClaimLexicon) -> int:
    """Where the trigger's words end when its conditions hold; 0 otherwise."""
    stems = view.stems
    end = at + 1
    around = {*stems[max(0, at - 2) : at], *stems[end : end + _AROUND]}
    if around & lexicon.unless[trigger.id] or lexicon.never_in[trigger.id].intersection(stems):
        return 0
    if at and stems[at - 1] in lexicon.before_not[trigger.id]:
        return 0
    if trigger.next:
        return _with_next(view, at, trigger, lexicon)
    if trigger.object == "ground" and not _has_ground(view, at, lexicon):
        return 0
    if trigger.weak and not _has_party(view):
        return 0
    if trigger.armed and not any(m.kind is MentionKind.ACTOR and m.subtype != "adjective" for m in view.mentions):
        return 0
    if trigger.people and not any(
        (q := view.amounts.get(i)) is not None and q.person and not (q.bare and q.definite)
        for i in range(at - 1, at + 5)
    ):
        return 0
    if trigger.people_object and not _has_people(view, at):
        return 0
    return end


def _with_next(view: View, at: int, trigger: Trigger, lexicon: ClaimLexicon) -> int:
    """Where a trigger ends that one of its `next` words must follow; parties and dates between do not count."""
    wanted = lexicon.next[trigger.id]
    verb = view.stems[at] in lexicon.verbs
    left = trigger.reach
    for to in range(at + 1, len(view)):
        word, stem = view.words[to], view.stems[to]
        if word.kind is WordKind.PUNCT:
            if word.form in ".؛:" or (word.form == "،" and not verb):
                return 0
            continue
        if stem in wanted or word.key in wanted or (stem.endswith("ا") and stem[:-1] in wanted):
            return to + 1 if to == at + 1 else at + 1
        mention = view.covered.get(to)
        if to in view.dated or (verb and mention is not None and mention.kind is MentionKind.ACTOR):
            continue
        left -= 1
        if left <= 0:
            return 0
    return 0


def _has_ground(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether something that can change hands stands close behind, or is the pronoun on the word."""
    if view.words[at].enclitic in ("ها", "ه"):
        return True
    if "علي" in view.stems[at + 1 : at + 4] and view.stems[at] in lexicon.words.control and _has_party(view):
        return True
    # A place that falls may stand before its verb: عدن سقطت.
    for to in range(
        max(0, at - 2) if view.stems[at] in lexicon.words.falls else at, min(len(view), at + _GROUND_REACH)
    ):
        mention = view.covered.get(to)
        if mention is not None and mention.kind is MentionKind.PLACE:
            return True
        if to > at and view.stems[to] in lexicon.ground:
            return True
    return False


def _has_party(view: View) -> bool:
    return any(m.kind is MentionKind.ACTOR for m in view.mentions) or any(q.person for q in view.quantities)


def _has_people(view: View, at: int) -> bool:
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
        if lexicon.negation.at(view, back):
            return True
    return False


def _aim(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`بهدف السيطرة`, `لانتزاع القرية`: an aim is no event."""
    if not hit.noun:
        return False
    at = hit.first
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

"""Words that name events, found by stem and checked by what stands around them."""

from __future__ import annotations

import msgspec

from sijill.claims.conditions import holds
from sijill.claims.inflection import is_ours
from sijill.claims.lexicon import ClaimLexicon, Trigger
from sijill.claims.peace import armed_with, figurative
from sijill.claims.retold import answered, of_the_dead
from sijill.claims.view import View
from sijill.model import ClaimType, MentionKind, WordKind
from sijill.text.shapes import is_derived_noun

__all__ = ["Hit", "find_triggers"]

_MANNER_REACH = 10
_IMMINENT_REACH = 3
_BEFORE_REACH = 6  # how far before a word what it resumes, follows or is planned by may stand
_EXCEPTION_REACH = 8
_BUT = frozenset(["سوي", "الا"])
_OF_NOUNS = frozenset(["دون", "بدون", "عدم", "بلا", "انعدام"])  # negations that no verb follows
_FIGHT = "قتال"
_THAT = "ان"
_BY_CHANCE = (ClaimType.DESTRUCTION, ClaimType.DISPLACEMENT, ClaimType.EXPLOSION)
_CUSTODY = {ClaimType.DETENTION, ClaimType.ABDUCTION}
_STRIKES = (ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.EXPLOSION, ClaimType.ARMED_CLASH)


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
    forms, words = lexicon.forms, view.words
    for at, stem in enumerate(view.stems):
        word = words[at]
        plain = stem in forms or word.key in forms
        if not plain and not (word.enclitic and stem[-1:] == "ه" and _verb_behind(view, at, lexicon) in forms):
            continue
        if at < done or at in view.dated or word.kind is not WordKind.WORD or _in_tag(view, at):
            continue
        found = _at(view, at, lexicon)
        if found is None:
            continue
        hit, needed = found
        if at < told and _within(hits[-1], hit, last=at + 1 == told):
            continue  # أحبط هجوما: the word that an act needs behind it is no second event
        if any(_manner(view, before, hit) for before in hits[-2:]):
            continue
        if (not hit.noun and hit.trigger.role == "harm" and of_the_dead(view, at, lexicon)) or answered(
            view, hit, lexicon
        ):
            continue
        untold = _aim(view, hit, lexicon) or _supposed(view, at, lexicon)
        if (hit.trigger.either or not _negated(view, hit, lexicon)) and not untold:
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
    return bool(lexicon.peace.accidents.all(view)) and not armed_with(view, lexicon.weapons)


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
    if stem == "قد" and not _lost(view, at, lexicon):
        return None  # فقد قصف: the particle, not "he lost"
    verb = _verb_behind(view, at, lexicon)
    verbs = lexicon.verbs.get(verb or stem) or lexicon.verbs.get(word.key) or ()
    nouns = () if verb in lexicon.verbs else lexicon.nouns.get(stem) or lexicon.nouns.get(word.key) or ()
    noun = bool(nouns) and (not verbs or _is_noun(view, at, lexicon))
    if covering is not None and covering.kind is MentionKind.ACTOR:
        inside = covering.first - view.base != at
        named = covering.rule == "actors.name" and covering.last - covering.first > 1  # "تحرير الشام" liberates nothing
        if inside or named:
            return None
    reading = nouns if noun else verbs or nouns
    is_noun = reading is nouns
    if not is_noun and (word.article or _governed(view, at, lexicon) or _accusative(view, at, lexicon)):
        return None
    for trigger in reading:
        if trigger.perfect and not is_noun and stem in lexicon.imperfects[trigger.id] and not _headline(view, at):
            continue
        if is_noun and trigger.role != "harm" and at in view.amounts and not trigger.indefinite:
            continue  # آلاف الأسر: a counted noun
        if is_noun and trigger.indefinite and word.article:
            continue
        last, needed = holds(view, at, trigger, lexicon)
        if last and not figurative(view, at, last, lexicon.peace, noun=is_noun, kind=trigger.type):
            return Hit(trigger, at, last, is_noun), needed
    return None


def _lost(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether فقد is the verb: what was lost, or who, stands right behind it."""
    if at + 1 >= len(view):
        return False
    life = view.stems[at + 1] in lexicon.next["killed.fate"]
    return life or view.words[at + 1].article or at + 1 in view.amounts


def _verb_behind(view: View, at: int, lexicon: ClaimLexicon) -> str:
    """`التي هجرتها`, `الذين قتلتهم`: behind a relative pronoun a feminine verb with its object, spelled like a noun."""
    word, stem = view.words[at], view.stems[at]
    read_as_noun = bool(word.enclitic) and stem.endswith("ه") and at > 0
    return stem[:-1] + "ت" if read_as_noun and view.stems[at - 1] in lexicon.words.relatives else ""


def _accusative(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether a form in ا is a noun in the accusative (`هربا من القصف`), not a verb of two.

    Two must have been named before such a verb; a tanwin that is written decides. No pronoun follows a tanwin.
    """
    word = view.words[at]
    if not word.form.endswith("ا") or word.form.endswith("وا") or word.stem[:-1] not in lexicon.verbs:
        return False
    if word.enclitic or is_ours(word.stem):
        return False  # دخلتها, قصفنا
    if "ً" in view.text.document.text[word.start : word.end]:
        return True
    named = any(_two(view, back) for back in range(max(0, at - _BEFORE_REACH), at))
    return not named and view.stems[at - 1 : at] != ["قد"]


def _two(view: View, at: int) -> bool:
    """Whether two may be named at word `at`: an amount of two, or a name that another may be joined to."""
    amount, mention = view.amounts.get(at), view.covered.get(at)
    if amount is not None and amount.low == amount.high != 2 and amount.low is not None:
        return False
    return amount is not None or (mention is not None and mention.kind is not MentionKind.PLACE)


def _headline(view: View, at: int) -> bool:
    """`الجيش يسيطر على ميناء`: an imperfect right behind the party that begins a sentence tells what happened."""
    mention = view.covered.get(at - 1)
    if mention is None or mention.kind is not MentionKind.ACTOR:
        return False
    first = mention.first - view.base
    return first <= 1 or view.words[first - 1].form == ":"


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


def _negated(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`لم يقتل`, `دون وقوع إصابات`: what did not happen is no claim (a denial is: see modality).

    A negation of nouns reaches a verb behind أن alone: `دون قتال بعدما انسحبت` tells of a withdrawal.
    """
    at = hit.first
    negation, failing = lexicon.negation.all(view), lexicon.failing.all(view)
    if (not negation and not failing) or _excepted(view, hit):
        return False
    left = lexicon.clauses.negation.reach
    for back in range(at - 1, -1, -1):
        if view.is_mark(back) or left == 0:
            break
        # دون ورود أنباء عن خسائر بشرية
        left -= not (hit.noun and hit.trigger.role == "harm" and view.stems[back] in lexicon.words.occurrence)
        denied = view.stems[back] in lexicon.modality["denied"]
        if not hit.noun and view.stems[back] in _OF_NOUNS and _THAT not in view.stems[back:at]:
            continue
        if back in negation and not denied and not _in_name(view, back):
            # لا علاقة له بالهجوم: told, and denied
            return view.stems[back + 1] not in lexicon.words.still and not lexicon.disowned.at(view, back)
    for back in range(at - 1, max(-1, at - 1 - lexicon.clauses.failing.reach), -1):
        if view.is_mark(back) or (view.stems[back] in lexicon.cause and view.stems[back] != "في"):
            return False
        if back in failing:
            return True
    return False


def _supposed(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """`إذا هاجم الجيش المدينة`: what is only supposed is no event."""
    found = lexicon.conditional.all(view)
    for back in range(at - 1, max(-1, at - 1 - lexicon.clauses.conditional.reach), -1) if found else ():
        if view.is_mark(back):
            return False
        if back in found and back not in view.covered:  # لو موند
            return True
    return False


def _excepted(view: View, hit: Hit) -> bool:
    """`لم يعد منهم سوى 900 عائلة`, `لم ينج إلا طفل`: what is denied of all but some happened to those."""
    reach = range(hit.last, min(len(view) - 1, hit.last + _EXCEPTION_REACH))
    at = next((to for to in reach if view.stems[to] in _BUT or view.whole[to] in _BUT), 0)
    return at > 0 and (at + 1 in view.amounts or at + 2 in view.amounts)


def _in_name(view: View, at: int) -> bool:
    """Whether word `at` belongs to whom a name covers (`جهاز مكافحة الإرهاب`) and tells no aim."""
    mention = view.covered.get(at)
    return mention is not None and mention.kind in (MentionKind.ACTOR, MentionKind.BODY)


def _aim(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`بهدف السيطرة`, `لانتزاع القرية`: an aim is no event."""
    if not hit.noun:  # لعرقلة تقدم القوات: no verb stands in construct
        before = hit.first - 1
        held = before >= 0 and view.stems[before] in lexicon.infinitives
        return held and _infinitive(view, before, lexicon, own=False)
    at = hit.first
    planned = not lexicon.modality["planned"].isdisjoint(view.stems[max(0, at - _BEFORE_REACH) : at])
    if planned or not lexicon.words.imminent.isdisjoint(view.stems[hit.last : hit.last + _IMMINENT_REACH]):
        return False  # تستعد لشن هجوم, في مواجهة هجوم مرتقب: told as a plan
    purpose = lexicon.purpose.all(view)
    for back in range(at - 1, max(-1, at - 1 - lexicon.clauses.purpose.reach), -1) if purpose else ():
        if view.is_mark(back):
            break
        if back in purpose and not _in_name(view, back):
            return True
    if hit.trigger.role == "harm":
        return False
    for back in range(at, max(-1, at - 3), -1):
        if _infinitive(view, back, lexicon, own=back == at):
            return True
        if view.stems[back] in lexicon.cause:
            return False  # لحياتهم جراء قصف
    return False


def _infinitive(view: View, at: int, lexicon: ClaimLexicon, *, own: bool) -> bool:
    """`لقصف المدينة`, `لانتزاع السيطرة`, `لشن هجوم`: ل and a verbal noun say what something was done for."""
    word = view.words[at]
    definite = word.article and not (own and word.stem in lexicon.words.control | {_FIGHT})  # للسيطرة على, للقتال في
    if not word.proclitics.endswith("ل") or definite or at in view.covered:
        return False
    if not own and word.stem not in lexicon.infinitives and not is_derived_noun(word.stem):
        return False
    if lexicon.suffer.intersection(view.stems[:at]):
        return False  # تعرضت قرية … ومحيط قرية … لقصف
    before = [view.stems[back] for back in range(max(0, at - 14), at) if back not in view.dated]
    return lexicon.not_purpose.isdisjoint(before[-5:])

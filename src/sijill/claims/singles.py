"""One person, or two, told with the article, a pronoun or a name: `قتل الطباخ والحارس`, `وأصيب زوجها`, a name alone.

Classes with the article (`المدنيين`) are nobody's number; a single person is a count of one wherever a word of harm or
custody governs the noun: right before it, before the party that did it, or as the verb of a clause or relative
sentence that it opens. Who is joined to one who is counted is counted as well.

Source: the annotation guidelines ("One person").
"""

from __future__ import annotations

import msgspec

from sijill.claims.doers import acted_on
from sijill.claims.frames import Frame
from sijill.claims.governors import ASIDE, does, is_party, outcome, starts_clause
from sijill.claims.phrases import Phrases
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import Count, CountKind, CountWho, Mention, MentionKind, Quantity, Span

__all__ = ["Counted", "befell_one", "is_one", "named_persons", "persons_of", "with_name"]

_REPORTER = "reporter"
_MOST_BETWEEN = 6
_MOST_APART = 16
_VERB_REACH = 3
_PART_REACH = 5
_THAT_REACH = 12
_ONE_OF = frozenset(["احد", "احدي"])
_CONSTRUCT = 3  # words of whom a noun belongs to
_THAT = frozenset(["ان", "بان"])
# What befalls single people; those who flee, come or go are told by many.
_BEFALLS = frozenset(
    [
        *(CountKind.KILLED, CountKind.INJURED, CountKind.KILLED_OR_INJURED, CountKind.MISSING),
        *(CountKind.ABDUCTED, CountKind.DETAINED, CountKind.RELEASED, CountKind.SURRENDERED),
    ]
)
# A noun under one of these names no person: الضابط is a village as well as an officer.
_OTHER_NAMES = frozenset([MentionKind.PLACE, MentionKind.OUTLET])
_RELATIVES = frozenset(["الذي", "التي", "اللذان", "اللتان", "اللذين", "اللتين"])
# Between a verb and whom it governs: القبض على, الإفراج عن.
_GOVERNING = frozenset(["علي", "عن"])
_IN = "في"
_MOURNED, _BODIES = "killed.mourned", ("جثمان", "جثه")
_PREPOSITIONS = frozenset("بلك")
_EACH = ["كل", "من"]
_COMMAS = frozenset("،,")
# Behind these stands the name of one who was told before: تدعى هدى.
_CALLED = frozenset(["يدعي", "تدعي", "يسمي", "تسمي", "اسمه", "اسمها"])


class Counted(msgspec.Struct, frozen=True):
    """A count, and the words `first`..`last` of its sentence that it stands on."""

    count: Count
    first: int
    last: int
    named: bool = False


def is_one(view: View, quantity: Quantity) -> bool:
    """Whether a bare noun with the article, a pronoun or a definite construct tells one person or two."""
    one = quantity.bare and quantity.definite and quantity.low == quantity.high and quantity.low in (1, 2)
    mention = view.covered.get(view.local(quantity)[0])
    return one and quantity.rule != "portion" and (mention is None or mention.kind not in _OTHER_NAMES)


def befell_one(frame: Frame, first: int, last: int, before: list[Counted]) -> CountKind | None:
    """What befell the person that a definite noun at words `first`..`last` tells; None where no count is told."""
    view = frame.view
    if _is_subject(view, last):
        return None
    if before and _beside(frame, before[-1].last, first) and before[-1].count.kind in _BEFALLS:
        return before[-1].count.kind
    if view.joined(first):
        return None
    hit = next((hit for hit in reversed(frame.hits) if hit.last <= first and _governs(view, hit, first)), None)
    if hit is None:
        hit = next((hit for hit in frame.hits if hit.first >= last and _is_verb_of(view, hit, first, last)), None)
    if hit is None:
        return None
    kind = outcome(frame, hit, last)
    return kind if kind in _BEFALLS else None


def _beside(frame: Frame, last: int, first: int) -> bool:
    """Whether the noun at `first` is joined to who was counted, a construct between: `قتل سائق السيارة ومرافقه`."""
    view = frame.view
    if not view.joined(first) or not 0 <= first - last <= _CONSTRUCT:
        return False
    # القيادي في الحركة والمسؤول عن …: the same man; a pronoun far off is that of the noun between.
    if first > last and view.stems[first] not in _ONE_OF and (first - last > 1 or not view.words[first].enclitic):
        return False
    between = range(last, first)
    if any(hit.first in between for hit in frame.hits) or view.gap_marks(last, first):
        return False
    return not any(view.preposition(at) or view.joined(at) for at in between)


def _is_subject(view: View, last: int) -> bool:
    """`قتل الجندي شابا`: an indefinite person right behind is the object, so that the one before acts."""
    follows = view.amounts.get(last)
    return follows is not None and not follows.definite and not view.joined(last) and not view.preposition(last)


def _has_object(view: View, at: int) -> bool:
    """`الضابط الذي قتل المتظاهر`: a person or a party right behind the verb is whom it happens to."""
    mention = view.covered.get(at)
    return at in view.amounts or (mention is not None and mention.kind in (MentionKind.ACTOR, MentionKind.PEOPLE))


def _governs(view: View, hit: Hit, first: int) -> bool:
    """Whether the word of harm governs the noun at `first`: right before it, or before the party that did it."""
    if hit.trigger.count not in _BEFALLS:
        return False
    if hit.trigger.id == _MOURNED and view.stems[first - 1] in _BODIES:
        return True  # شيع الأهالي جثمان الشهيد
    between = _between(view, hit.last, first)
    if between is None:
        return False
    if set(view.words[first].proclitics) & _PREPOSITIONS:
        return False
    if not hit.noun and not view.preposition(first) and acted_on(view, hit, first):
        return True
    if len(between) > (_MOST_APART if does(hit) else _MOST_BETWEEN):
        return False
    if not between or (view.stems[between[-1]] in _GOVERNING and (len(between) == 1 or does(hit))):
        return True  # القبض على الشاب, أطلقوا النار على الشاب
    if hit.noun or view.preposition(first):
        return False
    return all(is_party(view, at) for at in between)


def _between(view: View, first: int, last: int) -> list[int] | None:
    """The words between a verb and its object; times, `في` and a place, quotation marks and asides are left out.

    None where another mark stands there.
    """
    rows: list[int] = []
    aside = False
    for at in range(first, last):
        form = view.words[at].form
        if form in _COMMAS:
            aside = not aside
        elif view.is_mark(at) and form not in ASIDE:
            return None
        elif not aside and form not in ASIDE and at not in view.dated and not _in_place(view, at):
            rows.append(at)
    return None if aside or last - first > _MOST_APART else rows


def _in_place(view: View, at: int) -> bool:
    """Whether word `at` is في before a place, or of the place: `اعتقل الأمن في رام الله الصحفي سامي جبر`."""
    first = at + 1 if view.stems[at] == _IN else at
    place = view.covered.get(first)
    if place is None or place.kind is not MentionKind.PLACE:
        return False
    start = view.local(place)[0]
    return start > 0 and view.stems[start - 1] == _IN


def _is_verb_of(view: View, hit: Hit, first: int, last: int) -> bool:
    """Whether the verb behind the noun tells what befell it: `أن الشاب قتل`, `السائحة التي أصيبت`."""
    that = first > 0 and view.stems[first - 1] in _THAT
    if hit.noun or does(hit) or hit.first - last > (_THAT_REACH if that else _VERB_REACH):
        return False
    if view.words[hit.first].proclitics or _is_subject(view, hit.last):
        return False
    between = range(last, hit.first)
    if any(view.is_mark(at) and view.words[at].form not in ASIDE for at in between):
        return False
    if any(at in view.amounts or view.joined(at) or (at in view.covered and not that) for at in between):
        return False
    if view.has(_RELATIVES, last):
        return not view.preposition(first) and not _has_object(view, hit.last)
    opens = starts_clause(view, first) or view.is_mark(first - 1)
    return opens and view.words[hit.first].enclitic == ""


def with_name(view: View, persons: dict[int, Mention], first: int, last: int) -> tuple[Span, int] | None:
    """The phrase and the end of a noun whose bearer is named: as one mention, or right behind it, in quotes or not.

    `persons` are the named persons of the sentence by their first words.
    """
    mention = persons.get(first)
    if mention is not None:
        end = view.local(mention)[1]
        return (mention.span, end) if end > last else None
    at = last
    while at < len(view) and at - last <= 1 and view.words[at].form in ASIDE:
        at += 1
    if at == last and at not in persons and at < len(view) and view.words[at].article and not view.words[at].proclitics:
        at += 1  # رجل الأعمال سمير عواد
    name = persons.get(at)
    if name is None or view.words[at].proclitics:
        return None
    end = view.local(name)[1]
    return view.span(first, end), end


def persons_of(view: View) -> dict[int, Mention]:
    """The named persons of the sentence, by the word that each begins at."""
    return {view.local(mention)[0]: mention for mention in view.mentions if _is_person(mention)}


def _is_person(mention: Mention) -> bool:
    return mention.kind is MentionKind.PEOPLE and mention.subtype in ("person", _REPORTER)


def named_persons(frame: Frame, found: list[Counted], parts: Phrases) -> list[Counted]:
    """Named persons, and reporters, right behind a word that says what befell them: each is a count of one.

    `parts` are the words that open the parts of a total (`بينهم`): who is named there is one of those counted before.
    """
    view = frame.view
    taken = {at for item in found for at in range(item.first, item.last)}
    ends = {item.last: item for item in found if item.count.low == item.count.high == 1}
    rows: list[Counted] = []
    for mention in view.mentions:
        reporter = mention.kind is MentionKind.BODY and mention.subtype == _REPORTER
        if not reporter and not _is_person(mention):
            continue
        first, last = view.local(mention)
        if not frame.start <= first < frame.end or not taken.isdisjoint(range(first, last)):
            continue
        if _is_anothers(view, first):
            continue
        kind = _kind_of_named(frame, first, ends) or _kind_of_part(view, first, found, parts)
        if kind is not None:
            rows.append(_person(view, mention, kind))
            ends[last] = rows[-1]
            taken |= set(range(first, last))
    return rows


def _is_anothers(view: View, first: int) -> bool:
    """`أبناء سمير عواد`, `سائق سمير عواد`: the noun right before the name tells whom the clause is about."""
    kin = view.amounts.get(first - 1)
    return kin is not None and kin.bare and kin.person and kin.kind is None and not view.words[first].proclitics


def _kind_of_named(frame: Frame, first: int, ends: dict[int, Counted]) -> CountKind | None:
    """What befell the person named at `first`: what governs them, or befell the one they are joined to."""
    view = frame.view
    if first and view.stems[first - 1] in _CALLED and ends:
        return None  # the name of one who is counted already
    before = ends.get(first) if view.joined(first) else None
    if before is None and first and view.words[first - 1].form in _COMMAS:
        listed = ends.get(first - 1)
        before = listed if listed is not None and listed.named else None
    if before is not None:
        return before.count.kind
    hit = next((hit for hit in frame.hits if _befell(view, hit, first)), None)
    return None if hit is None else outcome(frame, hit, first)


def _kind_of_part(view: View, first: int, found: list[Counted], parts: Phrases) -> CountKind | None:
    """What befell the total that the person named at `first` is told to be one of: `خمسة بينهم سمير عواد`."""
    if not parts.ends(view, first):
        return None
    total = next((item for item in reversed(found) if item.last < first), None)
    return total.count.kind if total is not None and first - total.last <= _PART_REACH else None


def _befell(view: View, hit: Hit, first: int) -> bool:
    """Whether the person at `first` is the object of `hit`: right behind it, or behind the party that did it."""
    between = _between(view, hit.last, first) if hit.trigger.count is not None and hit.last <= first else None
    if between is None:
        return False
    if [view.stems[at] for at in between] == _EACH:
        return True  # أصيب كل من سمير عواد وخالد النجار
    actors = _is_party(view, between)
    if not actors and any(view.joined(at) for at in between):
        return False  # هجوم الدهس ووصف سمير عواد بأنه …: another verb's object
    return len(between) <= 1 or (actors and not hit.noun)


def _is_party(view: View, words: list[int]) -> bool:
    """Whether the words are a party's name, the noun that it owns and its adjective too: `جهاز المخابرات العامة`."""
    names = [at for at in words if is_party(view, at)]
    if not names or len(words) == len(names):
        return len(words) == len(names)
    rest = [at for at in words if at not in names]
    return all(
        (at == words[0] and at + 1 == names[0]) or (at == names[-1] + 1 and view.words[at].article) for at in rest
    )


def _person(view: View, mention: Mention, kind: CountKind) -> Counted:
    first, last = view.local(mention)
    said = view.amounts.get(first)
    who = CountWho.JOURNALISTS if mention.subtype == _REPORTER else CountWho.UNSPECIFIED
    if said is not None and said.who is not None:
        who = said.who
    return Counted(Count(kind, who, 1, 1, mention.span, view.cut(mention.span)), first, last, named=True)

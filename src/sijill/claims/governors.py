"""Which word of harm, custody or flight says what befell an amount of people.

The one before the people, or the verb close behind whose subject they are: `أن خمسة مدنيين، بينهم أربع نساء، أصيبوا`.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2 (the verb and its subject; the noun of action and what it
governs).
"""

from __future__ import annotations

from collections.abc import Callable

from sijill.claims.frames import Frame
from sijill.claims.retold import owns_object, takes_up
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import ClaimType, CountKind, MentionKind, Quantity

__all__ = [
    "ASIDE",
    "MOVES",
    "does",
    "doubled",
    "governor",
    "is_party",
    "outcome",
    "starts_clause",
    "struck_so",
    "taken_up",
]

MOVES = frozenset([ClaimType.DISPLACEMENT, ClaimType.SURRENDER])
# Marks around what is said in passing: they part no subject from its verb.
ASIDE = frozenset("()[]\"«»“”'‘’")
_SHOOT = "kill.shoot"
_SUBJECT_REACH = 14
# Which amounts a pronoun may stand for.
_AGREE: dict[str, Callable[[Quantity], bool]] = {
    "ه": lambda amount: amount.low == amount.high == 1,
    "ها": lambda amount: amount.low == amount.high == 1,
    "هما": lambda amount: amount.low == amount.high == 2,
    "هم": lambda amount: amount.high is None or amount.high > 2,
    "هن": lambda amount: amount.high is None or amount.high > 2,
}
_GOVERNED_REACH = 18
_SUFFER_REACH = 3
_OPENS = frozenset(["ان", "بان", "كان", "كانت"])


def starts_clause(view: View, first: int) -> bool:
    """Whether the noun at `first` opens what is said, so that its verb follows: behind أن or كان, or first of all."""
    return first == 0 or view.stems[first - 1] in _OPENS


def governor(frame: Frame, first: int, last: int, suffer: frozenset[str]) -> Hit | None:
    """The trigger that says what befell the people at words `first`..`last`; `suffer` are the verbs of suffering."""
    view = frame.view
    before = [hit for hit in frame.hits if hit.first < first and (hit.trigger.count or hit.trigger.role == "harm")]
    behind = [hit for hit in frame.hits if hit.trigger.count and not hit.noun and _subject_of(view, first, last, hit)]
    marks = view.gap_marks(before[-1].last, first) if before else 9
    free = bool(behind) and (not before or marks > 0) and not view.joined(behind[0].first)
    if free and not view.gap_marks(last, behind[0].first):
        return behind[0]
    if before and first - before[-1].last <= _GOVERNED_REACH:
        return before[-1]
    if behind:
        return behind[0]
    # "the many families forced to flee": those who move stand before the noun of their flight.
    if not before and (suffered := _suffered(frame, first, last, suffer)) is not None:
        return suffered
    moves = [hit for hit in frame.hits if 0 <= hit.first - last <= 8 and hit.trigger.type in MOVES and hit.noun]
    return moves[0] if moves and not view.gap_marks(last, moves[0].first) and not before else None


def taken_up(frame: Frame, first: int, last: int) -> Hit | None:
    """The verb of harm behind whose pronoun stands for the people at words `first`..`last`, told last before it."""
    view = frame.view
    amount = view.amounts.get(first)
    for hit in frame.hits:
        if hit.first < last or not takes_up(view, hit) or amount is None:
            continue
        nearest = max((at for at in view.amounts if at < hit.first), default=-1)
        if view.amounts.get(nearest) is not amount or _is_doer(frame, amount, first, last):
            return None
        return hit if _AGREE[view.words[hit.first].enclitic](amount) else None
    return None


def struck_so(frame: Frame, first: int, last: int) -> CountKind | None:
    """`استهدفوا شابا ما أدى إلى مقتله`: what a noun with their pronoun says befell the people told last before it."""
    view = frame.view
    amount = view.amounts.get(first)
    for hit in frame.hits:
        harmed = hit.noun and hit.trigger.role == "harm" and hit.trigger.count
        agrees = _AGREE.get(view.words[hit.first].enclitic)
        if hit.first < last or not harmed or agrees is None or amount is None or not view.preposition(hit.first):
            continue
        nearest = max((at for at in view.amounts if at < hit.first), default=-1)
        if view.amounts.get(nearest) is amount and agrees(amount) and not _is_doer(frame, amount, first, last):
            return hit.trigger.count
        return None
    return None


def _is_doer(frame: Frame, amount: Quantity, first: int, last: int) -> bool:
    """`أطلق جندي النار على المنفذ فقتله`: a man right behind the verb who is not in the accusative is its subject."""
    nominative = amount.bare and last - first == 1 and not frame.view.words[first].article
    nominative = nominative and not frame.view.stems[first].endswith(("ا", "ين", "ه"))
    return nominative and any(hit.last == first and not hit.noun for hit in frame.hits)


def _suffered(frame: Frame, first: int, last: int, suffer: frozenset[str]) -> Hit | None:
    """`تعرض عدد منهم للتعذيب`, `محتجزين تعرضوا للتعنيف`: the noun that a verb of suffering takes behind ل."""
    view = frame.view
    for hit in frame.hits:
        if (
            hit.noun
            and hit.trigger.count
            and 0 <= hit.first - last <= _SUFFER_REACH
            and view.preposition(hit.first) == "ل"
        ):
            near = (view.stems[at] for at in (*range(max(0, first - 1), first), *range(last, hit.first)))
            return hit if not suffer.isdisjoint(near) else None
    return None


def _subject_of(view: View, first: int, last: int, hit: Hit) -> bool:
    """Whether people at words `first`..`last` are the subject of the verb behind them, an apposition between or not.

    `أن مدنيا يدعى … (40 عاما) أصيب`; `أن خمسة مدنيين، بينهم أربع نساء، أصيبوا`.
    """
    gap = hit.first - last
    if owns_object(view, hit) or _kills_whom(view, hit):
        return False  # دهس سائق جنديين فقتلهما; هاجم مسلحون النقطة فقتلوا جنديين
    if 0 <= gap <= 3:
        return True
    if not 0 <= gap <= _SUBJECT_REACH or first == 0 or view.stems[first - 1] not in _OPENS or does(hit):
        return False
    return not view.joined(hit.first) and view.words[hit.first].proclitics == ""


def _kills_whom(view: View, hit: Hit) -> bool:
    """Whether a verb joined by و or ف has whom it befell right behind it, so that the people before it did it."""
    victim = view.amounts.get(hit.last)
    follows = victim is not None and view.local(victim)[0] == hit.last and victim.person
    return follows and not hit.noun and view.joined(hit.first) and view.stems[hit.first].endswith("وا")


def is_party(view: View, at: int) -> bool:
    """Whether word `at` is of the name of a party, as it stands between a verb and its object."""
    mention = view.covered.get(at)
    return mention is not None and mention.kind is MentionKind.ACTOR


def does(hit: Hit) -> bool:
    """Whether the subject of the verb does the harm: `أطلقوا النار`, a verb that needs its object to tell an act."""
    return hit.trigger.role == "act" and bool(hit.trigger.next)


def outcome(frame: Frame, hit: Hit, last: int) -> CountKind | None:
    """What befell the people behind `hit` that end at `last`: what a later noun with their pronoun says goes first.

    `أطلقوا النار على عنصر ما أدى لإصابته`: he was hurt, not killed; who is shot at alone may be neither.
    """
    if hit.trigger.role == "act":
        for later in frame.hits:
            told = later.first >= last and later.noun and later.trigger.role == "harm" and later.trigger.count
            if told and frame.view.words[later.first].enclitic:
                return later.trigger.count
        if hit.trigger.id == _SHOOT:
            return None
    return CountKind.KILLED_OR_INJURED if doubled(frame, hit) else hit.trigger.count


def doubled(frame: Frame, hit: Hit) -> bool:
    """`قُتل وأُصيب 15`: one amount for the dead and the wounded together."""
    at = frame.hits.index(hit)
    if not at:
        return False
    other = frame.hits[at - 1]
    kinds = {other.trigger.count, hit.trigger.count}
    view = frame.view
    alone = hit.first == other.last and not any(i in view.amounts for i in range(max(0, other.first - 4), other.first))
    return alone and kinds == {CountKind.KILLED, CountKind.INJURED}

"""Running lists of the dead and the hurt by name: `أما القتلى فهم: سامي … (12 عاما)، وهالة …؛ والمصابون هم …`.

The noun with the article opens the roll and tells what befell those in it; a pronoun (هم) or a colon leads to the
names, which commas and و part. Each name is a count of one, of the class of the noun before it (`ووالدتهم هدى …`) or
of the group that it is told in (`وأطفال هم …`); a bare name is of no class, whatever the age. A roll needs a name that
is known for one, or an age.

Source: the manner of monitors' and papers' reports; the annotation guidelines ("One person").
"""

from __future__ import annotations

import msgspec

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.people import HARM
from sijill.claims.singles import persons_of
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import Count, CountKind, CountWho, Mention, MentionKind, Quantity, WordKind

__all__ = ["rolls_of"]

_LEAD_REACH = 7
_MOST_NAMES = 5
_MOST_ASIDE = 8
_ARE = frozenset(["هم", "هن", "هما", "هي"])
_AS_FOLLOWS = frozenset(["كما", "يلي", "التالي", "تالي", "النحو", "نحو", "الاتي", "اتي", "علي", "كل", "من"])
_SEPARATORS = frozenset("،,؛;")
_SKIPPED = frozenset('،,؛;:–-—"«»“”')
_AGES = frozenset(["عام", "عاما", "اعوام", "سنه", "سنوات", "سنين", "ربيعا", "شهر", "شهرا", "اشهر", "شهور"])


class _Item(msgspec.Struct, frozen=True):
    """One person of a roll: words `first`..`last`, where the next item may begin, and what shows that it is a name."""

    first: int
    last: int
    then: int
    who: CountWho
    shown: bool


class _Roll(msgspec.Struct, frozen=True):
    counts: tuple[Count, ...]
    end: int


def rolls_of(view: View, frames: list[Frame], lexicon: ClaimLexicon) -> list[tuple[Frame, tuple[Count, ...]]]:
    """The rolls of a sentence, each as a frame on its noun with the counts of those named; `frames` tell theirs."""
    rows: list[tuple[Frame, tuple[Count, ...]]] = []
    told = {hit.first for frame in frames for hit in frame.hits}
    persons: dict[int, Mention] | None = None
    done = 0
    for quantity in view.quantities:
        if not (quantity.bare and quantity.definite and quantity.kind in HARM):
            continue
        first, last = view.local(quantity)
        if first < done or first in told:
            continue
        persons = persons_of(view) if persons is None else persons
        lead = _lead(view, last, lexicon)
        goes_on = bool(rows) and view.joined(first) and first - done <= 1
        if lead is None and (goes_on or (last in persons and _is_among(view, first))):
            lead = last  # …، والمصابين سمير عواد; من بين القتلى سمير عواد
        roll = None if lead is None else _roll(view, lead, quantity.kind, persons, lexicon, sure=goes_on)
        if roll is not None:
            hit = Hit(lexicon.triggers["toll"], first, first + 1, noun=True)
            rows.append((Frame(view, [hit], hit, ["trigger:toll", "list:roll"], first, roll.end), roll.counts))
            done = roll.end
    return rows


def _lead(view: View, at: int, lexicon: ClaimLexicon) -> int | None:
    """Where the names begin behind a noun that ends before `at`: behind هم, or behind a colon; None without one."""
    for to in range(at, min(len(view), at + _LEAD_REACH)):
        if view.words[to].form == ":":
            return to + 1
        if view.has(_ARE, to):
            after = to + 1
            while after < len(view) and view.has(_AS_FOLLOWS, after):
                after += 1
            return after
        if view.words[to].form in "،؛." or view.stems[to] in lexicon.verbs:
            return None
    return None


def _is_among(view: View, first: int) -> bool:
    return first > 0 and view.stems[first - 1] == "بين"


def _roll(
    view: View, at: int, kind: CountKind | None, persons: dict[int, Mention], lexicon: ClaimLexicon, *, sure: bool
) -> _Roll | None:
    """The persons named from word `at` on; `sure`: a roll goes on here, so that names of two words are names."""
    items: list[_Item] = []
    group = CountWho.UNSPECIFIED
    while at < len(view):
        if view.words[at].form in _SKIPPED or view.stems[at] == "و":
            at += 1
            continue
        told = view.amounts.get(at)
        if told is not None and told.kind in HARM:
            break
        if told is not None and told.bare and told.who is not None and view.has(_ARE, view.local(told)[1]):
            group, at = told.who, view.local(told)[1] + 1  # وأطفال هم …
            continue
        item = _item(view, at, group, persons, lexicon)
        if item is None:
            break
        items.append(item)
        at = item.then
        if at < len(view) and view.words[at].form not in _SEPARATORS and not view.joined(at):
            break
    whole = bool(items) and all(item.last - item.first > 1 for item in items)
    listed = whole and (sure or len(items) > 2)
    if kind is None or not (listed or any(item.shown for item in items)):
        return None
    spans = [(item, view.span(item.first, item.last)) for item in items]
    return _Roll(tuple(Count(kind, item.who, 1, 1, span, view.cut(span)) for item, span in spans), at)


def _item(view: View, at: int, group: CountWho, persons: dict[int, Mention], lexicon: ClaimLexicon) -> _Item | None:
    """The person named at word `at`, perhaps behind a noun that tells who they are; None where no name stands."""
    told = view.amounts.get(at)
    first, who = at, group
    if told is not None:
        if not _tells_one(told):
            return None
        who = told.who if told.who not in (None, CountWho.UNSPECIFIED) else group
        at = view.local(told)[1]
        first = at if view.words[at - 1].enclitic else first
    last = at
    while last < len(view) and last - at < _MOST_NAMES and _is_name(view, last, first=last == at, lexicon=lexicon):
        last += 1
    if last == at:
        return None
    mention = next((persons[k] for k in (first, at) if k in persons), None)
    if mention is not None and mention.kind is MentionKind.PEOPLE and mention.subtype == "reporter":
        who = CountWho.JOURNALISTS
    then, aged = _aside(view, last)
    return _Item(first, last, then, who, mention is not None or aged)


def _tells_one(told: Quantity) -> bool:
    return told.bare and told.low == told.high == 1 and told.person and told.kind is None


def _is_name(view: View, at: int, *, first: bool, lexicon: ClaimLexicon) -> bool:
    """Whether word `at` may be part of a name: no mark, no particle, no verb, no amount, no time, no place."""
    word = view.words[at]
    if word.kind is not WordKind.WORD or at in view.amounts or at in view.dated or word.enclitic:
        return False
    if not first and view.joined(at):
        return False
    if set(word.proclitics) - {"و"} or view.stems[at] in lexicon.words.prepositions or view.has(_ARE, at):
        return False
    mention = view.covered.get(at)
    known = mention is not None and mention.kind is MentionKind.PEOPLE
    return known or (view.stems[at] not in lexicon.reporting and not view.has(lexicon.words.relatives, at))


def _aside(view: View, at: int) -> tuple[int, bool]:
    """Where the next item may begin behind a name, and whether an age stands there."""
    aged = False
    depth = 0
    end = min(len(view), at + _MOST_ASIDE)
    for to in range(at, end):
        word = view.words[to]
        if word.form in "([":
            depth += 1
        elif word.form in ")]":
            depth -= 1
        elif word.kind is WordKind.NUMBER:
            aged = aged or (to + 1 < len(view) and view.stems[to + 1] in _AGES)
        elif not depth and (word.form in _SEPARATORS or view.joined(to)):
            return to, aged
    return end, aged

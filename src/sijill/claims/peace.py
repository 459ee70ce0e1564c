"""News in which violence is a figure of speech, an accident, a story, a crime of one against another, or history.

Source: the annotation guidelines (a claim is what happened in a conflict); vocabulary in `rules/peaceful.toml`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from sijill.claims.phrases import Phrases
from sijill.claims.view import View
from sijill.data import Meta, load
from sijill.model import ClaimType, Count, CountKind, Mention, MentionKind, WordKind
from sijill.names.inflection import adjective_forms
from sijill.names.knowledge import ARMED
from sijill.text.folding import fold

__all__ = [
    "FILE",
    "Peace",
    "armed_with",
    "at_war",
    "figurative",
    "forceful",
    "harmless_cause",
    "load_peace",
    "no_news",
    "peaceful_fields",
]

FILE = "rules/peaceful.toml"
_STORY_REACH = 6  # words between a verb of telling and the work that tells
_EARLIEST, _HISTORY = 500, 1900  # years (of our era) in which wars are history
_YEAR = frozenset(["سنه", "عام"])
_SHORT = 2  # letters of particles
_PRONOUNS = ("ها", "هم", "ته", "نه")
_SPORT, _ATTACKERS = "sport", "actors.head.attackers"
_KILLED = (CountKind.KILLED, CountKind.KILLED_OR_INJURED)
_CAUSE_REACH = 3  # words behind a cause that may still name violence
# Of these verbs people are no patients: who stands right behind them acts.
_DEEDS = (
    ClaimType.SHELLING,
    ClaimType.EXPLOSION,
    ClaimType.OFFENSIVE,
    ClaimType.TERRITORY_GAINED,
    ClaimType.SIEGE,
)
_POLICE = "actors.head.police"
_HURT = (
    CountKind.KILLED,
    CountKind.INJURED,
    CountKind.KILLED_OR_INJURED,
    CountKind.MISSING,
    CountKind.ABDUCTED,
    CountKind.DETAINED,
    CountKind.SURRENDERED,
    CountKind.RELEASED,
)


class _Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]


class _Stories(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: list[str]
    works: list[str]
    scenes: list[str]


class _Everyday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    triggers: list[str]
    signs: list[str]


class _Subjects(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    things: list[str]
    people: list[str]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    fields: dict[str, list[str]]
    accidents: _Listed
    crimes: _Listed
    drills: _Listed
    figures: _Listed
    idioms: _Listed
    subjects: _Subjects
    causes: _Listed
    everyday: _Everyday
    stories: _Stories


class Peace:
    """The words of `rules/peaceful.toml`, by what they say of a sentence."""

    def __init__(self, table: _Table) -> None:
        self.fields = {fold(word): field for field, words in table.fields.items() for word in words}
        self.accidents = Phrases(table.accidents.words)
        self.crimes = Phrases(table.crimes.words)
        self.drills = Phrases(table.drills.words)
        self.figures = frozenset(form for word in table.figures.words for form in adjective_forms(word))
        self.idioms = Phrases(table.idioms.words)
        self.things = frozenset(map(fold, table.subjects.things))
        self.people = frozenset(map(fold, table.subjects.people))
        self.causes = frozenset(map(fold, table.causes.words))
        self.everyday = frozenset(table.everyday.triggers)
        self.signs = frozenset(map(fold, table.everyday.signs))
        self.telling = frozenset(map(fold, table.stories.verbs))
        self.works = frozenset(map(fold, table.stories.works))
        self.scenes = Phrases(table.stories.scenes)

    def words(self) -> Iterator[str]:
        """The single words of the file, before which clitics may stand; none that has a pronoun on it."""
        yield from self.fields
        yield from self.works
        for phrases in (self.accidents, self.crimes, self.drills, self.scenes):
            for word in itertools.chain.from_iterable(phrases.phrases()):
                if len(word) > _SHORT and not word.endswith(_PRONOUNS):
                    yield word


def load_peace(overlay: Path | None = None) -> Peace:
    """The words of peace. Raises ResourceError where the file is wrong."""
    return Peace(load(FILE, _Table, overlay))


def peaceful_fields(view: View, peace: Peace) -> Counter[str]:
    """How many words of each field of peace (sport, weather, trade …) a sentence holds; names of places are none."""
    fields = peace.fields
    found = [(at, fields[stem]) for at, stem in enumerate(view.stems) if stem in fields]
    places = _places(view) if found else set()
    return Counter([field for at, field in found if at not in places])  # حي السكري


def forceful(view: View, weapons: frozenset[str], counts: tuple[Count, ...], fields: Counter[str]) -> bool:
    """Whether a sentence shows force: an armed party, a weapon, or people killed, hurt or taken.

    Among words of sport people are hurt in play, and attackers are no party.
    """
    sport = fields[_SPORT] > 1
    if any(count.kind in (_KILLED if sport else _HURT) for count in counts) or armed_with(view, weapons):
        return True
    parties = (m for m in view.mentions if m.kind is MentionKind.ACTOR and m.subtype in ARMED)
    return any(not (sport and party.rule == _ATTACKERS) for party in parties)


def armed_with(view: View, weapons: frozenset[str]) -> bool:
    """Whether a weapon is named; towns bear names of weapons too (فاس)."""
    if weapons.isdisjoint(view.stems):
        return False
    places = _places(view)
    return any(stem in weapons and at not in places for at, stem in enumerate(view.stems))


def _places(view: View) -> set[int]:
    return {at for at, mention in view.covered.items() if mention.kind is MentionKind.PLACE}


def figurative(view: View, at: int, last: int, peace: Peace, *, noun: bool, kind: ClaimType) -> bool:
    """Whether the words of a trigger at `at`..`last` are a figure of speech.

    They stand in an idiom (`رصاصة الرحمة`); the adjective behind a noun says that nobody fights (`هجوم إلكتروني`,
    `المعركة الانتخابية`); or the subject right behind a verb cannot act (`ضرب التضخم`) or does so in words alone
    (`قصف المدرب`).
    """
    if any(start <= at < start + size for start, size in peace.idioms.all(view).items()):
        return True
    behind = view.stems[last] if last < len(view) else ""
    if noun:
        return behind in peace.figures and view.words[last].article == view.words[at].article
    return behind in peace.things or (kind in _DEEDS and behind in peace.people)


def harmless_cause(view: View, violent: Callable[[str], bool], peace: Peace) -> bool:
    """Whether the cause that a sentence of harm states is no violence: `جراء مطب هوائي`, `بعد سقوط لوح`.

    `violent` says whether a word can name an act of violence or its means.
    """
    for at, stem in enumerate(view.stems):
        to = at + 1
        if stem not in peace.causes or to >= len(view) or view.words[to].kind is not WordKind.WORD:
            continue
        if to in view.covered or to in view.dated or to in view.amounts or to in view.things:
            continue
        if not any(map(violent, view.stems[to : to + _CAUSE_REACH])):
            return True
    return False


def at_war(view: View, peace: Peace, weapons: frozenset[str]) -> bool:
    """Whether a sentence names a weapon, an armed party, or people and things that only a conflict has."""
    if armed_with(view, weapons) or not peace.signs.isdisjoint(view.stems):
        return True
    return any(m.kind is MentionKind.ACTOR and m.subtype in ARMED for m in view.mentions)


def no_news(view: View, peace: Peace, means: dict[str, ClaimType], counts: Iterable[tuple[Count, ...]]) -> bool:
    """Whether a sentence tells no event of a conflict, whatever its words: history, story, drill or private crime."""
    if _long_ago(view) or _story(view, peace):
        return True
    if peace.drills.all(view) and not any(count.kind in _HURT for row in counts for count in row):
        return True
    return bool(peace.crimes.all(view)) and not _war(view, peace, means)


def _long_ago(view: View) -> bool:
    """Whether a year is named in which no conflict of today was."""
    if any(date.start is not None and date.start.year < _HISTORY for date in view.dates):
        return True
    if _YEAR.isdisjoint(view.stems):
        return False
    behind = {at + 1 for at, stem in enumerate(view.stems) if stem in _YEAR}
    years = (quantity.low for quantity in view.quantities if quantity.first - view.base in behind)
    return any(year is not None and _EARLIEST < year < _HISTORY for year in years)


def _story(view: View, peace: Peace) -> bool:
    """`يروي الفيلم قصة ضابط …`, `في الحلقة الأخيرة …`: what a film, a novel or a play tells."""
    if not (peace.telling.isdisjoint(view.stems) or peace.works.isdisjoint(view.stems)):
        verbs = [at for at, stem in enumerate(view.stems) if stem in peace.telling]
        works = [at for at, stem in enumerate(view.stems) if stem in peace.works]
        if any(abs(work - verb) <= _STORY_REACH for verb in verbs for work in works):
            return True
    return bool(peace.scenes.all(view))


def _war(view: View, peace: Peace, means: dict[str, ClaimType]) -> bool:
    """Whether an armed party other than the police acts, or a weapon of war."""
    if any(_is_party(view, peace, mention) for mention in view.mentions):
        return True
    kinds = {means.get(stem, ClaimType.AIR_STRIKE) for stem in view.stems}
    return not kinds <= {ClaimType.AIR_STRIKE, ClaimType.KILLING}


def _is_party(view: View, peace: Peace, mention: Mention) -> bool:
    """Whether a name is that of an armed party: not of the police, and not the word of a crime (لصوص)."""
    police = mention.subtype == "police" or mention.rule == _POLICE
    armed = mention.kind is MentionKind.ACTOR and mention.subtype in ARMED and not police
    return armed and not peace.crimes.at(view, mention.first - view.base)

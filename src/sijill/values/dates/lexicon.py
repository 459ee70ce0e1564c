"""The words of time, loaded and indexed by word key."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from sijill.data import load
from sijill.errors import ResourceError
from sijill.values.dates.entries import GrammarWords, MonthNames, Named, Prepositions, TimeWords
from sijill.values.lexicon import Phrases, key_of

__all__ = ["Month", "TimeGrammar", "TimeLexicon", "load_time"]

MONTHS = "lexicon/ar/months.toml"
TIME = "lexicon/ar/time.toml"


class Month(msgspec.Struct, frozen=True):
    """A month's name: its number, its calendar, whether the name alone proves nothing."""

    number: int
    hijri: bool
    shy: bool


class TimeGrammar(msgspec.Struct, frozen=True):
    """The word classes of `[grammar]` of `time.toml`, as keys; `this` and `this_any` join those of its three."""

    of: frozenset[str]
    frequent: frozenset[str]
    this_masculine: frozenset[str]
    day_noun: frozenset[str]
    two_days: frozenset[str]
    month_noun: frozenset[str]
    definite_month: frozenset[str]
    two_months: frozenset[str]
    century: frozenset[str]
    today: frozenset[str]
    behind_daytime: frozenset[str]
    before_weekday: frozenset[str]
    night: frozenset[str]
    night_to: frozenset[str]
    accord_to: frozenset[str]
    before_year: frozenset[str]
    before_month: frozenset[str]
    before_whole: frozenset[str]
    part_of: frozenset[str]
    before_years: frozenset[str]
    year_cues: frozenset[str]
    lasting: frozenset[str]
    counted_from: frozenset[str]
    told_day: frozenset[str]
    same: frozenset[str]
    that: frozenset[str]
    in_that: frozenset[str]
    last_told: frozenset[str]
    in_: frozenset[str]
    this: frozenset[str]
    this_any: frozenset[str]


class _Opening(msgspec.Struct, frozen=True):
    """Phrases that open an expression of time."""

    months: Phrases
    relative: Phrases
    feasts: Phrases
    dayparts: Phrases
    parts: Phrases
    within: Phrases


class TimeLexicon(_Opening, frozen=True):
    """The words of time, ready for look-up. Phrases give (words, value)."""

    weekdays: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    decades: dict[str, int]
    shares: dict[str, int]
    latin: dict[str, int]
    daytimes: frozenset[str]
    qualifiers: dict[str, Literal["past", "this", "next"]]
    since: frozenset[str]
    ago: frozenset[str]
    after: frozenset[str]
    ahead: Phrases
    until: frozenset[str]
    between: frozenset[str]
    start: frozenset[str]
    cues: frozenset[str]
    approximate: Phrases
    accord: Phrases
    eras: dict[str, bool]
    first_of_month: frozenset[str]
    guards: frozenset[str]
    channels: frozenset[str]
    vague: frozenset[str]
    idioms: Phrases
    grammar: TimeGrammar
    starters: frozenset[str]
    words: tuple[str, ...]


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(key_of(word) for word in phrase.split())


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(key_of(word) for word in words)


def _phrases(phrases: Iterable[str]) -> Phrases:
    return Phrases((_words(phrase), True) for phrase in phrases)


def _by_name(rows: list[Named]) -> dict[str, int]:
    return {key_of(name): row.number for row in rows for name in row.names}


def load_time(overlay: Path | None = None) -> TimeLexicon:
    """The lexicon of time.

    Raises ResourceError where two months are spelled alike, or a word stands twice in a class of the grammar.
    """
    months, time = load(MONTHS, MonthNames, overlay), load(TIME, TimeWords, overlay)
    prep, grammar = time.prepositions, _grammar(time.grammar)
    opening = _Opening(
        months=Phrases(_month_names(months).items()),
        relative=Phrases((_words(phrase), row.shift) for row in time.relative for phrase in row.phrases),
        feasts=Phrases((_words(phrase), row) for row in time.feast for phrase in row.phrases),
        dayparts=Phrases((_words(phrase), row.id) for row in time.daypart for phrase in row.phrases),
        parts=Phrases((_words(phrase), row.which) for row in time.part for phrase in row.phrases),
        within=_phrases(prep.within),
    )
    return TimeLexicon(
        **msgspec.structs.asdict(opening),
        weekdays=_by_name(months.weekday),
        seasons={key_of(name): (row.first, row.last) for row in months.season for name in row.names},
        decades=_by_name(months.decade),
        shares=_by_name(months.share),
        latin={name: row.number for row in months.latin for name in row.names},
        daytimes=_set(phrase for row in time.daytime for phrase in row.phrases),
        qualifiers={key_of(word): row.which for row in time.qualifier for word in row.words},
        since=_set(prep.since),
        ago=_set(prep.ago),
        after=_set(prep.after),
        ahead=_phrases(prep.ahead),
        until=_set(prep.until),
        between=_set(prep.between),
        start=_set(prep.start),
        cues=_set(prep.cues),
        approximate=_phrases(prep.approximate),
        accord=_phrases(prep.accord),
        eras={key_of(word): hijri for hijri, words in ((False, prep.gregorian), (True, prep.hijri)) for word in words},
        first_of_month=_set(prep.first_of_month),
        guards=_set(word for row in time.guard for word in row.before),
        channels=_set(word for row in time.channel for word in row.before),
        vague=_set(word for row in time.vague for word in row.behind),
        idioms=Phrases(((_words(phrase), True) for row in time.idiom for phrase in row.phrases), backwards=True),
        grammar=grammar,
        starters=_starters(months, prep, grammar, opening),
        words=_extra_words(months, time),
    )


def _month_names(table: MonthNames) -> dict[tuple[str, ...], Month]:
    """The names of the months of both calendars; one that names two is refused."""
    shy = {_words(name) for name in table.shy.names}
    names: dict[tuple[str, ...], Month] = {}
    for hijri, rows in ((False, table.month), (True, table.hijri)):
        for row in rows:
            for name in row.names:
                keys = _words(name)
                month = Month(row.number, hijri, keys in shy)
                if names.setdefault(keys, month) != month:
                    raise ResourceError(f"{name} names two months", file=MONTHS, key=row.id)
    return names


def _grammar(table: GrammarWords) -> TimeGrammar:
    """The word classes as keys; a class that holds a word twice is refused."""
    classes: dict[str, frozenset[str]] = {}
    for name, words in msgspec.structs.asdict(table).items():
        classes[name] = _set(words)
        if len(classes[name]) != len(words):
            raise ResourceError("a word stands twice", file=TIME, key=f"grammar.{name.rstrip('_')}")
    feminine, joined = classes.pop("this_feminine"), classes.pop("this_joined")
    this = classes["this_masculine"] | feminine
    return TimeGrammar(**classes, this=this, this_any=this | joined)


def _starters(months: MonthNames, prep: Prepositions, grammar: TimeGrammar, opening: _Opening) -> frozenset[str]:
    """The words that an expression of time can begin with, but for numbers and units."""
    words = {name for rows in (months.weekday, months.decade, months.share) for row in rows for name in row.names}
    words |= {name for row in months.season for name in row.names}
    words.update(prep.since, prep.ago, prep.after, prep.between, prep.start, prep.first_of_month, prep.openers)
    keys = _set(words) | grammar.this_any | grammar.day_noun | grammar.two_days
    keys |= grammar.month_noun | grammar.definite_month | grammar.two_months
    return keys.union(*(phrases.firsts for phrases in msgspec.structs.astuple(opening)))


def _extra_words(months: MonthNames, time: TimeWords) -> tuple[str, ...]:
    """Words that the text room must know to take clitics off them."""
    words = [
        word for rows in (months.month, months.hijri) for row in rows for name in row.names for word in name.split()
    ]
    words += [name for row in months.weekday for name in row.names] + [
        name for row in months.season for name in row.names
    ]
    words += [word for row in time.qualifier for word in row.words]
    for rows in (time.relative, time.daypart, time.part):
        words += [word for row in rows for phrase in row.phrases for word in phrase.split()]
    return tuple(sorted({word.removeprefix("ال") if len(word) > 4 else word for word in words}))

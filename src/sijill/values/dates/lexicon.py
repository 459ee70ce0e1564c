"""The words of time, loaded and indexed by word key."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.values.lexicon import Phrases, key_of

__all__ = ["Feast", "Month", "TimeLexicon", "load_time"]

MONTHS = "lexicon/ar/months.toml"
TIME = "lexicon/ar/time.toml"


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str


class _Named(_Record, frozen=True):
    number: int
    names: list[str]


class _Season(_Record, frozen=True):
    first: int
    last: int
    names: list[str]


class _Shy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: list[str]


class _Months(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    month: list[_Named]
    hijri: list[_Named]
    shy: _Shy
    weekday: list[_Named]
    season: list[_Season]
    decade: list[_Named]
    share: list[_Named]
    latin: list[_Named]


class _Rule(_Record, frozen=True):
    yes: list[str]
    no: list[str]


class _Relative(_Rule, frozen=True):
    shift: int
    phrases: list[str]


class _PhraseRule(_Rule, frozen=True):
    phrases: list[str]


class _Part(_Rule, frozen=True):
    which: Literal["first", "middle", "last"]
    phrases: list[str]


class _Qualifier(_Rule, frozen=True):
    which: Literal["past", "this", "next"]
    words: list[str]


class Feast(_Rule, frozen=True):
    """A feast of one of the calendars, or so many days from Easter."""

    calendar: Literal["gregorian", "hijri", "easter"]
    phrases: list[str]
    month: int = 0
    day: int = 0
    shift: int = 0


class _Guard(_Rule, frozen=True):
    before: list[str]


class _Vague(_Rule, frozen=True):
    behind: list[str]


class _Prepositions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    since: list[str]
    within: list[str]
    ago: list[str]
    after: list[str]
    ahead: list[str]
    until: list[str]
    between: list[str]
    cues: list[str]
    approximate: list[str]
    accord: list[str]
    gregorian: list[str]
    hijri: list[str]
    first_of_month: list[str]
    openers: list[str]
    start: list[str] = msgspec.field(name="from")


class _Time(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    relative: list[_Relative]
    daypart: list[_PhraseRule]
    daytime: list[_PhraseRule]
    part: list[_Part]
    qualifier: list[_Qualifier]
    prepositions: _Prepositions
    guard: list[_Guard]
    channel: list[_Guard]
    vague: list[_Vague]
    feast: list[Feast]


class Month(msgspec.Struct, frozen=True):
    """A month's name: its number, its calendar, whether the name alone proves nothing."""

    number: int
    hijri: bool
    shy: bool


class TimeLexicon(msgspec.Struct, frozen=True):
    """The words of time, ready for look-up. Phrases give (words, value)."""

    months: Phrases
    weekdays: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    decades: dict[str, int]
    shares: dict[str, int]
    latin: dict[str, int]
    relative: Phrases
    feasts: Phrases
    dayparts: Phrases
    daytimes: frozenset[str]
    parts: Phrases
    qualifiers: dict[str, Literal["past", "this", "next"]]
    since: frozenset[str]
    within: Phrases
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
    starters: frozenset[str]
    words: tuple[str, ...]


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(key_of(word) for word in phrase.split())


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(key_of(word) for word in words)


def _by_name(rows: list[_Named]) -> dict[str, int]:
    return {key_of(name): row.number for row in rows for name in row.names}


def load_time(overlay: Path | None = None) -> TimeLexicon:
    """The lexicon of time. Raises ResourceError where two names of months or weekdays are spelled alike."""
    months, time = load(MONTHS, _Months, overlay), load(TIME, _Time, overlay)
    shy = {_words(name) for name in months.shy.names}
    names: dict[tuple[str, ...], Month] = {}
    for hijri, rows in ((False, months.month), (True, months.hijri)):
        for row in rows:
            for name in row.names:
                keys = _words(name)
                if names.get(keys, Month(row.number, hijri, keys in shy)) != Month(row.number, hijri, keys in shy):
                    raise ResourceError(f"{name} names two months", file=MONTHS, key=row.id)
                names[keys] = Month(row.number, hijri, keys in shy)
    prep = time.prepositions
    relative = Phrases((_words(phrase), row.shift) for row in time.relative for phrase in row.phrases)
    dayparts = Phrases((_words(phrase), row.id) for row in time.daypart for phrase in row.phrases)
    parts = Phrases((_words(phrase), row.which) for row in time.part for phrase in row.phrases)
    feasts = Phrases((_words(phrase), row) for row in time.feast for phrase in row.phrases)
    within = Phrases((_words(phrase), True) for phrase in prep.within)
    weekdays = _by_name(months.weekday)
    month_phrases = Phrases(names.items())
    starters = set(weekdays) | _set(prep.since) | _set(prep.ago) | _set(prep.between) | _set(prep.start)
    starters |= _set(prep.after)
    starters |= _set(prep.openers) | set(_by_name(months.decade)) | set(_by_name(months.share))
    starters |= {key_of(name) for row in months.season for name in row.names} | _set(prep.first_of_month)
    for phrases in (relative, feasts, dayparts, parts, within, month_phrases):
        starters |= phrases.firsts
    return TimeLexicon(
        months=month_phrases,
        weekdays=weekdays,
        seasons={key_of(name): (row.first, row.last) for row in months.season for name in row.names},
        decades=_by_name(months.decade),
        shares=_by_name(months.share),
        latin={name: row.number for row in months.latin for name in row.names},
        relative=relative,
        feasts=feasts,
        dayparts=dayparts,
        daytimes=_set(phrase for row in time.daytime for phrase in row.phrases),
        parts=parts,
        qualifiers={key_of(word): row.which for row in time.qualifier for word in row.words},
        since=_set(prep.since),
        within=within,
        ago=_set(prep.ago),
        after=_set(prep.after),
        ahead=Phrases((_words(phrase), True) for phrase in prep.ahead),
        until=_set(prep.until),
        between=_set(prep.between),
        start=_set(prep.start),
        cues=_set(prep.cues),
        approximate=Phrases((_words(phrase), True) for phrase in prep.approximate),
        accord=Phrases((_words(phrase), True) for phrase in prep.accord),
        eras={key_of(word): hijri for hijri, words in ((False, prep.gregorian), (True, prep.hijri)) for word in words},
        first_of_month=_set(prep.first_of_month),
        guards=_set(word for row in time.guard for word in row.before),
        channels=_set(word for row in time.channel for word in row.before),
        vague=_set(word for row in time.vague for word in row.behind),
        starters=frozenset(starters),
        words=_extra_words(months, time),
    )


def _extra_words(months: _Months, time: _Time) -> tuple[str, ...]:
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

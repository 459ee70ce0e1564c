"""The records of the data files of time: what a TOML entry may say, and nothing else.

Unknown keys are refused when the files are loaded.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sijill.data import Meta

__all__ = [
    "Feast",
    "GrammarWords",
    "MonthNames",
    "NameGuard",
    "Named",
    "Part",
    "PhraseRule",
    "Prepositions",
    "Qualifier",
    "RelativeDay",
    "Season",
    "Shy",
    "TimeWords",
    "Vague",
]


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the entries with an id."""

    id: str


class Named(_Record, frozen=True):
    """Names of one number: of a month, a weekday, a decade, a share of the year."""

    number: int
    names: list[str]


class Season(_Record, frozen=True):
    """A season from its first month to its last."""

    first: int
    last: int
    names: list[str]


class Shy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names that prove nothing alone."""

    names: list[str]


class MonthNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of months, weekdays and seasons."""

    meta: Meta
    month: list[Named]
    hijri: list[Named]
    shy: Shy
    weekday: list[Named]
    season: list[Season]
    decade: list[Named]
    share: list[Named]
    latin: list[Named]


class _Rule(_Record, frozen=True):
    """Base of the rules with examples."""

    yes: list[str]
    no: list[str]


class RelativeDay(_Rule, frozen=True):
    """Days named from the day of publication, `shift` days from it."""

    shift: int
    phrases: list[str]


class PhraseRule(_Rule, frozen=True):
    """Phrases of one meaning."""

    phrases: list[str]


class Part(_Rule, frozen=True):
    """Words for a part of a month, a year or a week."""

    which: Literal["first", "middle", "last"]
    phrases: list[str]


class Qualifier(_Rule, frozen=True):
    """What tells which week, month or year."""

    which: Literal["past", "this", "next"]
    words: list[str]


class Feast(_Rule, frozen=True):
    """A feast of one of the calendars, or so many days from Easter."""

    calendar: Literal["gregorian", "hijri", "easter"]
    phrases: list[str]
    month: int = 0
    day: int = 0
    shift: int = 0


class NameGuard(_Rule, frozen=True):
    """Words before which a day or a month is part of a name."""

    before: list[str]


class Vague(_Rule, frozen=True):
    """Words behind which a day is none."""

    behind: list[str]


class Prepositions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Prepositions of time, and what else stands before or behind a time."""

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


class GrammarWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Word classes that the grammar of dates asks for; see `time.toml`."""

    of: list[str]
    frequent: list[str]
    this_masculine: list[str]
    this_feminine: list[str]
    this_joined: list[str]
    day_noun: list[str]
    two_days: list[str]
    month_noun: list[str]
    definite_month: list[str]
    two_months: list[str]
    century: list[str]
    today: list[str]
    behind_daytime: list[str]
    before_weekday: list[str]
    night: list[str]
    night_to: list[str]
    accord_to: list[str]
    before_year: list[str]
    before_month: list[str]
    before_whole: list[str]
    part_of: list[str]
    before_years: list[str]
    year_cues: list[str]
    lasting: list[str]
    counted_from: list[str]
    told_day: list[str]
    same: list[str]
    that: list[str]
    in_that: list[str]
    last_told: list[str]
    in_: list[str] = msgspec.field(name="in")


class TimeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of the words of time."""

    meta: Meta
    relative: list[RelativeDay]
    daypart: list[PhraseRule]
    daytime: list[PhraseRule]
    part: list[Part]
    qualifier: list[Qualifier]
    prepositions: Prepositions
    grammar: GrammarWords
    guard: list[NameGuard]
    channel: list[NameGuard]
    vague: list[Vague]
    idiom: list[PhraseRule]
    feast: list[Feast]

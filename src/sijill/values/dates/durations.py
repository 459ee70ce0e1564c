"""Times told by their length and ranges: منذ أسبوعين, خلال 48 ساعة, قبل يومين, بين 2017 و2020, منذ مطلع 2023 حتى نيسان.

Source: Sijill's annotation guidelines (dates): منذ runs up to publication (a length of time to the day before it), قبل
names that day, and for months and years the calendar month or year.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sijill.model import Precision, WordKind
from sijill.values.dates.clock import NO_PUBLICATION, Period
from sijill.values.dates.days import day
from sijill.values.dates.feasts import feast, nth_day
from sijill.values.dates.months import day_of_month, month_alone, month_name
from sijill.values.dates.numeric import latin_date, numeric_date
from sijill.values.dates.periods import bare_year, period
from sijill.values.dates.scan import DASHES, Hit, Scan

__all__ = ["plain_time", "timed"]

_MOST = 10_000


class _Length(msgspec.Struct, frozen=True):
    """A length of time: so many units, and which way it lies where the text says."""

    number: int
    unit: str
    last: int
    which: Literal["past", "this", "next"] | None


def plain_time(scan: Scan, at: int, end: int) -> Hit | None:
    """A day, month or longer time that begins at `at`, without a preposition."""
    if at >= end:
        return None
    kind = scan.tokens.words[at].kind
    if kind is WordKind.NUMBER:
        return (
            numeric_date(scan, at, end)
            or latin_date(scan, at, end)
            or day_of_month(scan, at, end)
            or bare_year(scan, at, end)
        )
    if kind is not WordKind.WORD:
        return latin_date(scan, at, end)
    return (
        feast(scan, at, end)
        or nth_day(scan, at, end)
        or day(scan, at, end)
        or day_of_month(scan, at, end)
        or period(scan, at, end)
    )


def timed(scan: Scan, at: int, end: int) -> Hit | None:
    """The time that begins at `at`, with the preposition that changes what it means."""
    key = scan.key(at)
    lexicon = scan.lexicon
    if key in lexicon.since:
        return _since(scan, at, end)
    if key in lexicon.ago:
        return _ago(scan, at, end)
    if key in lexicon.between:
        return _between(scan, at, end)
    if key in lexicon.start:
        return _from_to(scan, at, end) or _dialect_ago(scan, at, end)
    found = lexicon.within.starting(scan.tokens.bare, at)
    if found is not None:
        within = _within(scan, at, at + found[0], end)
        if within is not None:
            return within
    one = _two_months(scan, at, end) or plain_time(scan, at, end)
    if one is not None:
        return _longer(scan, one, end)
    length = _length(scan, at, end)
    if length is not None and length.which in ("past", "next"):
        return _lasting(scan, at, length)
    return _ahead(scan, at, end) if key in lexicon.after and scan.clock.future else None


def _length(scan: Scan, at: int, end: int) -> _Length | None:
    """ثلاثة أيام, الأيام الثلاثة الماضية, يومين, أسبوع, الـ24 ساعة الأخيرة."""
    approximate = scan.lexicon.approximate.starting(scan.tokens.bare, at) if at < end else None
    here = at + approximate[0] if approximate is not None else at
    if here >= end:
        return None
    found = scan.number(here, end)
    if found is not None and not found.ordinal and isinstance(found.value, int) and 0 < found.value <= _MOST:
        unit = scan.unit(found.last, end) if found.last < end and scan.tokens.plain(found.last) else None
        if unit is None or (scan.tokens.article[found.last] and scan.unit_number(found.last) == "singular"):
            return None  # قتل 5 الشهر الماضي: the month is not counted
        return _Length(found.value, unit, *_qualified(scan, found.last + 1, end))
    unit = scan.unit(here, end)
    if unit is None:
        return None
    number = scan.unit_number(here)
    if number == "dual":
        last = here + 1
        two = scan.number(last, end)
        if two is not None and two.value == 2 and not two.ordinal and not two.digits:
            last = two.last
        return _Length(2, unit, *_qualified(scan, last, end))
    if number == "singular":
        if scan.tokens.article[here] or (unit == "months" and month_name(scan, here + 1, end) is not None):
            return None
        one = scan.number(here + 1, end)
        last = one.last if one is not None and one.value == 1 and not one.ordinal else here + 1
        return _Length(1, unit, *_qualified(scan, last, end))
    count = scan.number(here + 1, end)
    if count is None or count.ordinal or not isinstance(count.value, int) or not 0 < count.value <= _MOST:
        return None
    if not scan.tokens.article[here]:
        return None
    return _Length(count.value, unit, *_qualified(scan, count.last, end))


def _qualified(scan: Scan, at: int, end: int) -> tuple[int, Literal["past", "this", "next"] | None]:
    which = scan.qualifier(at, end)
    return (at + 1, which) if which is not None else (at, None)


def _lasting(scan: Scan, first: int, length: _Length) -> Hit:
    """The last, or the next, so many units."""
    if length.which == "next":
        return Hit(scan.clock.coming(length.number, length.unit), first, length.last, "next-units")
    return Hit(scan.clock.last(length.number, length.unit), first, length.last, "last-units")


def _within(scan: Scan, first: int, at: int, end: int) -> Hit | None:
    """خلال 48 ساعة, خلال العام الفائت; في takes no part in the expression unless a length follows it."""
    preposition = scan.key(first)
    bare_in = preposition in scan.grammar.in_ and at - first == 1
    length = _length(scan, at, end)
    if length is not None:
        if length.which in ("past", "next"):
            return _lasting(scan, at if bare_in else first, length)
        if bare_in or (length.number == 1 and scan.year(length.last, end) is not None):
            length = None
    if length is not None and scan.clock.future and scan.lexicon.ahead.starting(scan.tokens.bare, first) is not None:
        return Hit(scan.clock.coming(length.number, length.unit), first, length.last, "next-units")
    if length is not None and preposition in scan.grammar.lasting and length.which is None:
        return _lasting(scan, first, length)
    if bare_in:
        return None
    one = plain_time(scan, at, end)
    return None if one is None else msgspec.structs.replace(_longer(scan, one, end), first=first)


def _since(scan: Scan, at: int, end: int) -> Hit | None:
    if (today := day(scan, at, end)) is not None:
        return today  # منذ الصباح
    here = at + 1
    if here < end and scan.key(here) in scan.grammar.day_noun and scan.weekday(here + 1, end) is None:
        here += 1
    length = _length(scan, here, end)
    if length is not None and (length.unit != "years" or scan.year(length.last, end) is None):
        if length.which == "next":
            return None
        return Hit(scan.clock.last(length.number, length.unit), at, length.last, "since-length")
    one = day(scan, here, end) or numeric_date(scan, here, end) or day_of_month(scan, here, end)
    one = one or period(scan, here, end) or month_alone(scan, here, end, certain=True) or bare_year(scan, here, end)
    if one is None:
        return None
    until = _until(scan, one, end)
    if until is not None:
        return scan.span_of(one, until, at, "since-until")
    if one.period.start is None:
        return msgspec.structs.replace(one, first=at)
    if scan.clock.published is None:
        return Hit(Period.unresolved(NO_PUBLICATION), at, one.last, "since")
    return Hit(scan.clock.since(one.period.start), at, one.last, "since", one.note)


def _until(scan: Scan, one: Hit, end: int) -> Hit | None:
    """The end of a range: حتى نهاية نيسان, إلى اليوم."""
    here = one.last
    if here < end and scan.tokens.keys[here] in ("و", "،"):
        here += 1
    if here >= end or scan.key(here) not in scan.lexicon.until:
        return None
    two = plain_time(scan, here + 1, end) or month_alone(scan, here + 1, end, certain=True)
    return two or bare_year(scan, here + 1, end)


def _ago(scan: Scan, at: int, end: int) -> Hit | None:
    """قبل يومين; قبل يومين من الهجوم hangs on the attack and stays unread."""
    length = _length(scan, at + 1, end)
    if length is None or length.which is not None:
        return plain_relative(scan, at, end)
    if not _from_publication(scan, length, end):
        return None
    return Hit(scan.clock.ago(length.number, length.unit), at, length.last, "ago")


def _from_publication(scan: Scan, length: _Length, end: int) -> bool:
    """Whether a length behind قبل or بعد can be counted from publication: whole days, and no من behind."""
    if length.unit == "years" and scan.year(length.last, end) is not None:
        return False
    if length.unit == "hours" and length.number < 24:
        return False
    return length.last >= end or scan.key(length.last) not in scan.grammar.counted_from


def _ahead(scan: Scan, at: int, end: int) -> Hit | None:
    """بعد ثلاثة أيام of what is to come; in what is told of the past it hangs on another event and stays unread."""
    length = _length(scan, at + 1, end)
    if length is None or length.which is not None or not _from_publication(scan, length, end):
        return None
    return Hit(scan.clock.ahead(length.number, length.unit), at, length.last, "ahead")


def _dialect_ago(scan: Scan, at: int, end: int) -> Hit | None:
    """من أسبوع, من يومين: the spoken language's "ago", read at the head of a sentence only.

    Elsewhere من belongs to what stands before it (أكثر من أسبوع, جزء من يومين); من يوم is "from the day of".
    Source: spoken Egyptian and Levantine use; written by us.
    """
    if not scan.tokens.begins(at):
        return None
    length = _length(scan, at + 1, end)
    if length is None or length.which is not None or not _from_publication(scan, length, end):
        return None
    if length.number == 1 and length.unit in ("hours", "days"):
        return None
    if length.last < end and (scan.key(length.last) in scan.lexicon.until or scan.joins_range(length.last, end)):
        return None
    return Hit(scan.clock.ago(length.number, length.unit), at, length.last, "ago-spoken")


def plain_relative(scan: Scan, at: int, end: int) -> Hit | None:
    """قبل أمس begins like قبل and is a day of its own."""
    return day(scan, at, end)


def _between(scan: Scan, at: int, end: int) -> Hit | None:
    """بين 20 و22 آذار, بين 2017 و2020, بين آذار وأيار 2015."""
    here = at + 1
    if here < end and scan.key(here) in scan.grammar.two_months:
        here += 1
    one = day_of_month(scan, here, end)
    if one is not None and one.rule == "days-of-month":
        return msgspec.structs.replace(one, first=at)
    one = plain_time(scan, here, end) or month_alone(scan, here, end, certain=True)
    if one is None:
        return None
    if one.rule == "years":
        return msgspec.structs.replace(one, first=at)
    behind, joined = scan.tokens.joined(one.last)
    if not joined:
        return None
    if scan.key(behind) in scan.lexicon.between:
        behind += 1
    two = (
        plain_time(scan, behind, end) or month_alone(scan, behind, end, certain=True) or _joined_year(scan, behind, end)
    )
    if two is None:
        return None
    return scan.span_of(_year_shared(scan, one, two), two, at, "between")


def _two_months(scan: Scan, at: int, end: int) -> Hit | None:
    """في مارس وأبريل, شهري آذار ونيسان 2015: one month and the next, behind what months stand behind."""
    before = scan.tokens.bare[at - 1] if at > 0 else ""
    if before not in scan.lexicon.cues and scan.key(at) not in scan.grammar.two_months:
        return None
    one = month_alone(scan, at, end, certain=True)
    if one is None or one.rule != "month" or one.period.start is None:
        return None
    behind, joined = scan.tokens.joined(one.last)
    two = month_alone(scan, behind, end, certain=True) if joined else None
    if two is None or two.rule not in ("month", "month-year") or two.period.start is None:
        return None
    one = _reread(scan, one, two.period.start.year)
    start, next_one = one.period.start, two.period.start
    if start is None or next_one.month != start.month + 1:
        return None
    return scan.span_of(one, two, at, "months")


def _joined_year(scan: Scan, at: int, end: int) -> Hit | None:
    year = scan.year(at, end)
    return None if year is None else Hit(scan.clock.year(year[0]), at, year[1], "year")


def _year_shared(scan: Scan, one: Hit, two: Hit) -> Hit:
    """The first time in the second one's year, where only the second one states it: بين آذار وأيار 2015."""
    start, end = one.period.start, one.period.end
    if start is None or end is None or two.period.start is None or one.rule not in ("month", "day-month"):
        if one.period.problem == NO_PUBLICATION and two.period.start is not None:
            return _reread(scan, one, two.period.start.year)
        return one
    return _reread(scan, one, two.period.start.year)


def _reread(scan: Scan, one: Hit, year: int) -> Hit:
    start = one.period.start
    if start is None or one.period.end is None:
        return one
    if one.rule == "month":
        return msgspec.structs.replace(one, period=scan.clock.month(year, start.month))
    return msgspec.structs.replace(one, period=scan.clock.day(year, start.month, start.day))


def _from_to(scan: Scan, at: int, end: int) -> Hit | None:
    """من 15 إلى 18 شباط, من آذار حتى أيار 2015."""
    one = day_of_month(scan, at + 1, end)
    if one is not None and one.rule == "days-of-month":
        return msgspec.structs.replace(one, first=at)
    one = plain_time(scan, at + 1, end) or month_alone(scan, at + 1, end, certain=True)
    if one is None:
        return None
    two = _until(scan, one, end)
    if two is None:
        return None
    return scan.span_of(_year_shared(scan, one, two), two, at, "from-to")


def _longer(scan: Scan, one: Hit, end: int) -> Hit:
    """A time with the second one that a dash or و adds to it."""
    return _with_next_day(scan, _with_next_month(scan, _dashed(scan, one, end), end), end)


def _with_next_day(scan: Scan, one: Hit, end: int) -> Hit:
    """الليلة الماضية واليوم, 3 آب و4 آب: a day and the next one are one time."""
    if one.period.precision is not Precision.DAY or one.period.start is None or one.last >= end:
        return one
    behind, joined = scan.tokens.joined(one.last)
    if not joined or behind >= end:
        return one
    two = day(scan, behind, end) or day_of_month(scan, behind, end)
    if two is None or two.period.precision is not Precision.DAY or two.period.start is None:
        return one
    apart = (two.period.start - one.period.start).days
    return scan.span_of(one, two, one.first, "next-day") if apart == 1 else one


def _with_next_month(scan: Scan, one: Hit, end: int) -> Hit:
    """آذار ونيسان 2018: the year of the second month is the first one's; neighbours make one time."""
    if one.rule != "month" or one.last >= end or not scan.tokens.joins[one.last]:
        return one
    two = month_alone(scan, one.last, end, certain=True)
    if two is None or two.rule not in ("month", "month-year") or two.period.start is None:
        return one
    first = _reread(scan, one, two.period.start.year)
    if first.period.end is not None and (two.period.start - first.period.end).days == 1:
        return scan.span_of(first, two, one.first, "months")
    return first if two.rule == "month-year" else one


def _dashed(scan: Scan, one: Hit, end: int) -> Hit:
    """15 آذار - 3 نيسان 2015: two times of one kind with a dash between."""
    here = one.last
    if here >= end or scan.tokens.keys[here] not in DASHES or one.period.start is None:
        return one
    if one.rule not in ("day-month", "day-month-year", "month", "month-year"):
        return one
    two = (
        day_of_month(scan, here + 1, end)
        if one.rule.startswith("day")
        else month_alone(scan, here + 1, end, certain=True)
    )
    if two is None or two.period.start is None:
        return one
    return scan.span_of(_year_shared(scan, one, two), two, one.first, "dashed")

"""Months and days of months: 15 آذار/مارس 2011, الثاني والعشرين من شباط, مطلع شهر آذار الحالي, يوليو 13-15.

Source: Sijill's annotation guidelines (dates); the doubled names of the Levant's press (كانون الثاني/ يناير).
"""

from __future__ import annotations

import msgspec

from sijill.values.dates.clock import IMPOSSIBLE, NO_PUBLICATION, Period, Which
from sijill.values.dates.lexicon import Month
from sijill.values.dates.scan import COMMAS, Hit, Scan

__all__ = ["MonthName", "Tail", "day_of_month", "month_alone", "month_name", "resolve_feast_year", "tail"]

_DAY_MARKS = frozenset(("/", "-"))  # between a day and its month
_SEPARATORS = frozenset(("/", "\\", "-", "–", "(", "—", "|"))


class MonthName(msgspec.Struct, frozen=True):
    """A month as named, once or twice: the numbers that the names say, and the words."""

    numbers: tuple[int, ...]
    hijri: bool
    shy: bool
    first: int
    last: int


class Tail(msgspec.Struct, frozen=True):
    """What follows a month: a year, or which one; `last` is the word behind."""

    last: int
    year: int | None = None
    which: Which | None = None
    open: bool = True


def _one_name(scan: Scan, at: int, end: int) -> tuple[Month, int] | None:
    found = scan.lexicon.months.starting(scan.tokens.bare, at) if at < end else None
    if found is None or at + found[0] > end or not isinstance(found[1], Month):
        return None
    return found[1], at + found[0]


def month_name(scan: Scan, at: int, end: int) -> MonthName | None:
    """The month named at `at`; a second name behind a slash, in brackets or right behind belongs to it."""
    one = _one_name(scan, at, end)
    if one is None:
        return _numbered(scan, at, end)
    month, last = one
    mark = last < end and scan.tokens.keys[last] in _SEPARATORS
    two = _one_name(scan, last + 1 if mark else last, end)
    if two is not None and two[0].hijri == month.hijri and (mark or scan.tokens.plain(last)):
        other, behind = two
        opened = mark and scan.tokens.keys[last] == "("
        closes = behind < end and scan.tokens.keys[behind] == ")"
        same = other.number == month.number
        if same or (opened and closes) or (mark and scan.tokens.keys[last] in ("/", "\\")):
            numbers = (month.number,) if same else (month.number, other.number)
            return MonthName(numbers, month.hijri, False, at, behind + 1 if opened and closes else behind)
    return MonthName((month.number,), month.hijri, month.shy and last - at == 1, at, last)


def _numbered(scan: Scan, at: int, end: int) -> MonthName | None:
    """شهر ثلاثة, الشهر التاسع."""
    definite = scan.key(at) in scan.grammar.definite_month
    if at >= end or not (definite or scan.key(at) in scan.grammar.month_noun):
        return None
    found = scan.number(at + 1, end)
    if found is None or not isinstance(found.value, int) or not 1 <= found.value <= 12 or found.percent:
        return None
    if found.ordinal != definite:
        return None
    if scan.unit(found.last, end) and scan.year(found.last + 1, end) is None:  # شهر ثلاثة أيام is no March
        return None
    return MonthName((found.value,), False, False, at, found.last)


def tail(scan: Scan, at: int, end: int, *, hijri: bool = False) -> Tail:
    """The year or the qualifier behind a month: 2018, من عام 2012, الماضي, من العام الماضي."""
    here = at
    if here < end and scan.tokens.keys[here] in COMMAS and scan.year(here + 1, end) is not None:
        here += 1
    which = scan.qualifier(here, end)
    if which is not None:
        behind = scan.year(here + 1, end)
        return (
            Tail(here + 1, which=which, open=False) if behind is None else Tail(behind[1], year=behind[0], open=False)
        )
    if here < end and scan.key(here) in scan.grammar.before_year:
        here += 1
    demonstrative = here < end and scan.key(here) in scan.grammar.this
    if demonstrative:
        here += 1
    if scan.unit(here, end) == "years" and scan.unit_number(here) == "singular":
        which = "this" if demonstrative else scan.qualifier(here + 1, end)
        year = scan.clock.year_of(which) if which is not None else None
        if which is not None:
            return Tail(here + 1 if demonstrative else here + 2, year=year, open=False)
        here += 1
    elif demonstrative:
        return Tail(at)
    year_at = _hijri_year(scan, here, end) if hijri else scan.year(here, end)
    if year_at is not None and (here == at or scan.tokens.plain(here) or scan.key(at) != scan.key(here)):
        return Tail(year_at[1], year=year_at[0], open=False)
    return Tail(at)


def _hijri_year(scan: Scan, at: int, end: int) -> tuple[int, int] | None:
    found = scan.number(at, end)
    if found is None or not isinstance(found.value, int):
        return None
    if 1300 <= found.value <= 1600:
        return found.value, scan.era(found.last, end, hijri=True)
    if 1800 <= found.value <= 2150:  # رمضان 2019: the Hijri month that begins in that year
        return found.value, found.last
    return None


def resolve_month(scan: Scan, name: MonthName, behind: Tail) -> tuple[Period, str]:
    """The days of a month, and the code of a note."""
    if name.hijri:
        return _hijri_month(scan, name.numbers[0], behind), ""
    periods = []
    for number in name.numbers:
        year = behind.year if behind.year is not None else scan.clock.month_year(number, behind.which)
        periods.append(Period.unresolved(NO_PUBLICATION) if year is None else scan.clock.month(year, number))
    return _nearest(scan, periods)


def resolve_day(scan: Scan, day: int, name: MonthName, behind: Tail) -> tuple[Period, str]:
    """The day of a month, and the code of a note."""
    if name.hijri:
        number = name.numbers[0]
        year = behind.year if behind.year is not None else scan.clock.hijri_year(number, day, behind.which)
        if year is None:
            return Period.unresolved(NO_PUBLICATION), ""
        return scan.clock.hijri(_hijri_of(scan, year, number), number, day), ""
    periods = []
    for number in name.numbers:
        year = behind.year if behind.year is not None else scan.clock.day_year(number, day, behind.which)
        if year is None:
            periods.append(Period.unresolved(NO_PUBLICATION if scan.clock.possible(number, day) else IMPOSSIBLE))
        else:
            periods.append(scan.clock.day(year, number, day))
    return _nearest(scan, periods)


def _hijri_month(scan: Scan, number: int, behind: Tail) -> Period:
    year = behind.year if behind.year is not None else scan.clock.hijri_year(number, 1, behind.which)
    if year is None:
        return Period.unresolved(NO_PUBLICATION)
    return scan.clock.hijri(_hijri_of(scan, year, number), number)


def resolve_feast_year(scan: Scan, month: int, day: int, behind: Tail) -> int | None:
    """The Hijri year of a day; a year of the common era is turned into the one whose day lies in it."""
    if behind.year is None:
        return scan.clock.hijri_year(month, day, behind.which)
    return _hijri_of(scan, behind.year, month)


def _hijri_of(scan: Scan, year: int, month: int) -> int:
    """A Hijri year from a year of either era: the one whose month begins in the common year."""
    if year < 1700:
        return year
    for guess in (year - 580, year - 579, year - 578):
        start = scan.clock.hijri(guess, month).start
        if start is not None and start.year == year:
            return guess
    return year - 579


def _nearest(scan: Scan, periods: list[Period]) -> tuple[Period, str]:
    """Of two contradicting readings, the one nearest to publication."""
    if len(periods) == 1:
        return periods[0], ""
    now = scan.clock.published
    known = [period for period in periods if period.start is not None]
    if not known:
        return periods[0], "double-month"
    if now is None:
        return known[0], "double-month"
    return min(known, key=lambda period: abs((period.start - now).days) if period.start else 0), "double-month"


def day_of_month(scan: Scan, at: int, end: int) -> Hit | None:
    """A day number with its month, or a month with days behind it."""
    day = _day_number(scan, at, end)
    if day is None:
        return _days_behind(scan, at, end)
    value, here = day
    second = _second_day(scan, here, end)
    for _ in range(8):  # 15 و16 و17 آذار
        further = _second_day(scan, second[1], end) if second is not None else None
        if second is None or further is None or further[0] <= second[0]:
            break
        second = further
    which = _which_month(scan, here if second is None else second[1], end)
    if which is not None:
        return _day_of_which(scan, at, (value, value if second is None else second[0]), *which)
    if second is not None:
        return _day_range(scan, at, value, second[0], second[1], end)
    name = _month_after_day(scan, here, end)
    if name is None:
        return None
    behind = tail(scan, name.last, end, hijri=name.hijri)
    period, note = resolve_day(scan, value, name, behind)
    rule = "hijri-day" if name.hijri else "day-month" if behind.year is None else "day-month-year"
    return Hit(period, at, behind.last, rule, note)


def _day_number(scan: Scan, at: int, end: int) -> tuple[int, int] | None:
    """A number that can be a day: digits, an ordinal, or a definite number in words."""
    if at < end and scan.key(at) in scan.lexicon.first_of_month:
        return 1, at + 1
    found = scan.number(at, end)
    if found is None or not isinstance(found.value, int) or not 0 <= found.value <= 99:
        return None
    if not (found.digits or found.ordinal or found.definite) or (found.ordinal and found.value < 1):
        return None
    if found.digits and (found.scale != 1 or len(scan.tokens.keys[found.first]) > 2):
        return None
    return found.value, found.last


def _month_after_day(scan: Scan, at: int, end: int) -> MonthName | None:
    here = at
    link = scan.tokens.keys[here] if here < end else ""
    if link in _DAY_MARKS or link in scan.grammar.before_month:
        here += 1
    if here < end and scan.key(here) in scan.grammar.month_noun:
        named = month_name(scan, here + 1, end)
        return named or month_name(scan, here, end)
    if here >= end or not scan.tokens.plain(here):
        return None
    return month_name(scan, here, end)


def _which_month(scan: Scan, at: int, end: int) -> tuple[Which, int] | None:
    """من الشهر الجاري, من هذا الشهر behind a day, and the word behind it."""
    here = at + 1
    if scan.key(at) not in scan.grammar.of:  # قتل 5 الشهر الماضي counts the dead
        return None
    this = scan.key(here) in scan.grammar.this_masculine
    here += this
    if here >= end or scan.key(here) not in scan.grammar.definite_month:
        return None
    which = "this" if this else scan.qualifier(here + 1, end)
    return None if which is None else (which, here + 1 if this else here + 2)


def _day_of_which(scan: Scan, at: int, days: tuple[int, int], which: Which, last: int) -> Hit:
    """الخامس من الشهر الجاري, 3 و5 من هذا الشهر."""
    month = scan.clock.unit("months", which).start
    rule = f"day-of-{which}-month"
    if month is None:
        return Hit(Period.unresolved(NO_PUBLICATION), at, last, rule)
    one, two = (Hit(scan.clock.day(month.year, month.month, day), at, last, rule) for day in days)
    return one if days[0] == days[1] else scan.span_of(one, two, at, "days-of-month")


def _second_day(scan: Scan, at: int, end: int) -> tuple[int, int] | None:
    """The second day of 20 و22 آذار, 15 إلى 18 شباط, 13-15 يوليو."""
    if at >= end:
        return None
    behind, joined = scan.tokens.joined(at)
    if not joined:
        if not scan.joins_range(at, end):
            return None
        behind = at + 1
    return _day_number(scan, behind, end)


def _day_range(scan: Scan, at: int, one: int, two: int, here: int, end: int) -> Hit | None:
    name = _month_after_day(scan, here, end)
    if name is None or one >= two:
        return None
    behind = tail(scan, name.last, end, hijri=name.hijri)
    last, note = resolve_day(scan, two, name, behind)
    year = behind.year
    if year is None and not name.hijri and last.start is not None:
        year = last.start.year
    first, _ = resolve_day(scan, one, name, Tail(behind.last, year=year, which=behind.which))
    hit = scan.span_of(Hit(first, at, here, ""), Hit(last, at, behind.last, ""), at, "days-of-month")
    return msgspec.structs.replace(hit, note=note)


def _days_behind(scan: Scan, at: int, end: int) -> Hit | None:
    """يوليو 13-15: the month first."""
    name = month_name(scan, at, end)
    if name is None or name.hijri:
        return None
    day = _day_number(scan, name.last, end)
    if day is None or not scan.tokens.is_digits(day[1] - 1) or scan.year(name.last, end) is not None:
        return None
    second = _second_day(scan, day[1], end) if scan.joins_range(day[1], end) else None
    if second is None or day[0] >= second[0]:
        return None
    behind = tail(scan, second[1], end)
    last, note = resolve_day(scan, second[0], name, behind)
    year = last.start.year if last.start is not None else None
    first, _ = resolve_day(scan, day[0], name, Tail(behind.last, year=year))
    hit = scan.span_of(Hit(first, at, day[1], ""), Hit(last, at, behind.last, ""), at, "days-of-month")
    return msgspec.structs.replace(hit, note=note)


def month_alone(scan: Scan, at: int, end: int, *, certain: bool = False) -> Hit | None:
    """A month with or without شهر, a year, a qualifier. A name that proves nothing needs one of them."""
    here = at
    noun = scan.key(here) if here < end else ""
    governed = noun in scan.grammar.month_noun or noun in scan.grammar.two_months
    prefixed = governed or noun in scan.grammar.definite_month
    name = month_name(scan, here + 1, end) if governed else None
    if name is None:
        name = month_name(scan, here, end)
        if name is None:
            return None
        prefixed = prefixed and name.first == here
    behind = tail(scan, name.last, end, hijri=name.hijri)
    proven = certain or prefixed or not behind.open or len(name.numbers) > 1
    if not proven:
        before = scan.tokens.bare[at - 1] if at > 0 else ""
        if before not in scan.lexicon.cues or (name.shy and before not in scan.grammar.month_noun):
            long_name = name.last - name.first > 1
            if not long_name or name.hijri:
                return None
    period, note = resolve_month(scan, name, behind)
    rule = "hijri-month" if name.hijri else "month" if behind.year is None else "month-year"
    return Hit(period, at, behind.last, rule, note)

"""Days named by a feast (عيد الأضحى 2013) or by their place in a month (ثالث ثلاثاء من أيلول 2014).

Source: the calendars themselves; Easter Sunday of the Western church by the anonymous Gregorian algorithm (Meeus 1991).
"""

from __future__ import annotations

from datetime import date

from sijill.model import Precision
from sijill.values.dates.clock import NO_PUBLICATION, Clock, Period
from sijill.values.dates.entries import Feast
from sijill.values.dates.months import Tail, month_alone, resolve_feast_year, tail
from sijill.values.dates.periods import which_unit
from sijill.values.dates.scan import Hit, Scan

__all__ = ["feast", "nth_day"]


def feast(scan: Scan, at: int, end: int) -> Hit | None:
    """A feast with or without its year."""
    found = scan.lexicon.feasts.starting(scan.tokens.bare, at) if at < end else None
    if found is None or at + found[0] > end or not isinstance(found[1], Feast):
        return None
    behind = tail(scan, at + found[0], end, hijri=found[1].calendar == "hijri")
    return Hit(_resolved(scan, found[1], behind), at, behind.last, "feast")


def _resolved(scan: Scan, one: Feast, behind: Tail) -> Period:
    clock = scan.clock
    if one.calendar == "hijri":
        year = resolve_feast_year(scan, one.month, one.day, behind)
        return Period.unresolved(NO_PUBLICATION) if year is None else clock.hijri(year, one.month, one.day)
    if one.calendar == "gregorian":
        year = behind.year if behind.year is not None else clock.day_year(one.month, one.day, behind.which)
        return Period.unresolved(NO_PUBLICATION) if year is None else clock.day(year, one.month, one.day)
    return _easter(clock, one, behind)


def _easter(clock: Clock, one: Feast, behind: Tail) -> Period:
    if behind.year is not None:
        years = [behind.year]
    elif clock.published is None:
        return Period.unresolved(NO_PUBLICATION)
    else:
        now = clock.published.year
        years = [now, now + 1] if clock.future else [now, now - 1]
    days = [date.fromordinal(easter(year).toordinal() + one.shift) for year in years]
    for day in days:
        if behind.year is not None or clock.published is None:
            return Period(day, day, Precision.DAY)
        if (day >= clock.published) if clock.future else (day <= clock.published):
            return Period(day, day, Precision.DAY)
    return Period(days[-1], days[-1], Precision.DAY)


def easter(year: int) -> date:
    """Easter Sunday of the Western church."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_day(scan: Scan, at: int, end: int) -> Hit | None:
    """ثالث ثلاثاء من أيلول, آخر اثنين من الشهر القادم, الأربعاء الثانية من أكتوبر, آخر أسبوع في أيلول."""
    first = _ordinal_first(scan, at, end) or _ordinal_behind(scan, at, end)
    if first is None:
        return None
    index, weekday, unit, here = first
    linked = scan.key(here) in scan.grammar.before_whole
    if here >= end or not (linked or scan.tokens.words[here].proclitics in ("ب", "ل")):
        return None
    month_at = here + 1 if linked else here
    month = month_alone(scan, month_at, end, certain=True) or which_unit(scan, month_at, end)
    if month is None:
        return None
    start, stop = month.period.start, month.period.end
    if start is None or stop is None:
        return Hit(month.period, at, month.last, "nth-day")
    if month.period.precision is not Precision.MONTH:
        return None
    days = _picked(scan.clock, start, stop, index, weekday, unit)
    return None if days is None else Hit(days, at, month.last, "nth-day")


def _ordinal_first(scan: Scan, at: int, end: int) -> tuple[int, int | None, str, int] | None:
    """(index, weekday, unit, word behind) of ثالث يوم ثلاثاء, آخر أسبوع."""
    found = scan.number(at, end)
    if found is None or not found.ordinal or found.definite or found.last >= end:
        return None
    here = found.last
    unit = scan.unit(here, end)
    if unit == "days" and here + 1 < end and scan.tokens.words[here + 1].stem in scan.lexicon.weekdays:
        here, unit = here + 1, None
    stem = scan.tokens.words[here].stem
    if unit is None and stem in scan.lexicon.weekdays and scan.tokens.plain(here):
        return int(found.value), scan.lexicon.weekdays[stem], "days", here + 1
    if unit in ("days", "weeks") and scan.unit_number(here) == "singular":
        return int(found.value), None, unit, here + 1
    return None


def _ordinal_behind(scan: Scan, at: int, end: int) -> tuple[int, int | None, str, int] | None:
    """The same with the ordinal behind: الأربعاء الثانية, الأسبوع الأخير, اليوم الأخير."""
    weekday = scan.weekday(at, end)
    unit = scan.unit(at, end)
    if weekday is None and not (unit in ("days", "weeks") and scan.tokens.article[at]):
        return None
    found = scan.number(at + 1, end)
    if found is None or not found.ordinal or not found.definite:
        return None
    return int(found.value), weekday, "days" if weekday is not None else str(unit), found.last


def _picked(clock: Clock, start: date, stop: date, index: int, weekday: int | None, unit: str) -> Period | None:
    """The day or week of that place in the month."""
    if weekday is not None:
        days = [day for day in range(start.toordinal(), stop.toordinal() + 1) if (day - 1) % 7 == weekday]
        if not (index == -1 or 1 <= index <= len(days)):
            return None
        one = date.fromordinal(days[-1] if index == -1 else days[index - 1])
        return Period(one, one, Precision.DAY)
    size = 7 if unit == "weeks" else 1
    begin = stop.toordinal() if index == -1 else start.toordinal() + index - 1
    if unit == "weeks":
        begin = clock.weeks_within(start, stop, index)
    if index < -1 or index == 0 or not start.toordinal() <= begin <= stop.toordinal():
        return None
    last = min(begin + size - 1, stop.toordinal())
    return Period(date.fromordinal(begin), date.fromordinal(last), Precision.WEEK if size > 1 else Precision.DAY)

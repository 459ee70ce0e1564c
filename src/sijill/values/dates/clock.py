"""Days from what a text says: the arithmetic behind dates, without any text.

A `Period` is a day range with its precision; without a day where the text cannot be resolved. All relative times hang
on the day of publication.

Source: Sijill's annotation guidelines (dates): a bare weekday is the latest such day up to publication; a month
without a year the latest not after it; الماضي behind a month the latest before the month of publication; parts of a
month are days 1-10, 11-20, 21-end. Hijri days by the Umm al-Qura calendar (hijridate).
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal

import msgspec
from hijridate import Gregorian, Hijri

from sijill.model import Precision

__all__ = ["WEEK_STARTS", "Clock", "Period", "WeekStart", "Which", "month_end", "part_of"]

Which = Literal["past", "this", "next"]
Part = Literal["first", "middle", "last"]
WeekStart = Literal["monday", "saturday", "sunday"]
WEEK_STARTS: dict[WeekStart, int] = {"monday": 0, "saturday": 5, "sunday": 6}
_DAY = timedelta(days=1)
_LEAP = 2000
_YEARS = range(1000, 2200)
_PUBLISHED = range(1400, 2150)


class Period(msgspec.Struct, frozen=True):
    """Days `start`..`end` (inclusive), or none; `problem` says why there are none."""

    start: date | None
    end: date | None
    precision: Precision
    problem: str = ""

    @classmethod
    def unresolved(cls, problem: str) -> Period:
        """No day, and why."""
        return cls(None, None, Precision.UNRESOLVED, problem)


NO_PUBLICATION = "no publication day"
IMPOSSIBLE = "impossible date"


class Clock:
    """Resolves times against the day of publication; `prefer` says where open times lie.

    With a `week_start`, last week, this week and the weeks of a month are weeks of the calendar that begin on that day.
    Without one, as the guidelines have it, last week is the seven days before publication, and the weeks of a month
    are its days 1-7, 8-14 and so on; this week and the next one begin on Sunday.
    """

    def __init__(
        self,
        published: date | None,
        prefer: Literal["past", "future"] = "past",
        week_start: WeekStart | None = None,
    ) -> None:
        # A day outside the calendars that we know is a slip of the input, and nothing can be counted from it.
        self.published = published if published is not None and published.year in _PUBLISHED else None
        self.future = prefer == "future"
        self._week_start = None if week_start is None else WEEK_STARTS[week_start]

    # --- Gregorian ---

    def day(self, year: int, month: int, day: int) -> Period:
        """One day of the calendar."""
        if year not in _YEARS or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            return Period.unresolved(IMPOSSIBLE)
        one = date(year, month, day)
        return Period(one, one, Precision.DAY)

    def possible(self, month: int, day: int) -> bool:
        """Whether some year has that day."""
        return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(_LEAP, month)[1]

    def month(self, year: int, month: int) -> Period:
        """One month of the calendar."""
        if year not in _YEARS or not 1 <= month <= 12:
            return Period.unresolved(IMPOSSIBLE)
        return Period(date(year, month, 1), month_end(year, month), Precision.MONTH)

    def year(self, year: int) -> Period:
        """One year of the calendar."""
        if year not in _YEARS:
            return Period.unresolved(IMPOSSIBLE)
        return Period(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    def year_of(self, which: Which) -> int | None:
        """The year of publication, the one before, the one after."""
        if self.published is None:
            return None
        return self.published.year + {"past": -1, "this": 0, "next": 1}[which]

    def month_year(self, month: int, which: Which | None) -> int | None:
        """The year of a month that the text gives no year for."""
        now = self.published
        if now is None:
            return None
        if which == "this":
            return now.year
        if which == "past":
            return now.year if month < now.month else now.year - 1
        if which == "next":
            return now.year if month > now.month else now.year + 1
        if self.future:
            return now.year if month >= now.month else now.year + 1
        return now.year if month <= now.month else now.year - 1

    def day_year(self, month: int, day: int, which: Which | None) -> int | None:
        """The year of a day and month that the text gives no year for."""
        now = self.published
        if now is None or which is not None:
            return self.month_year(month, which)
        here = (month, day)
        if self.future:
            # Nobody calls a day of the coming year by the month that it is now without naming the year.
            year = now.year if month >= now.month else now.year + 1
        else:
            year = now.year if here <= (now.month, now.day) else now.year - 1
        # 29 February is the nearest leap year's.
        if here == (2, 29):
            step = 1 if self.future else -1
            while not calendar.isleap(year):
                year += step
        return year

    # --- relative ---

    def shifted(self, days: int) -> Period:
        """The day so many days from publication."""
        return self._days(days, days)

    def weekday(self, weekday: int, which: Which | None) -> Period:
        """The weekday before, up to or after publication."""
        now = self.published
        if now is None:
            return Period.unresolved(NO_PUBLICATION)
        back = (now.weekday() - weekday) % 7
        if which == "past":
            back = back or 7
        elif which == "next" or (self.future and which is None):
            back = back - 7 if back or which == "next" else 0
        one = now - timedelta(days=back)
        return Period(one, one, Precision.DAY)

    def week(self, which: Which) -> Period:
        """Last, this and next week; what a week is depends on `week_start`."""
        now = self.published
        if now is None:
            return Period.unresolved(NO_PUBLICATION)
        if which == "past" and self._week_start is None:
            return Period(now - 7 * _DAY, now - _DAY, Precision.WEEK)
        first = 6 if self._week_start is None else self._week_start
        shift = {"past": -7, "this": 0, "next": 7}[which]
        start = now + timedelta(days=shift - (now.weekday() - first) % 7)
        return Period(start, start + 6 * _DAY, Precision.WEEK)

    def day_of_week(self, weekday: int, which: Which) -> Period:
        """The weekday of last, this or next week."""
        if which == "past" and self._week_start is None:
            return self.weekday(weekday, "past")
        start = self.week(which).start
        if start is None:
            return Period.unresolved(NO_PUBLICATION)
        one = start + timedelta(days=(weekday - start.weekday()) % 7)
        return Period(one, one, Precision.DAY)

    def weeks_within(self, start: date, stop: date, index: int, count: int = 1) -> int:
        """Ordinal of the day that the `index`th group of `count` weeks within `start`..`stop` begins on; -1: the last.

        With a `week_start` whole weeks are counted, else sevens of days from the first, or up to the last.
        """
        size = 7 * count
        over = 0 if self._week_start is None else (stop.weekday() + 1 - self._week_start) % 7
        if index == -1:
            return stop.toordinal() - over - size + 1
        wait = 0 if self._week_start is None else (self._week_start - start.weekday()) % 7
        return start.toordinal() + wait + (index - 1) * size

    def unit(self, unit: str, which: Which) -> Period:
        """Last, this or next day, week, month, year."""
        now = self.published
        if now is None:
            return Period.unresolved(NO_PUBLICATION)
        shift = {"past": -1, "this": 0, "next": 1}[which]
        if unit == "days":
            return self.shifted(shift)
        if unit == "weeks":
            return self.week(which)
        if unit == "months":
            year, month = _add_months(now.year, now.month, shift)
            return self.month(year, month)
        return self.year(now.year + shift)

    def back(self, number: int, unit: str) -> date | None:
        """The day so many units before publication; None without one, or before the calendar."""
        return None if self.published is None else _moved(self.published, -number, unit)

    def last(self, number: int, unit: str) -> Period:
        """The last so many units: up to the day before publication."""
        start = self.back(number, unit)
        if self.published is None or start is None:
            return Period.unresolved(NO_PUBLICATION if self.published is None else IMPOSSIBLE)
        return Period(start, max(start, self.published - _DAY), Precision.DAYS)

    def coming(self, number: int, unit: str) -> Period:
        """The next so many units: from the day after publication."""
        if self.published is None:
            return Period.unresolved(NO_PUBLICATION)
        end = _moved(self.published, number, unit)
        return Period.unresolved(IMPOSSIBLE) if end is None else Period(self.published + _DAY, end, Precision.DAYS)

    def ago(self, number: int, unit: str) -> Period:
        """So many units ago: that day; for months and years that calendar month or year."""
        day = self.back(number, unit)
        if day is None:
            return Period.unresolved(NO_PUBLICATION if self.published is None else IMPOSSIBLE)
        if unit == "months":
            return self.month(day.year, day.month)
        return self.year(day.year) if unit == "years" else Period(day, day, Precision.DAY)

    def ahead(self, number: int, unit: str) -> Period:
        """The day so many units after publication; for months and years that calendar month or year."""
        if self.published is None:
            return Period.unresolved(NO_PUBLICATION)
        day = _moved(self.published, number, unit)
        if day is None:
            return Period.unresolved(IMPOSSIBLE)
        if unit == "months":
            return self.month(day.year, day.month)
        return self.year(day.year) if unit == "years" else Period(day, day, Precision.DAY)

    def since(self, start: date | None) -> Period:
        """From a day up to publication."""
        if self.published is None or start is None:
            return Period.unresolved(NO_PUBLICATION)
        if start > self.published:
            return Period(start, start, Precision.DAYS)
        return Period(start, self.published, Precision.DAYS)

    def _days(self, first: int, last: int) -> Period:
        if self.published is None:
            return Period.unresolved(NO_PUBLICATION)
        start, end = _moved(self.published, first, "days"), _moved(self.published, last, "days")
        return Period(start, end, Precision.DAY if first == last else Precision.DAYS)

    # --- seasons, Hijri ---

    def season(self, year: int, first: int, last: int) -> Period:
        """The season of a year; one that runs over New Year is named after the year that it ends in."""
        if year - 1 not in _YEARS or year not in _YEARS:
            return Period.unresolved(IMPOSSIBLE)
        start = date(year - 1 if first > last else year, first, 1)
        return Period(start, month_end(year, last), Precision.SEASON)

    def hijri(self, year: int, month: int | None = None, day: int | None = None) -> Period:
        """A Hijri day, month or year as Gregorian days."""
        try:
            start = Hijri(year, month or 1, day or 1)
            if day is not None:
                end, precision = start, Precision.DAY
            elif month is not None:
                end, precision = Hijri(year, month, start.month_length()), Precision.MONTH
            else:
                end, precision = Hijri(year, 12, Hijri(year, 12, 1).month_length()), Precision.YEAR
            return Period(_plain(start), _plain(end), precision)
        except (ValueError, OverflowError):
            return Period.unresolved(IMPOSSIBLE)

    def hijri_year(self, month: int, day: int, which: Which | None) -> int | None:
        """The Hijri year of a month that the text gives no year for."""
        if self.published is None:
            return None
        try:
            now = Gregorian.fromdate(self.published).to_hijri()
        except (ValueError, OverflowError):
            return None
        if which == "this":
            return now.year
        if which == "past":
            return now.year if month < now.month else now.year - 1
        if which == "next" or self.future:
            return now.year if month > now.month or (which is None and month == now.month) else now.year + 1
        return now.year if (month, day) <= (now.month, now.day) else now.year - 1


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def part_of(period: Period, part: Part) -> Period:
    """The start, middle or end of a month, year, week or longer time."""
    start, end = period.start, period.end
    if start is None or end is None:
        return period
    if period.precision is Precision.MONTH:
        tenth = start + 9 * _DAY
        cuts = {"first": (start, tenth), "middle": (tenth + _DAY, tenth + 10 * _DAY), "last": (tenth + 11 * _DAY, end)}
        return Period(*cuts[part], Precision.PART_OF_MONTH)
    if period.precision is Precision.YEAR:
        year = start.year
        months = {"first": (1, 4), "middle": (5, 8), "last": (9, 12)}[part]
        return Period(date(year, months[0], 1), month_end(year, months[1]), Precision.PART_OF_YEAR)
    days = (end - start).days + 1
    third = max(1, (days + 1) // 3)
    first, last = start + third * _DAY, end - third * _DAY
    if part == "first":
        return Period(start, first - _DAY if days > 7 else start + 2 * _DAY, _part_precision(period))
    if part == "last":
        return Period(last + _DAY if days > 7 else end - 2 * _DAY, end, _part_precision(period))
    return Period(min(first, last), max(first, last), _part_precision(period))


def _part_precision(period: Period) -> Precision:
    return (
        Precision.DAYS
        if period.precision in (Precision.WEEK, Precision.DAYS, Precision.DAY)
        else Precision.PART_OF_YEAR
    )


def _plain(hijri: Hijri) -> date:
    day = hijri.to_gregorian()
    return date(day.year, day.month, day.day)


def _add_months(year: int, month: int, shift: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + shift
    return months // 12, months % 12 + 1


def _moved(day: date, number: int, unit: str) -> date | None:
    """The day so many units away; None beyond the calendar."""
    try:
        if unit in ("months", "years"):
            year, month = _add_months(day.year, day.month, number * (12 if unit == "years" else 1))
            return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
        days = {"hours": -(-abs(number) // 24), "days": abs(number), "weeks": 7 * abs(number)}[unit]
        return day + timedelta(days=days if number > 0 else -days)
    except (ValueError, OverflowError):
        return None

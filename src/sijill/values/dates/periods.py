"""Weeks, months, years, their parts and halves, seasons, decades: العام الماضي, مطلع العام 2016, الربع الأول من 2018.

Source: Sijill's annotation guidelines (dates).
"""

from __future__ import annotations

from datetime import date

import msgspec

from sijill.model import Precision
from sijill.values.dates.clock import NO_PUBLICATION, Period, month_end, part_of
from sijill.values.dates.months import month_alone, tail
from sijill.values.dates.scan import Hit, Scan

__all__ = ["bare_year", "part", "period", "which_unit"]


def period(scan: Scan, at: int, end: int) -> Hit | None:
    """A week, month, year, season, decade or a part of one that begins at `at`."""
    return (
        part(scan, at, end)
        or _share(scan, at, end)
        or _first_units(scan, at, end)
        or which_unit(scan, at, end)
        or _season(scan, at, end)
        or _decade(scan, at, end)
        or month_alone(scan, at, end)
    )


def part(scan: Scan, at: int, end: int) -> Hit | None:
    """مطلع, منتصف, أواخر before a month, a year or a week."""
    found = scan.lexicon.parts.starting(scan.tokens.bare, at) if at < end else None
    if found is None or at + found[0] >= end:
        return None
    here = at + found[0]
    which = found[1]
    if scan.key(here) in scan.grammar.part_of:
        here += 1
    inner = month_alone(scan, here, end, certain=True) or which_unit(scan, here, end) or _plain_year(scan, here, end)
    inner = inner or _season(scan, here, end) or (_this_one(scan, here, end) if which != "last" else None)
    if inner is None:
        return None
    if which not in ("first", "middle", "last"):
        return None
    return Hit(part_of(inner.period, which), at, inner.last, f"part-of-{inner.rule}", inner.note)


def _plain_year(scan: Scan, at: int, end: int) -> Hit | None:
    year = scan.year(at, end)
    return None if year is None else Hit(scan.clock.year(year[0]), at, year[1], "year")


def which_unit(scan: Scan, at: int, end: int) -> Hit | None:
    """هذا العام, الشهر الماضي, عام 2011, العام الفائت 2023, عامي 2014 و2015."""
    this = scan.key(at) in scan.grammar.this_any
    here = at + 1 if this else at
    unit = scan.unit(here, end)
    if unit is None or unit == "hours" or scan.tokens.words[here].enclitic:
        return None
    number = scan.unit_number(here)
    if number != "singular":
        return _several_years(scan, at, here, end) if unit == "years" else None
    if this:
        if not scan.tokens.article[here] or unit == "days":
            return None
        return _with_year(scan, Hit(scan.clock.unit(unit, "this"), at, here + 1, f"this-{unit[:-1]}"), end)
    which = scan.qualifier(here + 1, end)
    if which is not None and scan.tokens.article[here] and unit != "days":
        return _with_year(scan, Hit(scan.clock.unit(unit, which), at, here + 2, f"{which}-{unit[:-1]}"), end)
    if unit != "years":
        return None
    return _named_year(scan, at, here + 1, end)


def _named_year(scan: Scan, first: int, at: int, end: int) -> Hit | None:
    year = scan.year(at, end)
    if year is None:
        found = scan.number(at, end)
        if found is not None and isinstance(found.value, int) and 1300 <= found.value <= 1600:
            last = scan.era(found.last, end, hijri=True)
            if last > found.last:
                return Hit(scan.clock.hijri(found.value), first, last, "hijri-year")
        return None
    two = _year_behind(scan, year[1], end)
    if two is not None and two[0] > year[0]:
        one = Hit(scan.clock.year(year[0]), first, year[1], "year")
        return scan.span_of(one, Hit(scan.clock.year(two[0]), first, two[1], "year"), first, "years")
    which = scan.qualifier(year[1], end)
    return Hit(scan.clock.year(year[0]), first, year[1] + (1 if which else 0), "year")


def _year_behind(scan: Scan, at: int, end: int) -> tuple[int, int] | None:
    """The second year of 2011-2013, 2014/2015."""
    if at < end and (scan.joins_range(at, end) or scan.tokens.keys[at] == "/"):
        return scan.year(at + 1, end)
    return None


def _with_year(scan: Scan, hit: Hit, end: int) -> Hit:
    """العام الحالي 2024: the number settles the year."""
    if hit.period.precision is not Precision.YEAR and hit.period.start is not None:
        return hit
    here = hit.last + 1 if hit.last < end and scan.tokens.keys[hit.last] in ("،", "(") else hit.last
    year = scan.year(here, end)
    if year is None or not hit.rule.endswith("-year"):
        return hit
    return Hit(scan.clock.year(year[0]), hit.first, year[1], hit.rule)


def _several_years(scan: Scan, first: int, at: int, end: int) -> Hit | None:
    """عامي 2014 و2015, الأعوام 2011-2013, السنوات من 2011 إلى 2014."""
    here = at + 1
    if scan.key(here) in scan.grammar.before_years:
        here += 1
    one = scan.year(here, end)
    if one is None:
        return None
    behind, joined = scan.tokens.joined(one[1])
    if not joined:
        if not scan.joins_range(one[1], end):
            return None
        behind = one[1] + 1
    two = scan.year(behind, end)
    while two is not None:
        after, more = scan.tokens.joined(two[1])
        third = scan.year(after, end) if more else None
        if third is None:
            break
        two = third
    if two is None:
        return None
    start = Hit(scan.clock.year(one[0]), first, one[1], "year")
    return scan.span_of(start, Hit(scan.clock.year(two[0]), first, two[1], "year"), first, "years")


def bare_year(scan: Scan, at: int, end: int) -> Hit | None:
    """في 2019, منذ 2011: a year of four digits behind a preposition of time and before no noun."""
    before = scan.tokens.bare[at - 1] if at > 0 else ""
    year = scan.year(at, end)
    if year is None or not scan.tokens.is_digits(at) or not 1900 <= year[0] <= 2100:
        return None
    if before not in scan.grammar.year_cues:
        return None
    two = _year_behind(scan, year[1], end)
    if two is not None and two[0] > year[0]:
        one = Hit(scan.clock.year(year[0]), at, year[1], "year")
        return scan.span_of(one, Hit(scan.clock.year(two[0]), at, two[1], "year"), at, "years")
    if year[1] < end and scan.tokens.atoms[year[1]].noun is not None and scan.tokens.plain(year[1]):
        return None
    return Hit(scan.clock.year(year[0]), at, year[1], "bare-year")


def _share(scan: Scan, at: int, end: int) -> Hit | None:
    """الربع الأول من العام 2018, النصف الثاني من شباط."""
    if at + 2 >= end or not scan.tokens.article[at]:
        return None
    months = scan.lexicon.shares.get(scan.tokens.words[at].stem)
    found = scan.number(at + 1, end) if months is not None else None
    if months is None or found is None or not found.ordinal or not isinstance(found.value, int):
        return None
    whole = _of(scan, found.last, end)
    if whole is None or whole.period.start is None:
        return whole if whole is None else msgspec.structs.replace(whole, first=at)
    index = 12 // months if found.value == -1 else found.value
    start = whole.period.start
    if whole.period.precision is Precision.MONTH and months == 6 and index in (1, 2):
        days = (date(start.year, start.month, 1), date(start.year, start.month, 15))
        if index == 2:
            days = (date(start.year, start.month, 16), month_end(start.year, start.month))
        return Hit(Period(*days, Precision.PART_OF_MONTH), at, whole.last, "half-month")
    if whole.period.precision is not Precision.YEAR or not 1 <= index <= 12 // months:
        return None
    first = (index - 1) * months + 1
    quarter = Precision.QUARTER if months == 3 else Precision.PART_OF_YEAR
    days = (date(start.year, first, 1), month_end(start.year, first + months - 1))
    return Hit(Period(*days, quarter), at, whole.last, "part-of-year")


def _of(scan: Scan, at: int, end: int) -> Hit | None:
    """The year or month behind من, في, ل."""
    here = at + 1 if at < end and scan.key(at) in scan.grammar.before_whole else at
    if here >= end:
        return None
    named = which_unit(scan, here, end) or month_alone(scan, here, end, certain=True) or _plain_year(scan, here, end)
    return named or _this_one(scan, here, end)


def _this_one(scan: Scan, at: int, end: int) -> Hit | None:
    """The month or year of publication, that no word tells from others: مطلع الشهر, النصف الأول من العام.

    An adjective makes it another one: العام الدراسي.
    """
    unit = scan.unit(at, end)
    if unit not in ("months", "years") or not scan.tokens.article[at] or scan.tokens.words[at].proclitics:
        return None
    if scan.unit_number(at) != "singular":
        return None
    told = at + 1 < end and scan.tokens.plain(at + 1)
    if told and (scan.tokens.article[at + 1] or scan.tokens.keys[at + 1] in scan.lexicon.vague):
        return None
    return Hit(scan.clock.unit(unit, "this"), at, at + 1, f"this-{unit[:-1]}")


def _first_units(scan: Scan, at: int, end: int) -> Hit | None:
    """الأشهر الأربعة الأولى من العام الحالي, الأسبوع الأول من شهر آذار, الأيام العشرة الأخيرة من رمضان."""
    unit = scan.unit(at, end)
    if unit not in ("days", "weeks", "months") or not scan.tokens.article[at]:
        return None
    here, count = at + 1, 1
    if scan.unit_number(at) == "plural":
        number = scan.number(here, end)
        if number is None or number.ordinal or not isinstance(number.value, int):
            return None
        here, count = number.last, number.value
    elif scan.unit_number(at) == "dual":
        count = 2
    which = scan.number(here, end)
    if which is None or not which.ordinal or not isinstance(which.value, int):
        return None
    whole = _of(scan, which.last, end)
    if whole is None:
        return None
    return _slice(scan, whole, unit, count, which.value, at)


def _slice(scan: Scan, whole: Hit, unit: str, count: int, index: int, first: int) -> Hit | None:
    """`count` units of `whole`: the `index`th such group, the last one where that is -1."""
    start, end = whole.period.start, whole.period.end
    if start is None or end is None:
        return msgspec.structs.replace(whole, first=first)
    if count < 1 or not (index == -1 or 1 <= index <= 60):
        return None
    rule = f"{unit}-of-{whole.rule}"
    if unit == "months":
        if whole.period.precision is not Precision.YEAR or count * max(index, 1) > 12:
            return None
        month = 13 - count if index == -1 else (index - 1) * count + 1
        days = (date(start.year, month, 1), month_end(start.year, month + count - 1))
        precision = Precision.MONTH if count == 1 else Precision.PART_OF_YEAR
        return Hit(Period(*days, precision), first, whole.last, rule)
    size = count * (7 if unit == "weeks" else 1)
    if unit == "weeks":
        begin = scan.clock.weeks_within(start, end, index, count)
    else:
        begin = end.toordinal() - size + 1 if index == -1 else start.toordinal() + (index - 1) * size
    stop = begin + size - 1
    if begin < start.toordinal() or begin > end.toordinal():
        return None
    days = (date.fromordinal(begin), min(date.fromordinal(stop), end))
    precision = Precision.WEEK if unit == "weeks" else Precision.DAY if size == 1 else Precision.DAYS
    return Hit(Period(*days, precision), first, whole.last, rule)


def _season(scan: Scan, at: int, end: int) -> Hit | None:
    """صيف 2014, صيف العام الماضي, الصيف الماضي."""
    season = scan.lexicon.seasons.get(scan.tokens.words[at].stem) if at < end else None
    if season is None:
        return None
    first, last = season
    if scan.tokens.article[at]:
        which = scan.qualifier(at + 1, end)
        if which is None:
            return None
        year = scan.clock.month_year(last, which)
        span_last = at + 2
    else:
        behind = tail(scan, at + 1, end)
        if behind.open:
            return None
        year, span_last = behind.year, behind.last
        if year is None and behind.which is not None:
            year = scan.clock.month_year(last, behind.which)
    if year is None:
        return Hit(Period.unresolved(NO_PUBLICATION), at, span_last, "season")
    return Hit(scan.clock.season(year, first, last), at, span_last, "season")


def _decade(scan: Scan, at: int, end: int) -> Hit | None:
    """ثمانينيات القرن الماضي."""
    decade = scan.lexicon.decades.get(scan.tokens.words[at].stem) if at < end else None
    if decade is None:
        return None
    last = at + 1
    if scan.key(last) in scan.grammar.century:
        last += 2 if scan.qualifier(last + 1, end) is not None else 1
    start = 1900 + decade
    return Hit(Period(date(start, 1, 1), date(start + 9, 12, 31), Precision.YEARS), at, last, "decade")

"""Days: weekdays, days named from the day of publication, parts of days, and their date behind them.

Source: Sijill's annotation guidelines (dates). A weekday that contradicts its date gives way to it; اليوم and أمس give
way to the weekday that is named with them (`أمس الأحد` told on a Sunday is that Sunday).
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from sijill.model import Precision
from sijill.values.dates.clock import Period
from sijill.values.dates.months import day_of_month
from sijill.values.dates.numeric import numeric_date
from sijill.values.dates.scan import COMMAS, DASHES, Hit, Scan

__all__ = ["day"]

_THAT_DAY = 2  # words that stand before اليوم where it is that day: في ذلك
_THEY_DID = "وا"
_AHEAD = 3  # days that a weekday may lie behind where it is looked for, rather than before it
_NIGHT_MARKS = DASHES | {"/"}
_DATE_MARKS = COMMAS | {"("}


def day(scan: Scan, at: int, end: int) -> Hit | None:
    """The day named at `at`, with the part of the day and the يوم before it."""
    relative = relative_day(scan, at, end)
    if relative is not None:
        return relative
    here, part = _over_daypart(scan, at, end)
    word = scan.key(here)
    if (word in scan.grammar.day_noun or word in scan.grammar.two_days) and here < end:
        return _after_day_word(scan, at, here, end, part=part)
    if not part:
        return _weekday(scan, at, here, end) or _bare_weekday(scan, here, end)
    inner = relative_day(scan, here, end) or _weekday(scan, here, here, end) or day_of_month(scan, here, end)
    inner = inner or _bare_weekday(scan, here, end)
    if inner is None:
        return None
    inner = _night(scan, inner, end, by_night=scan.key(here - 1) in scan.grammar.night)
    return msgspec.structs.replace(inner, first=at)


def _over_daypart(scan: Scan, at: int, end: int) -> tuple[int, bool]:
    """Step over مساء, فجر وصباح: (word behind, whether any stood there)."""
    here = at
    found = scan.lexicon.dayparts.starting(scan.tokens.bare, here)
    if found is None or here + found[0] > end:
        return at, False
    here += found[0]
    again = scan.lexicon.dayparts.starting(scan.tokens.bare, here)
    if again is not None and here + again[0] < end and scan.tokens.joins[here]:
        here += again[0]
    return here, here < end


def _after_day_word(scan: Scan, at: int, here: int, end: int, *, part: bool) -> Hit | None:
    """يوم before a weekday belongs to the expression, before a number only behind a part of the day."""
    inner = _weekday(scan, here + 1, here + 1, end) or relative_day(scan, here + 1, end)
    inner = inner or _bare_weekday(scan, here + 1, end)
    if inner is not None:
        if scan.key(here) in scan.grammar.two_days:
            inner = _two_days(scan, inner, end)
        return msgspec.structs.replace(inner, first=at)
    dated = day_of_month(scan, here + 1, end) or numeric_date(scan, here + 1, end, certain=True)
    if dated is None:
        return None
    return msgspec.structs.replace(dated, first=at) if part else dated


def _two_days(scan: Scan, one: Hit, end: int) -> Hit:
    """يومي الأحد والاثنين: the first lies in the week up to the second."""
    if one.last >= end or not scan.tokens.joins[one.last]:
        return one
    two = _weekday(scan, one.last, one.last, end)
    if two is None or one.period.start is None or two.period.end is None:
        return one
    back = (two.period.end - one.period.start).days % 7
    first = two.period.end - timedelta(days=back)
    return Hit(Period(first, two.period.end, Precision.DAYS), one.first, two.last, "weekdays")


def _night(scan: Scan, inner: Hit, end: int, *, by_night: bool) -> Hit:
    """ليل الخميس - الجمعة, مساء الخميس/الجمعة: from the evening of one day into the other."""
    here = inner.last
    link = scan.tokens.keys[here] if here < end else ""
    if link in _NIGHT_MARKS or link in scan.grammar.night_to:
        here += 1
    elif not by_night:
        return inner
    other = scan.weekday(here, end)
    start = inner.period.start
    if other is None or start is None or (other - start.weekday()) % 7 != 1:
        return inner
    if scan.clock.published is not None and start == scan.clock.published:
        start = start.fromordinal(start.toordinal() - 7)
    period = Period(start, start.fromordinal(start.toordinal() + 1), Precision.DAYS)
    behind = here + 2 if scan.qualifier(here + 1, end) == "past" else here + 1
    night = Hit(period, inner.first, behind, "night")
    return _with_date(scan, night, end)


def relative_day(scan: Scan, at: int, end: int) -> Hit | None:
    """اليوم, أمس, أول من أمس, الليلة الماضية, with a weekday and a date behind."""
    found = scan.lexicon.relative.starting(scan.tokens.bare, at) if at < end else None
    if found is None or at + found[0] > end or not isinstance(found[1], int):
        return None
    last = at + found[0]
    if last - at == 1 and _told_of(scan, at, last, end):
        return None
    if scan.tokens.bare[at] in scan.grammar.today and last - at == 1:
        if last < end and (scan.tokens.keys[last] in scan.lexicon.vague or _is_ordinal_day(scan, last, end)):
            return None
        if at > 0 and scan.tokens.keys[at - 1] in scan.lexicon.channels:
            return None
        which = scan.qualifier(last, end)
        if which is not None:
            return Hit(scan.clock.unit("days", which), at, last + 1, "relative-day")
    if last < end and scan.lexicon.idioms.ending(scan.tokens.keys, scan.tokens.bare, last + 1) is not None:
        return None
    hit = Hit(scan.clock.shifted(found[1]), at, last, "relative-day")
    return _with_weekday(scan, hit, end)


def _told_of(scan: Scan, at: int, last: int, end: int) -> bool:
    """ذلك اليوم, نفس اليوم, تلك الليلة, الليلة الأخيرة: the day last told of, not that of publication.

    ذلك may be a party of its clause: أعلن ذلك اليوم, جاء ذلك اليوم الخميس.
    """
    keys, grammar = scan.tokens.keys, scan.grammar
    if scan.tokens.bare[at] not in grammar.told_day:
        return False
    if (at > 0 and keys[at - 1] in grammar.same) or (last < end and keys[last] in grammar.last_told):
        return True
    if at < _THAT_DAY or keys[at - 1] not in grammar.that or scan.weekday(last, end) is not None:
        return False
    return keys[at - 2] in grammar.in_that or keys[at - 2].endswith(_THEY_DID)


def _is_ordinal_day(scan: Scan, at: int, end: int) -> bool:
    """اليوم الثالث: a count of days, no today."""
    found = scan.number(at, end)
    return found is not None and found.ordinal


def _with_weekday(scan: Scan, hit: Hit, end: int) -> Hit:
    """اليوم الأحد 25 حزيران, أمس (السبت)."""
    here = hit.last
    bracket = here < end and scan.tokens.keys[here] == "("
    comma = here < end and scan.tokens.keys[here] in COMMAS
    weekday_at = here + 1 if bracket or comma else here
    weekday = scan.weekday(weekday_at, end)
    if weekday is None or not scan.tokens.plain(weekday_at):
        return hit if comma else _with_date(scan, hit, end)
    last = weekday_at + 1
    if bracket and last < end and scan.tokens.keys[last] == ")":
        last += 1
    start = hit.period.start
    named = hit
    if start is None or start.weekday() == weekday:
        named = Hit(hit.period, hit.first, last, "relative-weekday")
    else:
        later = scan.clock.published is not None and start > scan.clock.published
        period = scan.clock.weekday(weekday, "next" if later else None)
        named = Hit(period, hit.first, last, "relative-weekday", "weekday-moves-day")
    dated = _with_date(scan, _over_daytime(scan, named, end), end)
    if start is not None:
        _note_shift(scan, start, weekday, dated)
    return dated


def _note_shift(scan: Scan, start: date, weekday: int, dated: Hit) -> None:
    """Remember how far the day named with اليوم, أمس or غدا lies from `start`, where publication puts it."""
    if not dated.rule.startswith("relative-weekday-") or dated.note:
        scan.shifts.add((weekday - start.weekday() + _AHEAD) % 7 - _AHEAD)
    elif dated.period.start is not None:
        scan.anchors.add((dated.period.start - start).days)


def _over_daytime(scan: Scan, hit: Hit, end: int) -> Hit:
    """الأحد صباحا."""
    if hit.last < end and scan.tokens.keys[hit.last] in scan.lexicon.daytimes:
        behind = scan.key(hit.last + 1) if hit.last + 1 < end else ""
        if scan.weekday(hit.last + 1, end) is None and behind not in scan.grammar.behind_daytime:
            return msgspec.structs.replace(hit, last=hit.last + 1)
    return hit


def _weekday(scan: Scan, first: int, at: int, end: int) -> Hit | None:
    """A weekday with its qualifier, its date or neither."""
    weekday = scan.weekday(at, end)
    if weekday is None:
        return None
    if at > 0 and scan.tokens.plain(at) and scan.tokens.keys[at - 1] in scan.lexicon.guards:
        return None  # سوق الجمعة
    hit = Hit(scan.clock.weekday(weekday, None), first, at + 1, "weekday")
    hit = _over_daytime(scan, hit, end)
    which = scan.qualifier(hit.last, end)
    if which is not None:
        hit = Hit(scan.clock.weekday(weekday, which), first, hit.last + 1, "weekday-which")
    else:
        hit = _of_week(scan, hit, weekday, end)
    return _with_date(scan, hit, end)


def _of_week(scan: Scan, hit: Hit, weekday: int, end: int) -> Hit:
    """الأحد من الأسبوع الماضي, الاثنين من هذا الأسبوع, الخميس الأسبوع الماضي."""
    here = hit.last
    if here >= end or not scan.tokens.plain(here):
        return hit
    here += scan.key(here) in scan.grammar.of
    this = scan.key(here) in scan.grammar.this_masculine
    week_at = here + 1 if this else here
    if scan.unit(week_at, end) != "weeks" or not scan.tokens.article[week_at]:
        return hit
    which = "this" if this else scan.qualifier(week_at + 1, end)
    if which is None:
        return hit
    return Hit(scan.clock.day_of_week(weekday, which), hit.first, week_at + (1 if this else 2), "weekday-of-week")


def _bare_weekday(scan: Scan, at: int, end: int) -> Hit | None:
    """خميس الأسبوع الماضي: without its article a weekday is read before its week only.

    أحد and اثنين are numbers, جمعة and خميس names of men: something of time, or nothing, must stand before.
    """
    weekday = scan.lexicon.weekdays.get(scan.tokens.words[at].stem) if at < end else None
    if weekday is None or scan.tokens.article[at] or not scan.tokens.plain(at):
        return None
    opened = scan.tokens.begins(at) or scan.key(at - 1) in scan.grammar.before_weekday
    if not opened and scan.tokens.keys[at - 1] not in scan.lexicon.dayparts.firsts:
        return None
    bare = Hit(scan.clock.weekday(weekday, None), at, at + 1, "weekday")
    named = _of_week(scan, bare, weekday, end)
    return None if named is bare else named


def _with_date(scan: Scan, hit: Hit, end: int) -> Hit:
    """The date behind a weekday or اليوم; it wins where the two contradict each other."""
    here = hit.last
    opener = scan.tokens.keys[here] if here < end else ""
    if opener in _DATE_MARKS or opener in scan.grammar.in_:
        here += 1
    accord = scan.lexicon.accord.starting(scan.tokens.bare, here) if here < end else None
    if accord is not None:
        here += accord[0]
        if here < end and scan.tokens.keys[here] in scan.grammar.accord_to:
            here += 1
    if here >= end or (here == hit.last and not scan.tokens.plain(here)):
        return hit
    dated = day_of_month(scan, here, end) or numeric_date(scan, here, end, certain=True)
    if dated is None:
        return _with_ordinal(scan, hit, here, end)
    if dated.period.start is None:
        return msgspec.structs.replace(dated, first=hit.first)
    if dated.period.start != dated.period.end:
        return hit
    dated = _nearest_year(scan, hit, dated)
    last = dated.last
    if scan.tokens.keys[here - 1] == "(" and last < end and scan.tokens.keys[last] == ")":
        last += 1
    day_of = dated.period.start
    weekday_differs = (
        hit.period.start is not None and day_of is not None and hit.period.start.weekday() != day_of.weekday()
    )
    named = hit.rule.startswith(("weekday", "relative-weekday", "night"))
    if hit.rule == "night" and hit.period.start is not None:
        return hit
    note = "weekday-contradicts" if weekday_differs and named else dated.note
    return Hit(dated.period, hit.first, last, f"{hit.rule}-{dated.rule}", note)


def _nearest_year(scan: Scan, hit: Hit, dated: Hit) -> Hit:
    """A date without a year beside a day or weekday: the year nearest to publication in which both agree.

    A report may be published some hours before the day that it calls today.
    """
    now, said, one = scan.clock.published, hit.period.start, dated.period.start
    if now is None or said is None or one is None or dated.rule != "day-month" or dated.note:
        return dated
    near = [scan.clock.day(now.year + shift, one.month, one.day) for shift in (-1, 0, 1)]
    agreeing = [period for period in near if period.start is not None and _agrees(period.start, hit, said)]
    if not agreeing:
        return dated
    period = min(agreeing, key=lambda period: abs((period.start - now).days) if period.start else 0)
    return msgspec.structs.replace(dated, period=period)


def _agrees(one: date, hit: Hit, said: date) -> bool:
    if "weekday" in hit.rule or hit.rule == "night":
        return one.weekday() == said.weekday()
    return abs((one - said).days) <= 3


def _with_ordinal(scan: Scan, hit: Hit, at: int, end: int) -> Hit:
    """السبت السادس عشر: the nearest such weekday that is that day of its month."""
    found = scan.number(at, end)
    start = hit.period.start
    if found is None or start is None or not found.ordinal or not found.definite or found.value < 11:
        return hit
    for weeks in range(9):
        for sign in (1, -1) if scan.clock.future else (-1, 1):
            one = start.fromordinal(start.toordinal() + sign * 7 * weeks)
            if one.day == found.value:
                return Hit(Period(one, one, Precision.DAY), hit.first, found.last, f"{hit.rule}-ordinal", hit.note)
    return hit

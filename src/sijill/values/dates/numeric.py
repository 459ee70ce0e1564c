"""Dates in digits: 15/03/2019, 2019-03-20, 22.3.2019, 2/2013, and the Latin ones of bylines: June 25, 2023."""

from __future__ import annotations

from sijill.model import WordKind
from sijill.values.dates.clock import NO_PUBLICATION, Period
from sijill.values.dates.scan import Hit, Scan

__all__ = ["latin_date", "numeric_date"]

_MARKS = frozenset(("/", "-", "–", "\\", "."))


def numeric_date(scan: Scan, at: int, end: int, *, certain: bool = False) -> Hit | None:
    """A date in digits at `at`. Day and month without a year need `certain`, as 3/4 is a fraction too."""
    tokens = scan.tokens
    if at >= end or not tokens.is_digits(at):
        return None
    if at > 0 and tokens.touching(at) and tokens.keys[at - 1] in (*_MARKS, ":", "_", "=", "+"):
        bullet = tokens.keys[at - 1] == "-" and tokens.begins(at - 1)
        if not bullet:
            return None
    key = tokens.keys[at]
    if key.count(".") == 2:
        return _three(scan, key.split("."), at, at + 1)
    parts, last, mark = [key], at + 1, ""
    while len(parts) < 3 and last + 1 < end and tokens.keys[last] in _MARKS and tokens.is_digits(last + 1):
        if mark not in ("", tokens.keys[last]) or not _close(scan, last):
            break
        mark = tokens.keys[last]
        parts.append(tokens.keys[last + 1])
        last += 2
    if not all(part.isdigit() and len(part) <= 4 for part in parts):
        return None
    if len(parts) == 3:
        return _three(scan, parts, at, last)
    if len(parts) == 2 and mark == "/":
        return _two(scan, parts, at, last, certain=certain)
    return None


def _close(scan: Scan, at: int) -> bool:
    """Whether the mark at `at` stands between two numbers with at most one space on each side."""
    words = scan.tokens.words
    return words[at].start - words[at - 1].end <= 1 and words[at + 1].start - words[at].end <= 1


def _three(scan: Scan, parts: list[str], at: int, last: int) -> Hit | None:
    if not all(part.isdigit() for part in parts):
        return None
    one, two, three = (int(part) for part in parts)
    if len(parts[0]) == 4 and len(parts[2]) <= 2:
        year, month, day = one, two, three
    elif len(parts[2]) == 4 and len(parts[0]) <= 2:
        year, month, day = three, two, one
    else:
        return None
    if not 1800 <= year <= 2150 or len(parts[1]) > 2:
        if 1300 <= year <= 1600 and len(parts[1]) <= 2:
            return Hit(
                scan.clock.hijri(year, month, day), at, scan.era(last, scan.end(at), hijri=True), "numeric-hijri"
            )
        return None
    # 12/25/2019 can only be month first.
    if month > 12 >= day and len(parts[2]) == 4:
        month, day = day, month
    last = scan.era(last, scan.end(at), hijri=False)
    return Hit(scan.clock.day(year, month, day), at, last, _rule(scan, at, last))


def _two(scan: Scan, parts: list[str], at: int, last: int, *, certain: bool) -> Hit | None:
    one, two = int(parts[0]), int(parts[1])
    if len(parts[1]) == 4 and 1 <= one <= 12 and 1900 <= two <= 2150:
        return Hit(scan.clock.month(two, one), at, last, "numeric-month")
    if not certain or len(parts[0]) > 2 or len(parts[1]) > 2 or not (1 <= one <= 31 and 1 <= two <= 12):
        return None
    year = scan.clock.day_year(two, one, None)
    period = Period.unresolved(NO_PUBLICATION) if year is None else scan.clock.day(year, two, one)
    return Hit(period, at, last, "numeric-day")


def _rule(scan: Scan, first: int, last: int) -> str:
    """A date that stands alone on its line is a byline's."""
    sentence = scan.tokens.text.sentences[scan.tokens.words[first].sentence]
    return "byline-date" if sentence.first == first and sentence.last <= last + 4 else "numeric-date"


def latin_date(scan: Scan, at: int, end: int) -> Hit | None:
    """June 25, 2023 · 25 June 2023 · Dec 1, 2024."""
    tokens = scan.tokens
    month = _latin_month(scan, at, end)
    if month is not None:
        if at + 1 < end and tokens.is_digits(at + 1):
            year_at = at + 3 if at + 2 < end and tokens.keys[at + 2] in (",", "،", ".") else at + 2
            return _latin(scan, tokens.keys[at + 1], month, year_at, at, end)
        return None
    month = _latin_month(scan, at + 1, end)
    if month is not None and tokens.is_digits(at):
        return _latin(scan, tokens.keys[at], month, at + 2, at, end)
    return None


def _latin_month(scan: Scan, at: int, end: int) -> int | None:
    if at >= end or scan.tokens.words[at].kind is not WordKind.LATIN:
        return None
    return scan.lexicon.latin.get(scan.tokens.words[at].form.lower())


def _latin(scan: Scan, day: str, month: int, year_at: int, first: int, end: int) -> Hit | None:
    year = scan.year(year_at, end)
    if year is None or not day.isdigit() or len(day) > 2:
        return None
    return Hit(scan.clock.day(year[0], month, int(day)), first, year[1], "byline-date")

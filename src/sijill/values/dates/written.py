"""On which day a report says itself that it was written: a line of its page that is nothing but a date.

The line stands at the head of the page, before the body or behind its title. Pages show the day of the visit above the
title as well, so that a line above it is believed for a day or two only.

Source: the page templates that `rules/furniture.toml` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sijill.model import Text
from sijill.values.dates.lexicon import Month, TimeLexicon
from sijill.values.lexicon import key_of

__all__ = ["dateline"]

_RULE = "date-line"
_HEAD = 5  # sentences (title, subtitle, captions) that a line of date may stand behind
_ABOVE_TITLE = 2  # days
_BELOW_TITLE = 10
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_NAMED = re.compile(r"(?<!\d)(\d{1,2})\s+(\w+)\s*[,،]?\s*(\d{4})(?!\d)")
_NAME_FIRST = re.compile(r"(\w+)\s+(\d{1,2})\s*[,،]\s*(\d{4})(?!\d)")


def dateline(text: Text, published: date, lexicon: TimeLexicon) -> date | None:
    """The day that a line at the head of the page gives, where it lies near `published` and is another; else None."""
    starts = [sentence.start for sentence in text.sentences[: _HEAD + 1]]
    last = starts[_HEAD] if len(starts) > _HEAD else len(text.document.text)
    for stretch in text.furniture:
        if stretch.start >= last:
            break
        if stretch.rule != _RULE:
            continue
        below = bool(starts) and starts[0] < stretch.start
        for day in _days(text.document.text[stretch.start : stretch.end], lexicon):
            apart = abs((day - published).days)
            if apart <= (_BELOW_TITLE if below else _ABOVE_TITLE):
                return day if apart else None
    return None


def _days(line: str, lexicon: TimeLexicon) -> Iterator[date]:
    """The days that a line names, in Arabic or other digits."""
    for match in _YEAR_FIRST.finditer(line):
        yield from _day(int(match[1]), int(match[2]), int(match[3]))
    for match in _DAY_FIRST.finditer(line):
        yield from _day(int(match[3]), int(match[2]), int(match[1]))
    for pattern, day, name in ((_NAMED, 1, 2), (_NAME_FIRST, 2, 1)):
        for match in pattern.finditer(line):
            month = _month(match[name], lexicon)
            if month:
                yield from _day(int(match[3]), month, int(match[day]))


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _month(name: str, lexicon: TimeLexicon) -> int:
    found = lexicon.months.starting([key_of(name)], 0)
    month = found[1] if found is not None else None
    return month.number if isinstance(month, Month) and not month.hijri else 0

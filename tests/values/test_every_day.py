"""Every day of fifty years, in every style of writing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.model import Precision, Values

Read = Callable[..., Values]

LEVANT = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)
EGYPT = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
ORDINALS = (
    "الأول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
    "العاشر",
    "الحادي عشر",
    "الثاني عشر",
    "الثالث عشر",
    "الرابع عشر",
    "الخامس عشر",
    "السادس عشر",
    "السابع عشر",
    "الثامن عشر",
    "التاسع عشر",
    "العشرين",
    "الحادي والعشرين",
    "الثاني والعشرين",
    "الثالث والعشرين",
    "الرابع والعشرين",
    "الخامس والعشرين",
    "السادس والعشرين",
    "السابع والعشرين",
    "الثامن والعشرين",
    "التاسع والعشرين",
    "الثلاثين",
    "الحادي والثلاثين",
)


def _arabic(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


def _weekday(day: date) -> str:
    return str(get_day_names("wide", locale="ar")[day.weekday()])


STYLES: dict[str, Callable[[date], str]] = {
    "slashes": lambda d: f"{d.day}/{d.month}/{d.year}",
    "slashes, padded": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "slashes, Arabic": lambda d: f"{_arabic(d.day)}/{_arabic(d.month)}/{_arabic(d.year)}",
    "dashes": lambda d: f"{d.day}-{d.month}-{d.year}",
    "dots": lambda d: f"{d.day}.{d.month}.{d.year}",
    "iso": lambda d: d.isoformat(),
    "year first": lambda d: f"{d.year}/{d.month}/{d.day}",
    "Levant": lambda d: f"{d.day} {LEVANT[d.month - 1]} {d.year}",
    "Egypt": lambda d: f"{d.day} {EGYPT[d.month - 1]} {d.year}",
    "Arabic digits": lambda d: f"{_arabic(d.day)} {EGYPT[d.month - 1]} {_arabic(d.year)}",
    "doubled": lambda d: f"{d.day} {LEVANT[d.month - 1]}/{EGYPT[d.month - 1]} {d.year}",
    "doubled, spaced": lambda d: f"{d.day} {EGYPT[d.month - 1]} / {LEVANT[d.month - 1]} {d.year}",
    "doubled, brackets": lambda d: f"{d.day} {EGYPT[d.month - 1]} ({LEVANT[d.month - 1]}) {d.year}",
    "doubled, bare": lambda d: f"{d.day} {LEVANT[d.month - 1]} {EGYPT[d.month - 1]} {d.year}",
    "with من and عام": lambda d: f"{d.day} من {LEVANT[d.month - 1]} عام {d.year}",
    "with شهر": lambda d: f"{d.day} من شهر {LEVANT[d.month - 1]} من العام {d.year}",
    "article": lambda d: f"الـ{d.day} من {LEVANT[d.month - 1]} {d.year}",
    "ordinal": lambda d: f"{ORDINALS[d.day - 1]} من {LEVANT[d.month - 1]} {d.year}",
    "weekday": lambda d: f"{_weekday(d)} {d.day} {LEVANT[d.month - 1]} {d.year}",
    "weekday, comma": lambda d: (
        f"{get_day_names('wide', locale='ar')[d.weekday()]}، {d.day} {EGYPT[d.month - 1]} {d.year}"
    ),
    "CLDR": lambda d: f"{d.day} {get_month_names('wide', locale='ar_SY')[d.month]} {d.year}",
    "CLDR, Algeria": lambda d: f"{d.day} {get_month_names('wide', locale='ar_DZ')[d.month]} {d.year}",
    "CLDR, Morocco": lambda d: f"{d.day} {get_month_names('wide', locale='ar_MA')[d.month]} {d.year}",
    "byline": lambda d: f"{d.strftime('%B')} {d.day}, {d.year}",
}
DAYS = [date(1990, 1, 1) + timedelta(days=n) for n in range((date(2041, 1, 1) - date(1990, 1, 1)).days)]


@pytest.mark.parametrize("style", STYLES)
def test_every_day_of_fifty_years_comes_back(read: Read, style: str) -> None:
    wrong = []
    for day in DAYS:
        text = f"وقع الهجوم في {STYLES[style](day)} قرب البلدة"
        dates = read(text).dates
        if [(one.start, one.end, one.precision) for one in dates] != [(day, day, Precision.DAY)]:
            wrong.append(text)
    assert wrong == []


@settings(max_examples=150)
@given(st.sampled_from(DAYS), st.sampled_from(sorted(STYLES)))
def test_the_span_is_the_date(read: Read, day: date, style: str) -> None:
    written = STYLES[style](day)
    (one,) = read(f"وقع الهجوم في {written} قرب البلدة").dates
    assert one.text == written

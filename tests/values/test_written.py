"""The day that a page gives itself, and the full date that a report calls today, go before the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from sijill.model import Document
from sijill.text import TextReader
from sijill.values import ValueReader, lexicon_words

PUBLISHED = date(2019, 3, 23)
TITLE = "قصف على بلدة الزنبق يصيب ثلاثة عمال"
BODY = "قصفت القوات البلدة صباح اليوم بقذائف الهاون وأصابت ثلاثة عمال كانوا في طريقهم إلى الحقل."


@pytest.fixture(scope="module")
def readers() -> tuple[TextReader, ValueReader]:
    return TextReader(lexicon_words()), ValueReader()


def _today(readers: tuple[TextReader, ValueReader], *lines: str, published: date | None = PUBLISHED) -> date | None:
    texts, values = readers
    found = values.read(texts.read(Document(id="t", text="\n\n".join(lines), published=published)))
    return next(one.start for one in found.dates if one.text.endswith("اليوم"))


@pytest.mark.parametrize(
    "line",
    [
        "2019-03-25",
        "2019/03/25",
        "25/03/2019",
        "25.03.2019 | 11:56 دمشق",
        "الاثنين, ٢٥ مارس ٢٠١٩, ٠٩:٣٥",
        "مارس 25, 2019",
    ],
)
def test_a_line_of_date_below_the_title_is_the_day_of_writing(
    readers: tuple[TextReader, ValueReader], line: str
) -> None:
    assert _today(readers, TITLE, line, BODY) == date(2019, 3, 25)


def test_a_line_above_the_title_is_believed_for_two_days(readers: tuple[TextReader, ValueReader]) -> None:
    assert _today(readers, "2019-03-25", TITLE, BODY) == date(2019, 3, 25)
    assert _today(readers, "2019-03-27", TITLE, BODY) == PUBLISHED


def test_a_day_far_from_publication_or_no_day_at_all_is_not_believed(readers: tuple[TextReader, ValueReader]) -> None:
    assert _today(readers, TITLE, "2020-05-25", BODY) == PUBLISHED
    assert _today(readers, TITLE, "31/02/2019", BODY) == PUBLISHED


def test_a_line_below_the_report_is_another_story_s(readers: tuple[TextReader, ValueReader]) -> None:
    assert _today(readers, TITLE, *[BODY] * 6, "2019-03-25") == PUBLISHED


def test_without_publication_nothing_is_counted_from_the_page(readers: tuple[TextReader, ValueReader]) -> None:
    assert _today(readers, TITLE, "2019-03-25", BODY, published=None) is None


def test_a_full_date_called_today_moves_the_other_times(readers: tuple[TextReader, ValueReader]) -> None:
    said = "وأعلنت الفرق انتهاء عملها مساء اليوم الثلاثاء 26 آذار."
    assert _today(readers, BODY, said) == date(2019, 3, 26)
    other = "وكانت قد أعلنت ذلك اليوم الأحد 24 آذار."
    assert _today(readers, BODY, said, other) == PUBLISHED


def test_a_time_since_the_morning_is_today(readers: tuple[TextReader, ValueReader]) -> None:
    texts, values = readers
    text = texts.read(Document(id="t", text="تقصف القوات البلدة منذ ساعات الفجر الأولى", published=PUBLISHED))
    assert [one.start for one in values.read(text).dates] == [PUBLISHED]


def test_more_or_less_than_a_length_is_no_day(readers: tuple[TextReader, ValueReader]) -> None:
    texts, values = readers
    text = texts.read(Document(id="t", text="وقبل أقل من شهر تعرضت البلدة للقصف", published=PUBLISHED))
    assert not values.read(text).dates

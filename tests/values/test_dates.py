from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from babel.dates import get_day_names
from hypothesis import given
from hypothesis import strategies as st

from sijill.model import DateRange, Document, Precision, Values
from sijill.text import TextReader
from sijill.values import ValueReader, lexicon_words

Read = Callable[..., Values]


def _only(read: Read, text: str, published: date | None = date(2019, 3, 23), **options: str) -> DateRange:
    (one,) = read(text, published, **options).dates
    return one


@pytest.mark.parametrize(
    ("text", "start", "end", "expression"),
    [
        # weekdays
        ("قصفت السبت الماضي", "2019-03-16", "2019-03-16", "السبت الماضي"),
        ("قصفت الأربعاء الماضي", "2019-03-20", "2019-03-20", "الأربعاء الماضي"),
        ("قصفت يوم الخميس", "2019-03-21", "2019-03-21", "يوم الخميس"),
        ("قصفت السبت", "2019-03-23", "2019-03-23", "السبت"),
        ("تجتمع الثلاثاء المقبل", "2019-03-26", "2019-03-26", "الثلاثاء المقبل"),
        ("قصفت الجمعة صباحا", "2019-03-22", "2019-03-22", "الجمعة صباحا"),
        ("قصفت يومي الخميس والجمعة", "2019-03-21", "2019-03-22", "يومي الخميس والجمعة"),
        ("قصفت الليلة الماضية واليوم السبت", "2019-03-22", "2019-03-23", "الليلة الماضية واليوم السبت"),
        ("قصفت أمس واليوم", "2019-03-22", "2019-03-23", "أمس واليوم"),
        ("قصفت في يومي 3 آذار و4 آذار", "2019-03-03", "2019-03-04", "3 آذار و4 آذار"),
        ("قصفت ليل الخميس - الجمعة", "2019-03-21", "2019-03-22", "ليل الخميس - الجمعة"),
        ("قصفت ليل الخميس الجمعة", "2019-03-21", "2019-03-22", "ليل الخميس الجمعة"),
        ("قصفت الاثنين من الأسبوع الماضي", "2019-03-18", "2019-03-18", "الاثنين من الأسبوع الماضي"),
        # days named from publication
        ("قصفت اليوم", "2019-03-23", "2019-03-23", "اليوم"),
        ("قصفت صباح اليوم", "2019-03-23", "2019-03-23", "صباح اليوم"),
        ("قصفت مساء أمس", "2019-03-22", "2019-03-22", "مساء أمس"),
        ("قصفت مساء أول من أمس", "2019-03-21", "2019-03-21", "مساء أول من أمس"),
        ("قصفت أول أمس", "2019-03-21", "2019-03-21", "أول أمس"),
        ("قصفت الليلة الماضية", "2019-03-22", "2019-03-22", "الليلة الماضية"),
        ("يصل غدا الأحد", "2019-03-24", "2019-03-24", "غدا الأحد"),
        ("يصل بعد غد", "2019-03-25", "2019-03-25", "بعد غد"),
        ("قصفت اليوم السبت 23 آذار", "2019-03-23", "2019-03-23", "اليوم السبت 23 آذار"),
        ("قصفت مساء يوم الثلاثاء 19 آذار", "2019-03-19", "2019-03-19", "مساء يوم الثلاثاء 19 آذار"),
        # months
        ("قتل في 8 تشرين الثاني", "2018-11-08", "2018-11-08", "8 تشرين الثاني"),
        ("قتل في 18 كانون الثاني/ يناير الماضي", "2019-01-18", "2019-01-18", "18 كانون الثاني/ يناير الماضي"),
        ("بدأت مطلع شهر آذار/مارس الحالي", "2019-03-01", "2019-03-10", "مطلع شهر آذار/مارس الحالي"),
        ("توقف منتصف شباط الماضي", "2019-02-11", "2019-02-20", "منتصف شباط الماضي"),
        ("تنتهي نهاية نيسان المقبل", "2019-04-21", "2019-04-30", "نهاية نيسان المقبل"),
        ("دخلت المدينة في أواخر شباط", "2019-02-21", "2019-02-28", "أواخر شباط"),
        ("قصفت كانون الأول من العام الماضي", "2018-12-01", "2018-12-31", "كانون الأول من العام الماضي"),
        ("قصفت في آب/أغسطس 2013", "2013-08-01", "2013-08-31", "آب/أغسطس 2013"),
        ("وصلت الأول من آذار الجاري", "2019-03-01", "2019-03-01", "الأول من آذار الجاري"),
        ("حصيلة الشهر الماضي", "2019-02-01", "2019-02-28", "الشهر الماضي"),
        # years and their parts
        ("اندلع عام 2011", "2011-01-01", "2011-12-31", "عام 2011"),
        ("اندلع في 2019", "2019-01-01", "2019-12-31", "2019"),
        ("قتلوا هذا العام", "2019-01-01", "2019-12-31", "هذا العام"),
        ("خلال العام الفائت 2018", "2018-01-01", "2018-12-31", "خلال العام الفائت 2018"),
        ("سقطت أواخر العام 2016", "2016-09-01", "2016-12-31", "أواخر العام 2016"),
        ("في الربع الأول من العام 2018", "2018-01-01", "2018-03-31", "الربع الأول من العام 2018"),
        ("في النصف الثاني من عام 2018", "2018-07-01", "2018-12-31", "النصف الثاني من عام 2018"),
        ("سيطر صيف 2014", "2014-06-01", "2014-08-31", "صيف 2014"),
        ("في عامي 2014 و2015", "2014-01-01", "2015-12-31", "عامي 2014 و2015"),
        ("منذ ثمانينيات القرن الماضي", "1980-01-01", "2019-03-23", "منذ ثمانينيات القرن الماضي"),
        (
            "قتلوا في الأشهر الأربعة الأولى من العام الماضي",
            "2018-01-01",
            "2018-04-30",
            "الأشهر الأربعة الأولى من العام الماضي",
        ),
        # lengths of time
        ("اختطف قبل يومين", "2019-03-21", "2019-03-21", "قبل يومين"),
        ("اختفى قبل ثلاثة أيام", "2019-03-20", "2019-03-20", "قبل ثلاثة أيام"),
        ("اختفى قبل شهرين", "2019-01-01", "2019-01-31", "قبل شهرين"),
        ("اجتمع الأسبوع الماضي", "2019-03-16", "2019-03-22", "الأسبوع الماضي"),
        ("محاصرة منذ أسبوعين", "2019-03-09", "2019-03-22", "منذ أسبوعين"),
        ("محاصرة منذ نحو عامين", "2017-03-23", "2019-03-22", "منذ نحو عامين"),
        ("قتلوا خلال الأيام الثلاثة الماضية", "2019-03-20", "2019-03-22", "خلال الأيام الثلاثة الماضية"),
        ("قتلوا خلال الـ24 ساعة الماضية", "2019-03-22", "2019-03-22", "خلال الـ24 ساعة الماضية"),
        ("قتلوا في الساعات الـ24 الأخيرة", "2019-03-22", "2019-03-22", "الساعات الـ24 الأخيرة"),
        ("قتلوا خلال 48 ساعة", "2019-03-21", "2019-03-22", "خلال 48 ساعة"),
        # ranges
        ("وثقت بين 20 و22 آذار", "2019-03-20", "2019-03-22", "بين 20 و22 آذار"),
        ("المعارك من 15 إلى 18 شباط الماضي", "2019-02-15", "2019-02-18", "من 15 إلى 18 شباط الماضي"),
        ("وبين 2017 و2020", "2017-01-01", "2020-12-31", "بين 2017 و2020"),
        ("بين آذار وأيار 2015", "2015-03-01", "2015-05-31", "بين آذار وأيار 2015"),
        ("محاصرة منذ مطلع العام 2018", "2018-01-01", "2019-03-23", "منذ مطلع العام 2018"),
        (
            "قتلوا منذ بداية العام الحالي 2019 حتى نهاية شهر شباط",
            "2019-01-01",
            "2019-02-28",
            "منذ بداية العام الحالي 2019 حتى نهاية شهر شباط",
        ),
        ("محاصرة منذ تاريخ كانون الأول عام 2018", "2018-12-01", "2019-03-23", "منذ تاريخ كانون الأول عام 2018"),
        ("قصفت في آذار ونيسان 2018", "2018-03-01", "2018-04-30", "آذار ونيسان 2018"),
        ("قصفت خلال شهري آذار ونيسان", "2018-03-01", "2018-04-30", "خلال شهري آذار ونيسان"),
        ("قصفت 15 و16 و17 آذار 2018", "2018-03-15", "2018-03-17", "15 و16 و17 آذار 2018"),
        (
            "قصفت بين الأول من كانون الثاني والثلاثين من حزيران عام 2017",
            "2017-01-01",
            "2017-06-30",
            "بين الأول من كانون الثاني والثلاثين من حزيران عام 2017",
        ),
        ("ينسحبون في غضون 48 ساعة المقبلة", "2019-03-24", "2019-03-25", "في غضون 48 ساعة المقبلة"),
        ("قصفت مساء الأربعاء/الخميس", "2019-03-20", "2019-03-21", "مساء الأربعاء/الخميس"),
        ("قصفت اليوم الأحد 24 آذار", "2019-03-24", "2019-03-24", "اليوم الأحد 24 آذار"),
        ("قصفت 15 آذار - 3 نيسان 2018", "2018-03-15", "2018-04-03", "15 آذار - 3 نيسان 2018"),
        ("السبت السادس عشر", "2019-03-16", "2019-03-16", "السبت السادس عشر"),
        # Hijri
        ("صدر في 16 رجب 1440 هـ", "2019-03-23", "2019-03-23", "16 رجب 1440 هـ"),
        ("أعلن غرة شعبان 1440هـ", "2019-04-06", "2019-04-06", "غرة شعبان 1440هـ"),
        ("قصفت السوق في رمضان الماضي", "2018-05-16", "2018-06-14", "رمضان الماضي"),
        ("قصفت في عيد الأضحى 2013", "2013-10-15", "2013-10-15", "عيد الأضحى 2013"),
        # places in a month
        ("في ثالث ثلاثاء من أيلول 2014", "2014-09-16", "2014-09-16", "ثالث ثلاثاء من أيلول 2014"),
        ("قصفت في الأسبوع الأول من شباط", "2019-02-01", "2019-02-07", "الأسبوع الأول من شباط"),
    ],
)
def test_times_are_resolved_against_publication(read: Read, text: str, start: str, end: str, expression: str) -> None:
    one = _only(read, text)
    assert (str(one.start), str(one.end), one.text) == (start, end, expression)


@pytest.mark.parametrize(
    "text",
    [
        "قوى 14 آذار رفضت الاتفاق",
        "نقلت صحيفة تشرين عن مصدر",
        "قال القائد محمد جمعة في بيان",
        "قال القائد محمد رمضان في بيان",
        "اعتقل أحد القياديين في الحي",
        "اللواء 128 في ريف البلدة",
        "شارع 26 سبتمبر",
        "أفادت قناة حلب اليوم بذلك",
        "في اليوم التالي انسحبوا",
        "قبل يومين من الهجوم",
        "رقم الهاتف 0112019",
        "الإحداثيات 35.2019 شمالا",
        "فاز الفريق 3-1",
        "عند الساعة 12:30",
        "نفذت المجموعة مارس الضغط",
        "خلال الأيام الماضية",
    ],
)
def test_what_only_looks_like_a_date_is_none(read: Read, text: str) -> None:
    assert read(text).dates == ()


@pytest.mark.parametrize("text", ["في 31 شباط 2019", "بتاريخ 45/13/2019", "في 30 شباط", "بتاريخ 2019-02-30"])
def test_impossible_days_stay_unresolved(read: Read, text: str) -> None:
    values = read(f"وقع الهجوم {text}")
    (one,) = values.dates
    assert (one.start, one.end, one.precision) == (None, None, Precision.UNRESOLVED)
    assert [note.code for note in values.notes] == ["impossible-date"]


@pytest.mark.parametrize(
    "text", ["أمس", "الثلاثاء الماضي", "في 5 آذار", "الشهر الماضي", "منذ أسبوعين", "في رمضان الماضي"]
)
def test_without_publication_relative_times_keep_their_phrase(read: Read, text: str) -> None:
    values = read(f"وقع الهجوم {text}", None)
    (one,) = values.dates
    assert one.start is None
    assert one.text == text.removeprefix("في ")
    assert [note.code for note in values.notes] == ["no-publication-day"]


def test_without_publication_absolute_dates_are_resolved(read: Read) -> None:
    assert _only(read, "وقع الهجوم في 5 آذار 2011", None).start == date(2011, 3, 5)


def test_two_months_that_contradict_each_other(read: Read) -> None:
    values = read("قصفت مساء الثلاثاء 22 كانون الثاني/ نوفمبر", date(2022, 11, 23))
    (one,) = values.dates
    assert one.start == date(2022, 11, 22)
    assert "double-month" in [note.code for note in values.notes]


def test_a_weekday_gives_way_to_its_date(read: Read) -> None:
    values = read("قصفت الجمعة 21 آذار 2019")
    assert values.dates[0].start == date(2019, 3, 21)
    assert [note.code for note in values.notes] == ["weekday-contradicts"]


def test_a_report_put_online_the_day_after_counts_from_the_day_that_it_calls_today(read: Read) -> None:
    values = read("قصفت القوات البلدة اليوم الجمعة. وكانت قصفت القرية أمس، ومساء اليوم أيضا.")
    assert [str(found.start) for found in values.dates] == ["2019-03-22", "2019-03-21", "2019-03-22"]
    assert [note.code for note in values.notes] == ["written-before"]


def test_a_report_whose_weekdays_disagree_counts_from_publication(read: Read) -> None:
    values = read("قصفت القوات البلدة اليوم الجمعة. وقصفت القرية اليوم السبت، وقصفت التلة أمس.")
    assert [str(found.start) for found in values.dates] == ["2019-03-22", "2019-03-23", "2019-03-22"]
    assert [note.code for note in values.notes] == ["weekday-moves-day"]


def test_yesterday_gives_way_to_its_weekday(read: Read) -> None:
    values = read("قصفت أمس السبت")
    assert values.dates[0].start == date(2019, 3, 23)
    assert [note.code for note in values.notes] == ["weekday-moves-day"]


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("الجمعة", date(2019, 3, 22), date(2019, 3, 29)),
        ("1 نيسان", date(2018, 4, 1), date(2019, 4, 1)),
        ("السبت", date(2019, 3, 23), date(2019, 3, 23)),
    ],
)
def test_open_times_lie_where_preferred(read: Read, text: str, past: date, future: date) -> None:
    assert _only(read, f"يصل في {text}").start == past
    assert _only(read, f"يصل في {text}", prefer="future").start == future


def test_a_day_of_this_month_is_of_this_year(read: Read) -> None:
    assert _only(read, "يصل في 1 آذار", prefer="future").start == date(2019, 3, 1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("بعد ثلاثة أيام", date(2019, 3, 26), date(2019, 3, 26)),
        ("بعد أسبوعين", date(2019, 4, 6), date(2019, 4, 6)),
        ("بعد عامين", date(2021, 1, 1), date(2021, 12, 31)),
        ("خلال يومين", date(2019, 3, 24), date(2019, 3, 25)),
        ("في غضون 48 ساعة", date(2019, 3, 24), date(2019, 3, 25)),
    ],
)
def test_lengths_of_what_is_to_come(read: Read, text: str, start: date, end: date) -> None:
    one = _only(read, f"تنتهي المهلة {text}", prefer="future")
    assert (one.start, one.end, one.text) == (start, end, text)


@pytest.mark.parametrize("text", ["بعد ثلاثة أيام", "بعد يومين من الهجوم", "في غضون 48 ساعة"])
def test_told_of_the_past_a_length_behind_it_hangs_on_another_event(read: Read, text: str) -> None:
    assert read(f"انسحبت القوات {text}").dates == ()


def test_a_length_from_another_event_is_no_day_in_the_future_either(read: Read) -> None:
    assert read("تنسحب القوات بعد يومين من الاتفاق", prefer="future").dates == ()


@pytest.mark.parametrize(
    ("text", "calendar", "plain"),
    [
        ("الأسبوع الماضي", (date(2019, 3, 11), date(2019, 3, 17)), (date(2019, 3, 16), date(2019, 3, 22))),
        ("هذا الأسبوع", (date(2019, 3, 18), date(2019, 3, 24)), (date(2019, 3, 17), date(2019, 3, 23))),
        ("الأسبوع المقبل", (date(2019, 3, 25), date(2019, 3, 31)), (date(2019, 3, 24), date(2019, 3, 30))),
        ("الأسبوع الأول من آذار 2019", (date(2019, 3, 4), date(2019, 3, 10)), (date(2019, 3, 1), date(2019, 3, 7))),
        ("آخر أسبوع من آذار 2019", (date(2019, 3, 25), date(2019, 3, 31)), (date(2019, 3, 25), date(2019, 3, 31))),
        ("آخر أسبوع من شباط 2019", (date(2019, 2, 18), date(2019, 2, 24)), (date(2019, 2, 22), date(2019, 2, 28))),
        ("يوم الخميس من الأسبوع الماضي", (date(2019, 3, 14),) * 2, (date(2019, 3, 21),) * 2),
    ],
)
def test_weeks_of_the_calendar_where_asked_for(
    read: Read, text: str, calendar: tuple[date, date], plain: tuple[date, date]
) -> None:
    given = f"قصفت البلدة {text}"
    one, other = _only(read, given, week_start="monday"), _only(read, given)
    assert (one.start, one.end) == calendar
    assert (other.start, other.end) == plain


@pytest.mark.parametrize("text", ["الخميس الأسبوع الماضي", "يوم خميس الأسبوع الماضي", "مساء خميس الأسبوع الماضي"])
def test_a_weekday_of_a_week(read: Read, text: str) -> None:
    one = _only(read, f"قصفت البلدة {text}")
    assert (one.start, one.text) == (date(2019, 3, 21), text)


@pytest.mark.parametrize("text", ["قتل سالم خميس الأسبوع الماضي", "لم يقتل أحد الأسبوع الماضي"])
def test_men_and_numbers_are_no_weekdays(read: Read, text: str) -> None:
    assert _only(read, text).text == "الأسبوع الماضي"


def test_spoken_ago_at_the_head_of_a_sentence(read: Read) -> None:
    one = _only(read, "من أسبوع قصفت البلدة")
    assert (one.start, one.end, one.text) == (date(2019, 3, 16), date(2019, 3, 16), "من أسبوع")


@pytest.mark.parametrize(
    "text", ["استمر أكثر من أسبوع", "قضى جزءا من أسبوع هناك", "من أسبوع إلى شهر", "من يومين حتى ثلاثة", "من يوم واحد"]
)
def test_other_lengths_behind_from_are_no_day(read: Read, text: str) -> None:
    assert read(text).dates == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("31 شباط", "impossible-date"), ("29 شباط", "no-publication-day"), ("31 آذار", "no-publication-day")],
)
def test_a_day_of_no_year_is_impossible_without_publication_too(read: Read, text: str, code: str) -> None:
    values = read(f"قصفت البلدة في {text}", None)
    assert [(one.start, one.text) for one in values.dates] == [(None, text)]
    assert [note.code for note in values.notes] == [code]


def test_that_there_is_no_publication_day_is_said_once(read: Read) -> None:
    values = read("قصفت البلدة أمس، وقصفت الشهر الماضي. وانسحبوا منذ أسبوعين", None)
    assert [one.start for one in values.dates] == [None] * 3
    assert [(note.code, note.span) for note in values.notes] == [("no-publication-day", None)]


@pytest.mark.parametrize("text", ["2022-11-23", "27/02/2022", "Jun 25, 2023", "Dec 1, 2024", "24 June 2023"])
def test_bylines_are_dates_of_their_own_rule(read: Read, text: str) -> None:
    assert _only(read, text).rule == "byline-date"


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.integers(0, 6))
def test_a_bare_weekday_is_within_the_last_week(read: Read, published: date, weekday: int) -> None:
    name = get_day_names("wide", locale="ar")[weekday]
    one = _only(read, f"قصفت {name}", published)
    assert one.start is not None
    assert one.start.weekday() == weekday
    assert 0 <= (published - one.start).days <= 6


def test_a_date_behind_a_bullet_is_one(read: Read) -> None:
    (found,) = read("-12/10/2012 قصف على المدينة").dates
    assert (found.start, found.text) == (date(2012, 10, 12), "12/10/2012")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("وقع الهجوم في مطلع آذار", "في مطلع آذار"),
        ("وفي 15 آذار وقع الهجوم", "في 15 آذار"),
        ("وقع الهجوم أمس", "أمس"),
        ("ما عثر عليه فيه. أمس وقع الهجوم", "أمس"),
    ],
)
def test_the_span_takes_its_preposition_in_where_asked(text: str, phrase: str) -> None:
    reader = ValueReader(in_span=True)
    document = Document(id="t", text=text, published=date(2019, 3, 23))
    (found,) = reader.read(TextReader(lexicon_words(), whole=True).read(document)).dates
    assert (found.text, found.span.cut(text)) == (phrase, phrase)


@pytest.mark.parametrize(
    ("text", "start", "end", "phrase"),
    [
        ("وقع في الخامس من الشهر الجاري", (3, 5), (3, 5), "الخامس من الشهر الجاري"),
        ("وقع في 15 من الشهر الماضي", (2, 15), (2, 15), "15 من الشهر الماضي"),
        ("يقع في 2 من الشهر المقبل", (4, 2), (4, 2), "2 من الشهر المقبل"),
        ("وقع مساء الثالث من هذا الشهر", (3, 3), (3, 3), "مساء الثالث من هذا الشهر"),
        ("بين 3 و5 من الشهر الجاري", (3, 3), (3, 5), "بين 3 و5 من الشهر الجاري"),
        ("منذ العاشر من الشهر الجاري", (3, 10), (3, 23), "منذ العاشر من الشهر الجاري"),
        ("قتل 5 الشهر الماضي", (2, 1), (2, 28), "الشهر الماضي"),
    ],
)
def test_a_day_of_this_month_or_another(
    read: Read, text: str, start: tuple[int, int], end: tuple[int, int], phrase: str
) -> None:
    (found,) = read(text).dates
    assert (found.start, found.end) == (date(2019, *start), date(2019, *end))
    assert found.text == phrase


@pytest.mark.parametrize("text", ["في 31 من الشهر الماضي", "في الخامس من الشهر الجاري"])
def test_such_a_day_may_be_impossible_or_unresolved(read: Read, text: str) -> None:
    published = date(2019, 3, 23) if "31" in text else None
    (found,) = read(text, published).dates
    assert (found.start, found.precision) == (None, Precision.UNRESOLVED)


def test_who_died_last_month_is_no_length_of_time(read: Read) -> None:
    values = read("قتل 5 العام الماضي")
    assert [one.text for one in values.dates] == ["العام الماضي"]
    assert [one.low for one in values.quantities] == [5]


@pytest.mark.parametrize(
    ("text", "start", "end", "phrase"),
    [
        ("غادر الوفد مطلع الشهر", (3, 1), (3, 10), "مطلع الشهر"),
        ("نزحوا منذ بداية العام", (1, 1), (3, 23), "منذ بداية العام"),
        ("قتلوا في الربع الأول من العام", (1, 1), (3, 31), "الربع الأول من العام"),
        ("خطفا في يناير وفبراير", (1, 1), (2, 28), "يناير وفبراير"),
        ("خطفا شهري كانون الثاني وشباط الماضيين", (1, 1), (2, 28), "شهري كانون الثاني وشباط الماضيين"),
    ],
)
def test_the_month_or_year_of_publication_and_two_months(
    read: Read, text: str, start: tuple[int, int], end: tuple[int, int], phrase: str
) -> None:
    (found,) = read(text).dates
    assert (found.start, found.end) == (date(2019, *start), date(2019, *end))
    assert found.text == phrase


@pytest.mark.parametrize("text", ["مطلع العام الدراسي", "مطلع الشهر نفسه", "في نهاية العام", "بدأ العام"])
def test_a_month_or_year_that_something_else_tells_is_not_that_of_publication(read: Read, text: str) -> None:
    assert not read(text).dates

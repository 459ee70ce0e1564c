from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.model import DateRange, Document, Number, Precision, Quantity, Values
from sijill.text import TextReader
from sijill.values import ValueReader, lexicon_words

Read = Callable[..., Values]

PIECES = (
    "قتل", "نحو", "أكثر من", "ما لا يقل عن", "على الأقل", "بين", "من", "إلى", "حتى", "منذ", "خلال", "قبل", "في",
    "و", "أو", "15", "٣", "2019", "31", "1,200", "2.5", "5ر1", "20 ألفا", "مليون", "آلاف", "عشرات", "عدة",
    "عدد", "كبير", "بعض", "ثلاثة", "وعشرون", "مئة", "وأربعين", "ألف", "نصف", "واحد", "الأول", "الثاني",
    "الأخير", "أيام", "يومين", "الأسبوع", "العام", "عام", "شهر", "الماضي", "الجاري", "المقبل", "هذا", "آذار",
    "كانون", "كانون الثاني", "/", "-", "(", ")", "،", ".", "\n", "السبت", "أمس", "اليوم", "مساء", "ليل", "مطلع",
    "صيف", "رمضان", "هـ", "مدنيين", "أطفال", "جنديان", "جرحى", "آخرين", "غارة", "الـ", "%", "ربع", "الربع",
    "اثنين", "ثمانينيات", "عيد الأضحى", "June", "25,", "يوم", "يومي",
)  # fmt: skip


def _all(values: Values) -> list[Number | Quantity | DateRange]:
    return [*values.numbers, *values.quantities, *values.dates]


def _check(values: Values, text: str, words: int) -> None:
    for one in _all(values):
        assert 0 <= one.first < one.last <= words
        assert 0 <= one.span.start < one.span.end <= len(text)
    for quantity in values.quantities:
        assert quantity.phrase.start <= quantity.span.start
        assert quantity.span.end <= quantity.phrase.end
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
    for dated in values.dates:
        assert dated.text == dated.span.cut(text)
        assert (dated.start is None) == (dated.end is None) == (dated.precision is Precision.UNRESOLVED)
        if dated.start is not None and dated.end is not None:
            assert dated.start <= dated.end
    for kind in (values.numbers, values.quantities, values.dates):
        assert [one.first for one in kind] == sorted(one.first for one in kind)


@pytest.fixture(scope="module")
def texts() -> TextReader:
    return TextReader(lexicon_words())


@pytest.fixture(scope="module")
def values() -> ValueReader:
    return ValueReader()


published = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.sampled_from([date.min, date.max])


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join), published)
def test_any_row_of_pieces_is_read(texts: TextReader, values: ValueReader, text: str, day: date | None) -> None:
    words = texts.read(Document(id="t", text=text, published=day))
    _check(values.read(words), text, len(words.words))


@settings(max_examples=200)
@given(st.text(max_size=200), published)
def test_any_text_is_read(texts: TextReader, values: ValueReader, text: str, day: date | None) -> None:
    words = texts.read(Document(id="t", text=text, published=day))
    _check(values.read(words), text, len(words.words))


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map(" ".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map(" ".join),
)
def test_a_further_sentence_changes_nothing_before_it(read: Read, text: str, more: str) -> None:
    alone, both = read(f"{text}.\n\n"), read(f"{text}.\n\n{more}")
    assert both.numbers[: len(alone.numbers)] == alone.numbers
    assert both.quantities[: len(alone.quantities)] == alone.quantities
    assert both.dates[: len(alone.dates)] == alone.dates


@pytest.mark.parametrize(
    "piece",
    ["3 ", "ثلاثة و", "مئة ألف و", "بين 3 و", "منذ ", "عشرات ", "1/", "آذار ", "من ", "( ", "ال ", "٣1,", "مساء ليل "],
)
def test_long_rows_of_one_piece_are_read(read: Read, piece: str) -> None:
    text = piece * 4000
    values = read(text)
    assert all(one.span.end <= len(text) for one in _all(values))

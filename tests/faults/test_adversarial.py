"""Texts that are made to break a reader: it ends without an exception, and every span points at its characters.

Whether it ends in linear time is not asserted by a clock: a quadratic step on these lengths would not end at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill import Document, InputError, Reader, Report, Span
from sijill.sources.record import checked, day

SENTENCE = "قُتل ثلاثة مدنيين في قصف جوي على مدينة إدلب أمس السبت، وقال ناشطون إن «الجيش» هو من قصف. "
LENGTH = 100_000
HARD = {
    "brackets": "(" * 500_000 + ")" * 500_000,
    "square brackets": "[" * 1_000_000,
    "quotation marks": "«" * 200_000 + "»" * 200_000,
    "nested reported speech": "وقال إن " * 20_000,
    "combining marks": "ق" + "\u0651" * 100_000 + "صف",
    "combining marks of another script": "e" + "\u0301" * 100_000,
    "bidi marks": "\u202b\u200f\u2067" * 30_000 + SENTENCE,
    "one word": "قصف" * 200_000,
    "tatweel": "قـ" * LENGTH,
    "proclitics": "وب" * LENGTH,
    "lone clitics": "مدينة ب word و ال قرية ل بال ً " * 3_000,
    "one number": "1" * LENGTH,
    "alternating digit sets": "1٢۳" * 30_000,
    "number words": "ألف و" * 30_000,
    "separators": "1,٢.3٬" * 30_000,
    "dates": "31/02/2020 " * 10_000,
    "months": "شباط/فبراير " * 10_000,
    "weekdays": "الخميس - الجمعة " * 10_000,
    "full stops": "." * LENGTH,
    "line ends": "\n" * LENGTH + SENTENCE,
    "blanks": " " * LENGTH + SENTENCE + "\t" * LENGTH,
    "commas": "قتل، " * 30_000,
    "no sentence end": SENTENCE.replace(".", " ") * 1_000,
    "triggers": "قصف " * 30_000,
    "coordination": "مدينة حلب وإدلب و" * 10_000,
    "nul": SENTENCE + "\0" * 1000 + SENTENCE,
    "controls": "".join(map(chr, range(32))) * 300 + SENTENCE,
    "noncharacters": "\ufffe\uffff\U0010ffff" * 3000 + SENTENCE,
    "presentation forms": "\ufdfa" * 20_000 + "\ufefb" * 20_000 + SENTENCE,
    "evasion": "قـ ـصـ ـف " * 10_000,
    "dots in words": "شهـ.ـداء " * 10_000,
}


def spans(report: Report) -> Iterator[tuple[Span, str]]:
    """Every span of a report, with the text that stands beside it."""
    for claim in report.claims:
        yield claim.trigger, claim.trigger_text
        fields: list[Any] = [*claim.counts, *claim.places, *claim.agents, *claim.targets, *claim.sources]
        for field in [*fields, claim.date] if claim.date else fields:
            yield field.span, field.text


def hold(report: Report, text: str) -> None:
    """The promises of every record."""
    for span, surface in spans(report):
        assert span.cut(text) == surface
    assert Report.from_json(report.to_json()) == report


@pytest.mark.parametrize("name", HARD)
def test_a_hard_text_is_read(reader: Reader, name: str) -> None:
    text = HARD[name]
    hold(reader.read(Document("hard", text, day("2024-05-12"))), text)


def test_ten_megabytes_in_one_line_are_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="no single report") as caught:
        checked(Document("long", "قصف " * 2_500_000))
    assert "\n" not in str(caught.value)


ALPHABET = st.one_of(
    st.sampled_from('اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤ ـًّ٠١٢345.,،؛؟!:-/()«»"\n\u200f\u202b\ufeff'),
    st.characters(exclude_categories=["Cs"]),
)


@given(st.text(ALPHABET, max_size=300))
def test_any_text_is_read(reader: Reader, text: str) -> None:
    hold(reader.read(Document("any", text, day("2024-05-12"))), text)


@given(st.lists(st.sampled_from(SENTENCE.split()), max_size=60))
def test_any_order_of_words_is_read(reader: Reader, words: list[str]) -> None:
    text = " ".join(words)
    hold(reader.read(Document("any", text, day("2024-05-12"))), text)


@given(st.text(st.characters(), max_size=40))
def test_unpaired_surrogates_are_refused_and_nothing_else_is(text: str) -> None:
    broken = any("\ud800" <= char <= "\udfff" for char in text)
    try:
        checked(Document("x", f"نص {text}"))
    except InputError as error:
        refused = "surrogate" in str(error)
    else:
        refused = False
    assert refused == broken

from __future__ import annotations

import pytest

from sijill.cli.wording import amount, count, isolate
from sijill.model import Count, CountKind, CountWho, Span


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (5, 5, "5"),
        (5, None, "5+"),
        (None, 5, "up to 5"),
        (20, 99, "20–99"),
        (None, None, "?"),
        (2000, 9999, "2,000–9,999"),
    ],
)
def test_amounts(low: int | None, high: int | None, words: str) -> None:
    assert amount(low, high) == words


def test_counts_agree_with_their_number() -> None:
    assert count(Count(CountKind.KILLED, CountWho.WOMEN, 1, 1, Span(0, 1), "x")) == "1 woman killed"
    assert (
        count(Count(CountKind.KILLED_OR_INJURED, CountWho.UNSPECIFIED, 2, None, Span(0, 1), "x"))
        == "2+ killed or injured"
    )


def test_arabic_is_set_apart_and_latin_is_not() -> None:
    assert isolate("حلب") == "\u2067حلب\u2069"
    assert isolate("حلب", on=False) == "حلب"
    assert isolate("Aleppo") == "Aleppo"

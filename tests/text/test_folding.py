"""Cleaning keeps the way back to every character as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.text.folding import clean, fold

_MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640\u200b\u200f\u202b\u202c\ufeff\u2066\u0670"
_MIXED = st.text(alphabet='قصفمدين ةىأإآ123٤٥.\n"ﻻﷲ' + _MARKS, max_size=80)


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("قُتِلَ", "قتل"),
        ("قـــصف", "قصف"),
        ("\u202bقصف\u202c", "قصف"),
        ("ﻗﺼﻒ", "قصف"),
        ("ﷲ", "الله"),
        ("یک", "يك"),
        ("على", "على"),
        ("", ""),
    ],
)
def test_clean(given_text: str, cleaned: str) -> None:
    assert clean(given_text).text == cleaned


def test_fold() -> None:
    assert fold("أإآٱىئؤةگ٣۳") == "اااايي" + "وهك33"


@given(_MIXED)
def test_offsets_run_forward_and_stay_inside(text: str) -> None:
    cleaned = clean(text)
    offsets = [cleaned.original(index) for index in range(len(cleaned.text))]
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
    assert cleaned.original(len(cleaned.text)) == len(text)


@given(_MIXED)
def test_the_character_given_cleans_to_the_cleaned_one(text: str) -> None:
    cleaned = clean(text)
    for index, character in enumerate(cleaned.text):
        assert character in clean(text[cleaned.original(index)]).text


@given(_MIXED)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once

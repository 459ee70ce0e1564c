from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.names import Name, fold_name, forms, matches, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("قوات النظام", "قوات النظام السوري"),
        ('طيران "التحالف"', "التحالف"),
        ("إدلب", "ادلب"),
        ("بالجيش", "الجيش"),
        ("ريف دير الزور الشرقي", "دير الزور"),
    ],
)
def test_names_that_differ_in_spelling_or_length_are_the_same(one: str, other: str) -> None:
    assert same(fold_name(one), fold_name(other))
    assert same(fold_name(other), fold_name(one))


@pytest.mark.parametrize(("one", "other"), [("قوات النظام", "قوات"), ("حلب", "حماة"), ("قوات", "حركة"), ("", "حلب")])
def test_other_names_and_heads_alone_are_not(one: str, other: str) -> None:
    assert not same(fold_name(one), fold_name(other))


def test_a_name_is_also_known_by_the_words_at_its_span() -> None:
    text = "سيطرت هذه القوات"
    assert forms(Name("قسد", (6, 16)), text) == {("قسد",), ("هذه", "قوات")}


def test_each_given_name_is_used_once() -> None:
    wanted = [frozenset({("حلب",)}), frozenset({("حلب",)})]
    assert matches(wanted, [frozenset({("حلب",)})]) == 1
    assert matches(wanted, wanted) == 2


@given(st.text())
def test_folding_takes_any_text_and_is_stable(text: str) -> None:
    once = fold_name(text)
    assert all(once) or once == ()
    assert once == fold_name(text)

"""Where sentences end, and where they do not."""

from __future__ import annotations

import pytest

from sijill.text.sentences import LONGEST, sentence_cuts


def _sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentence_cuts(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("قصف الجسر. وعاد الهدوء.", ["قصف الجسر.", "وعاد الهدوء."]),
        ("بلغت المساحة 2.5 كيلومتر. وعاد الهدوء", ["بلغت المساحة 2.5 كيلومتر.", "وعاد الهدوء"]),
        ("قال د. سالم لوكالة أ.ف.ب إن الجسر سليم", ["قال د. سالم لوكالة أ.ف.ب إن الجسر سليم"]),
        ('عاد إلى "سورية". ثم سافر', ['عاد إلى "سورية".', "ثم سافر"]),
        ("قال إنه “عاد.” ثم سافر", ["قال إنه “عاد.”", "ثم سافر"]),
        ("الزنبق.. مقتل أربعة طلاب", ["الزنبق.. مقتل أربعة طلاب"]),
        ("الزنبق… مقتل أربعة طلاب...\nخبر آخر", ["الزنبق… مقتل أربعة طلاب...", "خبر آخر"]),
        ("وقع الحادث.وقال المصدر كلاما", ["وقع الحادث.", "وقال المصدر كلاما"]),
        ("نقل موقع الزنبق.نت عن مصدر", ["نقل موقع الزنبق.نت عن مصدر"]),
        ("راجع example.com ثم عد", ["راجع example.com ثم عد"]),
        ("هل عاد؟ نعم! عاد", ["هل عاد؟", "نعم!", "عاد"]),
        ("قتل ثلاثة (؟) في السوق", ["قتل ثلاثة (؟) في السوق"]),
        ("قصف الجسر؛ وعاد الهدوء", ["قصف الجسر؛ وعاد الهدوء"]),
        ("الحصيلة:\n- قتيل\n– جريح", ["الحصيلة:", "- قتيل", "– جريح"]),
        ("1. سقط جريح\n2. سقط قتيل", ["1. سقط جريح", "2. سقط قتيل"]),
        ("انتهى عام 2014. ثم عاد", ["انتهى عام 2014.", "ثم عاد"]),
        ("سقط جريح 🔴 قصف الجسر • عاد الهدوء", ["سقط جريح", "🔴 قصف الجسر", "• عاد الهدوء"]),
        ("سقط جريح\r\nوعاد\u2029الهدوء", ["سقط جريح", "وعاد", "الهدوء"]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_sentence_ends(text: str, sentences: list[str]) -> None:
    assert _sentences(text) == sentences


def test_a_long_sentence_is_cut_at_a_mark() -> None:
    text = "سقط جريح في السوق، " * 500
    cuts = sentence_cuts(text)
    assert all(end - start <= LONGEST for start, end in cuts)
    assert all(text[start:end].rstrip().endswith("،") for start, end in cuts)
    assert "".join(text[start:end] for start, end in cuts).strip() == text.strip()

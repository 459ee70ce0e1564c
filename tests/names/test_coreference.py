"""Descriptions and pronouns named by what they stand for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.model import Mention, MentionKind

Find = Callable[..., list[Mention]]

ACTOR = MentionKind.ACTOR


@pytest.mark.parametrize(
    ("text", "name", "ref"),
    [
        ("انسحبت قوات سوريا الديمقراطية، ثم عادت هذه القوات", "قوات سوريا الديمقراطية", "sy-sdf"),
        ("هاجم داعش القرية، وخسر التنظيم الموقع", "داعش", "is"),
        ("هاجمت حركة طالبان القرية، وفر المتمردون", "حركة طالبان", "af-taliban"),
        ("هاجم حزب الله الموقع، ثم نعى الحزب قتيلا", "حزب الله", "lb-hezbollah"),
        ("هاجم تنظيم الدولة القرية وفقد عناصره", "عناصر تنظيم الدولة", "is"),
        ("دخلت القوات التركية القرية بجنودها", "جنود القوات التركية", "tr-army"),
    ],
)
def test_description_takes_the_name_of_the_latest_that_fits(find: Find, text: str, name: str, ref: str) -> None:
    found = find(text, ACTOR)[-1]
    assert (found.name, found.ref) == (name, ref)


def test_span_stays_on_the_description(find: Find) -> None:
    text = "هاجم داعش القرية، وخسر التنظيم الموقع"
    assert find(text, ACTOR)[-1].span.cut(text) == "التنظيم"


def test_description_without_antecedent_keeps_its_words(find: Find) -> None:
    (found,) = find("خسر التنظيم الموقع", ACTOR)
    assert (found.name, found.ref, found.subtype) == ("التنظيم", None, "description")


def test_pronoun_asks_for_gender(find: Find) -> None:
    found = find("هاجم داعش القرية بعد انسحاب القوات التركية، وخسر عناصره", ACTOR)
    assert found[-1].name == "عناصر داعش"


def test_source_stays_as_written(find: Find) -> None:
    found = find("قال مصدر أمني إن الطريق مغلق، وأضاف المصدر أن", MentionKind.BODY)
    assert [m.name for m in found] == ["مصدر أمني", "المصدر"]


def test_outlet_takes_the_name_of_the_latest_outlet(find: Find) -> None:
    found = find("نشرت صحيفة هآرتس الخبر، وقالت الصحيفة إن", MentionKind.OUTLET)
    assert [m.name for m in found] == ["صحيفة هآرتس", "صحيفة هآرتس"]

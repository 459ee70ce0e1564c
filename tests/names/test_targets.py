"""What is struck, and who."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.model import Document, Mention, MentionKind
from sijill.names import NameReader, lexicon_words
from sijill.text import TextReader
from sijill.values import ValueReader
from sijill.values import lexicon_words as value_words

Find = Callable[..., list[Mention]]

TARGET, PEOPLE = MentionKind.TARGET, MentionKind.PEOPLE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("استهدف القصف سوقا للخضار في الحي", "سوقا للخضار"),
        ("استهدف القصف أحد الأسواق", "أحد الأسواق"),
        ("قصفوا مقرات قسد في القرية", "مقرات قسد"),
        ("قصفوا مواقع لقوات النظام السوري", "مواقع لقوات النظام السوري"),
        ("هاجموا نقطة عسكرية ليلا", "نقطة عسكرية"),
        ('دمروا محطة مياه "النبع"', "محطة مياه النبع"),
        ("أصاب الصاروخ مشفى", "مشفى"),
        ("استهدفوا عربة عسكرية مدرعة", "عربة عسكرية مدرعة"),
        ("اغتال مسلح يقود دراجة نارية إمام البلدة", "دراجة نارية"),
        ("سطا مسلحون على بنك وسط المدينة", "بنك"),
    ],
)
def test_target_has_its_closest_adjuncts(find: Find, text: str, name: str) -> None:
    assert [m.name for m in find(text, TARGET)] == [name]


def test_a_particle_is_no_vehicle(find: Find) -> None:
    assert find("وصل الجنود إليه ليلا", TARGET) == []


def test_owner_of_a_target_is_an_actor_too(find: Find) -> None:
    assert [m.name for m in find("قصفوا مقرات قسد في القرية", MentionKind.ACTOR)] == ["قسد"]


def test_site_of_an_event_is_no_target(find: Find) -> None:
    assert find("وصل المسعفون إلى موقع الانفجار", TARGET) == []


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("استهدفوا المدنيين", ["المدنيين"]),
        ("قتل مدنيون في الحي", []),
        ("استهدفوا طلاب أكاديمية الشرطة", ["طلاب أكاديمية الشرطة"]),
        ("حاصروا الأهالي ثم النازحين", ["الأهالي", "النازحين"]),
    ],
)
def test_people_are_definite_classes(find: Find, text: str, people: list[str]) -> None:
    assert [m.name for m in find(text, PEOPLE)] == people


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قتل الشاب “سامر” برصاص قناص", "الشاب سامر"),
        ("اعتقلوا العقيد محمود الحسن أمس", "العقيد محمود الحسن"),
        ("أصيب المواطن خالد سعيد العلي بجروح", "المواطن خالد سعيد العلي"),
    ],
)
def test_titled_person_is_one(find: Find, text: str, name: str) -> None:
    (found,) = [m for m in find(text, PEOPLE) if m.subtype == "person"]
    assert found.name == name


def test_title_without_a_name_is_no_person(find: Find) -> None:
    assert find("قتل الشاب برصاص قناص", PEOPLE) == []


def test_counted_people_are_left_to_the_quantities() -> None:
    text = TextReader(extra=(*lexicon_words(), *value_words())).read(Document("x", "اعتقلوا 12 مسلحا في القرية"))
    values = ValueReader().read(text)
    assert values.quantities
    found = NameReader().read(text, values)
    assert [m for m in found if m.kind in (MentionKind.ACTOR, PEOPLE)] == []

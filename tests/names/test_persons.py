"""Persons who are named without a title."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sijill.errors import ResourceError
from sijill.model import Mention, MentionKind
from sijill.names.persons import Cue, load_cues

Find = Callable[..., list[Mention]]

BODY, PEOPLE = MentionKind.BODY, MentionKind.PEOPLE


def _persons(find: Find, text: str) -> list[str]:
    return [m.span.cut(text) for m in find(text, PEOPLE) if m.subtype in ("person", "reporter")]


def test_two_known_names_are_a_person(find: Find) -> None:
    assert [m.name for m in find("اعتقلوا محمود خالد في القرية", PEOPLE)] == ["محمود خالد"]


def test_one_given_name_alone_is_none(find: Find) -> None:
    assert find("كان العمل صالح للجميع", PEOPLE) == []


def test_surname_holds_once_the_whole_name_has_been_given(find: Find) -> None:
    found = find("قال وزير النقل بدر سالم الفرقاني إن الطريق مغلق. وأضاف الفرقاني أن", BODY)
    assert [m.name for m in found] == ["وزير النقل بدر سالم الفرقاني", "بدر سالم الفرقاني"]


def test_unknown_subject_of_a_verb_of_saying_speaks(find: Find) -> None:
    assert [m.name for m in find("وقال غرندوفسكي إن الطريق مغلق", BODY)] == ["غرندوفسكي"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مقتل سمير عواد في القرية", ["سمير عواد"]),
        ("اغتيال خالد النجار أمام منزله", ["خالد النجار"]),
        ("مقتل سمير جراء القصف", ["سمير"]),
        ("مقتل أبو عاصف في غارة", ["أبو عاصف"]),
        ("قتل عبد الكريم الصافي برصاص قناص", ["عبد الكريم الصافي"]),
        ("اعتقلت الشرطة التركية سمير عواد", ["سمير عواد"]),
        ("استشهد سمير عواد وخالد النجار في الغارة", ["سمير عواد", "خالد النجار"]),
        ("اغتيال غرندوفسكي في موسكو", ["غرندوفسكي"]),
        ("أصيب محمد ولد الطالب بجروح", ["محمد ولد الطالب"]),
        ("مقتل بوعلام بن صالح في الجبل", ["بوعلام بن صالح"]),
        ("اعتقال دلشاد شيركو عند المعبر", ["دلشاد شيركو"]),
        ("قتل رجب أوغلو في أنقرة", ["رجب أوغلو"]),
    ],
)
def test_one_who_was_harmed_or_held_is_named_by_less(find: Find, text: str, expected: list[str]) -> None:
    assert _persons(find, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "مقتل أم وطفلها في القصف",
        "اعتقال ابن عمه قبل أيام",
        "إعدام جماعي في السجن",
        "أصيب مدني بجروح",
        "إصابة مايزيد عن عشرة",
        "احتجاز مطلقي النار",
        "أصيب جدار المدرسة",
        "قتل السوري في الحادث",
        "كريم الضيافة في القرية",
    ],
)
def test_no_person_is_named(find: Find, text: str) -> None:
    assert _persons(find, text) == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("استهدفت بالخطأ مراسلة القناة سمر خليل، وأصيبت", "مراسلة القناة سمر خليل"),
        ("قال وزير النقل بدر سالم إن الطريق مغلق", "وزير النقل بدر سالم"),
        ("مقتل القيادي في فيلق الشام سمير عواد بغارة", "القيادي في فيلق الشام سمير عواد"),
        ("مقتل القائد العسكري سمير عواد بغارة", "القائد العسكري سمير عواد"),
        ("مقتل القائد الميداني في حزب الله سمير عواد", "القائد الميداني في حزب الله سمير عواد"),
    ],
)
def test_role_that_a_name_closes_is_a_person(find: Find, text: str, whole: str) -> None:
    assert _persons(find, text) == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أصيب كل من محمود خالد وسمير النجار", ["محمود خالد", "سمير النجار"]),
        ("قتل الشاب محمود خالد وسمير النجار", ["الشاب محمود خالد", "سمير النجار"]),
        ("الضحايا: محمود خالد، سمير النجار، وبدر صالح", ["محمود خالد", "سمير النجار", "بدر صالح"]),
        ("جاء محمود خالد، سمير يعرفه", ["محمود خالد"]),
    ],
)
def test_persons_stand_in_rows(find: Find, text: str, expected: list[str]) -> None:
    assert _persons(find, text) == expected


@pytest.mark.parametrize(
    ("later", "short"),
    [
        ("وكان عواد يعمل هناك. ثم لقي عواد حتفه", "عواد"),
        ("ثم أصابت الرصاصة غيره، وأصابت سمير في قدمه", "سمير"),
    ],
)
def test_part_of_a_name_stands_for_the_whole_later(find: Find, later: str, short: str) -> None:
    text = f"وصل سمير عواد، إلى القرية. {later}"
    text = text.replace("سمير عواد،", "الشاب سمير عواد،")
    found = [m for m in find(text, PEOPLE) if m.span.cut(text) == short]
    assert [m.name for m in found][-1:] == ["سمير عواد"]


def test_kunya_that_was_a_surname_holds_anywhere(find: Find) -> None:
    text = "قتلت مراسلة القناة سمر أبو زهرة. وكانت زميلات أبو زهرة معها"
    assert _persons(find, text) == ["مراسلة القناة سمر أبو زهرة", "أبو زهرة"]


@pytest.mark.parametrize("cue", load_cues(), ids=lambda cue: cue.id)
def test_cues_keep_their_examples(find: Find, cue: Cue) -> None:
    assert cue.yes
    assert cue.no
    assert [text for text in cue.yes if not _persons(find, text)] == []
    assert [text for text in cue.no if _persons(find, text)] == []


def test_one_form_of_two_cues_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "actors" / "persons.toml"
    file.parent.mkdir()
    file.write_text('[[cue]]\nid = "new"\nforms = ["مقتل"]\nyes = []\nno = []\n', encoding="utf8")
    with pytest.raises(ResourceError, match="مقتل is also a form of death"):
        load_cues(tmp_path)

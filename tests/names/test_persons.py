"""Persons who are named without a title."""

from __future__ import annotations

from collections.abc import Callable

from sijill.model import Mention, MentionKind

Find = Callable[..., list[Mention]]

BODY, PEOPLE = MentionKind.BODY, MentionKind.PEOPLE


def test_two_known_names_are_a_person(find: Find) -> None:
    assert [m.name for m in find("اعتقلوا محمود خالد في القرية", PEOPLE)] == ["محمود خالد"]


def test_one_given_name_alone_is_none(find: Find) -> None:
    assert find("كان العمل صالح للجميع", PEOPLE) == []


def test_surname_holds_once_the_whole_name_has_been_given(find: Find) -> None:
    found = find("قال وزير النقل بدر سالم الفرقاني إن الطريق مغلق. وأضاف الفرقاني أن", BODY)
    assert [m.name for m in found] == ["وزير النقل بدر سالم الفرقاني", "بدر سالم الفرقاني"]


def test_unknown_subject_of_a_verb_of_saying_speaks(find: Find) -> None:
    assert [m.name for m in find("وقال غرندوفسكي إن الطريق مغلق", BODY)] == ["غرندوفسكي"]

"""Persons who are named without a title."""

from __future__ import annotations

from sijill.model import MentionKind

BODY, PEOPLE = MentionKind.BODY, MentionKind.PEOPLE


def test_two_known_names_are_a_person(find):
    assert [m.name for m in find("اعتقلوا محمود خالد في القرية", PEOPLE)] == ["محمود خالد"]


def test_one_given_name_alone_is_none(find):
    assert find("كان العمل صالح للجميع", PEOPLE) == []


def test_surname_holds_once_the_whole_name_has_been_given(find):
    found = find("قال وزير النقل بدر سالم الفرقاني إن الطريق مغلق. وأضاف الفرقاني أن", BODY)
    assert [m.name for m in found] == ["وزير النقل بدر سالم الفرقاني", "بدر سالم الفرقاني"]


def test_unknown_subject_of_a_verb_of_saying_speaks(find):
    assert [m.name for m in find("وقال غرندوفسكي إن الطريق مغلق", BODY)] == ["غرندوفسكي"]

"""Who speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.model import Mention, MentionKind

Find = Callable[..., list[Mention]]

SPEAKERS = (MentionKind.BODY, MentionKind.OUTLET)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال المتحدث باسم الجيش اللبناني نديم سرحان إن الهدوء عاد", "المتحدث باسم الجيش اللبناني نديم سرحان"),
        ("أفاد مصدر أمني يمني بأن الطريق مغلق", "مصدر أمني يمني"),
        ("ذكر مصدر مقرب من أجهزة الأمن العراقية أن الطريق مغلق", "مصدر مقرب من أجهزة الأمن العراقية"),
        ("قالت مصادر في الدفاع المدني السوري (الخوذ البيضاء) إن", "مصادر في الدفاع المدني السوري الخوذ البيضاء"),
        ("قال مراسلنا إن الطريق مغلق", "مراسلنا"),
        ("أكدت وزارة الدفاع الروسية النبأ", "وزارة الدفاع الروسية"),
        ("كما أعلن وزير النقل أمس", "وزير النقل"),
        ("وأفادت مصادر قناة النور بأن الطريق مغلق", "مصادر قناة النور"),
        ("قال مصدر أمني في مكالمة هاتفية إن الطريق مغلق", "مصدر أمني"),
        ("اتهم ناشطون الجيش بإغلاق الطريق", "ناشطون"),
        ("أعلن المرصد السوري لحقوق الإنسان النبأ", "المرصد السوري لحقوق الإنسان"),
        ('نقلت وكالة "الأناضول" التركية النبأ', "وكالة الأناضول التركية"),
        ('كتبت صحيفة "المدار" اللبنانية', "صحيفة المدار اللبنانية"),
        ("قال شهود عيان إن النار اندلعت", "شهود عيان"),
    ],
)
def test_source_is_the_whole_phrase_up_to_the_particle(find: Find, text: str, name: str) -> None:
    assert [m.name for m in find(text, *SPEAKERS)] == [name]


def test_the_same_source_bears_the_name_without_the_word_for_the_same(find: Find) -> None:
    (found,) = find("وأضاف المصدر ذاته أن الطريق مغلق", *SPEAKERS)
    assert (found.name, found.last - found.first) == ("المصدر", 2)


@pytest.mark.parametrize("text", ["دمر القصف شبكة المياه", "عبرت السفينة قناة السويس", "فقدوا مصدر رزقهم"])
def test_common_nouns_are_no_sources(find: Find, text: str) -> None:
    assert find(text, *SPEAKERS) == []


def test_listener_is_no_part_of_the_speaker(find: Find) -> None:
    assert [m.name for m in find("قال ناشطون لوكالة رويترز إن", *SPEAKERS)] == ["ناشطون", "وكالة رويترز"]


def test_actor_inside_a_source_is_no_mention_of_its_own(find: Find) -> None:
    assert find("قال المتحدث باسم الجيش العراقي إن الطريق مغلق", MentionKind.ACTOR) == []


def test_known_outlet_has_an_id_and_an_english_name(find: Find) -> None:
    (found,) = find("قالت فرانس برس إن الطريق مغلق", *SPEAKERS)
    assert (found.kind, found.ref, found.label) == (MentionKind.OUTLET, "out-afp", "AFP")


def test_outlet_with_an_everyday_name_needs_its_noun(find: Find) -> None:
    assert find("زرع الفلاح في الجزيرة قمحا", MentionKind.OUTLET) == []
    assert [m.ref for m in find("قال مراسل الجزيرة، وأضافت قناة الجزيرة أن", MentionKind.OUTLET)] == ["out-aljazeera"]

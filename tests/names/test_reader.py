"""The reader of names as a whole: what holds on any text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sijill.model import Document, Mention, MentionKind, Text, Values
from sijill.names import NameReader, lexicon_words
from sijill.names.view import View
from sijill.text import TextReader

Find = Callable[..., list[Mention]]

TEXTS = TextReader(extra=lexicon_words())
NAMES = NameReader()
SAMPLE = """
قوات النظام السوري طيران التحالف الدولي مليشيا قسد الحوثيون للجيش التركي لواء صقور الشام الفرقة
25 قال المتحدث باسم وزارة الدفاع مصدر أمني وكالة الأناضول سوق مواقع لقوات أحد عناصره محمود
الحسن العقيد الشاب في على إن أن دمشق روسيا غارة روسية والسورية المصدر ذاته التنظيم تابعة من
مسلحون “ ” ( ) ، . : / - PKK YPG 12 « » لل وال ال
"""
WORDS = SAMPLE.split()


def read(text: str) -> Text:
    return TEXTS.read(Document("x", text))


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_mentions_lie_on_their_words_and_in_order(text: str) -> None:
    cut = read(text)
    found = NAMES.read(cut, Values())
    assert list(found) == sorted(found, key=lambda m: m.span.start)
    for m in found:
        assert 0 <= m.first < m.last <= len(cut.words)
        assert cut.words[m.first].start <= m.span.start < m.span.end == cut.words[m.last - 1].end
        assert m.name.strip() == m.name != ""
        assert m.rule


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert isinstance(NAMES.read(read(text), Values()), tuple)


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_actors_do_not_overlap(text: str) -> None:
    actors = [m for m in NAMES.read(read(text), Values()) if m.kind is MentionKind.ACTOR]
    for one, other in pairwise(actors):
        assert one.span.end <= other.span.start


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join))
def test_view_runs_in_step_with_the_words(text: str) -> None:
    cut = read(text)
    view = View(cut)
    assert view.size == len(view.keys) == len(view.gaps) == len(view.closed)
    assert [cut.words[at] for at in view.index] == view.words


def test_no_text_no_names() -> None:
    assert NAMES.read(read(""), Values()) == ()


def test_place_inside_an_actor_is_part_of_its_name(find: Find) -> None:
    assert find("انسحب جيش تحرير أزواد وحركة أحرار الشام", MentionKind.PLACE) == []


def test_a_list_of_ten_thousand_names_is_read_once_through() -> None:
    text = "قوات النظام السوري و" * 10_000
    assert len([m for m in NAMES.read(read(text), Values()) if m.kind is MentionKind.ACTOR]) == 10_000

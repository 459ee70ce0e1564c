"""News of other fields gives no claims, whatever violent words it uses in peace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sijill.claims.lexicon import load_claims
from sijill.claims.triggers import find_triggers
from sijill.claims.view import views_of
from sijill.model import Document
from sijill.pipeline import Reader

LINES = (Path(__file__).parent / "quiet.txt").read_text("utf8").splitlines()
QUIET = [line for line in LINES if line and not line.startswith("#")]
DAY = date(2024, 5, 17)
MOST = 3


def _types(reader: Reader, text: str) -> list[str]:
    return [claim.type.value for claim in reader.read(Document("example", text, DAY)).claims]


def test_there_are_three_hundred_sentences_and_none_twice() -> None:
    assert len(QUIET) == len(set(QUIET)) == 300


def test_hardly_any_sentence_of_other_news_gives_a_claim(reader: Reader) -> None:
    loud = {text: types for text in QUIET if (types := _types(reader, text))}
    assert len(loud) <= MOST, loud


@pytest.mark.parametrize(
    ("accident", "attack", "kind"),
    [
        ("قتل ثلاثة أشخاص في حادث سير قرب حماة", "قتل ثلاثة أشخاص في قصف قرب حماة", "shelling"),
        ("أصيب طفلان بانهيار مبنى في حلب", "أصيب طفلان بانهيار مبنى في حلب جراء غارة جوية", "air_strike"),
        ("نزحت مئات العائلات من القرية بسبب الفيضانات", "نزحت مئات العائلات من القرية بسبب المعارك", "displacement"),
        ("انفجار أسطوانة غاز في مطعم بعدن", "انفجار عبوة ناسفة في مطعم بعدن", "explosion"),
    ],
)
def test_an_accident_is_no_event_unless_force_is_told_with_it(
    reader: Reader, accident: str, attack: str, kind: str
) -> None:
    assert _types(reader, accident) == []
    assert kind in _types(reader, attack)


def test_the_word_that_an_act_needs_is_no_second_event(reader: Reader) -> None:
    assert _types(reader, "أحبطت الشرطة هجوما انتحاريا في كركوك") == ["interception"]


def test_a_pronoun_stands_for_the_thing_that_a_trigger_needs(reader: Reader) -> None:
    text = Document("example", "المحاولة التي تم إحباطها في الخرطوم", DAY)
    read = reader.text(text)
    values = reader.values(read)
    lexicon = load_claims()
    views = views_of(read, values, reader.mentions(read, values), lexicon.words.prepositions)
    assert [hit.trigger.id for view in views for hit in find_triggers(view, lexicon)] == ["intercept"]


def test_who_leaves_a_place_tells_a_withdrawal_from_a_flight(reader: Reader) -> None:
    assert _types(reader, "خرج مقاتلو الفصيل من مدينة درعا") == ["withdrawal"]
    assert _types(reader, "خرج مئات المدنيين من مدينة درعا") == ["displacement"]


def test_what_goes_on_is_not_denied(reader: Reader) -> None:
    assert _types(reader, "لا تزال قوات النظام تقصف مدينة درعا") == ["shelling"]
    assert _types(reader, "لم تقصف قوات النظام مدينة درعا") == []


def test_a_plan_is_told_an_aim_is_not(reader: Reader) -> None:
    assert _types(reader, "تستعد قوات النظام لشن هجوم على مدينة درعا") == ["offensive"]
    assert _types(reader, "أرسل الوزير وفدا لشن هجوم على مدينة درعا") == []
    assert "offensive" in _types(reader, "دعم الجيش مواقعه في درعا لمواجهة عملية عسكرية مرتقبة")


def test_an_accusative_is_no_verb_of_two(reader: Reader) -> None:
    assert _types(reader, "هربا من القصف") == []
    assert _types(reader, "هرب مئات المدنيين من مدينة درعا") == ["displacement"]

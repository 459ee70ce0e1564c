"""Every trigger of the data finds its `yes` examples; none of its `no` examples becomes a claim by it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.claims.inflection import imperfect_only, verb_forms
from sijill.claims.lexicon import ClaimLexicon, Trigger, load_claims
from sijill.claims.triggers import find_triggers
from sijill.claims.view import views_of
from sijill.errors import ResourceError
from sijill.model import ClaimType, Document
from sijill.pipeline import Reader

LEXICON: ClaimLexicon = load_claims()
YES = [pytest.param(t, text, id=f"{t.id}: {text}") for t in LEXICON.triggers.values() for text in t.yes]
EVENTS = [
    (kind, text)
    for line in (Path(__file__).parent / "events.txt").read_text("utf8").splitlines()
    if line and not line.startswith("#")
    for kind, text in [line.split(" | ")]
]
DAY = date(2024, 5, 17)
WORDS = sorted({word for t in LEXICON.triggers.values() for text in t.yes for word in text.split()})
# Rules of other rooms may cost a sentence; more than that is a change of the vocabulary.
MOST_MISSED = 4
NO = [pytest.param(t, text, id=f"{t.id}: {text}") for t in LEXICON.triggers.values() for text in t.no]


@pytest.mark.parametrize(("trigger", "text"), YES)
def test_finds_its_examples(reader: Reader, trigger: Trigger, text: str) -> None:
    read = reader.text(Document("example", text))
    values = reader.values(read)
    views = views_of(read, values, reader.mentions(read, values), LEXICON.words.prepositions)
    assert trigger.id in {hit.trigger.id for view in views for hit in find_triggers(view, LEXICON)}


@pytest.mark.parametrize(("trigger", "text"), NO)
def test_makes_no_claim_of_what_only_looks_alike(reader: Reader, trigger: Trigger, text: str) -> None:
    claims = reader.read(Document("example", text)).claims
    assert not [claim for claim in claims if f"trigger:{trigger.id}" in claim.why]


def test_sentences_of_all_regions_give_the_one_event_that_they_tell(reader: Reader) -> None:
    given = {
        text: [claim.type.value for claim in reader.read(Document("event", text, DAY)).claims] for _, text in EVENTS
    }
    missed = {text: given[text] for kind, text in EVENTS if given[text] != [kind]}
    assert len(missed) <= MOST_MISSED, missed


@pytest.mark.parametrize(
    "text",
    [
        "لم يتم التوصل خلال الجولة إلى أي اتفاق بين الطرفين.",
        "المخيم ملاذ للعائلات الفارة من هجمات الميليشيا.",
        "ويأتي هذا القصف على البلدة بعد أيام من الهدوء.",
        "قال الناطق إن السكان سيبقون إذا هاجم الجيش المدينة.",
        "وبعد بدء المعركة، واجهت هذه القوات عقبات في ريف دير الزور.",
        "باتت مخلفات القنابل العنقودية مصدرا للموت في الحقول.",
        "تعثرت المفاوضات التجارية بين البلدين.",
    ],
)
def test_what_was_not_reached_what_people_flee_and_what_only_anchors_is_no_event(reader: Reader, text: str) -> None:
    assert not reader.read(Document("quiet", text, DAY)).claims


def test_the_sentences_tell_all_types() -> None:
    assert {kind for kind, _ in EVENTS} == {kind.value for kind in ClaimType}


def test_a_short_imperfect_is_no_form_of_its_own() -> None:
    assert "ترد" not in verb_forms("أردى يردي", "example")  # وردت … ترد


def test_a_perfect_that_begins_like_an_imperfect_stays_perfect() -> None:
    only = imperfect_only("تسلم يتسلم")
    assert "يتسلم" in only
    assert "تسلم" not in only


def test_every_trigger_has_examples_of_both_kinds() -> None:
    assert all(trigger.yes and trigger.no for trigger in LEXICON.triggers.values())


def test_every_type_of_claim_has_a_trigger() -> None:
    assert {trigger.type for trigger in LEXICON.triggers.values()} == set(ClaimType)


@pytest.mark.parametrize("field", ["next", "unless", "before_not", "never_in", "after", "subject"])
def test_a_phrase_among_single_stems_is_refused(field: str) -> None:
    first, *others = LEXICON.triggers.values()
    wrong = msgspec.structs.replace(first, **{field: ["سيارة مفخخة"]})
    with pytest.raises(ResourceError, match="single stems"):
        ClaimLexicon([wrong, *others], LEXICON.clauses, LEXICON.peace)


def test_a_doer_of_no_known_class_is_refused() -> None:
    with pytest.raises(ValueError, match="doer"):
        msgspec.convert({**msgspec.to_builtins(next(iter(LEXICON.triggers.values()))), "doer": "ghosts"}, Trigger)


@given(
    words=st.lists(st.sampled_from([*WORDS, *"،.:«»()#_", "في", "من", "قوات", "النظام", "مدنيين", "12"]), max_size=40)
)
def test_any_row_of_words_is_read(reader: Reader, words: list[str]) -> None:
    text = " ".join(words)
    read = reader.text(Document("row", text))
    values = reader.values(read)
    for view in views_of(read, values, reader.mentions(read, values), LEXICON.words.prepositions):
        hits = find_triggers(view, LEXICON)
        assert all(0 <= hit.first < hit.last <= len(view) for hit in hits)
        assert all(before.last <= hit.first for before, hit in pairwise(hits))


def test_a_trigger_that_rules_speak_of_cannot_be_missing() -> None:
    left = [trigger for trigger in LEXICON.triggers.values() if trigger.id != "toll"]
    with pytest.raises(ResourceError, match="toll"):
        ClaimLexicon(left, LEXICON.clauses, LEXICON.peace)

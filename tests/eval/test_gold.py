"""Our own gold is what the guidelines allow, and what its source says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from eval.board import FLOORS
from eval.gate import gold_hash, load_floors
from eval.gold.build import ROOT, built
from eval.names import fold_name
from eval.scoring import Counted, Judged
from eval.sets import GOLD_FILES, GoldSet, own_sets
from sijill.model import ClaimType, CountKind, CountWho, Modality

# What a name may be called by that its own report does not write: the country of an adjective.
COUNTRIES = {fold_name(name)[0] for name in ("تركيا", "روسيا", "إسرائيل", "أمريكا", "إيران")}
SETS = own_sets()


def claims() -> Iterator[tuple[str, str, Judged]]:
    for chosen in SETS:
        for reading in chosen.gold:
            for claim in reading.claims:
                yield reading.doc, chosen.texts[reading.doc], claim


def spans(claim: Judged) -> Iterator[tuple[int, int]]:
    yield claim.trigger
    yield from (count.span for count in claim.counts)
    if claim.date:
        yield claim.date.span
    for field in ("place", "agent", "target", "source"):
        for name in claim.named(field):
            assert name.span is not None
            yield name.span


def test_built_files_are_those_of_the_source() -> None:
    stale = [str(path) for path, content in built().items() if (ROOT / path).read_text(encoding="utf8") != content]
    assert stale == [], "run: python -m eval.gold.build"


def test_the_floors_were_taken_on_this_gold() -> None:
    floors = load_floors(FLOORS)
    assert floors
    assert floors.gold == gold_hash(GOLD_FILES)


@pytest.mark.parametrize("chosen", SETS, ids=lambda chosen: chosen.name)
def test_every_report_has_gold_and_the_other_way_round(chosen: GoldSet) -> None:
    assert [document.id for document in chosen.documents] == [reading.doc for reading in chosen.gold]
    days = {d.id: d.published.isoformat() if d.published else None for d in chosen.documents}
    assert days == {reading.doc: reading.published for reading in chosen.gold}


def test_spans_lie_on_whole_words_of_the_text() -> None:
    bad = [
        (doc, text[start:end])
        for doc, text, claim in claims()
        for start, end in spans(claim)
        if not 0 <= start < end <= len(text)
        or text[start:end] != text[start:end].strip()
        or text[end : end + 1].isalpha()
    ]
    assert bad == []


def test_types_kinds_and_modalities_are_those_of_the_model() -> None:
    for _, _, claim in claims():
        assert claim.type in set(ClaimType)
        assert claim.modality in set(Modality)
        for count in claim.counts:
            assert count.kind in set(CountKind)
            assert count.who in set(CountWho)


def test_every_type_is_told_and_twelve_reports_tell_none() -> None:
    assert {claim.type for _, _, claim in claims()} == set(ClaimType)
    assert sum(not reading.claims for chosen in SETS for reading in chosen.gold) >= 12


def test_no_claim_is_given_twice() -> None:
    keys = [(doc, claim.type, claim.trigger) for doc, _, claim in claims()]
    assert len(set(keys)) == len(keys)


def written(word: str, words: set[str]) -> bool:
    """Whether `word` stands in the text, bare, behind proclitics or with a pronoun (`قواتها`), or names a country."""
    return any(has.endswith((word, word.removeprefix("ل"))) or has.startswith(word) for has in words)


def test_names_are_written_in_their_report() -> None:
    bad = []
    for doc, text, claim in claims():
        words = set(fold_name(re.sub("[،#_]", " ", text))) | COUNTRIES
        for field in ("place", "agent", "target", "source"):
            for name in claim.named(field):
                assert name.name
                missing = [word for word in fold_name(name.name) if not written(word, words)]
                if missing or any(mark in name.name for mark in '"«»“”'):
                    bad.append((doc, name.name, missing))
    assert bad == []


VAGUE = {"عشرات": (20, 99), "مئات": (200, 999), "آلاف": (2000, 9999)}
OPEN_LOW = ("أكثر من", "ما لا يقل عن", "على الأقل")
LARGE = ("عدد كبير من", "عدة", "عدد من", "بضعة", "العديد", "كثير")


def expected_amount(words: str) -> tuple[int | None, int | None] | None:
    """The range that the table of the guidelines gives for words whose amount is vague; None for the others."""
    first, *rest = (word.removeprefix("ال") for word in words.split())
    if words.startswith(LARGE):
        return 3, None
    if first == "مئات" and rest[:1] == ["آلاف"]:
        return 200_000, 999_999
    return VAGUE.get(first)


def test_vague_amounts_follow_the_table() -> None:
    seen = 0
    for doc, text, claim in claims():
        for count in claim.counts:
            words = text[slice(*count.span)]
            expected = expected_amount(words)
            if expected is not None:
                seen += 1
                assert (count.low, count.high) == expected, (doc, words)
            if any(mark in words for mark in OPEN_LOW):
                assert count.high is None, (doc, words)
    assert seen >= 8


def written_digits(count: Counted, text: str) -> str:
    return "".join(c if c.isdigit() else " " for c in text[slice(*count.span)]).strip()


def test_amounts_in_digits_are_those_digits() -> None:
    for doc, text, claim in claims():
        for count in claim.counts:
            digits = written_digits(count, text)
            if digits and " " not in digits and "ألف" not in text[slice(*count.span)]:
                assert count.low == int(digits), (doc, text[slice(*count.span)])


def test_days_run_forward_and_are_days() -> None:
    for _, _, claim in claims():
        if claim.date:
            assert claim.date.start
            assert claim.date.end
            assert date.fromisoformat(claim.date.start) <= date.fromisoformat(claim.date.end)


def test_weekdays_fall_on_the_days_given() -> None:
    weekdays = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    seen = 0
    for doc, text, claim in claims():
        if claim.date and claim.date.start and claim.date.end:
            words = text[slice(*claim.date.span)]
            days = {date.fromisoformat(day).weekday() for day in (claim.date.start, claim.date.end)}
            named = {number for number, name in enumerate(weekdays) if name in words.replace("الإثنين", "الاثنين")}
            seen += bool(named)
            assert named <= days or words.startswith("منذ"), (doc, words)
    assert seen >= 15

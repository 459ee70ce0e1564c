"""Near-duplicates: what counts as one, and that it is found among many others."""

from __future__ import annotations

import random

import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from sijill.casefile import CaseFile
from sijill.casefile.duplicates import FULL, SAMPLE, THRESHOLD, jaccard, sample_of, shingles
from tests.casefile.conftest import Adder, given

WORDS = [f"كلمة{chr(0x0627 + number % 25)}{number}" for number in range(4000)]


def story(seed: int, length: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)  # noqa: S311  (the same words in every run)


def test_groups_of_five_words() -> None:
    assert len(shingles("واحد اثنان ثلاثة أربعة خمسة ستة سبعة")) == 3
    assert len(shingles("واحد اثنان")) == 1
    assert shingles("واحد اثنان") != shingles("اثنان واحد")
    assert shingles("") == shingles(" … ، ")


def test_spelling_and_marks_make_no_difference() -> None:
    assert shingles("أُصيب، إلى مدرسةٍ في المدينة.") == shingles("اصيب الى مدرسه في المدينة")


@example(st.text(), st.text())
def test_the_index_is_even_and_of_a_text_with_itself_one(one: str, two: str) -> None:
    first, second = shingles(one), shingles(two)
    assert jaccard(first, second) == jaccard(second, first)
    assert jaccard(first, first) == 1
    assert all(0 <= value < 2**63 for value in first)
    assert len(sample_of(first)) == min(SAMPLE, len(first))


@example(st.text(max_size=40), st.text(max_size=40))
def test_a_rolling_hash_is_that_of_the_group_alone(before: str, after: str) -> None:
    group = "واحد اثنان ثلاثة أربعة خمسة"
    assert shingles(group) <= shingles(f"{before} {group} {after}")


@example(st.frozensets(st.integers(0, 2**61 - 2), max_size=80) | st.frozensets(st.integers(2**60, 2**60 + 99)))
def test_the_sample_is_the_smallest_hashes_however_they_lie(found: frozenset[int]) -> None:
    assert sample_of(found) == sorted(found)[:SAMPLE]


def test_a_copy_with_another_title_or_end_is_of_the_family(case: CaseFile, add: Adder) -> None:
    stories = [story(seed) for seed in range(25)]
    add(*(given(" ".join(words), f"s{seed}") for seed, words in enumerate(stories)))
    title = "عنوان آخر من ست كلمات هنا"
    add(
        given(f"{title}\n{' '.join(stories[7])}", "titled"),
        given(" ".join([*stories[9][:100], *story(99, 8)]), "ended"),
        given(" ".join([*stories[11][:40], *story(98, 80)]), "another"),
    )
    leads = {row.id: row.family for row in case.documents()}
    assert leads["titled"] == leads["s7"]
    assert leads["ended"] == leads["s9"]
    assert leads["another"] not in {leads[f"s{seed}"] for seed in range(25)}
    for row in case.documents():
        assert row.likeness == 1 if row.family == row.n else THRESHOLD <= row.likeness < 1
    assert list(case.verify()) == []


def test_a_phrase_that_every_report_has_makes_no_family(case: CaseFile, add: Adder) -> None:
    foot = "تابعوا أخبارنا على قناتنا في كل وقت من اليوم"
    names = [f"s{seed}" for seed in range(FULL + 5)]
    add(*(given(f"{' '.join(story(seed, 60))} {foot}", name) for seed, name in enumerate(names)))
    assert all(row.family == row.n for row in case.documents())
    assert list(case.verify()) == []


@pytest.mark.parametrize("length", [1, 3, 6])
def test_short_reports_are_compared_whole(case: CaseFile, add: Adder, length: int) -> None:
    add(given(" ".join(story(1, length)), "a"), given(" ".join(story(1, length)) + " !", "b"))
    first, second = case.documents()
    assert (second.family, second.likeness) == (first.n, 1.0)

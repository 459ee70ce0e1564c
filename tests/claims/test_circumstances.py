"""When and where claims happened, on sentences of our own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sijill.model import Document
from sijill.pipeline import Reader

DAY = date(2023, 5, 3)  # a Wednesday
LINES = [
    line
    for line in (Path(__file__).parent / "circumstances.txt").read_text("utf8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("line", LINES)
def test_when_and_where_it_happened(reader: Reader, line: str) -> None:
    trigger, day, places, sentence = (part.strip() for part in line.split("|"))
    claims = reader.read(Document("one", sentence, DAY)).claims
    found = [claim for claim in claims if claim.trigger_text.endswith(trigger)]
    assert len(found) == 1, [claim.trigger_text for claim in claims]
    claim = found[0]
    assert (str(claim.date.start) if claim.date is not None else "-") == day
    if places:
        assert [place.name for place in claim.places] == [name.strip() for name in places.split("،")]


def test_the_place_of_a_pronoun_may_stand_further_back_than_its_sentence_is_long(reader: Reader) -> None:
    [claim] = reader.read(Document("one", "غزة مدينة كبيرة على البحر. تحاصرها قوات الدعم السريع", DAY)).claims
    assert [place.name for place in claim.places] == ["غزة"]
    assert reader.read(Document("two", "غزة من يملك العتاد. تحاصرها الدعم السريع")).claims

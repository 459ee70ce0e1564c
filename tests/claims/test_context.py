"""What a report tells around a claim: the fields beside those that its sentence states."""

from __future__ import annotations

from datetime import date

import pytest

from sijill.model import Claim, Document
from sijill.pipeline import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def claims(reader: Reader, text: str, published: date | None = date(2024, 3, 20)) -> tuple[Claim, ...]:
    return reader.read(Document("x", text, published)).claims


LEAD = "قصفت قوات النظام بلدة سرمين يوم الاثنين. وأصيب مدنيان بجروح. ودمرت غارة جوية مدرسة."


def test_a_claim_without_a_time_is_lent_that_of_the_claim_before(reader: Reader) -> None:
    first, *others = claims(reader, LEAD)
    assert first.date is not None
    assert first.context_date is None
    assert others
    assert all(claim.date is None and claim.context_date == first.date for claim in others)


def test_a_claim_without_a_place_is_lent_those_of_the_claim_before(reader: Reader) -> None:
    first, *others = claims(reader, LEAD)
    assert [place.name for place in first.places] == ["سرمين"]
    assert first.context_places == ()
    assert all(claim.places == () and claim.context_places == first.places for claim in others)


def test_what_is_lent_keeps_the_characters_that_it_rests_on(reader: Reader) -> None:
    for claim in claims(reader, LEAD):
        for lent in (claim.context_date, *claim.context_places):
            assert lent is None or lent.span.cut(LEAD) == lent.text


def test_history_lends_no_time(reader: Reader) -> None:
    text = "وسيطرت الفصائل على مدينة إدلب في آذار 2015. وقصفت الطائرات السوق بصواريخ."
    _, second = claims(reader, text)
    assert second.date is None
    assert second.context_date is None


def test_a_lead_that_states_two_times_lends_none_far_away(reader: Reader) -> None:
    filler = "\n".join("وتحدث السكان عن أوضاعهم في السوق." for _ in range(6))
    text = (
        "قصفت قوات النظام بلدة سرمين يوم الاثنين.\nوقصفت الطائرات مدينة بنش يوم الثلاثاء.\n"
        f"{filler}\nوأصيب ثلاثة مدنيين بجروح."
    )
    *_, last = claims(reader, text)
    assert last.date is None
    assert last.context_date is None


def test_a_report_without_any_time_lends_none(reader: Reader) -> None:
    told = claims(reader, "قصفت قوات النظام بلدة سرمين. وأصيب مدنيان بجروح.", None)
    assert told
    assert all(claim.context_date is None for claim in told)

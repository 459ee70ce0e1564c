"""What a report's reading notes for a person, beyond its claims."""

from __future__ import annotations

from datetime import date

import pytest

from sijill.model import Document
from sijill.pipeline import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def codes(reader: Reader, text: str) -> list[str]:
    return [note.code for note in reader.read(Document("x", text, date(2024, 3, 6))).notes]


def test_a_day_after_the_publication_is_kept_and_noted(reader: Reader) -> None:
    text = "قصفت قوات النظام بلدة سرمين في 5 آذار 2027."
    report = reader.read(Document("x", text, date(2024, 3, 6)))
    assert report.claims[0].date is not None
    assert report.claims[0].date.start == date(2027, 3, 5)
    assert [(note.code, note.span.cut(text) if note.span else "") for note in report.notes] == [
        ("after-publication", report.claims[0].date.text)
    ]


def test_a_plan_may_lie_ahead(reader: Reader) -> None:
    assert "after-publication" not in codes(reader, "تعتزم القوات شن هجوم على مدينة منبج في 5 آذار 2025.")


def test_a_day_of_years_ago_in_the_lead_is_kept_and_noted(reader: Reader) -> None:
    assert codes(reader, "قصفت قوات النظام بلدة سرمين في 5 آذار 2014.") == ["years-away"]


def test_history_told_later_needs_no_note(reader: Reader) -> None:
    told = "قصفت قوات النظام بلدة سرمين أمس. وأصيب مدنيان بجروح.\nوقصفت القوات البلدة في 5 آذار 2014."
    assert codes(reader, told) == []


def test_a_report_that_contradicts_itself_yields_both_claims(reader: Reader) -> None:
    text = "قتل ثلاثة مدنيين في قصف على بلدة سرمين. وقالت مصادر محلية إن القصف أدى إلى مقتل خمسة مدنيين."
    counts = [(c.low, c.high) for claim in reader.read(Document("x", text)).claims for c in claim.counts]
    assert counts == [(3, 3), (5, 5)]


def test_nested_speech_ends(reader: Reader) -> None:
    text = "قال «أكد «ذكر «قال إن «أفاد بأن «" * 200 + "القوات قصفت حلب"
    assert all(len(claim.sources) <= 8 for claim in reader.read(Document("x", text)).claims)

"""Incident records: lines of a label, a colon and a value tell one event together."""

from __future__ import annotations

from datetime import date

import pytest

from sijill.claims.records import Label
from sijill.model import ClaimType, Document
from sijill.pipeline import Reader

DAY = date(2023, 5, 3)
RECORD = """رقم الحادثة: K-17
التاريخ: 9 شباط/فبراير 2022
المكان: سوق الفرقة - مدينة كسلا
نوع الحادثة: قصف مدفعي على سوق شعبي
الجهة المسؤولة: قوات الدعم السريع
القتلى المدنيون: 7 – 9 (بينهم 4 أطفال وامرأتان)
الجرحى: 12 على الأقل
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_the_lines_of_a_record_are_one_claim(reader: Reader) -> None:
    (claim,) = reader.read(Document("r", RECORD, DAY)).claims
    assert (claim.type, claim.trigger_text) == (ClaimType.SHELLING, "قصف")
    assert claim.date is not None
    assert str(claim.date.start) == "2022-02-09"
    assert "كسلا" in [place.name for place in claim.places]
    assert [agent.name for agent in claim.agents] == ["قوات الدعم السريع"]
    told = [(count.kind.value, count.who.value, count.low, count.high) for count in claim.counts]
    assert told == [
        ("killed", "civilians", 7, 9),
        ("killed", "children", 4, 4),
        ("killed", "women", 2, 2),
        ("injured", "unspecified", 12, None),
    ]


def test_each_record_of_a_page_is_a_claim(reader: Reader) -> None:
    second = RECORD.replace("قصف مدفعي على سوق شعبي", "غارة جوية").replace("كسلا", "الفاشر")
    claims = reader.read(Document("r", f"{RECORD}\n{second}", DAY)).claims
    assert [claim.type for claim in claims] == [ClaimType.SHELLING, ClaimType.AIR_STRIKE]
    assert ["الفاشر" in [place.name for place in claim.places] for claim in claims] == [False, True]


def test_labels_without_a_kind_are_lines_as_others(reader: Reader) -> None:
    lines = RECORD.replace("نوع الحادثة: قصف مدفعي على سوق شعبي\n", "")
    assert ClaimType.SHELLING not in [claim.type for claim in reader.read(Document("r", lines, DAY)).claims]


@pytest.mark.parametrize("text", ["نوع الحادثة:", "التاريخ: :\nالمكان:\nنوع الحادثة: : :\nالقتلى: 0 – 0", ":\n:\n:"])
def test_labels_without_values_tell_nothing(reader: Reader, text: str) -> None:
    assert reader.read(Document("r", text, DAY)).claims == ()


@pytest.mark.parametrize("wrong", [{"field": "colour"}, {"field": "toll"}, {"field": "date", "count": "killed"}])
def test_a_label_of_no_field_or_no_count_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="label 'x'"):
        Label(id="x", words=["التاريخ"], **wrong)  # type: ignore[arg-type]


def test_a_label_of_two_words_and_a_form_by_its_name(reader: Reader) -> None:
    lines = """ملف واقعة | رقم 0093/2023
اسم الواقعة: اقتحام مخيم الزهور للنازحين
الولاية/المحلية: غرب دارفور
الفترة: 12 – 14 يونيو 2022
الجهة الفاعلة: قوات الدعم السريع
عدد القتلى: أكثر من 130
"""
    (claim,) = reader.read(Document("r", lines, DAY)).claims
    assert claim.date is not None
    assert (str(claim.date.start), str(claim.date.end)) == ("2022-06-12", "2022-06-14")
    assert [place.name for place in claim.places] == ["غرب دارفور", "مخيم الزهور"]
    assert [agent.name for agent in claim.agents] == ["قوات الدعم السريع"]
    assert [(count.low, count.high) for count in claim.counts] == [(130, None)]

"""Tolls that a list breaks down by party, place, means or class of people (invented)."""

from __future__ import annotations

from datetime import date

from sijill.model import Claim, ClaimType, Document
from sijill.pipeline import Reader


def _read(reader: Reader, *lines: str) -> list[Claim]:
    return list(reader.read(Document("example", "\n".join(lines), date(2022, 9, 17))).claims)


def _rows(claims: list[Claim]) -> list[tuple[str, list[str], list[str], list[tuple[str, int | None]]]]:
    return [
        (
            claim.type.value,
            [agent.name for agent in claim.agents],
            [place.name for place in claim.places],
            [(count.who.value, count.low) for count in claim.counts],
        )
        for claim in claims
    ]


def test_each_party_has_its_toll(reader: Reader) -> None:
    claims = _read(
        reader,
        "ويتوزع القتلى بحسب الجهة الفاعلة على النحو الآتي:",
        "- جماعة الحوثيين: 51 مدنيا، بينهم 11 طفلا",
        "- قوات التحالف العربي: 14",
        "- جهات لم تحدد: ستة مدنيين",
    )
    assert _rows(claims) == [
        ("casualties", ["جماعة الحوثيين"], [], [("civilians", 51), ("children", 11)]),
        ("casualties", ["قوات التحالف العربي"], [], [("unspecified", 14)]),
        ("casualties", [], [], [("civilians", 6)]),
    ]
    assert not any(claim.sources for claim in claims)


def test_numbered_lines_by_place_take_the_people_above(reader: Reader) -> None:
    claims = _read(reader, "قتل 40 مدنيا في أيلول، توزعوا على المحافظات كالتالي:", "1. حلب: 28", "2. درعا: 12")
    assert _rows(claims)[1:] == [
        ("casualties", [], ["حلب"], [("civilians", 28)]),
        ("casualties", [], ["درعا"], [("civilians", 12)]),
    ]


def test_a_label_of_means_gives_the_type(reader: Reader) -> None:
    claims = _read(reader, "أصيب 32 مدنيا وفق الوسائل التالية:", "• القصف المدفعي: 20", "• الألغام: 12")
    assert [claim.type for claim in claims[1:]] == [ClaimType.SHELLING, ClaimType.EXPLOSION]
    assert [claim.counts[0].kind.value for claim in claims[1:]] == ["injured", "injured"]


def test_a_class_of_people_is_a_part_of_the_toll_above(reader: Reader) -> None:
    claims = _read(reader, "مقتل 30 مدنيا في حلب خلال الشهر الماضي، بينهم:", "- الأطفال: 17", "- النساء: 9")
    assert len(claims) == 1
    assert [(count.who.value, count.low) for count in claims[0].counts] == [
        ("civilians", 30),
        ("children", 17),
        ("women", 9),
    ]


def test_a_party_before_the_verb_of_its_line_acts(reader: Reader) -> None:
    claims = _read(reader, "الأطراف الفاعلة:", "- القوات الروسية: قتلت 12 مدنيا", "ب- قوات النظام: قتلت تسعة")
    assert [[agent.name for agent in claim.agents] for claim in claims] == [["القوات الروسية"], ["قوات النظام"]]
    assert not any(claim.sources for claim in claims)


def test_a_list_of_other_things_counts_nobody(reader: Reader) -> None:
    assert not _read(reader, "أسعار الخضار في السوق:", "- حلب: 40", "- إدلب: 35")
    assert not _read(reader, "الحضور بحسب المحافظات كالتالي:", "- حلب: 40 طالبا", "- إدلب: 35")

"""Who does it and to whom, on sentences of all regions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sijill.model import Document
from sijill.pipeline import Reader

_LINES = Path(__file__).with_name("roles.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line.split(" | ") for line in _LINES if line and not line.startswith("#")]


def _names(cell: str) -> list[str]:
    return sorted(name.strip() for name in cell.split("،") if name.strip())


@pytest.mark.parametrize(("sides", "sentence"), SENTENCES)
def test_each_party_has_its_side(reader: Reader, sides: str, sentence: str) -> None:
    agents, targets = sides.split(">")
    claims = reader.read(Document("roles", sentence, date(2024, 3, 6))).claims
    assert len(claims) == 1
    assert sorted(agent.name for agent in claims[0].agents) == _names(agents)
    assert sorted(target.name for target in claims[0].targets) == _names(targets)


@pytest.mark.parametrize(
    "sentence",
    [
        "أخفق المسلحون في القيام بتفجيرات داخل تونس",
        "ظلت جربة بعيدة عن هجمات القاعدة",
        "رفضت القبائل الانخراط في القتال ضد الجيش",
    ],
)
def test_what_was_failed_or_refused_did_not_happen(reader: Reader, sentence: str) -> None:
    assert reader.read(Document("roles", sentence, date(2024, 3, 6))).claims == ()


@pytest.mark.parametrize("sentence", ["تطمح إثيوبيا إلى تدمير الجسور في الإقليم", "تستعد الحركة لمهاجمة ميناء كيسمايو"])
def test_what_is_aspired_to_is_planned(reader: Reader, sentence: str) -> None:
    claims = reader.read(Document("roles", sentence, date(2024, 3, 6))).claims
    assert [claim.modality.value for claim in claims] == ["planned"]


@pytest.mark.parametrize(
    ("sentence", "trigger", "agents"),
    [
        ("داهمت قوات الأمن منزلا في حماة واعتُقل ثلاثة شبان", "اعتُقل", []),
        ("أطلقت قوات الأمن النار على معتصمين قطعوا الجسر، قبل أن تنسحب من الساحة", "تنسحب", ["قوات الأمن"]),
    ],
)
def test_who_acted_before_goes_on_past_what_others_do(
    reader: Reader, sentence: str, trigger: str, agents: list[str]
) -> None:
    claims = reader.read(Document("roles", sentence, date(2024, 3, 6))).claims
    found = [claim for claim in claims if claim.trigger_text.endswith(trigger)]
    assert [[agent.name for agent in claim.agents] for claim in found] == [agents]

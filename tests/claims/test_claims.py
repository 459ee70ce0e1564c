"""What the claims room makes of single sentences: one construction a test (invented events)."""

from __future__ import annotations

from datetime import date

import pytest

from sijill.model import Claim, Document, Modality
from sijill.pipeline import Reader

DAY = date(2023, 5, 3)  # a Wednesday


def _read(reader: Reader, text: str) -> tuple[Claim, ...]:
    return reader.read(Document("example", text, DAY)).claims


def _only(reader: Reader, text: str) -> Claim:
    claims = _read(reader, text)
    assert len(claims) == 1, [claim.trigger_text for claim in claims]
    return claims[0]


def _counts(claim: Claim) -> list[tuple[str, str, int | None, int | None]]:
    return [(count.kind.value, count.who.value, count.low, count.high) for count in claim.counts]


def test_harm_and_its_means_are_one_claim_of_the_means(reader: Reader) -> None:
    claim = _only(reader, "قُتل ثلاثة مدنيين وأصيب خمسة آخرون جراء قصف مدفعي لقوات النظام على بلدة سرمين.")
    assert claim.type == "shelling"
    assert claim.trigger_text.startswith("قصف")
    assert _counts(claim) == [("killed", "civilians", 3, 3), ("injured", "civilians", 5, 5)]
    assert [place.name for place in claim.places] == ["سرمين"]
    assert [agent.name for agent in claim.agents] == ["قوات النظام"]


def test_an_effect_hangs_on_the_attack_before_it(reader: Reader) -> None:
    claim = _only(reader, "استهدفت غارة جوية روسية سوقا في مدينة إدلب، ما أسفر عن مقتل أربعة أشخاص بينهم طفلان.")
    assert claim.type == "air_strike"
    assert _counts(claim) == [("killed", "unspecified", 4, 4), ("killed", "children", 2, 2)]
    assert [agent.name for agent in claim.agents] == ["روسيا"]


def test_one_amount_for_the_dead_and_the_wounded(reader: Reader) -> None:
    claim = _only(reader, "قتل وأصيب العشرات من المدنيين بقصف جوي على بلدة معرة مصرين.")
    assert _counts(claim) == [("killed_or_injured", "civilians", 20, 99)]


def test_killing_and_arrest_are_two_claims(reader: Reader) -> None:
    claims = _read(reader, "قتلت القوات الإسرائيلية شابين واعتقلت خمسة آخرين في مدينة جنين.")
    assert [claim.type.value for claim in claims] == ["killing", "detention"]
    assert [_counts(claim) for claim in claims] == [
        [("killed", "unspecified", 2, 2)],
        [("detained", "unspecified", 5, 5)],
    ]
    assert all([agent.name for agent in claim.agents] == ["القوات الإسرائيلية"] for claim in claims)


def test_counted_attacks_are_told_by_their_numbers(reader: Reader) -> None:
    claims = _read(reader, "ومن بين هذه الهجمات نحو 60 غارة جوية وأكثر من 300 هجوم مدفعي.")
    assert [claim.type.value for claim in claims] == ["air_strike", "shelling"]


def test_a_toll_hangs_on_the_attack_that_it_is_of(reader: Reader) -> None:
    claim = _only(reader, "قتلت طفلة وأصيب 10 مدنيين، في حصيلة غير نهائية لقصف صاروخي على مدينة سرمين.")
    assert _counts(claim) == [("killed", "children", 1, 1), ("injured", "civilians", 10, 10)]


def test_the_hurt_told_as_well_are_of_the_same_attack(reader: Reader) -> None:
    claim = _only(reader, "قتل مدني في قصف على بلدة سرمين، كما أصيب ثلاثة مدنيين بجروح.")
    assert _counts(claim) == [("killed", "civilians", 1, 1), ("injured", "civilians", 3, 3)]
    apart = _read(reader, "قتل مدني في قصف على بلدة سرمين، كما أصيب ثلاثة مدنيين في قصف على بلدة النيرب.")
    assert len(apart) == 2


def test_two_sides_of_a_fight(reader: Reader) -> None:
    claim = _only(reader, "اندلعت اشتباكات بين الجيش اليمني ومسلحي جماعة الحوثي في مديرية حيس.")
    assert claim.type == "armed_clash"
    assert [agent.name for agent in claim.agents] == ["الجيش اليمني"]
    assert [target.name for target in claim.targets] == ["مسلحي جماعة الحوثي"]


@pytest.mark.parametrize(
    "text",
    [
        "لم يقتل أحد في المدينة.",
        "وقصفت القوات أطراف البلدة دون وقوع إصابات.",
        "عاد الأهالي إلى القرية من دون سقوط ضحايا.",
    ],
)
def test_what_did_not_happen_is_not_counted(reader: Reader, text: str) -> None:
    assert not [claim for claim in _read(reader, text) if claim.counts]


def test_a_denial_is_a_claim_denied(reader: Reader) -> None:
    claim = _only(reader, "نفى الجيش السوداني قصف مخيم زمزم.")
    assert claim.modality == "denied"
    assert [source.name for source in claim.sources] == ["الجيش السوداني"]


def test_an_accusation_is_alleged(reader: Reader) -> None:
    claims = _read(reader, "اتهم ناشطون قوات النظام بقصف مدرسة في مدينة درعا.")
    assert [claim.modality.value for claim in claims] == ["alleged"]
    assert [agent.name for agent in claims[0].agents] == ["قوات النظام"]
    assert [source.name for source in claims[0].sources] == ["ناشطون"]


def test_an_aim_is_no_event(reader: Reader) -> None:
    claims = _read(reader, "حشد الجيش قواته قرب المدينة بهدف السيطرة على مطار المدينة.")
    assert not [claim for claim in claims if claim.type == "territory_gained"]


def test_the_day_of_the_report_is_not_the_day_of_the_event(reader: Reader) -> None:
    claim = _only(
        reader, "قال المرصد السوري لحقوق الإنسان اليوم الأربعاء إن شخصين قتلا بانفجار لغم في ريف حماة الشرقي."
    )
    assert claim.date is None
    assert [source.name for source in claim.sources] == ["المرصد السوري لحقوق الإنسان"]


def test_a_relative_day_is_counted_from_the_publication_day(reader: Reader) -> None:
    claim = _only(reader, "قتل جنديان بانفجار عبوة ناسفة في مدينة الرقة أمس الثلاثاء.")
    assert claim.type == "explosion"
    assert claim.date is not None
    assert (claim.date.start, claim.date.end) == (date(2023, 5, 2), date(2023, 5, 2))


def test_according_to_stands_behind_what_is_said(reader: Reader) -> None:
    claim = _only(reader, "قُتل شخص برصاص قناص في حي الزهراء بمدينة تعز، وفق مصدر طبي.")
    assert claim.type == "killing"
    assert [source.name for source in claim.sources] == ["مصدر طبي"]


def test_lines_below_a_colon_are_counted_above(reader: Reader) -> None:
    text = "قُتل أربعة أشخاص في اشتباكات بريف درعا، والقتلى هم:\n- 3 من قوات النظام\n- مدني\n"
    counts = [count for claim in _read(reader, text) for count in _counts(claim)]
    assert ("killed", "civilians", 1, 1) in counts
    assert any(kind == "killed" and low == 3 for kind, _, low, _ in counts)


def test_bodies_of_the_air_force_of_peace_make_no_war(reader: Reader) -> None:
    assert not _read(reader, "قصف مهاجم الفريق شباك ضيفه بثلاثة أهداف في المباراة.")


def test_a_hashtag_tells_nothing(reader: Reader) -> None:
    assert not _read(reader, "#القصف_الإسرائيلي #قصف_دمشق")


def test_claims_of_a_sentence_added_behind_leave_those_before_unchanged(reader: Reader) -> None:
    text = "قصفت قوات النظام بلدة سرمين أمس، ما أدى إلى مقتل مدني.\n"
    first = _read(reader, text)
    more = _read(reader, text + "وقالت وزارة الصحة إن الطقس بارد.\n")
    assert [(c.trigger, c.type, c.counts, c.places) for c in first] == [
        (c.trigger, c.type, c.counts, c.places) for c in more
    ]


def test_ids_are_stable_and_unique(reader: Reader) -> None:
    text = "قصفت قوات النظام بلدة سرمين. وشنت طائرات روسية غارات على مدينة إدلب."
    once, again = _read(reader, text), _read(reader, text)
    assert [claim.id for claim in once] == [claim.id for claim in again]
    assert len({claim.id for claim in once}) == len(once) == 2


def test_a_reporter_killed_is_counted_a_reporter_who_speaks_is_not(reader: Reader) -> None:
    claim = _only(reader, "قتلت قوات الاحتلال مراسلة قناة النور في مدينة جنين.")
    assert _counts(claim) == [("killed", "journalists", 1, 1)]
    claim = _only(reader, "قال مراسل قناة النور إن القصف مستمر على مدينة غزة.")
    assert not claim.counts
    assert [source.name for source in claim.sources] == ["مراسل قناة النور"]


def test_a_relative_clause_is_no_plan(reader: Reader) -> None:
    claims = _read(reader, "حذرت الأمم المتحدة من هجوم على مدينة الفاشر التي تحاصرها قوات الدعم السريع.")
    assert {claim.type.value: claim.modality.value for claim in claims}["siege"] == "asserted"


def test_what_lies_ahead_is_planned(reader: Reader) -> None:
    text = "تنطلق في جدة الثلاثاء المقبل جولة جديدة من المحادثات بين الجيش السوداني وقوات الدعم السريع."
    (claim,) = reader.read(Document("p", text, date(2023, 5, 3))).claims
    assert claim.modality is Modality.PLANNED
    assert claim.date is not None
    assert str(claim.date.start) == "2023-05-09"

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.model import CountKind, CountWho, Quantity, Values

Read = Callable[..., Values]


def _only(read: Read, text: str, policy: str = "guidelines") -> Quantity:
    (quantity,) = [one for one in read(text, policy=policy).quantities if not (one.bare and one.definite)]
    return quantity


@pytest.mark.parametrize(
    ("text", "low", "high", "amount"),
    [
        ("400 مدني", 400, 400, "400"),
        ("نحو 400 مدني", 400, 400, "400"),
        ("قرابة مئة مدني", 100, 100, "مئة"),
        ("أكثر من 240 شخصا", 240, None, "240"),
        ("ما لا يقل عن 15 شخصا", 15, None, "15"),
        ("15 شخصا على الأقل", 15, None, "15"),
        ("أقل من 20 جنديا", None, 20, "20"),
        ("ما يصل إلى 50 مقاتلا", None, 50, "50"),
        ("بين 30 و40 عنصرا", 30, 40, "بين 30 و40"),
        ("بين 20 و30 ألف مدني", 20_000, 30_000, "بين 20 و30 ألف"),
        ("من 30 إلى 40 شخصا", 30, 40, "من 30 إلى 40"),
        ("30-40 شخصا", 30, 40, "30-40"),
        ("ثلاثة أو أربعة أشخاص", 3, 4, "ثلاثة أو أربعة"),
        ("شخصان", 2, 2, "شخصان"),
        ("طفلتين", 2, 2, "طفلتين"),
        ("امرأتين", 2, 2, "امرأتين"),
        ("مدنيين", 2, None, "مدنيين"),
        ("جرحى", 2, None, "جرحى"),
        ("عدة أشخاص", 3, None, "عدة"),
        ("عدد من الجنود", 3, None, "عدد"),
        ("عدد كبير من هؤلاء المدنيين", 3, None, "عدد"),
        ("عدد كبير جدا من المدنيين", 3, None, "عدد"),
        ("عدد منهم", 3, None, "عدد"),
        ("العديد منهم", 3, None, "العديد"),
        ("العديد من العائلات", 3, None, "العديد"),
        ("عشرات القتلى", 20, 99, "عشرات"),
        ("مئات العائلات", 200, 999, "مئات"),
        ("آلاف النازحين", 2000, 9999, "آلاف"),
        ("عشرات الآلاف من المدنيين", 20_000, 99_999, "عشرات الآلاف"),
        ("عشرات آلاف المدنيين", 20_000, 99_999, "عشرات آلاف"),
        ("مئات الآلاف من السكان", 200_000, 999_999, "مئات الآلاف"),
        ("ملايين النازحين", 2_000_000, None, "ملايين"),
        ("بعض الجرحى", 2, None, "بعض"),
        ("معظم القتلى", 2, None, "معظم"),
        ("6 آخرين", 6, 6, "6"),
        ("آخرون", 2, None, "آخرون"),
        ("عشرين من طلاب المعهد", 20, 20, "عشرين"),
    ],
)
def test_the_table_of_the_guidelines(read: Read, text: str, low: int | None, high: int | None, amount: str) -> None:
    quantity = _only(read, f"أعلن المصدر وصول {text}.")
    assert (quantity.low, quantity.high) == (low, high)
    assert quantity.span.cut(f"أعلن المصدر وصول {text}.") == amount
    assert quantity.person


@pytest.mark.parametrize("text", ["قتل مدني في القصف", "قتل طفل في القصف", "قتلت امرأة في القصف"])
def test_a_singular_noun_is_one(read: Read, text: str) -> None:
    quantity = _only(read, text)
    assert (quantity.low, quantity.high, quantity.bare, quantity.definite) == (1, 1, True, False)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("قتل نحو 400 مدني ومسلح في البلدة", "نحو 400 مدني ومسلح"),
        ("قتل 15 شخصا على الأقل في البلدة", "15 شخصا على الأقل"),
        ("خرجت العشرات من المدنيين", "العشرات من المدنيين"),
        ("قتل طفل واحد على الأقل", "طفل واحد على الأقل"),
        ("أصيب 38 شخصا آخرين بجروح", "38 شخصا آخرين"),
        ("قتل مدنيين اثنين", "مدنيين اثنين"),
        ("قتل جندي أفغاني واحد على الأقل", "جندي أفغاني واحد على الأقل"),
        ("وصل عدد كبير من هؤلاء المدنيين", "عدد كبير من هؤلاء المدنيين"),
        ("عاد الجنود الخمسة", "الجنود الخمسة"),
    ],
)
def test_the_phrase_holds_what_goes_with_the_amount(read: Read, text: str, phrase: str) -> None:
    assert [one.phrase.cut(text) for one in read(text).quantities if one.person] == [phrase]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("5 مدنيين", CountWho.CIVILIANS),
        ("5 طلاب", CountWho.CIVILIANS),
        ("5 متظاهرين", CountWho.CIVILIANS),
        ("5 رعاة", CountWho.CIVILIANS),
        ("5 جنود", CountWho.FIGHTERS),
        ("5 عناصر", CountWho.FIGHTERS),
        ("5 ضباط", CountWho.FIGHTERS),
        ("5 أطفال", CountWho.CHILDREN),
        ("5 نساء", CountWho.WOMEN),
        ("5 صحفيين", CountWho.JOURNALISTS),
        ("5 مسعفين", CountWho.MEDICS),
        ("5 أشخاص", CountWho.UNSPECIFIED),
        ("5 عائلات", CountWho.UNSPECIFIED),
        ("400 مدني ومسلح", CountWho.MIXED),
        ("5 قتلى من المدنيين", CountWho.CIVILIANS),
        ("5 إصابات في صفوف المدنيين", CountWho.CIVILIANS),
    ],
)
def test_who_follows_the_word(read: Read, text: str, who: CountWho) -> None:
    (quantity,) = [one for one in read(text).quantities if not one.bare]
    assert quantity.who is who


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5 قتلى", CountKind.KILLED),
        ("5 شهداء", CountKind.KILLED),
        ("5 جثث", CountKind.KILLED),
        ("5 جرحى", CountKind.INJURED),
        ("5 مصابين", CountKind.INJURED),
        ("5 نازحين", CountKind.DISPLACED),
        ("5 أسرى", CountKind.DETAINED),
        ("5 مختطفين", CountKind.ABDUCTED),
        ("5 مفقودين", CountKind.MISSING),
        ("5 محاصرين", CountKind.BESIEGED),
        ("5 ضحايا", CountKind.KILLED_OR_INJURED),
        ("5 مدنيين", None),
    ],
)
def test_kind_is_set_where_the_noun_says_it(read: Read, text: str, kind: CountKind | None) -> None:
    (quantity,) = read(text).quantities
    assert quantity.kind is kind


@pytest.mark.parametrize(
    "text",
    ["25 غارة", "3 منازل", "عشرة صواريخ", "5 كيلومترات", "40 دولارا", "ثلاث سيارات", "غارتين", "صاروخان", "عدة قرى"],
)
def test_things_are_no_people(read: Read, text: str) -> None:
    (quantity,) = read(text).quantities
    assert not quantity.person
    assert quantity.who is None
    assert quantity.noun_class is not None


@pytest.mark.parametrize(
    "text", ["الدفاع المدني السوري", "حركة طالبان", "موقع عسكري", "المجتمع المدني", "مؤتمر صحفي", "دون وقوع إصابات"]
)
def test_adjectives_and_names_count_nobody(read: Read, text: str) -> None:
    assert read(f"أعلن ذلك {text} في المنطقة").quantities == ()


@pytest.mark.parametrize(
    ("text", "whos"),
    [
        ("قتل 4 مدنيين بينهم طفل وأصيب 6 آخرين", ["civilians", "children", "civilians"]),
        ("قتل خمسة جنود وأصيب تسعة", ["fighters", "fighters"]),
        ("قتل ثلاثة مدنيين (طفلان وامرأة) وأصيب عشرة آخرين", ["civilians", "children", "women", "civilians"]),
        ("قتل 12 شخصا وأصيب عشرات آخرين", ["unspecified", "unspecified"]),
        ("قتل 12 شخصا معظمهم من الأطفال وأصيب 70 آخرون", ["unspecified", "children", "unspecified"]),
    ],
)
def test_an_ellipsis_follows_its_antecedent(read: Read, text: str, whos: list[str]) -> None:
    assert [one.who for one in read(text).quantities] == whos


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("ارتفعت حصيلة القتلى إلى 45 والجرحى إلى 120", [(45, "killed"), (120, "injured")]),
        ("سقط عشرات القتلى والجرحى", [(20, "killed_or_injured")]),
        ("سقط 14 مدنيا بين قتيل وجريح", [(14, "killed_or_injured")]),
        ("سقط 20 بين قتيل وجريح", [(20, "killed_or_injured")]),
        ("سقط قتيل وثلاثة جرحى", [(1, "killed"), (3, "injured")]),
    ],
)
def test_tolls(read: Read, text: str, counts: list[tuple[int, str]]) -> None:
    quantities = [one for one in read(text).quantities if not (one.bare and one.definite)]
    assert [(one.low, one.kind) for one in quantities] == counts


@pytest.mark.parametrize(
    ("text", "low"),
    [("قتلت امرأة وطفلاها", 2), ("أصيب الرجل وطفليه", 2), ("أصيب الرجل وطفلتيه", 2), ("أصيب وزوجته", 1)],
)
def test_nouns_with_a_pronoun(read: Read, text: str, low: int) -> None:
    last = read(text).quantities[-1]
    assert (last.low, last.definite) == (low, True)
    assert last.span.end == len(text)


@pytest.mark.parametrize(
    ("text", "person"), [("أصيب 5 نمساويين", True), ("عقد 5 لقاءات", False), ("اعترض 6 يحملون أعلاما", False)]
)
def test_nouns_that_the_data_does_not_know(read: Read, text: str, person: bool) -> None:  # noqa: FBT001
    assert [one.person for one in read(text).quantities] == [person]


@pytest.mark.parametrize("text", ["شأن شخصي", "بشكل يومي", "خطاب عنصري"])
def test_a_noun_with_ya_is_no_dual(read: Read, text: str) -> None:
    assert read(text).quantities == ()


def test_a_change_is_no_range(read: Read) -> None:
    quantities = read("ارتفع العدد من 5 إلى 10 قتلى").quantities
    assert [(one.low, one.high) for one in quantities] == [(5, 5), (10, 10)]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("عشرات القتلى", (12, 12)),
        ("مئات القتلى", (100, 100)),
        ("عدة قتلى", (3, 3)),
        ("أكثر من 40 قتيلا", (40, 40)),
        ("بين 30 و40 قتيلا", (30, 30)),
    ],
)
def test_another_policy_gives_other_numbers(read: Read, text: str, bounds: tuple[int, int]) -> None:
    quantity = _only(read, f"سقط {text}", "acled")
    assert (quantity.low, quantity.high) == bounds


@pytest.mark.parametrize(
    ("text", "who", "phrase"),
    [
        ("سقط 3 جرحى أطفال", "children", "3 جرحى أطفال"),
        ("سقط 3 جرحى من الأطفال", "children", "3 جرحى من الأطفال"),
        ("سقط قتلى مدنيين", "civilians", "قتلى مدنيين"),
        ("سقط قتلى أطفال ونساء", "mixed", "قتلى أطفال ونساء"),
        ("سقط شهداء من النساء والأطفال", "mixed", "شهداء من النساء والأطفال"),
        ("وصل 4 معتقلين أطفال", "children", "4 معتقلين أطفال"),
        ("نقل القتلى الأطفال", "children", "القتلى الأطفال"),
        ("فر مئات النساء والأطفال", "mixed", "مئات النساء والأطفال"),
        ("قتل عدد من الضباط والجنود", "fighters", "عدد من الضباط والجنود"),
        ("قتل عدد من المدنيين والعسكريين", "mixed", "عدد من المدنيين والعسكريين"),
    ],
)
def test_the_noun_behind_says_who_they_are(read: Read, text: str, who: str, phrase: str) -> None:
    (quantity,) = read(text).quantities
    assert (quantity.who, quantity.phrase.cut(text)) == (who, phrase)


def test_bodies_are_counted_by_their_people(read: Read) -> None:
    text = "انتشلت جثث أطفال"
    assert [(one.noun, one.who) for one in read(text).quantities] == [("جثث", "unspecified"), ("أطفال", "children")]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("مقتل شخصين وإصابة آخرين", (2, 2)),
        ("قتل مدنيان اثنان وجرح آخرين", (2, 2)),
        ("مقتل ثلاثة أشخاص وإصابة آخرين", (2, None)),
        ("مقتل 2 وإصابة آخرين", (2, None)),
        ("مقتل شخصين وإصابة آخرون", (2, None)),
        ("مقتل أشخاص وإصابة آخران", (2, 2)),
        ("مقتل شخصين في قصف على بلدة بعيدة وإصابة آخرين", (2, None)),
    ],
)
def test_others_are_two_only_beside_two(read: Read, text: str, others: tuple[int, int | None]) -> None:
    last = read(text).quantities[-1]
    assert (last.low, last.high) == others


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("استشهاد فلسطيني في القصف", ["فلسطيني"]),
        ("مقتل سوري ولبناني في الحادث", ["سوري", "لبناني"]),
        ("اغتيال مسؤول في المدينة", ["مسؤول"]),
        ("إصابة مراسل بجروح", ["مراسل"]),
        ("7 قتلى بينهم إيرانيون", ["قتلى", "إيرانيون"]),
        ("وصل مسؤول إلى المدينة", []),
        ("مطعم سوري في المدينة", []),
        ("كتب مراسل الصحيفة", []),
        ("عدد القتلى مرشح للارتفاع", ["القتلى"]),
    ],
)
def test_people_whom_a_word_of_harm_makes_a_count(read: Read, text: str, nouns: list[str]) -> None:
    assert [one.noun for one in read(text).quantities] == nouns


@pytest.mark.parametrize(
    ("text", "low", "who"),
    [
        ("مقتل طفل وإصابة آخر", 1, "children"),
        ("قتل ثلاثة مدنيين وأصيب آخر بجروح", 1, "civilians"),
        ("مقتل مدني وجرح آخر جراء القصف", 1, "civilians"),
        ("استشهدت امرأة وأصيبت أخرى في القصف", 1, "women"),
    ],
)
def test_another_is_one_more(read: Read, text: str, low: int, who: str) -> None:
    last = read(text).quantities[-1]
    assert (last.low, last.high, last.who, last.rule) == (low, low, who, "others")


@pytest.mark.parametrize(
    "text", ["قتل آخر جندي", "قتل آخر المسلحين", "وصل آخر", "أصيبت أخرى", "إصابة جدار وإصابة أخرى"]
)
def test_the_last_is_no_other(read: Read, text: str) -> None:
    assert [one for one in read(text).quantities if one.rule == "others"] == []


@pytest.mark.parametrize("text", ["دون وقوع ضحايا", "عدم تسجيل قتلى", "لا قتلى في القصف", "بدون قتلى"])
def test_who_did_not_fall_is_not_counted(read: Read, text: str) -> None:
    assert read(text).quantities == ()


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("على الأقل 10 قتلى", [(10, None)]),
        ("ليس أقل من 10 قتلى", [(10, None)]),
        ("قتل 5 على الأقل 3 منهم جنود", [(5, None), (3, 3), (2, None)]),
    ],
)
def test_modifiers_before(read: Read, text: str, bounds: list[tuple[int, int | None]]) -> None:
    assert [(one.low, one.high) for one in read(text).quantities] == bounds


def test_three_quarters_are_no_people(read: Read) -> None:
    (quantity,) = [one for one in read("فر ثلاثة أرباع السكان").quantities if not one.bare]
    assert (quantity.noun, quantity.person) == ("أرباع", False)


@pytest.mark.parametrize(
    ("text", "phrase", "counted"),
    [
        ("مقتل أحد قادة التنظيم", "أحد قادة", True),
        ("إصابة أحد المدنيين بجروح", "أحد المدنيين", True),
        ("قال أحد القادة", "أحد القادة", False),
    ],
)
def test_one_of_several_is_one(read: Read, text: str, phrase: str, counted: bool) -> None:  # noqa: FBT001
    (quantity,) = read(text).quantities
    assert (quantity.low, quantity.high, quantity.phrase.cut(text)) == (1, 1, phrase)
    assert quantity.definite is not counted

"""Who acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.model import Mention, MentionKind

Find = Callable[..., list[Mention]]

ACTOR = MentionKind.ACTOR


@pytest.mark.parametrize(
    ("text", "name", "ref"),
    [
        ("اقتحمت قوات النظام السوري القرية", "قوات النظام السوري", "sy-forces"),
        ('شن طيران "التحالف الدولي" غارة', "طيران التحالف الدولي", "coalition-is"),
        ('انسحبت مليشيا "قسد" من القرية', "مليشيا قسد", "sy-sdf"),
        ("انسحبت قوات سوريا الديمقراطية “قسد” أمس", "قوات سوريا الديمقراطية قسد", "sy-sdf"),
        ("انسحبت قوات سوريا الديمقراطية (قسد) أمس", "قوات سوريا الديمقراطية قسد", "sy-sdf"),
        ("أغارت الطائرات الحربية الروسية على التل", "الطائرات الحربية الروسية", "state-ru"),
        ("تقدم جيش الاحتلال التركي", "جيش الاحتلال التركي", "tr-army"),
        ("هاجم مسلحو تنظيم القاعدة الحاجز", "مسلحو تنظيم القاعدة", "aq"),
        ("هاجم مسلحو القاعدة الحاجز", "مسلحو القاعدة", "aq"),
        ("قصفت مدفعية الجيش العراقي التل", "مدفعية الجيش العراقي", "iq-army"),
        ("رد الحوثيون على القصف", "الحوثيون", "ye-houthi"),
        ("تصدوا للحوثيين في الوادي", "الحوثيين", "ye-houthi"),
        ("أعلنت ميليشيات علي عبد الله صالح انسحابها", "ميليشيات علي عبد الله صالح", "ye-saleh"),
        ("تحركت القوات الأميركية الخاصة", "القوات الأميركية الخاصة", "us-army"),
        ("هجوم شنه متمردو طالبان ليلا", "متمردو طالبان", "af-taliban"),
        ("رفضت حكومة أنقرة العرض", "حكومة أنقرة", "state-tr"),
        ("قصفت طائرة حربية تابعة لروسيا التل", "طائرة حربية تابعة لروسيا", "state-ru"),
        ("اعتقلت دورية للجيش التركي شابين", "دورية للجيش التركي", "tr-army"),
        ("استنكر الروس القرار", "الروس", "state-ru"),
        ("أعلن الحشد الشعبي العراقي التقدم", "الحشد الشعبي العراقي", "iq-pmf"),
        ("قصفت ميليشيا PKK/PYD القرية", "ميليشيا PKK/PYD", "sy-pyd"),
        ("فتحت قوة من الرد السريع النار", "قوة من الرد السريع", "iq-rapid-response"),
        ("هاجم سلاح الجو هدفا", "سلاح الجو", None),
        ("هاجم شبان ملثمون البيت", "شبان ملثمون", None),
        ("قصفت القوات المساندة للجيش التل", "القوات المساندة للجيش", None),
        ("قصفت بوارج حربية التل", "بوارج حربية", None),
        ("أغار طيران الاستطلاع الإسرائيلي على التل", "طيران الاستطلاع الإسرائيلي", "state-il"),
        ("أطلقت المضادات الأرضية النار", "المضادات الأرضية", None),
        ("انتشر مسلحو العشائر في الوادي", "مسلحو العشائر", None),
        ("قصفت مروحيات أباتشي التل", "مروحيات أباتشي", None),
        ("اغتالت خلية من تنظيم القاعدة الشيخ", "خلية من تنظيم القاعدة", "aq"),
    ],
)
def test_actor_is_the_longest_phrase_with_its_id(find: Find, text: str, name: str, ref: str | None) -> None:
    assert [(m.name, m.ref) for m in find(text, ACTOR)] == [(name, ref)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("هاجم لواء صقور الوادي الحاجز", "لواء صقور الوادي"),
        ('أعلنت كتائب "فجر السهل" انسحابها', "كتائب فجر السهل"),
        ("انسحب اللواء 46 من القرية", "اللواء 46"),
        ("تقدمت الفرقة السابعة نحو التل", "الفرقة السابعة"),
    ],
)
def test_unknown_names_follow_nouns_that_take_names(find: Find, text: str, name: str) -> None:
    assert [(m.name, m.ref) for m in find(text, ACTOR)] == [(name, None)]


@pytest.mark.parametrize(
    "text", ["شهد الطريق حركة نزوح", "توقفت حركة المرور", "غنت فرقة موسيقية", "بقوة القانون", "جبهة القتال هادئة"]
)
def test_common_nouns_are_no_actors(find: Find, text: str) -> None:
    assert find(text, ACTOR) == []


def test_scare_quotes_are_no_name(find: Find) -> None:
    (found,) = find("فر المسلحون “الإرهابيين” من القرية", ACTOR)
    assert found.name == "المسلحون"


@pytest.mark.parametrize(
    ("text", "name", "span"),
    [
        ("استهدفت غارة روسية القرية", "روسيا", "روسية"),
        ("استمر القصف المدفعي التركي", "تركيا", "التركي"),
        ("شن هجوما إسرائيليا على الميناء", "إسرائيل", "إسرائيليا"),
    ],
)
def test_adjective_of_nationality_on_an_act_names_the_state(find: Find, text: str, name: str, span: str) -> None:
    (found,) = find(text, ACTOR)
    assert (found.name, found.span.cut(text), found.subtype) == (name, span, "adjective")


def test_coordinated_adjectives_are_two_actors(find: Find) -> None:
    found = find("استمرت الغارات الروسية والسورية", ACTOR)
    assert [m.ref for m in found] == ["state-ru", "state-sy"]


def test_weapon_heads_set_the_weapon(find: Find) -> None:
    assert [m.weapon for m in find("قصف طيران التحالف الدولي ومدفعية الجيش العراقي التل", ACTOR)] == [
        "air",
        "artillery",
    ]


def test_capital_acts_for_its_state_but_not_after_a_preposition(find: Find) -> None:
    found = find("اتهمت أنقرة جارتها بعد اجتماع في موسكو", ACTOR)
    assert [(m.name, m.ref, m.subtype) for m in found] == [("أنقرة", "state-tr", "capital")]


def test_name_gives_back_the_alef_that_lam_swallows(find: Find) -> None:
    text = "قذائف للنظام السوري"
    (found,) = find(text, ACTOR)
    assert found.name == "النظام السوري"
    assert found.span.cut(text) == "لنظام السوري"


def test_shared_name_is_settled_by_the_countries_of_the_report(find: Find) -> None:
    libya = find("تقدم الجيش الوطني في مدينة ليبية، وقالت الحكومة الليبية إن القتال توقف", ACTOR)
    yemen = find("تقدم الجيش الوطني في مدينة يمنية، وقالت القوات اليمنية إن القتال توقف", ACTOR)
    assert (libya[0].ref, yemen[0].ref) == ("ly-lna", "ye-army")


def test_shared_name_without_a_country_stays_open(find: Find) -> None:
    assert find("تقدم الجيش الوطني نحو التل", ACTOR)[0].ref is None


def test_bound_name_stands_alone_only_once_the_report_has_named_it(find: Find) -> None:
    assert find("عادت القاعدة إلى الدرس", ACTOR) == []
    found = find("تبنى تنظيم القاعدة الهجوم، وقالت القاعدة إن الهجوم رد", ACTOR)
    assert [m.ref for m in found] == ["aq", "aq"]

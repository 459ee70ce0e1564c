"""Places in text: each rule's own examples, the gazetteer's tables, and what holds for any text."""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.data import read_bytes
from sijill.errors import ResourceError
from sijill.model import Document, Mention, MentionKind
from sijill.names.place_index import TABLES, load_places
from sijill.names.place_words import Example, key_of_form, load_place_words
from sijill.names.places import PlaceFinder, lexicon_words
from sijill.text import TextReader

WORDS = load_place_words()
READER = TextReader(lexicon_words())
FINDER = PlaceFinder(lexicon=READER.lexicon)


def places(text: str, known: Callable[[str], bool] | None = None) -> list[Mention]:
    return list(FINDER.find(READER.read(Document("t", text)), known=known))


def names(text: str) -> list[str]:
    return [mention.name for mention in places(text)]


def examples(*, wanted: bool) -> Iterator[tuple[str, Example]]:
    for rule in WORDS.rules:
        for example in rule.yes if wanted else rule.no:
            yield rule.id, example


@pytest.mark.parametrize(("rule", "example"), list(examples(wanted=True)))
def test_a_rule_finds_its_own_example(rule: str, example: Example) -> None:
    found = {mention.name: mention.rule for mention in places(example.text)}
    assert example.name in found, rule
    assert found[example.name].split(".")[0] in ("noun", "relative", "border", "unit", "known", "list")


@pytest.mark.parametrize(("rule", "example"), list(examples(wanted=False)))
def test_a_rule_leaves_its_counterexample(rule: str, example: Example) -> None:
    assert example.name not in names(example.text), rule


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "تضم بلدة المنارة وقرى عدة قريبة منها، كالزهيرية، والعوينة، والرشيدة",
            ["المنارة", "الزهيرية", "العوينة", "الرشيدة"],
        ),
        ("قصف على قرى تل رفعت، ومنغ، ودير جمال وكلجبرين أمس", ["تل رفعت", "منغ", "دير جمال", "كلجبرين"]),
        ("استهدف القصف قريتي كفرنوران وكفر تعال غرب حلب", ["كفرنوران", "كفر تعال", "غرب حلب"]),
        ("غارات على ريفي حماة وإدلب", ["ريف حماة", "ريف إدلب"]),
        ("غارات على ريفي حماة", ["ريف حماة"]),
        ("قصف مخيمات “الشلهوب”، “وطن”، “الفجر” ليلا", ["مخيم الشلهوب", "وطن", "الفجر"]),
        ("غارات على تلال الشلهوب ليلا", ["تلال الشلهوب"]),
        ("غارات على مخيمات الشلهوب والزرنوق", ["مخيم الشلهوب", "الزرنوق"]),
        ("انفجار في محافظات الرقة ودير الزور والحسكة", ["الرقة", "دير الزور", "الحسكة"]),
        ("قصف بلدات اللطامنة، كفرزيتا، ومورك", ["اللطامنة", "كفرزيتا", "مورك"]),
        (
            'تحرير قرى وبلدات "تير زرقيم، هدوب البيدر، السعن الأسود، عز المال"',
            ["تير زرقيم", "هدوب البيدر", "السعن الأسود", "عز المال"],
        ),
        ("سقطت القذائف على زرنوقة وشلهومة وسراقب", ["زرنوقة", "شلهومة", "سراقب"]),
        ("سقطت القذائف بين بلدتي الدرباسية- عامودا", ["الدرباسية", "عامودا"]),
        ("قصف قريتي زرنوق وكفريشون وبالقذائف", ["زرنوق", "كفريشون"]),
        ("قصف بلدات (كفرنبل – حاس – كفروما) ليلا", ["كفرنبل", "حاس", "كفروما"]),
        ("اعتداء على حدود منبج وعلى الضفة الغربية لنهر الفرات", ["منبج", "الضفة الغربية لنهر الفرات"]),
    ],
)  # fmt: skip
def test_a_list_is_read_to_its_end(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قصف محيط بلدة سرمين شرقي إدلب", ["محيط سرمين", "شرقي إدلب"]),
        ("اشتباكات شمال غربي سوريا", ["شمال غربي سوريا"]),
        ("نزحوا إلى شمال البلاد", ["شمال البلاد"]),
        ("معارك في ريف دير الزور الشرقي", ["ريف دير الزور الشرقي"]),
        ("الأطراف الغربية لمدينة إدلب", ["الأطراف الغربية لإدلب"]),
        ("تسلل عبر الحدود مع العراق", ["الحدود مع العراق"]),
        ("اجتازوا الحدود بين ليبيا وتونس", ["الحدود بين ليبيا وتونس"]),
        ("قصف طال وسط بغداد", ["وسط بغداد"]),
        ("كمين شمال شرق بعقوبة", ["شمال شرق بعقوبة"]),
        ("قصف وسط مدينة سراقب وأطراف المدينة الجنوبية", ["وسط سراقب", "أطراف سراقب الجنوبية"]),
        ("هجوم في ريف محافظة حماة الشمالي", ["ريف حماة الشمالي"]),
        ("غارة قرب معبر مدينة الطبقة", ["معبر الطبقة"]),
        ("قصف ريف إدلب الجنوبي والشرقي", ["ريف إدلب الجنوبي والشرقي"]),
        ("قرى في الريف الشرقي لمحافظة دير الزور", ["الريف الشرقي لدير الزور"]),
        ("قرى في الريف الشمالي من محافظة درعا", ["الريف الشمالي من درعا"]),
        ("تسللوا إلى الضفة الشرقية لنهر الفرات", ["الضفة الشرقية لنهر الفرات"]),
        ("قصف محيط بلدة عين لارود", ["محيط عين لارود"]),
    ],
)
def test_a_place_seen_from_another(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "ذكرت صحيفة الوطن الخبر",
        "قالت قناة حلب اليوم إن الوضع هادئ",
        "ينتمي إلى آل الدمشقي",
        "قال محمد الحلبي لصحفيين",
        "أعلن الجيش السوري والقوات التركية",
        "وأدى هجوم آخر إلى أضرار",
        "في السادس من آب الماضي",
        "طلاب جامعة حلب في العطلة",
        "نقل الجرحى إلى مستشفى إدلب",
        "أعلنت مديرية الأمن الحصيلة",
        "شلل في القطاع الصحي",
        "قالت الجبهة الجنوبية إنها انسحبت",
        "وصف الحادث بأنه مؤسف في الأشهر الأخيرة",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert names(text) == []


def test_a_definite_noun_stands_for_the_latest_place_of_its_class() -> None:
    found = places("دخلت القوات مدينة صبراتة فجرا. وشهدت المدينة هدوءا حذرا جنوب المدينة")
    assert [(m.name, m.subtype) for m in found] == [
        ("صبراتة", "settlement"),
        ("صبراتة", "description"),
        ("جنوب صبراتة", "relative"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # The paragraph's own goes before what the report is about.
        ("قصف على مدينة أعزاز.\nانسحبوا من مدينة منبج. وشهدت المدينة هدوءا", "منبج"),
        # Another paragraph: what the report has named most, the first of equals.
        ("قصف على مدينة أعزاز وقصف على مدينة أعزاز.\nنقلوا إلى مدينة منبج.\nوشهدت المدينة هدوءا", "أعزاز"),
        ("قصف على مدينة أعزاز.\nنقلوا إلى مدينة منبج.\nوشهدت المدينة هدوءا", "أعزاز"),
        # The noun that named it goes before its class, the same word before another of the class.
        ("قصف على مدينة أعزاز وبلدة سجو. وشهدت المدينة هدوءا", "أعزاز"),
        ("اقتحموا معسكر الشلهوب قرب سجن الجلبون. ثم سقط المعسكر", "معسكر الشلهوب"),
        ("هجوم في ريف محافظة السويداء، وأعلنت مستشفيات المحافظة الحصيلة", "السويداء"),
    ],
)
def test_what_a_definite_noun_stands_for(text: str, wanted: str) -> None:
    assert [m.name for m in places(text) if m.rule == "description"] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "قصف على قرية سجو. وقالت الجبهة إنها انسحبت",
        "غارة على حلب. وأغلقت القرية",
        "غارة على مدينة حلب وعلى المدينة الجامعية",
    ],
)
def test_a_definite_noun_of_another_class_stands_for_nothing(text: str) -> None:
    assert not [m for m in places(text) if m.rule == "description"]


def test_a_name_found_once_holds_in_the_whole_report() -> None:
    found = places("قصف قرية البوحسون مساء. وقال سكان إن البوحسون خالية")
    assert [(m.name, m.rule) for m in found] == [("البوحسون", "noun.village"), ("البوحسون", "held")]


def test_a_name_holds_written_joined_or_apart() -> None:
    assert [m.name for m in places("قصف قرية كفر شلهوب. ثم قالوا إن كفرشلهوب خالية")] == ["كفر شلهوب", "كفرشلهوب"]


def test_many_names_that_begin_alike_all_hold() -> None:
    ends = ["زرنوق", "شلهوب", "برقوش", "سرقين", "دربوك", "حرطوم", "قسطول", "فرنوس", "طربيل"]
    text = ". ".join(f"قصف قرية تل {end}" for end in ends) + ". ثم قالوا إن " + " و".join(f"تل {end}" for end in ends)
    assert {m.name for m in places(text)} == {f"تل {end}" for end in ends}
    assert len(places(text)) == 2 * len(ends)


def test_a_village_named_after_what_stands_there() -> None:
    assert [(m.name, m.subtype) for m in places("قصف قرية سد الشلهوبة ليلا")] == [("سد الشلهوبة", "settlement")]


def test_a_name_like_a_verb_stands_before_what_it_lies_in() -> None:
    assert names("قصف قرية تنب بناحية شران") == ["تنب", "شران"]
    assert names("قصف قرية تنب بالقذائف") == []
    assert names("قصف قرية بسبت بريف إدلب") == ["بسبت", "ريف إدلب"]
    assert names("قصف قرية عنيق الهوى") == ["عنيق الهوى"]
    assert names("قصف قرية توجد بناحية شران") == ["شران"]


def test_quoted_and_bracketed_names() -> None:
    assert names("سقطت قذيفة على قرية “الشيخ رزق” شرق حلب") == ["الشيخ رزق", "شرق حلب"]
    assert names("حريق في مخيم (الوفاء) للنازحين") == ["مخيم الوفاء"]


def test_a_span_covers_the_name_without_proclitics() -> None:
    text = "سقط صاروخ بمدينة الرقّة، ووصل لدمشق"
    assert [(m.name, m.span.cut(text), m.ref) for m in places(text)] == [
        ("الرقّة", "الرقّة", "sy-raqqa"),
        ("دمشق", "دمشق", "sy-damascus"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قصفت روسيا مواقع في سوريا، وأصيب جنود سورية", [("روسيا", "known.state"), ("سوريا", "known.free")]),
        ("اتفاق بين روسيا وتركيا", [("روسيا", "known.state"), ("تركيا", "list.state")]),
        ("فصيل مدعوم من تركيا والفصيل الموالي لإيران", [("تركيا", "known.state"), ("إيران", "known.state")]),
        ("تسعى موسكو إلى هدنة", [("موسكو", "known.state")]),
        ("انفجار في موسكو", [("موسكو", "known.free")]),
        ("رفضت بغداد الهدنة", [("بغداد", "known.state")]),
        ("قصفت الطائرات بغداد", [("بغداد", "known.free")]),
    ],
)
def test_a_state_that_nothing_places_acts(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(m.name, m.rule) for m in places(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("سقطت القذائف على الدار المنيرة ليلا", ["الدار المنيرة"]),
        ("نزحوا إلى شلهومة بريف حماة", ["شلهومة", "ريف حماة"]),
        ("قصف قرب شلهومة", ["شلهومة"]),
        ("قصف على شلهومة وسراقب", ["شلهومة", "سراقب"]),
        ("قصفت قرية بسبت", ["بسبت"]),
        # One word wants more than any preposition; a word of the dictionary, a noun of place; "from", a strange word.
        ("نام في شلهومة", []),
        ("نام قرب برغوث", []),
        ("خرجوا من الدار المنيرة", []),
        ("قالت الدار المنيرة", []),
    ],
)
def test_names_that_only_the_users_gazetteer_has(text: str, wanted: list[str]) -> None:
    given = {"الدار المنيرة", "شلهومة", "برغوث", "بسبت"}
    assert [m.name for m in places(text, given.__contains__)] == wanted


def test_a_name_that_is_a_word_first_wants_more_than_a_preposition() -> None:
    assert names("انتهت الثورة في العودة إلى السلام") == []
    assert names("قتلى في الثورة التابعة لأم درمان") == ["الثورة", "أم درمان"]
    assert names("قصف قرب حي الثورة") == ["الثورة"]
    assert names("مروا من جرابلس والراعي واعزاز") == ["جرابلس", "الراعي", "اعزاز"]
    assert names("مروا من جرابلس والراعي معهم") == ["جرابلس"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("دمشق - وكالة: قتل رجل في حمص", [("دمشق", "dateline"), ("حمص", "known.free")]),
        ("إدلب/الأناضول\nقصف على سراقب", [("إدلب", "dateline"), ("سراقب", "known.free")]),
        ("شبكة الخبر – دير الزور\nقصف على الميادين", [("دير الزور", "dateline"), ("الميادين", "known.prep")]),
        ("حلب: قصف على منبج", [("حلب", "known.free"), ("منبج", "known.free")]),
        ("حلب - منبج طريق مقطوع", [("حلب", "known.free"), ("منبج", "known.free")]),
    ],
)
def test_where_a_report_was_written_is_told_apart(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(m.name, m.rule) for m in places(text)] == wanted


def test_tags_are_labels_unless_the_sentence_runs_through_them() -> None:
    assert names("قتل رجل في #حلب وريف #السويداء #إدلب #سوريا #حمص") == ["حلب", "ريف السويداء"]


def test_a_district_and_its_town_are_told_apart() -> None:
    town, district = places("قصف مدينة جرابلس. وفي ناحية جرابلس هدوء")
    assert town.ref != district.ref
    assert {town.subtype, district.subtype} == {"settlement", "district"}


def test_a_governorate_and_its_town_are_told_apart() -> None:
    town, governorate = places("في إدلب قتل رجل. وفي محافظة إدلب هدوء")
    assert (town.ref, governorate.ref) == ("sy-idlib", "SY07")


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["قرية", "قرى", "مدينة", "المدينة", "ريف", "في", "بريف", "و", "،", ".", "\n", "(", ")", '"', "حلب", "وحلب",
             "الشمالي", "شمال", "غربي", "الحدود", "مع", "بين", "الفوج", "46", "كالزهراء", "منها", "دير", "الزور", "تل",
             "محيط", "وأطراف", "للمدينة", "بالمخيم", "abc", "-", "_", "مخيمات", "العاصمة", "قصف", "ـ", "\u064b",
             "#", "#حلب", "24", "جبهة", "بجبهة", "الجبهة", "محافظة", "سد", "قرية", "بسبت", "حي", "الشجاعية", "طريق",
             "زرنوقة", "وزرنوقة", "الأحياء", "لمدينة", "من", "قرب", "مستشفى", "موسكو", "القطاع", "غزة", "الثورة", "/"]
        ),
        max_size=40,
    ).map(" ".join)
    | st.text(max_size=60)
)  # fmt: skip
def test_mentions_of_any_text_are_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in places(text, lambda name: len(name) % 3 == 0):
        assert mention.kind is MentionKind.PLACE
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.name
        end = mention.span.end


def test_the_tables_hold_no_undeclared_homograph() -> None:
    assert load_places().shared == WORDS.shared


def _rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read_bytes(table).decode("utf8"))))


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_whole_and_on_the_globe(table: str) -> None:
    for row in _rows(table):
        assert row["id"]
        assert all(name == name.strip() and name for name in row["names"].split("|")), row["id"]
        assert bool(row["lat"]) == bool(row["lon"]), row["id"]
        if row["lat"]:
            assert -90 <= float(row["lat"]) <= 90, row["id"]
            assert -180 <= float(row["lon"]) <= 180, row["id"]


def _km(a: dict[str, str], b: dict[str, str]) -> float:
    lat, lon, lat2, lon2 = (math.radians(float(row[field])) for row in (a, b) for field in ("lat", "lon"))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))


def test_points_written_by_hand_agree_with_geonames() -> None:
    theirs: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in _rows("places/geonames.csv"):
        for name in row["names"].split("|"):
            theirs[key_of_form(name), row["country"]].append(row)
    compared = 0
    for row in _rows("places/conflict.csv"):
        namesakes = [p for name in row["names"].split("|") for p in theirs[key_of_form(name), row["country"]]]
        if row["precision"] in ("exact", "near") and row["lat"] and namesakes:
            compared += 1
            assert min(_km(row, other) for other in namesakes) <= 10, row["id"]
    assert compared > 400


def test_a_user_adds_places_and_a_wrong_row_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "places"
    folder.mkdir()
    file = folder / "conflict.csv"
    file.write_text(
        "id,names,class,lat,lon,precision,country,use\nmy-1,برج الحكايات,settlement,,,,SY,free\n", encoding="utf8"
    )
    finder = PlaceFinder(tmp_path, READER.lexicon)
    (found,) = finder.find(READER.read(Document("t", "هدوء برج الحكايات اليوم")))
    assert (found.name, found.ref) == ("برج الحكايات", "my-1")
    file.write_text("id,names,class,lat,lon,precision,country,use\nmy-1,برج,settlement,,,,SY,always\n", encoding="utf8")
    with pytest.raises(ResourceError, match="my-1"):
        load_places(tmp_path)
    file.write_text("id,names\nmy-1,برج\n", encoding="utf8")
    with pytest.raises(ResourceError, match="use"):
        load_places(tmp_path)


def test_a_word_listed_twice_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon" / "ar"
    folder.mkdir(parents=True)
    (folder / "place_words.toml").write_text(
        '[[noun]]\nid = "hamlet"\none = ["قرية"]\nmany = []\nsubtype = "settlement"\nyes = []\nno = []\n',
        encoding="utf8",
    )
    with pytest.raises(ResourceError, match="listed twice"):
        load_place_words(tmp_path)


@pytest.mark.parametrize("text", ["قتل جندي بعطبرة أمس", "نهبت منازل بسبيطلة ليلا"])
def test_a_name_in_ta_marbuta_that_no_dictionary_has_takes_a_preposition(text: str) -> None:
    assert [mention.name for mention in places(text)] == [text.split()[2][1:]]


@pytest.mark.parametrize("text", ["انفجرت عبوة في طنجة أمس", "خرجت مسيرة بالحسيمة أمس", "قتل جندي بوهران أمس"])
def test_a_large_town_whose_name_a_dictionary_has_wants_a_preposition_only(text: str) -> None:
    assert len(places(text)) == 1
    assert places(text.replace(" في ", " ").replace("بال", "ال").replace("بوهران", "وهران")) == []

"""What is decided in sentences that once led to a wrong point, or to none; all of them invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import sijill
from sijill import Document, InputError, Reader
from sijill.model import Place
from sijill.places.builder import build
from sijill.places.geometry import km

# A village that is called like a country, one like a letter less of it, a mass grave's adjective, and a namesake that
# lies where its phrase says.
VILLAGES = (
    "name,lat,lon,country,kind,id\n"
    "لبنان,35.99,41.51,IQ,settlement,v1\n"
    "بنان,36.05,37.30,SY,settlement,v2\n"
    "جماعية,36.10,43.20,IQ,settlement,v3\n"
    "الدانا,35.70,36.687,SY,settlement,v4\n"
)


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("villages")
    (folder / "villages.csv").write_text(VILLAGES, "utf8")
    build([folder / "villages.csv"], folder / "villages.sqlite")
    return folder / "villages.sqlite"


def _places(reader: Reader, text: str) -> dict[str, Place | None]:
    return {found.name: found.place for found in reader.reading(Document("t", text))[4]}


@pytest.fixture(scope="module")
def shipped(reader: Reader) -> Callable[[str], dict[str, Place | None]]:
    return lambda text: _places(reader, text)


@pytest.fixture(scope="module")
def with_villages(gazetteer: Path) -> Callable[[str], dict[str, Place | None]]:
    reader = Reader(places=(gazetteer,))
    return lambda text: _places(reader, text)


Read = Callable[[str], dict[str, Place | None]]


def test_the_first_letter_of_a_name_is_no_preposition_behind_a_side(with_villages: Read) -> None:
    place = with_villages("قتل رجل في شمال لبنان")["شمال لبنان"]
    assert place is not None
    assert (place.country, place.place_id) == ("LB", "lb-shmal-lbnan")


def test_a_name_for_the_finder_alone_is_never_the_place(with_villages: Read) -> None:
    place = with_villages("اغتيال قيادي في طرابلس شمال لبنان")["طرابلس"]
    assert place is not None
    assert place.country == "LB"
    assert place.lat == pytest.approx(34.43, abs=0.05)


def test_an_adjective_of_the_noun_before_is_no_village(with_villages: Read) -> None:
    assert "جماعية" not in with_villages("عثر على مقبرة جماعية في منطقة حمام العليل")


def test_a_town_that_lies_elsewhere_than_its_phrase_says_is_not_taken(shipped: Read, with_villages: Read) -> None:
    text = "سقطت قذائف على قرية الدانا جنوب معرة النعمان"
    place = with_villages(text)["الدانا"]
    assert place is not None
    assert place.place_id == "v4"
    place = shipped(text)["الدانا"]
    assert place is not None
    assert place.place_id is None
    assert km(place.lat or 0, place.lon or 0, 35.6, 36.67) < 20


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("انفجار عبوة في ناحية جلولاء شمال شرق بعقوبة", "جلولاء"),
        ("انفجار عبوة في مدينة راوة شمال غرب هيت", "راوة"),
        ("قتل رجل في بلدة القورية القريبة من منطقة الميادين بدير الزور", "الميادين"),
    ],
)
def test_a_town_may_lie_far_off_on_the_side_that_is_named(shipped: Read, text: str, name: str) -> None:
    place = shipped(text)[name]
    assert place is not None
    assert place.place_id is not None


def test_a_village_is_no_district(shipped: Read) -> None:
    assert shipped("قتل مدني في قرية الوحدة")["الوحدة"] is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قتل رجل في الباغوز الفوقاني", "الباغوز الفوقاني"),
        ("اشتباكات في قرية الباغوز التحتاني وهجين", "الباغوز التحتاني"),
        ("اشتباكات في السوسة التحتانية قرب البوكمال", "السوسة التحتانية"),
    ],
)
def test_upper_and_lower_are_part_of_a_name_and_lie_near_each_other(shipped: Read, text: str, name: str) -> None:
    place = shipped(text)[name]
    assert place is not None
    assert (place.precision, place.country) == ("near", "SY")


@pytest.mark.parametrize("name", ["طريق دمشق حمص", "طريق حلب اللاذقية", "طريق دمشق - حمص"])
def test_a_road_lies_between_its_ends_with_a_dash_or_without(shipped: Read, name: str) -> None:
    place = shipped(f"انفجر لغم على {name} فجرا")[name]
    assert place is not None
    assert place.precision == "line"


def test_a_border_is_between_two_states_whatever_joins_them(shipped: Read) -> None:
    place = shipped("قتل رجل قرب الحدود بين العراق وسوريا")["الحدود بين العراق وسوريا"]
    assert place is not None
    assert (place.precision, place.lat) == ("line", 34.9)


@pytest.mark.parametrize(("name", "unit"), [("الشمال", "LB-NL"), ("الجنوب", "LB-JA")])
def test_the_north_and_the_south_are_governorates_behind_that_noun_only(shipped: Read, name: str, unit: str) -> None:
    place = shipped(f"غارات على محافظة {name} في لبنان")[name]
    assert place is not None
    assert (place.place_id, place.precision) == (unit, "governorate")
    assert name not in shipped(f"توجهت القوات نحو {name}")


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("قتل خمسة في محلية كادقلي", "كادقلي", "district"),
        ("قتل خمسة في مدينة كادقلي", "كادقلي", "exact"),
        ("قتل خمسة في قرية براغيدة", "براغيدة", "district"),
        ("غارة على جرود عرسال", "جرود عرسال", "part_of_district"),
        ("سقط صاروخ قبالة سواحل الحديدة", "سواحل الحديدة", "near"),
    ],
)
def test_how_sure_a_point_is(shipped: Read, text: str, name: str, precision: str) -> None:
    place = shipped(text)[name]
    assert place is not None
    assert place.precision == precision


@pytest.mark.parametrize(("name", "country"), [("سورية", "SY"), ("سوريا", "SY"), ("السعودية", "SA")])
def test_a_country_has_one_id_however_it_is_called(shipped: Read, name: str, country: str) -> None:
    place = shipped(f"قتل رجل في {name}")[name]
    assert place is not None
    assert place.place_id == country


def test_the_villages_of_a_clan_have_names_of_two_words(shipped: Read) -> None:
    found = shipped("هجوم على قرى البو حسان والبو ذياب")
    assert list(found) == ["البو حسان", "البو ذياب"]
    assert all(place is not None and place.country == "IQ" for place in found.values())


def test_what_and_joins_is_not_inside_what_follows(shipped: Read) -> None:
    found = shipped("اشتباكات في الحسكة والرقة ودير الزور وريف حلب الشرقي")
    assert [place and place.place_id for place in found.values()] == [
        "sy-hasakah",
        "sy-raqqa",
        "sy-deirezzor",
        "sy-aleppo",
    ]


def test_a_road_to_a_crossing_is_near_the_crossing(shipped: Read) -> None:
    place = shipped("قصف أوتستراد باب الهوى قرب سرمدا في ريف إدلب")["أوتستراد باب الهوى"]
    assert place is not None
    assert place.place_id == "sy-babhawa"


def test_the_one_call_takes_gazetteers_and_opens_one_that_was_built_again(tmp_path: Path) -> None:
    table, file = tmp_path / "v.csv", tmp_path / "v.sqlite"
    table.write_text("name,lat,lon,country\nكفر زرزور,35.95,36.7,SY\n", "utf8")
    build([table], file)
    text = "قتل رجل في قرية كفر زرزور"
    assert sijill.read(text, places=file).claims[0].places[0].lat == 35.95
    assert sijill.read(text, places=[str(file)]).claims[0].places[0].lat == 35.95
    assert sijill.read(text).claims[0].places[0].lat is None
    table.write_text("name,lat,lon,country\nكفر زرزور,35.5,36.7,SY\n", "utf8")
    build([table], file)
    assert sijill.read(text, places=file).claims[0].places[0].lat == 35.5
    with pytest.raises(InputError, match="no such gazetteer"):
        sijill.read(text, places=tmp_path / "none.sqlite")

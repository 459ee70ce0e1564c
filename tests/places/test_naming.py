"""Names of dumps: cleaned, told apart by script, read back from Latin letters; and what is known of dumps."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.places.entry import key_of, skeleton_of
from sijill.places.importers.knowledge import knowledge
from sijill.places.importers.naming import arabic_names, latin_key
from sijill.places.importers.romanised import skeletons_of_latin
from tests.places.conftest import Builder
from tests.places.dumps import geonames_row


@pytest.mark.parametrize(
    ("given_names", "names", "junk"),
    [
        (["مديرية لودر"], ("لودر", "مديرية لودر"), 0),
        ([" قضاء الهرمل"], ("الهرمل", "قضاء الهرمل"), 0),
        (["مُحافظة درعا"], ("درعا", "محافظة درعا"), 0),
        (["الجزيرة (ولاية)"], ("الجزيرة",), 0),
        (["بعلبك - الهرمل"], ("بعلبك الهرمل",), 0),
        (["العزيزية/الجفرة"], ("العزيزية", "الجفرة"), 0),
        (["قرية رقم ١"], ("قرية رقم ١",), 0),
        (["بیروت", "بيروت"], ("بيروت",), 0),
        (["Beirut", "Бейрут"], (), 0),
        (["ڈیرہ"], (), 1),
        (["گرمك", "كرمك"], ("كرمك", "گرمك"), 0),
        (["مخيم النور"], ("مخيم النور", "النور"), 0),
        (["قرية"], ("قرية",), 0),
        (["مركز الثقل"], ("مركز الثقل",), 0),
    ],
)
def test_names_are_cleaned_and_split(given_names: list[str], names: tuple[str, ...], junk: int) -> None:
    assert arabic_names(given_names) == (names, junk)


def test_some_type_words_come_off_districts_only() -> None:
    assert arabic_names(["مركز إدلب"], "district") == (("إدلب", "مركز إدلب"), 0)


@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_gives_names_that_have_keys(texts: list[str]) -> None:
    names, _ = arabic_names(texts)
    assert all("|" not in name and name == " ".join(name.split()) and key_of(name) for name in names)
    assert all(latin_key(text) == latin_key(latin_key(text)) or latin_key(text) for text in texts)


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Tall as Sawwan", "تل الصوان"),
        ("Khirbat al Jawz", "خربة الجوز"),
        ("Qaryat al `Aqabah", "العقبة"),
        ("Ḩayy aş Şafşāf", "حي الصفصاف"),
        ("Kfar ech Choubak", "كفر الشوبك"),
        ("Wad Gadir", "ود قادر"),
        ("Umm Dukhn", "أم دخن"),
    ],
)
def test_latin_names_are_read_back_to_consonants(latin: str, arabic: str) -> None:
    assert skeleton_of(arabic) in skeletons_of_latin(latin)


@pytest.mark.parametrize("latin", ["", "Al", "Aw", "Shaddad Sattar Hassan Zayd", "村", "- -"])
def test_latin_names_that_say_too_little_have_no_consonants(latin: str) -> None:
    assert skeletons_of_latin(latin) == ()


def test_a_place_without_an_arabic_name_is_found_by_its_consonants(tmp_path: Path, built: Builder) -> None:
    (tmp_path / "SD.txt").write_text(geonames_row(9, "Tambul", "", 15.0, 33.4, country="SD"), "utf-8")
    gazetteer, _ = built(tmp_path / "SD.txt")
    [entry] = gazetteer.skeleton(skeleton_of("تمبول"))
    assert (entry.id, entry.names) == ("gn9", ())


def test_latin_names_meet_without_accents_and_article() -> None:
    assert latin_key("Al-Bāb") == latin_key("bab") == latin_key("al Bab")
    assert latin_key("Al") == "al"


def test_the_knowledge_of_dumps_is_whole() -> None:
    known = knowledge()
    assert {"geonames", "wof", "cod", "osm", "own"} == set(known.sources)
    assert known.sources["osm"].share_alike
    assert (
        known.kind("geonames", "PPL") == known.kind("wof", "locality") == known.kind("osm", "village") == "settlement"
    )
    assert known.kind("geonames", "HTL") is None
    assert (known.country("SYR"), known.country("sy"), known.country("S1")) == ("SY", "SY", "")
    assert known.column("P.Code") == "pcode"

from __future__ import annotations

import csv
import io
import math
import re
import tomllib
from collections import Counter, defaultdict
from importlib import resources

import pytest

from sijill.data import read_bytes
from sijill.names.place_words import key_of_form

CORE = {"SY": 14, "IQ": 19, "YE": 22, "LY": 22, "SD": 19, "PS": 16, "LB": 9}
DISTRICTS = {"SY": 60, "IQ": 100, "YE": 300, "SD": 100, "LB": 24}
OWN = ("conflict", "namesakes", "districts", "governorates", "countries")
CLASSES = {
    "settlement", "quarter", "site", "region", "camp", "airport", "crossing", "road", "mountain", "governorate",
    "river", "country", "continent", "district",
}  # fmt: skip
PRECISIONS = {"exact", "near", "district", "area", "line", ""}
PCODES = {
    "SY": r"SY\d\d", "IQ": r"IQG\d\d", "YE": r"YE\d\d", "LY": r"LY0[123]\d\d", "SD": r"SD\d\d", "PS": r"PS0[12]",
    "LB": r"LB\d",
}  # fmt: skip
LETTERS = "\u0621-\u063a\u0641-\u0652\u067e\u0686\u0698\u06af\u0640"
NAME = re.compile(rf"[{LETTERS}]+(?:[ -][{LETTERS}\dA-Z]+)*")
ONE_PLACE = ("settlement", "quarter", "camp", "site", "airport", "crossing")


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read_bytes(f"places/{table}.csv").decode("utf8"))))


GOVERNORATES = {row["id"]: row for row in rows("governorates")}


def point(row: dict[str, str]) -> tuple[float, float]:
    return float(row["lat"]), float(row["lon"])


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat, lon, lat2, lon2 = (math.radians(value) for value in (*a, *b))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))


def inside(unit: dict[str, str], place: tuple[float, float], margin: float = 0.05) -> bool:
    south, west, north, east = (float(unit[side]) for side in ("south", "west", "north", "east"))
    return south - margin <= place[0] <= north + margin and west - margin <= place[1] <= east + margin


@pytest.mark.parametrize("table", OWN)
def test_values_are_of_their_sets(table: str) -> None:
    for row in rows(table):
        assert row["class"] in CLASSES, row["id"]
        assert row.get("precision", "") in PRECISIONS, row["id"]
        assert row["use"] in {"free", "prep", "noun"}, row["id"]
        for name in row["names"].split("|"):
            assert NAME.fullmatch(name), (row["id"], name)


def test_ids_are_given_once_over_all_tables_and_for_each_use_of_their_names() -> None:
    ids = Counter((row["id"], row["use"]) for table in OWN for row in rows(table))
    assert [entry for entry, times in ids.items() if times > 1] == []
    places: dict[str, dict[str, str]] = {}
    for row in (row for table in OWN for row in rows(table)):
        place = {column: value for column, value in row.items() if column not in ("names", "use")}
        assert places.setdefault(row["id"], place) == place


def test_governorates_are_whole_and_boxed() -> None:
    counted = Counter(row["country"] for row in GOVERNORATES.values() if row["class"] == "governorate")
    assert counted == CORE
    for row in GOVERNORATES.values():
        assert float(row["south"]) < float(row["north"]), row["id"]
        assert float(row["west"]) < float(row["east"]), row["id"]
        assert inside(row, point(row)), row["id"]


def test_pcodes_have_their_country_s_form_and_are_given_once() -> None:
    codes = [row["pcode"] for row in GOVERNORATES.values() if row["pcode"]]
    assert len(codes) == len(set(codes)) > 100
    for row in GOVERNORATES.values():
        assert not row["pcode"] or re.fullmatch(PCODES[row["country"]], row["pcode"]), row["id"]
    for row in rows("districts"):
        unit = GOVERNORATES[row["admin1"]]["pcode"]
        assert not row["pcode"] or (row["pcode"].startswith(unit) and len(row["pcode"]) == len(unit) + 2), row["id"]


def test_boxes_hold_the_country_s_places() -> None:
    boxes = defaultdict(list)
    for row in GOVERNORATES.values():
        boxes[row["country"]].append(row)
    for country in CORE:
        places = [point(row) for row in rows("geonames") if row["country"] == country]
        held = sum(any(inside(box, place) for box in boxes[country]) for place in places)
        assert held >= 0.99 * len(places), country


@pytest.mark.parametrize("table", ["conflict", "namesakes", "districts"])
def test_places_lie_in_the_governorate_that_they_name(table: str) -> None:
    named = 0
    for row in rows(table):
        if row["admin1"]:
            unit = GOVERNORATES[row["admin1"]]
            assert unit["country"] == row["country"], row["id"]
            assert inside(unit, point(row)), row["id"]
            named += 1
    assert named > 100


def test_there_are_places_of_every_country() -> None:
    counted = Counter(row["country"] for row in rows("conflict") if row["class"] in ONE_PLACE)
    assert counted.total() > 2000
    for country in CORE:
        assert counted[country] >= 200, country
    districts = Counter(row["country"] for row in rows("districts"))
    for country, least in DISTRICTS.items():
        assert districts[country] >= least, country


def test_points_from_knowledge_agree_with_geonames() -> None:
    theirs = defaultdict(list)
    for row in rows("geonames"):
        for name in row["names"].split("|"):
            theirs[key_of_form(name), row["country"]].append(point(row))
    compared = close = 0
    for row in rows("conflict"):
        known = [p for name in row["names"].split("|") for p in theirs[key_of_form(name), row["country"]]]
        if known and row["lat"] and row["precision"] == "exact" and row["class"] == "settlement":
            compared += 1
            close += min(km(point(row), place) for place in known) <= 4
    assert compared > 400
    assert close >= 0.97 * compared


def test_a_namesake_is_another_place() -> None:
    named = defaultdict(list)
    for row in rows("conflict"):
        for name in row["names"].split("|"):
            named[key_of_form(name)].append(row)
    for row in rows("namesakes"):
        for name in row["names"].split("|"):
            for other in named[key_of_form(name)]:
                far = other["country"] != row["country"] or not other["lat"] or km(point(row), point(other)) > 10
                assert far, (row["id"], other["id"])


def test_lines_have_points_and_their_middle_lies_on_them() -> None:
    lines = [row for row in rows("conflict") if row["line"]]
    assert len(lines) > 25
    for row in lines:
        points = [(float(lat), float(lon)) for lat, lon in (pair.split() for pair in row["line"].split(";"))]
        assert len(points) > 1, row["id"]
        assert min(km(point(row), place) for place in points) < 400, row["id"]


def test_newspapers_names_of_countries() -> None:
    assert sum(len(row["names"].split("|")) - 1 for row in rows("countries")) > 200
    names = {name: row["country"] for row in rows("countries") for name in row["names"].split("|")}
    names |= {name: row["country"] for row in rows("conflict") for name in row["names"].split("|")}
    for name, country in (
        ("سورية", "SY"),
        ("الأراضي الفلسطينية", "PS"),
        ("الضفة", "PS"),
        ("غزة", "PS"),
        ("القطاع", "PS"),
    ):
        assert names[name] == country
    assert "المملكة" not in names


def test_no_given_name_stands_for_a_place_without_evidence() -> None:
    given = tomllib.loads(read_bytes("actors/given_names.toml").decode("utf8"))["words"]["given"]
    keys = {key_of_form(name) for name in given}
    for table in ("conflict", "namesakes", "districts"):
        for row in rows(table):
            if row["use"] == "free":
                assert not keys & {key_of_form(name) for name in row["names"].split("|")}, row["id"]


def test_the_tables_are_small() -> None:
    folder = resources.files("sijill.data").joinpath("places")
    assert sum(len(file.read_bytes()) for file in folder.iterdir() if file.name.endswith(".csv")) < 1_500_000

"""Areas seen from a place, and the geometry under them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill import Document, Reader
from sijill.model import Place
from sijill.places import areas
from sijill.places.areas import Spot
from sijill.places.entry import Entry
from sijill.places.geometry import Area, box_km, farthest_km, km, moved
from sijill.places.rules import ResolverRules

RULES = ResolverRules()
LATS, LONS = st.floats(-60, 60), st.floats(-170, 170)


@given(LATS, LONS, st.floats(-200, 200), st.floats(-200, 200))
def test_what_is_moved_lies_so_far_off(lat: float, lon: float, north: float, east: float) -> None:
    there = moved((lat, lon), north, east)
    assert km(lat, lon, *there) == pytest.approx((north**2 + east**2) ** 0.5, rel=0.15, abs=0.1)


@given(LATS, LONS, LATS, LONS)
def test_distances_are_the_same_both_ways(lat: float, lon: float, other_lat: float, other_lon: float) -> None:
    assert km(lat, lon, other_lat, other_lon) == pytest.approx(km(other_lat, other_lon, lat, lon), abs=1e-6)


def test_known_distances() -> None:
    assert km(36.2021, 37.1343, 33.5138, 36.2765) == pytest.approx(309, rel=0.01)  # Aleppo, Damascus
    assert km(0.0, 179.5, 0.0, -179.5) == pytest.approx(111.2, rel=0.01)


def test_a_box_is_nothing_to_what_lies_in_it() -> None:
    box = (35.0, 36.0, 36.0, 38.0)
    assert box_km(box, 35.5, 37.0) == 0
    assert box_km(box, 34.0, 37.0) == pytest.approx(111.2, rel=0.01)
    assert Area(35.5, 37.0, 1.0, box).gap_km(35.9, 37.9) == 0
    assert Area(35.5, 37.0, 1.0).gap_km(35.5, 37.1) == pytest.approx(8.1, abs=0.2)
    assert farthest_km(box, 35.0, 36.0) == pytest.approx(km(35.0, 36.0, 36.0, 38.0))


def test_a_side_lies_between_the_town_and_the_border() -> None:
    side = areas.side_of_box((35.0, 36.0, 37.0, 38.0), (36.0, 37.0), (0, 1), 45.0, RULES)
    assert side.lat == pytest.approx(36.0)
    assert 37.0 < side.lon < 38.0
    assert side.box == (35.0, 37.0, 37.0, 38.0)
    assert km(36.0, 37.0, side.lat, side.lon) == pytest.approx(45.0, rel=0.01)


def test_a_stated_distance_is_kept() -> None:
    spot = areas.at_distance(Spot(33.35, 43.78, 3.0, "exact"), (0, -1), 20.0, RULES)
    assert km(33.35, 43.78, spot.lat, spot.lon) == pytest.approx(20.0, rel=0.02)
    assert spot.lon < 43.78
    assert (spot.radius_km, spot.precision) == (5.0, "near")
    assert areas.at_distance(Spot(33.35, 43.78, 3.0, "exact"), (0, 0), 20.0, RULES).radius_km == 22.0


def test_between_holds_for_neighbours_only() -> None:
    here, near, far = Spot(33.35, 43.78, 3.0, "exact"), Spot(33.42, 43.3, 3.0, "exact"), Spot(36.33, 43.1, 3.0, "exact")
    middle = areas.between(here, near, RULES)
    assert middle is not None
    assert middle.lat == pytest.approx(33.385)
    assert middle.radius_km > km(here.lat, here.lon, middle.lat, middle.lon)
    assert areas.between(here, far, RULES) is None
    assert areas.between(here, here, RULES) is None


def test_a_list_that_is_scattered_has_no_area() -> None:
    here, far = Spot(33.35, 43.78, 3.0, "exact"), Spot(36.33, 43.1, 3.0, "exact")
    assert areas.around([here, far], RULES) is None
    assert areas.around([], RULES) is None
    assert areas.cluster([here, far], RULES) is None


def test_larger_towns_reach_farther() -> None:
    def reach(population: int) -> float:
        spot = areas.of_entry(Entry("t", ("س",), "settlement", 1.0, 2.0, "SY", population=population), RULES)
        assert spot is not None
        return spot.radius_km

    assert reach(0) < reach(50_000) < reach(2_000_000)
    assert areas.of_entry(Entry("t", ("س",), "road", None, None, "SY"), RULES) is None


@pytest.fixture(scope="module")
def placed(reader: Reader) -> Callable[[str], list[Place]]:
    """The resolved places of a sentence."""

    def found(text: str) -> list[Place]:
        return [r.place for r in reader.reading(Document("test", text))[-1] if r.place is not None]

    return found


@pytest.mark.parametrize(
    ("text", "near", "within_km", "precision"),
    [
        ("قتل رجل في ريف حلب الشمالي", (36.5, 37.1), 30, "part_of_governorate"),
        ("قتل رجل جنوب إدلب", (35.75, 36.63), 25, "part_of_governorate"),
        ("قتل رجل في ريف حلب", (36.2, 37.13), 30, "governorate"),
        ("قتل رجل في ريف منبج الشرقي", (36.53, 38.05), 12, "part_of_district"),
        ("قتل رجل قرب الحدود السورية العراقية", (34.9, 41.1), 130, "line"),
        ("قتل رجل شمال سوريا", (36.1, 39.0), 60, "part_of_country"),
        ("قتل رجل على ضفاف نهر الفرات", (35.3, 40.1), 20, "line"),
        ("قتل رجل في محافظة الموصل", (36.33, 43.1), 40, "governorate"),
    ],
)
def test_areas_in_sentences(
    placed: Callable[[str], list[Place]], text: str, near: tuple[float, float], within_km: float, precision: str
) -> None:
    (place,) = placed(text)
    assert place.lat is not None
    assert place.lon is not None
    assert km(place.lat, place.lon, *near) <= within_km, place
    assert place.precision == precision


@pytest.mark.parametrize(
    ("text", "name", "near", "within_km"),
    [
        ("غرق قارب في نهر الفرات قرب مدينة الميادين", "نهر الفرات", (35.02, 40.45), 15),
        ("غرق قارب في نهر الفرات قرب مدينة الرقة", "نهر الفرات", (35.95, 39.0), 15),
        ("انفجرت عبوة على طريق الفلوجة - الرمادي", "طريق الفلوجة - الرمادي", (33.39, 43.54), 10),
    ],
)
def test_a_line_is_met_where_the_sentence_is(
    reader: Reader, text: str, name: str, near: tuple[float, float], within_km: float
) -> None:
    found = {r.name: r.place for r in reader.reading(Document("test", text))[-1]}
    place = found[name]
    assert place is not None
    assert place.lat is not None
    assert place.lon is not None
    assert place.precision == "line"
    assert km(place.lat, place.lon, *near) <= within_km


def test_a_countryside_without_a_name_is_that_of_the_town_before(placed: Callable[[str], list[Place]]) -> None:
    town, side = placed("سقطت قذائف على حلب، واشتباكات في الريف الجنوبي")
    assert side.place_id == town.place_id
    assert side.precision == "part_of_governorate"
    assert side.lat is not None
    assert town.lat is not None
    assert side.lat < town.lat

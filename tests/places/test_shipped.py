"""The shipped tables as a gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.errors import ResourceError
from sijill.places.entry import key_of, skeleton_of
from sijill.places.shipped import load_shipped

SHIPPED = load_shipped()


def test_names_are_found_with_and_without_article() -> None:
    assert {"sy-albab"} <= {entry.id for entry in SHIPPED.exact(key_of("الباب"))}
    assert SHIPPED.exact(key_of("كفرنوران")) == SHIPPED.exact(key_of("كفر نوران")) != ()
    assert SHIPPED.exact("") == ()


def test_consonants_find_other_spellings() -> None:
    assert "sy-hajin" in {entry.id for entry in SHIPPED.skeleton(skeleton_of("هاجين"))}


def test_rows_come_in_the_order_of_their_ids() -> None:
    for key in (key_of("حلب"), key_of("طرابلس"), key_of("الزاوية")):
        ids = [entry.id for entry in SHIPPED.exact(key)]
        assert ids == sorted(ids)
        assert len(ids) > 1


def test_the_uses_of_a_place_are_one_place() -> None:
    assert len({entry.id for entry in SHIPPED}) == len(SHIPPED)
    assert all(entry.names for entry in SHIPPED)


def test_governorates_have_boxes_around_their_points() -> None:
    assert set(SHIPPED.governorates) >= {"SY", "IQ", "YE", "LY", "SD", "PS", "LB"}
    for units in SHIPPED.governorates.values():
        for unit in units:
            assert unit.box is not None
            assert unit.lat is not None
            assert unit.lon is not None
            south, west, north, east = unit.box
            assert south <= unit.lat <= north, unit.id
            assert west <= unit.lon <= east, unit.id


def test_a_point_lies_in_one_governorate_or_in_the_one_that_is_named() -> None:
    raqqa = SHIPPED.unit_at("SY", 35.95, 39.01)
    assert raqqa is not None
    assert raqqa.pcode == "SY11"
    damascus = SHIPPED.unit_at("SY", 33.513, 36.276)  # the box of the land around holds it as well
    assert damascus is not None
    assert damascus.pcode == "SY01"
    assert SHIPPED.unit_at("SY", 0.0, 0.0) is None
    assert SHIPPED.unit_at("XX", 35.95, 39.01) is None


def test_countries_have_boxes() -> None:
    south, west, north, east = SHIPPED.countries["SY"]
    assert 32 < south < 33
    assert 37 < north < 38
    assert 35 < west < 36
    assert 42 < east < 43


def test_a_users_row_goes_first(tmp_path: Path) -> None:
    table = tmp_path / "places" / "conflict.csv"
    table.parent.mkdir()
    table.write_text(
        "id,names,class,lat,lon,precision,country,use\nsy-albab,الباب,settlement,1.5,2.5,near,SY,free\n", "utf8"
    )
    entry = load_shipped(tmp_path).get("sy-albab")
    assert entry is not None
    assert (entry.lat, entry.lon, entry.precision) == (1.5, 2.5, "near")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,names,class,lat,precision,country,use\n", "column lon"),
        ("id,names,class,lat,lon,precision,country,use\na,ب,settlement,1.5,free\n", "wrong number of columns"),
        ("id,names,class,lat,lon,precision,country,use\na,ب,settlement,north,2.5,near,SY,free\n", "north"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, content: str, message: str) -> None:
    table = tmp_path / "places" / "conflict.csv"
    table.parent.mkdir()
    table.write_text(content, "utf8")
    with pytest.raises(ResourceError, match=message):
        load_shipped(tmp_path)

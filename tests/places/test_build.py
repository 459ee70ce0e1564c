"""The whole way of a build: joined, placed, merged, split by licence; stopped and gone on with; the same bytes."""

from __future__ import annotations

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sijill.errors import InputError
from sijill.places import builder
from sijill.places.builder import build, share_alike_path
from sijill.places.entry import key_of
from sijill.places.importers.record import Item
from sijill.places.store import open_gazetteer
from tests.places.conftest import Builder
from tests.places.dumps import SY_ROWS, feature, geonames_row, square, whosonfirst, write_collection


def test_a_folder_of_dumps_becomes_one_file(dump: Path, built: Builder) -> None:
    gazetteer, result = built(dump)
    assert [output.places for output in result.outputs] == [len(gazetteer)] == [8]
    assert result.left == {"a name of the past": 1, "not a place of the kinds that are kept": 1}
    assert (result.merged, result.skipped, result.broken, result.rejects) == (1, ("README.md",), {}, "")
    assert [(row.form, row.files, row.rows) for row in gazetteer.inputs()] == [
        ("geonames", 1, 9),
        ("codes", 1, 2),
        ("alternates", 1, 1),
    ]
    assert sorted(path.name for path in gazetteer.path.parent.iterdir()) == ["g.sqlite"]


def test_duplicates_within_three_kilometres_are_one_and_farther_ones_are_not(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    [place] = gazetteer.exact(key_of("زيتونة الشمال"))
    assert (place.id, place.population, place.names) == ("gn10", 1200, ("زيتونة الشمال", "الزيتونة"))
    assert gazetteer.exact(key_of("الزيتونة")) == (place,)
    assert [entry.id for entry in gazetteer.exact(key_of("رمانة"))] == ["gn14", "gn15"]


def test_alternate_names_join_by_the_id_of_geonames(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    [place] = gazetteer.exact(key_of("وادي الورد"))
    assert (place.id, place.names) == ("gn12", ("وادي الورد",))
    assert gazetteer.exact(key_of("زيتونة القديمة")) == ()


def test_type_words_give_a_second_name_and_a_kind(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    [district] = gazetteer.exact(key_of("حارم"))
    assert (district.kind, district.names) == ("district", ("حارم", "مديرية حارم"))
    [camp] = gazetteer.exact(key_of("النور"))
    assert (camp.kind, camp.names) == ("camp", ("مخيم النور", "النور"))


def test_units_are_the_shipped_governorates_and_the_districts_of_the_dump(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    place = gazetteer.get("gn10")
    assert place is not None
    assert (place.admin1, place.admin2) == ("SY07", "gn3")
    unit = gazetteer.get("gn1")
    assert unit is not None
    assert (unit.admin1, unit.pcode) == ("SY07", "SY07")


def test_a_place_without_a_code_is_of_the_governorate_of_its_neighbours(tmp_path: Path, built: Builder) -> None:
    near = [geonames_row(100 + k, f"N{k}", f"قرية رقم {k}", 35.9 + k / 100, 36.7, admin1="12") for k in range(4)]
    lone = [
        geonames_row(200, "In", "وسط الجيران", 35.92, 36.71),
        geonames_row(201, "Out", "بلا جيران", 35.0, 39.0),
    ]
    (tmp_path / "x.txt").write_text("\n".join([*SY_ROWS[:2], *near, *lone]), "utf-8")
    gazetteer, _ = built(tmp_path / "x.txt")
    inside, outside = gazetteer.get("gn200"), gazetteer.get("gn201")
    assert inside is not None
    assert outside is not None
    assert (inside.admin1, outside.admin1 == "SY07") == ("SY07", False)


def test_codes_of_districts_lead_to_their_rows(tmp_path: Path, built: Builder) -> None:
    rows = [
        geonames_row(3, "Harim", "مديرية حارم", 36.2, 36.5, feature="ADM2"),
        geonames_row(10, "Zaytunah", "الزيتونة", 36.1, 36.5, admin1="12", admin2="H1"),
    ]
    (tmp_path / "SY.txt").write_text("\n".join(rows), "utf-8")
    (tmp_path / "admin2Codes.txt").write_text("SY.12.H1\tHarim\tHarim\t3\n", "utf-8")
    gazetteer, _ = built(tmp_path / "SY.txt", tmp_path / "admin2Codes.txt")
    place = gazetteer.get("gn10")
    assert place is not None
    assert place.admin2 == "gn3"


def test_a_governorate_has_the_shipped_names_and_none_of_another(tmp_path: Path, built: Builder) -> None:
    rows = [
        geonames_row(1, "Sana", "صنعاء,تعز,محافظة صنعاء", 15.33, 44.21, feature="ADM1", country="YE", admin1="A"),
        geonames_row(2, "Taizz", "تعز,محافظة تعز", 13.47, 43.77, feature="ADM1", country="YE", admin1="B"),
    ]
    (tmp_path / "YE.txt").write_text("\n".join(rows), "utf-8")
    gazetteer, _ = built(tmp_path / "YE.txt")
    unit = gazetteer.get("gn1")
    assert unit is not None
    assert (unit.admin1, unit.names[0], "تعز" in unit.names) == ("YE23", "صنعاء", False)


def test_a_place_outside_the_box_of_its_code_goes_by_where_it_lies(tmp_path: Path, built: Builder) -> None:
    (tmp_path / "x.txt").write_text("\n".join([*SY_ROWS, geonames_row(50, "X", "قرية بعيدة", 32.7, 36.6, admin1="12")]))
    gazetteer, _ = built(tmp_path / "x.txt")
    place = gazetteer.get("gn50")
    assert place is not None
    assert place.admin1 == "SY13"


def test_populations_join_by_the_id_of_geonames(dump: Path, tmp_path: Path, built: Builder) -> None:
    (tmp_path / "people.csv").write_text("geonameid;population\n14;5300\n999;1\n", "utf-8")
    record = whosonfirst(800, "رمانة الكبيرة", 36.42, 37.31, **{"wof:concordances": {"gn:id": 14}})
    gazetteer, result = built(dump, tmp_path / "people.csv", write_collection(tmp_path / "w.geojson", [record]))
    place = gazetteer.get("gn14")
    assert place is not None
    assert (place.population, place.names) == (5300, ("رمانة", "رمانة الكبيرة"))
    assert place.source == "geonames+wof"
    assert result.merged == 2
    [row] = [row for row in gazetteer.sources() if row.id == "geonames+wof"]
    assert (row.licence, row.rows) == ("CC-BY-4.0", 1)
    assert "GeoNames" in row.attribution
    assert "Who's On First" in row.attribution


def test_polygons_give_units_and_p_codes(dump: Path, tmp_path: Path, built: Builder) -> None:
    units = [
        feature({"ADM1_EN": "Idleb", "ADM1_AR": "إدلب", "ADM1_PCODE": "SY07"}, square(36.0, 35.5, 37.0, 36.3)),
        feature(
            {"ADM2_EN": "Harim", "ADM2_AR": "حارم", "ADM2_PCODE": "SY0704", "ADM1_PCODE": "SY07"},
            square(36.3, 35.95, 36.9, 36.3),
        ),
    ]
    gazetteer, _ = built(dump, write_collection(tmp_path / "adm.geojson", units))
    place = gazetteer.get("gn12")
    assert place is not None
    assert (place.admin1, place.pcode) == ("SY07", "SY0704")
    district = gazetteer.get(place.admin2)
    assert district is not None
    assert (district.id, district.pcode, district.source) == ("codSY0704", "SY0704", "cod+geonames")
    assert district.names == ("حارم", "مديرية حارم")
    inside = gazetteer.get("gn15")
    assert inside is not None
    assert (inside.admin1, inside.pcode) == ("SY07", "SY07")


def test_share_alike_rows_go_to_a_file_of_their_own(dump: Path, tmp_path: Path, built: Builder) -> None:
    point = {"type": "Point", "coordinates": [36.6, 36.0]}
    osm = [feature({"osm_id": 77, "osm_type": "node", "place": "village", "name:ar": "زيتونة الشمال"}, point)]
    gazetteer, result = built(dump, write_collection(tmp_path / "hot.geojson", osm), country="SY")
    other = open_gazetteer(share_alike_path(gazetteer.path))
    assert [output.path for output in result.outputs] == [str(gazetteer.path), str(other.path)]
    assert {row.licence for row in gazetteer.sources()} == {"CC-BY-4.0"}
    assert {row.licence for row in other.sources()} == {"ODbL-1.0"}
    assert [entry.id for entry in other.exact(key_of("زيتونة الشمال"))] == ["osm-n77"]
    assert gazetteer.get("osm-n77") is None


def test_share_alike_rows_alone_take_the_file_itself(tmp_path: Path, built: Builder) -> None:
    point = {"type": "Point", "coordinates": [36.6, 36.0]}
    osm = feature({"@id": "node/5", "place": "town", "name": "بلدة السرو"}, point)
    gazetteer, result = built(write_collection(tmp_path / "o.geojson", [osm]))
    assert len(result.outputs) == len(gazetteer) == 1
    assert {row.licence for row in gazetteer.sources()} == {"ODbL-1.0"}


def test_only_keeps_one_country(tmp_path: Path, built: Builder) -> None:
    rows = [*SY_ROWS, geonames_row(60, "Kut", "الكوت", 32.5, 45.8, country="IQ")]
    (tmp_path / "allCountries.txt").write_text("\n".join(rows), "utf-8")
    gazetteer, result = built(tmp_path / "allCountries.txt", only=("IQ",))
    assert [row[0] for row in gazetteer.rows_of("SELECT id FROM place")] == ["gn60"]
    assert result.left["in a country that is not wanted"] == len(SY_ROWS)


def test_the_same_inputs_give_the_same_bytes(dump: Path, tmp_path: Path) -> None:
    for name in ("a.sqlite", "b.sqlite"):
        build([dump], tmp_path / name)
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


def test_a_stopped_build_leaves_the_old_file_and_goes_on(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([dump], tmp_path / "whole.sqlite")
    target = tmp_path / "g.sqlite"
    target.write_bytes(b"old")
    with monkeypatch.context() as patch:

        def stop(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(builder, "without_duplicates", stop)
        with pytest.raises(KeyboardInterrupt):
            build([dump], target)
    assert target.read_bytes() == b"old"
    assert (tmp_path / ".g.sqlite.work").exists()
    read: list[str] = []
    items = builder._items

    def watched(file: builder._File, *rest: object) -> Iterator[Item]:
        read.append(file.name)
        return items(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builder, "_items", watched)
    build([dump], target)
    assert read == ["README.md"]
    assert target.read_bytes() == (tmp_path / "whole.sqlite").read_bytes()
    assert not (tmp_path / ".g.sqlite.work").exists()


def test_a_killed_build_leaves_the_old_file_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "dump"
    folder.mkdir()
    for part in range(10):
        rows = [
            geonames_row(part * 1000 + k + 1, f"P{k}", f"قرية رقم {k}", 33 + k / 500, 36 + part / 6)
            for k in range(1000)
        ]
        (folder / f"{part:02}.txt").write_text("\n".join(rows), "utf-8")
    target = tmp_path / "g.sqlite"
    target.write_bytes(b"old")
    work = tmp_path / ".g.sqlite.work"
    command = [sys.executable, "-m", "sijill", "places", "build", str(folder), "-o", str(target)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        # Killed when some of it is in the work file: where exactly does not matter for what must hold.
        while process.poll() is None and not (work.exists() and work.stat().st_size > 100_000):
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    assert target.read_bytes() == b"old"
    assert work.exists()
    build([folder], target)
    build([folder], tmp_path / "whole.sqlite")
    assert target.read_bytes() == (tmp_path / "whole.sqlite").read_bytes()


def test_what_is_no_longer_among_the_inputs_does_not_come_from_the_work_file(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "g.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr(builder, "_write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            build([dump], target)
    (dump / "SY.txt").write_text("\n".join(SY_ROWS[:4]), "utf-8")
    build([dump], target)
    with open_gazetteer(target) as gazetteer:
        assert len(gazetteer) == 4


def test_broken_rows_are_counted_and_listed_and_the_rest_is_there(tmp_path: Path, built: Builder) -> None:
    rows = [
        *(row.encode() for row in SY_ROWS),
        geonames_row(70, "Far", "بعيدة", 95.0, 36.0).encode(),
        geonames_row(71, "No", "بلا", "x", 36.0).encode(),
        geonames_row(72, "Null", "صفر", 0, 0).encode(),
        geonames_row("id", "Id", "هوية", 36, 36).encode(),
        "\t".join(SY_ROWS[5].split("\t")[:7]).encode(),
        geonames_row(73, "Bytes", "نص", 36, 36).encode("utf-16"),
        geonames_row(74, "", "", 36, 36).encode(),
    ]
    (tmp_path / "SY.txt").write_bytes(b"\n".join(rows))
    gazetteer, result = built(tmp_path / "SY.txt")
    assert len(gazetteer) == 8
    reasons = {
        "coordinates out of range",
        "coordinates that are no numbers",
        "coordinates 0, 0",
        "no id in the first column",
        "not 19 columns",
        "not UTF-8",
        "no name in Arabic or Latin letters",
    }
    assert reasons <= set(result.broken)
    with Path(result.rejects).open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert len(listed) == sum(result.broken.values())
    assert {row["reason"] for row in listed} == set(result.broken)
    assert listed[0]["input"] == "SY.txt/SY.txt"
    assert listed[0]["where"] == "11"
    assert gazetteer.inputs()[0].broken == len(listed)


def test_a_gazetteer_of_nothing_is_not_written(tmp_path: Path) -> None:
    target = tmp_path / "g.sqlite"
    target.write_bytes(b"old")
    (tmp_path / "hotels.txt").write_text(SY_ROWS[-1], "utf-8")
    with pytest.raises(InputError, match="no place in these inputs is kept"):
        build([tmp_path / "hotels.txt"], target)
    assert target.read_bytes() == b"old"


def test_two_builds_of_one_file_do_not_meet(dump: Path, tmp_path: Path) -> None:
    target = tmp_path / "g.sqlite"

    def inner(what: str, *_: int) -> None:
        if what == "SY.txt":
            with pytest.raises(InputError, match="another build of that file is running"):
                build([dump], target)

    build([dump], target, told=inner)
    assert target.exists()


def test_a_file_may_be_built_among_its_dumps(dump: Path) -> None:
    target = dump / "g.sqlite"
    for _ in range(2):
        (dump / "x.txt").write_text("\n".join([*SY_ROWS[:3], geonames_row(70, "Far", "بعيدة", 95.0, 36.0)]), "utf-8")
        result = build([dump], target)
        assert result.skipped == ("README.md",)
        assert result.broken == {"coordinates out of range": 1}


def test_inputs_are_named_without_their_path(dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([dump], tmp_path / "a.sqlite")
    monkeypatch.chdir(dump)
    build([Path()], tmp_path / "b.sqlite")
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


def test_a_full_disk_is_one_line(dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sijill.places.writer.Writer.add", full)
    with pytest.raises(InputError, match=r"disk is full \(.*run the same command again\)"):
        build([dump], tmp_path / "g.sqlite")
    assert not (tmp_path / "g.sqlite").exists()


@pytest.mark.parametrize("name", ["none/g.sqlite", "."])
def test_where_nothing_can_be_written_is_told_first(dump: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot write"):
        build([dump], tmp_path / name)

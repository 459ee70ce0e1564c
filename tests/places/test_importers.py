"""Each form of dump, known by its content, and what is none."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import osmium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.errors import InputError
from sijill.places.builder import build
from sijill.places.entry import Entry, key_of
from sijill.places.importers import read_member, recognise
from sijill.places.importers.archive import members
from sijill.places.store import open_gazetteer
from tests.places.conftest import Builder
from tests.places.dumps import SY_ROWS, feature, geonames_row, square, whosonfirst, write_collection, write_wof

DUMP = "\n".join(SY_ROWS).encode()


def entries(built: Builder, path: Path, country: str = "SY") -> dict[str, Entry]:
    gazetteer, _ = built(path, country=country)
    found = {row[0]: gazetteer.get(row[0]) for row in gazetteer.rows_of("SELECT id FROM place")}
    return {identity: entry for identity, entry in found.items() if entry is not None}


def zipped(**files: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return memory.getvalue()


@pytest.mark.parametrize(
    "content",
    [DUMP, lzma.compress(DUMP), gzip.compress(DUMP), bz2.compress(DUMP), zipped(SY_txt=DUMP, readme_txt=b"Read me.")],
    ids=["plain", "xz", "gzip", "bzip2", "zip"],
)
def test_a_dump_is_known_packed_or_not_whatever_its_name(tmp_path: Path, built: Builder, content: bytes) -> None:
    path = tmp_path / "download"
    path.write_bytes(content)
    assert "gn10" in entries(built, path)


@pytest.mark.parametrize("tables", ["geojson", "spr"])
def test_whosonfirst_sqlite(tmp_path: Path, built: Builder, tables: str) -> None:
    records = [whosonfirst(501, "عين الحجل", 35.1, 36.7), whosonfirst(502, "تل الحمام", 35.2, 36.8)]
    found = entries(built, write_wof(tmp_path / "wof.db", records, bodies=tables == "geojson"))
    assert found["wof501"].names == ("عين الحجل",)
    assert (found["wof502"].lat, found["wof502"].lon, found["wof502"].country) == (35.2, 36.8, "SY")


def test_whosonfirst_records_in_a_folder(tmp_path: Path, built: Builder) -> None:
    folder = tmp_path / "whosonfirst-data-admin-sy" / "data" / "85"
    folder.mkdir(parents=True)
    region = whosonfirst(600, "إدلب", 35.8, 36.6, **{"wof:placetype": "region", "wof:hierarchy": [{"region_id": 600}]})
    region["geometry"] = square(36.0, 35.5, 37.0, 36.3)
    hierarchy = {"wof:hierarchy": [{"region_id": 600, "county_id": -1}], "wof:population": 40}
    records = {
        "600": region,
        "601": whosonfirst(601, "عين الحجل", 35.9, 36.7, **hierarchy),
        "602": whosonfirst(602, "قرية قديمة", 35.9, 36.7, **{"edtf:deprecated": "2019-01-01"}),
        "603": whosonfirst(603, "متجر", 35.9, 36.7, **{"wof:placetype": "venue"}),
    }
    for name, record in records.items():
        (folder / f"{name}.geojson").write_text(json.dumps(record), "utf-8")
    gazetteer, result = built(tmp_path / "whosonfirst-data-admin-sy")
    assert [row[0] for row in gazetteer.rows_of("SELECT id FROM place ORDER BY id")] == ["wof600", "wof601"]
    place = gazetteer.get("wof601")
    assert place is not None
    assert (place.admin1, place.population) == ("SY07", 40)
    assert result.left == {"a record of the past": 1, "not a place of the kinds that are kept": 1}
    assert [(row.form, row.files) for row in result.inputs] == [("geojson", 4)]


@pytest.mark.parametrize(
    "properties",
    [
        {"ADM2_EN": "Lawdar", "ADM2_AR": "لودر", "ADM2_PCODE": "YE1204", "ADM1_PCODE": "YE12", "ADM0_PCODE": "YE"},
        {
            "adm2_name": "Lawdar",
            "adm2_name1": "لودر",
            "adm2_pcode": "YE1204",
            "adm1_pcode": "YE12",
            "adm0_name": "Yemen",
        },
        {"admin2Name_en": "Lawdar", "admin2Name_ar": "لودر", "admin2Pcode": "YE1204", "admin1Pcode": "YE12"},
    ],
    ids=["until 2024", "since 2025", "admin"],
)
def test_cod_polygons_of_every_manner(tmp_path: Path, built: Builder, properties: dict[str, str]) -> None:
    path = write_collection(tmp_path / "yem.geojson", [feature(properties, square(45.5, 13.5, 46.0, 14.0))])
    found = entries(built, path)
    unit = found["codYE1204"]
    assert (unit.names, unit.kind, unit.country, unit.pcode) == (("لودر",), "district", "YE", "YE1204")
    assert (unit.lat, unit.lon) == (13.75, 45.75)


def test_cod_points_of_the_fourth_level_are_settlements(tmp_path: Path, built: Builder) -> None:
    given = {"ADM4_EN": "Ayn", "ADM4_AR": "عين السرو", "ADM4_PCODE": "C1001", "ADM0_PCODE": "SY", "ADM1_PCODE": "SY07"}
    point = {"type": "Point", "coordinates": [36.6, 36.0]}
    found = entries(built, write_collection(tmp_path / "pplp.geojson", [feature(given, point)]))
    assert (found["codC1001"].kind, found["codC1001"].country, found["codC1001"].pcode) == ("settlement", "SY", "C1001")


def test_cod_border_lines_are_passed_over(tmp_path: Path, built: Builder) -> None:
    line = {"type": "LineString", "coordinates": [[36, 35], [37, 36]]}
    features = [
        *[feature({"adm1_pcode": "SY07", "adm_level": 1}, line)] * 3,
        feature({"adm1_name1": "إدلب", "adm1_pcode": "SY07"}, square(36, 35.5, 37, 36.3)),
    ]
    _, result = built(write_collection(tmp_path / "lines.geojson", features))
    assert (result.left, result.broken) == ({"a border line": 3}, {})


def test_cod_workbook_gives_p_codes_to_the_units_of_another_dump(tmp_path: Path, built: Builder) -> None:
    book = openpyxl.Workbook()
    book.active.title = "ReadMe"
    book.active.append(["Administrative units"])
    sheet = book.create_sheet("ADM2")
    sheet.append(["ADM0_PCODE", "ADM1_EN", "ADM1_AR", "ADM1_PCODE", "ADM2_EN", "ADM2_AR", "ADM2_PCODE"])
    sheet.append(["YE", "Abyan", "أبين", "YE12", "Lawdar", "لودر", "YE1204"])
    sheet.append(["YE", "Abyan", "أبين", "YE12", "Nowhere", "لا مكان", "YE1299"])
    sheet.append(["YE", "Abyan", "أبين", "YE12", "", "", ""])
    book.save(tmp_path / "yem.xlsx")
    rows = [
        geonames_row(1, "Abyan", "محافظة أبين", 13.7, 46.1, feature="ADM1", country="YE", admin1="A"),
        geonames_row(2, "Lawdar", "مديرية لودر", 13.8, 45.8, feature="ADM2", country="YE", admin1="A", admin2="L"),
        geonames_row(3, "Shuqrah", "شقرة", 13.6, 45.9, country="YE", admin1="A", admin2="L"),
    ]
    (tmp_path / "YE.txt").write_text("\n".join(rows), "utf-8")
    gazetteer, _ = built(tmp_path / "YE.txt", tmp_path / "yem.xlsx")
    district = gazetteer.get("gn2")
    assert district is not None
    assert (district.pcode, district.lat, district.source) == ("YE1204", 13.8, "cod+geonames")
    village = gazetteer.get("gn3")
    assert village is not None
    assert village.admin2 == "gn2"
    alone = gazetteer.get("codYE1299")
    assert alone is not None
    assert (alone.lat, alone.lon) == (None, None)


def test_openstreetmap_geojson_of_several_tools(tmp_path: Path, built: Builder) -> None:
    point = {"type": "Point", "coordinates": [36.7, 35.9]}
    features = [
        feature({"osm_id": 1, "osm_type": "nodes", "place": "village", "name": "عين الدلب", "name:en": "Ayn"}, point),
        feature({"@id": "way/2", "place": "suburb", "name:ar": "حي الصفصاف"}, point),
        feature({"place": "hamlet", "name": "مزرعة الريح", "population": "1,200"}, point, id="node/3"),
        feature({"osm_id": 4, "place": "village", "name": "Деревня"}, point),
        feature({"osm_id": 5, "amenity": "cafe", "name:ar": "مقهى"}, point),
    ]
    found = entries(built, write_collection(tmp_path / "hot.geojson", features))
    assert set(found) == {"osm-n1", "osm-w2", "osm-n3"}
    assert (found["osm-w2"].kind, found["osm-w2"].names) == ("quarter", ("الصفصاف", "حي الصفصاف"))
    assert (found["osm-n3"].population, found["osm-n3"].country) == (1200, "SY")


def test_openstreetmap_extract(tmp_path: Path, built: Builder) -> None:
    path = tmp_path / "syria.osm.pbf"
    writer = osmium.SimpleWriter(str(path))
    node = osmium.osm.mutable.Node
    writer.add_node(node(id=1, location=(36.7, 35.9), tags={"place": "village", "name": "عين الدلب"}))
    writer.add_node(node(id=2, location=(36.8, 35.9), tags={"amenity": "cafe", "name": "مقهى"}))
    for number, (lon, lat) in enumerate([(37.0, 36.0), (37.2, 36.0), (37.2, 36.2), (37.0, 36.2)], start=3):
        writer.add_node(node(id=number, location=(lon, lat)))
    way = osmium.osm.mutable.Way(id=9, nodes=[3, 4, 5, 6, 3], tags={"place": "quarter", "name:ar": "الصفصاف"})
    writer.add_way(way)
    writer.close()
    found = entries(built, path)
    assert set(found) == {"osm-n1", "osm-w9"}
    assert (found["osm-n1"].lat, found["osm-n1"].lon) == (35.9, 36.7)
    assert (found["osm-w9"].lat, found["osm-w9"].lon) == (36.1, 37.1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_of_ones_own(tmp_path: Path, built: Builder, delimiter: str) -> None:
    rows = [
        ["Id", "Name", "Latitude", "Longitude", "Country", "Kind", "Population", "P-Code", "Alt names"],
        ["v1", "عين السرو", "35.5", "36.5", "SYR", "village", "300", "C1", "السرو، عين سرو"],
        ["", "تل الغراب", "35.6", "36.4", "", "", "", "", ""],
    ]
    rows[0][7] = "pcode"
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(delimiter.join(row) for row in rows), "utf-8")
    found = entries(built, path)
    assert found["v1"].names == ("عين السرو", "السرو", "عين سرو")
    assert (found["v1"].kind, found["v1"].population, found["v1"].pcode) == ("settlement", 300, "C1")
    [other] = [entry for identity, entry in found.items() if identity != "v1"]
    assert other.id.startswith("own-")
    assert (other.country, other.source) == ("SY", "own")


def test_a_workbook_of_ones_own(tmp_path: Path, built: Builder) -> None:
    book = openpyxl.Workbook()
    book.active.append(["name", "lat", "lon", "country", "population"])
    book.active.append(["عين السرو", 35.5, 36.5, "SY", 300.0])
    book.save(tmp_path / "mine.xlsx")
    [entry] = entries(built, tmp_path / "mine.xlsx").values()
    assert (entry.names, entry.lat, entry.population) == (("عين السرو",), 35.5, 300)


def test_a_crossing_polygon_is_mended_or_told(tmp_path: Path, built: Builder) -> None:
    bow: dict[str, Any] = {"type": "Polygon", "coordinates": [[[36, 35], [37, 36], [37, 35], [36, 36], [36, 35]]]}
    line: dict[str, Any] = {"type": "Polygon", "coordinates": [[[36, 35], [37, 36], [36, 35], [36, 35]]]}
    far: dict[str, Any] = {"type": "Polygon", "coordinates": [[[360, 35], [361, 35], [361, 36], [360, 35]]]}
    nothing: dict[str, Any] = {"type": "Polygon", "coordinates": "none"}
    units = [
        feature({"ADM2_AR": f"وحدة {k}", "ADM2_PCODE": f"SY01{k}"}, shape)
        for k, shape in enumerate([bow, line, far, nothing, square(36, 35, 37, 36), square(37, 35, 38, 36)])
    ]
    units += [feature({"ADM2_AR": "سليمة", "ADM2_PCODE": f"SY02{k}"}, square(38 + k, 35, 39 + k, 36)) for k in range(2)]
    _, result = built(write_collection(tmp_path / "adm.geojson", units))
    assert result.mended == {"a polygon that crossed itself": 1}
    assert result.broken == {
        "a geometry that is none": 1,
        "a polygon that crosses itself and has no area": 1,
        "coordinates out of range": 1,
    }


def bomb() -> bytes:
    return lzma.compress((SY_ROWS[3] + "\n").encode() * 400_000)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.txt", b"", "empty"),
        ("x.txt", b"Only words.\nAnd more words.\n", "not a dump of places that is known"),
        ("x.bin", bytes(range(1, 256)) * 40, "not a dump of places that is known"),
        ("x.txt", ("\t".join(["a"] * 17) + "\n").encode() * 9, "17 columns without names"),
        ("x.txt", ("\t".join(["a"] * 19) + "\n").encode() * 9, "19 columns, but"),
        ("x.csv", "اسم,مكان\nا,ب\n".encode(), "not a dump of places that is known"),
        ("x.csv", b"name,lat\nA,1\n", "unknown columns: name, lat"),
        ("x.json", b'{"type": "Topology"}', "JSON of type 'Topology'"),
        ("x.json", b'{"version": 0.6, "elements": []}', "JSON that is no GeoJSON"),
        ("x.json", b'{"type": "FeatureCollection", "features": [', "broken GeoJSON"),
        ("x.xz", bomb(), "unpacks to more than 150 times its size"),
        (
            "x.zip",
            zipped(SY_txt=(SY_ROWS[3] + " " * 900 + "\n").encode() * 40_000),
            "unpacks to more than 150 times its size",
        ),
        ("x.xz", lzma.compress(DUMP * 60)[:-200], "cannot be unpacked"),
        ("x.zip", zipped(SY_txt=DUMP)[:-40], "a broken zip"),
        ("x.zip", zipped(), "an archive without files"),
        (
            "x.xlsx",
            zipped(xl_workbook_xml=b"<x/>").replace(b"xl.workbook.xml", b"xl/workbook.xml"),
            "a broken Excel file",
        ),
        ("x.db", b"SQLite format 3\0" + b"\0" * 200, "a broken SQLite file"),
        ("x.pbf", b"\0\0\0\x0d\x0a\x09OSMHeader" + b"\0" * 99, "a broken .osm.pbf"),
    ],
)
def test_what_is_no_dump_is_one_line_and_nothing_is_written(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path, target = tmp_path / name, tmp_path / "g.sqlite"
    path.write_bytes(content)
    target.write_bytes(b"old")
    with pytest.raises(InputError) as caught:
        build([path], target)
    line = str(caught.value)
    assert said in line
    assert str(path) in line
    assert line.endswith(")"), "it says how to mend it"
    assert "\n" not in line
    assert target.read_bytes() == b"old"
    assert sorted(tmp_path.iterdir()) == sorted([path, target])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("shapely", "polygons need the package shapely"),
        ("openpyxl", "Excel files need"),
        ("osmium", "OpenStreetMap extracts"),
    ],
)
def test_a_missing_package_is_told_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    write_collection(tmp_path / "shapely", [feature({"ADM1_AR": "إدلب", "ADM1_PCODE": "SY07"}, square(36, 35, 37, 36))])
    openpyxl.Workbook().save(tmp_path / "openpyxl")
    (tmp_path / "osmium").write_bytes(b"\0\0\0\x0d\x0a\x09OSMHeader" + b"\0" * 99)
    with pytest.raises(InputError, match=said) as caught:
        build([tmp_path / name], tmp_path / "g.sqlite")
    assert str(caught.value).endswith("(pip install 'sijill[places]')")


def test_text_dumps_need_no_package_of_the_extra(
    dump: Path, built: Builder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("shapely", "openpyxl", "osmium"):
        monkeypatch.setitem(sys.modules, name, None)
    point = {"type": "Point", "coordinates": [36.7, 35.9]}
    osm = write_collection(
        tmp_path / "o.geojson", [feature({"@id": "node/1", "place": "town", "name": "السرو"}, point)]
    )
    _, result = built(dump, osm)
    assert [output.places for output in result.outputs] == [8, 1]


def test_a_line_without_end_is_a_broken_row(tmp_path: Path, built: Builder) -> None:
    endless = "\t".join(["9", "x" * 3_000_000, *["y"] * 17])
    (tmp_path / "x.txt").write_text("\n".join([*SY_ROWS, endless, SY_ROWS[3].replace("10", "90", 1)]), "utf-8")
    gazetteer, result = built(tmp_path / "x.txt")
    assert sum(result.broken.values()) == 1
    assert gazetteer.get("gn90") is None  # the same place as gn10
    assert len(gazetteer) == 8


def test_alternates_with_broken_rows(dump: Path, built: Builder) -> None:
    with (dump / "alternateNamesV2.txt").open("a", encoding="utf-8") as file:
        file.write("905\tx\tar\tاسم\n906\t14\tar\tڈیرہ\n")
    _, result = built(dump)
    assert result.broken == {"not the columns of alternateNamesV2": 1}
    assert result.left["a name in letters that are not Arabic's"] == 1


def test_a_broken_table_names_its_row(tmp_path: Path, built: Builder) -> None:
    (tmp_path / "x.csv").write_text(
        "name,lat,lon,kind,country\nعين السرو,35,36,village,SY\nعين,35,36,volcano,SY\n,35,36,,SY\nا,ب,36,,\n"
        "تل الغراب,36,37,,SY,,,more\nتل الحمام,36.5,37,,SY\nتل الريح,36.7,37,,SY\nتل السرو,36.8,37,,SY\n", "utf-8"
    )  # fmt: skip
    gazetteer, result = built(tmp_path / "x.csv")
    assert len(gazetteer) == 4
    assert result.broken == {
        "an unknown kind of place": 1,
        "coordinates that are no numbers": 1,
        "more cells than columns": 1,
        "no name in Arabic or Latin letters": 1,
    }
    assert "row 3,an unknown kind of place" in Path(result.rejects).read_text("utf-8")


def test_each_input_that_is_no_dump_has_a_line_of_its_own(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Only words.\n", "utf-8")
    with pytest.raises(InputError) as caught:
        build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "g.sqlite")
    assert len(str(caught.value).splitlines()) == 2


def test_a_dump_that_is_mostly_broken_is_refused(tmp_path: Path) -> None:
    rows = [geonames_row(1, "A", "قرية", 35, 36)] * 100 + ["no row"] * 101
    (tmp_path / "x.txt").write_text("\n".join(rows), "utf-8")
    with pytest.raises(InputError, match="101 of 201 rows are broken: not 19 columns"):
        build([tmp_path / "x.txt"], tmp_path / "g.sqlite")


def test_a_built_gazetteer_is_no_dump(dump: Path, tmp_path: Path) -> None:
    build([dump], tmp_path / "g.sqlite")
    with pytest.raises(InputError, match="a gazetteer of Sijill, no dump"):
        build([tmp_path / "g.sqlite"], tmp_path / "h.sqlite")


def test_whosonfirst_meta_table(tmp_path: Path, built: Builder) -> None:
    (tmp_path / "meta.csv").write_text(
        "geom_hash,geom_latitude,geom_longitude,id,iso_country,lbl_latitude,name,placetype\n"
        "x,35.1,36.1,77,SY,35.1,Ayn as Sarw,locality\nx,35.1,36.1,78,SY,35.1,Shop,venue\n",
        "utf-8",
    )
    [entry] = entries(built, tmp_path / "meta.csv").values()
    assert (entry.id, entry.source, entry.kind, entry.country) == ("wof77", "wof", "settlement", "SY")


@pytest.mark.parametrize(
    "begin", [b"", b"{", DUMP[:300], b"SQLite format 3\0", b"PK\x03\x04", b"\xfd7zXZ\x00", b"\x1f\x8b"]
)
@given(more=st.binary(max_size=400))
def test_any_bytes_are_read_or_told_in_one_line(begin: bytes, more: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x")
        path.write_bytes(begin + more)
        said = ""
        try:
            with members(path) as inside:
                for member in inside:
                    list(read_member(member, recognise(member), ""))
        except InputError as error:
            said = str(error)
        assert "\n" not in said


def test_json_lines_of_features_are_read(tmp_path: Path, built: Builder) -> None:
    point = {"type": "Point", "coordinates": [36.7, 35.9]}
    lines = [
        json.dumps(feature({"name": f"تل الغراب {k}", "country": "SY"}, point | {"coordinates": [36 + k, 35]}))
        for k in range(2)
    ]
    (tmp_path / "x.geojsonl").write_text("\n".join(lines), "utf-8")
    assert len(entries(built, tmp_path / "x.geojsonl")) == 2


def test_a_row_without_an_id_of_geonames_is_kept(tmp_path: Path, built: Builder) -> None:
    (tmp_path / "x.txt").write_text(geonames_row(-1, "Big", "المدينة الكبيرة", 35, 36), "utf-8")
    gazetteer, result = built(tmp_path / "x.txt")
    assert result.mended == {"a row without an id of GeoNames": 1}
    assert len(gazetteer.exact(key_of("المدينة الكبيرة"))) == 1
    assert open_gazetteer(gazetteer.path).digest == gazetteer.digest

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from sijill.errors import InputError
from sijill.export import Entry, Loaded, export
from sijill.export.formats import workbook
from sijill.export.formats.workbook import _letters, _xml
from sijill.model import Actor, Claim, Source, Span
from tests.export.samples import EDLIB, ORDER, claim, entry, sample

LOADED = Loaded()
TEXT = "🛑 قال المصدر إن قصفاً وقع في إدلب أمس."
EVIL = ('=cmd|"/C calc"!A1', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "<script>alert(1)</script>", "'=1")


def made(profile: str, entries: list[Entry], folder: Path, name: str) -> bytes:
    export(profile, entries, folder / "out", ORDER, loaded=LOADED)
    return (folder / "out" / name).read_bytes()


def evil(text: str) -> list[Entry]:
    return [entry("d", claim(agents=(Actor(text, Span(0, 1), text),), trigger_text=text), outlet=text, title=text)]


# --- tables --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["flat", "csv", "hxl", "acled"])
@pytest.mark.parametrize("text", EVIL)
def test_no_cell_of_a_csv_file_is_a_formula(profile: str, text: str, tmp_path: Path) -> None:
    export(profile, evil(text), tmp_path / "out", ORDER, loaded=LOADED)
    seen = False
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, strict=True))
        for row in rows[1:]:
            if not row[0].startswith("#"):
                assert all(cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝"} for cell in row)
                seen = seen or any(text in cell for cell in row)
    assert seen


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_of_a_workbook_is_a_formula(text: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", evil(text), tmp_path, "claims.xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    texts = [unescape(cell.value) for cell in cells if isinstance(cell.value, str)]
    assert all(not one.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for one in texts)
    assert ("'" + text if not text.startswith("<") else text) in texts


def test_a_workbook_holds_the_tables_with_numbers_and_days(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", sample(), tmp_path, "claims.xlsx")))
    assert book.sheetnames == ["claims", "counts", "places", "actors", "sources"]
    rows: list[dict[str, Any]] = []
    head, *values = book["claims"].iter_rows(values_only=True)
    rows = [dict(zip(head, row, strict=True)) for row in values]
    assert len(rows) == 4
    assert rows[0]["published"] == datetime(2024, 5, 12)  # noqa: DTZ001  (a workbook has no zones)
    assert (rows[0]["killed_low"], rows[0]["lat"], rows[0]["place"]) == (9, 35.9306, "إدلب")


def test_a_workbook_tells_no_time(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(made("xlsx", sample(), tmp_path, "claims.xlsx"))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_a_sheet_or_cell_that_is_too_big_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="a cell of more than 32,767"):
        made("xlsx", evil("ا" * 40_000), tmp_path, "claims.xlsx")
    monkeypatch.setattr(workbook, "_MOST_ROWS", 3)
    with pytest.raises(InputError, match="rows for sheet"):
        made("xlsx", sample(), tmp_path, "claims.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_columns_have_letters() -> None:
    assert [_letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@given(st.text(max_size=20))
def test_any_text_is_xml(text: str) -> None:
    root = ET.fromstring(f"<t>{_xml(text)}</t>".encode())  # noqa: S314  (we wrote it ourselves)
    back = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), root.text or "")
    assert back == text


def test_hashtags_stand_below_the_names(tmp_path: Path) -> None:
    names, tags, first, *_ = made("hxl", sample(), tmp_path, "claims.csv").decode("utf-8").splitlines()
    assert names.split(",")[:3] == ["doc", "published", "outlet"]
    assert all(re.fullmatch(r"#[a-z]+(\+[a-z][a-z0-9_]*)*", tag) for tag in tags.split(","))
    assert "#affected+killed+min" in tags
    assert first.startswith("first,2024-05-12")


# --- maps ----------------------------------------------------------------------------------------------------------


def test_features_have_points_where_there_are_some(tmp_path: Path) -> None:
    found = json.loads(made("geojson", sample(), tmp_path, "claims.geojson"))
    assert found["type"] == "FeatureCollection"
    first, second, third, _ = found["features"]
    assert first["geometry"] == second["geometry"] == {"type": "Point", "coordinates": [36.6339, 35.9306]}
    assert third["geometry"] is None
    assert (first["properties"]["place_said"], second["properties"]["place_said"]) == ("stated", "context")
    assert first["id"].startswith("first/")
    assert "lat" not in first["properties"]


# --- annotations ---------------------------------------------------------------------------------------------------


def annotated(claims: tuple[Claim, ...], folder: Path, text: str | None) -> list[dict[str, Any]]:
    one = msgspec.structs.replace(entry("d", *claims, url="https://example.org/1"), text=text)
    page = json.loads(made("webanno", [one], folder, "annotations.jsonld"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    items: list[dict[str, Any]] = page["items"]
    return items


def test_positions_count_code_points_and_quotes_have_what_stands_around(tmp_path: Path) -> None:
    start = TEXT.index("قصفاً")
    place = msgspec.structs.replace(EDLIB, span=Span(TEXT.index("إدلب"), TEXT.index("إدلب") + 4))
    one = claim(trigger=Span(start, start + 5), trigger_text="قصفاً", places=(place,))
    items = annotated((one,), tmp_path, TEXT)
    assert [item["motivation"] for item in items] == ["classifying", "identifying"]
    for item, exact in zip(items, ("قصفاً", "إدلب"), strict=True):
        quote, position = item["target"]["selector"]
        assert quote["type"] == "TextQuoteSelector"
        assert position["type"] == "TextPositionSelector"
        assert quote["exact"] == exact == TEXT[position["start"] : position["end"]]
        assert TEXT.index(quote["prefix"] + exact + quote["suffix"]) == max(position["start"] - 32, 0)
    assert items[1]["body"][2] == {"id": items[0]["id"], "purpose": "linking"}
    assert items[0]["target"]["source"]["via"] == "https://example.org/1"


def test_without_the_text_a_quote_has_no_surroundings(tmp_path: Path) -> None:
    [item] = annotated((claim(),), tmp_path, None)
    assert item["target"]["selector"][0] == {"type": "TextQuoteSelector", "exact": "قصف"}


def test_every_field_is_annotated_once(tmp_path: Path) -> None:
    page = json.loads(made("webanno", sample(), tmp_path, "annotations.jsonld"))
    names = [item["id"] for item in page["items"]]
    assert len(names) == len(set(names))
    tags = [body["value"] for item in page["items"] for body in item["body"] if body.get("purpose") == "tagging"]
    assert {tag: tags.count(tag) for tag in set(tags)} == {
        "count": 5,
        "date": 2,
        "place": 3,
        "agent": 3,
        "target": 3,
        "source": 2,
    }
    [state] = [body for item in page["items"] for body in item["body"] if body.get("purpose") == "assessing"]
    assert state["value"] == "edited"


# --- provenance ----------------------------------------------------------------------------------------------------


def test_provenance_points_only_at_what_is_there(tmp_path: Path) -> None:
    found = json.loads(made("prov", sample(), tmp_path, "provenance.json"))
    there = {*found["entity"], *found["activity"], *found["agent"]}
    ends = {
        value
        for section in ("used", "wasGeneratedBy", "wasDerivedFrom", "wasAttributedTo", "wasAssociatedWith")
        for relation in found[section].values()
        for key, value in relation.items()
        if key != "prov:type"
    }
    assert ends <= there
    assert all(name.startswith("sijill:") for name in there)
    assert any(
        agent.get("prov:type") == "prov:Person" and agent["prov:label"] == "reviewer"
        for agent in found["agent"].values()
    )
    assert sum(one.get("prov:type") == "prov:Revision" for one in found["wasDerivedFrom"].values()) == 1
    generated = found["wasGeneratedBy"].values()
    assert len(generated) == 4


# --- FollowTheMoney ------------------------------------------------------------------------------------------------


def test_entities_come_before_what_points_at_them(tmp_path: Path) -> None:
    lines = made("ftm", sample(), tmp_path, "entities.ftm.json").splitlines()
    entities = [json.loads(line) for line in lines]
    known: set[str] = set()
    for one in entities:
        assert re.fullmatch("[0-9a-f]{40}", one["id"])
        for name in ("involved", "proof", "document", "resolved"):
            assert set(one["properties"].get(name, ())) <= known
        assert one["id"] not in known
        known.add(one["id"])
        assert all(isinstance(value, str) and value for values in one["properties"].values() for value in values)
    schemata = [one["schema"] for one in entities]
    assert schemata.count("Article") == 3
    assert schemata.count("Event") == 4
    assert set(schemata) == {"Article", "Event", "Organization", "PublicBody", "Mention"}
    event = next(one for one in entities if one["schema"] == "Event")
    assert event["properties"]["startDate"] == ["2024-05-11"]
    assert event["properties"]["country"] == ["sy"]


def test_markup_in_titles_and_names_is_text(tmp_path: Path) -> None:
    text = "<img src=x onerror=alert(1)>"
    found = [entry("d", claim(sources=(Source(text, Span(0, 1), text),)), title=text, outlet=text)]
    for profile, name in (
        ("webanno", "annotations.jsonld"),
        ("geojson", "claims.geojson"),
        ("prov", "provenance.json"),
    ):
        (tmp_path / profile).mkdir()
        assert text in json.dumps(json.loads(made(profile, found, tmp_path / profile, name)))

"""The whole way with a built gazetteer: what the record and `sijill explain` say of places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sijill import Document, Reader, Report
from sijill.cli.app import cli
from sijill.places.builder import build
from sijill.places.store import open_gazetteer

TABLE = (
    "name,lat,lon,country,kind,id\n"
    "كفر زرزور,35.95,36.70,SY,settlement,v1\n"
    "كفر زرزور,32.66,36.15,SY,settlement,v2\n"
    "تل زرزور,33.30,43.80,IQ,settlement,v3\n"
)
TEXT = "قتل رجلان في غارة على قرية تل زرزور بمحافظة الأنبار في العراق. وأصيب طفل في قرية كفر زرزور."


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gazetteer")
    (folder / "villages.csv").write_text(TABLE, "utf8")
    build([folder / "villages.csv"], folder / "villages.sqlite")
    return folder / "villages.sqlite"


@pytest.fixture(scope="module")
def report(gazetteer: Path) -> Report:
    return Reader(places=(gazetteer,)).read(Document("d", TEXT))


def test_villages_of_the_built_gazetteer_have_points(report: Report) -> None:
    place = next(p for claim in report.claims for p in claim.places if p.name == "تل زرزور")
    assert (place.lat, place.lon) == (33.3, 43.8)
    assert (place.country, place.pcode, place.precision) == ("IQ", "IQG01", "exact")


def test_the_record_names_the_gazetteer(report: Report, gazetteer: Path) -> None:
    with open_gazetteer(gazetteer) as opened:
        assert report.data.endswith(f"+guidelines+{opened.digest}")


def test_one_gazetteer_may_be_given_as_it_is(report: Report, gazetteer: Path) -> None:
    assert Reader(places=str(gazetteer)).read(Document("d", TEXT)) == report
    assert Reader(places=gazetteer).read(Document("d", TEXT)) == report


def test_namesakes_elsewhere_are_noted_and_get_no_point(report: Report) -> None:
    assert all(p.lat is None for claim in report.claims for p in claim.places if p.name == "كفر زرزور")


def test_places_come_back_from_json(report: Report) -> None:
    assert Report.from_json(report.to_json()) == report


def test_explain_shows_the_point_the_reasons_and_the_losers(gazetteer: Path, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("سقطت قذيفة على قرية كفر زرزور بريف إدلب الشرقي", "utf8")
    done = CliRunner().invoke(cli, ["explain", "--places", str(gazetteer), str(tmp_path / "r.txt")])
    assert done.exit_code == 0, done.output
    assert "35.9500, 36.7000" in done.output
    assert "inside +" in done.output
    assert "inside -" in done.output
    done = CliRunner().invoke(cli, ["explain", "--json", "--places", str(gazetteer), str(tmp_path / "r.txt")])
    village, side = json.loads(done.stdout.splitlines()[0])["places"]
    assert village["place"]["lat"] == 35.95
    assert [c["lat"] for c in village["candidates"]] == [35.95, 32.66]
    assert village["candidates"][0]["points"] == pytest.approx(
        sum(village["candidates"][0]["reasons"].values()), abs=0.1
    )
    assert side["place"]["precision"] == "part_of_governorate"


def test_read_takes_several_gazetteers_and_refuses_what_is_none(gazetteer: Path, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(TEXT, "utf8")
    twice = ["read", "--json", "--places", str(gazetteer), "--places", str(gazetteer), str(tmp_path / "r.txt")]
    done = CliRunner().invoke(cli, twice)
    assert done.exit_code == 0, done.output
    places = [p for claim in json.loads(done.stdout.splitlines()[0])["claims"] for p in claim["places"]]
    assert 33.3 in [p["lat"] for p in places]
    missing = ["read", "--places", str(tmp_path / "none.sqlite"), str(tmp_path / "r.txt")]
    assert CliRunner().invoke(cli, missing).exit_code == 2

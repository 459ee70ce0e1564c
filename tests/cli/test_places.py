from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from sijill.cli.app import _run, cli
from sijill.places.writer import Writer
from tests.places.dumps import SY_ROWS, geonames_row


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["places", *map(str, arguments)])


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text("\n".join(SY_ROWS), "utf-8")
    return path


@pytest.fixture
def file(dump: Path, tmp_path: Path) -> Path:
    assert run("build", dump, "-o", tmp_path / "g.sqlite").exit_code == 0
    return tmp_path / "g.sqlite"


def test_build_tells_what_came_of_it(dump: Path, tmp_path: Path) -> None:
    result = run("build", dump, "-o", tmp_path / "g.sqlite")
    assert result.exit_code == 0
    for part in (
        "GeoNames dump",
        "left out",
        "not a place of the kinds that are kept",
        "8 places",
        "1 duplicates merged",
    ):
        assert part in result.stdout
    assert result.stderr == ""


def test_build_tells_of_a_file_that_an_earlier_build_left(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "g-odbl.sqlite").write_bytes(b"old")
    result = run("build", dump, "-o", tmp_path / "g.sqlite")
    assert "g-odbl.sqlite is of an earlier build" in "".join(result.stdout.split("\n"))
    assert (tmp_path / "g-odbl.sqlite").read_bytes() == b"old"


def test_build_with_broken_rows_ends_with_1_and_lists_them(tmp_path: Path) -> None:
    rows = [*SY_ROWS, geonames_row(70, "Far", "بعيدة", 95.0, 36.0)]
    (tmp_path / "SY.txt").write_text("\n".join(rows), "utf-8")
    result = run("build", tmp_path / "SY.txt", "-o", tmp_path / "g.sqlite", "--json")
    assert result.exit_code == 1
    told = msgspec.json.decode(result.stdout)
    assert told["broken"] == {"coordinates out of range": 1}
    assert "بعيدة" in Path(told["rejects"]).read_text("utf-8")


def test_build_of_what_is_no_dump_is_a_line_each_and_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Only words.\n", "utf-8")
    target = str(tmp_path / "g.sqlite")
    assert _run(["places", "build", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "-o", target]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "b.txt: no such file" in lines[0]
    assert _run(["places", "build", str(tmp_path / "a.txt"), "-o", target]) == 1
    assert "not a dump of places that is known (it takes" in capsys.readouterr().err
    assert not Path(target).exists()


def test_report_in_tables_and_in_json(file: Path) -> None:
    result = run("report", "--table", file)
    assert result.exit_code == 0
    for part in ("8 places", "CC-BY-4.0", "GeoNames (geonames.org)", "SY", "2 of 14", "رمانه"):
        assert part in result.stdout
    told = msgspec.json.decode(run("report", file).stdout)
    assert (told["places"], told["countries"][0]["country"]) == (8, "SY")


def test_find_gives_candidates_with_reasons(file: Path) -> None:
    lines = run("find", "رمانة", "--places", file, "--near", "35.9,36.5").stdout.splitlines()
    first, second = map(msgspec.json.decode, lines[:2])
    assert (first["entry"]["id"], first["distance_km"], first["admin1_name"]) == ("gn15", 0.0, "إدلب")
    assert (first["latin"], first["reason"]) == ("Rummanah", "the name as written")
    assert (second["entry"]["id"], second["distance_km"] > 50) == ("gn14", True)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("الرمانة", "the same but for the article or spelling"),
        ("قرية رمانة", "without the word before it"),
        ("برمانة", "without the letter before it"),
        ("Rummanah", "the same Latin name"),
        ("رومانه", "the same consonants"),
    ],
)
def test_find_climbs_the_rungs(file: Path, name: str, reason: str) -> None:
    lines = run("find", name, "--places", file, "--near", "زيتونة الشمال", "--country", "sy").stdout.splitlines()
    found = {told["entry"]["id"]: told["reason"] for told in map(msgspec.json.decode, lines)}
    assert found["gn15"] == reason


def test_consonants_count_only_near_the_place_given(file: Path) -> None:
    near = {msgspec.json.decode(line)["entry"]["id"] for line in run(
        "find", "رومانه", "--places", file, "--near", "35.9,36.5").stdout.splitlines()}  # fmt: skip
    assert "gn15" in near
    assert "gn14" not in near


def test_find_in_the_shipped_gazetteer_alone(file: Path) -> None:
    result = run("find", "كوباني", "--table")
    assert result.exit_code == 0
    assert "sy-kobani" in result.stdout
    both = run("find", "كوباني", "--places", file)
    assert msgspec.json.decode(both.stdout.splitlines()[0])["file"] == "shipped"


def test_find_nothing_ends_with_1() -> None:
    result = run("find", "ظظظظظظ")
    assert result.exit_code == 1
    assert "no place is known by the name" in result.stderr


def test_an_empty_gazetteer_is_warned_of(tmp_path: Path) -> None:
    with Writer(tmp_path / "g.sqlite") as writer:
        writer.finish({}, ())
    for result in (run("find", "حلب", "--places", tmp_path / "g.sqlite"), run("report", tmp_path / "g.sqlite")):
        assert "the gazetteer is empty" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["find", "حلب", "--near", "xyzzy"], "neither LAT,LON nor a place"),
        (["find", "حلب", "--near", "95,36"], "neither LAT,LON nor a place"),
        (["find", "حلب", "--country", "Syria"], "no country code of two letters"),
        (["build", "x"], "Missing option '-o'"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["places", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1

"""The built file, opened: look-ups, and what is refused with the command that mends it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sijill.errors import InputError
from sijill.places.entry import FileGazetteer, Gazetteer, key_of, skeleton_of
from sijill.places.importers.naming import latin_key
from sijill.places.store import FORMAT, open_gazetteer
from sijill.places.writer import Writer
from tests.places.conftest import Builder


def test_it_is_a_gazetteer(dump: Path, built: Builder) -> None:
    gazetteer, result = built(dump)
    asked: Gazetteer = gazetteer
    of_file: FileGazetteer = gazetteer
    assert of_file.digest == result.outputs[0].digest
    assert len(of_file) == 8
    [camp] = asked.exact(key_of("مخيم النور"))
    assert (camp.id, camp.lat, camp.lon, camp.country, camp.source) == ("gn13", 36.15, 36.65, "SY", "geonames")
    assert asked.get("gn13") == camp
    assert asked.get("none") is None
    assert asked.exact("لا شيء") == ()


def test_consonants_and_latin_names_find_places(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    assert [entry.id for entry in gazetteer.skeleton(skeleton_of("رومانه"))] == ["gn14", "gn15"]
    assert [entry.id for entry in gazetteer.by_latin(latin_key("Rummanah"))] == ["gn14", "gn15"]
    assert gazetteer.label("gn14") == "Rummanah"
    assert gazetteer.label("none") == ""


def test_answers_are_remembered_and_forgotten(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    first = gazetteer.exact("رمانه")
    for number in range(5000):
        assert gazetteer.exact(f"لا شيء {number}") == ()
    assert gazetteer.exact("رمانه") == first
    assert len(gazetteer._known) <= 4096


@pytest.mark.parametrize("key", ["", "'; DROP TABLE place; --", "\0", "\ud800", "%", "ن" * 10_000])
def test_any_key_is_answered(dump: Path, built: Builder, key: str) -> None:
    gazetteer, _ = built(dump)
    assert gazetteer.exact(key) == gazetteer.skeleton(key) == ()
    assert gazetteer.get(key) is None


def test_a_name_of_a_file_with_signs_of_an_address_is_opened(dump: Path, tmp_path: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    other = tmp_path / "a?mode=rw#b %41 خريطة.sqlite"
    other.write_bytes(gazetteer.path.read_bytes())
    with open_gazetteer(other) as opened:
        assert opened.digest == gazetteer.digest


def test_it_is_opened_for_reading_only(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    with pytest.raises(InputError):
        gazetteer.rows_of("DELETE FROM place")


def test_another_format_is_refused_with_the_command_that_mends_it(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    with closing(sqlite3.connect(gazetteer.path)) as database:
        database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    with pytest.raises(InputError) as caught:
        open_gazetteer(gazetteer.path)
    line = str(caught.value)
    assert f"a gazetteer of format {FORMAT + 1}" in line
    assert f"sijill places build dump -o {gazetteer.path}" in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such gazetteer"),
        (b"", "not a gazetteer"),
        (b"text", "not a gazetteer"),
        (b"SQLite format 3\0" + b"\0" * 99, "not a"),
    ],
)
def test_what_is_no_gazetteer_is_told_with_the_command(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "g.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        open_gazetteer(path)
    assert "sijill places build INPUT... -o" in str(caught.value)


def test_a_cut_file_is_refused(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    whole = gazetteer.path.read_bytes()
    gazetteer.path.write_bytes(whole[:-4096])
    with pytest.raises(InputError, match="it is cut short"):
        open_gazetteer(gazetteer.path)


def test_damage_inside_is_an_input_error(dump: Path, built: Builder) -> None:
    gazetteer, _ = built(dump)
    whole = bytearray(gazetteer.path.read_bytes())
    for start in range(4096, len(whole), 4096):
        whole[start : start + 64] = b"\xff" * 64
    gazetteer.path.write_bytes(whole)
    with pytest.raises(InputError, match="a broken gazetteer"):
        open_gazetteer(gazetteer.path).exact("رمانه")


def test_an_empty_one_is_opened_and_has_no_place(tmp_path: Path) -> None:
    with Writer(tmp_path / "g.sqlite") as writer:
        writer.finish({}, ())
    with open_gazetteer(tmp_path / "g.sqlite") as gazetteer:
        assert len(gazetteer) == 0
        assert gazetteer.exact("رمانه") == ()


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Writer(tmp_path / "g.sqlite") as writer:
        writer.add([1 / 0])  # type: ignore[list-item]
    assert list(tmp_path.iterdir()) == []

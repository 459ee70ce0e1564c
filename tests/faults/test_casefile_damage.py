"""Files that were damaged: a flipped byte is found or changes nothing, and no damage ends in a traceback."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from sijill.casefile import CaseFile, State
from sijill.casefile.schema import METADATA
from sijill.errors import StoreError
from tests.casefile.conftest import TEXTS, given
from tests.casefile.simple import read_simply


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    """The bytes of a case's file."""
    where = tmp_path / "whole.case"
    CaseFile.create(where, "me").close()
    with CaseFile.open(where) as case:
        batch = case.batch("me")
        for number, text in enumerate(TEXTS):
            batch.take(given(text, f"r{number}"), read_simply)
        batch.finish()
        case.decide(1, State.ACCEPTED, "me")
    return where.read_bytes()


def contents(where: Path) -> list[object]:
    """Every row of the case."""
    with CaseFile.open(where, write=False) as case, case.database.reading() as connection:
        return [
            [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in METADATA.sorted_tables
        ]


def findings(where: Path) -> list[str]:
    """What is found of a damaged file, on opening it or by `verify`."""
    try:
        with CaseFile.open(where, write=False) as case:
            return [str(problem) for problem in case.verify()]
    except StoreError as error:
        return [str(error)]


def test_a_flipped_byte_is_found(tmp_path: Path, whole: bytes) -> None:
    where = tmp_path / "flipped.case"
    where.write_bytes(whole)
    expected = contents(where)
    rng = random.Random(11)  # noqa: S311  (the same bytes in every run)
    found, used = 0, [at for at, byte in enumerate(whole) if byte]
    for at in rng.sample(used, 100):
        where.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1 :])
        if findings(where):
            found += 1
        else:
            # In room that holds nothing: not one cell is another.
            assert contents(where) == expected, at
    assert found > 50


def test_a_flipped_byte_of_an_original_is_found_and_named(tmp_path: Path, whole: bytes) -> None:
    where = tmp_path / "flipped.case"
    where.write_bytes(whole)
    with CaseFile.open(where) as case:
        row = case.document("r0")
    connection = sqlite3.connect(where)
    [packed] = connection.execute("SELECT bytes FROM blob WHERE sha256 = ?", [row.original]).fetchone()
    connection.close()
    at = whole.index(packed) + len(packed) // 2
    where.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
    assert any(line.startswith(f"{row.original}: changed") for line in findings(where))
    with CaseFile.open(where) as case, pytest.raises(StoreError, match="were changed"):
        case.original(row)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_off_file_is_found(tmp_path: Path, whole: bytes, part: float) -> None:
    where = tmp_path / "short.case"
    where.write_bytes(whole[: int(len(whole) * part)])
    assert findings(where)


def test_a_page_that_is_none_any_more_is_told_line_by_line(tmp_path: Path, whole: bytes) -> None:
    where = tmp_path / "page.case"
    where.write_bytes(whole)
    connection = sqlite3.connect(where)
    [size] = connection.execute("PRAGMA page_size").fetchone()
    [root] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claim_place'").fetchone()
    connection.close()
    at = (root - 1) * size
    where.write_bytes(whole[:at] + b"\xff" * size + whole[at + size :])
    with CaseFile.open(where, write=False) as case:
        told = [str(problem) for problem in case.verify()]
    assert len(told) > 1
    assert not any("\n" in line or "sqlalche" in line or "SELECT" in line for line in told)


def test_other_files_are_no_cases(tmp_path: Path) -> None:
    other = tmp_path / "x.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE audit (x)")
    connection.close()
    text = tmp_path / "x.txt"
    text.write_text(TEXTS[0], encoding="utf-8")
    for where in (other, text):
        with pytest.raises(StoreError, match="this is no case file"):
            CaseFile.open(where)
    with pytest.raises(StoreError, match="cannot be opened: Is a directory"):
        CaseFile.open(tmp_path)
    with pytest.raises(StoreError, match="no such file"):
        CaseFile.open(tmp_path / "none")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.sqlite", "x.txt"]


def test_a_case_with_a_table_gone_is_no_traceback(tmp_path: Path, whole: bytes) -> None:
    where = tmp_path / "gone.case"
    where.write_bytes(whole)
    connection = sqlite3.connect(where)
    connection.execute("DROP TABLE claim_place")
    connection.close()
    assert any("claim_place" in line for line in findings(where))
    with CaseFile.open(where) as case:
        batch = case.batch("me")
        batch.take(given(TEXTS[0] + " x", "new"), read_simply)
        with pytest.raises(StoreError, match="claim_place"):
            batch.finish()

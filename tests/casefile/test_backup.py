"""A backup is the whole case, between any two databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from sijill.casefile import CaseFile, State
from sijill.casefile.backup import COPIED
from sijill.casefile.schema import METADATA
from sijill.errors import StoreError
from tests.casefile.conftest import TEXTS, Adder, given


def rows(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the chain's last entries."""
    return {
        table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in METADATA.sorted_tables
    }


@pytest.fixture
def other(request: pytest.FixtureRequest, tmp_path: Path, case: CaseFile) -> str:
    """A free place on the other kind of database."""
    if case.database.kind == "postgresql":
        return str(tmp_path / "restored.case")
    address: str = request.getfixturevalue("postgres").database()
    return address


def test_a_case_comes_back_whole_on_the_other_database(case: CaseFile, add: Adder, other: str, tmp_path: Path) -> None:
    add(*(given(text, f"r{number}") for number, text in enumerate(TEXTS)), given(TEXTS[0], "again"))
    case.decide(1, State.REJECTED, "me", reason="no")
    backup = tmp_path / "backup.case"
    with case.database.reading() as connection:
        before = rows(connection)
        count = case.backup(backup, "me")
    assert count == sum(len(before[table.name]) for table in COPIED)
    assert case.head()[0] == len(before["audit"]) + 1
    with CaseFile.open(backup) as copied, copied.database.reading() as connection:
        assert rows(connection) == before
    with CaseFile.restore(backup, other, "me") as restored:
        assert restored.database.kind != case.database.kind
        with restored.database.reading() as connection:
            after = rows(connection)
        assert after["audit"][:-1] == before["audit"]
        assert after["audit"][-1][3] == "restore"
        assert {name: found for name, found in after.items() if name != "audit"} == {
            name: found for name, found in before.items() if name != "audit"
        }
        assert list(restored.verify()) == []
        restored.decide(2, State.ACCEPTED, "you")
        assert list(restored.verify()) == []


def test_a_backup_is_not_written_over_a_file(case: CaseFile, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="something"):
        case.backup(there, "me")
    assert there.read_text("utf-8") == "mine"
    assert case.head()[0] == 1


def test_a_damaged_backup_is_not_restored(case: CaseFile, add: Adder, other: str, tmp_path: Path) -> None:
    add(given(TEXTS[0]))
    backup = tmp_path / "backup.case"
    case.backup(backup, "me")
    with CaseFile.open(backup) as copied, copied.database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER document_no_update")
        connection.exec_driver_sql("UPDATE document SET origin = 'elsewhere'")
    with pytest.raises(StoreError, match="not restored, for it is not whole: document 1: changed"):
        CaseFile.restore(backup, other, "me")
    CaseFile.create(other, "me").close()


def test_what_stops_a_restore_leaves_the_place_free(
    case: CaseFile, add: Adder, other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(given(TEXTS[0]))
    backup = tmp_path / "backup.case"
    case.backup(backup, "me")

    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sijill.casefile.case.copy", stop)
        with pytest.raises(KeyboardInterrupt):
            CaseFile.restore(backup, other, "me")
    with CaseFile.restore(backup, other, "me") as restored:
        assert [row.id for row in restored.documents()] == ["r"]

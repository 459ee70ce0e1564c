"""What the doctor finds, on both databases."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import update

from sijill.casefile import CaseFile
from sijill.casefile.doctor import examine
from sijill.casefile.schema import search_document
from tests.casefile.conftest import TEXTS, Adder, given
from tests.casefile.simple import read_simply

VERSION = ("0.0.1", "simple+guidelines")


def unwell(case: CaseFile, version: tuple[str, str] = VERSION) -> list[str]:
    """What is not well. The tests' server does not wait for its disk, which is told of."""
    findings = [finding for finding in examine(case.database, *version) if not finding.well]
    assert all(finding.mend for finding in findings)
    return [finding.what for finding in findings if finding.what not in {"fsync", "disk"}]


def test_a_case_is_well(case: CaseFile, add: Adder) -> None:
    add(given(TEXTS[0]))
    assert unwell(case) == []
    told = {finding.what: finding.found for finding in examine(case.database, *VERSION)}
    assert told["database"].startswith(case.database.kind)
    assert "1 documents, 1 readings" in told["rows"]
    assert told["batches"] == "every batch was finished"


def test_stopped_batches_and_old_readings_are_told(case: CaseFile, add: Adder) -> None:
    add(given(TEXTS[0]))
    case.batch("me")
    assert unwell(case) == ["batches"]
    assert unwell(case, ("9.9.9", "simple+guidelines")) == ["batches", "readings"]
    case.reread("r", read_simply, "me")
    assert unwell(case) == ["batches"]


def test_a_guard_that_is_gone_is_told(case: CaseFile) -> None:
    statement = "DROP TRIGGER audit_no_delete"
    if case.database.kind == "postgresql":
        statement = "ALTER TABLE audit DISABLE TRIGGER audit_append_only_row"
    with case.database.writing() as connection:
        connection.exec_driver_sql(statement)
    assert unwell(case) == ["guards"]


def test_a_server_that_could_lose_a_case_is_told(case: CaseFile) -> None:
    found = {finding.what: finding.well for finding in examine(case.database, *VERSION)}
    if case.database.kind == "postgresql":
        assert found["fsync"] is False
        assert found["encoding"] is True
    else:
        assert found["log"] is True


def test_a_long_log_is_told(tmp_path: Path) -> None:
    CaseFile.create(tmp_path / "a.case", "me").close()
    with CaseFile.open(tmp_path / "a.case") as case:
        case.log("me", "export", "case", {})
        os.truncate(tmp_path / "a.case-wal", 300 * 1024 * 1024)
        assert unwell(case) == ["log file"]


def test_words_of_another_version_and_what_waits_are_told(case: CaseFile, add: Adder) -> None:
    add(given(TEXTS[0]))
    with case.database.writing() as connection:
        connection.execute(update(search_document).values(wording=1))
    [finding] = [finding for finding in examine(case.database, *VERSION) if finding.what == "search"]
    assert (finding.well, finding.mend) == (False, "run 'sijill case reindex'")
    case.reindex("me")
    batch = case.batch("me")
    batch.take(given(TEXTS[1], "b"), read_simply)
    told = {finding.what: finding.found for finding in examine(case.database, *VERSION)}
    assert told["search"] == "all words cut by this version"
    assert told["waiting"].startswith("the rows of 1 reports")

"""Every released schema can be brought up to the newest, which is what the code says; a newer one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from sijill.casefile import CaseFile
from sijill.casefile.database import create_whole
from sijill.casefile.migrations import configuration
from sijill.casefile.schema import METADATA, REVISIONS
from sijill.errors import StoreError


def test_the_schemas_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS


def _ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    """Tables of full text are the databases' own; they stand in the scripts only."""
    return kind != "table" or name in METADATA.tables or not str(name).startswith("search")


def test_the_scripts_make_what_the_code_says(case: CaseFile) -> None:
    with case.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _ours})
        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_an_older_case_is_brought_up(address: str, revision: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sijill.casefile.database.TARGET", revision)
        with create_whole(address) as database, database.writing() as connection:
            connection.execute(text("INSERT INTO about (key, value) VALUES ('id', 'old')"))
    with pytest.raises(StoreError, match="made by an older Sijill"):
        CaseFile.open(address)
    assert CaseFile.upgrade(address, "me") == (revision, REVISIONS[-1])
    assert CaseFile.upgrade(address, "me") == (REVISIONS[-1], REVISIONS[-1])
    with CaseFile.open(address) as case:
        assert case.about() == {"id": "old"}
        assert case.head()[0] == 1


def test_a_newer_case_is_refused_and_left_alone(case: CaseFile, address: str) -> None:
    with case.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for opening in (CaseFile.open, lambda where: CaseFile.upgrade(where, "me")):
        with pytest.raises(StoreError, match="made by a newer Sijill"):
            opening(address)
    assert case.head()[0] == 1


def test_a_database_without_a_case_is_told(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    postgres = request.getfixturevalue("postgres")
    with pytest.raises(StoreError, match="no case is in it"):
        CaseFile.open(postgres.database())
    assert list(tmp_path.iterdir()) == []

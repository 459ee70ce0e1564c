"""`verify` finds every changed cell, every row that is gone and every row too many, and says where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, text, update

from sijill import Rejected
from sijill.casefile import CaseFile, Problem, State
from sijill.casefile.schema import APPEND_ONLY, METADATA
from sijill.casefile.verify import problems
from tests.casefile.conftest import TEXTS, Adder, given

# Search looks after its own tables.
TABLES = [table for table in METADATA.sorted_tables if not table.name.startswith("search")]
CELLS = [(table, column.name) for table in TABLES for column in table.c]


@pytest.fixture
def full(case: CaseFile, add: Adder) -> CaseFile:
    """A case with rows in every table."""
    first, second = add(
        given(" ".join(TEXTS[:2]), "a", published=date(2024, 5, 12), outlet="وكالة"), given(TEXTS[1], "b")
    )
    add(given(TEXTS[1], "again"))
    batch = case.batch("me")
    batch.take(Rejected("x.txt", "no text"), lambda _: pytest.fail("read for nothing"))
    batch.finish()
    claims = case.claims(case.document(first))
    case.decide(claims[0].n, State.ACCEPTED, "me", reason="seen")
    edit = case.decide(claims[1].n, State.EDITED, "me", changes={"modality": "alleged"})
    case.undo(edit.n, "me")
    case.decide(case.claims(case.document(second))[0].n, State.REJECTED, "me")
    assert list(case.verify()) == []
    return case


@contextmanager
def tampering(case: CaseFile) -> Iterator[Connection]:
    """A transaction that may do what no one may, and is taken back."""
    with case.database.engine.connect() as connection, connection.begin() as transaction:
        if case.database.kind == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            for table in APPEND_ONLY:
                connection.execute(text(f"DROP TRIGGER {table}_no_update"))
                connection.execute(text(f"DROP TRIGGER {table}_no_delete"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
        transaction.rollback()


def other(value: Any) -> Any:
    """A value like `value`, but not it."""
    match value:
        case None:
            return None
        case bool():
            return not value
        case int() | float():
            return value + 1000
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case date():
            return value + timedelta(days=1)
        case _:
            return "rejected" if value in set(State) - {State.REJECTED} else f"{value} "


def test_every_changed_cell_is_found(full: CaseFile) -> None:
    missed = []
    for table, column in CELLS:
        with tampering(full) as connection:
            key = [connection.execute(select(*table.primary_key)).first()]
            row = connection.execute(select(table).where(table.c[column].is_not(None))).mappings().first()
            assert row is not None or (table.name, column) in EMPTY, (table.name, column, key)
            if row is None:
                continue
            here = [item == row[item.name] for item in table.primary_key]
            connection.execute(update(table).where(*here).values({column: other(row[column])}))
            if not list(problems(connection)):
                missed.append(f"{table.name}.{column}")
    assert missed == []


# Cells that have no value in this case.
EMPTY = {
    *(("claim_place", name) for name in ("pcode", "place_id", "country", "lat", "lon", "radius_km", "precision")),
    *(("document", name) for name in ("title", "url")),
    ("claim_actor", "label"),
    ("claim_actor", "actor_id"),
    ("decision", "carries"),
}


def test_every_missing_row_is_found(full: CaseFile) -> None:
    for table in TABLES:
        with tampering(full) as connection:
            rows = connection.execute(select(*table.primary_key)).all()
            assert rows, table.name
            for row in {rows[0], rows[-1]}:
                with connection.begin_nested() as step:
                    gone = delete(table).where(*(item == row[at] for at, item in enumerate(table.primary_key)))
                    connection.execute(gone)
                    assert list(problems(connection)), (table.name, row)
                    step.rollback()


def test_every_row_too_many_is_found(full: CaseFile) -> None:
    for table in TABLES:
        with tampering(full) as connection:
            row = dict(connection.execute(select(table)).mappings().all()[-1])
            connection.execute(insert(table).values(**forged(table, row)))
            assert list(problems(connection)), table.name


def forged(table: Table, row: dict[Any, Any]) -> dict[str, Any]:
    """The row under another key."""
    cells = {str(name): value for name, value in row.items()}
    for column in ("n", "seq", "position", "hash", "sha256", "key", "id", "identity"):
        if column in cells and (table.c[column].primary_key or table.c[column].unique):
            cells[column] = other(cells[column])
    return cells


def found(connection: Connection) -> list[str]:
    return [str(problem) for problem in problems(connection)]


def test_what_is_found_says_where(full: CaseFile) -> None:
    audit, claim, document = (METADATA.tables[name] for name in ("audit", "claim", "document"))
    with tampering(full) as connection:
        connection.execute(update(document).where(document.c.n == 2).values(origin="elsewhere"))
        assert found(connection) == ["document 2: changed since entry 4"]
    with tampering(full) as connection:
        connection.execute(update(claim).where(claim.c.n == 1).values(state="rejected"))
        [line] = [line for line in found(connection) if line.startswith("claim 1 (a/")]
        assert line.endswith("state is 'rejected', not 'accepted'")
    with tampering(full) as connection:
        connection.execute(delete(audit).where(audit.c.seq == 4))
        assert "entry 5: entry 4 missing before it" in found(connection)
        assert "document 2: no entry of the chain tells of it" in found(connection)
    with tampering(full) as connection:
        connection.execute(update(audit).where(audit.c.seq == 3).values(author="nobody"))
        assert found(connection) == ["entry 3: it was changed"]


def test_a_shorter_chain_is_found_by_a_hash_noted_earlier(case: CaseFile) -> None:
    entry = case.log("me", "export", "case", {"profile": "csv"})
    assert list(case.verify(expect=entry.hash)) == []
    audit = METADATA.tables["audit"]
    with tampering(case) as connection:
        connection.execute(delete(audit).where(audit.c.seq == entry.seq))
        assert list(problems(connection)) == []
        [problem] = problems(connection, expect=entry.hash)
        assert isinstance(problem, Problem)
        assert (problem.kind, problem.subject) == ("chain", entry.hash)


def test_a_subject_that_names_no_row_is_a_finding_or_of_no_matter(case: CaseFile, add: Adder) -> None:
    add(given(TEXTS[0]))
    for subject in ("profile:acled", "case", "profile:٣", "x:" + "9" * 30):
        case.log("me", "export", subject, {"profile": "acled"})
    assert list(case.verify()) == []
    for action in ("add", "reread", "decide", "undo", "begin", "end"):
        case.log("me", action, "profile:acled", {})
    lines = [str(problem) for problem in case.verify()]
    assert len(lines) == 6
    assert all(line.endswith("its subject 'profile:acled' is no row's") for line in lines)

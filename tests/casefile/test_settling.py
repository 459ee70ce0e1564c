"""Reports wait for the rows that search asks, and nobody can tell: also not where a program was killed meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, delete, event, insert, select

from sijill import Document, Report
from sijill.casefile import Batch, CaseFile, State, Tally, inserting, store
from sijill.casefile.schema import METADATA, claim, search_waiting
from sijill.casefile.search import Search
from sijill.casefile.settling import settle, waiting
from sijill.casefile.verify import problems
from sijill.errors import StoreError
from sijill.model import Actor, Span
from tests.casefile.conftest import TEXTS, given
from tests.casefile.simple import read_simply

ITEMS = [given(f"{text} رقم {at}.", f"r{at}", outlet="وكالة") for at, text in enumerate((*TEXTS, *TEXTS[:2]))]


def stopped(case: CaseFile, count: int = len(ITEMS)) -> Batch:
    """A batch that took some reports, and then no more."""
    batch = case.batch("me")
    for item in ITEMS[:count]:
        batch.take(item, read_simply)
    return batch


def waits(case: CaseFile) -> int:
    with case.database.reading() as connection:
        return waiting(connection)


def rows(case: CaseFile) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that claims and near-duplicates have."""
    names = [name for name in METADATA.tables if name.startswith(("claim", "search", "shingle"))]
    with case.database.reading() as connection:
        tables = (METADATA.tables[name] for name in names)
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=str) for table in tables}


def test_what_waits_is_found_by_whoever_asks(case: CaseFile, address: str) -> None:
    stopped(case)
    assert waits(case) == len(ITEMS)
    assert list(case.verify()) == []
    with CaseFile.open(address, write=False) as other:
        assert len(other.search(Search(text="مدينة")).claims) == 3
        assert waits(other) == 0
        assert other.numbers()["claims"] == 9
        assert list(other.verify()) == []
    assert len(case.search(Search(text="مدينة")).claims) == 3


ASKED: dict[str, Callable[[CaseFile], object]] = {
    "claims": lambda case: [stored.n for stored in case.claims(case.document("r1"))],
    "keys": lambda case: case.claim_keys("r1/" + read_simply(ITEMS[1].document).claims[0].id),
    "by key": lambda case: [stored.doc for stored in case.claims_by_key([1, 2, 3])],
    "count": lambda case: case.count(Search()),
    "overview": lambda case: [(row.id, claims) for row, claims, _ in case.overview()],
    "decision": lambda case: case.decide(2, State.REJECTED, "me").claim,
    "read again": lambda case: case.reread("r1", read_simply, "me").reading.claims,
    "reindex": lambda case: case.reindex("me"),
}


@pytest.mark.parametrize("name", ASKED)
def test_every_question_is_answered_as_if_nothing_had_waited(case: CaseFile, tmp_path: Path, name: str) -> None:
    with CaseFile.create(tmp_path / "done.case", "tester") as done:
        stopped(done).finish()
        stopped(case)
        assert ASKED[name](case) == ASKED[name](done)
        assert waits(case) == 0
        assert list(case.verify()) == []


def test_rows_of_a_stopped_batch_are_those_of_one_that_went_on(case: CaseFile, tmp_path: Path) -> None:
    stopped(case)
    with case.database.writing() as connection:
        assert settle(connection) == len(ITEMS)
        assert settle(connection) == 0
    with CaseFile.create(tmp_path / "done.case", "tester") as done:
        stopped(done).finish()
        assert rows(case) == rows(done)


def test_many_rows_at_once_are_the_same_rows(case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def odd(document: Document) -> Report:
        report = read_simply(document)
        named = (Actor("a\tb\n\\N\\ \r'\"", Span(0, 1), "x"), Actor("\\.", Span(0, 1), "x", "", None))
        claims = (msgspec.structs.replace(claim, agents=named) for claim in report.claims)
        return msgspec.structs.replace(report, claims=tuple(claims))

    with CaseFile.create(tmp_path / "done.case", "tester") as done:
        for one in (case, done):
            batch = one.batch("me")
            for item in ITEMS:
                batch.take(item, odd)
            with monkeypatch.context() as patch:
                patch.setattr(inserting, "_COPIED", 1)
                batch.finish()
        assert list(case.verify()) == []
        assert rows(case) == rows(done)


@pytest.mark.parametrize("group", [1, 2, 200])
def test_copies_are_found_among_what_waits(case: CaseFile, monkeypatch: pytest.MonkeyPatch, group: int) -> None:
    monkeypatch.setattr(store, "_GROUP", group)
    stopped(case)
    families = {row.id: row.family for row in case.documents()}
    assert (families["r4"], families["r5"]) == (families["r0"], families["r1"]) == (1, 2)
    assert waits(case) == (0 if group < 3 else len(ITEMS))


def test_two_batches_by_turns_keep_the_same_keys_and_families(case: CaseFile, address: str) -> None:
    with CaseFile.open(address) as other:
        batches = (case.batch("one"), other.batch("two"))
        for at, item in enumerate(ITEMS):
            batches[at % 2].take(item, read_simply)
            again = batches[1 - at % 2].take(item, read_simply)
            assert again == ("duplicate", item.document.id)
        assert [batch.finish().stored for batch in batches] == [3, 3]
    assert [row.family for row in case.documents()] == [1, 2, 3, 4, 1, 2]
    assert list(case.verify()) == []
    assert waits(case) == 0


def test_a_file_that_cannot_be_written_says_so_where_claims_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "a.case"
    with CaseFile.create(where, "me") as made:
        stopped(made)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with CaseFile.open(where, write=False) as case:
        assert list(case.verify()) == []
        assert len(list(case.documents())) == len(ITEMS)
        with pytest.raises(StoreError, match=r"6 reports still wait .* run 'sijill case list' once"):
            case.search(Search())


def test_a_backup_takes_what_waits_with_it(case: CaseFile, tmp_path: Path) -> None:
    stopped(case)
    case.backup(tmp_path / "b.case", "me")
    with CaseFile.open(tmp_path / "b.case", write=False) as copied:
        assert copied.count(Search()) == case.count(Search()) == 9
        assert list(copied.verify()) == []


def test_a_case_is_whole_though_its_rows_find_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    with CaseFile.create(tmp_path / "a.case", "me") as case:
        with monkeypatch.context() as patch:
            patch.setattr(store, "_GROUP", 3)
            patch.setattr(Batch, "_settle", full)
            with pytest.raises(StoreError, match="the disk is full"):
                stopped(case)
        assert len(list(case.documents())) == waits(case) == 3
        assert stopped(case).finish() == Tally(stored=3, duplicate=3)
        assert list(case.verify()) == []
        assert waits(case) == 0


CHANGES: dict[str, tuple[Callable[[Connection], object], str]] = {
    "early": (
        lambda c: c.execute(insert(search_waiting).values(document=1)),
        "its document waits for the rows of its claims",
    ),
    "nobody": (lambda c: c.execute(insert(search_waiting).values(document=99)), "there is no such document"),
    "settled": (lambda c: c.execute(insert(search_waiting).values(document=2)), "has rows of search already"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_waits_though_it_cannot_is_found(tmp_path: Path, name: str) -> None:
    change, said = CHANGES[name]
    with CaseFile.create(tmp_path / "a.case", "me") as case:
        stopped(case).finish()
        with case.database.engine.connect() as connection, connection.begin() as transaction:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            change(connection)
            assert any(said in str(problem) for problem in problems(connection))
            transaction.rollback()


def test_what_waits_no_more_without_rows_is_found(case: CaseFile) -> None:
    stopped(case)
    with case.database.writing() as connection:
        connection.execute(delete(search_waiting).where(search_waiting.c.document == 2))
        key = connection.scalar(select(claim.c.n).where(claim.c.document == 2))
    assert key is None
    lines = [str(problem) for problem in case.verify()]
    assert any(line.startswith("claim ") and line.endswith("missing") for line in lines)
    assert "search_document 2 (r1): missing" in lines


def test_decisions_are_synced_and_reports_when_their_batch_ends(tmp_path: Path) -> None:
    modes: list[int] = []
    with CaseFile.create(tmp_path / "a.case", "me") as case:

        def seen(connection: Connection) -> None:
            modes.append(int(connection.exec_driver_sql("PRAGMA synchronous").scalar() or 0))

        batch = case.batch("me")
        event.listen(case.database.engine, "commit", seen)
        batch.take(ITEMS[0], read_simply)
        batch.finish()
        case.decide(1, State.ACCEPTED, "me")
    normal, full = 1, 2
    assert [mode for at, mode in enumerate(modes) if at == 0 or mode != modes[at - 1]] == [full, normal, full]

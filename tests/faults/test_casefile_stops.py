"""Programs that are killed, that write at once, that wait: no half document, the chain is whole, a re-run completes."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from sijill.casefile import Batch, CaseFile
from sijill.casefile.inserting import _insertion as inserting
from sijill.casefile.schema import document
from sijill.errors import StoreError
from sijill.sources import Given
from tests.casefile.conftest import TEXTS, address, given, postgres
from tests.casefile.servers import Server
from tests.casefile.simple import read_simply

__all__ = ["address", "postgres"]  # fixtures


def reports(first: int, count: int) -> list[Given]:
    return [given(f"{TEXTS[number % 4]} رقم {number}.", f"r{number}") for number in range(first, first + count)]


def add_all(where: str, items: Sequence[Given], step: Callable[[], None] | None = None) -> tuple[int, int]:
    """Adds the items in a batch; `step` is called before each statement and each commit. Gives stored, duplicate."""
    with CaseFile.open(where) as case, pytest.MonkeyPatch.context() as patch:
        if step is not None:

            def insertion(*of: Any) -> str:
                step()
                return inserting(*of)

            patch.setattr("sijill.casefile.inserting._insertion", insertion)
            event.listen(case.database.engine, "before_cursor_execute", lambda *_: step())
            event.listen(case.database.engine, "commit", lambda _: step())
        batch = case.batch("me")
        for item in items:
            batch.take(item, read_simply)
        tally = batch.finish()
        return tally.stored, tally.duplicate


def take_all(batch: Batch, items: Sequence[Given]) -> None:
    for item in items:
        batch.take(item, read_simply)


def forked(work: Callable[[], None]) -> int:
    """Starts `work` in a process of its own; its number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            # Nothing of the tests may run on in the child: no clean-up, no closing of the parent's connections.
            os._exit(code)
    return child


def ended(child: int) -> int:
    """How a process ended: its exit code, or less than 0 the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def ids(where: str) -> list[str]:
    with CaseFile.open(where, write=False) as case:
        return [row.id for row in case.documents()]


def test_a_killed_add_leaves_no_half_document_and_a_second_run_completes(address: str) -> None:
    CaseFile.create(address, "me").close()
    size = 4
    steps = 0

    def counted() -> None:
        nonlocal steps
        steps += 1

    add_all(address, reports(0, size), counted)
    points = random.Random(6)  # noqa: S311  (the same points in every run)
    for turn in range(1, 21):
        items, fatal = reports(turn * size, size), points.randint(1, steps)
        left = fatal

        def killed() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def run(items: Sequence[Given] = items, killed: Callable[[], None] = killed) -> None:
            add_all(address, items, killed)

        assert ended(forked(run)) == -signal.SIGKILL
        with CaseFile.open(address, write=False) as case:
            assert list(case.verify()) == [], fatal
        before = len(ids(address))
        stored, duplicate = add_all(address, items)
        assert stored + duplicate == size
        assert before + stored == (turn + 1) * size
    assert sorted(ids(address)) == sorted(f"r{number}" for number in range(21 * size))
    with CaseFile.open(address, write=False) as case:
        assert list(case.verify()) == []


def test_a_killed_command_completes_when_it_is_run_again(tmp_path: Path, examples: Path) -> None:
    where = tmp_path / "a.case"
    CaseFile.create(where, "me").close()
    command = [sys.executable, "-m", "sijill", "case", "add", str(where), str(examples), "--by", "me"]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while running.poll() is None and not ids(str(where)):
        time.sleep(0.01)
    running.kill()
    running.wait()
    with CaseFile.open(where) as case:
        assert list(case.verify()) == []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    count = len(examples.read_text("utf-8").splitlines())
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"in {count} = stored ")
    assert last.endswith("+ rejected 0")
    assert len(ids(str(where))) == count
    with CaseFile.open(where) as case:
        assert list(case.verify()) == []


def test_two_writers_at_once(address: str) -> None:
    CaseFile.create(address, "me").close()
    shared = reports(0, 15)

    def run(first: int) -> Callable[[], None]:
        items = [*shared, *reports(first, 5)]
        random.Random(first).shuffle(items)  # noqa: S311  (an order, not a secret)

        def add() -> None:
            add_all(address, items)

        return add

    children = [forked(run(first)) for first in (100, 200)]
    assert [ended(child) for child in children] == [0, 0]
    assert sorted(ids(address)) == sorted(item.document.id for item in shared + reports(100, 5) + reports(200, 5))
    with CaseFile.open(address) as case:
        assert list(case.verify()) == []
        with case.database.reading() as connection:
            numbers = connection.execute(text("SELECT sum(taken), sum(stored), sum(duplicate) FROM batch")).one()
    assert tuple(numbers) == (40, 25, 15)


def test_a_locked_database_is_told_of_after_a_wait(address: str) -> None:
    CaseFile.create(address, "me").close()
    with CaseFile.open(address) as holder, CaseFile.open(address, wait_s=0.2) as case:
        with holder.database.writing():
            with pytest.raises(StoreError, match="another program is writing"):
                case.log("me", "export", "case", {})
            assert case.head()[0] == 1  # reading goes on meanwhile
        case.log("me", "export", "case", {})
        assert case.head()[0] == 2
        assert list(case.verify()) == []


def test_a_lost_connection_keeps_what_was_stored(postgres: Server) -> None:
    where = postgres.database()
    CaseFile.create(where, "me").close()
    items = reports(0, 6)
    with CaseFile.open(where) as case:
        batch = case.batch("me")
        for item in items[:3]:
            batch.take(item, read_simply)

        def lost(*_: object) -> None:
            postgres.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state <> ''"
            )

        event.listen(case.database.engine, "before_cursor_execute", lost, once=True)
        with pytest.raises(StoreError, match="connection to the server was lost"):
            batch.take(items[3], read_simply)
    assert ids(where) == ["r0", "r1", "r2"]
    assert add_all(where, items) == (3, 3)
    with CaseFile.open(where) as case:
        assert list(case.verify()) == []


def test_a_full_disk_keeps_what_was_stored(tmp_path: Path) -> None:
    where = str(tmp_path / "a.case")
    CaseFile.create(where, "me").close()
    items = reports(0, 40)
    with CaseFile.open(where) as case:

        @event.listens_for(case.database.engine, "connect")
        def limit(connection: sqlite3.Connection, _: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 12}")

        case.database.engine.dispose()
        batch = case.batch("me")
        with pytest.raises(StoreError, match="the disk is full"):
            take_all(batch, items)
        stored = batch.tally.stored
        assert 0 < stored < len(items)
    with CaseFile.open(where) as case:
        assert list(case.verify()) == []
        with case.database.reading() as connection:
            assert connection.scalar(select(func.count()).select_from(document)) == stored
    assert add_all(where, items) == (len(items) - stored, stored)
    with CaseFile.open(where) as case:
        assert list(case.verify()) == []


def test_a_full_file_system_keeps_what_was_stored(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)],  # noqa: S607  (where it is differs)
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("no file system can be mounted here")
    try:
        where = str(small / "a.case")
        CaseFile.create(where, "me").close()
        with CaseFile.open(where) as case:
            batch = case.batch("me")
            with pytest.raises(StoreError, match=r"full|cannot be read or written"):
                take_all(batch, reports(0, 2000))
        with CaseFile.open(where, write=False) as case:
            assert len(list(case.documents())) == batch.tally.stored > 0
            assert list(case.verify()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)  # noqa: S607


def test_a_stopped_making_of_a_case_leaves_none(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as patch:
        patch.setattr("sijill.casefile.case.audit.append", killed)
        assert ended(forked(lambda: CaseFile.create(address, "me").close())) == -signal.SIGKILL
    assert not Path(address).exists()
    CaseFile.create(address, "me").close()
    assert ids(address) == []
    with pytest.raises(StoreError, match="something"):
        CaseFile.create(address, "me")

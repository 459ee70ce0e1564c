"""Bulk work that is struck: every other document is there exactly once, and what struck is written down."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from sijill.errors import RunError
from sijill.run import Done, start
from sijill.run.child import Child
from sijill.run.messages import Begin
from sijill.run.runners import Runner
from sijill.run.runners.processes import Crew
from sijill.run.runners.serial import run_serial
from tests.run.samples import LIMITS, QUICK, files_of, lines, poisoned, rows, run

SLOW = msgspec.structs.replace(QUICK, reader="tests.run.readers:load_slow")
POISON = {3: "SEGFAULT", 9: "LOOP", 17: "HUGE", 22: "EXIT", 30: "RAISE"}
REASONS = {
    "d3": "killed by signal 11 (SIGSEGV)",
    "d9": "over 1 s",
    "d17": "over 400 MB of memory",
    "d22": "ended its process (exit code 3)",
    "d30": "KeyError: 'a word that breaks the reader'",
}


def check_poison(tmp_path: Path, runner: Runner) -> None:
    """Each poison costs itself, and every other document is as it is without poison beside it."""
    started = run(poisoned(tmp_path / "a.jsonl", 40, POISON), tmp_path / "out", runner, shard_bytes=2_000)
    assert {row["doc"]: row["reason"] for row in rows(tmp_path / "out", "rejects")} == REASONS
    run(poisoned(tmp_path / "b.jsonl", 40, {}), tmp_path / "healthy", shard_bytes=2_000)
    healthy = {row["doc"]: row["report"] for row in rows(tmp_path / "healthy", "reports")}
    found = rows(tmp_path / "out", "reports")
    assert len(found) == 35
    assert {row["doc"]: row["report"] for row in found} == {
        name: report for name, report in healthy.items() if name not in REASONS
    }
    assert [marker.guarded for marker in started.markers()] == [True, True, False]
    assert sum(marker.documents for marker in started.markers()) == 40
    assert not list((tmp_path / "out" / "attempts").iterdir())


def test_poison_costs_itself_on_processes(tmp_path: Path) -> None:
    check_poison(tmp_path, Crew(2))


def test_poison_costs_itself_on_a_cluster(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    from sijill.run.runners.ray import RayRunner  # noqa: PLC0415  (an extra)

    check_poison(tmp_path, RayRunner("local"))
    run(tmp_path / "b.jsonl", tmp_path / "by the cluster", RayRunner("local"), shard_bytes=2_000)
    assert files_of(tmp_path / "by the cluster") == files_of(tmp_path / "healthy")


def test_a_document_that_waits_for_ever_is_ended_by_the_clock(tmp_path: Path) -> None:
    given = poisoned(tmp_path / "a.jsonl", 6, {2: "SLEEP"})
    started = start([str(given)], tmp_path / "out", QUICK, limits=LIMITS)
    started.folder.begin(started.todo[0])
    [marker] = started.work(run_serial)
    assert (marker.read, marker.rejected) == (5, {"over 8 s by the clock": 1})


def test_inputs_that_kill_when_they_are_opened_up_cost_themselves(tmp_path: Path) -> None:
    first = lines(tmp_path / "a.jsonl", ["one", "KILLS THE PARSER", "three"])
    deadly = lines(tmp_path / "deadly.jsonl", ["four"])
    last = lines(tmp_path / "z.jsonl", ["five"])
    settings = msgspec.structs.replace(QUICK, reader="tests.run.readers:load_struck_inputs")
    [marker] = run([first, deadly, last], tmp_path / "out", Crew(1), settings=settings).markers()
    assert [Path(row["where"]).name for row in rows(tmp_path / "out", "reports")] == ["a.jsonl", "a.jsonl", "z.jsonl"]
    assert [
        (row["key"], Path(row["where"]).name, row["part"], row["stage"], row["reason"])
        for row in rows(tmp_path / "out", "rejects")
    ] == [
        (1, "a.jsonl", "byte 28", "input", "ended its process (exit code 3)"),
        (3, "deadly.jsonl", None, "input", "ended its process (exit code 3)"),
    ]
    assert marker.documents == 5


def test_a_document_is_not_blamed_for_what_others_do_to_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    children: list[Child] = []

    def started_child(module: str, begin: Begin) -> Child:
        children.append(Child(module, begin))
        return children[-1]

    monkeypatch.setattr("sijill.run.guard.Child", started_child)
    given = poisoned(tmp_path / "a.jsonl", 20, {})
    run(given, tmp_path / "calm", settings=SLOW, shard_bytes=10_000)
    started = start([str(given)], tmp_path / "struck", SLOW, limits=LIMITS, shard_bytes=10_000)
    [shard] = started.todo
    started.folder.begin(shard)
    struck: list[int] = []
    lock = threading.Lock()

    def strike(_: int, documents: int) -> None:
        with lock:  # it is told by two threads
            if documents in (4, 9) and documents not in struck:
                struck.append(documents)
                os.kill(children[-1].pid, signal.SIGKILL)

    [marker] = started.work(run_serial, strike)
    assert (marker.guarded, struck) == (True, [4, 9])
    assert files_of(tmp_path / "struck") == files_of(tmp_path / "calm")


def test_a_second_attempt_writes_the_same_bytes(tmp_path: Path) -> None:
    given = poisoned(tmp_path / "a.jsonl", 30, {4: "RAISE"})
    run(given, tmp_path / "first")
    started = start([str(given)], tmp_path / "second", QUICK, limits=LIMITS, shard_bytes=1_000)
    for shard in started.todo:
        started.folder.begin(shard)
    assert all(marker.guarded for marker in started.work(run_serial))
    assert files_of(tmp_path / "first") == files_of(tmp_path / "second")


def test_workers_killed_ten_times(tmp_path: Path) -> None:
    given = poisoned(tmp_path / "a.jsonl", 200, {})
    run(given, tmp_path / "calm", settings=SLOW)
    crew = Crew(3)
    dice = random.Random(7)  # noqa: S311  (the same victims in every run)
    killed: list[int] = []
    lock = threading.Lock()

    def kill(*_: object) -> None:
        # Whenever a worker says something, one of them is killed in the middle of what it does.
        with lock:
            alive = [pid for pid in crew.pids if pid not in killed]
            if len(killed) < 10 and alive:
                victim = dice.choice(alive)
                killed.append(victim)
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)

    started = start([str(given)], tmp_path / "struck", SLOW, limits=LIMITS, shard_bytes=1_000)
    done: list[Done] = []
    for marker in started.work(crew, kill):
        done.append(marker)
        kill()
    assert len(killed) == 10
    assert sorted(marker.shard for marker in done) == [shard.n for shard in started.shards]
    assert files_of(tmp_path / "struck") == files_of(tmp_path / "calm")
    assert rows(tmp_path / "struck", "rejects") == []


def test_a_driver_killed_three_times(tmp_path: Path) -> None:
    given, out = poisoned(tmp_path / "a.jsonl", 100, {}), tmp_path / "out"
    run(given, tmp_path / "calm", settings=SLOW)
    command = [sys.executable, "-m", "tests.run.driving", str(given), str(out), "2"]
    for turn in range(3):
        driver = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
        before = done(out)
        while len(done(out)) < before_and(len(before)) and driver.poll() is None:
            time.sleep(0.01)
        driver.kill()
        assert driver.wait() == -signal.SIGKILL, turn
        workers = {int(entry.name.split("-")[-2]) for entry in (out / "attempts").iterdir() if entry.is_dir()}
        gone(workers)
    left = len(done(tmp_path / "calm")) - len(done(out))
    assert left > 0
    started = start([str(given)], out, SLOW, limits=LIMITS, shard_bytes=1_000)
    assert len(list(started.work(Crew(2)))) == left
    assert files_of(out) == files_of(tmp_path / "calm")
    assert not list((out / "attempts").iterdir())


def before_and(count: int) -> int:
    """A driver is killed when it has done two more shards."""
    return count + 2


def done(out: Path) -> list[Path]:
    return list((out / "shards").glob("*")) if (out / "shards").exists() else []


def gone(pids: set[int]) -> None:
    """Waits until the processes have ended by themselves."""
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.05)


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_on_purpose_clears_up(tmp_path: Path, word: signal.Signals) -> None:
    given, out = poisoned(tmp_path / "a.jsonl", 3_000, {}), tmp_path / "out"
    command = [sys.executable, "-m", "sijill", "run", str(given), "-o", str(out), "--workers", "1", "--no-triage"]
    driver = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not (out / "attempts").exists() or not any(entry.is_dir() for entry in (out / "attempts").iterdir()):
        time.sleep(0.01)
    driver.send_signal(word)
    _, said = driver.communicate()
    assert (driver.returncode, said.strip()) == (130, "sijill: stopped")
    assert not list((out / "attempts").iterdir())


def test_two_drivers_at_once(tmp_path: Path) -> None:
    given, out = poisoned(tmp_path / "a.jsonl", 60, {}), tmp_path / "out"
    run(given, tmp_path / "calm", settings=SLOW)
    command = [sys.executable, "-m", "tests.run.driving", str(given), str(out), "1"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    drivers = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [driver.wait() for driver in drivers] == [0, 0]
    assert files_of(out) == files_of(tmp_path / "calm")


@pytest.mark.parametrize("runner", [run_serial, Crew(1)])
def test_a_full_disk_keeps_what_is_done(tmp_path: Path, runner: Runner) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no file system can be mounted here")
    given = poisoned(tmp_path / "a.jsonl", 60, {})
    try:
        with pytest.raises(RunError, match="the disk is full; what is done is whole"):
            run(given, small / "out", runner)
        whole = files_of(small / "out")
        assert whole
        grown = subprocess.run(["mount", "-o", "remount,size=4m", str(small)], check=False)  # noqa: S607
        assert grown.returncode == 0
        started = run(given, small / "out", runner)
        run(given, tmp_path / "calm")
        assert files_of(small / "out") == files_of(tmp_path / "calm")
        assert whole.items() <= files_of(small / "out").items()
        assert len(started.before) > 0
    finally:
        subprocess.run(["umount", str(small)], check=True)  # noqa: S607

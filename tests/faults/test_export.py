"""An export that is killed, or whose disk is full, leaves no folder that is half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sijill.export.back import read_export
from tests.export.samples import claim, report

# The writing pauses after each report, so that the kill meets it at work.
SLOW = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from sijill.export import Order, export, read_entries

def slowly(lines):
    for entry in read_entries(lines, "x"):
        time.sleep(0.002)
        yield entry

print("ready", flush=True)
with open(sys.argv[1], "rb") as lines:
    export("csv", slowly(lines), Path(sys.argv[2]), Order(datetime(2026, 1, 1, tzinfo=UTC)))
"""
REPORTS = 200


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b"".join(report(f"r{number}", claim()).to_json() + b"\n" for number in range(REPORTS)))
    return path


@contextmanager
def started(lines: Path, target: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", SLOW, lines, target], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield process


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
def test_a_killed_export_leaves_no_folder_and_the_next_one_completes(lines: Path, tmp_path: Path) -> None:
    pauses = random.Random(6)  # noqa: S311  (the same points each time, as far as the machine lets them be)
    place = tmp_path / "exports"
    place.mkdir()
    killed = 0
    for number in range(20):
        target = place / "out"
        with started(lines, target) as process:
            try:
                process.wait(pauses.uniform(0.0, 0.7))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                killed += 1
        if target.exists():
            # It was killed when all was done, or not at all: then the folder is whole.
            assert len(list(read_export(target))) == REPORTS
            target.rename(tmp_path / f"whole-{number}")
        # At most what the last run left stands there, hidden; the one before was swept away.
        assert all(path.name.endswith(".part") for path in place.iterdir())
        assert len(list(place.iterdir())) <= 1
    assert killed
    with started(lines, place / "out") as process:
        assert process.wait() == 0
    assert [path.name for path in place.iterdir()] == ["out"]
    assert len(list(read_export(place / "out"))) == REPORTS


@pytest.mark.skipif(os.name != "posix", reason="the limit is of POSIX")
def test_a_full_disk_is_one_line_and_leaves_nothing(lines: Path, tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
        "from sijill.cli.app import main; main(sys.argv[1:])"
    )
    place = tmp_path / "exports"
    place.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, "export", "csv", lines, "-o", place / "out"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("sijill: ")
    assert done.stderr.count("\n") == 1
    assert list(place.iterdir()) == []

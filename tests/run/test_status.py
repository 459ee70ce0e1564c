from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from sijill.errors import RunError
from sijill.run import Done, start
from sijill.run.runners.serial import run_serial
from sijill.run.status import status_of, summed
from tests.run.samples import LIMITS, QUICK, poisoned


def marker(number: int, begun_s: int, finished_s: int) -> Done:
    started, finished = (datetime.fromtimestamp(time, UTC).isoformat() for time in (begun_s, finished_s))
    return Done(number, 100, 90, 7, {"reason": 3}, 50, 1_000, False, 2.0, 2.0, 100 + number, started, finished, "h", {})


def test_sums_and_the_time_that_is_left() -> None:
    found = summed([marker(0, 0, 10), marker(1, 0, 20), marker(2, 10, 40)], 9)
    assert (found.done, found.documents, found.read, found.turned_away, found.rejected) == (3, 300, 270, 21, 9)
    assert (found.reasons, found.cpu_s, found.peak_mb) == ({"reason": 9}, 6.0, 102)
    assert (found.a_second, found.left_s) == (7.5, 80)


def test_a_pause_is_no_work() -> None:
    found = summed([marker(0, 0, 10), marker(1, 100_000, 100_010), marker(2, 100_010, 100_020)], 4)
    assert (found.a_second, found.left_s) == (10.0, 10)


def test_nothing_done_tells_no_time() -> None:
    found = summed([], 5)
    assert (found.done, found.a_second, found.left_s) == (0, 0.0, None)


def test_a_run_that_is_under_way_shows_what_is_begun(tmp_path: Path) -> None:
    given = poisoned(tmp_path / "a.jsonl", 30, {2: "RAISE"})
    started = start([str(given)], tmp_path / "out", QUICK, limits=LIMITS, shard_bytes=1_000)
    work = started.work(run_serial)
    next(work)
    work.close()
    started.folder.begin(started.todo[1])
    found = status_of(started.folder)
    assert (found.shards, found.done, found.begun) == (len(started.shards), 1, 1)
    assert found.reasons == {"KeyError: '…'": 1}
    assert msgspec.json.encode(found)


def test_a_copy_that_came_without_its_empty_folder_is_whole(tmp_path: Path) -> None:
    given = poisoned(tmp_path / "a.jsonl", 30, {})
    started = start([str(given)], tmp_path / "out", QUICK, limits=LIMITS, shard_bytes=1_000)
    (tmp_path / "out" / "shards").rmdir()
    assert status_of(started.folder).done == 0
    started = start([str(given)], tmp_path / "out", QUICK, limits=LIMITS, shard_bytes=1_000)
    done = list(started.work(run_serial))
    (tmp_path / "out" / "attempts").rmdir()
    found = status_of(started.folder)
    assert (found.done, found.begun) == (len(done), 0)
    assert start([str(given)], tmp_path / "out", QUICK, limits=LIMITS, shard_bytes=1_000).todo == ()


def test_a_marker_with_a_damaged_time_is_named_with_what_to_do(tmp_path: Path) -> None:
    started = start([str(poisoned(tmp_path / "a.jsonl", 5, {}))], tmp_path / "out", QUICK, limits=LIMITS)
    list(started.work(run_serial))
    done = next((tmp_path / "out" / "shards").glob("*/done.json"))
    marker = msgspec.json.decode(done.read_bytes())
    done.write_bytes(msgspec.json.encode(marker | {"started": "noon"}))
    with pytest.raises(RunError, match=r"damaged .*remove the shard's folder"):
        status_of(started.folder)

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

import msgspec
import pytest

from sijill import Reader, read_inputs
from sijill.errors import ConfigError, InputError, RunError
from sijill.model import Document
from sijill.run import Folder, Limits, Part, Settings, do_shard, start
from sijill.run.runners import Runner
from sijill.run.runners.processes import Crew
from sijill.run.runners.serial import run_serial
from tests.run.samples import LIMITS, QUICK, files_of, lines, poisoned, rows, run


def test_a_run_gives_what_reading_gives(tmp_path: Path, examples: Path, reader: Reader) -> None:
    run(examples, tmp_path / "out", settings=Settings(triage=False), shard_bytes=4_000)
    expected = {item.id: reader.read(item) for item in read_inputs([examples]) if isinstance(item, Document)}
    found = rows(tmp_path / "out", "reports")
    assert {row["doc"]: row["report"].encode() for row in found} == {
        name: report.to_json() for name, report in expected.items()
    }
    claims = rows(tmp_path / "out", "claims")
    assert [(row["doc"], row["claim"]) for row in claims] == [
        (name, claim.id) for name, report in expected.items() for claim in report.claims
    ]
    texts = {row["key"]: row["text"] for row in found}
    for row in claims:
        assert texts[row["key"]][row["trigger_start"] : row["trigger_end"]] == row["trigger"]


@pytest.mark.parametrize("shard_bytes", [60, 333, 1_000, 100_000])
def test_every_document_is_there_once_whatever_the_shards(tmp_path: Path, shard_bytes: int) -> None:
    given = poisoned(tmp_path / "a.jsonl", 12, {5: "RAISE"})
    run(given, tmp_path / "out", shard_bytes=shard_bytes)
    found = [row["doc"] for table in ("reports", "rejects") for row in rows(tmp_path / "out", table)]
    assert sorted(found) == sorted(f"d{n}" for n in range(12))
    assert [row["reason"] for row in rows(tmp_path / "out", "rejects")] == ["KeyError: 'a word that breaks the reader'"]


def test_whoever_calls_functions_on_many_machines_can_do_shards(tmp_path: Path) -> None:
    given = poisoned(tmp_path / "a.jsonl", 60, {})
    run(given, tmp_path / "serial")
    started = start([str(given)], tmp_path / "other", QUICK, limits=LIMITS, shard_bytes=1_000)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(do_shard, started.todo, repeat(started.job)))
    assert [marker.shard for marker in done] == [shard.n for shard in started.todo]
    assert files_of(tmp_path / "serial") == files_of(tmp_path / "other")


@pytest.mark.parametrize("runner", [Crew(1), Crew(3)])
def test_runners_write_the_same_bytes(tmp_path: Path, runner: Runner) -> None:
    given = poisoned(tmp_path / "a.jsonl", 60, {7: "RAISE"})
    run(given, tmp_path / "serial")
    run(given, tmp_path / "other", runner)
    assert files_of(tmp_path / "serial") == files_of(tmp_path / "other") != {}


def test_the_order_of_shards_changes_nothing(tmp_path: Path) -> None:
    given = poisoned(tmp_path / "a.jsonl", 60, {})
    run(given, tmp_path / "forward")
    started = start([str(given)], tmp_path / "backward", QUICK, limits=LIMITS, shard_bytes=1_000)
    done = [marker.shard for marker in run_serial(started.todo[::-1], started.job, lambda *_: None)]
    assert done == sorted(done, reverse=True)
    assert files_of(tmp_path / "forward") == files_of(tmp_path / "backward")


def test_parts_make_the_whole(tmp_path: Path) -> None:
    given = poisoned(tmp_path / "a.jsonl", 60, {})
    run(given, tmp_path / "whole")
    for index in (2, 0, 1):
        part = start([str(given)], tmp_path / "parts", QUICK, part=Part(index, 3), shard_bytes=1_000)
        assert [marker.shard % 3 for marker in part.work(run_serial)] == [index] * len(part.shards)
    assert files_of(tmp_path / "whole") == files_of(tmp_path / "parts")
    with pytest.raises(ValueError, match="counts from 0 to 2"):
        Part(3, 3)


def test_a_second_run_does_what_is_left(tmp_path: Path) -> None:
    given = poisoned(tmp_path / "a.jsonl", 60, {})
    started = start([str(given)], tmp_path / "out", QUICK, limits=LIMITS, shard_bytes=1_000)
    work = started.work(run_serial)
    first = [next(work).shard, next(work).shard]
    work.close()
    again = start([str(given)], tmp_path / "out", QUICK, limits=LIMITS, shard_bytes=1_000)
    assert len(again.todo) == len(started.shards) - 2
    assert not {marker.shard for marker in again.work(run_serial)} & set(first)
    assert list(start([str(given)], tmp_path / "out", QUICK, shard_bytes=1_000).work(run_serial)) == []


def test_numbers_add_up_and_nothing_is_turned_away_unseen(tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", ["claim", "quiet", "quiet claim", "RAISE", " "])
    settings = msgspec.structs.replace(QUICK, reader="tests.run.readers:load_with_triage")
    started = run(given, tmp_path / "out", settings=settings, shard_bytes=100_000)
    [marker] = started.markers()
    assert marker.documents == 5 == marker.read + marker.turned_away + marker.rejects
    assert (marker.read, marker.turned_away, marker.claims) == (1, 2, 1)
    assert [(row["key"], row["doc"], row["why"]) for row in rows(tmp_path / "out", "turned_away")] == [
        (1, "d1", "word"),
        (2, "d2", "word"),
    ]
    assert [(row["key"], row["stage"]) for row in rows(tmp_path / "out", "rejects")] == [(3, "reading"), (4, "input")]


def test_texts_are_kept_where_there_are_claims(tmp_path: Path) -> None:
    run(lines(tmp_path / "a.jsonl", ["claim one", "plain"]), tmp_path / "out")
    assert [row["text"] for row in rows(tmp_path / "out", "reports")] == ["claim one", None]


def test_another_pin_refuses_the_folder_in_one_line(tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", ["claim"])
    run(given, tmp_path / "out")
    before = files_of(tmp_path / "out")
    other = msgspec.structs.replace(QUICK, policy="acled")
    with pytest.raises(RunError, match=r"made by another run \(policy guidelines there, acled here\)") as caught:
        start([str(given)], tmp_path / "out", other)
    assert "\n" not in str(caught.value)
    more = lines(tmp_path / "b.jsonl", ["claim"])
    with pytest.raises(RunError, match="made from other inputs"):
        start([str(given), str(more)], tmp_path / "out", QUICK)
    with pytest.raises(ConfigError, match="lies in the input"):
        start([str(tmp_path)], tmp_path / "out", QUICK)
    lines(given, ["claim", "more"])
    with pytest.raises(RunError, match=r"a\.jsonl has changed"):
        start([str(given)], tmp_path / "out", QUICK)
    assert files_of(tmp_path / "out") == before


def test_another_version_of_the_code_refuses_the_folder(tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", ["claim"])
    run(given, tmp_path / "out")
    path = tmp_path / "out" / "manifest.json"
    tree = json.loads(path.read_text("utf-8"))
    tree["pins"]["code"] = "000000000000"
    path.write_text(json.dumps(tree), "utf-8")
    with pytest.raises(RunError, match="code 000000000000 there"):
        start([str(given)], tmp_path / "out", QUICK)
    path.write_text("{", "utf-8")
    with pytest.raises(RunError, match="is damaged"):
        Folder.open(tmp_path / "out")


def test_what_cannot_begin_is_told_before_anything_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(InputError, match="no such file"):
        start([str(tmp_path / "none.jsonl")], out)
    with pytest.raises(ConfigError, match="not standard input"):
        start(["-"], out)
    with pytest.raises(ConfigError, match="needs an input"):
        start([], out)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="a folder without inputs"):
        start([str(tmp_path / "empty")], out)
    assert not out.exists()
    given = lines(tmp_path / "a.jsonl", ["claim"])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(RunError, match="not empty"):
        start([str(given)], tmp_path / "full")
    blocked = lines(tmp_path / "b.jsonl", ["claim"])
    with pytest.raises(RunError, match="cannot be written"):
        start([str(given)], blocked / "out")


def test_a_reader_that_is_none_is_told_of(tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", ["claim"])
    for name in ("tests.run.readers:none", "nowhere:load", "nothing"):
        with pytest.raises(ConfigError, match="no reader"):
            run(given, tmp_path / "serial", settings=Settings(reader=name))
        with pytest.raises(RunError, match="no reader"):
            run(given, tmp_path / "serial", Crew(1), settings=Settings(reader=name))
        (tmp_path / "serial" / "manifest.json").unlink()


def test_limits_are_positive() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Limits(time_s=0)


def test_paths_are_absolute_so_that_every_process_understands_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = lines(tmp_path / "a.jsonl", ["claim"])
    monkeypatch.chdir(tmp_path)
    run(Path("a.jsonl"), Path("out"))
    assert [row["where"] for row in rows(tmp_path / "out", "reports")] == [str(given)]
    monkeypatch.chdir(tmp_path.parent)
    assert start([str(given)], tmp_path / "out", QUICK, shard_bytes=1_000).todo == ()


@pytest.mark.parametrize("runner", [run_serial, Crew(1)])
def test_an_input_that_changes_during_the_run_stops_it(tmp_path: Path, runner: Runner) -> None:
    given = poisoned(tmp_path / "a.jsonl", 40, {})
    started = start([str(given)], tmp_path / "out", QUICK, limits=LIMITS, shard_bytes=1_000)
    list(run_serial(started.todo[:1], started.job, lambda *_: None))
    lines(given, ["claim"])
    with pytest.raises(RunError, match="has changed or gone since the run was planned"):
        list(runner(started.todo, started.job, lambda *_: None))
    assert len(list((tmp_path / "out" / "shards").iterdir())) == 1


def test_a_shard_whose_input_changes_while_it_is_read_is_not_done(tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", ["claim"])
    started = start([str(given)], tmp_path / "out", QUICK, limits=LIMITS)

    def told(_: int, __: int) -> None:
        with given.open("a", encoding="utf-8") as stream:
            stream.write("{}\n")

    with pytest.raises(RunError, match="has changed or gone since the run was planned"):
        list(run_serial(started.todo, started.job, told))
    assert list((tmp_path / "out" / "shards").iterdir()) == []
    assert list((tmp_path / "out" / "attempts").iterdir()) == []

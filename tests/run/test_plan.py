from __future__ import annotations

import json
import os
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given
from hypothesis import strategies as st

from sijill.errors import InputError, RunError
from sijill.run import Settings, Shard, plan, start
from sijill.run.engine import Engine
from sijill.run.reading import Reading
from sijill.run.records import Outcome
from sijill.run.runners.serial import run_serial
from sijill.sources import Given, read_originals
from tests.run.readers import read
from tests.run.samples import QUICK, lines, rows, run
from tests.sources.conftest import page
from tests.sources.test_warc import info, record

__all__ = ["page"]  # a fixture

SETTINGS = Settings(triage=False)


def outcomes_of(shards: tuple[Shard, ...]) -> list[Outcome]:
    return [outcome for shard in shards for outcome in Reading(SETTINGS, Engine(read), lambda *_: None).outcomes(shard)]


def ids(shards: tuple[Shard, ...]) -> list[str | None]:
    return [outcome.doc for outcome in outcomes_of(shards)]


@given(st.lists(st.text(alphabet="ab\u0628\U0001f600", max_size=6), min_size=1, max_size=12), st.integers(1, 60))
def test_each_line_is_in_one_shard(tmp_path_factory: pytest.TempPathFactory, texts: list[str], size: int) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    records = (json.dumps({"id": f"d{n}", "text": f"x{text}"}, ensure_ascii=False) for n, text in enumerate(texts))
    written = "".join(line + "\n" * (1 + n % 3) for n, line in enumerate(records))
    path.write_text(written if len(texts) % 2 else written.rstrip("\n"), "utf-8")
    shards = plan([str(path)], shard_bytes=size)
    assert ids(shards) == [f"d{n}" for n in range(len(texts))]
    assert shards == plan([str(path)], shard_bytes=size)
    assert [shard.n for shard in shards] == list(range(len(shards)))


def test_a_report_without_an_id_is_called_by_its_byte_whatever_the_shards(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "one"}\r\n{"text": "two"}\n')
    for size in (1, 10, 1_000):
        found = outcomes_of(plan([str(path)], shard_bytes=size))
        assert [(outcome.doc, outcome.part) for outcome in found] == [("news:@0", "byte 0"), ("news:@20", "byte 20")]


def test_lines_are_read_as_sijill_reads_them(examples: Path) -> None:
    expected = [item for item in read_originals([examples]) if isinstance(item, Given)]
    found = outcomes_of(plan([str(examples)], shard_bytes=5_000))
    assert [(outcome.doc, outcome.original) for outcome in found] == [
        (item.document.id, item.original.sha256) for item in expected
    ]


def test_small_files_of_a_folder_go_together_and_what_is_not_followed_is_rejected(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "below/c.txt", ".hidden.txt", "picture.png"):
        (folder / name).write_text("claim " + name, "utf-8")
    lines(folder / "d.jsonl", ["one", "two"])
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    shards = plan([str(folder)], shard_bytes=1_000)
    assert len(shards) == 1
    found = outcomes_of(shards)
    assert [outcome.doc for outcome in found] == ["a", "b", "c", "d0", "d1", None]
    assert "leads out of the folder" in found[-1].reason
    assert len(plan([str(folder)], shard_bytes=20)) > 2


def test_links_to_nothing_and_to_themselves_cost_themselves_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("claim", "utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "round.txt").symlink_to("round.txt")
    found = outcomes_of(plan([str(tmp_path)]))
    assert [(outcome.doc, outcome.reason) for outcome in found] == [
        ("a", ""),
        (None, "no such file"),
        (None, "a link to itself, which is not followed (give it by itself)"),
    ]


def test_a_name_that_is_not_utf8_is_rejected(tmp_path: Path) -> None:
    os.close(os.open(os.fsencode(tmp_path) + b"/\xff.txt", os.O_CREAT))
    [outcome] = outcomes_of(plan([str(tmp_path)]))
    assert outcome.reason == "a name that is not UTF-8 (rename it)"


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", ["one"])
    assert ids(plan([str(path), str(tmp_path), str(path)])) == ["d0"]


def test_parquet_is_cut_by_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    pq.write_table(pa.table({"text": [f"text {n} {os.urandom(50).hex()}" for n in range(40)]}), path, row_group_size=10)
    whole = outcomes_of(plan([str(path)]))
    shards = plan([str(path)], shard_bytes=2_000)
    assert [(piece.start, piece.end) for shard in shards for piece in shard.pieces] == [(0, 2), (2, 4)]
    cut = outcomes_of(shards)
    assert [outcome.doc for outcome in cut] == [f"news:{n}" for n in range(1, 41)]
    assert [(outcome.part, outcome.original, outcome.report) for outcome in cut] == [
        (outcome.part, outcome.original, outcome.report) for outcome in whole
    ]


def test_a_web_archive_is_a_shard_of_its_own(tmp_path: Path, page: str) -> None:
    picture = record(b"GIF", media="image/gif")
    for name in ("a", "b"):
        (tmp_path / f"{name}.warc").write_bytes(info() + record(page.encode()) + picture + record(page.encode()))
    shards = plan([str(tmp_path)])
    assert len(shards) == 2
    expected = [item for item in read_originals([tmp_path / "a.warc"]) if isinstance(item, Given)]
    found = outcomes_of(shards[:1])
    assert [(outcome.doc, outcome.part, outcome.original) for outcome in found] == [
        (item.document.id, item.part, item.original.sha256) for item in expected
    ]


def test_addresses_of_fsspec_are_read_as_files_are(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", [f"claim {n}" for n in range(20)])
    memory = fsspec.filesystem("memory")
    memory.pipe("/bucket/news/a.jsonl", path.read_bytes())
    memory.pipe("/bucket/news/b.txt", "نص".encode())
    memory.pipe("/bucket/news/.hidden.txt", b"x")
    for inputs in (["memory://bucket/news"], ["memory://bucket/news/a.jsonl", "memory://bucket/news/b.txt"]):
        assert ids(plan(inputs, shard_bytes=200)) == [*(f"d{n}" for n in range(20)), "b"]
    with pytest.raises(InputError, match="no such file or folder"):
        plan(["memory://bucket/none"])
    with pytest.raises(InputError, match="memoryy://bucket: cannot be opened"):
        plan(["memoryy://bucket"])


class Flaky(MemoryFileSystem):  # type: ignore[misc]
    """A storage that fails as often as it is told."""

    protocol = "flaky"
    failures = 0

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("flaky://", "memory://")))

    def _open(self, *given: object, **named: object) -> object:
        if Flaky.failures:
            Flaky.failures -= 1
            raise RuntimeError("503 slow down")
        return super()._open(*given, **named)


def test_a_storage_that_fails_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.run.work.PAUSES_S", (0.0, 0.0))
    fsspec.register_implementation("flaky", Flaky, clobber=True)
    Flaky().pipe("flaky://flaky/a.jsonl", lines(tmp_path / "a.jsonl", ["claim", "more"]).read_bytes())
    started = start(["flaky://flaky/a.jsonl"], tmp_path / "out", QUICK)
    Flaky.failures = 2
    assert [marker.read for marker in started.work(run_serial)] == [2]
    again = start(["flaky://flaky/a.jsonl"], tmp_path / "never", QUICK)
    Flaky.failures = 3
    with pytest.raises(RunError, match=r"flaky/a\.jsonl: cannot be reached: 503 slow down"):
        list(again.work(run_serial))
    assert rows(tmp_path / "never", "rejects") == []
    assert not list((tmp_path / "never" / "attempts").iterdir())


def test_broken_inputs_are_rejects_not_errors(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "claim"}\n{broken\n\n[]\n', "utf-8")
    (tmp_path / "b.jsonl").write_bytes(b"")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "d.pdf").write_bytes(b"no pdf")
    (tmp_path / "e.warc").write_bytes(b"WARC/1.0\r\n\r\n")
    out = tmp_path / "out"
    started = run(sorted(tmp_path.iterdir()), out, shard_bytes=10_000)
    assert [(marker.read, marker.rejects) for marker in started.markers()] == [(1, 5), (0, 1)]
    found = rows(out, "rejects")
    assert [Path(row["where"].split(": ")[0]).name for row in found] == [
        "a.jsonl", "a.jsonl", "b.jsonl", "c.parquet", "d.pdf", "e.warc",
    ]  # fmt: skip
    assert all(row["reason"] for row in found)

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sijill.cli.app import _run, cli
from sijill.cli.run_progress import Progress
from sijill.run import start
from sijill.run.runners.serial import run_serial
from tests.run.samples import QUICK, lines, rows
from tests.run.samples import run as finished


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """The folder of a run over the examples and a broken line."""
    folder = tmp_path_factory.mktemp("bulk")
    broken = folder / "broken.jsonl"
    broken.write_text("{\n", "utf-8")
    result = run("run", examples, broken, "-o", folder / "out", "--workers", 0, "--no-triage")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "in 7 = read 6 + turned away 0 + rejected 1"
    return folder / "out"


def test_run_and_run_start_are_one_command(done: Path, examples: Path) -> None:
    again = ("-o", done, "--workers", 0, "--no-triage", "--json")
    for command in (("run",), ("run", "start")):
        result = run(*command, examples, done.parent / "broken.jsonl", *again)
        assert result.exit_code == 1
        assert json.loads(result.stdout)["read"] == 6


def test_status_tells_how_far_a_run_is(done: Path) -> None:
    found = json.loads(run("run", "status", done).stdout)
    assert (found["shards"], found["done"], found["documents"], found["rejected"]) == (1, 1, 7, 1)
    shown = run("run", "status", done, "--table").stdout
    assert "shards     1 of 1 done" in shown
    assert "documents  7 = read 6 + turned away 0 + rejected 1" in shown
    assert "rejected           1  broken JSON" in shown


def test_status_finds_a_table_that_was_changed(tmp_path: Path) -> None:
    finished(lines(tmp_path / "a.jsonl", ["claim"]), tmp_path / "out")
    assert run("run", "status", tmp_path / "out", "--check").exit_code == 0
    table = tmp_path / "out" / "shards" / "0000000" / "claims.parquet"
    table.write_bytes(table.read_bytes()[:-1])
    result = run("run", "status", tmp_path / "out", "--check")
    assert result.exit_code == 1
    assert f"{table}: not what was written (remove the shard's folder, and run again)" in result.stderr


def test_query_gives_json_lines_or_a_table(done: Path) -> None:
    sql = "SELECT doc, published, claims > 0 AS any FROM reports ORDER BY key LIMIT 1"
    assert json.loads(run("query", done, sql).stdout) == {"doc": "ex-agency", "published": "2024-05-12", "any": True}
    table = run("query", done, sql, "--table").stdout
    assert "ex-agency" in table
    assert "published" in table.splitlines()[0]


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    """The exit code and the one line on stderr."""
    code = _run([str(argument) for argument in arguments])
    [line] = capsys.readouterr().err.splitlines()
    return code, line


@pytest.fixture
def given(tmp_path: Path) -> Path:
    return lines(tmp_path / "a.jsonl", ["claim"])


def test_bad_input_is_one_line(tmp_path: Path, given: Path, done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    for arguments, code, line in (
        (("run", tmp_path / "none", "-o", out), 2, "no such file or folder"),
        (("run", "-", "-o", out), 2, "not standard input"),
        (("run", given), 2, "Missing option '-o'"),
        (("run", given, "-o", out, "--shard", "4"), 2, "--shard is I/N, as 0/8, not '4'"),
        (("run", given, "-o", out, "--shard", "4/4"), 2, "counts from 0 to 3, not 4"),
        (("run", given, "-o", out, "--ray", "auto", "--workers", "2"), 2, "--workers or --ray, not both"),
        (("run", given, "-o", done), 2, "made by another run"),
        (("run", given, "-o", done.parent / "broken.jsonl" / "out"), 2, "cannot be written"),
        (("run", given, "-o", given), 2, "lies in the input"),
        (("run", "status", tmp_path), 2, "not the folder of a run"),
        (("query", done, "SELEC"), 2, "SQL: Parser Error"),
        (("query", tmp_path, "SELECT 1"), 2, "not the folder of a run"),
    ):
        assert told(capsys, *arguments)[0] == code, line
        code_, said = told(capsys, *arguments)
        assert (code_, line in said) == (code, True), said
        assert not out.exists()


def test_packages_that_are_not_there_are_one_line(tmp_path: Path, given: Path, done: Path) -> None:
    for missing, arguments, line in (
        ("ray", ["run", given, "-o", tmp_path / "r", "--ray", "auto"], "--ray needs the package ray: python -m pip"),
        ("pyarrow", ["run", given, "-o", tmp_path / "p"], "bulk work needs the package pyarrow: python -m pip"),
        ("duckdb", ["query", done, "SELECT 1"], "a query needs the package duckdb: python -m pip"),
        ("fsspec", ["run", "s3://bucket/x", "-o", tmp_path / "f"], "needs the package fsspec (python -m pip"),
    ):
        code = f"import sys; sys.modules[{missing!r}] = None; from sijill.cli import main; main(sys.argv[1:])"
        command = [sys.executable, "-c", code, *map(str, arguments)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == 2, ended.stderr
        assert line in ended.stderr.splitlines()[-1]
        assert len(ended.stderr.splitlines()) == 1


def test_a_cluster_that_does_not_answer_is_one_line(tmp_path: Path, given: Path) -> None:
    pytest.importorskip("ray")
    command = [sys.executable, "-m", "sijill", "run", str(given), "-o", str(tmp_path / "out"), "--ray", "127.0.0.1:9"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (
        2,
        "sijill: no Ray cluster answers at 127.0.0.1:9: Connection refused\n",
    )


def test_what_triage_turns_away_is_written_down(tmp_path: Path) -> None:
    text = "فاز المنتخب الوطني على ضيفه بهدفين نظيفين في مباراة ودية أقيمت مساء الجمعة على ملعب المدينة الرياضية. "
    given = lines(tmp_path / "a.jsonl", {"sport": text * 8})
    result = run("run", given, "-o", tmp_path / "out", "--workers", 0)
    assert result.stderr.splitlines()[-1] == "in 1 = read 0 + turned away 1 + rejected 0"
    assert [row["doc"] for row in rows(tmp_path / "out", "turned_away")] == ["sport"]


def test_progress_is_a_line_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sijill.cli.run_progress._EVERY_S", 0.0)
    given = lines(tmp_path / "a.jsonl", ["claim", " ", "more", " "])
    started = start([str(given)], tmp_path / "out", QUICK, shard_bytes=60)
    with Progress(started, tables=False) as progress:
        for marker in started.work(run_serial, progress.told):
            progress.done(marker)
    said = capsys.readouterr().err.splitlines()
    assert re.fullmatch(
        r"sijill: 2 of 2 shards, 4 documents, [\d,]+ a second, 2 rejected \(2 the text is empty\), 0 s left", said[-1]
    )
    assert progress.finish(as_json=False) == 1

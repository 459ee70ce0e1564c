from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import msgspec
import pytest
from click.testing import CliRunner, Result

from sijill import Report, Span
from sijill.cli.app import COMMANDS, _run, cli
from sijill.model import ClaimType

TEXT = "قُتل ثلاثة مدنيين في قصف جوي على مدينة إدلب أمس السبت، بحسب مصادر محلية."


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    file = tmp_path / "strike.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_every_command_has_help_and_the_line_of_the_group() -> None:
    for name, (_, line) in COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert command.help
        assert line
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or getattr(parameter, "help", None), (name, parameter.name)


def test_help_imports_no_command() -> None:
    code = "import sys; from sijill.cli.app import _run; _run(['--help']); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert not {"sijill.pipeline", "sijill.cli.read", "rich", "msgspec", "simplemma", "trafilatura"} & set(loaded)


def test_version_is_printed() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.output.startswith("sijill 0.")


def test_a_pipe_gets_json_lines(report_file: Path) -> None:
    result = run("read", report_file, "--published", "2024-05-12", "--outlet", "وكالة")
    assert result.exit_code == 0
    [line] = result.stdout.splitlines()
    report = Report.from_json(line)
    assert (report.doc, str(report.published), report.outlet) == ("strike", "2024-05-12", "وكالة")
    assert [claim.type for claim in report.claims] == [ClaimType.AIR_STRIKE]
    assert result.stderr == "read 1, rejected 0\n"


def test_a_table_has_every_field_and_the_evidence(report_file: Path) -> None:
    result = run("read", "--table", report_file, "--published", "2024-05-12")
    for part in ("strike", "air strike", "2024-05-11", "إدلب", "3 civilians killed", "مصادر محلية", TEXT[:40]):
        assert part in result.stdout


def test_standard_input_is_read() -> None:
    result = run("read", "-", stdin=msgspec.json.encode({"id": "x", "text": TEXT}).decode())
    assert Report.from_json(result.stdout).doc == "x"


def test_the_rejected_are_told_and_the_others_read(report_file: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "a"\n', encoding="utf-8")
    result = run("read", tmp_path / "none.txt", tmp_path / "bad.jsonl", report_file)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    first, second, last = result.stderr.splitlines()
    assert first.endswith("none.txt: no such file")
    assert "bad.jsonl:1: broken JSON" in second
    assert last == "read 1, rejected 2"


def test_a_file_is_written_whole(report_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old", encoding="utf-8")
    result = run("read", report_file, "-o", target)
    assert result.stdout == ""
    assert Report.from_json(target.read_bytes()).doc == "strike"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "strike.txt"]


def test_a_stopped_run_leaves_the_old_file(
    report_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr("sijill.pipeline.Reader.read", stop)
    target = tmp_path / "out.jsonl"
    target.write_text("old", encoding="utf-8")
    assert _run(["read", str(report_file), "-o", str(target)]) == 130
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "strike.txt"]
    assert "stopped" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "x.txt", "--published", "5/3/2024"], "'5/3/2024' is not a day"),
        (["read", "x.txt", "--published", "2024-02-31"], "is not a day"),
        (["read", "x.txt", "--policy", "nobody"], "nobody"),
        (["read", "x.txt", "-o", "/no/such/folder/out"], "no such folder"),
        (["read", "x.txt", "--lexicon", "/no/such/folder"], "does not exist"),
        (["read"], "Missing argument"),
        (["raed"], "No such command"),
        (["read", "--jsn", "x"], "No such option"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_wrong_lexicon_is_one_line_that_names_the_file(
    report_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    overlay = tmp_path / "mine" / "lexicon" / "ar"
    overlay.mkdir(parents=True)
    (overlay / "function_words.toml").write_text("[words\n", encoding="utf-8")
    assert _run(["read", str(report_file), "--lexicon", str(tmp_path / "mine")]) == 2
    error = capsys.readouterr().err
    assert "function_words.toml" in error
    assert error.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error(report_file: Path) -> None:
    many = [str(report_file)] * 3000
    command = [sys.executable, "-m", "sijill", "read", "--json", *many]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        error = process.stderr.read().decode()
    assert process.returncode == 141
    assert error == ""


def test_explain_shows_marks_rules_and_fields(report_file: Path) -> None:
    result = run("explain", report_file, "--published", "2024-05-12")
    assert result.exit_code == 0
    for part in ("cut ", "number", "quantity", "date", "2024-05-11", "place", "«إدلب»", "claim 1", "air strike", "why"):
        assert part in result.stdout


def test_explain_in_json_points_at_its_characters(report_file: Path) -> None:
    result = run("explain", "--json", report_file)
    tree = msgspec.json.decode(result.stdout)
    assert tree["text"] == TEXT
    assert {mark["layer"] for mark in tree["marks"]} >= {"trigger", "place", "quantity", "date"}
    for mark in tree["marks"]:
        assert Span(*mark["span"]).cut(TEXT) == mark["text"]
    for word in tree["words"]:
        assert Span(*word["span"]).cut(TEXT)


def test_what_would_steer_a_terminal_is_not_printed(tmp_path: Path) -> None:
    file = tmp_path / "evil.txt"
    file.write_text("\x1b[2J" + TEXT + " \u202eقتل مدنيان في قصف\x07 على حلب.", encoding="utf-8")
    for command in (["read", "--table"], ["explain"]):
        output = run(*command, file).stdout
        assert not set(output) & set("\x1b\x07\u202e")

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sijill.casefile import CaseFile, State
from sijill.cli import cli
from sijill.cli.app import _run
from sijill.export import profile_names
from sijill.export.back import read_export
from tests.casefile.servers import server
from tests.export.samples import claim, report, sample

AT = ("--at", "2026-01-31T12:00:00Z")
TEXT = (
    "اعتقلت قوات الأمن عشرة متظاهرين في درعا خلال احتجاج سلمي يوم 5 أيار 2024، وفق ناشطين. "
    "وقُتل ثلاثة مدنيين في قصف على إدلب."
)


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b"".join(entry.report.to_json() + b"\n" for entry in sample()))
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    text = tmp_path / "report.txt"
    text.write_text(TEXT, encoding="utf-8")
    assert run("case", "init", tmp_path / "a.case", "--by", "tester").exit_code == 0
    assert run("case", "add", tmp_path / "a.case", text, "--by", "tester").exit_code == 0
    return tmp_path / "a.case"


def test_lines_become_a_folder(lines: Path, tmp_path: Path) -> None:
    done = run("export", "csv", lines, "-o", tmp_path / "out", "--by", "me", *AT)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert done.stderr == "exported 4 claims of 3 reports\n"
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert (manifest["by"], manifest["created"], manifest["claims"]) == ("me", "2026-01-31T12:00:00Z", 4)
    assert manifest["readings"] == {"sijill 0.1.0, data 0123456789ab+guidelines": 3}


def test_standard_input_and_several_files_are_taken(lines: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_bytes(report("other", claim()).to_json() + b"\n")
    assert run("export", "flat", "-", "-o", tmp_path / "one", stdin=lines.read_bytes()).exit_code == 0
    done = run("export", "flat", lines, other, "-o", tmp_path / "two")
    assert done.stderr.endswith("exported 5 claims of 4 reports\n")


def test_what_is_left_out_is_told(lines: Path, tmp_path: Path) -> None:
    done = run("export", "acled", lines, "-o", tmp_path / "out", "--type", "shelling")
    assert done.stderr.splitlines() == [
        "left out 2: filter: type",
        "left out 1: modality denied",
        "exported 1 claims of 1 reports",
    ]


def test_an_export_is_exported_again_byte_for_byte(lines: Path, tmp_path: Path) -> None:
    for source, target in ((lines, "one"), (tmp_path / "one", "two")):
        assert run("export", "jsonl", source, "-o", tmp_path / target, "--by", "me", *AT).exit_code == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    assert (tmp_path / "one" / "reports.jsonl").read_bytes() == lines.read_bytes()


def test_the_time_is_the_sources_where_it_is_set(lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert run("export", "jsonl", lines, "-o", tmp_path / "out").exit_code == 0
    assert '"created": "2023-11-14T22:13:20Z"' in (tmp_path / "out" / "manifest.json").read_text("utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    done = run("export", "jsonl", lines, "-o", tmp_path / "no")
    assert (done.exit_code, (tmp_path / "no").exists()) == (2, False)


def test_the_profiles_are_listed() -> None:
    done = run("export", "--list")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(profile_names())


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing", "LINES"), 2, "there is no profile 'nothing'"),
        (("flat", "LINES", "--field", "nothing"), 2, "has no field 'nothing'"),
        (("flat", "LINES", "--type", "nothing"), 2, "there is no type 'nothing'"),
        (("flat", "LINES", "--at", "noon"), 2, "'noon' is no time"),
        (("flat", "LINES", "--since", "noon"), 2, "Invalid value"),
        (("flat", "LINES", "--since", "2030-01-01"), 1, "no claims to export; left out 4"),
        (("flat", "no-such-file"), 1, "no-such-file: No such file"),
        (("flat", "FOLDER"), 1, "a folder that is neither an export nor a run"),
        (("flat", "WRONG"), 1, "wrong.jsonl:1: no report"),
        (("flat", "EMPTY"), 1, "no claims to export"),
        (("flat", "LINES", "CASE"), 2, "a case is exported alone"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_made(
    arguments: tuple[str, ...],
    code: int,
    said: str,
    lines: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "wrong.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "some.case").write_bytes(b"SQLite format 3\0")
    named = {
        "LINES": lines,
        "CASE": tmp_path / "some.case",
        "FOLDER": tmp_path / "folder",
        "WRONG": tmp_path / "wrong.jsonl",
    }
    named["EMPTY"] = tmp_path / "empty.jsonl"
    before = {path.name for path in tmp_path.iterdir()}
    given = [str(named.get(argument, argument)) for argument in arguments]
    capsys.readouterr()
    assert _run(["export", *given, "-o", str(tmp_path / "out")]) == code
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_folder_that_is_there_is_left_alone(lines: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert _run(["export", "flat", str(lines), "-o", str(tmp_path / "out")]) == 2
    assert list((tmp_path / "out").iterdir()) == []


def test_a_case_is_exported_with_what_people_decided_and_its_chain_says_so(case: Path, tmp_path: Path) -> None:
    with CaseFile.open(str(case), write=True) as opened:
        [row] = opened.documents()
        first, second, *_ = opened.claims(row)
        opened.decide(first.n, State.REJECTED, "reviewer", reason="no arrest")
        opened.decide(second.n, State.EDITED, "reviewer", reason="said so", changes={"modality": "alleged"})
        before = opened.head()[0]
    done = run("export", "jsonl", case, "-o", tmp_path / "out", "--by", "me", *AT)
    assert done.exit_code == 0, done.output
    [entry] = read_export(tmp_path / "out")
    assert entry.text == TEXT
    states = [held.state for held in entry.held]
    assert states[:2] == ["rejected", "edited"]
    assert entry.held[1].claim.modality == "alleged"
    assert entry.held[1].as_read is not None
    assert entry.held[1].as_read.modality != "alleged"
    assert entry.held[0].decisions[0]["author"] == "reviewer"
    with CaseFile.open(str(case), write=False) as opened:
        assert opened.head()[0] == before + 1
        assert list(opened.verify()) == []
    flat = run("export", "flat", case, "-o", tmp_path / "flat", *AT)
    assert "left out 1: state rejected" in flat.stderr


def test_a_case_exports_the_same_twice(case: Path, tmp_path: Path) -> None:
    for profile in ("csv", "webanno"):
        for name in ("one", "two"):
            done = run("export", profile, case, "-o", tmp_path / f"{profile}-{name}", "--by", "me", *AT)
            assert done.exit_code == 0, done.output
        for path in (tmp_path / f"{profile}-one").iterdir():
            assert path.read_bytes() == (tmp_path / f"{profile}-two" / path.name).read_bytes()


def test_a_file_that_is_no_case_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 500)
    assert _run(["export", "flat", str(path), "-o", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_documents_of_an_export_go_into_another_case(case: Path, tmp_path: Path) -> None:
    assert run("export", "jsonl", case, "-o", tmp_path / "out", *AT).exit_code == 0
    documents = tmp_path / "out" / "documents.jsonl"
    again = run("read", "--json", documents)
    assert again.stdout == (tmp_path / "out" / "reports.jsonl").read_text("utf-8")
    assert run("case", "init", tmp_path / "b.case").exit_code == 0
    done = run("case", "add", tmp_path / "b.case", documents)
    assert done.exit_code == 0, done.output
    assert run("export", "jsonl", tmp_path / "b.case", "-o", tmp_path / "second", *AT).exit_code == 0
    assert (tmp_path / "second" / "reports.jsonl").read_bytes() == (tmp_path / "out" / "reports.jsonl").read_bytes()


def test_texts_are_joined_by_their_hash(tmp_path: Path) -> None:
    text = tmp_path / "report.txt"
    text.write_text(TEXT, encoding="utf-8")
    lines = tmp_path / "lines.jsonl"
    lines.write_text(run("read", "--json", text).stdout, encoding="utf-8")
    done = run("export", "webanno", lines, "--texts", text, "-o", tmp_path / "out", *AT)
    assert done.exit_code == 0, done.output
    page = json.loads((tmp_path / "out" / "annotations.jsonld").read_text("utf-8"))
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        assert quote["exact"] == TEXT[position["start"] : position["end"]]
        assert TEXT[: position["start"]].endswith(quote["prefix"])
    text.write_text(TEXT + " وأكثر.", encoding="utf-8")
    wrong = run("export", "webanno", lines, "--texts", text, "-o", tmp_path / "no", *AT)
    assert "the text of report 'report' is not among the texts" in str(wrong.exception)
    missing = run("export", "webanno", lines, "--texts", tmp_path / "nothing", "-o", tmp_path / "no", *AT)
    assert missing.exit_code == 1
    assert not (tmp_path / "no").exists()


def test_a_case_on_a_server_exports_the_same_bytes(case: Path, tmp_path: Path) -> None:
    with server() as running:
        address = running.database()
        for arguments in (("init", address), ("add", address, str(tmp_path / "report.txt"))):
            assert run("case", *arguments, "--by", "tester").exit_code == 0
        for name, source in (("file", str(case)), ("server", address)):
            done = run("export", "jsonl", source, "-o", tmp_path / name, "--by", "me", *AT)
            assert done.exit_code == 0, done.output
        assert run("case", "verify", address).exit_code == 0
    for path in (tmp_path / "file").iterdir():
        assert path.read_bytes() == (tmp_path / "server" / path.name).read_bytes()

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from sijill import Document, Reader, Report
from sijill.casefile import CaseFile
from sijill.cli.app import _run, cli
from tests.casefile.conftest import TEXTS, postgres
from tests.casefile.servers import Server

__all__ = ["postgres"]  # a fixture


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["case", *map(str, arguments)], catch_exceptions=True)


def last(result: Result) -> str:
    return result.stderr.splitlines()[-1]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder of reports; one of them is none."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"r{number}.txt").write_text(text, encoding="utf-8")
    (folder / "empty.txt").write_text(" ", encoding="utf-8")
    return folder


@pytest.fixture
def made(tmp_path: Path, inputs: Path) -> Path:
    """A case with the reports of `inputs`."""
    where = tmp_path / "a.case"
    assert run("init", where, "--by", "me", "--note", "a test").exit_code == 0
    result = run("add", where, inputs, "--by", "me", "--published", "2024-05-12")
    assert (result.exit_code, last(result)) == (1, "in 5 = stored 4 + duplicate 0 + rejected 1")
    return where


def test_adding_again_adds_nothing_and_lists_the_rejected(made: Path, inputs: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.jsonl"
    result = run("add", made, inputs, "--by", "me", "--published", "2024-05-12", "--rejects", rejects)
    assert (result.exit_code, last(result)) == (1, "in 5 = stored 0 + duplicate 4 + rejected 1")
    assert "r0.txt: there already, as r0" in result.stderr
    [line] = rejects.read_text("utf-8").splitlines()
    assert json.loads(line) == {"where": str(inputs / "empty.txt"), "what": "the text is empty", "mend": ""}
    (inputs / "empty.txt").unlink()
    assert run("add", made, inputs, "--published", "2024-05-12").exit_code == 0


def test_a_file_s_name_may_be_anything(made: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / os.fsdecode(b"\xff.txt")).write_text(TEXTS[0], encoding="utf-8")
    (odd / "'; DROP TABLE document; --\x1b[31m.txt").write_text(TEXTS[0] + " x", encoding="utf-8")
    rejects = tmp_path / "rejects.jsonl"
    result = run("add", made, odd, "--rejects", rejects)
    assert last(result) == "in 2 = stored 1 + duplicate 0 + rejected 1"
    assert json.loads(rejects.read_text("utf-8"))["where"].endswith("\\udcff.txt")
    assert "\x1b" not in run("list", made, "--table").output
    assert run("verify", made).exit_code == 0


def test_list_and_show(made: Path) -> None:
    rows = [json.loads(line) for line in run("list", made, "--json").stdout.splitlines()]
    assert [row["id"] for row in rows] == ["r0", "r1", "r2", "r3"]
    assert rows[0]["by"] == "me"
    assert rows[0]["published"] == "2024-05-12"
    assert rows[0]["copy_of"] is None
    table = run("list", made, "--table").stdout
    assert "r0  2024-05-12  " in table
    about = json.loads(run("show", made, "--json").stdout)
    assert (about["documents"], about["note"], about["entries"]) == (4, "a test", 7)
    assert "documents    4" in run("show", made, "--table").stdout
    shown = json.loads(run("show", made, "r0", "--json").stdout)
    assert len(shown["claims"]) == rows[0]["claims"]
    for part in (shown["document"]["original"], "r0.txt", "added 2", "reading 1"):
        assert part in run("show", made, "r0", "--table").stdout
    assert "no document 'x'" in str(run("show", made, "x").exception)


def test_the_original_comes_back_and_no_file_is_written_over(made: Path, inputs: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    assert run("original", made, "r1", "-o", target).exit_code == 0
    assert target.read_bytes() == (inputs / "r1.txt").read_bytes()
    assert isinstance(run("original", made, "r1", "-o", target).exception, FileExistsError)


def test_decide_and_undo(made: Path) -> None:
    claims = json.loads(run("show", made, "r0", "--json").stdout)["claims"]
    key, identity = str(claims[0]["n"]), claims[0]["claim"]["id"]
    assert "proposed -> rejected" in last(run("decide", made, key, "reject", "--by", "me", "--reason", "a film"))
    assert "rejected -> unsure" in last(run("decide", made, identity, "unsure"))
    edit = run("decide", made, f"r0/{identity}", "edit", "--set", 'modality="alleged"', "--set", "agents=[]")
    assert "unsure -> edited" in last(edit)
    assert "edited -> unsure" in last(run("undo", made, "3"))
    table = run("show", made, "r0", "--table").stdout
    assert "decision 1 on claim 1: proposed -> rejected" in table
    assert "by me: a film" in table
    assert "no claim 'x'" in str(run("decide", made, "x", "accept").exception)
    assert "write FIELD=JSON" in run("decide", made, key, "edit", "--set", "modality").stderr
    assert "not JSON" in run("decide", made, key, "edit", "--set", "modality=alleged").stderr
    assert run("verify", made).exit_code == 0


def test_a_claim_of_two_documents_must_be_said_which(made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXTS[0], encoding="utf-8")
    assert last(run("add", made, copy, "--outlet", "وكالة أخرى")).startswith("in 1 = stored 1")
    identity = json.loads(run("show", made, "r0", "--json").stdout)["claims"][0]["claim"]["id"]
    assert "is a claim of 2 documents" in str(run("decide", made, identity, "accept").exception)
    assert run("decide", made, f"copy/{identity}", "accept").exit_code == 0
    row = json.loads(run("list", made, "--json").stdout.splitlines()[-1])
    assert (row["copy_of"], row["likeness"], row["decided"]) == ("r0", 1.0, 1)


def test_verify_says_what_and_where(made: Path) -> None:
    result = run("verify", made)
    assert (result.exit_code, result.stdout) == (0, "")
    head = result.stderr.split()[-1]
    assert run("verify", made, "--expect", head).exit_code == 0
    with CaseFile.open(made) as case, case.database.writing() as connection:
        connection.exec_driver_sql("UPDATE claim SET modality = 'denied' WHERE n = 1")
    result = run("verify", made, "--expect", "sha256:0")
    assert result.exit_code == 1
    assert "claim 1 (r0/" in result.stdout
    assert "modality is 'denied'" in result.stdout
    assert "no entry has this hash" in result.stdout
    assert last(result).endswith("2 things are not as they should be")
    assert json.loads(run("verify", made, "--json").stdout)["kind"] == "row"


def test_backup_restore_doctor_upgrade_reread(made: Path, tmp_path: Path) -> None:
    backup, again = tmp_path / "b.case", tmp_path / "c.case"
    assert run("backup", made, backup).exit_code == 0
    assert run("restore", backup, again).exit_code == 0
    assert run("verify", again).exit_code == 0
    well = run("doctor", again)
    assert well.exit_code == 0, well.output
    assert "4 documents" in well.stdout
    assert last(run("upgrade", again)).startswith("schema ")
    assert run("decide", again, "1", "reject").exit_code == 0
    assert "0 again" in last(run("reread", again))
    assert last(run("reread", again, "--policy", "acled")) == "read 4 again, decisions 1 carried, 0 unresolved"
    stale = run("doctor", again)
    assert stale.exit_code == 1
    assert "look  readings: 4 documents were read by another version" in stale.stdout
    assert [json.loads(line)["well"] for line in run("doctor", again, "--json").stdout.splitlines()].count(False) == 1


def test_decisions_that_find_no_claim_are_listed(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("decide", made, "1", "reject", "--by", "amal").exit_code == 0
    read = Reader.read

    def silent(reader: Reader, document: Document) -> Report:
        return msgspec.structs.replace(read(reader, document), claims=(), sijill="9.9.9")

    monkeypatch.setattr(Reader, "read", silent)
    result = run("reread", made)
    assert last(result) == "read 4 again, decisions 0 carried, 1 unresolved"
    assert "r0: decision 1 (rejected by amal, on " in result.stderr
    assert json.loads(run("show", made, "--json").stdout)["unresolved"] == 1
    assert run("verify", made).exit_code == 0


def test_an_unfinished_batch_is_told_by_the_doctor(made: Path) -> None:
    with CaseFile.open(made) as case:
        case.batch("me")
    assert "look  batches: running or stopped: 2" in run("doctor", made).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "none.case", "x.txt"], "none.case: no such file (make a case with 'sijill case init')"),
        (["init", "no/such/folder/a.case"], "no/such/folder/a.case: no such folder"),
        (["list", "text.txt"], "text.txt: this is no case file"),
        (["backup", "text.txt", "b.case"], "text.txt: this is no case file"),
        (["restore", "none.case", "b.case"], "none.case: no such file (make a case with 'sijill case init')"),
        (["init", "text.txt"], "text.txt: there is something already; a case is not written over"),
        (["init", "postgresql://nobody@127.0.0.1:1/x"], "no server answers there"),
        (["init", "postgresql://h:port/x"], "an address is written postgresql://user:password@host:port/database"),
    ],
)
def test_errors_are_one_line_and_change_nothing(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text("text", encoding="utf-8")
    assert _run(["case", *arguments]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("sijill: ")
    assert line.endswith(said)
    assert [path.name for path in tmp_path.iterdir()] == ["text.txt"]


@pytest.mark.parametrize(
    ("password", "database", "said"),
    [("wrong", "postgres", "the user or the password is wrong"), ("right", "none", "no such database, user or table")],
)
def test_a_server_that_refuses(
    postgres: Server, password: str, database: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    where = postgres.address(database, password=password, host="127.0.0.1")
    assert _run(["case", "init", where]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert said in line
    assert f":{password}@" not in line


def test_a_folder_that_cannot_be_written_can_be_read(made: Path, tmp_path: Path) -> None:
    """As another user than root, whom no folder refuses."""
    folder = tmp_path / "still"
    folder.mkdir()
    shutil.copy(made, folder / "a.case")
    (folder / "a.case").chmod(0o444)
    folder.chmod(0o555)
    code = (
        "import os, sys; from sijill.cli.app import _run\n"
        f"_run(['case', 'verify', {str(made)!r}])\n"  # what is imported then, the other user could not
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        f"os.chdir({str(folder)!r})\n"
        "print(_run(['case', 'verify', 'a.case']), _run(['case', 'decide', 'a.case', '1', 'accept']))\n"
    )
    for parent in [folder, *folder.parents][1:]:
        if parent != Path(parent.anchor) and os.access(parent, os.W_OK) and parent.stat().st_uid == os.getuid():
            parent.chmod(parent.stat().st_mode | 0o011)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "0 2\n", done.stderr
    assert done.stderr.splitlines()[-1] == "sijill: a.case: cannot be written: the file or its folder is read-only"
    assert [path.name for path in folder.iterdir()] == ["a.case"]
    folder.chmod(0o755)


def test_a_mapping_says_which_columns_are_what(made: Path, tmp_path: Path) -> None:
    table, mapping = tmp_path / "t.csv", tmp_path / "m.toml"
    table.write_text(f"a,b,c\nx1,{TEXTS[0]} أيضا,2024-05-12\n", encoding="utf-8")
    mapping.write_text('text = "b"\nid = "a"\npublished = "c"\n', encoding="utf-8")
    assert run("add", made, table).exit_code == 1
    result = run("add", made, table, "--mapping", mapping)
    assert (result.exit_code, last(result)) == (0, "in 1 = stored 1 + duplicate 0 + rejected 0")
    with CaseFile.open(made) as case:
        assert str(case.document("x1").head.published) == "2024-05-12"
    mapping.write_text('texts = "b"\n', encoding="utf-8")
    wrong = run("add", made, table, "--mapping", mapping)
    assert wrong.exit_code != 0
    assert "m.toml" in str(wrong.exception)

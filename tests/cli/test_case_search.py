"""`sijill case search` and `reindex`: what stands on stdout and stderr, and errors of one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sijill.casefile import CaseFile, State
from sijill.casefile.search import Role, Sort
from sijill.cli import case_search, cli
from sijill.cli.app import _run


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> str:
    """A case of the shipped examples."""
    path = str(tmp_path_factory.mktemp("case") / "a.case")
    assert CliRunner().invoke(cli, ["case", "init", path]).exit_code == 0
    assert CliRunner().invoke(cli, ["case", "add", path, str(examples)]).exit_code == 0
    return path


def _search(case: str, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["case", "search", case, *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_choices_are_those_of_the_library() -> None:
    assert tuple(State) == case_search.STATES
    assert set(case_search.SORTS) == set(Sort)
    assert tuple(Role) == case_search.ROLES


def test_a_pipe_gets_lines_of_json_with_highlights(case: str) -> None:
    lines = [json.loads(line) for line in _search(case, "القصف").stdout.splitlines()]
    assert lines
    with CaseFile.open(case, write=False) as opened:
        for line in lines:
            text = opened.text(opened.document(line["doc"]))
            spans = line["highlights"]["text"]
            assert spans or line["highlights"]["title"]
            assert all("ق" in text[start:end] for start, end in spans)


def test_pages_go_on_and_tell_so(case: str) -> None:
    whole = [json.loads(line)["n"] for line in _search(case, "--all", "--limit", "5").stdout.splitlines()]
    first = _search(case, "--limit", "5", "--total")
    assert f"5 of {len(whole)} claims; more with --cursor" in first.stderr
    cursor = first.stderr.split("--cursor ")[1].split()[0]
    second = _search(case, "--limit", str(len(whole)), "--cursor", cursor)
    assert "no more" in second.stderr
    assert [json.loads(line)["n"] for line in (first.stdout + second.stdout).splitlines()] == whole


def test_a_table_shows_the_claim_and_its_sentence(case: str) -> None:
    result = _search(case, "--count", "killed:3..", "--sort", "killed", "--limit", "1", "--table")
    assert "killed" in result.stdout.splitlines()[0]
    assert len(result.stdout.splitlines()) == 2


def test_reindex_changes_nothing_that_is_found(case: str) -> None:
    before = _search(case, "القصف").stdout
    assert CliRunner().invoke(cli, ["case", "reindex", case]).exit_code == 0
    assert _search(case, "القصف").stdout == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["--near", "1,2"],
        ["--box", "a,b,c,d"],
        ["--count", "killed:x"],
        ["--count", "nothing"],
        ["--type", "war"],
        ["--since", "yesterday"],
        ["--since", "2024-02-01", "--until", "2024-01-01"],
        ["--cursor", "x"],
        ["--sort", "relevance"],
        ["--role", "agent"],
        ["--limit", "0"],
        ["***"],
    ],
)
def test_wrong_use_is_one_line(case: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["case", "search", case, *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("sijill: ")
    assert said.err.count("\n") == 1


def test_documents_are_found_with_how_many_claims_they_have(case: str) -> None:
    lines = [json.loads(line) for line in _search(case, "القصف", "--documents").stdout.splitlines()]
    claims = [json.loads(line) for line in _search(case, "القصف", "--all", "--sort", "added").stdout.splitlines()]
    assert [line["doc"] for line in lines if line["claims"]] == list(dict.fromkeys(line["doc"] for line in claims))
    first = _search(case, "--documents", "--limit", "2", "--total", "--table")
    assert "2 of " in first.stderr
    cursor = first.stderr.split("--cursor ")[1].split()[0]
    rest = _search(case, "--documents", "--all", "--cursor", cursor)
    with CaseFile.open(case, write=False) as opened:
        assert len(rest.stdout.splitlines()) == opened.numbers()["documents"] - 2
    assert "…" in _search(case, "القصف", "--documents", "--limit", "1", "--table").stdout


@pytest.mark.parametrize(
    ("option", "value"), [("--type", "air_strike"), ("--modality", "asserted"), ("--state", "proposed")]
)
def test_codes_are_written_as_in_the_record(case: str, option: str, value: str) -> None:
    lines = [json.loads(line) for line in _search(case, option, value).stdout.splitlines()]
    assert lines
    assert all(value in (line["claim"].get(option[2:]), line["state"]) for line in lines)

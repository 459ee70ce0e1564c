from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sijill.casefile import CaseFile
from sijill.cli import cli
from sijill.model import Report
from sijill.run import Settings
from sijill.run.results import results
from sijill.sources import Given, Rejected
from tests.run.samples import lines, poisoned, rows, run
from tests.sources.conftest import page
from tests.sources.test_warc import record

__all__ = ["page"]  # a fixture


def command(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def given(found: list[tuple[Given, Report] | Rejected]) -> list[str]:
    return [item.where if isinstance(item, Rejected) else item[0].document.id for item in found]


def test_results_come_with_their_originals_and_rejects(tmp_path: Path) -> None:
    path = poisoned(tmp_path / "a.jsonl", 12, {3: "RAISE"})
    folder = run(path, tmp_path / "out").folder
    found = list(results(folder))
    read = [item for item in found if not isinstance(item, Rejected)]
    assert [item.document.id for item, _ in read] == ["d1", "d5", "d7", "d9", "d11"]
    assert [item.original.content for item, _ in read] == path.read_bytes().splitlines()[1::2][:1] + [
        line for n, line in enumerate(path.read_bytes().splitlines()) if n in (5, 7, 9, 11)
    ]
    assert all(report.claims and report.sha256 == item.document.sha256 for item, report in read)
    [rejected] = [item for item in found if isinstance(item, Rejected)]
    assert rejected == Rejected(
        f"{path}: byte {rejected.where.split()[-1]}", "KeyError: 'a word that breaks the reader'"
    )
    assert len(list(results(folder, every=True))) == 12


def test_an_original_that_has_changed_or_gone_is_rejected(tmp_path: Path) -> None:
    first, second = (
        lines(tmp_path / "a.jsonl", ["claim one", "claim two"]),
        lines(tmp_path / "b.jsonl", ["claim three"]),
    )
    folder = run([first, second], tmp_path / "out").folder
    first.write_bytes(first.read_bytes().replace(b"claim one", b"claim 111"))
    second.unlink()
    found = list(results(folder))
    assert [isinstance(item, Rejected) for item in found] == [True, False, True]
    assert all("not as the run read it" in item.what for item in found if isinstance(item, Rejected))


def test_pages_of_an_archive_are_found_again(tmp_path: Path, page: str) -> None:
    archive = tmp_path / "a.warc"
    archive.write_bytes(record(b"GIF", media="image/gif") + record(page.encode()) + record(page.encode()))
    folder = run(archive, tmp_path / "out").folder
    found = [item for item in results(folder, every=True) if not isinstance(item, Rejected)]
    assert [item.part for item, _ in found] == ["record 2", "record 3"]


def test_a_case_takes_a_run_as_if_it_had_read_it(tmp_path: Path, examples: Path) -> None:
    run(examples, tmp_path / "out", settings=Settings(triage=False))
    for name, source in (("read", examples), ("taken", tmp_path / "out")):
        with CaseFile.create(tmp_path / name, "me"):
            pass
        result = command("case", "add", tmp_path / name, source, "--by", "me")
        assert result.stderr.splitlines()[-1] == "in 6 = stored 6 + duplicate 0 + rejected 0"
    kept = []
    for name in ("read", "taken"):
        with CaseFile.open(tmp_path / name) as case:
            assert not list(case.verify())
            kept.append(
                [
                    (row.id, row.identity, row.original, case.text(row), case.report(case.readings(row)[-1]))
                    for row in case.documents()
                ]
            )
    assert kept[0] == kept[1]
    again = command("case", "add", tmp_path / "read", tmp_path / "out", "--by", "me")
    assert again.stderr.splitlines()[-1] == "in 6 = stored 0 + duplicate 6 + rejected 0"
    assert rows(tmp_path / "out", "reports")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{out}", "{file}"], "added by itself"),
        (["{out}", "--outlet", "x"], "options of its own"),
        (["{file}", "--all"], "--all is for the folder of a run"),
    ],
)
def test_a_run_is_added_by_itself(tmp_path: Path, arguments: list[str], said: str) -> None:
    path = lines(tmp_path / "a.jsonl", ["claim"])
    run(path, tmp_path / "out")
    CaseFile.create(tmp_path / "case", "me").close()
    filled = [argument.format(out=tmp_path / "out", file=path) for argument in arguments]
    result = command("case", "add", tmp_path / "case", *filled, "--by", "me")
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_run_is_exported_as_what_was_read(tmp_path: Path, examples: Path) -> None:
    run(examples, tmp_path / "run", settings=Settings(triage=False))
    (tmp_path / "read.jsonl").write_text(command("read", "--json", examples).stdout, "utf-8")
    for source in ("run", "read.jsonl"):
        target = tmp_path / f"flat-{source}"
        result = command("export", "flat", tmp_path / source, "-o", target, "--by", "me", "--at", "2026-01-31")
        assert result.exit_code == 0, result.stderr
    one, other = (tmp_path / f"flat-{source}" / "claims.csv" for source in ("run", "read.jsonl"))
    assert one.read_bytes() == other.read_bytes()
    refused = command("export", "flat", tmp_path, "-o", tmp_path / "no", "--by", "me")
    assert "a folder that is neither an export nor a run" in str(refused.exception)

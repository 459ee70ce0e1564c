from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sijill import Report
from sijill.cli.app import _run, cli

TEXT = "قُتل ثلاثة مدنيين في قصف جوي على مدينة إدلب أمس السبت، بحسب مصادر محلية."


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "t.csv"
    rows = "".join(f"{number},12/05/2024,{TEXT},\x1b[31mعنوان\n" for number in range(5))
    file.write_text("رقم,التاريخ,نص الخبر,العنوان\n" + rows, encoding="utf-8")
    return file


def test_a_dry_run_shows_columns_reports_and_counts_and_reads_no_claims(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sijill.pipeline.Reader.__init__", lambda *_: pytest.fail("it reads claims"))
    table.write_text(table.read_text("utf-8").replace("12/05/2024", "2024-05-12"), encoding="utf-8")
    result = run("read", "--dry-run", table)
    assert result.exit_code == 0
    for part in ("0  2024-05-12", "2  2024-05-12", "a table, comma-separated; 5 read, 0 rejected", TEXT[:40]):
        assert part in result.stdout
    for part in ("text <- column 'نص الخبر'", "published <- column 'التاريخ'", "title <- column 'العنوان'"):
        assert part in result.stdout
    assert "3  2024-05-12" not in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == "read 5, rejected 0\n"


def test_a_saved_mapping_is_changed_and_given(table: Path, tmp_path: Path) -> None:
    saved = tmp_path / "m.toml"
    first = run("read", "--dry-run", "--save-mapping", saved, table)
    assert first.exit_code == 1
    assert "'12/05/2024' is not a day" in first.stderr
    saved.write_text(saved.read_text("utf-8") + 'dates = "dmy"\n', encoding="utf-8")
    result = run("read", "--json", "--mapping", saved, table)
    assert result.exit_code == 0
    reports = [Report.from_json(line) for line in result.stdout.splitlines()]
    assert len(reports) == 5
    assert {str(report.published) for report in reports} == {"2024-05-12"}


def test_the_mapping_is_saved_while_reading_too(table: Path, tmp_path: Path) -> None:
    table.write_text(table.read_text("utf-8").replace("12/05/2024", "2024-05-12"), encoding="utf-8")
    saved = tmp_path / "m.toml"
    result = run("read", "--json", "--save-mapping", saved, table)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 5
    assert 'text = "نص الخبر"' in saved.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--mapping", "nowhere.toml", "x.csv"], "does not exist"),
        (["--mapping", "{bad}", "x.csv"], "not a mapping of columns"),
        (["--save-mapping", "/no/such/folder/m.toml", "--dry-run", "{table}"], "no such folder"),
        (["--save-mapping", "m.toml", "--dry-run", "{text}"], "none of the inputs is a table"),
        (["--save-mapping", "m.toml", "-"], "give --dry-run"),
    ],
)
def test_wrong_use_is_one_line(
    table: Path, tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.toml").write_text("x", encoding="utf-8")
    (tmp_path / "t.txt").write_text(TEXT, encoding="utf-8")
    places = {"{bad}": tmp_path / "bad.toml", "{table}": table, "{text}": tmp_path / "t.txt"}
    table.write_text(f"text\n{TEXT}\n", encoding="utf-8")
    assert _run(["read", *(str(places.get(argument, argument)) for argument in arguments)]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("read ")]
    assert len(lines) == 1
    assert said in lines[0]


def test_the_kinds_of_input_are_read_together(tmp_path: Path, table: Path) -> None:
    (tmp_path / "r.xml").write_text(
        f"<rss><channel><item><description>{TEXT}</description></item></channel></rss>", "utf-8"
    )
    message = {"id": 1, "type": "message", "date": "2024-05-12T10:00:00", "text": TEXT}
    chat = {"name": "قناة", "type": "public_channel", "id": 5, "messages": [message]}
    (tmp_path / "result.json").write_text(json.dumps(chat), encoding="utf-8")
    table.write_text(f"text\n{TEXT}\n", encoding="utf-8")
    result = run("read", "--json", tmp_path)
    reports = [Report.from_json(line) for line in result.stdout.splitlines()]
    assert [report.doc for report in reports] == ["r:1", "telegram:5:1", "t:2"]
    assert all(report.claims for report in reports)
    assert result.stderr == "read 3, rejected 0\n"

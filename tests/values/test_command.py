from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sijill.cli.values import values

TEXT = "قتل 15 شخصا على الأقل أمس الجمعة، وسقطت 3 صواريخ منذ أسبوعين، وتضرر 40% من المنازل"


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf8")
    return str(path)


def test_one_line_a_text_for_machines(report: str) -> None:
    result = CliRunner().invoke(values, [report, "--json", "--published", "2019-03-23"])
    record = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [(one["start"], one["text"]) for one in record["dates"]] == [
        ("2019-03-22", "أمس الجمعة"),
        ("2019-03-09", "منذ أسبوعين"),
    ]
    assert [(one["low"], one["high"], one["noun"], one["class"]) for one in record["quantities"]] == [
        (15, None, "شخصا", "persons"),
        (3, 3, "صواريخ", "rockets"),
    ]
    assert [one["value"] for one in record["numbers"]] == [15, 3, 40]
    assert record["policy"] == "guidelines"
    for kind in ("dates", "quantities", "numbers"):
        for one in record[kind]:
            assert TEXT[one["span"][0] : one["span"][1]] == one["text"]


def test_without_a_day_of_publication_the_phrase_stays(report: str) -> None:
    record = json.loads(CliRunner().invoke(values, [report, "--json"]).stdout)
    assert [(one["start"], one["precision"]) for one in record["dates"]] == [(None, "unresolved")] * 2
    assert {note["code"] for note in record["notes"]} == {"no-publication-day"}


def test_a_table_for_people(report: str) -> None:
    result = CliRunner().invoke(values, [report, "--table", "--published", "2019-03-23"])
    assert "2019-03-22" in result.stdout
    assert "15+" in result.stdout


def test_a_byline_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "byline.txt"
    path.write_text("نشر في 2019/3/20\n", encoding="utf8")
    record = json.loads(CliRunner().invoke(values, [str(path), "--json"]).stdout)
    assert [one["start"] for one in record["dates"]] == ["2019-03-20"]

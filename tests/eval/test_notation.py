from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.gold.notation import Annotated, NotationError, parse

HEAD = "; a comment\n=== r1\npublished: 2022-10-19\n--- text\n"
TEXT = 'قصفت قوات "النظام" بلدة سرمين أمس. وقصفت هذه القوات للمدينة نفسها ثلاثة منازل.\n'


def read(tmp_path: Path, claims: str, text: str = TEXT) -> Annotated:
    path = tmp_path / "x.gold"
    path.write_text(HEAD + text + "--- claims\n" + claims, encoding="utf8")
    (report,) = parse(path)
    return report


def said(report: Annotated, span: list[int]) -> str:
    return report.text[slice(*span)]


def only(report: Annotated) -> dict[str, Any]:
    (claim,) = report.claims
    return claim


def test_words_become_offsets(tmp_path: Path) -> None:
    report = read(
        tmp_path,
        """
        * shelling : قصفت @2
          killed civilians 3+ : ثلاثة
          killed women -4 : منازل
          killed children 3-5 : ثلاثة
          injured mixed 2 : ثلاثة
          date 2022-10-18..2022-10-19 : أمس
          agent : هذه القوات = قوات النظام
          place : لمدينة = سرمين
          modality alleged
        """,
    )
    claim = only(report)
    assert report.published == "2022-10-19"
    assert said(report, claim["trigger"]) == "قصفت"
    assert claim["trigger"][0] > report.text.index(".")
    assert [(c["low"], c["high"]) for c in claim["counts"]] == [(3, None), (None, 4), (3, 5), (2, 2)]
    assert claim["agents"][0]["name"] == "قوات النظام"
    assert said(report, claim["agents"][0]["span"]) == "هذه القوات"
    assert said(report, claim["places"][0]["span"]) == "لمدينة"
    assert (claim["date"]["start"], claim["date"]["end"]) == ("2022-10-18", "2022-10-19")
    assert said(report, claim["date"]["span"]) == "أمس"
    assert claim["modality"] == "alleged"


def test_quotation_marks_stay_in_the_span_and_leave_the_name(tmp_path: Path) -> None:
    report = read(tmp_path, '* shelling : قصفت @1\n  agent : قوات "النظام"\n')
    agent = only(report)["agents"][0]
    assert agent["name"] == "قوات النظام"
    assert said(report, agent["span"]) == 'قوات "النظام"'


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ("* shelling : قصفت\n", "stands there 2 times"),
        ("* shelling : قصفت @3\n", "stands there 2 times"),
        ("* shelling : قصف\n", "not in the text"),  # never inside a longer word
        ("* shelling : قصفت @1\n place : حلب\n", "not in the text"),
        ("* shelling : قصفت @1\n place : سرمين #2\n", "stands there 1 times"),
        ("* shelling : قصفت @1\n killed civilians many : أمس\n", "no amount"),
        ("* shelling : قصفت @1\n colour : أمس\n", "no such field"),
        ("place : سرمين\n", "a field without a claim"),
    ],
)
def test_what_is_not_clear_is_refused_with_its_line(tmp_path: Path, claims: str, reason: str) -> None:
    with pytest.raises(NotationError, match=reason) as failure:
        read(tmp_path, claims)
    assert str(failure.value).startswith("x.gold:")


def test_the_sentence_goes_before_the_text(tmp_path: Path) -> None:
    report = read(tmp_path, "* shelling : قصفت @1\n  place : حلب\n", "قصفت حلب أمس. وزار الوفد حلب.\n")
    assert only(report)["places"][0]["span"] == [5, 8]


def test_an_unknown_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.gold"
    path.write_text("=== r1\nday: 2022-10-19\n--- text\nنص\n--- claims\n", encoding="utf8")
    with pytest.raises(NotationError, match="no such line in a header"):
        parse(path)

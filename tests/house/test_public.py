from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import sijill

TEXT = "قُتل ثلاثة مدنيين في قصف جوي على مدينة إدلب أمس السبت."


def test_the_public_names_are_few_sorted_and_there() -> None:
    assert len(sijill.__all__) <= 25
    assert sijill.__all__ == sorted(sijill.__all__)
    assert dir(sijill) == sijill.__all__
    for name in sijill.__all__:
        assert getattr(sijill, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'wirte'"):
        getattr(sijill, "wirte")  # noqa: B009  (mypy would find it first)


def test_importing_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import sijill; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"msgspec", "simplemma", "sijill.pipeline", "sijill.data"} & set(done.stdout.split())


def test_read_takes_a_date_or_its_text() -> None:
    report = sijill.read(TEXT, published="2024-05-12", outlet="o", title="t", id="x")
    assert report == sijill.read(TEXT, published=date(2024, 5, 12), outlet="o", title="t", id="x")
    assert (report.doc, report.outlet, report.title, report.published) == ("x", "o", "t", date(2024, 5, 12))
    assert report.sha256 == sijill.Document("x", TEXT).sha256


@pytest.mark.parametrize(
    ("text", "published", "said"),
    [("", None, "empty"), (" \n", None, "empty"), ("نص \ud800", None, "surrogate"), (TEXT, "May", "not a day")],
)
def test_what_cannot_be_read_is_an_input_error(text: str, published: str | None, said: str) -> None:
    with pytest.raises(sijill.InputError, match=said):
        sijill.read(text, published=published)


def test_the_version_is_that_of_the_project(root: Path) -> None:
    assert f'version = "{sijill.__version__}"' in (root / "pyproject.toml").read_text("utf-8")
    assert sijill.read(TEXT).sijill == sijill.__version__


def test_another_language_gives_no_claims_and_a_note() -> None:
    report = sijill.read("Three civilians were killed in an air strike on the town on Saturday.")
    assert report.claims == ()
    assert "language" in {note.code for note in report.notes}


def test_without_a_publication_day_relative_dates_are_kept_unresolved_with_a_note() -> None:
    report = sijill.read(TEXT)
    assert [note.code for note in report.notes] == ["no-publication-day"]
    [claim] = report.claims
    assert claim.date is not None
    assert claim.date.start is None
    assert "أمس" in claim.date.text

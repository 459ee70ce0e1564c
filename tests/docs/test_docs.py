"""The documents tell today's truth."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from sijill import model
from sijill.cli import cli
from sijill.cli.app import COMMANDS

SAMPLE = (
    "قُتل ثلاثة مدنيين وأصيب خمسة آخرون في قصف جوي على مدينة إدلب أمس السبت، بحسب مصادر محلية. "
    "ونفى الجيش السوري شن أي غارات على المدينة."
)


def test_the_command_reference_is_what_the_commands_say(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "scripts" / "cli_reference.py", "--check"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_documents(root: Path, name: str) -> None:
    assert f"## `sijill {name}`" in (root / "docs" / "cli.md").read_text("utf-8")


@pytest.mark.parametrize("record", [model.Report, model.Claim, model.Count, model.StatedDate, model.Place, model.Actor])
def test_every_field_of_the_record_is_told(root: Path, record: type[msgspec.Struct]) -> None:
    page = (root / "docs" / "record.md").read_text("utf-8")
    for field in msgspec.structs.fields(record):
        assert f"`{field.encode_name}`" in page, field.name


@pytest.mark.parametrize("codes", [model.ClaimType, model.CountKind, model.CountWho, model.Modality, model.Precision])
def test_every_code_of_the_record_is_told(root: Path, codes: type[model.ClaimType]) -> None:
    page = (root / "docs" / "record.md").read_text("utf-8")
    for code in codes:
        assert f"`{code}`" in page, code


def test_the_sample_of_the_readme_is_what_is_printed(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "strike.txt"
    file.write_text(SAMPLE, encoding="utf-8")
    result = CliRunner().invoke(cli, ["read", "--table", "--published", "2024-05-12", str(file)])
    printed = "\n".join(line.rstrip() for line in result.stdout.rstrip().splitlines())
    assert printed in (root / "README.md").read_text("utf-8")


def test_the_recipes_name_files_that_exist(root: Path) -> None:
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    for path in ("lexicon/ar", "rules", "places", "actors", "places/conflict.csv", "lexicon/ar/nouns.toml"):
        assert (root / "src" / "sijill" / "data" / path).exists(), path
    for name in ("conflict.csv", "governorates.csv", "countries.csv", "nouns.toml", "bodies.toml", "targets.toml"):
        assert f"`{name}`" in text

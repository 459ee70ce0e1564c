"""The rules of the house that no other tool checks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

_ADDRESS = re.compile(r"https?://|index-url|find-links|@ file:")


def data_files(root: Path) -> list[Path]:
    return sorted((root / "src" / "sijill" / "data").rglob("*.toml"))


def test_every_data_file_says_what_it_is(root: Path) -> None:
    files = data_files(root)
    assert files
    ids = []
    for file in files:
        tree = tomllib.loads(file.read_text("utf-8"))
        if file.name == "SOURCES.toml":
            continue
        meta = tree.get("meta", {})
        assert set(meta) >= {"id", "version", "licence", "source"}, file.name
        ids.append(meta["id"])
    assert len(ids) == len(set(ids))


def test_the_pins_name_no_address_and_cover_every_requirement(root: Path) -> None:
    lines = (root / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin) for pin in pins)
    assert not _ADDRESS.search("\n".join(pins))
    pinned = {_name(pin) for pin in pins}
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    assert {_name(line) for line in wanted} <= pinned


def _name(requirement: str) -> str:
    return re.split(r"[=<>!~;\[ ]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile", ".ci/run"])
def test_the_house_has_its_papers(root: Path, name: str) -> None:
    assert (root / name).read_text("utf-8").strip()

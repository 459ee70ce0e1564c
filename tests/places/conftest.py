from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sijill.places.builder import Built, build
from sijill.places.store import BuiltGazetteer, open_gazetteer
from tests.places.dumps import ALTERNATES, SY_ROWS

Builder = Callable[..., tuple[BuiltGazetteer, Built]]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A folder with a small country dump, its codes and alternate names."""
    folder = tmp_path / "dump"
    folder.mkdir()
    (folder / "SY.txt").write_text("\n".join(SY_ROWS) + "\n", "utf-8")
    (folder / "alternateNamesV2.txt").write_text("\n".join(ALTERNATES) + "\n", "utf-8")
    (folder / "admin1CodesASCII.txt").write_text("SY.12\tIdlib\tIdlib\t1\nSY.09\tAleppo\tAleppo\t2\n", "utf-8")
    (folder / "README.md").write_text("Where this comes from.\n", "utf-8")
    return folder


@pytest.fixture
def built(tmp_path: Path) -> Builder:
    """Builds a gazetteer from its inputs and opens it."""

    def make(*inputs: Path, **options: object) -> tuple[BuiltGazetteer, Built]:
        target = tmp_path / "out" / "g.sqlite"
        target.parent.mkdir(exist_ok=True)
        result = build(list(inputs), target, **options)  # type: ignore[arg-type]
        return open_gazetteer(target), result

    return make

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.export import Loaded
from tests.export.golden import FOLDER, PROFILES, write

LOADED = Loaded()


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_writes_what_it_wrote_before(profile: str, tmp_path: Path) -> None:
    write(profile, tmp_path / "new", LOADED)
    kept = {path.name: path.read_text("utf-8") for path in (FOLDER / profile).iterdir()}
    new = {path.name: path.read_text("utf-8") for path in (tmp_path / "new").iterdir()}
    assert set(new) == set(kept)
    for name, text in new.items():
        assert text == kept[name], f"{profile}/{name}: meant? then python -m tests.export.golden"

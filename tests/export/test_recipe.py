"""The recipe in CONTRIBUTING.md is two files, and they work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sijill.errors import ResourceError
from sijill.export import Loaded, export, formats
from tests.export.samples import ORDER, sample


def test_the_recipe_for_an_exporter_makes_one(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (root / "CONTRIBUTING.md").read_text("utf-8")
    recipe = page[page.index("## Add an exporter") :]
    [module] = re.findall(r"```python\n(.*?)```", recipe, re.DOTALL)
    [profile] = re.findall(r"```toml\n(.*?)```", recipe, re.DOTALL)
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "listing.py").write_text(module, encoding="utf-8")
    (tmp_path / "data" / "export" / "profiles").mkdir(parents=True)
    (tmp_path / "data" / "export" / "profiles" / "listing.toml").write_text(profile, encoding="utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path / "code")])
    manifest = export("listing", sample(), tmp_path / "out", ORDER, loaded=Loaded(tmp_path / "data"))
    lines = (tmp_path / "out" / "claims.md").read_text("utf-8").splitlines()
    assert lines == ["- first: shelling, قصف", "- second: detention, قصف"]
    assert manifest.left_out == {"modality alleged": 1, "modality denied": 1}


def test_a_profile_of_ones_own_that_is_wrong_is_told_with_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "export" / "profiles"
    folder.mkdir(parents=True)
    for text in ("[meta", '[meta]\nid = "x"\n', "x = 1\n"):
        (folder / "mine.toml").write_text(text, encoding="utf-8")
        with pytest.raises(ResourceError, match=r"mine\.toml"):
            Loaded(tmp_path).profile("mine")

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.errors import ConfigError, InputError
from sijill.export import Loaded, export
from sijill.export.folder import new_folder
from tests.export.samples import ORDER, sample

LOADED = Loaded()


def test_a_folder_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stop"), new_folder(tmp_path / "out") as folder:  # noqa: PT012
        folder.text("a.csv").write("half")
        raise ValueError("stop")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_has_its_name_only_at_the_end(tmp_path: Path) -> None:
    with new_folder(tmp_path / "out") as folder:
        folder.write("a", b"1")
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "out" / "a").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_already_is_not_touched(kind: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_text("mine", encoding="utf-8")
    else:
        target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="there already"):
        export("csv", sample(), target, ORDER, loaded=LOADED)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        export("csv", sample(), tmp_path / "no" / "out", ORDER, loaded=LOADED)


def test_what_a_killed_run_left_is_swept_and_what_runs_is_not(tmp_path: Path) -> None:
    left = tmp_path / ".out.0123456789ab.part"
    left.mkdir()
    (left / "claims.csv").write_text("half", encoding="utf-8")
    other = tmp_path / ".other.0123456789ab.part"
    other.mkdir()
    with new_folder(tmp_path / "out") as folder:
        assert not left.exists()
        # A second run to the same place leaves the first one's folder alone.
        with new_folder(tmp_path / "out2"), pytest.raises(ConfigError), new_folder(tmp_path / "out" / "x"):
            pass
        assert folder.path.exists()
    assert other.exists()


def test_two_runs_to_one_place_give_one_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot make"), new_folder(tmp_path / "out") as first:  # noqa: PT012
        first.write("a", b"first")
        with new_folder(tmp_path / "out") as second:
            second.write("a", b"second")
    assert (tmp_path / "out" / "a").read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_that_cannot_be_noted_is_not_made(tmp_path: Path) -> None:
    def refuse(manifest: object) -> None:
        raise InputError(f"not noted: {manifest is not None}")

    with pytest.raises(InputError, match="not noted: True"):
        export("csv", sample(), tmp_path / "out", ORDER, loaded=LOADED, note=refuse)
    assert list(tmp_path.iterdir()) == []

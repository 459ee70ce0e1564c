from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from sijill.errors import InputError
from sijill.export import Entry, Loaded, export, profile_names
from sijill.export.back import read_export
from sijill.export.cells import cell, guarded, unguarded
from tests.export.samples import ORDER, sample
from tests.export.strategies import entries, words

FULL = ("csv", "jsonl")
LOADED = Loaded()


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@given(words)
def test_a_guarded_cell_is_no_formula_and_gives_its_text_back(text: str) -> None:
    guard = guarded(text)
    assert unguarded(guard) == text
    assert guard
    assert guard[0] not in "=+-@\t\r\n"
    assert cell(text) == guard


@pytest.mark.parametrize("profile", FULL)
@settings(max_examples=30)
@given(found=entries)
def test_a_full_export_reads_back_as_what_went_in(profile: str, found: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        assert export(profile, found, target, ORDER, loaded=LOADED).full
        assert list(read_export(target)) == found


@pytest.mark.parametrize("profile", FULL)
@pytest.mark.parametrize("other", FULL)
def test_a_full_export_exports_again_byte_for_byte(profile: str, other: str, tmp_path: Path) -> None:
    export(profile, sample(), tmp_path / "first", ORDER, loaded=LOADED)
    export(other, read_export(tmp_path / "first"), tmp_path / "second", ORDER, loaded=LOADED)
    export(other, sample(), tmp_path / "straight", ORDER, loaded=LOADED)
    assert content(tmp_path / "second") == content(tmp_path / "straight")


@pytest.mark.parametrize("profile", profile_names())
def test_the_same_claims_give_the_same_bytes(profile: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(profile, sample(), tmp_path / name, ORDER, loaded=LOADED)
    assert content(tmp_path / "one") == content(tmp_path / "two")


# Each example syncs a folder to the disk, so that a few must do.
@pytest.mark.parametrize("profile", profile_names())
@settings(max_examples=8)
@given(found=entries)
def test_every_profile_takes_any_report(profile: str, found: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        try:
            manifest = export(profile, found, target, ORDER, loaded=LOADED)
        except InputError as error:
            assert "no claims to export" in str(error)  # noqa: PT017  (the filter of a profile may leave nothing)
            assert not list(Path(folder).iterdir())
        else:
            assert manifest.claims + sum(manifest.left_out.values()) == sum(len(one.held) for one in found)


def test_only_full_exports_read_back(tmp_path: Path) -> None:
    export("flat", sample(), tmp_path / "flat", ORDER, loaded=LOADED)
    with pytest.raises(InputError, match="left things out"):
        list(read_export(tmp_path / "flat"))
    part = msgspec.structs.replace(ORDER, fields=("title",))
    assert not export("csv", sample(), tmp_path / "part", part, loaded=LOADED).full


@pytest.mark.parametrize("profile", FULL)
def test_a_changed_or_missing_file_is_told(profile: str, tmp_path: Path) -> None:
    manifest = export(profile, sample(), tmp_path / "out", ORDER, loaded=LOADED)
    path = tmp_path / "out" / manifest.files[0].path
    whole = path.read_bytes()
    path.write_bytes(whole[:-2] + b"x\n")
    with pytest.raises(InputError, match="was changed"):
        list(read_export(tmp_path / "out"))
    path.unlink()
    with pytest.raises(InputError, match="missing"):
        list(read_export(tmp_path / "out"))
    (tmp_path / "out" / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="no manifest"):
        list(read_export(tmp_path / "out"))

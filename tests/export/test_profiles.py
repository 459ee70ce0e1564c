from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest

from sijill.errors import ConfigError, InputError, ResourceError
from sijill.export import (
    MANIFEST,
    Entry,
    Loaded,
    Selection,
    entry_of,
    export,
    load_profile,
    profile_names,
    read_entries,
)
from sijill.export.formats import writer
from sijill.export.profile import load_codes
from sijill.export.rows import maker
from sijill.model import CountKind, CountWho, Modality, Precision, Report
from sijill.places.precision import load_precisions
from tests.export.frictionless import problems
from tests.export.samples import ORDER, claim, entry, report, sample

LOADED = Loaded()
WANTED = {"acled", "csv", "flat", "ftm", "geojson", "hxl", "jsonl", "prov", "ucdp", "webanno", "xlsx"}


def test_the_promised_profiles_are_there() -> None:
    assert set(profile_names()) >= WANTED
    assert any(load_profile(name).public for name in profile_names())


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_has_its_writer_and_rows(name: str) -> None:
    profile = load_profile(name)
    assert callable(writer(profile))
    assert all(callable(maker(table)) for table in profile.tables)
    assert profile.says
    assert profile.notes


@pytest.mark.parametrize("name", profile_names())
def test_the_folder_says_what_is_in_it(name: str, tmp_path: Path) -> None:
    told = export(name, sample(), tmp_path / "out", ORDER, loaded=LOADED)
    folder = tmp_path / "out"
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    assert manifest == json.loads(msgspec.json.encode(told))
    assert {file["path"] for file in manifest["files"]} == {path.name for path in folder.iterdir()} - {MANIFEST}
    for file in manifest["files"]:
        content = (folder / file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
    assert (manifest["by"], manifest["created"]) == ("tester", "2026-01-31T12:00:00Z")
    assert problems(folder) == []
    book = (folder / "codebook.md").read_text("utf-8")
    for table in load_profile(name).tables:
        for column in table.columns:
            assert f"| `{column.id}` |" in book
            for code in load_codes()[column.codes] if column.codes else ():
                assert f"| `{code}` |" in book


def test_every_row_has_only_columns_that_are_told() -> None:
    from sijill.export.context import Context  # noqa: PLC0415  (only here)

    for name in profile_names():
        profile = load_profile(name)
        for table in profile.tables:
            columns = {column.id for column in table.columns}
            for one in sample():
                for row in maker(table)(one, Context(profile, ORDER.at, LOADED)):
                    assert profile.public or set(row) <= columns, (name, table.name, set(row) - columns)


@pytest.mark.parametrize(
    ("name", "codes"),
    [("count_kind", CountKind), ("count_who", CountWho), ("modality", Modality), ("precision", Precision)],
)
def test_the_codes_are_those_of_the_record(name: str, codes: type[CountKind]) -> None:
    assert set(load_codes()[name]) == {code.value for code in codes}


def test_the_codes_of_places_are_those_of_the_resolver() -> None:
    assert set(load_codes()["place_precision"]) == set(load_precisions())


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        ({"types": ("shelling",)}, 1),
        ({"modalities": ("alleged",)}, 1),
        ({"states": ("edited",)}, 1),
        ({"countries": ("SY",)}, 3),
        ({"since": "2024-05-11", "until": "2024-05-11"}, 3),
        ({"until": "2024-05-04"}, 1),
        ({"since": "2024-06-01"}, 0),
    ],
)
def test_a_filter_keeps_what_was_asked_for_and_counts_the_rest(
    selection: dict[str, str], kept: int, tmp_path: Path
) -> None:
    wanted = msgspec.convert(selection, Selection)
    order = msgspec.structs.replace(ORDER, selection=wanted)
    if not kept:
        with pytest.raises(InputError, match="left out 4"):
            export("csv", sample(), tmp_path / "out", order, loaded=LOADED)
        assert list(tmp_path.iterdir()) == []
        return
    manifest = export("csv", sample(), tmp_path / "out", order, loaded=LOADED)
    assert manifest.claims == kept
    assert manifest.claims + sum(manifest.left_out.values()) == 4
    assert manifest.filter == selection
    assert not manifest.full


def test_rejected_claims_stay_in_full_exports_only(tmp_path: Path) -> None:
    one = entry("a", claim())
    two = msgspec.structs.replace(one, held=(msgspec.structs.replace(one.held[0], state="rejected"),))
    found = [two, entry("b", claim())]
    assert export("csv", found, tmp_path / "csv", ORDER, loaded=LOADED).claims == 2
    assert export("flat", found, tmp_path / "flat", ORDER, loaded=LOADED).left_out == {"state rejected": 1}


def test_chosen_fields_keep_the_key(tmp_path: Path) -> None:
    order = msgspec.structs.replace(ORDER, fields=("lat", "type"))
    export("flat", sample(), tmp_path / "out", order, loaded=LOADED)
    assert (tmp_path / "out" / "claims.csv").read_text("utf-8").splitlines()[0] == "doc,claim,type,lat"
    assert problems(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("profile", "fields", "said"),
    [
        ("nothing", (), "no profile 'nothing'; there are acled"),
        ("../csv", (), "no profile"),
        ("flat", ("nothing",), "no field 'nothing'; it has doc"),
        ("prov", ("doc",), "no columns to choose"),
    ],
)
def test_an_unknown_profile_or_field_is_one_line_and_nothing_is_made(
    profile: str, fields: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    order = msgspec.structs.replace(ORDER, fields=fields)
    with pytest.raises(ConfigError, match=said) as caught:
        export(profile, sample(), tmp_path / "out", order, loaded=LOADED)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_selection_names_only_what_there_is() -> None:
    for wrong in ({"types": ("x",)}, {"states": ("x",)}, {"modalities": ("x",)}):
        with pytest.raises(ConfigError, match="there is no"):
            msgspec.convert(wrong, Selection)


def test_two_reports_or_claims_with_one_id_are_refused(tmp_path: Path) -> None:
    one = claim()
    for found in ([entry("a", one), entry("a", one)], [entry("a", one, one)]):
        with pytest.raises(InputError, match=r"one id|the id"):
            export("csv", found, tmp_path / "out", ORDER, loaded=LOADED)
    assert list(tmp_path.iterdir()) == []


def test_lines_are_read_and_a_wrong_one_is_told_by_number() -> None:
    line = report("a", claim()).to_json() + b"\n"
    [one] = read_entries([line, b"\n"], "f")
    assert one == entry_of(Report.from_json(line))
    for wrong in (b"{}\n", b"no\n", b"\xff\n", b'{"doc": 1}\n'):
        with pytest.raises(InputError, match="f:2: no report"):
            list(read_entries([line, wrong], "f"))


def test_an_overlay_adds_a_profile_and_wrong_data_names_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "export" / "profiles"
    folder.mkdir(parents=True)
    shipped = load_profile("flat")
    assert shipped.tables
    text = '[meta]\nid = "x"\nversion = "1"\nlicence = "x"\nsource = "x"\n\n[profile]\ntitle = "x"\nsays = "x"\n'
    (folder / "flat.toml").write_text(text + 'writer = "nowhere"\n', encoding="utf-8")
    loaded = Loaded(tmp_path / "mine")
    with pytest.raises(ResourceError, match=r"flat\.toml.*no format 'nowhere'"):
        export("flat", sample(), tmp_path / "out", ORDER, loaded=loaded)
    (folder / "flat.toml").write_text(text + 'writer = "delimited"\nmore = 1\n', encoding="utf-8")
    with pytest.raises(ResourceError, match=r"flat\.toml"):
        export("flat", sample(), tmp_path / "out", ORDER, loaded=Loaded(tmp_path / "mine"))
    assert not (tmp_path / "out").exists()


def test_entries_are_taken_one_at_a_time(tmp_path: Path) -> None:
    pending: list[Entry] = []

    def stream() -> object:
        for number in range(50):
            pending.append(entry(f"r{number}", claim()))
            yield pending[-1]
            pending.pop()
            assert not pending

    export("csv", stream(), tmp_path / "out", ORDER, loaded=LOADED)  # type: ignore[arg-type]
    assert not pending

from __future__ import annotations

import csv
import json
import tempfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from sijill.errors import ResourceError
from sijill.export import Entry, Loaded, export, load_profile, profile_names
from sijill.export.public_rules import check_columns, load_rules
from sijill.model import Actor, ClaimType, Count, CountKind, CountWho, Place, Source, Span
from tests.export.samples import ARMY, EDLIB, FARM, MARKET, OBSERVER, ORDER, VICTIM, WITNESS, claim, day, entry, sample
from tests.export.strategies import entries

LOADED = Loaded()
PUBLIC = [name for name in profile_names() if load_profile(name).public]
RULES = load_rules("public")
# Invented persons, as they stand in counts, targets, sources, places and quotes.
PERSONS = ("سمير", "عواد", "النجار", "خالد", "شقيقه")


def everything(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in folder.iterdir() if path.suffix != ".xlsx")


def rows(folder: Path, name: str = "claims") -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def person_claim(kind: ClaimType = ClaimType.KILLING) -> Entry:
    named = Count(CountKind.KILLED, CountWho.UNSPECIFIED, 1, 1, Span(9, 18), "سمير عواد")
    one = claim(
        kind,
        counts=(named,),
        date=day(date(2024, 5, 11)),
        places=(EDLIB, FARM),
        agents=(ARMY, Actor("خالد النجار", Span(0, 9), "خالد النجار")),
        targets=(VICTIM, Actor("منزل سمير عواد", Span(0, 9), "منزل سمير عواد"), MARKET),
        sources=(WITNESS, OBSERVER, Source("مدير المركز خالد النجار", Span(0, 9), "مدير المركز خالد النجار")),
        trigger_text="مقتل سمير",
    )
    return entry("سمير عواد.html", one, title="مقتل سمير عواد", url="https://example.org/سمير", meta={"by": "خالد"})


@pytest.mark.parametrize("profile", PUBLIC)
def test_no_name_of_a_person_is_left_anywhere(profile: str, tmp_path: Path) -> None:
    export(profile, [person_claim()], tmp_path / "out", ORDER, loaded=LOADED)
    text = everything(tmp_path / "out")
    for name in PERSONS:
        assert name not in text


def test_known_actors_and_bodies_are_shown_and_others_are_a_class(tmp_path: Path) -> None:
    export("public-csv", [person_claim()], tmp_path / "out", ORDER, loaded=LOADED)
    [row] = rows(tmp_path / "out")
    assert row["agents"].split(" | ")[0] == "قوات النظام السوري"
    assert row["targets"].split(" | ")[1:] == ["[home]", "[market]"]
    assert "المرصد السوري لحقوق الإنسان" in row["sources"].split(" | ")
    assert row["trigger"] == "███"
    assert row["place"] == "إدلب"


def test_the_manifest_logs_what_was_hidden(tmp_path: Path) -> None:
    manifest = export("public-csv", [person_claim()], tmp_path / "out", ORDER, loaded=LOADED)
    assert manifest.public is not None
    assert manifest.public["masked"] == {"agents": 1, "places": 1, "sources": 2, "targets": 3, "trigger": 1}
    assert manifest.public["coarsened"] == {"grid_degrees": RULES.sensitive.grid_degrees}
    assert manifest.public["rules"] == "export.public"


def test_the_place_of_a_sensitive_claim_is_coarse_in_its_whole_report(tmp_path: Path) -> None:
    arrest = claim(ClaimType.DETENTION, places=(EDLIB,))
    strike = claim(ClaimType.AIR_STRIKE, context_places=(EDLIB,))
    found = [entry("a", arrest, strike), entry("b", strike)]
    manifest = export("public-csv", found, tmp_path / "out", ORDER, loaded=LOADED)
    coarse, same_report, other_report = rows(tmp_path / "out")
    for row in (coarse, same_report):
        assert (row["lat"], row["lon"], row["place"]) == ("35.9", "36.7", "███")
        assert float(row["radius_km"]) > 12
        assert row["pcode"] == "SY07"
    assert (other_report["lat"], other_report["place"]) == ("35.9306", "إدلب")
    assert manifest.public is not None
    assert manifest.public["coarsened"] == {"claims": 1, "grid_degrees": 0.2, "points": 2}


def test_a_wide_place_keeps_its_name(tmp_path: Path) -> None:
    wide = msgspec.structs.replace(EDLIB, name="محافظة إدلب", precision="governorate", radius_km=50.0)
    export(
        "public-csv", [entry("a", claim(ClaimType.DETENTION, places=(wide,)))], tmp_path / "out", ORDER, loaded=LOADED
    )
    [row] = rows(tmp_path / "out")
    assert (row["place"], row["lat"]) == ("محافظة إدلب", "35.9306")


def test_children_make_a_claim_sensitive(tmp_path: Path) -> None:
    children = Count(CountKind.KILLED, CountWho.CHILDREN, 2, 2, Span(0, 1), "طفلين")
    export(
        "public-csv", [entry("a", claim(counts=(children,), places=(EDLIB,)))], tmp_path / "out", ORDER, loaded=LOADED
    )
    assert rows(tmp_path / "out")[0]["lat"] == "35.9"


@pytest.mark.parametrize("profile", PUBLIC)
@settings(max_examples=8)
@given(found=entries)
def test_points_of_sensitive_claims_are_never_exact(profile: str, found: list[Entry]) -> None:
    arrests = []
    for one in found:
        held = tuple(
            msgspec.structs.replace(
                kept, claim=msgspec.structs.replace(kept.claim, type=ClaimType.ABDUCTION), state="proposed"
            )
            for kept in one.held
        )
        arrests.append(msgspec.structs.replace(one, held=held))
    with tempfile.TemporaryDirectory() as folder:
        export(profile, arrests, Path(folder) / "out", ORDER, loaded=LOADED)
        if profile != "public-csv":
            return
        cell = RULES.sensitive.grid_degrees
        for row in rows(Path(folder) / "out"):
            if row["lat"] and row["place_precision"] not in RULES.sensitive.keep:
                steps = float(row["lat"]) / cell - 0.5
                assert abs(steps - round(steps)) < 1e-3 or abs(float(row["lat"])) == 90


def test_notes_texts_and_decisions_are_not_there(tmp_path: Path) -> None:
    export("public-csv", sample(), tmp_path / "out", ORDER, loaded=LOADED)
    text = everything(tmp_path / "out")
    for hidden in ("reviewer", "years-away", "نص الخبر", "example.org", "calc", "وكالة المثال", "سمير"):
        assert hidden not in text, hidden


def test_reports_have_other_names_that_stay_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        export("public-csv", sample(), tmp_path / name, ORDER, loaded=LOADED)
    first, second = ({row["doc"] for row in rows(tmp_path / name)} for name in ("one", "two"))
    assert first == second
    assert len(first) == 2


def test_a_column_that_is_not_allowed_is_refused() -> None:
    profile = load_profile("public-csv")
    check_columns(profile, RULES)
    flat = load_profile("flat")
    with pytest.raises(ResourceError, match=r"may not see 'flat\.outlet'"):
        check_columns(flat, RULES)
    with pytest.raises(ResourceError, match="made of tables"):
        check_columns(load_profile("prov"), RULES)


def test_what_is_allowed_stands_in_the_manifest(tmp_path: Path) -> None:
    export("public-geojson", sample(), tmp_path / "out", ORDER, loaded=LOADED)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert manifest["public"]["allowed"] == RULES.allow
    collection = json.loads((tmp_path / "out" / "claims.geojson").read_text("utf-8"))
    for feature in collection["features"]:
        assert set(feature["properties"]) <= set(RULES.allow["flat"])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("قوات الدعم السريع", "قوات الدعم السريع"),
        ("المدنيين", "المدنيين"),
        ("مصادر محلية", "[source]"),
        ("ناشط في المنطقة", "[activists]"),
        ("سمير عواد", "[person]"),
        ("الطبيب سمير عواد", "[official]"),
        ("عائلة عواد", "███"),
        ("", "███"),
        ("Samir", "███"),
    ],
)
def test_only_what_is_known_to_be_no_persons_name_is_shown(name: str, shown: str) -> None:
    assert LOADED.names(RULES)(name) == shown


@pytest.mark.parametrize(
    "name",
    [
        "أبو عاصف",
        "عبد الله النجار",
        "الشهيد سمير",
        "زوجة سالم",
        "الشيخ كامل الدهمان",
        "محمد",
        "آل عواد",
        "عائلة النجار",
        "منزل النجار",
        "الناشط الإعلامي سمير عواد",
        "القيادي أبو عاصف",
        "مراسل قناة السد سمير عواد",
        "المختار",
        "إمام المسجد",
        "كتيبة أبو عاصف",
        "قناة سمير عواد",
        "مؤسسة سمير عواد",
    ],
)
def test_no_form_of_a_persons_name_is_shown_as_written(name: str) -> None:
    shown = LOADED.names(RULES)(name)
    assert shown == "███" or (shown[0], shown[-1]) == ("[", "]")
    assert set(shown.strip("[]").split()).isdisjoint(name.split())


def test_a_place_that_no_gazetteer_knows_is_masked(tmp_path: Path) -> None:
    unknown = Place("مزرعة سمير", Span(0, 3), "مزرعة سمير", lat=35.0, lon=36.0, radius_km=1.0, precision="near")
    export("public-csv", [entry("a", claim(places=(unknown,)))], tmp_path / "out", ORDER, loaded=LOADED)
    assert rows(tmp_path / "out")[0]["place"] == "███"

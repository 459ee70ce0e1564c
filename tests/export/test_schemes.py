from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.errors import ResourceError
from sijill.export import Loaded
from sijill.export.context import Context
from sijill.export.counting import Toll, tolls
from sijill.export.profile import load_codes, load_profile
from sijill.export.rows.acled import ROWS as ACLED
from sijill.export.rows.flat import ROWS as FLAT
from sijill.export.rows.ucdp import ROWS as UCDP
from sijill.export.schemes import load_schemes
from sijill.model import Actor, Claim, ClaimType, Count, CountKind, CountWho, Place, Precision, Span
from tests.export import strategies
from tests.export.samples import ARMY, EDLIB, FACTION, MARKET, ORDER, claim, count, day, entry

LOADED = Loaded()
WHO = CountWho
STATE = Actor("روسيا", Span(0, 5), "روسيا", "state-ru", "Russia")


def row(kind: str, one: Claim) -> Any:
    context = Context(load_profile(kind), ORDER.at, LOADED)
    [found] = {"acled": ACLED, "ucdp": UCDP}[kind][kind](entry("d", one), context)
    return found


def test_every_class_of_the_crosswalk_is_a_code() -> None:
    codes = load_codes()
    for kind in ClaimType:
        entry_ = LOADED.schemes.types[kind]
        for classes in (entry_.acled, *(case.acled for case in entry_.case)):
            assert classes.event in {*codes["acled_event"], ""}
            assert classes.sub_event in {*codes["acled_sub_event"], ""}
            assert classes.disorder in {*codes["acled_disorder"], ""}
            assert bool(classes.event) == (classes.fit != "none")


def test_every_country_of_the_gazetteer_near_the_wars_is_known() -> None:
    assert {"SY", "IQ", "YE", "LY", "SD", "PS", "LB", "IL", "EG", "SO", "ML", "AF", "UA"} <= set(
        LOADED.schemes.countries
    )
    assert len({country.iso for country in LOADED.schemes.countries.values()}) == len(LOADED.schemes.countries)


def test_the_regions_of_ucdp_follow_the_numbers_of_the_states() -> None:
    # UCDP/PRIO Armed Conflict Dataset codebook, the variable region.
    ranges = (
        ("Americas", 2, 199),
        ("Europe", 200, 399),
        ("Africa", 400, 626),
        ("Middle East", 630, 699),
        ("Asia", 700, 990),
    )
    for country in LOADED.schemes.countries.values():
        if country.gw is not None:
            number = country.gw
            wanted = "Africa" if number == 651 else next(name for name, low, high in ranges if low <= number <= high)
            assert country.ucdp_region == wanted, country.name


# --- people --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "acled", "ucdp"),
    [
        (count(WHO.CIVILIANS, 9, 9, "تسعة مدنيين"), (9, 9, 9), (9, 9, 9)),
        (count(WHO.CIVILIANS, 20, 99, "عشرات المدنيين"), (12, 12, 12), (20, 20, 99)),
        (count(WHO.CIVILIANS, 20, 99, "بين 20 و99"), (20, 20, 20), (20, 20, 99)),
        (count(WHO.CIVILIANS, 200, 999, "مئات"), (100, 100, 100), (200, 200, 999)),
        (count(WHO.CIVILIANS, 3, None, "عدد من المدنيين"), (3, 3, 3), (3, 3, 3)),
        (count(WHO.CIVILIANS, 12, 12, "عشرات"), (12, 12, 12), (12, 12, 12)),
        (count(WHO.CIVILIANS, None, 7, "ما يصل إلى 7"), (7, 7, 7), (0, 7, 7)),
        (count(WHO.CIVILIANS, 4, 6, "أربعة إلى ستة"), (4, 4, 4), (4, 4, 6)),
        (count(WHO.CIVILIANS, None, None, "?"), (0, 0, 0), (0, 0, 0)),
    ],
)
def test_an_amount_goes_over_into_the_other_scheme(
    one: Count, acled: tuple[int, int, int], ucdp: tuple[int, int, int]
) -> None:
    for name, wanted in (("acled", acled), ("ucdp", ucdp)):
        found = LOADED.schemes.counts[name].counted(one)
        assert (found.low, found.best, found.high) == wanted, name


@pytest.mark.parametrize(
    ("counts", "civilians", "others"),
    [
        ([(WHO.CIVILIANS, 10), (WHO.CHILDREN, 3)], 10, 0),
        ([(WHO.CHILDREN, 3), (WHO.CIVILIANS, 10)], 10, 0),
        ([(WHO.CIVILIANS, 3), (WHO.FIGHTERS, 5)], 3, 5),
        ([(WHO.UNSPECIFIED, 10), (WHO.CIVILIANS, 4), (WHO.CHILDREN, 2)], 4, 6),
        ([(WHO.CHILDREN, 3), (WHO.WOMEN, 2)], 5, 0),
        ([(WHO.CIVILIANS, 2), (WHO.CHILDREN, 3)], 5, 0),
        ([(WHO.FIGHTERS, 4), (WHO.FIGHTERS, 4)], 0, 8),
        ([], 0, 0),
    ],
)
def test_parts_of_a_total_are_not_added_to_it(counts: list[tuple[CountWho, int]], civilians: int, others: int) -> None:
    told = [count(who, n, n, str(n)) for who, n in counts]
    found = tolls(told, LOADED.schemes.counts["ucdp"], LOADED.schemes.victims)
    assert (found.civilians, found.others) == (civilians, others)


@given(st.lists(strategies.counts, max_size=5))
def test_a_toll_is_ordered_and_the_sum_of_its_camps(counts: list[Count]) -> None:
    for rules in LOADED.schemes.counts.values():
        found = tolls(counts, rules, LOADED.schemes.victims)
        assert 0 <= found.low <= found.best <= found.high
        assert found.best == found.civilians + found.others
    if not any(one.kind is CountKind.KILLED for one in counts):
        assert found == Toll(0, 0, 0, 0, 0)


def test_a_flat_row_adds_only_what_is_no_part() -> None:
    counts = (
        count(WHO.CIVILIANS, 10, None, "أكثر من 10"),
        count(WHO.CHILDREN, 3, 3, "3"),
        count(WHO.FIGHTERS, 2, 2, "2"),
        count(WHO.UNSPECIFIED, None, 5, "5", CountKind.INJURED),
    )
    [found] = FLAT["flat"](entry("d", claim(counts=counts)), Context(load_profile("flat"), ORDER.at, LOADED))
    assert (found["killed_low"], found["killed_high"]) == (12, None)
    assert (found["injured_low"], found["injured_high"]) == (None, 5)
    assert "missing_low" not in found


# --- ACLED ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "precision", "day_", "code"),
    [
        ("2024-05-11", "2024-05-11", Precision.DAY, "2024-05-11", 1),
        ("2024-05-05", "2024-05-11", Precision.WEEK, "2024-05-08", 2),
        ("2024-05-01", "2024-05-31", Precision.MONTH, "2024-05-16", 3),
        ("2024-05-01", "2024-05-10", Precision.PART_OF_MONTH, "2024-05-01", 3),
        ("2024-05-11", "2024-05-20", Precision.PART_OF_MONTH, "2024-05-15", 3),
        ("2024-05-21", "2024-05-31", Precision.PART_OF_MONTH, "2024-05-31", 3),
        ("2024-01-01", "2024-12-31", Precision.YEAR, None, None),
    ],
)
def test_the_day_follows_the_precision(
    first: str, last: str, precision: Precision, day_: str | None, code: int | None
) -> None:
    stated = day(date.fromisoformat(first), date.fromisoformat(last), precision)
    found = row("acled", claim(date=stated))
    assert found["event_date"] == (date.fromisoformat(day_) if day_ else None)
    assert found["time_precision"] == code


def test_actors_bear_the_names_and_codes_of_acled() -> None:
    found = row("acled", claim(ClaimType.ARMED_CLASH, agents=(FACTION, ARMY), targets=(ARMY,), places=(EDLIB,)))
    assert (found["actor1"], found["inter1"]) == ("HTS: Hayat Tahrir al Sham", 2)
    assert found["assoc_actor_1"] == found["actor2"] == "Military Forces of Syria (2000-2024)"
    assert (found["inter2"], found["interaction"]) == (1, 12)
    assert (found["event_type"], found["sub_event_type"]) == ("Battles", "Armed clash")
    assert (found["iso"], found["country"], found["admin1"], found["geo_precision"]) == (760, "Syria", "إدلب", 1)


def test_a_state_abroad_is_an_external_force() -> None:
    found = row("acled", claim(ClaimType.AIR_STRIKE, agents=(STATE,), places=(EDLIB,)))
    assert (found["actor1"], found["inter1"], found["interaction"]) == ("Russia", 8, 80)


def test_civilians_are_the_second_actor_where_only_they_are_struck() -> None:
    counts = (count(WHO.CHILDREN, 2, 2, "طفلين"),)
    found = row("acled", claim(ClaimType.KILLING, agents=(ARMY,), counts=counts, places=(EDLIB,)))
    assert (found["actor2"], found["inter2"], found["interaction"]) == ("Civilians (Syria)", 7, 17)
    assert (found["civilian_targeting"], found["event_type"]) == ("Civilian targeting", "Violence against civilians")
    assert found["fatalities"] == 2


def test_the_killing_of_fighters_is_a_battle() -> None:
    found = row("acled", claim(ClaimType.KILLING, counts=(count(WHO.FIGHTERS, 3, 3, "ثلاثة جنود"),)))
    assert found["event_type"] == "Battles"
    assert found["civilian_targeting"] is None


@pytest.mark.parametrize(
    ("agent", "sub_event"),
    [(ARMY, "Government regains territory"), (FACTION, "Non-state actor overtakes territory"), (MARKET, None)],
)
def test_territory_goes_by_who_gains_it(agent: Actor, sub_event: str | None) -> None:
    assert row("acled", claim(ClaimType.TERRITORY_GAINED, agents=(agent,)))["sub_event_type"] == sub_event


def test_what_is_not_said_is_empty_and_told() -> None:
    found = row("acled", claim(ClaimType.CASUALTIES))
    assert found["actor1"] is None
    assert found["sijill_missing"].split() == ["event_date", "event_type", "actor1", "country", "location", "latitude"]
    assert found["sijill_counts_policy"] == "acled"
    assert found["fatalities"] == 0


def test_protesters_are_named_where_no_agent_is() -> None:
    found = row("acled", claim(ClaimType.PROTEST, places=(EDLIB,)))
    assert (found["actor1"], found["inter1"], found["event_type"]) == ("Protesters (Syria)", 6, "Protests")


# --- UCDP ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agents", "targets", "who", "violence", "sides"),
    [
        ((FACTION,), (ARMY,), WHO.FIGHTERS, 1, ("Government of Syria", "HTS")),
        ((ARMY,), (FACTION,), WHO.FIGHTERS, 1, ("Government of Syria", "HTS")),
        ((FACTION,), (FACTION,), WHO.FIGHTERS, 2, ("HTS", "HTS")),
        ((ARMY,), (), WHO.CIVILIANS, 3, ("Government of Syria", "Civilians")),
        ((MARKET,), (), WHO.CIVILIANS, None, ("سوق شعبي", None)),
        ((), (), WHO.CIVILIANS, None, (None, None)),
    ],
)
def test_the_kind_of_violence_goes_by_the_sides(
    agents: tuple[Actor, ...],
    targets: tuple[Actor, ...],
    who: CountWho,
    violence: int | None,
    sides: tuple[str | None, str | None],
) -> None:
    found = row("ucdp", claim(agents=agents, targets=targets, counts=(count(who, 2, 2, "2"),)))
    assert found["type_of_violence"] == violence
    assert (found["side_a"], found["side_b"]) == sides


@pytest.mark.parametrize(
    ("last", "code", "clarity"), [("01", 1, 1), ("02", 2, 1), ("06", 2, 1), ("07", 3, 1), ("08", 4, 2), ("31", 4, 2)]
)
def test_date_prec_goes_by_the_number_of_days(last: str, code: int, clarity: int) -> None:
    found = row("ucdp", claim(date=day(date(2024, 5, 1), date.fromisoformat(f"2024-05-{last}"))))
    assert (found["date_prec"], found["event_clarity"]) == (code, clarity)
    longer = row("ucdp", claim(date=day(date(2024, 5, 1), date(2024, 6, 1))))
    assert longer["date_prec"] == 5


def test_the_point_has_its_cell_and_codes() -> None:
    found = row("ucdp", claim(places=(EDLIB,)))
    # 35.9306 N lies in row 251 from the south pole, 36.6339 E in column 433, both from 0.
    assert found["priogrid_gid"] == 251 * 720 + 433 + 1
    assert (found["where_prec"], found["country_id"], found["region"]) == (1, 652, "Middle East")
    assert found["geom_wkt"] == "POINT (36.6339 35.9306)"


@given(strategies.claims)
def test_any_claim_has_rows_in_which_the_sums_are_right(one: Claim) -> None:
    found = row("ucdp", one)
    assert found["best"] == found["deaths_civilians"] + found["deaths_unknown"]
    assert found["low"] <= found["best"] <= found["high"]
    assert row("acled", one)["fatalities"] >= 0
    gid = found.get("priogrid_gid")
    assert gid is None or 1 <= gid <= 259_200


def test_the_most_precise_place_is_taken() -> None:
    wide = msgspec.structs.replace(EDLIB, name="ريف إدلب", radius_km=60.0, precision="part_of_governorate")
    none = Place("قرية", Span(0, 4), "قرية")
    assert row("acled", claim(places=(none, wide, EDLIB)))["location"] == "إدلب"
    found = row("acled", claim(places=(none,), context_places=(wide,)))
    assert (found["location"], found["sijill_place_said"]) == ("ريف إدلب", "context")


def test_a_type_or_kind_that_is_missing_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    meta = '[meta]\nid = "x"\nversion = "1"\nlicence = "x"\nsource = "x"\n'
    (folder / "crosswalk.toml").write_text(meta + '[[type]]\nid = "siege"\nnew = 1\n', encoding="utf-8")
    with pytest.raises(ResourceError, match="crosswalk"):
        load_schemes(tmp_path)


@pytest.mark.parametrize("kind", ["acled", "ucdp"])
def test_claims_of_one_text_in_two_outlets_have_ids_of_their_own(kind: str) -> None:
    context = Context(load_profile(kind), ORDER.at, LOADED)
    one = claim(counts=(count(WHO.CIVILIANS, 3, 3, "ثلاثة"),))
    rows = {"acled": ACLED, "ucdp": UCDP}[kind][kind]
    ids = [next(iter(row.values())) for name in ("a", "b", "a") for row in map(dict, rows(entry(name, one), context))]
    assert ids[0] == ids[2] != ids[1]

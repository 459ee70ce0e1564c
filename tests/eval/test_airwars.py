from __future__ import annotations

import pytest

from eval.airwars import Doer, Incident, Spot, Told, Toll, hits
from eval.scoring import Counted

INCIDENT = Incident("d", "قرية سرجة", 35.0, 36.0, Toll(2, 4), Toll(None, None), "Russian Military")


def met(*told: Told) -> dict[str, float]:
    return {measure: rate.recall for measure, rate in hits([INCIDENT], {"d": told})[0].items()}


def test_only_what_the_incident_has_is_judged() -> None:
    bare = Incident("d", None, None, None, Toll(None, None), Toll(0, 0), None)
    assert hits([bare], {}) == ({}, 0.0)


@pytest.mark.parametrize(("lat", "ten", "twenty_five"), [(35.05, 1, 1), (35.2, 0, 1), (35.3, 0, 0), (None, 0, 0)])
def test_distance(lat: float | None, ten: int, twenty_five: int) -> None:
    result = met(Told(places=(Spot("سرجة", lat, None if lat is None else 36.0),)))
    assert (result["place 10 km"], result["place 25 km"], result["place name"]) == (ten, twenty_five, 1)


@pytest.mark.parametrize(("name", "lat", "near"), [("قرية سرجة", 35.3, 1), ("قرية سرجة", 36.0, 0)])
def test_the_named_place_must_not_lie_far_off(name: str, lat: float, near: int) -> None:
    assert met(Told(places=(Spot(name, lat, 36.0), Spot("حلب", 36.2, 37.1))))["named 50 km"] == near


def test_a_place_of_another_name_or_without_a_point_is_no_wrong_point() -> None:
    assert "named 50 km" not in met(Told(places=(Spot("حلب", 36.2, 37.1), Spot("قرية سرجة"))))


@pytest.mark.parametrize(
    ("kind", "low", "high", "hit"),
    [
        ("killed", 5, 5, 1),
        ("killed", 6, 6, 0),
        ("killed", 1, 1, 1),
        ("killed", None, 0, 0),
        ("killed_or_injured", 3, None, 1),
        ("injured", 3, 3, 0),
    ],
)
def test_a_toll_is_met_within_one(kind: str, low: int | None, high: int | None, hit: int) -> None:
    assert met(Told(counts=(Counted(kind, "civilians", low, high, (0, 1)),)))["killed"] == hit


def test_the_belligerent_is_known_by_its_adjectives() -> None:
    assert met(Told(agents=(Doer("الطيران الروسي"),)))["belligerent"] == 1
    assert met(Told(agents=(Doer("قسد"),)))["belligerent"] == 0


def test_claims_per_report() -> None:
    assert hits([INCIDENT, INCIDENT], {"d": (Told(), Told(), Told())})[1] == 3

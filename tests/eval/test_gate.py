from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from eval.gate import Floors, below, gold_hash, load_floors, moved, save_floors

FLOORS = Floors("hash", {"examples": {"claim": 0.6, "date": 0.8}})


def test_at_the_floor_the_gate_is_open() -> None:
    assert below(FLOORS, "hash", {"examples": {"claim": 0.6, "date": 0.95}}) == []


def test_below_a_floor_it_is_shut() -> None:
    assert below(FLOORS, "hash", {"examples": {"claim": 0.59, "date": 0.9}}) == [
        "examples: claim is 0.590, its floor 0.600"
    ]


def test_a_measure_or_set_that_is_gone_is_below() -> None:
    assert len(below(FLOORS, "hash", {})) == 2


def test_other_gold_shuts_it_whatever_the_values() -> None:
    (reason,) = below(FLOORS, "other", {"examples": {"claim": 1.0, "date": 1.0}})
    assert "gold" in reason


def test_without_floors_it_is_shut() -> None:
    assert below(None, "hash", {}) == ["there are no floors yet: take them with --raise-floors"]


def test_raising_rounds_down_and_never_lowers() -> None:
    raised = moved(FLOORS, "hash", {"examples": {"claim": 0.7449, "date": 0.5, "place": 0.3}}, lower=False)
    assert raised.floors == {"examples": {"claim": 0.74, "date": 0.8, "place": 0.3}}


def test_rounding_forgives_a_float() -> None:
    assert moved(None, "hash", {"s": {"claim": 0.29 + 0.405}}, lower=False).floors == {"s": {"claim": 0.695}}


def test_lowering_takes_the_present_values() -> None:
    lowered = moved(FLOORS, "other", {"examples": {"claim": 0.5}}, lower=True)
    assert lowered == Floors("other", {"examples": {"claim": 0.5}})


def test_raising_over_changed_gold_is_refused() -> None:
    with pytest.raises(ValueError, match="--lower-floors"):
        moved(FLOORS, "other", {"examples": {"claim": 1.0}}, lower=False)


def test_floors_come_back_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert load_floors(path) is None
    save_floors(path, FLOORS)
    assert load_floors(path) == FLOORS
    path.write_text('{"gold": "x", "floors": {}, "more": 1}')
    with pytest.raises(msgspec.ValidationError):
        load_floors(path)


def test_the_hash_sees_content_and_name_but_not_order(tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    one.write_text("x")
    two.write_text("y")
    before = gold_hash([one, two])
    assert gold_hash([two, one]) == before
    one.write_text("y")
    two.write_text("x")
    assert gold_hash([one, two]) != before


def test_the_last_bits_of_a_float_shut_no_gate() -> None:
    floors = Floors("gold", {"set": {"place": 0.85}})
    assert below(floors, "gold", {"set": {"place": 0.85 - 1e-12}}) == []

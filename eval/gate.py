"""The gate: our own gold may not be read worse than the floors, and the floors hold for that gold only.

`floors.json`: `{"gold": sha256 of the gold and its reports, "floors": {set: {measure: lowest F1}}}`.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

__all__ = ["STEP", "Floors", "below", "gold_hash", "load_floors", "moved", "save_floors"]

STEP = 0.005  # floors are rounded down to this, so that they do not hang on the last claim
# What the last bits of a float may differ by: 17/20 is as good as 0.85.
_LAST_BITS = 1e-9
Values = Mapping[str, Mapping[str, float]]


class Floors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lowest values that pass, by set and measure, and the gold that they were taken on."""

    gold: str
    floors: dict[str, dict[str, float]]


def gold_hash(files: Iterable[Path]) -> str:
    """One SHA-256 over the names and bytes of the gold's files."""
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def load_floors(path: Path) -> Floors | None:
    """The floors; None where there are none yet. Raises msgspec.DecodeError for a file that is none."""
    return msgspec.json.decode(path.read_bytes(), type=Floors) if path.is_file() else None


def save_floors(path: Path, floors: Floors) -> None:
    """Write the floors, sets and measures in order."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(floors, order="deterministic"), indent=2) + b"\n")


def below(floors: Floors | None, gold: str, values: Values) -> list[str]:
    """Why the gate is shut, one line a reason; empty where it is open."""
    if floors is None:
        return ["there are no floors yet: take them with --raise-floors"]
    if floors.gold != gold:
        return ["the gold is not that of the floors: look at the change, then take them anew with --lower-floors"]
    return [
        f"{name}: {measure} is {values.get(name, {}).get(measure, 0.0):.3f}, its floor {floor:.3f}"
        for name, measures in sorted(floors.floors.items())
        for measure, floor in sorted(measures.items())
        if values.get(name, {}).get(measure, 0.0) < floor - _LAST_BITS
    ]


def moved(floors: Floors | None, gold: str, values: Values, *, lower: bool) -> Floors:
    """The floors at the present values, rounded down; without `lower` each floor is kept where it is higher.

    Raises ValueError where the gold changed and `lower` is not said: other gold may hide a loss.
    """
    if floors is not None and floors.gold != gold and not lower:
        raise ValueError("the gold has changed, so floors could fall unseen; say --lower-floors to take them anew")
    old = {} if floors is None or lower else floors.floors
    sets = {
        name: {**old.get(name, {}), **{m: _floor(v) for m, v in measures.items()}} for name, measures in values.items()
    }
    for name, measures in old.items():
        for measure, floor in measures.items():
            kept = sets.setdefault(name, {})
            kept[measure] = max(floor, kept.get(measure, 0.0))
    return Floors(gold, sets)


def _floor(value: float) -> float:
    """`value` rounded down to a step, forgiving the last bits of a float."""
    return round(math.floor(value / STEP + _LAST_BITS) * STEP, 3)

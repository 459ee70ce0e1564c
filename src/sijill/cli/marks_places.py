"""The decisions on places as `sijill explain` shows them: the point, what spoke for it, and who lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sijill.cli.wording import isolate
from sijill.model import Place
from sijill.places import Resolution
from sijill.places.candidates import Scored

__all__ = ["decision_lines", "decision_tree"]

_SHOWN = 4


def decision_tree(resolution: Resolution) -> dict[str, Any]:
    """A decision as JSON: the place (or null), the reason, the candidates with their points and reasons."""
    return {
        "span": [resolution.span.start, resolution.span.end],
        "name": resolution.name,
        "place": resolution.place,
        "reason": resolution.reason,
        "candidates": [_candidate(scored) for scored in resolution.candidates],
    }


def _candidate(scored: Scored) -> dict[str, Any]:
    entry = scored.candidate.entry
    return {
        "place_id": entry.id,
        "name": entry.names[0] if entry.names else "",
        "kind": entry.kind,
        "country": entry.country or None,
        "lat": entry.lat,
        "lon": entry.lon,
        "points": scored.points,
        "reasons": {code: round(points, 2) for code, points in scored.reasons if points},
    }


def decision_lines(resolution: Resolution, *, on: bool) -> Iterator[str]:
    """The decision for a person: a line for the place, one for each of the best candidates."""
    yield f"{_point(resolution.place)}  {resolution.reason}"
    chosen = resolution.place.place_id if resolution.place is not None else None
    for scored in resolution.candidates[:_SHOWN]:
        entry = scored.candidate.entry
        mark = "=" if entry.id == chosen else "-"
        name = isolate(entry.names[0] if entry.names else "", on=on)
        why = ", ".join(f"{code} {points:+.1f}" for code, points in scored.reasons if points)
        yield f"{mark} {scored.points:5.2f}  {entry.id}  {name}  {entry.kind} {entry.country}  ({why})"
    if len(resolution.candidates) > _SHOWN:
        yield f"  and {len(resolution.candidates) - _SHOWN} more"


def _point(place: Place | None) -> str:
    if place is None:
        return "no point"
    if place.lat is None or place.lon is None:
        return f"no point ({place.place_id})"
    codes = " ".join(code for code in (place.country, place.pcode) if code)
    return f"{place.lat:.4f}, {place.lon:.4f} ±{place.radius_km:g} km  {place.precision}  {codes}".rstrip()

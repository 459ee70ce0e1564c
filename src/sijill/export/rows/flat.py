"""One claim a row, with what fits into one row: the most precise place, the stated time, sums of people by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

import msgspec

from sijill.export.context import Context
from sijill.export.counting import without_parts
from sijill.export.entry import Entry, Held
from sijill.export.rows import Row, Rows
from sijill.model import Actor, Claim, Count, CountKind, Place, Report, Source

__all__ = ["ROWS", "When", "flat_row", "point_of", "when_of"]

Said = Literal["stated", "context"]
_BETWEEN = " | "


class When(msgspec.Struct, frozen=True):
    """The days of a claim, and whether it states them itself."""

    start: date
    end: date
    precision: str
    said: Said


def when_of(claim: Claim) -> When | None:
    """The stated time where it has days, else that told around the claim, else None."""
    said: Said = "stated"
    for stated in (claim.date, claim.context_date):
        if stated is not None and stated.start is not None and stated.end is not None:
            return When(stated.start, stated.end, stated.precision.value, said)
        said = "context"
    return None


def point_of(claim: Claim) -> tuple[Place, Said] | None:
    """The place with the smallest radius among the stated ones with a point, else among those told around the claim."""
    said: Said = "stated"
    for places in (claim.places, claim.context_places):
        placed = [place for place in places if place.lat is not None and place.lon is not None]
        if placed:
            return min(placed, key=lambda place: place.radius_km if place.radius_km is not None else 0.0), said
        said = "context"
    return None


def flat_row(report: Report, held: Held, context: Context) -> dict[str, Any]:
    """The row of one claim."""
    claim = held.claim
    return {
        "doc": report.doc,
        "published": report.published,
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "claim": claim.id,
        "type": claim.type,
        "cameo": context.schemes.types[claim.type].cameo or None,
        "modality": claim.modality,
        "state": held.state,
        "trigger": claim.trigger_text,
        **_when(claim),
        **_where(claim),
        "places": _joined(claim.places),
        "agents": _joined(claim.agents),
        "targets": _joined(claim.targets),
        "sources": _joined(claim.sources),
        **_people(claim, context),
    }


def _when(claim: Claim) -> dict[str, Any]:
    when = when_of(claim)
    if when is None:
        return {}
    days = {"date_start": when.start, "date_end": when.end}
    return {**days, "date_precision": when.precision, "date_said": when.said}


def _where(claim: Claim) -> dict[str, Any]:
    place, said = point_of(claim) or (next(iter(claim.places or claim.context_places), None), None)
    if place is None:
        return {}
    return {
        "place": place.name,
        "place_said": said or ("stated" if claim.places else "context"),
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "place_precision": place.precision,
        "pcode": place.pcode,
        "country": place.country,
    }


def _joined(items: Iterable[Actor | Place | Source]) -> str | None:
    return _BETWEEN.join(item.name for item in items) or None


def _people(claim: Claim, context: Context) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in CountKind:
        counts = [count for count in claim.counts if count.kind is kind]
        if counts:
            whole = without_parts(counts, context.schemes.victims, _within)
            found[f"{kind.value}_low"] = _sum(count.low for count in whole)
            found[f"{kind.value}_high"] = _sum(count.high for count in whole)
    return found


def _within(one: Count, total: Count) -> bool:
    return total.high is None or (one.low or 0) <= total.high


def _sum(bounds: Iterable[int | None]) -> int | None:
    """The sum; None where one of them is open."""
    total = 0
    for bound in bounds:
        if bound is None:
            return None
        total += bound
    return total


def _flat(entry: Entry, context: Context) -> Iterator[Row]:
    for held in entry.held:
        yield flat_row(entry.report, held, context)


ROWS: dict[str, Rows] = {"flat": _flat}

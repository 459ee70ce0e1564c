"""Rows of the shape of UCDP GED, one claim a row.

Ids of conflicts, dyads and sides are UCDP's to give and stay empty. Whose fighters died a claim does not say, so they
are in `deaths_unknown`; `best` is always the sum of the four. The lowest bound of an amount is the best estimate.

Source: UCDP GED codebook 24.1 (columns, type_of_violence, date_prec, where_prec, event_clarity, estimates); PRIO-GRID
codebook 2.0 for the number of a cell.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from sijill.export.context import Context
from sijill.export.counting import tolls
from sijill.export.entry import Entry, Held
from sijill.export.rows import Row, Rows
from sijill.export.rows.acled import numbered, own, rules_of
from sijill.export.rows.flat import When, point_of, when_of
from sijill.export.rows.parties import only_civilians, ucdp_name
from sijill.export.schemes import Schemes
from sijill.model import Actor, Claim, Place, Report

__all__ = ["ROWS"]

_BETWEEN = "; "
_WANTED = ("type_of_violence", "date_start", "side_a", "side_b", "country", "latitude")
_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3


def _ucdp(entry: Entry, context: Context) -> Iterator[Row]:
    for held in entry.held:
        yield _row(entry.report, held, context)


def _row(report: Report, held: Held, context: Context) -> dict[str, Any]:
    schemes, claim = context.schemes, held.claim
    found = point_of(claim)
    toll = tolls(claim.counts, rules_of(context), schemes.victims)
    row: dict[str, Any] = {
        "id": numbered(report, claim),
        **_sides(claim, schemes),
        **_sources(report, claim),
        **_where(claim, found[0] if found is not None else None, schemes),
        **_when(when_of(claim)),
        "deaths_civilians": toll.civilians,
        "deaths_unknown": toll.others,
        "best": toll.best,
        "high": toll.high,
        "low": toll.low,
    }
    wanted = {name: row.get(name) for name in _WANTED}
    return {**row, **own(report, held, context, wanted, fit=schemes.types[claim.type].ucdp.fit)}


def _sources(report: Report, claim: Claim) -> dict[str, Any]:
    article = [str(part) for part in (report.outlet, report.published, report.title) if part]
    return {
        "number_of_sources": 1,
        "source_article": ",".join(article) or None,
        "source_office": report.outlet,
        "source_date": report.published,
        "source_headline": report.title,
        "source_original": _BETWEEN.join(source.name for source in claim.sources) or None,
    }


def _where(claim: Claim, place: Place | None, schemes: Schemes) -> dict[str, Any]:
    described = {"where_description": _BETWEEN.join(one.name for one in claim.places) or None}
    if place is None or place.lat is None or place.lon is None:
        return described
    country = schemes.countries.get(place.country or "")
    row = schemes.precisions.get(place.precision or "")
    return {
        **described,
        "where_prec": row.where_prec if row is not None else None,
        "where_coordinates": place.name,
        "adm_1": schemes.governorate(place.pcode),
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon!r} {place.lat!r})",
        "priogrid_gid": _cell(place.lat, place.lon),
        "country": country.name if country is not None else place.country,
        "country_id": country.gw if country is not None else None,
        "region": country.ucdp_region if country is not None else None,
    }


def _cell(lat: float, lon: float) -> int:
    """The number of the cell of half a degree: rows of 720 from the south-west, from 1."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _when(when: When | None) -> dict[str, Any]:
    if when is None:
        return {}
    days = (when.end - when.start).days + 1
    bounds = ((1, 1), (6, 2), (7, 3), (31, 4))
    precision = next((code for most, code in bounds if days <= most), 5)
    return {
        "year": when.start.year,
        "event_clarity": 1 if days <= 7 else 2,
        "date_prec": precision,
        "date_start": when.start,
        "date_end": when.end,
    }


def _sides(claim: Claim, schemes: Schemes) -> dict[str, Any]:
    """The two sides and the kind of violence; in state-based conflict the state stands first."""
    first = next(iter(claim.agents), None)
    second = next((actor for actor in claim.targets if actor.actor_id is not None), None)
    violence = _violence(claim, first, second, schemes)
    if violence == _STATE_BASED and first is not None and schemes.side(first.actor_id) != "state":
        first, second = second, first
    name_a = ucdp_name(first, schemes) if first is not None else None
    name_b = ucdp_name(second, schemes) if second is not None else "Civilians" if violence == _ONE_SIDED else None
    return {
        "type_of_violence": violence,
        "dyad_name": f"{name_a} - {name_b}" if name_a and name_b else None,
        "side_a": name_a,
        "side_b": name_b,
        "gwnoa": _state_number(first, schemes),
        "gwnob": _state_number(second, schemes),
    }


def _violence(claim: Claim, first: Actor | None, second: Actor | None, schemes: Schemes) -> int | None:
    """The kind of violence; None where a side's kind is not known, or the type of claim is none of UCDP's."""
    one, two = (schemes.side(actor.actor_id) if actor is not None else "" for actor in (first, second))
    if not one or not schemes.types[claim.type].ucdp.scope:
        return None
    if second is None:
        return _ONE_SIDED if only_civilians(claim, schemes) else None
    if not two:
        return None
    return _STATE_BASED if "state" in (one, two) else _NON_STATE


def _state_number(actor: Actor | None, schemes: Schemes) -> int | None:
    """The number of a state's side after Gleditsch and Ward; None for others, and for forces of several states."""
    if actor is None or schemes.side(actor.actor_id) != "state" or actor.actor_id is None:
        return None
    countries = schemes.actors[actor.actor_id].countries
    country = schemes.countries.get(countries[0]) if len(countries) == 1 else None
    return country.gw if country is not None else None


ROWS: dict[str, Rows] = {"ucdp": _ucdp}

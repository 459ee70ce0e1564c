"""Rows of the shape of ACLED, one claim a row.

What a claim does not say stays empty and is listed in `sijill_missing`: no actor is called unidentified because the
reader found none. Days follow `time_precision`: of a week the middle; of a month its middle, of its beginning the first
day and of its end the last. Longer times have no day.

Source: ACLED codebook 2024, sections on dates, actors, interaction codes, locations and fatalities.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from sijill.errors import ConfigError
from sijill.export.context import Context
from sijill.export.counting import LoadedRules, tolls
from sijill.export.entry import Entry, Held
from sijill.export.rows import Row, Rows
from sijill.export.rows.flat import When, point_of, when_of
from sijill.export.rows.parties import acled_name, inter_of, only_civilians
from sijill.export.schemes import Country, Schemes
from sijill.model import Actor, Claim, ClaimType, Modality, Precision, Report

__all__ = ["ROWS", "numbered", "own", "rules_of"]

_BETWEEN = "; "
_ID_DIGITS = 12  # hexadecimal; the number then fits into the fifteen digits that a spreadsheet keeps
_WANTED = ("event_date", "event_type", "actor1", "country", "location", "latitude")
_CIVILIANS, _PROTESTERS = 7, 6


def rules_of(context: Context) -> LoadedRules:
    """The rules for vague amounts that the profile names. Raises ConfigError where there are none of that id."""
    name = context.profile.counts or ""
    if name not in context.schemes.counts:
        raise ConfigError(f"profile '{context.profile.name}' names no rules for amounts that there are ('{name}')")
    return context.schemes.counts[name]


def numbered(report: Report, claim: Claim) -> int:
    """A number made of the ids of report and claim: the same claim has the same one in every export.

    The claim's alone would not do, for it comes from the text, which two outlets may share.
    """
    named = f"{report.doc}\0{claim.id}".encode("utf-8", "surrogatepass")
    return int(hashlib.sha256(named).hexdigest()[:_ID_DIGITS], 16)


def own(report: Report, held: Held, context: Context, row: dict[str, Any], *, fit: str) -> dict[str, Any]:
    """The columns that lead back to the claim."""
    when, place = when_of(held.claim), point_of(held.claim)
    return {
        "sijill_doc": report.doc,
        "sijill_claim": held.claim.id,
        "sijill_type": held.claim.type,
        "sijill_fit": fit,
        "sijill_modality": held.claim.modality,
        "sijill_state": held.state,
        "sijill_date_said": when.said if when is not None else None,
        "sijill_place_said": place[1] if place is not None else None,
        "sijill_counts_policy": rules_of(context).id,
        "sijill_missing": " ".join(name for name, value in row.items() if value is None) or None,
    }


def _acled(entry: Entry, context: Context) -> Iterator[Row]:
    for held in entry.held:
        yield _row(entry, held, context)


def _row(entry: Entry, held: Held, context: Context) -> dict[str, Any]:
    schemes, claim, report = context.schemes, held.claim, entry.report
    found = point_of(claim)
    place = found[0] if found is not None else None
    code = place.country if place is not None else None
    country = schemes.countries.get(code or "")
    classes = schemes.acled(claim)
    day, precision = _day(when_of(claim))
    row: dict[str, Any] = {
        "event_id_cnty": f"{country.iso3 if country is not None else ''}{numbered(report, claim)}",
        "event_date": day,
        "year": day.year if day is not None else None,
        "time_precision": precision,
        "disorder_type": classes.disorder or None,
        "event_type": classes.event or None,
        "sub_event_type": classes.sub_event or None,
        **_actors(claim, country, schemes),
        "civilian_targeting": "Civilian targeting" if only_civilians(claim, schemes) else None,
        "iso": country.iso if country is not None else None,
        "region": country.acled_region if country is not None else None,
        "country": country.name if country is not None else code,
        "admin1": schemes.governorate(place.pcode) if place is not None else None,
        "location": place.name if place is not None else (claim.places[0].name if claim.places else None),
        "latitude": place.lat if place is not None else None,
        "longitude": place.lon if place is not None else None,
        "geo_precision": _geo_precision(place.precision, schemes) if place is not None else None,
        "source": _BETWEEN.join(filter(None, (report.outlet, *(source.name for source in claim.sources)))) or None,
        "notes": _notes(entry, claim),
        "fatalities": tolls(claim.counts, rules_of(context), schemes.victims).best,
        "tags": f"modality={claim.modality.value}" if claim.modality is not Modality.ASSERTED else None,
        "timestamp": int(context.at.timestamp()),
    }
    wanted = {name: row[name] for name in _WANTED}
    return {**row, **own(report, held, context, wanted, fit=classes.fit)}


def _day(when: When | None) -> tuple[date | None, int | None]:
    """The day of an event and its precision; none where the time is longer than a month."""
    if when is None:
        return None, None
    middle = date.fromordinal((when.start.toordinal() + when.end.toordinal()) // 2)
    if when.start == when.end:
        return when.start, 1
    if (when.end - when.start).days <= 7:
        return middle, 2
    if (when.end - when.start).days > 31:
        return None, None
    if when.precision == Precision.PART_OF_MONTH and when.start.day == 1:
        return when.start, 3
    if when.precision == Precision.PART_OF_MONTH and when.end.day >= 28:
        return when.end, 3
    return middle, 3


def _geo_precision(precision: str | None, schemes: Schemes) -> int | None:
    row = schemes.precisions.get(precision or "")
    return row.geo_precision if row is not None else None


def _actors(claim: Claim, country: Country | None, schemes: Schemes) -> dict[str, Any]:
    """Both sides: the first actor of each, the others as associated, and the codes."""
    first, second = list(claim.agents), [actor for actor in claim.targets if actor.actor_id is not None]
    code = country.iso2 if country is not None else None
    one, two = _side(first, code, schemes), _side(second, code, schemes)
    where = f" ({country.name})" if country is not None else ""
    if claim.type is ClaimType.PROTEST and one[0] is None:
        one = f"Protesters{where}", None, _PROTESTERS
    if two[0] is None and only_civilians(claim, schemes):
        two = f"Civilians{where}", None, _CIVILIANS
    codes = sorted(code for code in (one[2], two[2]) if code is not None)
    sole = len(codes) == 1 and (one[0] is None or two[0] is None)
    return {
        "actor1": one[0],
        "assoc_actor_1": one[1],
        "inter1": one[2],
        "actor2": two[0],
        "assoc_actor_2": two[1],
        "inter2": two[2],
        "interaction": codes[0] * 10 + codes[1] if len(codes) == 2 else codes[0] * 10 if sole else None,
    }


def _side(actors: list[Actor], country: str | None, schemes: Schemes) -> tuple[str | None, str | None, int | None]:
    if not actors:
        return None, None, None
    names = [acled_name(actor, schemes) for actor in actors]
    return names[0], _BETWEEN.join(names[1:]) or None, inter_of(actors[0], country, schemes)


def _notes(entry: Entry, claim: Claim) -> str:
    """The claim's sentence where the text is known, else its words."""
    if entry.text is not None:
        return " ".join(claim.sentence.cut(entry.text).split())
    words = (claim.trigger_text, *(count.text for count in claim.counts), *(place.text for place in claim.places))
    return " … ".join(words)


ROWS: dict[str, Rows] = {"acled": _acled}

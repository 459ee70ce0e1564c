"""`report`: what a built gazetteer holds, from where, under which licences, and how far it can be trusted."""

from __future__ import annotations

import json

import msgspec

from sijill.places.shipped import load_shipped
from sijill.places.store import BuiltGazetteer, InputOf, SourceRow

__all__ = ["CountryRow", "GazetteerReport", "report_of"]

# `kind.name` is one that people mean when they count places, and the place has an Arabic name.
_SETTLED = "k.name IN ('settlement', 'quarter', 'camp')"
_NAMED = f"FROM name i JOIN place p ON p.n = i.place JOIN kind k ON k.n = p.kind WHERE {_SETTLED}"
_SHARED = f"SELECT count(*), sum(c > 1) FROM (SELECT count(*) c {_NAMED} GROUP BY i.key)"
_MOST_SHARED = f"SELECT i.key, count(*) c {_NAMED} GROUP BY i.key HAVING c > 1 ORDER BY c DESC, i.key LIMIT 20"
_SHARED_IN = (
    "SELECT country, count(DISTINCT place) FROM (SELECT p.country, i.place,"
    f" count(*) OVER (PARTITION BY p.country, i.key) c {_NAMED}) WHERE c > 1 GROUP BY country"
)
_KINDS = "SELECT k.name, count(*) c FROM place p JOIN kind k ON k.n = p.kind GROUP BY k.name ORDER BY c DESC, k.name"
_COUNTS = (
    f"SELECT p.country, count(*), sum({_SETTLED}), sum({_SETTLED} AND p.names != ''),"
    " sum(p.admin1 != ''), sum(p.admin2 != ''), sum(p.pcode != ''), sum(p.population > 0)"
    " FROM place p JOIN kind k ON k.n = p.kind GROUP BY p.country ORDER BY p.country"
)
_UNITS = (
    "SELECT DISTINCT p.country, p.admin1 FROM place p JOIN kind k ON k.n = p.kind"
    f" WHERE {_SETTLED} AND p.names != '' AND p.admin1 != ''"
)


class CountryRow(msgspec.Struct, frozen=True):
    """What is known of a country: places, settlements, how many of them have an Arabic name, a unit, a P-code, people.

    `shared` are the settlements whose name another settlement of the country has; `units` the governorates that have
    a settlement with an Arabic name, of `units_known` that Sijill knows; `thin` those that have none.
    """

    country: str
    places: int
    settlements: int
    arabic: int
    admin1: int
    admin2: int
    pcode: int
    population: int
    shared: int
    units: int
    units_known: int
    thin: tuple[str, ...]


class GazetteerReport(msgspec.Struct, frozen=True):
    """The report of one file."""

    file: str
    format: str
    sijill: str
    digest: str
    places: int
    arabic: int
    latin_only: int
    merged: int
    sources: tuple[SourceRow, ...]
    inputs: tuple[InputOf, ...]
    kinds: dict[str, int]
    countries: tuple[CountryRow, ...]
    homonyms: tuple[tuple[str, int], ...]
    shared_keys: int
    keys: int
    left: dict[str, int]
    broken: dict[str, int]
    mended: dict[str, int]
    sound: bool


def report_of(gazetteer: BuiltGazetteer) -> GazetteerReport:
    """The report of `gazetteer`. Reads the whole file once, so that a broken one is found out."""
    ask = gazetteer.rows_of
    keys = ask(_SHARED)[0]
    meta = gazetteer.meta
    return GazetteerReport(
        file=str(gazetteer.path),
        format=str(ask("PRAGMA user_version")[0][0]),
        sijill=meta.get("sijill", ""),
        digest=gazetteer.digest,
        places=gazetteer.rows,
        arabic=int(meta.get("arabic", "0")),
        latin_only=gazetteer.rows - int(meta.get("arabic", "0")),
        merged=int(meta.get("merged", "0")),
        sources=gazetteer.sources(),
        inputs=gazetteer.inputs(),
        kinds=dict(ask(_KINDS)),
        countries=_countries(gazetteer),
        homonyms=tuple((key, number) for key, number in ask(_MOST_SHARED)),
        shared_keys=keys[1] or 0,
        keys=keys[0],
        left=json.loads(meta.get("left", "{}")),
        broken=json.loads(meta.get("broken", "{}")),
        mended=json.loads(meta.get("mended", "{}")),
        sound=ask("PRAGMA quick_check")[0][0] == "ok",
    )


def _countries(gazetteer: BuiltGazetteer) -> tuple[CountryRow, ...]:
    ask = gazetteer.rows_of
    shared = dict(ask(_SHARED_IN))
    units: dict[str, set[str]] = {}
    for country, unit in ask(_UNITS):
        units.setdefault(country, set()).add(unit)
    known = load_shipped().governorates
    found = []
    for country, *counts in ask(_COUNTS):
        there, all_units = units.get(country, set()), known.get(country, ())
        thin = tuple(unit.names[0] for unit in all_units if unit.id not in there)
        places, settlements, arabic, admin1, admin2, pcode, people = counts
        # fmt: off
        found.append(CountryRow(
            country, places, settlements, arabic, admin1, admin2, pcode, people, shared.get(country, 0), len(there),
            len(all_units), thin,
        ))
        # fmt: on
    return tuple(found)

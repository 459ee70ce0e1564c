"""`find`: a name → the places that may be meant, each with the reason why it is among them.

The rungs: the name as written; without article, clitic or type word; the same Latin name; the same consonants (near
the place given, if one is given). Within a rung the nearer goes first, or the larger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sijill.places.entry import Entry, Gazetteer, key_of, skeleton_of
from sijill.places.geometry import km
from sijill.places.importers.naming import arabic_names, has_arabic, latin_key
from sijill.places.store import BuiltGazetteer
from sijill.text.folding import clean, fold

__all__ = ["REASONS", "Found", "find", "point_of"]

REASONS = (
    "the name as written",
    "the same but for the article or spelling",
    "without the word before it",
    "without the letter before it",
    "the same Latin name",
    "the same consonants",
)
_LATIN, _CONSONANTS = 4, 5
_SKELETON_KM = 40.0
_SAME_KM = 3.0
_CLITICS = "وفبلك"


class Found(msgspec.Struct, frozen=True):
    """A place that may be meant: why, how far from the place given, and the ids of rows that are the same place."""

    entry: Entry
    reason: str
    file: str
    distance_km: float | None = None
    also: tuple[str, ...] = ()


def find(
    name: str,
    gazetteers: Sequence[tuple[str, Gazetteer]],
    *,
    near: tuple[float, float] | None = None,
    country: str = "",
    limit: int = 20,
) -> tuple[Found, ...]:
    """The places of `gazetteers` (each with what its file is called) that `name` may mean, the likeliest first."""
    best: dict[str, tuple[int, Found]] = {}
    for rung, file, entry in _candidates(name, gazetteers):
        if (country and entry.country != country) or (entry.id in best and best[entry.id][0] <= rung):
            continue
        away = None
        if near is not None and entry.lat is not None and entry.lon is not None:
            away = round(km(*near, entry.lat, entry.lon), 1)
        if rung == _CONSONANTS and near is not None and (away is None or away > _SKELETON_KM):
            continue
        first = best[entry.id][1].entry if entry.id in best else entry  # of one id in two files the first has the row
        best[entry.id] = rung, Found(first, REASONS[rung], file, away)
    found = sorted(best.values(), key=lambda pair: (pair[0], *_order(pair[1])))
    return tuple(_without_twins([item for _, item in found])[:limit])


def point_of(text: str, gazetteers: Sequence[tuple[str, Gazetteer]], country: str = "") -> tuple[float, float] | None:
    """The point that `LAT,LON` or the name of a place stands for; None where there is none."""
    lat, _, lon = text.partition(",")
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        found = find(text, gazetteers, country=country, limit=50)
        points = [item.entry for item in found if item.entry.lat is not None and item.reason == found[0].reason]
        best = max(points, key=lambda entry: (entry.kind == "settlement", entry.population), default=None)
        return (best.lat, best.lon) if best and best.lat is not None and best.lon is not None else None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def _candidates(name: str, gazetteers: Sequence[tuple[str, Gazetteer]]) -> Iterator[tuple[int, str, Entry]]:
    """Rung, file and place, the lower rungs first within a file."""
    plain = " ".join(clean(name).text.split())
    for file, gazetteer in gazetteers:
        if has_arabic(plain):
            yield from ((rung, file, entry) for rung, entry in _arabic(plain, gazetteer))
        elif isinstance(gazetteer, BuiltGazetteer):
            yield from ((_LATIN, file, entry) for entry in gazetteer.by_latin(latin_key(name)))


def _arabic(name: str, gazetteer: Gazetteer) -> Iterator[tuple[int, Entry]]:
    form, bones = fold(name), skeleton_of(name)
    for entry in gazetteer.exact(key_of(name)):
        yield int(all(fold(clean(other).text) != form for other in entry.names)), entry
    for rung, others in ((2, arabic_names([name])[0]), (3, _without_clitic(name))):
        for other in others:
            if other != name:
                yield from ((rung, entry) for entry in gazetteer.exact(key_of(other)))
    if len(bones) > 1:
        yield from ((_CONSONANTS, entry) for entry in gazetteer.skeleton(bones))


def _without_clitic(name: str) -> tuple[str, ...]:
    """The name without a conjunction or preposition of one letter (بسراقب, للرقة)."""
    if name.startswith("لل"):
        return ("ال" + name[2:],)
    return (name[1:],) if len(name) > 3 and name[0] in _CLITICS else ()


def _order(item: Found) -> tuple[float, bool, int, str]:
    """The nearer first; then settlements before the units of their name, the larger first."""
    unit = item.entry.kind in ("country", "governorate", "district", "subdistrict")
    return (
        item.distance_km if item.distance_km is not None else float("inf"),
        unit,
        -item.entry.population,
        item.entry.id,
    )


def _without_twins(found: Sequence[Found]) -> list[Found]:
    """Each place once: a row of the same kind within 3 km of one that is there is named with it."""
    kept: list[Found] = []
    for item in found:
        twin = next((k for k, other in enumerate(kept) if _is_twin(item, other)), None)
        if twin is None:
            kept.append(item)
        else:
            kept[twin] = msgspec.structs.replace(kept[twin], also=(*kept[twin].also, item.entry.id))
    return kept


def _is_twin(item: Found, other: Found) -> bool:
    a, b = item.entry, other.entry
    if a.kind != b.kind or item.file == other.file or a.lat is None or b.lat is None:
        return False
    return km(a.lat, a.lon or 0.0, b.lat, b.lon or 0.0) <= _SAME_KM

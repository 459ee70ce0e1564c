"""What is searched for: words, filters, order. A `Search` is checked by `checked` before a database sees it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from sijill.casefile.canonical import canonical, digest
from sijill.casefile.records import State
from sijill.errors import ConfigError
from sijill.model import ClaimType, CountKind, CountWho, Modality

__all__ = ["Box", "Circle", "Number", "Role", "Search", "Sort", "checked", "fingerprint"]

_LARGEST = 2**63 - 1
_HALF_ROUND_KM = 20_040.0
_MOST = 1000  # values of one filter
_LONGEST = 2000  # characters of one value


class Sort(StrEnum):
    """What claims are sorted by; those without it come last, whichever way. Equals stand in the order of their keys.

    `added`: when the report was added; `date`: the claim's first day; `published`: the report's day; `count`: the
    greatest number of people in a count; `killed`: the same of people killed; `id`: the claim's key in the case;
    `relevance`: first those in whose title the words are, then in the first words of the text, then anywhere, the
    newest report first in each.
    """

    ADDED = "added"
    DATE = "date"
    PUBLISHED = "published"
    COUNT = "count"
    KILLED = "killed"
    RELEVANCE = "relevance"
    ID = "id"


class Role(StrEnum):
    """Whether an actor did it, or it was done to them."""

    AGENT = "agent"
    TARGET = "target"


class Box(msgspec.Struct, frozen=True):
    """Degrees, borders included; `west` may be greater than `east`, over the 180th meridian."""

    south: float
    west: float
    north: float
    east: float


class Circle(msgspec.Struct, frozen=True):
    """All points at most `radius_km` away (great circle, on a ball of 6,371.0088 km)."""

    lat: float
    lon: float
    radius_km: float


class Number(msgspec.Struct, frozen=True):
    """A count of that kind, of those people (None: any), surely at least `low` and surely at most `high`.

    A count that the text leaves open upward is surely at most nothing.
    """

    kind: CountKind | None = None
    who: CountWho | None = None
    low: int | None = None
    high: int | None = None


class Search(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What claims must have: every filter that is given, and of one that has several values, any of them.

    `text`: words of the report (see `Wording.terms`). `since` to `until`: days that the claim's date shares one with.
    `places`: names, folded, with * behind it a beginning; `pcodes`: beginnings; `countries`: codes; `precisions`: what
    a point stands for; `box`, `circle`: where the point is. All these are asked of one and the same place. `stated`:
    only dates and places that the claim's own sentence states. `actors`: ids or names, `role` which part they have.
    `sources`, `outlets`: names. `counts`: each of them. `published_since` to `published_until`: the report's day.
    """

    text: str = ""
    types: tuple[ClaimType, ...] = ()
    since: date | None = None
    until: date | None = None
    places: tuple[str, ...] = ()
    pcodes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    box: Box | None = None
    circle: Circle | None = None
    stated: bool = False
    actors: tuple[str, ...] = ()
    role: Role | None = None
    sources: tuple[str, ...] = ()
    counts: tuple[Number, ...] = ()
    modalities: tuple[Modality, ...] = ()
    states: tuple[State, ...] = ()
    outlets: tuple[str, ...] = ()
    published_since: date | None = None
    published_until: date | None = None
    sort: Sort = Sort.ADDED
    descending: bool | None = None

    @property
    def down(self) -> bool:
        """Whether the greatest comes first: for days and numbers it does unless the other is asked for."""
        natural = self.sort not in (Sort.ADDED, Sort.ID)
        return natural if self.descending is None else self.descending


def checked(asked: Search) -> Search:
    """`asked` itself. Raises ConfigError, in one line, where it makes no sense."""
    for problem in _problems(asked):
        raise ConfigError(problem)
    return asked


def fingerprint(asked: Search) -> str:
    """A hash over all of it: two searches that ask the same have the same."""
    named = {**msgspec.to_builtins(asked), "descending": asked.down}
    return digest({name: _ordered(value) for name, value in named.items()})[7:23]


def _ordered(value: Any) -> Any:
    return sorted(value, key=canonical) if isinstance(value, list | tuple) else value


def _problems(asked: Search) -> Iterator[str]:
    for name, value in msgspec.structs.asdict(asked).items():
        values = value if isinstance(value, tuple) else (value,)
        if len(values) > _MOST:
            yield f"{name}: more than {_MOST:,} values"
        yield from (f"{name}: {problem}" for text in values if isinstance(text, str) for problem in _of_text(text))
        if isinstance(value, tuple) and any(isinstance(text, str) and not text.strip(" *\t\n") for text in value):
            yield f"{name}: an empty value"
    yield from _of_days(asked.since, asked.until, "date")
    yield from _of_days(asked.published_since, asked.published_until, "day of publication")
    if asked.box is not None:
        yield from _of_box(asked.box)
    if asked.circle is not None:
        yield from _of_circle(asked.circle)
    for number in asked.counts:
        yield from _of_number(number)
    if asked.role is not None and not asked.actors:
        yield "a role needs an actor"
    if asked.sort is Sort.RELEVANCE and not asked.text.strip():
        yield "sorting by relevance needs words to search for"
    if asked.sort is Sort.RELEVANCE and asked.descending is False:
        yield "the most relevant come first; they cannot be turned round"


def _of_text(text: str) -> Iterator[str]:
    if len(text) > _LONGEST:
        yield f"longer than {_LONGEST:,} characters"
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        yield "it has a character that no text has"


def _of_days(since: date | None, until: date | None, what: str) -> Iterator[str]:
    if since is not None and until is not None and since > until:
        yield f"a {what} range runs forward, not {since} to {until}"


def _of_box(box: Box) -> Iterator[str]:
    if not (-90 <= box.south <= box.north <= 90):
        yield f"a box runs from south to north within -90 and 90, not {box.south} to {box.north}"
    if not (-180 <= box.west <= 180 and -180 <= box.east <= 180):
        yield f"a box's west and east lie within -180 and 180, not {box.west} and {box.east}"


def _of_circle(circle: Circle) -> Iterator[str]:
    if not (-90 <= circle.lat <= 90 and -180 <= circle.lon <= 180):
        yield f"no such point: {circle.lat}, {circle.lon}"
    if not 0 <= circle.radius_km <= _HALF_ROUND_KM or not math.isfinite(circle.radius_km):
        yield f"a radius lies within 0 and {_HALF_ROUND_KM:,.0f} km, not {circle.radius_km}"


def _of_number(number: Number) -> Iterator[str]:
    given = [value for value in (number.low, number.high) if value is not None]
    if any(not 0 <= value <= _LARGEST for value in given):
        yield "a number of people lies within 0 and 9,223,372,036,854,775,807"
    if len(given) == 2 and given[0] > given[1]:
        yield f"a count runs upward, not {given[0]} to {given[1]}"

"""Cases made of generated claims, and the plain filter that a database's answers are compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sijill import Document, Report
from sijill.casefile import CaseFile, DocumentRow, State, StoredClaim
from sijill.casefile.rows import key_of
from sijill.casefile.search import Box, Circle, Number, Role, Search, Sort
from sijill.casefile.search.index import LEAD, people_of
from sijill.casefile.search.sphere import distance_km
from sijill.casefile.search.words import Term, spans_of, wording
from sijill.model import (
    Actor,
    Claim,
    ClaimType,
    Count,
    CountKind,
    CountWho,
    Modality,
    Place,
    Precision,
    Source,
    Span,
    StatedDate,
)

__all__ = ["Known", "Reports", "claims", "documents", "expected", "fill", "known", "searches", "some"]

Reports = list[tuple[Document, tuple[Claim, ...]]]

_AT = Span(0, 1)
_START = date(2024, 1, 1)
NAMES = ("إدلب", "ادلب", "سراقب", "حي سراقب", "الباب", "Bab's 50%_")
ACTORS = ("الجيش", "الجيش السوري", "قوات", "x' OR '1'='1")
OUTLETS = (None, "وكالة المثال", "وكاله المثال", "Daily; DROP TABLE claim;--")
WORDS = ("وبالقصف", "القصف", "جوي", "الجوي", "مدينة", "قذائف", "12", "and", "OR", "على")


class Known(msgspec.Struct, frozen=True):
    """A claim and its document: all that a filter may ask of it."""

    stored: StoredClaim
    document: Document
    row: DocumentRow


def _days() -> st.SearchStrategy[date]:
    return st.integers(0, 40).map(lambda days: _START + timedelta(days=days * days))


def _dates() -> st.SearchStrategy[StatedDate | None]:
    def made(start: date | None, days: int) -> StatedDate:
        end = None if start is None else start + timedelta(days=days)
        return StatedDate(start, end, _AT, "x", Precision.DAY)

    lengths = st.sampled_from([0, 0, 0, 1, 7, 8, 31, 32, 366, 367, 900])
    return st.none() | st.builds(made, st.none() | _days(), lengths)


def _places() -> st.SearchStrategy[Place]:
    points = st.sampled_from([(35.93, 36.63), (35.2, 36.6), (-12.0, 179.9), (-12.1, -179.9), (89.0, 10.0)])
    codes = st.sampled_from([("SY", "SY07"), ("SY", "SY0702"), ("SD", "SD01"), (None, None)])

    def made(name: str, point: tuple[float, float] | None, codes: tuple[str | None, str | None], kind: str) -> Place:
        lat, lon = point or (None, None)
        return Place(name, _AT, name, lat, lon, None, kind, None, *codes)

    return st.builds(made, st.sampled_from(NAMES), st.none() | points, codes, st.sampled_from(["exact", "country"]))


def _counts() -> st.SearchStrategy[Count]:
    def made(kind: CountKind, who: CountWho, low: int | None, more: int | None) -> Count:
        high = None if more is None else (low or 0) + more
        return Count(kind, who, low, high, _AT, "x")

    kinds = st.sampled_from([CountKind.KILLED, CountKind.INJURED])
    who = st.sampled_from([CountWho.CIVILIANS, CountWho.UNSPECIFIED])
    return st.builds(made, kinds, who, st.none() | st.integers(0, 5), st.none() | st.integers(0, 3))


def _some(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=2).map(tuple)


def _actors() -> st.SearchStrategy[tuple[Actor, ...]]:
    ids = st.sampled_from([None, "sy-army", "x' OR '1'='1"])
    return _some(st.builds(lambda name, ref: Actor(name, _AT, name, ref), st.sampled_from(ACTORS), ids))


def claims() -> st.SearchStrategy[Claim]:
    """Claims of few values, so that filters find some."""
    return st.builds(
        Claim,
        id=st.just("0123456789abcdef"),
        type=st.sampled_from([ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.KILLING]),
        trigger=st.just(_AT),
        trigger_text=st.just("x"),
        sentence=st.just(_AT),
        counts=_some(_counts()),
        date=_dates(),
        places=_some(_places()),
        agents=_actors(),
        targets=_actors(),
        sources=_some(st.sampled_from(ACTORS).map(lambda name: Source(name, _AT, name))),
        modality=st.sampled_from([Modality.ASSERTED, Modality.ALLEGED]),
        context_date=_dates(),
        context_places=_some(_places()),
    )


def _texts(least: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=6).map(" ".join)


def documents(least: int = 1, most: int = 5) -> st.SearchStrategy[Reports]:
    """Reports with the claims that they shall have."""
    report = st.builds(
        Document,
        id=st.just("r"),
        text=_texts(1),
        published=st.none() | _days(),
        title=st.none() | _texts(0),
        outlet=st.sampled_from(OUTLETS),
    )
    return st.lists(st.tuples(report, st.lists(claims(), max_size=4).map(tuple)), min_size=least, max_size=most)


def some(number: int) -> Reports:
    """The same reports on every run, each another text."""
    found: list[Reports] = []

    @settings(max_examples=number, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(documents(1, 3))
    def draw(reports: Reports) -> None:
        found.append(reports)

    draw()
    every = [report for reports in found for report in reports][-number:]
    tails = [f" {at}{' القصف' if at % 2 else ''}" for at in range(number)]
    return [
        (msgspec.structs.replace(item, text=item.text + tail), made)
        for (item, made), tail in zip(every, tails, strict=True)
    ]


def searches() -> st.SearchStrategy[Search]:
    """Searches of few filters each, so that some claims are left."""
    phrases = ('"القصف جوي"', "قذا*", "«قصف الج*»")
    words = st.lists(st.sampled_from([*WORDS, *phrases]), min_size=1, max_size=2).map(" ".join)
    number = st.none() | st.integers(0, 5)
    numbers = st.builds(
        lambda kind, who, low, more: Number(kind, who, low, None if more is None else (low or 0) + more),
        st.sampled_from([None, CountKind.KILLED]),
        st.sampled_from([None, CountWho.CIVILIANS]),
        number,
        number,
    )
    shapes = [Box(35, 36, 36, 37), Box(-13, 179, -11, -179), Box(-90, -180, 90, 180)]
    circles = [Circle(35.9, 36.6, 10), Circle(-12, 180, 50), Circle(90, 0, 200), Circle(0, 0, 20_000), Circle(0, 0, 0)]
    one = st.sampled_from
    filters: dict[str, st.SearchStrategy[Any]] = {
        "text": words,
        "types": one([(ClaimType.SHELLING,), (ClaimType.SHELLING, ClaimType.KILLING)]),
        "since": _days(),
        "until": _days(),
        "places": one([("إدلب",), ("سراقب", "الباب"), ("حي*",), ("bab's*",), ("%",)]),
        "pcodes": one([("SY",), ("sy07",), ("SY0702*", "SD"), ("%",)]),
        "countries": one([("SY",), ("sd", "XX")]),
        "precisions": one([("exact",)]),
        "box": one(shapes),
        "circle": one(circles),
        "stated": st.just(True),
        "actors": one([("الجيش",), ("الجيش*",), ("sy-army", "قوات"), ("x' OR '1'='1",)]),
        "sources": one([("قوات",), ("الج*",)]),
        "counts": st.lists(numbers, min_size=1, max_size=2).map(tuple),
        "modalities": one([(Modality.ALLEGED,)]),
        "states": one([(State.PROPOSED,), (State.REJECTED, State.EDITED)]),
        "outlets": one([("وكالة المثال",), ("daily; drop table claim;--",)]),
        "published_since": _days(),
        "published_until": _days(),
        "descending": st.booleans(),
    }
    chosen = st.sets(one(sorted(filters)), max_size=4)
    made = chosen.flatmap(lambda names: st.fixed_dictionaries({name: filters[name] for name in sorted(names)}))
    return st.builds(_sensible, made, one(list(Sort)))


def _sensible(given: dict[str, Any], sort: Sort) -> Search:
    for first, last in (("since", "until"), ("published_since", "published_until")):
        if first in given and last in given:
            given |= dict(zip((first, last), sorted((given[first], given[last])), strict=True))
    if sort is Sort.RELEVANCE:
        sort = sort if "text" in given else Sort.PUBLISHED
        given.pop("descending", None)
    return Search(**given, sort=sort)


def fill(case: CaseFile, given: Iterable[tuple[Document, tuple[Claim, ...]]], item: Callable[..., Any]) -> None:
    """Adds reports with just those claims to a case."""
    batch = case.batch("tester")
    for document, made in given:
        fields = ("published", "title", "outlet")
        given_ = item(document.text, document.id, **{name: getattr(document, name) for name in fields})
        batch.take(given_, lambda report, made=made: _report(report, made))  # type: ignore[misc]
    batch.finish()


def _report(document: Document, made: tuple[Claim, ...]) -> Report:
    head = (document.id, document.published, document.title, document.url, document.outlet, document.sha256)
    return Report(*head, made, (), "0", "0")


def known(case: CaseFile) -> list[Known]:
    """Every current claim of a case."""
    found = []
    for row in case.documents():
        document = row.document(case.text(row))
        found += [Known(stored, document, row) for stored in case.claims(row)]
    return found


def expected(all_: Sequence[Known], asked: Search) -> list[int]:
    """The keys that a search must find, in order, by looking at one claim after the other."""
    terms = wording().terms(asked.text) if asked.text else ()
    return [item.stored.n for item in _sorted([item for item in all_ if _fits(item, asked, terms)], asked, terms)]


def _fits(item: Known, asked: Search, terms: Sequence[Term]) -> bool:
    claim, document = item.stored.claim, item.document
    when = claim.date if asked.stated else claim.date or claim.context_date
    places = claim.places if asked.stated else (*claim.places, *claim.context_places)
    actors = [*(claim.agents if asked.role is not Role.TARGET else ())]
    actors += claim.targets if asked.role is not Role.AGENT else ()
    asks_place = any((asked.places, asked.pcodes, asked.countries, asked.precisions, asked.box, asked.circle))
    return all(
        (
            not terms or _has(document, terms),
            not asked.types or claim.type in asked.types,
            not asked.modalities or claim.modality in asked.modalities,
            not asked.states or item.stored.state in asked.states,
            not asked.outlets or key_of(document.outlet or "\0") in map(key_of, asked.outlets),
            _overlaps(when, asked.since, asked.until),
            _between(document.published, asked.published_since, asked.published_until),
            not asks_place or any(_place_fits(place, asked) for place in places),
            not asked.actors
            or any(actor.actor_id in asked.actors or _called(actor.name, asked.actors) for actor in actors),
            not asked.sources or any(_called(source.name, asked.sources) for source in claim.sources),
            *(any(_counts_so(count, number) for count in claim.counts) for number in asked.counts),
        )
    )


def _has(document: Document, terms: Sequence[Term]) -> bool:
    cut = wording()
    fields = [cut.tokens(document.title or ""), cut.tokens(document.text)]
    return all(any(spans_of(tokens, [term]) for tokens in fields) for term in terms)


def _overlaps(when: StatedDate | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    if when is None or when.start is None or when.end is None:
        return False
    return (until is None or when.start <= until) and (since is None or when.end >= since)


def _between(day: date | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return day is not None and (since is None or day >= since) and (until is None or day <= until)


def _called(name: str, values: Sequence[str]) -> bool:
    key = key_of(name)
    return any(key.startswith(key_of(value[:-1])) if value.endswith("*") else key == key_of(value) for value in values)


def _place_fits(place: Place, asked: Search) -> bool:
    pcode = place.pcode or ""
    codes = [code.upper().rstrip("*") for code in asked.pcodes]
    return all(
        (
            not asked.places or _called(place.name, asked.places),
            not codes or any(pcode.startswith(code) for code in codes),
            not asked.countries or place.country in [country.upper() for country in asked.countries],
            not asked.precisions or place.precision in asked.precisions,
            asked.box is None or _in_box(place, asked.box),
            asked.circle is None or _in_circle(place, asked.circle),
        )
    )


def _in_box(place: Place, box: Box) -> bool:
    if place.lat is None or place.lon is None or not box.south <= place.lat <= box.north:
        return False
    if box.west <= box.east:
        return box.west <= place.lon <= box.east
    return place.lon >= box.west or place.lon <= box.east


def _in_circle(place: Place, circle: Circle) -> bool:
    if place.lat is None or place.lon is None:
        return False
    return distance_km(place.lat, place.lon, circle.lat, circle.lon) <= circle.radius_km


def _counts_so(count: Count, number: Number) -> bool:
    return all(
        (
            number.kind is None or count.kind is number.kind,
            number.who is None or count.who is number.who,
            number.low is None or (count.low is not None and count.low >= number.low),
            number.high is None or (count.high is not None and count.high <= number.high),
        )
    )


def _sorted(found: list[Known], asked: Search, terms: Sequence[Term]) -> list[Known]:
    keys: dict[Sort, Callable[[Known], Any]] = {
        Sort.ADDED: lambda item: item.row.n,
        Sort.ID: lambda item: item.stored.n,
        Sort.DATE: lambda item: _first(item.stored.claim),
        Sort.PUBLISHED: lambda item: item.document.published,
        Sort.RELEVANCE: lambda item: item.document.published,
        Sort.COUNT: lambda item: people_of(item.stored.claim),
        Sort.KILLED: lambda item: people_of(item.stored.claim, CountKind.KILLED),
    }
    of = keys[asked.sort]
    having = sorted((item for item in found if of(item) is not None), key=lambda item: (of(item), item.stored.n))
    lacking = sorted((item for item in found if of(item) is None), key=lambda item: item.stored.n)
    if asked.down:
        having.reverse()
        lacking.reverse()
    together = [*having, *lacking]
    return sorted(together, key=lambda item: _tier(item, terms)) if asked.sort is Sort.RELEVANCE else together


def _first(claim: Claim) -> date | None:
    when = claim.date or claim.context_date
    return None if when is None else when.start


def _tier(item: Known, terms: Sequence[Term]) -> int:
    cut = wording()
    fields = (cut.tokens(item.document.title or ""), cut.tokens(item.document.text)[:LEAD])
    for tier, tokens in enumerate(fields):
        if all(spans_of(tokens, [term]) for term in terms):
            return tier
    return len(fields)

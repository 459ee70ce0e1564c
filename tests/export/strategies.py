"""Any reports that JSON can hold, for properties."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from sijill.export import STATES, Entry, Held
from sijill.model import (
    Actor,
    Claim,
    ClaimType,
    Count,
    CountKind,
    CountWho,
    Modality,
    Note,
    Place,
    Precision,
    Report,
    Source,
    Span,
    StatedDate,
)

__all__ = ["entries", "words"]

# Text as it comes, and text that spreadsheets, XML and CSV readers stumble over.
words = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["", "'", "''", "=1+1", "+1", "-1", "@x", "\t=1", "\r", "a\rb", "a\r\nb", '"', ",", "\0", "_x000D_", "<b>"]
    ),
)
maybe = st.none() | words
numbers = st.floats(allow_nan=False, allow_infinity=False)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(min(pair), max(pair)))
dates = st.builds(
    StatedDate, st.none() | st.dates(), st.none() | st.dates(), spans, words, st.sampled_from(list(Precision))
)
bounds = st.none() | st.integers(0, 10**12)


def _count(kind: CountKind, who: CountWho, pair: tuple[int | None, int | None], span: Span, text: str) -> Count:
    low, high = pair
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Count(kind, who, low, high, span, text)


counts = st.builds(
    _count, st.sampled_from(list(CountKind)), st.sampled_from(list(CountWho)), st.tuples(bounds, bounds), spans, words
)
places = st.builds(
    Place,
    words,
    spans,
    words,
    lat=st.none() | st.floats(-90, 90),
    lon=st.none() | st.floats(-180, 180),
    radius_km=st.none() | numbers,
    precision=st.sampled_from([None, "exact", "country"]),
    place_id=maybe,
    country=st.sampled_from([None, "SY", "YE"]),
    pcode=maybe,
)
actors = st.builds(Actor, words, spans, words, st.sampled_from([None, "sy-forces", "sy-hts", "nobody"]), maybe)
sources = st.builds(Source, words, spans, words)


def few(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=2).map(tuple)


claims = st.builds(
    Claim,
    id=st.text("0123456789abcdef", min_size=16, max_size=16),
    type=st.sampled_from(list(ClaimType)),
    trigger=spans,
    trigger_text=words,
    sentence=spans,
    counts=few(counts),
    date=st.none() | dates,
    places=few(places),
    agents=few(actors),
    targets=few(actors),
    sources=few(sources),
    modality=st.sampled_from(list(Modality)),
    why=few(words),
    context_date=st.none() | dates,
    context_places=few(places),
)
values = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | numbers | words
trees = st.dictionaries(words, values | st.lists(values, max_size=2), max_size=2)


def _held(read: Claim, now: Claim | None, state: str, decisions: tuple[dict[str, Any], ...]) -> Held:
    if now is None:
        return Held(read, state, None, decisions)
    changed = msgspec.structs.replace(now, id=read.id)
    return Held(changed, state, read, decisions)


held = st.builds(_held, claims, st.none() | claims, st.sampled_from(STATES), few(trees))


@st.composite
def _entry(draw: st.DrawFn) -> Entry:
    kept = tuple(draw(st.lists(held, max_size=3, unique_by=lambda one: one.claim.id)))
    report = Report(
        doc=draw(words),
        published=draw(st.none() | st.dates()),
        title=draw(maybe),
        url=draw(maybe),
        outlet=draw(maybe),
        sha256="sha256:" + draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
        claims=tuple(one.as_read or one.claim for one in kept),
        notes=draw(few(st.builds(Note, words, words, st.none() | spans))),
        sijill=draw(words),
        data=draw(words),
        meta=draw(trees),
    )
    return Entry(report, kept, draw(maybe))


entries = st.lists(_entry(), min_size=1, max_size=3, unique_by=lambda one: one.report.doc).filter(
    lambda found: any(one.held for one in found)
)

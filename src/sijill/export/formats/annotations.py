"""W3C Web Annotations (JSON-LD): one a claim, on its trigger, and one a field of it, on the words that gave it.

A target is found twice: by quote (with 32 characters before and after, where the text is known) and by position.
Positions count Unicode code points from 0, as the standard asks for; JavaScript counts otherwise. They hold in the text
as Sijill read it, whose hash names the source; `via` is the page that it came from.

Source: W3C Web Annotation Data Model, Recommendation of 23 February 2017: 4.2.4 TextQuoteSelector, 4.2.5
TextPositionSelector, 3.3.5 motivations, 5.2 AnnotationPage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sijill.export.context import Context
from sijill.export.entry import Entry, Held
from sijill.export.folder import Folder
from sijill.export.names import claim_urn, text_urn, urn
from sijill.export.resource import Resource
from sijill.model import Claim, Report, Span

__all__ = ["write"]

_PATH = "annotations.jsonld"
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32


class _Field(msgspec.Struct, frozen=True):
    """A field of a claim: what it is, where it stands, what it says."""

    name: str
    number: int
    span: Span
    text: str
    value: str


def write(folder: Folder, entries: Iterable[Entry], context: Context) -> tuple[Resource, ...]:
    """One AnnotationPage with all annotations, one a line."""
    stream = folder.binary(_PATH)
    head = {"@context": _CONTEXT, "id": urn("annotations", context.time), "type": "AnnotationPage"}
    stream.write(msgspec.json.encode(head)[:-1] + b',"items":[')
    rows = 0
    for entry in entries:
        for annotation in _annotations(entry, context):
            stream.write((b",\n" if rows else b"\n") + msgspec.json.encode(annotation))
            rows += 1
    stream.write(b"\n]}\n")
    return (Resource("annotations", _PATH, "jsonld", "application/ld+json", "Annotations", rows),)


def _annotations(entry: Entry, context: Context) -> Iterator[dict[str, Any]]:
    for held in entry.held:
        claim, name = held.claim, claim_urn(entry.report, held.claim)
        bodies = [_body("classifying", claim.type.value), _body("describing", _told(held))]
        if held.state != "proposed":
            bodies.append(_body("assessing", held.state))
        yield _annotation(
            name, "classifying", bodies, _target(entry, claim.trigger, claim.trigger_text), entry, context
        )
        for field in _fields(claim):
            bodies = [
                _body("tagging", field.name),
                _body("identifying", field.value),
                {"id": name, "purpose": "linking"},
            ]
            identity = f"{name}:{field.name}:{field.number}"
            yield _annotation(identity, "identifying", bodies, _target(entry, field.span, field.text), entry, context)


def _annotation(
    name: str, motivation: str, bodies: list[dict[str, Any]], target: dict[str, Any], entry: Entry, context: Context
) -> dict[str, Any]:
    return {
        "id": name,
        "type": "Annotation",
        "motivation": motivation,
        "generator": {"id": urn("software", entry.report.sijill, entry.report.data), "type": "Software"},
        "generated": context.time,
        "body": bodies,
        "target": target,
    }


def _body(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _told(held: Held) -> str:
    """What the claim says beside its type, in a line for machines and people."""
    return f"modality={held.claim.modality.value} state={held.state}"


def _target(entry: Entry, span: Span, text: str) -> dict[str, Any]:
    quote: dict[str, Any] = {"type": "TextQuoteSelector", "exact": text}
    if entry.text is not None:
        quote["exact"] = span.cut(entry.text)
        quote["prefix"] = entry.text[max(span.start - _AROUND, 0) : span.start]
        quote["suffix"] = entry.text[span.end : span.end + _AROUND]
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"source": _source(entry.report), "selector": [quote, position]}


def _source(report: Report) -> dict[str, Any]:
    source: dict[str, Any] = {"id": text_urn(report), "type": "Text", "format": "text/plain"}
    return {**source, "via": report.url} if report.url else source


def _fields(claim: Claim) -> Iterator[_Field]:
    for number, count in enumerate(claim.counts):
        yield _Field(
            "count", number, count.span, count.text, f"{count.kind}/{count.who} {_bounds(count.low, count.high)}"
        )
    if claim.date is not None:
        days = f"{claim.date.start or ''}/{claim.date.end or ''} {claim.date.precision}"
        yield _Field("date", 0, claim.date.span, claim.date.text, days)
    for number, place in enumerate(claim.places):
        yield _Field("place", number, place.span, place.text, place.name)
    for role, actors in (("agent", claim.agents), ("target", claim.targets)):
        for number, actor in enumerate(actors):
            yield _Field(role, number, actor.span, actor.text, actor.name)
    for number, source in enumerate(claim.sources):
        yield _Field("source", number, source.span, source.text, source.name)


def _bounds(low: int | None, high: int | None) -> str:
    return f"{'' if low is None else low}..{'' if high is None else high}"

"""The record as tables: reports, claims and what is in them, one table a kind; `back/` puts them together again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sijill.export.context import Context
from sijill.export.entry import Entry
from sijill.export.rows import Row, Rows
from sijill.model import Claim, StatedDate

__all__ = ["ROWS"]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode("utf-8")


def _reports(entry: Entry, _: Context) -> Iterator[Row]:
    report = entry.report
    yield {
        "doc": report.doc,
        "published": report.published,
        "title": report.title,
        "url": report.url,
        "outlet": report.outlet,
        "sha256": report.sha256,
        "sijill": report.sijill,
        "data": report.data,
        "claims": len(entry.held),
        "meta": _json(report.meta),
    }


def _notes(entry: Entry, _: Context) -> Iterator[Row]:
    for n, note in enumerate(entry.report.notes):
        span = note.span
        yield {
            "doc": entry.report.doc,
            "n": n,
            "code": note.code,
            "message": note.message,
            "start": span.start if span is not None else None,
            "end": span.end if span is not None else None,
        }


def _claims(entry: Entry, _: Context) -> Iterator[Row]:
    for n, held in enumerate(entry.held):
        claim = held.claim
        yield {
            "doc": entry.report.doc,
            "claim": claim.id,
            "n": n,
            "type": claim.type,
            "modality": claim.modality,
            "state": held.state,
            "trigger": claim.trigger_text,
            "trigger_start": claim.trigger.start,
            "trigger_end": claim.trigger.end,
            "sentence_start": claim.sentence.start,
            "sentence_end": claim.sentence.end,
            **_date("date_", claim.date),
            **_date("context_", claim.context_date),
            "why": _json(claim.why),
        }


def _date(prefix: str, date: StatedDate | None) -> dict[str, Any]:
    if date is None:
        return {}
    return {
        f"{prefix}start": date.start,
        f"{prefix}end": date.end,
        f"{prefix}precision": date.precision,
        f"{prefix}text": date.text,
        f"{prefix}from": date.span.start,
        f"{prefix}to": date.span.end,
    }


def _each(entry: Entry) -> Iterator[tuple[dict[str, Any], Claim]]:
    for held in entry.held:
        yield {"doc": entry.report.doc, "claim": held.claim.id}, held.claim


def _spanned(one: Any) -> dict[str, Any]:
    return {"start": one.span.start, "end": one.span.end, "text": one.text}


def _counts(entry: Entry, _: Context) -> Iterator[Row]:
    for head, claim in _each(entry):
        for n, count in enumerate(claim.counts):
            amount = {"kind": count.kind, "who": count.who, "low": count.low, "high": count.high}
            yield {**head, "n": n, **amount, **_spanned(count)}


def _places(entry: Entry, _: Context) -> Iterator[Row]:
    names = ("name", "lat", "lon", "radius_km", "precision", "place_id", "country", "pcode")
    for head, claim in _each(entry):
        for said, places in (("stated", claim.places), ("context", claim.context_places)):
            for n, place in enumerate(places):
                fields = {name: getattr(place, name) for name in names}
                yield {**head, "said": said, "n": n, **fields, **_spanned(place)}


def _actors(entry: Entry, _: Context) -> Iterator[Row]:
    for head, claim in _each(entry):
        for role, actors in (("agent", claim.agents), ("target", claim.targets)):
            for n, actor in enumerate(actors):
                known = {"name": actor.name, "actor_id": actor.actor_id, "label": actor.label}
                yield {**head, "role": role, "n": n, **known, **_spanned(actor)}


def _sources(entry: Entry, _: Context) -> Iterator[Row]:
    for head, claim in _each(entry):
        for n, source in enumerate(claim.sources):
            yield {**head, "n": n, "name": source.name, **_spanned(source)}


def _changes(entry: Entry, _: Context) -> Iterator[Row]:
    for held in entry.held:
        if held.as_read is not None or held.decisions:
            yield {
                "doc": entry.report.doc,
                "claim": held.claim.id,
                "as_read": _json(held.as_read) if held.as_read is not None else None,
                "decisions": _json(held.decisions),
            }


def _texts(entry: Entry, _: Context) -> Iterator[Row]:
    if entry.text is not None:
        yield {"doc": entry.report.doc, "text": entry.text}


ROWS: dict[str, Rows] = {
    "reports": _reports,
    "notes": _notes,
    "claims": _claims,
    "counts": _counts,
    "places": _places,
    "actors": _actors,
    "sources": _sources,
    "changes": _changes,
    "texts": _texts,
}

"""FollowTheMoney entities as JSON lines, for Aleph and its kin: articles, events, actors, mentions.

A report is an Article, a claim an Event. Actors of the knowledge base are organisations (public bodies where they are
of a state); each agent and target is a mention in the article, and of those not in it nothing more is said.

Source: FollowTheMoney 4, schemata Article (Document), Event, Organization, PublicBody and Mention; values are strings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sijill.export.context import Context
from sijill.export.entry import Entry, Held
from sijill.export.folder import Folder
from sijill.export.resource import Resource
from sijill.export.rows.flat import when_of
from sijill.model import Actor, Claim, Place, Report

__all__ = ["write"]

_PATH = "entities.ftm.json"


def write(folder: Folder, entries: Iterable[Entry], context: Context) -> tuple[Resource, ...]:
    """One entity a line, each before the first that points at it."""
    stream, rows = folder.binary(_PATH), 0
    known: set[str] = set()
    for entry in entries:
        for entity in _entities(entry, context, known):
            stream.write(msgspec.json.encode(entity) + b"\n")
            rows += 1
    return (Resource("entities", _PATH, "jsonl", "application/x-ndjson", "Entities", rows),)


def _entities(entry: Entry, context: Context, known: set[str]) -> Iterator[dict[str, Any]]:
    article = _article(entry)
    yield article
    for held in entry.held:
        involved: list[str] = []
        for actor in (*held.claim.agents, *held.claim.targets):
            if actor.actor_id is not None:
                body = _id("actor", actor.actor_id)
                involved.append(body)
                if actor.actor_id not in known:
                    known.add(actor.actor_id)
                    yield _actor(actor, context)
        yield _event(entry.report, held, article["id"], involved)
        yield from _mentions(held.claim, article["id"])


def _article(entry: Entry) -> dict[str, Any]:
    report = entry.report
    return _entity(
        _id("article", report.doc),
        "Article",
        title=[report.title or report.doc],
        publishedAt=[report.published.isoformat() if report.published is not None else None],
        sourceUrl=[report.url],
        publisher=[report.outlet],
        language=["ara"],
        bodyText=[entry.text],
        mimeType=["text/plain"],
    )


def _actor(actor: Actor, context: Context) -> dict[str, Any]:
    schemes = context.schemes
    entry = schemes.actors.get(actor.actor_id or "")
    public = entry is not None and schemes.side(actor.actor_id) == "state" and entry.kind != "coalition"
    names = [entry.label, entry.name] if entry is not None else [actor.label or actor.name, actor.name]
    countries = entry.countries if entry is not None else []
    return _entity(
        _id("actor", actor.actor_id or ""),
        "PublicBody" if public else "Organization",
        name=names[:1],
        alias=names[1:],
        country=[code.lower() for code in countries],
    )


def _event(report: Report, held: Held, article: str, involved: list[str]) -> dict[str, Any]:
    claim, when = held.claim, when_of(held.claim)
    places = claim.places or claim.context_places
    return _entity(
        _id("claim", report.doc, claim.id),
        "Event",
        name=[_title(claim, places)],
        startDate=[when.start.isoformat() if when is not None else None],
        endDate=[when.end.isoformat() if when is not None else None],
        location=[place.name for place in places],
        country=[place.country.lower() for place in places if place.country is not None],
        involved=involved,
        summary=[_counts(claim)],
        keywords=[claim.type.value, claim.modality.value, held.state],
        recordId=[claim.id],
        proof=[article],
        publisher=[report.outlet],
        sourceUrl=[report.url],
    )


def _title(claim: Claim, places: tuple[Place, ...]) -> str:
    parts = [claim.type.value.replace("_", " "), *(place.name for place in places[:1])]
    return ", ".join(parts)


def _counts(claim: Claim) -> str | None:
    told = (f"{count.kind} {count.who}: {count.text}" for count in claim.counts)
    return "; ".join(told) or None


def _mentions(claim: Claim, article: str) -> Iterator[dict[str, Any]]:
    for role, actors in (("agent", claim.agents), ("target", claim.targets)):
        for number, actor in enumerate(actors):
            resolved = _id("actor", actor.actor_id) if actor.actor_id is not None else None
            yield _entity(
                _id("mention", article, claim.id, role, str(number)),
                "Mention",
                document=[article],
                name=[actor.name],
                resolved=[resolved],
                detectedSchema=["Organization" if resolved is not None else "LegalEntity"],
            )


def _entity(identity: str, schema: str, **properties: Iterable[str | None]) -> dict[str, Any]:
    """An entity; properties without a value are left out, and no value stands twice."""
    filled = {name: list(dict.fromkeys(filter(None, values))) for name, values in properties.items()}
    return {"id": identity, "schema": schema, "properties": {name: values for name, values in filled.items() if values}}


def _id(kind: str, *parts: str) -> str:
    """An id of forty hexadecimal digits, the same in every export."""
    return hashlib.sha1("\0".join(("sijill", kind, *parts)).encode("utf-8", "surrogatepass")).hexdigest()  # noqa: S324

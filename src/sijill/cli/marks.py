"""What the reader saw in a text, as marks in text order: the matter of `sijill explain`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec

from sijill.cli.marks_places import decision_tree
from sijill.cli.wording import amount
from sijill.model import Claim, DateRange, Mention, Quantity, Report, Span, Text, Values, Word, WordKind
from sijill.places import Resolution

__all__ = ["Field", "Mark", "Reading", "cut_of", "fields_of", "marks_of", "tree"]


class Reading(msgspec.Struct, frozen=True):
    """A text, all that was found in it, and the record that came out."""

    text: Text
    values: Values
    mentions: tuple[Mention, ...]
    report: Report
    resolutions: tuple[Resolution, ...] = ()


class Mark(msgspec.Struct, frozen=True):
    """Characters of the text, what they were taken for (`layer`), as what (`reading`), by which rule."""

    start: int
    end: int
    layer: str
    reading: str
    rule: str


class Field(msgspec.Struct, frozen=True):
    """A field of a claim and the characters that gave it."""

    name: str
    value: str
    span: Span


def marks_of(reading: Reading) -> tuple[Mark, ...]:
    """Every mark of a reading, sorted by its first character, the longer first."""
    found = [*_value_marks(reading.values), *_mention_marks(reading.mentions), *_triggers(reading.report)]
    return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end, mark.layer, mark.reading)))


def _value_marks(values: Values) -> Iterator[Mark]:
    for number in values.numbers:
        suffix = "%" if number.percent else " (ordinal)" if number.ordinal else ""
        yield Mark(number.span.start, number.span.end, "number", f"{number.value}{suffix}", "")
    for quantity in values.quantities:
        yield Mark(quantity.phrase.start, quantity.phrase.end, "quantity", _quantity(quantity), quantity.rule)
    for date in values.dates:
        yield Mark(date.span.start, date.span.end, "date", _date(date), date.rule)


def _mention_marks(mentions: tuple[Mention, ...]) -> Iterator[Mark]:
    for mention in mentions:
        parts = [mention.name, *(part for part in (mention.subtype, mention.label, mention.ref) if part)]
        yield Mark(mention.span.start, mention.span.end, str(mention.kind), " | ".join(parts), mention.rule)


def _triggers(report: Report) -> Iterator[Mark]:
    for number, claim in enumerate(report.claims, start=1):
        yield Mark(claim.trigger.start, claim.trigger.end, "trigger", f"{claim.type}, claim {number}", "")


def _quantity(quantity: Quantity) -> str:
    parts = [amount(quantity.low, quantity.high)]
    parts += [str(part) for part in (quantity.noun_class, quantity.kind, quantity.who) if part]
    return " ".join(dict.fromkeys(parts)) + (", bare" if quantity.bare else "")


def _date(item: DateRange) -> str:
    if item.start is None or item.end is None:
        return "unresolved"
    days = str(item.start) if item.start == item.end else f"{item.start} to {item.end}"
    return f"{days}, {item.precision}"


def cut_of(word: Word, text: str) -> str | None:
    """A word's parts as `text` writes them, `+` between (`وب+ال+قصف`); None for a word that is one part."""
    if word.kind is not WordKind.WORD:
        return None
    edges = (word.start, word.name_start, word.stem_start, word.stem_end, word.end)
    parts = [part for start, end in pairwise(edges) if (part := text[start:end])]
    return "+".join(parts) if len(parts) > 1 else None


def fields_of(claim: Claim) -> tuple[Field, ...]:
    """The fields of a claim in the order of the record, each with the characters that gave it."""
    found = [Field("trigger", claim.type, claim.trigger)]
    found += [Field("count", f"{amount(c.low, c.high)} {c.who} {c.kind}", c.span) for c in claim.counts]
    if claim.date is not None:
        days = "unresolved" if claim.date.start is None else f"{claim.date.start} to {claim.date.end}"
        found.append(Field("date", f"{days}, {claim.date.precision}", claim.date.span))
    found += [Field("place", place.name, place.span) for place in claim.places]
    for name, actors in (("agent", claim.agents), ("target", claim.targets)):
        found += [
            Field(name, actor.name + (f" = {actor.label}" if actor.label else ""), actor.span) for actor in actors
        ]
    found += [Field("source", source.name, source.span) for source in claim.sources]
    return tuple(found)


def tree(reading: Reading) -> dict[str, Any]:
    """A reading as one JSON object: the text, its words, furniture and marks, the places' decisions, the claims."""
    text = reading.text
    return {
        "doc": text.document.id,
        "text": text.document.text,
        "sentences": [[sentence.start, sentence.end] for sentence in text.sentences],
        "words": [_word(word) for word in text.words],
        "furniture": [{"span": [f.start, f.end], "rule": f.rule} for f in text.furniture],
        "marks": [_mark(mark, text.document.text) for mark in marks_of(reading)],
        "places": [decision_tree(resolution) for resolution in reading.resolutions],
        "claims": reading.report.claims,
        "notes": reading.report.notes,
        "sijill": reading.report.sijill,
        "data": reading.report.data,
    }


def _word(word: Word) -> dict[str, Any]:
    return {
        "span": [word.start, word.end],
        "form": word.form,
        "kind": word.kind,
        "proclitics": word.proclitics,
        "article": word.article,
        "stem": word.stem,
        "enclitic": word.enclitic,
        "lemma": word.lemma,
    }


def _mark(mark: Mark, text: str) -> dict[str, Any]:
    return {
        "span": [mark.start, mark.end],
        "text": text[mark.start : mark.end],
        "layer": mark.layer,
        "reading": mark.reading,
        "rule": mark.rule,
    }

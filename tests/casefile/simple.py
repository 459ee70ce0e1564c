"""A reader of the tests' own, that knows a few words: what a case keeps must not depend on what Sijill can read."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from sijill.model import (
    Actor,
    Claim,
    ClaimType,
    Count,
    CountKind,
    CountWho,
    Document,
    Modality,
    Note,
    Place,
    Precision,
    Report,
    Source,
    Span,
    StatedDate,
)

__all__ = ["read_simply"]

_TRIGGERS = {
    "قصف": ClaimType.AIR_STRIKE,
    "اشتباكات": ClaimType.ARMED_CLASH,
    "مقتل": ClaimType.KILLING,
    "اعتقلت": ClaimType.DETENTION,
    "احتجاج": ClaimType.PROTEST,
    "انفجرت": ClaimType.EXPLOSION,
}
_PLACES = {
    "إدلب": (35.93, 36.63, "SY07"),
    "سراقب": (35.86, 36.80, "SY070301"),
    "درعا": (32.62, 36.10, "SY12"),
    "الباب": (36.37, 37.51, "SY020200"),
}
_NUMBERS = {"ثلاثة": 3, "خمسة": 5, "سبعة": 7, "عشرة": 10}
_ACTORS = {"الجيش": "army", "فصائل المعارضة": None, "قوات الأمن": "security"}
_SOURCES = ("مصادر محلية", "ناشطين")
_TRIGGER = re.compile("|".join(_TRIGGERS))


def read_simply(document: Document) -> Report:
    """A claim for each of a few words, with the names and numbers of its sentence; the same for the same text."""
    claims: list[Claim] = []
    start = 0
    for sentence in document.text.split("."):
        end = start + len(sentence)
        found = _TRIGGER.finditer(document.text, start, end)
        claims += [_claim(document, Span(start, end), Span(*match.span())) for match in found]
        start = min(end + 1, len(document.text))
    return Report(
        doc=document.id,
        published=document.published,
        title=document.title,
        url=document.url,
        outlet=document.outlet,
        sha256=document.sha256,
        claims=tuple(claims),
        notes=(Note("simple", "read by the tests' own reader"),),
        sijill="0.0.1",
        data="simple+guidelines",
        meta=document.meta,
    )


def _claim(document: Document, sentence: Span, trigger: Span) -> Claim:
    word = trigger.cut(document.text)
    kind = _TRIGGERS[word]
    seed = f"{document.sha256}|{trigger.start}|{kind}"
    counts = tuple(
        Count(CountKind.KILLED, CountWho.CIVILIANS, number, number, span, name)
        for name, number in _NUMBERS.items()
        for span in _found(document, sentence, name)
    )
    places = tuple(
        Place(name, span, name, lat, lon, 5.0, "settlement", f"sy-{pcode}", "SY", pcode)
        for name, (lat, lon, pcode) in _PLACES.items()
        for span in _found(document, sentence, name)
    )
    actors = tuple(
        Actor(name, span, name, actor, actor)
        for name, actor in _ACTORS.items()
        for span in _found(document, sentence, name)
    )
    sources = tuple(Source(name, span, name) for name in _SOURCES for span in _found(document, sentence, name))
    when = date(2024, 5, 4) if kind is ClaimType.AIR_STRIKE else None
    return Claim(
        id=hashlib.sha256(seed.encode()).hexdigest()[:16],
        type=kind,
        trigger=trigger,
        trigger_text=word,
        sentence=sentence,
        counts=counts,
        date=StatedDate(when, when, trigger, word, Precision.DAY) if when else None,
        places=places,
        agents=actors[:1],
        targets=actors[1:],
        sources=sources,
        modality=Modality.ASSERTED,
        why=("simple",),
        context_date=None if when else StatedDate(date(2024, 5, 1), date(2024, 5, 5), trigger, word, Precision.DAYS),
        context_places=() if places else (Place("سوريا", trigger, word, country="SY"),),
    )


def _found(document: Document, sentence: Span, name: str) -> list[Span]:
    at = document.text.find(name, sentence.start, sentence.end)
    return [] if at < 0 else [Span(at, at + len(name))]

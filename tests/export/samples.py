"""Invented reports, built as records: what they export to does not depend on how well Sijill reads."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from sijill.export import Entry, Held, Order
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

__all__ = ["ORDER", "claim", "count", "day", "entry", "report", "sample"]

ORDER = Order(datetime(2026, 1, 31, 12, 0, tzinfo=UTC), "tester")
_S = Span(0, 3)


def count(who: CountWho, low: int | None, high: int | None, text: str, kind: CountKind = CountKind.KILLED) -> Count:
    return Count(kind, who, low, high, _S, text)


def day(first: date, last: date | None = None, precision: Precision = Precision.DAY) -> StatedDate:
    return StatedDate(first, last or first, _S, "أمس", precision)


def claim(kind: ClaimType = ClaimType.SHELLING, **fields: Any) -> Claim:
    identity = hashlib.sha256(repr((kind, sorted(fields.items()))).encode()).hexdigest()[:16]
    plain: dict[str, Any] = {
        "id": identity,
        "type": kind,
        "trigger": Span(4, 7),
        "trigger_text": "قصف",
        "sentence": Span(0, 20),
        "counts": (),
        "date": None,
        "places": (),
        "agents": (),
        "targets": (),
        "sources": (),
        "modality": Modality.ASSERTED,
    }
    return Claim(**{**plain, **fields})


def report(doc: str, *claims: Claim, **fields: Any) -> Report:
    plain: dict[str, Any] = {
        "doc": doc,
        "published": date(2024, 5, 12),
        "title": None,
        "url": None,
        "outlet": "وكالة المثال",
        "sha256": "sha256:" + hashlib.sha256(doc.encode()).hexdigest(),
        "claims": claims,
        "notes": (),
        "sijill": "0.1.0",
        "data": "0123456789ab+guidelines",
    }
    return Report(**{**plain, **fields})


def entry(doc: str, *claims: Claim, **fields: Any) -> Entry:
    return Entry(report(doc, *claims, **fields), tuple(Held(one) for one in claims))


EDLIB = Place(
    "إدلب",
    Span(30, 34),
    "إدلب",
    lat=35.9306,
    lon=36.6339,
    radius_km=5.0,
    precision="exact",
    place_id="sy-idlib",
    country="SY",
    pcode="SY07",
)
FARM = Place(
    "مزرعة سمير",
    Span(5, 15),
    "مزرعة سمير",
)
ARMY = Actor("قوات النظام", Span(10, 21), "قوات النظام", "sy-forces", "Syrian regime forces")
FACTION = Actor("هيئة تحرير الشام", Span(40, 56), "الهيئة", "sy-hts", "Hayat Tahrir al-Sham")
VICTIM = Actor("سمير عواد", Span(12, 21), "سمير عواد")
MARKET = Actor("سوق شعبي", Span(12, 20), "سوق شعبي")
WITNESS = Source("شقيقه خالد النجار", Span(1, 18), "شقيقه خالد النجار")
OBSERVER = Source("المرصد السوري لحقوق الإنسان", Span(1, 28), "المرصد السوري لحقوق الإنسان")


def sample() -> list[Entry]:
    """Three reports: strikes with tolls; an edited claim with its decisions and its text; one without claims."""
    shelling = claim(
        ClaimType.SHELLING,
        counts=(
            count(CountWho.CIVILIANS, 9, 9, "تسعة مدنيين"),
            count(CountWho.CHILDREN, 3, 3, "ثلاثة أطفال"),
            count(CountWho.CIVILIANS, 20, 99, "عشرات", CountKind.INJURED),
        ),
        date=day(date(2024, 5, 11)),
        places=(EDLIB,),
        agents=(ARMY,),
        sources=(OBSERVER,),
        why=("trigger:shelling", "place:known"),
    )
    clash = claim(
        ClaimType.ARMED_CLASH,
        counts=(count(CountWho.FIGHTERS, 20, 99, "عشرات المقاتلين"),),
        agents=(FACTION,),
        targets=(ARMY,),
        context_date=day(date(2024, 5, 5), date(2024, 5, 11), Precision.WEEK),
        context_places=(EDLIB,),
        modality=Modality.ALLEGED,
    )
    denied = claim(ClaimType.AIR_STRIKE, modality=Modality.DENIED, targets=(MARKET,))
    first = report(
        "first",
        shelling,
        clash,
        denied,
        title='=cmd|"/C calc"!A1',
        url="https://example.org/1",
        notes=(Note("years-away", "the lead dates this years before", Span(1, 5)), Note("language", "hardly any")),
        meta={"channel": "@example", "views": 12},
    )
    arrest = claim(
        ClaimType.DETENTION,
        counts=(count(CountWho.UNSPECIFIED, 1, 1, "سمير عواد", CountKind.DETAINED),),
        date=day(date(2024, 5, 1), date(2024, 5, 31), Precision.MONTH),
        places=(EDLIB, FARM),
        targets=(VICTIM,),
        sources=(WITNESS,),
    )
    edited = msgspec.structs.replace(arrest, agents=(FACTION,))
    decision = {"n": 1, "author": "reviewer", "time": "2026-01-02T03:04:05Z", "new_state": "edited", "reason": "said"}
    second = report("second", arrest, outlet=None, published=None)
    return [
        Entry(first, tuple(Held(one) for one in first.claims)),
        Entry(second, (Held(edited, "edited", arrest, (decision,)),), "نص الخبر\nعن سمير عواد"),
        entry("third"),
    ]

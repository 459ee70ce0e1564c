"""When and where a claim is likely to lie, by what the report tells around it: never stated of the claim itself.

A claim without a time (a place) of its own takes the one of the claim told last before it in its paragraph or the two
sentences before, else the one that the report's lead states once. Old history lends no time, and a time or place that
was itself lent is lent no further, so that `date` and `places` stay what the sentence states.

Source: the annotation guidelines ("do not carry one over from another sentence": hence fields of their own); the
inverted pyramid of news, whose lead says when and where (Bell 1991, The Language of News Media, ch. 8).
"""

from __future__ import annotations

import msgspec

from sijill.model import Claim, Place, StatedDate, Text

__all__ = ["in_context"]

_NEAR = 2
_LEAD = 3
_RECENT_DAYS = 31


def in_context(claims: tuple[Claim, ...], text: Text) -> tuple[Claim, ...]:
    """`claims` with `context_date` and `context_places` where their own are missing. Linear in the claims."""
    number = {sentence.start: at for at, sentence in enumerate(text.sentences)}
    at = [number.get(claim.sentence.start, 0) for claim in claims]
    lead_date = _only([c.date for c, k in zip(claims, at, strict=True) if k < _LEAD and _lends(c.date, text)])
    lead_places = next((c.places for c, k in zip(claims, at, strict=True) if k < _LEAD and c.places), ())
    date: tuple[int, StatedDate] | None = None
    places: tuple[int, tuple[Place, ...]] = (-9, ())
    rows = []
    for claim, k in zip(claims, at, strict=True):
        if claim.date is not None and _lends(claim.date, text):
            date = (k, claim.date)
        if claim.places:
            places = (k, claim.places)
        near_date = date[1] if date is not None and _holds(text, date[0], k) else lead_date
        near_places = places[1] if places[1] and _holds(text, places[0], k) else lead_places
        rows.append(
            msgspec.structs.replace(
                claim,
                context_date=None if claim.date is not None else near_date,
                context_places=() if claim.places else near_places,
            )
        )
    return tuple(rows)


def _holds(text: Text, before: int, at: int) -> bool:
    """Whether what sentence `before` states may hold for sentence `at`: near, or in the same paragraph."""
    if at - before <= _NEAR:
        return True
    given = text.document.text
    return "\n" not in given[text.sentences[before].end : text.sentences[at].start]


def _lends(date: StatedDate | None, text: Text) -> bool:
    """Whether a time is one that the report's own events may share: resolved, short, and not history."""
    if date is None or date.start is None or date.end is None or (date.end - date.start).days > _RECENT_DAYS:
        return False
    published = text.document.published
    return published is None or abs((published - date.end).days) <= _RECENT_DAYS


def _only(dates: list[StatedDate | None]) -> StatedDate | None:
    """The one time among `dates`; None where they differ."""
    found = {(date.start, date.end): date for date in reversed(dates) if date is not None}
    return next(iter(found.values())) if len(found) == 1 else None

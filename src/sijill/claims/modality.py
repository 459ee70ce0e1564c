"""How far a claim is said to be true: the modality of its scope, and the words that govern it in its clause.

Source: the annotation guidelines ("modality", "Blame"). Where several hold, a denial goes before an allegation, an
allegation before a plan, a plan before an estimate.
"""

from __future__ import annotations

from datetime import date

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.view import View
from sijill.model import Modality, StatedDate

__all__ = ["as_dated", "disowned", "modality_of"]

_ORDER = ("denied", "alleged", "planned", "estimated")
_REACH = 8
_CARRIED = 3  # words between a verb of the future and the noun that it carries


def modality_of(frame: Frame, scope: Modality, lexicon: ClaimLexicon) -> Modality:
    """The modality of a frame that stands in a scope of modality `scope`."""
    view = frame.view
    main = frame.main
    # "warned of an attack on the city that they besiege": the siege is no plan.
    relative = main.first > 0 and view.stems[main.first - 1] in lexicon.words.relatives
    if scope is Modality.PLANNED and relative and not main.noun:
        return Modality.ASSERTED
    # "called for an inquiry into the strike that killed": the strike is known.
    known = (
        main.noun
        and view.words[main.first].article
        and not lexicon.words.relatives.isdisjoint(view.stems[main.last : main.last + 3])
    )
    if scope is Modality.PLANNED and known:
        return Modality.ASSERTED
    if disowned(frame, lexicon):
        return Modality.DENIED
    if scope is not Modality.ASSERTED:
        return scope
    if any(hit.trigger.id == "clash.threat" for hit in frame.hits[1:]):
        return Modality.PLANNED  # عمليات لطالما هددت بها
    if _unverified(view, lexicon):
        return Modality.ALLEGED
    first = frame.hits[0].first
    start = max(frame.start, first - _REACH)
    start = next((at + 1 for at in range(first - 1, start - 1, -1) if view.is_mark(at)), start)
    words = view.stems[start : first + (main.trigger.id == "clash.threat")]
    for name in _ORDER:
        if not lexicon.modality[name].isdisjoint(words):
            return Modality(name)
    if main.trigger.planned and lexicon.words.over.isdisjoint(view.stems[max(0, main.first - _REACH) : main.first]):
        return Modality.PLANNED
    # The future س on the verb itself, or on the one that carries the noun (سيتم نقل).
    future = range(max(start, first - _CARRIED), first) if main.noun else (main.first,)
    if any("س" in view.words[at].proclitics for at in future):
        return Modality.PLANNED
    return Modality.ASSERTED


def as_dated(frame: Frame, modality: Modality, when: StatedDate | None, published: date | None) -> Modality:
    """What is told as a fact of a day after publication is planned: `تنطلق الثلاثاء المقبل جولة من المحادثات`.

    A verb of the past is no plan: there the day is wrong, which a note of the report says.
    """
    main = frame.main
    if not main.noun and not frame.view.stems[main.first].startswith(("ي", "ت")):
        return modality
    ahead = when is not None and when.start is not None and published is not None and when.start > published
    return Modality.PLANNED if ahead and modality is Modality.ASSERTED else modality


def disowned(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """`لا علاقة لقواته بتلك الضربة`: whether somebody says to have had nothing to do with the event."""
    first = frame.hits[0].first
    return lexicon.disowned.within(frame.view, range(max(0, first - _REACH), first))


def _unverified(view: View, lexicon: ClaimLexicon) -> bool:
    """`لم يتسن التحقق`: whether the sentence says that what it tells could not be checked."""
    words = lexicon.speech.words
    if words.unable.isdisjoint(view.stems):
        return False
    unable = (at for at, stem in enumerate(view.stems) if stem in words.unable)
    return any(not words.checking.isdisjoint(view.stems[at : at + 4]) for at in unable)

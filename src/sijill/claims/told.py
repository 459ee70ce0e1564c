"""Whether a mention of violence tells an event, or only comments on events.

Source: the annotation guidelines ("No claim", nominal back-references; opinion and analysis that name no action).
"""

from __future__ import annotations

from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.model import Claim

__all__ = ["tells"]


def tells(claim: Claim, frame: Frame, lexicon: ClaimLexicon) -> bool:
    """Whether `claim` says of whom, where, when or how many, beyond naming a kind of violence in general."""
    main = frame.main
    told = claim.counts or claim.date or claim.places or claim.agents or claim.targets
    if not told and not (claim.sources and _eventive(frame)):
        return _counted(frame)
    if main.trigger.tally and main.noun and frame.harm_only and not claim.counts:
        return False
    if claim.counts or not main.noun or frame.has_harm or len(frame.hits) > 1:
        return True
    view = frame.view
    word = view.words[main.first]
    before = view.stems[max(0, main.first - 5) : main.first]
    if before and before[-1] in lexicon.words.demonstratives and word.article:
        return bool(claim.date)
    plural = word.form.endswith("ات")
    if plural and word.article and not (claim.date or claim.places):
        return not (lexicon.light.isdisjoint(before) and lexicon.restate_forms.isdisjoint(before))
    return True


def _counted(frame: Frame) -> bool:
    """Whether a number counts the attacks: `من بينها 60 غارة وأكثر من 300 هجوم مدفعي`."""
    main, view = frame.main, frame.view
    return main.noun and not view.words[main.first].article and main.first in view.things


def _eventive(frame: Frame) -> bool:
    """Whether somebody's word tells an event that nothing else is said of: a verb, or one blast, strike or capture."""
    word = frame.view.words[frame.main.first]
    return not (frame.main.noun and word.form.endswith("ات"))

"""Whether a frame tells an event, or only speaks of one: a weapon that is named, what people fled from, a charge.

Source: the annotation guidelines ("No claim": nominal back-references that only anchor another event).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.retold import on_the_way
from sijill.claims.view import View

if TYPE_CHECKING:
    from sijill.claims.frames import Frame
    from sijill.claims.triggers import Hit

__all__ = ["stands"]

_CARRIED_REACH = 3
_FLED_BEFORE = 3  # how far before what people flee from their flight may stand


def stands(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """Whether the frame tells an event: no bare means, no bare back-reference (`بعد الهجوم`)."""
    view, hit = frame.view, frame.main
    if (
        len(frame.hits) == 1
        and hit.noun
        and lexicon.words.reactions.intersection(view.stems[max(0, hit.first - 2) : hit.first])
    ):
        return False
    if len(frame.hits) == 1 and frame.harm_only and hit.noun and on_the_way(view, hit.first, lexicon):
        return False
    if len(frame.hits) == 1 and hit.noun and _fled_from(view, hit, lexicon):
        return False
    if hit.trigger.id == "detain.court" and len(frame.hits) == 1 and "ب" in view.words[hit.first].proclitics:
        return False  # بتهمة التخابر: why, not what
    if len(frame.hits) == 1 and hit.noun and hit.first and view.stems[hit.first - 1] in lexicon.words.follows:
        return False  # الاشتباك الذي أعقب التفجير
    if len(frame.hits) == 1 and _set_beside(view, hit, lexicon):
        return False
    if hit.trigger.means and len(frame.hits) == 1:
        before = [*view.stems[max(0, hit.first - 4) : hit.first], *view.stems[hit.last : hit.last + 2]]
        return any(stem in lexicon.words.lands for stem in before)
    if len(frame.hits) > 1 or not hit.noun or not view.words[hit.first].article:
        return True
    if frame.has_harm:
        return True
    if _in_phase(view, hit, lexicon):
        return False
    carried_on = lexicon.light.intersection(view.stems[max(0, hit.first - _CARRIED_REACH) : hit.first])
    return not view.preposition(hit.first) or _complement(view, hit, lexicon) or bool(carried_on)


def _set_beside(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`وتزامنت الغارة مع قصف`, `تلا الهجوم بيان`: a known event that only tells when something else was."""
    known = hit.noun and view.words[hit.first].article and hit.first > 0
    if not known or view.stems[hit.first - 1] not in lexicon.words.coincides or hit.last >= len(view):
        return False
    if view.preposition(hit.first - 1):
        return True  # على خلفية التظاهرات
    after = view.words[hit.last]
    return view.has(lexicon.words.with_, hit.last) or (not after.article and after.proclitics[-1:] not in ("ب", "ل"))


def _in_phase(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`وبعد بدء المعركة، …`: an attack whose beginning or end only places something else in time."""
    at = hit.first
    phased = at > 1 and view.stems[at - 1] in lexicon.words.phases and view.stems[at - 2] in lexicon.words.phase_times
    return phased and not _complement(view, hit, lexicon)


def _fled_from(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`الفارين من القصف`: an attack that is told as what people flee from."""
    fled = lexicon.words.flees.intersection(view.stems[max(0, hit.first - _FLED_BEFORE) : hit.first])
    return bool(fled) and hit.trigger.role != "harm" and view.preposition(hit.first) == "من"


def _complement(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """Whether the noun is followed by something of its own: an adjective, a place, a party, a target."""
    for at in range(hit.last, min(len(view), hit.last + 4)):
        if view.is_mark(at):
            return False
        if at in view.covered or at in view.amounts or at in view.things:
            return True
        if view.stems[at] in lexicon.ground and not view.words[at].article:
            return True  # السيطرة على منطقة حدودية
    return False

"""The people that a relative sentence tells of: `أفرج عن 57 متظاهرا كانوا قد اعتقلوا`.

The head of the sentence stands in the clause before; its verb has no object, so that what it says befell them.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2, § 172 (relative sentences behind an indefinite noun).
"""

from __future__ import annotations

from sijill.claims.frames import Frame
from sijill.claims.governors import does
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.view import View
from sijill.model import CountKind, MentionKind, Quantity, WordKind

__all__ = ["head_of"]

_BEFALLS = frozenset(
    [
        *(CountKind.KILLED, CountKind.INJURED, CountKind.ABDUCTED, CountKind.DETAINED, CountKind.RELEASED),
        *(CountKind.MISSING, CountKind.DISPLACED, CountKind.SURRENDERED),
    ]
)
_REACH = 3
_PLURAL = "وا"


def head_of(frame: Frame, lexicon: ClaimLexicon) -> tuple[Quantity, CountKind] | None:
    """The amount that the relative sentence of the frame's verb is about, and what befell them; None without one."""
    view, main = frame.view, frame.main
    kind = main.trigger.count
    word = view.words[main.first]
    # The dual (خطفا) is spelled as the noun of action is.
    if main.noun or does(main) or kind is None or kind not in _BEFALLS or not word.form.endswith(_PLURAL):
        return None
    if word.proclitics or word.enclitic or _has_object(view, main.last):
        return None
    at = main.first - 1
    while at > 0 and not view.words[at].proclitics and (view.stems[at] in lexicon.words.auxiliaries):
        at -= 1
    for back in range(at, max(-1, at - _REACH), -1):
        head = view.amounts.get(back)
        if head is not None:
            return (head, kind) if not head.definite and head.high != 1 else None
        if view.words[back].kind is not WordKind.WORD:
            return None
    return None


def _has_object(view: View, at: int) -> bool:
    """`مسلحين خطفوا عشرة عمال`: people or a party right behind the verb suffer it."""
    if at in view.amounts:
        return not view.preposition(at)
    mention = view.covered.get(at)
    return mention is not None and mention.kind in (MentionKind.ACTOR, MentionKind.PEOPLE) and not view.preposition(at)

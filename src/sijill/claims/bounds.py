"""Where the clauses of a sentence that tells several events part.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2 (conjunctions; the verbal sentence and its subject).
"""

from __future__ import annotations

from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.view import View
from sijill.model import MentionKind

__all__ = ["clause_break", "clause_end"]


def clause_end(view: View, told: int, end: int, lexicon: ClaimLexicon) -> int:
    """Where the clause whose triggers end before `told` ends, `end` at the latest.

    It does where a word opens another one (`حيث`, `فيما`), even if that one tells no event.
    """
    for at in lexicon.boundary.all(view):
        if told < at < end and (view.is_mark(at - 1) or view.joined(at)):
            return at
    return end


def _listed(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether the word joined by و goes on with a list of names, not with a clause."""
    return at in view.covered or at in view.amounts or view.stems[at] in lexicon.ground


def clause_break(view: View, first: int, last: int, lexicon: ClaimLexicon) -> int:
    """Where the clause of the trigger at `last` begins, behind what belongs to the one that ends at `first`."""
    carries = last - 2 > first and view.stems[last - 1] in lexicon.light and not view.joined(last - 1)
    verb = last - 1 if carries else last  # والطيران يشن غارات
    subject = view.covered.get(verb - 1) if verb - 1 > first else None
    if subject is not None and subject.kind is MentionKind.ACTOR and subject.last - view.base == verb:
        begins = subject.first - view.base
        before = view.covered.get(begins - 1)
        row = before is not None and before.kind is MentionKind.ACTOR  # الجيش والحشد يهاجمان
        if begins > first and view.words[begins].proclitics == "و" and not view.joined(last) and not row:
            return begins  # … والتنظيم يهاجم
    comma = 0
    opened = lexicon.boundary.all(view)
    for at in range(last - 1, first - 1, -1):
        if at in opened and (at > first or view.stems[at] == "مع"):
            return at  # تزامنت الغارات مع قيام …
        if view.is_mark(at):
            if at + 1 < len(view) and view.joined(at + 1):
                if not _listed(view, at + 1, lexicon):
                    return at + 1
                continue
            comma = comma or at + 1
        elif (
            view.stems[at] in lexicon.words.relatives_of_effect
            and at + 1 < last
            and view.stems[at + 1] in lexicon.effect
        ):
            return at
    for at in range(last, first - 1, -1):
        if at < len(view) and view.joined(at) and at not in view.covered and at not in view.amounts:
            return at
    return comma or last

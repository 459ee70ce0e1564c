"""Quotations that run on over sentences: what one leaves open, the next goes on saying until it is closed."""

from __future__ import annotations

from sijill.claims.view import View

__all__ = ["LONGEST", "closing", "left_open", "same_paragraph"]

LONGEST = 8
"""A quotation is given up behind so many sentences, and at the end of its paragraph: its end was forgotten."""

_BEGINS = 4  # words of what is said, within which its quotation begins
_CLOSING = {"«": "»", "“": "”", "„": "“", '"': '"', "‹": "›"}


def left_open(view: View, first: int) -> str:
    """The mark that closes the quotation which opens right behind word `first`, if it is left open, else ''.

    Quotations further on are names, and where one of them is not closed the writer forgot to.
    """
    opens = next((at for at in range(first, min(len(view), first + _BEGINS)) if view.words[at].form in _CLOSING), None)
    if opens is None:
        return ""
    awaited = _CLOSING[view.words[opens].form]
    return "" if any(word.form == awaited for word in view.words[opens + 1 :]) else awaited


def closing(view: View, awaited: str) -> int:
    """The word of `view` that is the `awaited` mark; its length where there is none."""
    return next((at for at, word in enumerate(view.words) if word.form == awaited), len(view))


def same_paragraph(view: View) -> bool:
    """Whether the sentence of `view` stands on the line of the one before it."""
    if not view.number:
        return False
    before = view.text.sentences[view.number - 1].end
    return "\n" not in view.text.document.text[before : view.sentence.start]

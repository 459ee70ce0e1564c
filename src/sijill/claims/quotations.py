"""What is said over several sentences: a quotation that one leaves open, and the lines below a colon."""

from __future__ import annotations

from sijill.claims.view import View

__all__ = ["LONGEST", "closing", "goes_on", "left_open"]

LONGEST = 8
"""A quotation is given up behind so many sentences, and at the end of its paragraph: its end was forgotten."""

_COLON = ":"
_BULLETS = frozenset("-–—•*▪●·")
_BEGINS = 4  # words of what is said, within which its quotation begins
_CLOSING = {"«": "»", "“": "”", "„": "“", '"': '"', "‹": "›"}


def left_open(view: View, first: int) -> str:
    """The mark that closes the quotation which opens right behind word `first`, if it is left open; a colon where the
    sentence ends in one; else ''.

    Quotations further on are names, and where one of them is not closed the writer forgot to.
    """
    if view.words[-1].form == _COLON:
        return _COLON
    opens = next((at for at in range(first, min(len(view), first + _BEGINS)) if view.words[at].form in _CLOSING), None)
    if opens is None:
        return ""
    awaited = _CLOSING[view.words[opens].form]
    return "" if any(word.form == awaited for word in view.words[opens + 1 :]) else awaited


def goes_on(view: View, awaited: str, sentences: int) -> bool:
    """Whether the sentence of `view` belongs to what was left open so many `sentences` ago.

    Below a colon these are the next line, and every line with a dash or a bullet.
    """
    if not awaited or not view.words:
        return False
    if awaited == _COLON:
        return sentences == 0 or view.words[0].form in _BULLETS or _same_paragraph(view)
    return sentences < LONGEST and _same_paragraph(view)


def closing(view: View, awaited: str) -> int:
    """The word of `view` that closes what was left open; its length where none does."""
    if awaited == _COLON:
        return len(view)
    return next((at for at, word in enumerate(view.words) if word.form == awaited), len(view))


def _same_paragraph(view: View) -> bool:
    """Whether the sentence of `view` stands on the line of the one before it."""
    if not view.number:
        return False
    before = view.text.sentences[view.number - 1].end
    return "\n" not in view.text.document.text[before : view.sentence.start]

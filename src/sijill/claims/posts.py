"""Embedded posts: the signature below a post names who says the lines above it.

The text room lists signatures as furniture (`tweet-author`, `tweet-name`), so that their words are no words of the
report; their characters are still there to be read.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from sijill.claims.view import View
from sijill.model import Furniture, Source, Span

__all__ = ["signature"]

_RULES = ("tweet-author", "tweet-name")
_NAME = re.compile(r"\s*[—–-] ?(.{1,80}?) ?\(@")
_LINE = 120  # characters of a signature
_LONGEST = 1_200  # characters between a sentence of a post and its signature
_BLANK = re.compile(r"\n[ \t]*\n")


def signature(view: View) -> Source | None:
    """Who signed the post that the sentence of `view` stands in; None where it stands in none."""
    furniture = view.text.furniture
    if not furniture:
        return None
    text, end = view.text.document.text, view.sentence.end
    at = bisect_left(furniture, end, key=_start)
    while at < len(furniture) and furniture[at].start <= end + _LONGEST:
        signed = _signed(text, furniture[at]) if furniture[at].rule in _RULES else None
        if signed is not None:
            between = text[view.sentence.start : furniture[at].start].rstrip()
            return None if _BLANK.search(between) else signed
        at += 1
    return None


def _start(item: Furniture) -> int:
    return item.start


def _signed(text: str, item: Furniture) -> Source | None:
    match = _NAME.match(text, item.start, item.start + _LINE)
    if match is None:
        return None
    name = match[1]
    return Source(name, Span(match.start(1), match.end(1)), name)

"""Parts of a text on one line, the words that were searched for set off."""

from __future__ import annotations

import click

from sijill.cli.wording import smooth
from sijill.model import Span

__all__ = ["excerpt", "near"]

_AROUND = 60  # characters shown before and behind the first word found
_LINE = 240


def near(text: str, span: Span) -> Span:
    """The characters around `span`."""
    return Span(max(0, span.start - _AROUND), min(len(text), span.end + _AROUND))


def excerpt(text: str, part: Span, spans: tuple[Span, ...], *, on: bool) -> str:
    """The characters of `part`, a long one shortened, the words found set off on a terminal."""
    at, end = part.start, min(part.end, part.start + _LINE)
    pieces = []
    for span in spans:
        if at <= span.start and span.end <= end:
            word = smooth(text[span.start : span.end])
            pieces += [smooth(text[at : span.start]), click.style(word, bold=True, underline=True) if on else word]
            at = span.end
    line = "".join([*pieces, smooth(text[at:end]), "…" if end < part.end else ""]).strip()
    return f"\u2067{line}\u2069"

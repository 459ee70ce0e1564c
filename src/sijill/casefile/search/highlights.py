"""Where the words that were searched for stand: characters of the title and of the text as given."""

from __future__ import annotations

import msgspec

from sijill.casefile.search.words import spans_of, wording
from sijill.model import Document, Span

__all__ = ["Highlights", "highlights"]


class Highlights(msgspec.Struct, frozen=True):
    """Each place where a word or phrase stands, whole words with their clitics, in order."""

    title: tuple[Span, ...]
    text: tuple[Span, ...]


def highlights(document: Document, asked: str) -> Highlights:
    """Where the words of `asked` stand in `document`. Raises ConfigError where it has no word."""
    cut = wording()
    terms = cut.terms(asked)
    title = spans_of(cut.tokens(document.title), terms) if document.title else ()
    return Highlights(title, spans_of(cut.tokens(document.text), terms))

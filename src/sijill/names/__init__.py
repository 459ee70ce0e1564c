"""Text → Mention: actors, places, sources, targets, groups of people; who is named, and where.

`NameReader` holds what is loaded once; `NameReader.read(text, values)` gives the mentions in text order.
"""

from __future__ import annotations

from pathlib import Path

from sijill.model import Mention, Text, Values
from sijill.names.actors import ActorFinder
from sijill.names.knowledge import load_knowledge
from sijill.names.view import View

__all__ = ["NameReader", "lexicon_words"]


def lexicon_words(overlay: Path | None = None) -> tuple[str, ...]:
    """The words of the names room's data that clitics may stand before; for `TextReader(extra=…)`."""
    return load_knowledge(overlay).words


class NameReader:
    """Reads who and where is named. Raises ResourceError when the data or the overlay is wrong."""

    def __init__(self, overlay: Path | None = None) -> None:
        self._actors = ActorFinder(load_knowledge(overlay))

    def read(self, text: Text, values: Values) -> tuple[Mention, ...]:
        """All mentions of `text`, in text order."""
        view = View(text)
        return tuple(self._actors.find(view, {}, frozenset()))

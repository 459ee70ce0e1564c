"""A reader of names that is loaded once, and what reads a sentence with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.model import Document, Mention, MentionKind, Text, Values
from sijill.names import NameReader, lexicon_words
from sijill.text import TextReader
from sijill.values import lexicon_words as value_words

Find = Callable[..., list[Mention]]


@pytest.fixture(scope="session")
def cut() -> Callable[[str], Text]:
    """Cuts a sentence into words that know the names room's lexicon."""
    reader = TextReader(extra=(*lexicon_words(), *value_words()))
    return lambda text: reader.read(Document("test", text))


@pytest.fixture(scope="session")
def names() -> NameReader:
    """The reader with its own data."""
    return NameReader()


@pytest.fixture(scope="session")
def find(cut: Callable[[str], Text], names: NameReader) -> Find:
    """The mentions of a sentence, of the kinds given."""

    def found(text: str, *kinds: MentionKind) -> list[Mention]:
        return [m for m in names.read(cut(text), Values()) if not kinds or m.kind in kinds]

    return found

"""Readers that the tests of values share; loading them once a session keeps the tests quick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from sijill.model import Document, Values
from sijill.text import TextReader
from sijill.values import ValueReader, lexicon_words

PUBLISHED = date(2019, 3, 23)  # a Saturday

Read = Callable[..., Values]


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads the values of a text published on 23 March 2019, or on another day, or on none."""
    texts = TextReader(lexicon_words(), whole=True)
    readers = {
        (prefer, policy, week_start): ValueReader(prefer=prefer, policy=policy, week_start=week_start)
        for prefer in ("past", "future")
        for policy in ("guidelines", "acled")
        for week_start in (None, "monday")
    }

    def values(
        text: str,
        published: date | None = PUBLISHED,
        *,
        prefer: str = "past",
        policy: str = "guidelines",
        week_start: str | None = None,
    ) -> Values:
        return readers[prefer, policy, week_start].read(texts.read(Document(id="t", text=text, published=published)))

    return values

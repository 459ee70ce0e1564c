"""A reader of the text room, loaded once."""

from __future__ import annotations

import pytest

from sijill.text import TextReader


@pytest.fixture(scope="session")
def text_reader() -> TextReader:
    """The text room with its own data and no other room's words."""
    return TextReader()

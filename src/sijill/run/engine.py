"""What reads a document in bulk work: the reader and the triage before it, made from the settings by a factory."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from sijill.errors import ConfigError
from sijill.model import Document, Report
from sijill.run.records import Settings

__all__ = ["Engine", "Look", "engine", "load"]


class Look(Protocol):
    """What triage says of a document."""

    @property
    def holds(self) -> bool:
        """Whether it may hold a claim."""

    @property
    def points(self) -> int:
        """What speaks for it."""

    @property
    def needed(self) -> int:
        """How much of that was needed."""

    @property
    def why(self) -> tuple[str, ...]:
        """The words that spoke for it."""


class Engine(msgspec.Struct, frozen=True):
    """`read` gives the record of a document; `look`, where there is one, says first whether it may hold a claim."""

    read: Callable[[Document], Report]
    look: Callable[[Document], Look] | None = None


def load(settings: Settings) -> Engine:
    """Sijill's own reader. Raises ResourceError, InputError or ConfigError as it does."""
    from sijill.pipeline import Reader  # noqa: PLC0415  (a reader of one's own needs none of it)

    lexicon = Path(settings.lexicon) if settings.lexicon else None
    reader = Reader(lexicon, settings.policy, settings.places)
    return Engine(reader.read, reader.triage().look if settings.triage else None)


def engine(settings: Settings) -> Engine:
    """The engine that the settings name. Raises ConfigError where there is no such factory."""
    module, _, name = settings.reader.partition(":")
    try:
        factory = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigError(f"no reader '{settings.reader}' ({error}); it is named module:factory") from error
    made = factory(settings)
    if not isinstance(made, Engine):
        raise ConfigError(f"'{settings.reader}' gives no sijill.run.Engine")
    return made

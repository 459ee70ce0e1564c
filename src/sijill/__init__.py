"""Sijill reads Arabic conflict news and gives the record: who did what to whom, where, when, how many, says who.

`read(text, published=…)` gives the `Report` of one text. A `Reader` is loaded once and reads many `Document`s, which
`read_inputs` takes from files. Every field of a claim carries the characters that it was read from.

Importing this package loads nothing; names are fetched when they are first used.
"""

from __future__ import annotations

import importlib
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from sijill.errors import ConfigError, InputError, ResourceError, SijillError
    from sijill.model import (
        Actor,
        Claim,
        ClaimType,
        Count,
        CountKind,
        CountWho,
        Document,
        Modality,
        Note,
        Place,
        Precision,
        Report,
        Source,
        Span,
        StatedDate,
    )
    from sijill.pipeline import Reader
    from sijill.sources import Rejected, read_inputs

    __version__: str

__all__ = [
    "Actor",
    "Claim",
    "ClaimType",
    "ConfigError",
    "Count",
    "CountKind",
    "CountWho",
    "Document",
    "InputError",
    "Modality",
    "Note",
    "Place",
    "Precision",
    "Reader",
    "Rejected",
    "Report",
    "ResourceError",
    "SijillError",
    "Source",
    "Span",
    "StatedDate",
    "__version__",
    "read",
    "read_inputs",
]

_HOMES = {
    "sijill.errors": ("ConfigError", "InputError", "ResourceError", "SijillError"),
    "sijill.pipeline": ("Reader",),
    "sijill.sources": ("Rejected", "read_inputs"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def read(
    text: str,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    id: str = "text",  # noqa: A002  (the record's own name for it)
    lexicon: Path | None = None,
    places: Path | str | Sequence[Path | str] = (),
) -> Report:
    """The record of one report.

    `published` is a date or `YYYY-MM-DD`; without it relative dates stay unresolved. `lexicon` is a folder whose files
    are laid over Sijill's own. `places` is a gazetteer that `sijill places build` made, or several. Raises InputError
    for an empty text, one past a million characters, one with an unpaired surrogate, or a file that is no gazetteer;
    ResourceError for a wrong lexicon. What is loaded is kept for the next call.
    """
    from sijill.model import Document
    from sijill.sources.record import checked, day

    when = day(published) if isinstance(published, str) else published
    files = tuple(_seen(file) for file in ((places,) if isinstance(places, str | os.PathLike) else places))
    return _reader(lexicon, files).read(checked(Document(id, text, when, title, outlet=outlet)))


def _seen(file: Path | str) -> tuple[str, int]:
    """The file, and when it was written: one that was built again is opened again."""
    from pathlib import Path

    try:
        return os.fspath(file), Path(file).stat().st_mtime_ns
    except OSError:  # the reader says what is wrong with it
        return os.fspath(file), 0


@lru_cache(maxsize=2)
def _reader(lexicon: Path | None, places: tuple[tuple[str, int], ...]) -> Reader:
    from pathlib import Path

    from sijill.pipeline import Reader

    return Reader(lexicon, places=tuple(Path(file) for file, _ in places))


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("sijill")
    if name not in __all__:
        raise AttributeError(f"module 'sijill' has no attribute '{name}'")
    return getattr(importlib.import_module(_HOME.get(name, "sijill.model")), name)


def __dir__() -> list[str]:
    return __all__

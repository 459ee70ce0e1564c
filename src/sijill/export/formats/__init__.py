"""Formats: one module each, with `write(folder, entries, context) -> tuple[Resource, ...]`.

A profile names its format as `writer`. The entries come once, in order, and a format streams them: it keeps no more
than a report in memory. The same entries and context give the same bytes.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Protocol

from sijill.errors import ResourceError
from sijill.export.context import Context
from sijill.export.entry import Entry
from sijill.export.folder import Folder
from sijill.export.profile import Profile
from sijill.export.resource import Resource

__all__ = ["Write", "writer"]


class Write(Protocol):
    """Writes the entries into the folder and says which files it made."""

    def __call__(self, folder: Folder, entries: Iterable[Entry], context: Context) -> tuple[Resource, ...]:
        """The files made, each described."""


def writer(profile: Profile) -> Write:
    """The function that writes `profile`. Raises ResourceError where there is none."""
    file = f"export/profiles/{profile.name}.toml"
    known = profile.writer.isidentifier()
    try:
        write: Write = importlib.import_module(f"{__name__}.{profile.writer if known else '-'}").write
    except (ImportError, AttributeError) as error:
        raise ResourceError(f"there is no format {profile.writer!r}", file=file, key="profile.writer") from error
    return write

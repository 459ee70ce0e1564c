"""The exceptions of Sijill.

    SijillError
    ├── InputError      a report that cannot be read: what, where, how to mend
    ├── ResourceError   a data file that is wrong: file, line, key
    ├── ConfigError     an option or setting that makes no sense
    ├── StoreError      the case file
    ├── RunError        bulk work
    └── BackendError    an optional model-backed reader

"Nothing found" is never an error: it is an empty tuple.
"""

from __future__ import annotations

__all__ = [
    "BackendError",
    "ConfigError",
    "InputError",
    "ResourceError",
    "RunError",
    "SijillError",
    "StoreError",
]


class SijillError(Exception):
    """Base of every error that Sijill raises on purpose; its text is one line for a person."""


class InputError(SijillError):
    """An input that cannot be read: says what, where, and how to mend it."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(f"{where + ': ' if where else ''}{what}{' (' + mend + ')' if mend else ''}")


class ResourceError(SijillError):
    """A data file of Sijill, or a user's overlay of one, that is wrong."""

    def __init__(self, what: str, *, file: str = "", line: int | None = None, key: str = "") -> None:
        self.what, self.file, self.line, self.key = what, file, line, key
        place = ":".join(str(part) for part in (file, line, key) if part not in (None, ""))
        super().__init__(f"{place + ': ' if place else ''}{what}")


class ConfigError(SijillError):
    """An option or setting that makes no sense."""


class StoreError(SijillError):
    """The case file cannot be opened, read or written."""


class RunError(SijillError):
    """Bulk work that cannot start or go on."""


class BackendError(SijillError):
    """An optional model-backed reader that fails."""

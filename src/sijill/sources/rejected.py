"""An input that is no report: where it stands, what is wrong, how to mend it."""

from __future__ import annotations

import msgspec

from sijill.errors import InputError

__all__ = ["Rejected"]


class Rejected(msgspec.Struct, frozen=True):
    """One input, or one line of one, that was not read. `str()` gives the line for a person."""

    where: str
    what: str
    mend: str = ""

    @classmethod
    def of(cls, error: InputError, where: str) -> Rejected:
        """The rejection that `error` tells of; `where` is used if the error does not know the place itself."""
        return cls(error.where or where, error.what, error.mend)

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}"
        if self.mend:
            line += f" ({self.mend})"
        # A file's name may hold anything; the log is one printable line all the same.
        return "".join(char if char.isprintable() else "\ufffd" for char in line)

"""What `verify` and `doctor` find."""

from __future__ import annotations

import msgspec

__all__ = ["Problem"]


class Problem(msgspec.Struct, frozen=True):
    """One finding: `kind` is chain, row, bytes or file, `subject` which one, `what` how it is not as it should be."""

    kind: str
    subject: str
    what: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.what}"

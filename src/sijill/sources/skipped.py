"""What an input holds besides reports: passed over, counted by reason, told of in one line."""

from __future__ import annotations

import logging
from collections import Counter

__all__ = ["Skipped"]

_log = logging.getLogger("sijill.sources")
_MOST = 12


class Skipped:
    """Counts by reason; `tell` says them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, reason: str) -> None:
        """One more for `reason`, of which only so many are kept apart."""
        line = "".join(char if char.isprintable() else "\ufffd" for char in reason[:60])
        self.counts[line if line in self.counts or len(self.counts) < 100 else "other"] += 1

    def tell(self, where: str, things: str) -> None:
        """A line on the log, the commonest reason first; nothing where nothing was passed over."""
        if self.counts:
            _log.warning("%s: %s passed over: %d (%s)", where, things, self.counts.total(), self)

    def __str__(self) -> str:
        found = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
        parts = [f"{count} {reason}" for reason, count in found[:_MOST]]
        rest = sum(count for _, count in found[_MOST:])
        return ", ".join([*parts, f"{rest} other"] if rest else parts)

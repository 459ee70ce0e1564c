"""What hashes are made over: JSON in one form only, and times in one form only."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

__all__ = ["Clock", "canonical", "digest", "now", "sha256_of", "stamp"]

from collections.abc import Callable

Clock = Callable[[], datetime]


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def stamp(time: datetime) -> str:
    """`time` as ISO 8601 in UTC with microseconds, `2024-05-08T10:00:00.000000Z`: later is greater, as text too."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: Any) -> str:
    """`value` as JSON without blanks, the keys of objects sorted."""
    return msgspec.json.encode(value, order="deterministic").decode("utf-8")


def sha256_of(content: bytes) -> str:
    """Hash of bytes, as `sha256:` and 64 hex digits."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def digest(value: Any) -> str:
    """Hash of `value` in its canonical form."""
    return sha256_of(canonical(value).encode("utf-8"))

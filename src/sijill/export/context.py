"""What the makers of rows and files may know beside the claims: the time of the export, other schemes, the versions."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from pathlib import Path

from sijill.export.profile import Profile
from sijill.export.schemes import Schemes, load_schemes

__all__ = ["Context"]


class Context:
    """One export: its profile, its time (UTC, whole seconds), and the data of other schemes."""

    def __init__(self, profile: Profile, at: datetime, overlay: Path | None = None) -> None:
        self.profile = profile
        self.at = at
        self.overlay = overlay

    @cached_property
    def schemes(self) -> Schemes:
        """Other schemes, loaded when first asked for. Raises ResourceError where their data is wrong."""
        return load_schemes(self.overlay)

    @property
    def time(self) -> str:
        """The time of the export, as in `2026-01-31T12:00:00Z`."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")

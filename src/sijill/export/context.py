"""What the makers of rows and files may know beside the claims: the profile, the time of the export, the data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sijill.export.known_names import NamesShown
from sijill.export.profile import Profile, load_codes, load_profile
from sijill.export.public_rules import PublicRules, load_rules
from sijill.export.schemes import Schemes, load_schemes

__all__ = ["Context", "Loaded"]


class Loaded:
    """The data that exports need, each part loaded when it is first asked for and then kept; for one or many exports.

    `overlay` is a folder laid over the data. Everything raises ResourceError where the data is wrong.
    """

    def __init__(self, overlay: Path | None = None) -> None:
        self.overlay = overlay
        self._names: dict[str, NamesShown] = {}

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """What codes mean, by list."""
        return load_codes(self.overlay)

    @cached_property
    def schemes(self) -> Schemes:
        """Other schemes."""
        return load_schemes(self.overlay)

    def profile(self, name: str) -> Profile:
        """The profile of that name; ConfigError where there is none."""
        return load_profile(name, self.overlay, self.codes)

    def rules(self, name: str) -> PublicRules:
        """The rules of that name for what the public may see; ConfigError where there are none."""
        return load_rules(name, self.overlay)

    def names(self, rules: PublicRules) -> NamesShown:
        """Which names may be shown by these rules."""
        if rules.meta.id not in self._names:
            self._names[rules.meta.id] = NamesShown(rules.names, self.overlay)
        return self._names[rules.meta.id]


class Context:
    """One export: its profile, its time (UTC, whole seconds), and the data."""

    def __init__(self, profile: Profile, at: datetime, loaded: Loaded) -> None:
        self.profile = profile
        self.at = at
        self.loaded = loaded

    @property
    def schemes(self) -> Schemes:
        """Other schemes, loaded when first asked for. Raises ResourceError where their data is wrong."""
        return self.loaded.schemes

    @property
    def time(self) -> str:
        """The time of the export, as in `2026-01-31T12:00:00Z`."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")

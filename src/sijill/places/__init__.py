"""names → points: the gazetteer (shipped, built by the user, looked up) and the resolver that says how sure it is.

`PlaceReader` loads what is needed once; `PlaceReader.read(text, values, mentions, claims)` gives the claims with their
places resolved, and each decision with what spoke for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from sijill.model import Claim, Mention, Note, Text, Values
from sijill.places.entry import FileGazetteer, key_of
from sijill.places.resolver import Resolution, Resolved, Resolver
from sijill.places.rules import ResolverRules
from sijill.places.shipped import ShippedGazetteer, load_shipped

__all__ = ["PlaceReader", "Resolution", "Resolved"]

_TOWNS = frozenset(("settlement", "quarter", "camp"))
_REMEMBERED = 8192


class PlaceReader:
    """Gives places their points by the shipped gazetteer and the `built` files, which are asked in that order.

    Raises ResourceError where a data file is wrong, InputError where a file is no gazetteer that can be read.
    """

    def __init__(self, lexicon: Path | None = None, built: Sequence[Path] = ()) -> None:
        self.built: tuple[FileGazetteer, ...] = _opened(built)
        self.shipped: ShippedGazetteer = load_shipped(lexicon)
        self.rules = ResolverRules(lexicon)
        self._resolver = Resolver(self.shipped, self.built, self.rules)
        self._known: dict[str, bool] = {}
        self._warnings = tuple(
            Note("empty-gazetteer", f"the gazetteer {path} has no place: nothing can be found in it")
            for path, gazetteer in zip(built, self.built, strict=True)
            if not len(gazetteer)
        )

    @property
    def version(self) -> str:
        """The digests of the built gazetteers, each behind a plus; empty where there are none."""
        return "".join(f"+{gazetteer.digest}" for gazetteer in self.built)

    def knows(self, name: str) -> bool:
        """Whether a built gazetteer has a town, quarter or camp of that name: evidence for the finder of names."""
        found = self._known.get(name)
        if found is None:
            key = key_of(name)
            found = any(entry.kind in _TOWNS for gazetteer in self.built for entry in gazetteer.exact(key))
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[name] = found
        return found

    def read(self, text: Text, values: Values, mentions: Sequence[Mention], claims: Iterable[Claim]) -> Resolved:
        """The claims with their places, the decisions, and notes; an empty gazetteer is noted on every report."""
        found = self._resolver.resolve(text, values, mentions, claims)
        return msgspec.structs.replace(found, notes=(*self._warnings, *found.notes)) if self._warnings else found


def _opened(paths: Sequence[Path]) -> tuple[FileGazetteer, ...]:
    if not paths:
        return ()
    from sijill.places.store import open_gazetteer  # noqa: PLC0415  (SQLite only where a file is given)

    return tuple(open_gazetteer(path) for path in paths)

"""What the public may see of a report: names masked, sensitive places coarsened, all else left out; and a log of it.

Masking changes the records before any format sees them, so that no format can forget it. The columns of a public
profile are checked against the allow-list besides. Actors of the knowledge base, none of which is a private person,
bear the name that they have there. A place of a sensitive claim is coarsened in the other claims of its report as well.

Source: `[meta]` of `export/public.toml`.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sijill.export.context import Context
from sijill.export.entry import Entry, Held
from sijill.export.public_rules import PublicRules
from sijill.model import Actor, Claim, Place, Report, Span

__all__ = ["Mask"]

_NOWHERE = Span(0, 0)
_DEGREE_KM = 111.32
_ID_DIGITS = 16
_DISTRICT = "district"


class Mask:
    """Entries as the public may see them, and how much was hidden."""

    def __init__(self, rules: PublicRules, context: Context) -> None:
        self._rules = rules
        self._context = context
        self._shown = context.loaded.names(rules)
        self._masked: Counter[str] = Counter()
        self._coarse: Counter[str] = Counter()

    def entries(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries, each without its text, notes and whatever else the public may not see."""
        for entry in entries:
            secret = self._secret(entry)
            held = tuple(Held(self._claim(one.claim, secret), one.state) for one in entry.held)
            yield Entry(_report(entry.report, held), held, None)

    def told(self) -> dict[str, Any]:
        """What was hidden, for the manifest."""
        sensitive = self._rules.sensitive
        return {
            "rules": self._rules.meta.id,
            "version": self._rules.meta.version,
            "masked": dict(sorted(self._masked.items())),
            "coarsened": {**dict(sorted(self._coarse.items())), "grid_degrees": sensitive.grid_degrees},
            "allowed": self._rules.allow,
        }

    def _secret(self, entry: Entry) -> frozenset[str]:
        """The places of the report's sensitive claims."""
        claims = (one.claim for one in entry.held if self._is_sensitive(one.claim))
        return frozenset(_key(place) for claim in claims for place in (*claim.places, *claim.context_places))

    def _is_sensitive(self, claim: Claim) -> bool:
        rules = self._rules.sensitive
        return claim.type in rules.types or any(
            count.kind in rules.kinds or count.who in rules.who for count in claim.counts
        )

    def _claim(self, claim: Claim, secret: frozenset[str]) -> Claim:
        only = None
        if self._is_sensitive(claim):
            self._coarse["claims"] += 1
            only = self._rules.sensitive.names
        hidden: list[str] = []
        changed = msgspec.structs.replace(
            claim,
            counts=tuple(msgspec.structs.replace(count, span=_NOWHERE, text="") for count in claim.counts),
            places=tuple(self._place(place, hidden, secret) for place in claim.places),
            agents=self._actors("agents", claim.agents, hidden, only),
            targets=self._actors("targets", claim.targets, hidden, only),
            sources=tuple(
                msgspec.structs.replace(
                    source, name=self._name("sources", source.name, hidden, only), text="", span=_NOWHERE
                )
                for source in claim.sources
            ),
            context_places=tuple(self._place(place, hidden, secret) for place in claim.context_places),
            trigger=_NOWHERE,
            sentence=_NOWHERE,
            why=(),
        )
        if _quotes(claim.trigger_text, hidden):
            self._masked["trigger"] += 1
            changed = msgspec.structs.replace(changed, trigger_text=self._rules.names.mask)
        return changed

    def _actors(
        self, field: str, actors: tuple[Actor, ...], hidden: list[str], only: tuple[str, ...] | None
    ) -> tuple[Actor, ...]:
        found = []
        for actor in actors:
            entry = self._context.schemes.actors.get(actor.actor_id or "")
            name = entry.name if entry is not None else self._name(field, actor.name, hidden, only)
            found.append(msgspec.structs.replace(actor, name=name, text="", span=_NOWHERE, label=None))
        return tuple(found)

    def _name(self, field: str, name: str, hidden: list[str], only: tuple[str, ...] | None) -> str:
        shown = self._shown(name, only)
        if shown != name:
            self._masked[field] += 1
            hidden.append(name)
        return shown

    def _place(self, place: Place, hidden: list[str], secret: frozenset[str]) -> Place:
        key = _key(place)
        place = msgspec.structs.replace(place, text="", span=_NOWHERE)
        if place.precision in self._rules.sensitive.keep and place.place_id is not None:
            return place
        # What the gazetteer does not know may be a person's name that was taken for a place.
        if place.place_id is None or key in secret:
            self._masked["places"] += 1
            hidden.append(place.name)
            place = msgspec.structs.replace(place, name=self._rules.names.mask, place_id=None)
        return self._coarsened(place) if key in secret else place

    def _coarsened(self, place: Place) -> Place:
        """The place as the middle of its cell; its P-code is that of the governorate, if that is known."""
        pcode = self._context.schemes.governorate_code(place.pcode)
        if place.lat is None or place.lon is None:
            return msgspec.structs.replace(place, lat=None, lon=None, pcode=pcode)
        self._coarse["points"] += 1
        cell = self._rules.sensitive.grid_degrees
        lat, lon = _middle(place.lat, cell, 90), _middle(place.lon, cell, 180)
        corner = math.hypot(cell / 2, cell / 2 * math.cos(math.radians(lat))) * _DEGREE_KM
        radius = round(max(place.radius_km or 0.0, corner), 1)
        return msgspec.structs.replace(place, lat=lat, lon=lon, radius_km=radius, precision=_DISTRICT, pcode=pcode)


def _key(place: Place) -> str:
    """What two mentions of one place have in common: the point, else the name."""
    return f"{place.lat}/{place.lon}" if place.lat is not None else place.name


def _report(report: Report, held: tuple[Held, ...]) -> Report:
    """The report under a name made of its hash, with its day and nothing else."""
    name = hashlib.sha256(f"{report.sha256}\0{report.doc}".encode("utf-8", "surrogatepass")).hexdigest()
    return msgspec.structs.replace(
        report,
        doc=name[:_ID_DIGITS],
        title=None,
        url=None,
        outlet=None,
        sha256="",
        claims=tuple(one.claim for one in held),
        notes=(),
        meta={},
    )


def _quotes(text: str, hidden: Iterable[str]) -> bool:
    """Whether `text` has a word of a hidden name."""
    words = set(text.split())
    return any(not words.isdisjoint(name.split()) for name in hidden)


def _middle(degrees: float, cell: float, most: float) -> float:
    """The middle of the cell that `degrees` lies in; the cells begin at zero."""
    return round(min(max((math.floor(degrees / cell) + 0.5) * cell, -most), most), 5)

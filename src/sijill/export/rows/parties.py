"""Who stands on which side of a claim, as other schemes ask for it."""

from __future__ import annotations

from sijill.export.schemes import Schemes
from sijill.model import Actor, Claim

__all__ = ["acled_name", "inter_of", "only_civilians", "ucdp_name"]


def acled_name(actor: Actor, schemes: Schemes) -> str:
    """The actor's name in ACLED where the knowledge base has it, else its English, else its Arabic name."""
    entry = schemes.actors.get(actor.actor_id) if actor.actor_id is not None else None
    return (entry.acled if entry is not None else None) or actor.label or actor.name


def ucdp_name(actor: Actor, schemes: Schemes) -> str:
    """The same for UCDP, in which a state is a government."""
    entry = schemes.actors.get(actor.actor_id) if actor.actor_id is not None else None
    if entry is not None and entry.ucdp is not None:
        return entry.ucdp
    if entry is not None and entry.kind == "state":
        return f"Government of {entry.label}"
    return actor.label or actor.name


def inter_of(actor: Actor, country: str | None, schemes: Schemes) -> int | None:
    """ACLED's code of an actor in an event in `country`; None where it is not known. Abroad, states are others."""
    entry = schemes.actors.get(actor.actor_id) if actor.actor_id is not None else None
    kind = schemes.kind(actor.actor_id)
    if entry is None or kind is None:
        return None
    home = country is None or not entry.countries or country in entry.countries
    return (kind.inter if home else kind.abroad) or None


def only_civilians(claim: Claim, schemes: Schemes) -> bool:
    """Whether the claim tells of civilians struck, and of no armed party on their side."""
    return schemes.struck(claim) == "civilians"

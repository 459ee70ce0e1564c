"""Claims → the rows that search asks. The same claim gives the same rows, so that `verify` can make them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete

from sijill.casefile.canonical import canonical
from sijill.casefile.inserting import insert_rows
from sijill.casefile.records import StoredClaim
from sijill.casefile.schema import claim, claim_actor, claim_count, claim_place, claim_source
from sijill.model import Claim, Place
from sijill.text.folding import clean, fold

__all__ = [
    "CHILDREN",
    "Rows",
    "child_rows",
    "claim_row",
    "differences",
    "insert_claims",
    "key_of",
    "patched",
    "replace_children",
    "searchable",
]

Row = dict[str, Any]
Rows = dict[Table, list[Row]]

# The tables under `claim`.
CHILDREN = (claim_place, claim_actor, claim_source, claim_count)
_LARGEST = 2**63 - 1


def patched(read: Claim, patch: dict[str, Any]) -> Claim:
    """The claim with the fields of `patch` instead of its own. Raises msgspec.ValidationError for a wrong field."""
    if not patch:
        return read
    return msgspec.convert({**msgspec.to_builtins(read), **patch}, Claim)


def claim_row(stored: StoredClaim) -> Row:
    """The row of table `claim`."""
    when = stored.claim.date or stored.claim.context_date
    return {
        "n": stored.n,
        "id": stored.claim.id,
        "document": stored.document,
        "reading": stored.reading,
        "position": stored.position,
        "current": stored.current,
        "state": stored.state.value,
        "type": stored.claim.type.value,
        "modality": stored.claim.modality.value,
        "date_start": when.start if when else None,
        "date_end": when.end if when else None,
        "date_said": stored.claim.date is not None,
        "patch": canonical(stored.patch) if stored.patch else None,
    }


def child_rows(n: int, claim: Claim) -> Rows:
    """The rows of claim `n` in the tables under `claim`."""
    places = [*((place, True) for place in claim.places), *((place, False) for place in claim.context_places)]
    actors = [*(("agent", *pair) for pair in enumerate(claim.agents))]
    actors += [*(("target", *pair) for pair in enumerate(claim.targets))]
    return {
        claim_place: [_place(n, position, place, said) for position, (place, said) in enumerate(places)],
        claim_actor: [
            {
                "claim": n,
                "role": role,
                "position": position,
                "name": searchable(actor.name),
                "key": key_of(actor.name),
                "label": _or_none(actor.label),
                "actor_id": _or_none(actor.actor_id),
            }
            for role, position, actor in actors
        ],
        claim_source: [
            {"claim": n, "position": position, "name": searchable(source.name), "key": key_of(source.name)}
            for position, source in enumerate(claim.sources)
        ],
        claim_count: [
            {
                "claim": n,
                "position": position,
                "kind": count.kind.value,
                "who": count.who.value,
                "low": _integer(count.low),
                "high": _integer(count.high),
            }
            for position, count in enumerate(claim.counts)
        ],
    }


def insert_claims(connection: Connection, claims: list[Row], children: Iterable[Rows]) -> None:
    """Writes rows of `claim` and of the tables under it, one statement a table."""
    together: Rows = {claim: claims, **{table: [] for table in CHILDREN}}
    for rows in children:
        for table, more in rows.items():
            together[table] += more
    for table, every in together.items():
        insert_rows(connection, table, every)


def replace_children(connection: Connection, n: int, claim: Claim) -> None:
    """Writes the rows under claim `n` anew."""
    for table in CHILDREN:
        connection.execute(delete(table).where(table.c.claim == n))
    insert_claims(connection, [], [child_rows(n, claim)])


def searchable(text: str) -> str:
    """`text` as both databases can hold it: NUL as U+FFFD, bytes of file names that are no letters by their codes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text.replace("\0", "\ufffd")


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """`name` folded for comparing: no marks, one form a letter, small Latin letters, single blanks."""
    return " ".join(fold(clean(searchable(name)).text).lower().split())


def _place(n: int, position: int, place: Place, said: bool) -> Row:  # noqa: FBT001  (a row's cells in order)
    return {
        "claim": n,
        "position": position,
        "said": said,
        "name": searchable(place.name),
        "key": key_of(place.name),
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "precision": _or_none(place.precision),
        "country": _or_none(place.country),
        "pcode": _or_none(place.pcode),
        "place_id": _or_none(place.place_id),
    }


def _or_none(text: str | None) -> str | None:
    return None if text is None else searchable(text)


def _integer(value: int | None) -> int | None:
    return None if value is None else max(-_LARGEST, min(_LARGEST, value))


def differences(found: Row, expected: Row) -> Iterator[str]:
    """What is not as it should be in a row, column by column."""
    for name, value in expected.items():
        if found[name] != value:
            yield f"{name} is {found[name]!r}, not {value!r}"

"""Claims → the rows that search asks. The same claim gives the same rows, so that `verify` can make them again.

A row is its cells in the order of the table's columns (`schema`); `named` gives them their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete

from sijill.casefile.canonical import canonical
from sijill.casefile.inserting import insert_cells
from sijill.casefile.records import StoredClaim
from sijill.casefile.schema import claim, claim_actor, claim_count, claim_place, claim_source
from sijill.model import Actor, Claim, Place
from sijill.text.folding import clean, fold

__all__ = [
    "CHILDREN",
    "Cells",
    "child_cells",
    "claim_cells",
    "differences",
    "insert_claims",
    "key_of",
    "named",
    "patched",
    "replace_children",
    "searchable",
]

Cells = tuple[Any, ...]

# The tables under `claim`.
CHILDREN = (claim_place, claim_actor, claim_source, claim_count)
_LARGEST = 2**63 - 1


def patched(read: Claim, patch: dict[str, Any]) -> Claim:
    """The claim with the fields of `patch` instead of its own. Raises msgspec.ValidationError for a wrong field."""
    if not patch:
        return read
    return msgspec.convert({**msgspec.to_builtins(read), **patch}, Claim)


def named(table: Table, cells: Cells) -> dict[str, Any]:
    """A row of `table` by the names of its columns."""
    return dict(zip(table.c.keys(), cells, strict=True))


def claim_cells(stored: StoredClaim) -> Cells:
    """The row of table `claim`."""
    made = stored.claim
    when = made.date or made.context_date
    start, end = (when.start, when.end) if when else (None, None)
    return (
        stored.n,
        made.id,
        stored.document,
        stored.reading,
        stored.position,
        stored.current,
        stored.state._value_,
        made.type._value_,
        made.modality._value_,
        start,
        end,
        made.date is not None,
        canonical(stored.patch) if stored.patch else None,
    )


def child_cells(n: int, made: Claim) -> tuple[list[Cells], list[Cells], list[Cells], list[Cells]]:
    """The rows of claim `n` in each table under `claim` (CHILDREN)."""
    places = [_place(n, position, place, True) for position, place in enumerate(made.places)]
    places += [_place(n, at, place, False) for at, place in enumerate(made.context_places, len(places))]
    actors = [_actor(n, "agent", position, actor) for position, actor in enumerate(made.agents)]
    actors += [_actor(n, "target", position, actor) for position, actor in enumerate(made.targets)]
    sources: list[Cells] = [(n, position, *_names(source.name)) for position, source in enumerate(made.sources)]
    counts: list[Cells] = [
        (n, position, count.kind._value_, count.who._value_, _integer(count.low), _integer(count.high))
        for position, count in enumerate(made.counts)
    ]
    return places, actors, sources, counts


def insert_claims(connection: Connection, claims: Iterable[StoredClaim]) -> None:
    """Writes the rows of claims and those in the tables under them, one statement a table."""
    rows: list[Cells] = []
    together: tuple[list[Cells], ...] = ([], [], [], [])
    for stored in claims:
        rows.append(claim_cells(stored))
        for of_table, more in zip(together, child_cells(stored.n, stored.claim), strict=True):
            of_table.extend(more)
    insert_cells(connection, claim, rows)
    for table, of_table in zip(CHILDREN, together, strict=True):
        insert_cells(connection, table, of_table)


def replace_children(connection: Connection, n: int, made: Claim) -> None:
    """Writes the rows under claim `n` anew."""
    for table, rows in zip(CHILDREN, child_cells(n, made), strict=True):
        connection.execute(delete(table).where(table.c.claim == n))
        insert_cells(connection, table, rows)


def searchable(text: str) -> str:
    """`text` as both databases can hold it: NUL as U+FFFD, bytes of file names that are no letters by their codes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text.replace("\0", "\ufffd")


def key_of(name: str) -> str:
    """`name` folded for comparing: no marks, one form a letter, small Latin letters, single blanks."""
    return _names(name)[1]


@lru_cache(maxsize=8192)
def _names(name: str) -> tuple[str, str]:
    """A name as databases can hold it, and folded. Names come again and again."""
    held = searchable(name)
    return held, " ".join(fold(clean(held).text).lower().split())


@lru_cache(maxsize=8192)
def _or_none(text: str | None) -> str | None:
    return None if text is None else searchable(text)


def _place(n: int, position: int, place: Place, said: bool) -> Cells:  # noqa: FBT001  (a row's cells in order)
    return (
        n,
        position,
        said,
        *_names(place.name),
        place.lat,
        place.lon,
        place.radius_km,
        _or_none(place.precision),
        _or_none(place.country),
        _or_none(place.pcode),
        _or_none(place.place_id),
    )


def _actor(n: int, role: str, position: int, actor: Actor) -> Cells:
    return (n, role, position, *_names(actor.name), _or_none(actor.label), _or_none(actor.actor_id))


def _integer(value: int | None) -> int | None:
    return None if value is None else max(-_LARGEST, min(_LARGEST, value))


def differences(found: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[str]:
    """What is not as it should be in a row, column by column."""
    for name, value in expected.items():
        if found[name] != value:
            yield f"{name} is {found[name]!r}, not {value!r}"

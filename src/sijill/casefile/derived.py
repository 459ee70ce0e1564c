"""The rows that were made from reports and decisions, made again and compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

from sijill.casefile.duplicates import FULL, sample_of, shingles
from sijill.casefile.problems import Problem
from sijill.casefile.queries import as_decision, cells, documents, readings_of, report_of, text_of
from sijill.casefile.records import Decision, DocumentRow, Reading, State, StoredClaim
from sijill.casefile.rows import CHILDREN, child_cells, claim_cells, differences, named, patched
from sijill.casefile.schema import claim, decision, document, reading, search_waiting, shingle
from sijill.casefile.store import identity_of, searched
from sijill.model import Document

__all__ = ["derived"]

_PAGE = 10_000


def derived(connection: Connection) -> Iterator[Problem]:
    """Rows of search and of near-duplicates that are not what their document, reading and decisions make."""
    after, waiting = 0, set(connection.scalars(select(search_waiting.c.document)))
    while page := list(documents(connection, after=after, limit=_PAGE)):
        after = page[-1].n
        samples = _samples(connection, [row.n for row in page])
        for row in page:
            yield from _whole(connection, row, samples[row.n], waits=row.n in waiting)
    yield from _strays(connection)


def _whole(connection: Connection, row: DocumentRow, sample: set[int], *, waits: bool) -> Iterator[Problem]:
    """A document with all that was made from it; where it waits for the rows of its claims, without these."""
    text = text_of(connection, row)
    yield from _document(connection, row, row.document(text))
    if row.family == row.n and not waits:
        yield from _sample(connection, row, text, sample)
    readings = readings_of(connection, row.n)
    if not readings:
        yield Problem("row", f"document {row.n} ({row.id})", "it has no reading")
    if waits:
        yield from _early(connection, row)
        return
    for item in readings:
        yield from _reading(connection, row, item, current=item is readings[-1])


def _early(connection: Connection, row: DocumentRow) -> Iterator[Problem]:
    """Rows of claims of a document that waits for them, though not yet."""
    query = select(claim.c.n).where(claim.c.document == row.n).order_by(claim.c.n)
    for n in connection.scalars(query):
        yield Problem("row", f"claim {n} ({row.id})", "its document waits for the rows of its claims")


def _document(connection: Connection, row: DocumentRow, given: Document) -> Iterator[Problem]:
    names = ("published", "title", "url", "outlet")
    found = connection.execute(select(*(document.c[name] for name in names)).where(document.c.n == row.n)).one()
    for problem in differences(cells(found), searched(given)):
        yield Problem("row", f"document {row.n} ({row.id})", problem)
    if len(given.text) != row.characters or identity_of(given) != row.identity:
        yield Problem("row", f"document {row.n} ({row.id})", "its text or record is not that of its identity")


def _sample(connection: Connection, row: DocumentRow, text: str, found: set[int]) -> Iterator[Problem]:
    """What is wrong with the sample of a family's first document, of which the table has `found`."""
    expected = set(sample_of(shingles(text)))
    for value in expected - found:
        others = connection.scalar(select(func.count()).where(shingle.c.hash == value)) or 0
        if others < FULL:
            yield Problem("row", f"document {row.n} ({row.id})", "its sample of word groups lacks one")
    if found - expected:
        yield Problem("row", f"document {row.n} ({row.id})", "its sample has a word group that is not in its text")


def _samples(connection: Connection, keys: Sequence[int]) -> dict[int, set[int]]:
    """The samples of documents, by their keys. The table is laid out for the other way, so many at a time."""
    found: dict[int, set[int]] = defaultdict(set)
    between = shingle.c.document.between(keys[0], keys[-1])
    for value, key in connection.execute(select(shingle.c.hash, shingle.c.document).where(between)):
        found[key].add(value)
    return found


def _reading(connection: Connection, row: DocumentRow, item: Reading, *, current: bool) -> Iterator[Problem]:
    """Claims of a reading whose rows are not what the report and the decisions make."""
    report = report_of(connection, item)
    keys = range(item.first_claim, item.first_claim + item.claims)
    if len(report.claims) != item.claims or report.doc != row.id or report.sha256 != row.text:
        yield Problem("row", f"reading {item.n}", "it is not of its report")
        return
    rows = {found.n: found for found in connection.execute(_between(claim, claim.c.n, keys))}
    children = {table: _grouped(connection, table, keys) for table in CHILDREN}
    decided = _decided(connection, keys)
    for position, (key, read) in enumerate(zip(keys, report.claims, strict=True)):
        state, patch = _outcome(decided.get(key, []))
        after = patched(read, patch)
        stored = StoredClaim(key, row.n, row.id, item.n, position, current, state, after, read, patch)
        name = f"claim {key} ({row.id}/{read.id})"
        if key not in rows:
            yield Problem("row", name, "missing")
            continue
        for problem in differences(cells(rows[key]), named(claim, claim_cells(stored))):
            yield Problem("row", name, problem)
        for table, under in zip(CHILDREN, child_cells(key, after), strict=True):
            expected = sorted((named(table, row) for row in under), key=_order)
            if children[table].get(key, []) != expected:
                yield Problem("row", name, f"its rows in {table.name} are not what it says")


def _strays(connection: Connection) -> Iterator[Problem]:
    """Rows that belong to nothing."""
    known = select(reading.c.n).where(
        reading.c.n == claim.c.reading,
        claim.c.n >= reading.c.first_claim,
        claim.c.n < reading.c.first_claim + reading.c.claims,
    )
    for n in connection.scalars(select(claim.c.n).where(~known.exists()).order_by(claim.c.n)):
        yield Problem("row", f"claim {n}", "no reading has it")
    for table in CHILDREN:
        query = select(table.c.claim).where(~select(claim.c.n).where(claim.c.n == table.c.claim).exists()).distinct()
        for n in connection.scalars(query):
            yield Problem("row", f"{table.name} of claim {n}", "there is no such claim")
    lead = select(document.c.n).where(document.c.n == shingle.c.document, document.c.family == document.c.n)
    for n in connection.scalars(select(shingle.c.document).where(~lead.exists()).distinct()):
        yield Problem("row", f"shingle of document {n}", "it is not the first of its family")


def _outcome(decisions: list[Decision]) -> tuple[State, dict[str, Any]]:
    """State and patch of a claim after its decisions, oldest first."""
    state, patch = State.PROPOSED, dict[str, Any]()
    for item in decisions:
        state = item.new_state
        patch |= item.new_value
    return state, patch


def _decided(connection: Connection, keys: range) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = defaultdict(list)
    for row in connection.execute(_between(decision, decision.c.claim, keys).order_by(decision.c.n)):
        found[row.claim].append(as_decision(row))
    return found


def _grouped(connection: Connection, table: Table, keys: range) -> dict[int, list[dict[str, Any]]]:
    """The rows of a table under `claim`, by their claim."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(_between(table, table.c.claim, keys)):
        found[row.claim].append(cells(row))
    return {key: sorted(rows, key=_order) for key, rows in found.items()}


def _between(table: Table, column: Any, keys: range) -> Any:
    return select(table).where(column >= keys.start, column < keys.stop)


def _order(row: dict[str, Any]) -> tuple[str, int]:
    return str(row.get("role", "")), int(row["position"])

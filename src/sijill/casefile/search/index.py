"""What search asks, kept up with every report, reading and decision; and made again from them.

`search_claim` has a row for each claim of a newest reading, `search_document` one for each document, `search_words`
its words: those of its title, of its beginning and all of them. A long text is cut into parts that overlap, each
searched by itself. The row of part `p` of document `n` is `n * PARTS + p`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select, text, update

from sijill.casefile.inserting import insert_cells, insert_rows
from sijill.casefile.queries import claims_of, documents, text_of
from sijill.casefile.records import StoredClaim
from sijill.casefile.rows import Cells, key_of, named
from sijill.casefile.schema import search_claim, search_document, search_waiting
from sijill.casefile.search.words import LONGEST, wording
from sijill.model import Claim, CountKind, Document

__all__ = [
    "INSERT_WORDS",
    "LEAD",
    "PARTS",
    "REACHES",
    "claim_cells",
    "document_row",
    "forget_claims",
    "index_claims",
    "index_documents",
    "people_of",
    "rebuild",
    "replace_claim",
    "vector",
    "word_rows",
]

Row = dict[str, Any]

# How many parts a text may have: enough for a hundred million words.
PARTS = 1 << 14
# The words of a part (a server's tsvector has 16,383 places and a megabyte), and how many of them the next one repeats.
PART, OVERLAP = 6_500, 20
# The words that are a report's beginning, and the most that are its title.
LEAD, TITLE = 60, 200
_WIDEST = LONGEST + 1
# Classes of date ranges: the most days that lie between the first and the last. Longer ones are the class behind these.
REACHES = (0, 7, 31, 366)
INSERT_WORDS = {
    "sqlite": text("INSERT INTO search_words (rowid, title, lead, body) VALUES (:n, :title, :lead, :body)"),
    "postgresql": text("INSERT INTO search_words (n, words) VALUES (:n, CAST(:words AS tsvector))"),
}
_EMPTY = {
    "sqlite": text("INSERT INTO search_words (search_words) VALUES ('delete-all')"),
    "postgresql": text("DELETE FROM search_words"),
}
# Between title and text, so that no phrase runs over from one into the other: a word that no text has.
_BREAK = ".,."


def claim_cells(stored: StoredClaim, published: date | None) -> Cells:
    """The row of table `search_claim`."""
    claim = stored.claim
    when = claim.date or claim.context_date
    first, last = (None, None) if when is None else _ordered(when.start, when.end)
    return (
        stored.n,
        stored.document,
        stored.state._value_,
        claim.type._value_,
        claim.modality._value_,
        first,
        last,
        None if first is None or last is None else reach_of(last - first),
        claim.date is not None,
        published.toordinal() if published else None,
        people_of(claim) if claim.counts else None,
        people_of(claim, CountKind.KILLED) if claim.counts else None,
    )


def reach_of(days: int) -> int:
    """The class of a date range by the days between its first and its last."""
    return sum(days > longest for longest in REACHES)


def people_of(claim: Claim, kind: CountKind | None = None) -> int | None:
    """The greatest number in the claim's counts (of that kind): at least so many, or where only that is said, at most.

    None where no number is said.
    """
    counts = (count for count in claim.counts if kind is None or count.kind is kind)
    numbers = (count.high if count.low is None else count.low for count in counts)
    return max((min(number, 2**63 - 1) for number in numbers if number is not None), default=None)


def index_claims(connection: Connection, claims: Iterable[tuple[StoredClaim, date | None]]) -> None:
    """Lets claims of newest readings be found, each given with its document's day."""
    insert_cells(connection, search_claim, [claim_cells(stored, published) for stored, published in claims])


def replace_claim(connection: Connection, stored: StoredClaim) -> None:
    """Writes the row of a claim anew, after a decision on it."""
    row = named(search_claim, claim_cells(stored, None))
    changed = {name: cell for name, cell in row.items() if name not in ("claim", "document", "published")}
    connection.execute(update(search_claim).where(search_claim.c.claim == stored.n).values(**changed))


def forget_claims(connection: Connection, document: int) -> None:
    """Takes the claims of a document out of search: a newer reading comes."""
    connection.execute(delete(search_claim).where(search_claim.c.document == document))


def document_row(key: int, given: Document) -> Row:
    """The row of table `search_document`."""
    outlet = None if given.outlet is None else key_of(given.outlet)
    return {"document": key, "outlet": outlet, "wording": wording().version}


def index_documents(connection: Connection, documents: Iterable[tuple[int, Document, Sequence[Row]]]) -> None:
    """Lets documents be found by their outlets and their words. Each is its key, itself, and its `word_rows`."""
    kind = connection.dialect.name
    heads, rows = [], []
    for key, given, words in documents:
        heads.append(document_row(key, given))
        for part, row in enumerate(words):
            n = key * PARTS + part
            rows.append({**row, "n": n} if kind == "sqlite" else {"n": n, "words": vector(row)})
    insert_rows(connection, search_document, heads)
    if rows:
        connection.execute(INSERT_WORDS[kind], rows)


def word_rows(given: Document) -> list[Row]:
    """The rows of `search_words` for a document, one a part, each field words with a blank between them."""
    cut = wording()
    title = " ".join(cut.keys(given.title or "")[:TITLE])
    words = cut.joined(given.text)
    if not words and not title:
        return []
    lead = " ".join(words[: LEAD * _WIDEST].split(" ", LEAD)[:LEAD])
    pieces = _parts(words)
    body = f"{title} {_BREAK} {pieces[0]}".rstrip() if title else pieces[0]
    first = {"title": title, "lead": lead, "body": body}
    return [first, *({"title": "", "lead": "", "body": piece} for piece in pieces[1:])]


def vector(row: Row) -> str:
    """A row's fields as a tsvector is written: the field's letter before each word, the places behind it."""
    found: dict[str, list[int]] = {}
    for field in ("title", "lead", "body"):
        for place, word in enumerate(row[field].split(" ") if row[field] else (), 1):
            found.setdefault(f"{field[0]}:{word}", []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, places))}" for word, places in found.items())


def rebuild(connection: Connection) -> int:
    """Makes everything that search asks again, from documents, readings and decisions; of how many documents.

    Those that wait (`settling`) go on waiting.
    """
    connection.execute(delete(search_claim))
    connection.execute(delete(search_document))
    return refill(connection)


def refill(connection: Connection) -> int:
    """The same where `search_claim` and `search_document` are empty or just copied: what they lack."""
    connection.execute(_EMPTY[connection.dialect.name])
    connection.execute(delete(search_document))
    there = connection.execute(select(search_claim.c.claim).limit(1)).first() is not None
    waiting = set(connection.scalars(select(search_waiting.c.document)))
    rows = [row for row in documents(connection) if row.n not in waiting]
    for row in rows:
        given = row.document(text_of(connection, row))
        index_documents(connection, [(row.n, given, word_rows(given))])
        if not there:
            index_claims(connection, ((stored, given.published) for stored in claims_of(connection, row.n)))
    return len(rows)


def _ordered(start: date | None, end: date | None) -> tuple[int | None, int | None]:
    """First and last day as numbers; where one is missing, both are the other."""
    if start is None or end is None:
        day = start or end
        return (None, None) if day is None else (day.toordinal(), day.toordinal())
    first, last = start.toordinal(), end.toordinal()
    return (first, last) if first <= last else (last, first)


def _parts(joined: str) -> list[str]:
    if joined.count(" ") < PART:
        return [joined]
    words, step = joined.split(" "), PART - OVERLAP
    starts = (0, *range(step, len(words) - OVERLAP, step))
    return [" ".join(words[at : at + PART]) for at in starts]

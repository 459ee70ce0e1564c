"""What search asks, kept up with every report, reading and decision; and made again from them.

`search_claim` has a row for each claim of a newest reading, `search_document` one for each document, `search_words`
its words: those of its title, of its beginning and all of them. A long text is cut into parts that overlap, each
searched by itself. The row of part `p` of document `n` is `n * PARTS + p`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select, text, update

from sijill.casefile.inserting import insert_rows
from sijill.casefile.queries import claims_of, documents, text_of
from sijill.casefile.records import StoredClaim
from sijill.casefile.rows import key_of
from sijill.casefile.schema import search_claim, search_document
from sijill.casefile.search.words import wording
from sijill.model import Claim, CountKind, Document

__all__ = [
    "INSERT_WORDS",
    "LEAD",
    "PARTS",
    "REACHES",
    "claim_row",
    "document_row",
    "forget_claims",
    "index_claims",
    "index_document",
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


def claim_row(stored: StoredClaim, published: date | None) -> Row:
    """The row of table `search_claim`."""
    claim = stored.claim
    when = claim.date or claim.context_date
    first, last = (None, None) if when is None else _ordered(when.start, when.end)
    return {
        "claim": stored.n,
        "document": stored.document,
        "state": stored.state.value,
        "type": claim.type.value,
        "modality": claim.modality.value,
        "first": first,
        "last": last,
        "reach": None if first is None or last is None else reach_of(last - first),
        "said": claim.date is not None,
        "published": published.toordinal() if published else None,
        "people": people_of(claim),
        "killed": people_of(claim, CountKind.KILLED),
    }


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


def index_claims(connection: Connection, claims: Iterable[StoredClaim], published: date | None) -> None:
    """Lets claims of a newest reading be found. `published` is their document's day."""
    insert_rows(connection, search_claim, [claim_row(stored, published) for stored in claims])


def replace_claim(connection: Connection, stored: StoredClaim) -> None:
    """Writes the row of a claim anew, after a decision on it."""
    row = claim_row(stored, None)
    changed = {name: cell for name, cell in row.items() if name not in ("claim", "document", "published")}
    connection.execute(update(search_claim).where(search_claim.c.claim == stored.n).values(**changed))


def forget_claims(connection: Connection, document: int) -> None:
    """Takes the claims of a document out of search: a newer reading comes."""
    connection.execute(delete(search_claim).where(search_claim.c.document == document))


def document_row(key: int, given: Document) -> Row:
    """The row of table `search_document`."""
    outlet = None if given.outlet is None else key_of(given.outlet)
    return {"document": key, "outlet": outlet, "wording": wording().version}


def index_document(connection: Connection, key: int, given: Document, words: Sequence[Row]) -> None:
    """Lets document `key` be found by its outlet and by its words, of which `word_rows` made rows."""
    kind = connection.dialect.name
    insert_rows(connection, search_document, [document_row(key, given)])
    rows = [{**row, "n": key * PARTS + part} for part, row in enumerate(words)]
    if kind == "postgresql":
        rows = [{"n": row["n"], "words": vector(row)} for row in rows]
    if rows:
        connection.execute(INSERT_WORDS[kind], rows)


def word_rows(given: Document) -> list[Row]:
    """The rows of `search_words` for a document, one a part, each field words with a blank between them."""
    cut = wording()
    title = cut.keys(given.title or "")[:TITLE]
    words = cut.keys(given.text)
    rows = []
    for part, piece in enumerate(_parts(words)):
        body = [*title, _BREAK, *piece] if part == 0 and title else piece
        row = {"title": "", "lead": "", "body": " ".join(body)}
        if part == 0:
            row |= {"title": " ".join(title), "lead": " ".join(words[:LEAD])}
        rows.append(row)
    return rows if words or title else []


def vector(row: Row) -> str:
    """A row's fields as a tsvector is written: the field's letter before each word, the places behind it."""
    found: dict[str, list[int]] = {}
    for field in ("title", "lead", "body"):
        for place, word in enumerate(row[field].split(" ") if row[field] else (), 1):
            found.setdefault(f"{field[0]}:{word}", []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, places))}" for word, places in found.items())


def rebuild(connection: Connection) -> int:
    """Makes everything that search asks again, from documents, readings and decisions; how many documents there are."""
    connection.execute(delete(search_claim))
    connection.execute(delete(search_document))
    return refill(connection)


def refill(connection: Connection) -> int:
    """The same where `search_claim` and `search_document` are empty or just copied: what they lack."""
    connection.execute(_EMPTY[connection.dialect.name])
    connection.execute(delete(search_document))
    there = connection.execute(select(search_claim.c.claim).limit(1)).first() is not None
    total = 0
    for row in list(documents(connection)):
        given = row.document(text_of(connection, row))
        index_document(connection, row.n, given, word_rows(given))
        if not there:
            index_claims(connection, claims_of(connection, row.n), given.published)
        total += 1
    return total


def _ordered(start: date | None, end: date | None) -> tuple[int | None, int | None]:
    """First and last day as numbers; where one is missing, both are the other."""
    days = sorted(day.toordinal() for day in (start, end) if day is not None)
    return (days[0], days[-1]) if days else (None, None)


def _parts(words: Sequence[str]) -> Iterator[Sequence[str]]:
    step = PART - OVERLAP
    yield words[:PART]
    for at in range(step, len(words) - OVERLAP, step):
        yield words[at : at + PART]

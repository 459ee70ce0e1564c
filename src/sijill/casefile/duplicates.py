"""Near-duplicates: reports that share half of their word groups, as syndicated copies of a wire text do.

A report's shingles are its groups of five words in a row, folded. Two reports are of one family where the Jaccard
index of their shingles (shared ÷ all) is at least THRESHOLD. Every report is compared with the first reports of the
families there are; which of them may be like it is asked of a sample (the SAMPLE smallest hashes of each), in which
two reports of that likeness share none once in 65,000, and then the index itself is counted, on the texts.

Source: Broder, "On the resemblance and containment of documents", 1997: shingles, and the sample of smallest hashes.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable

from sqlalchemy import Connection, insert, select

from sijill.casefile.schema import shingle
from sijill.text.folding import clean, fold

__all__ = ["FULL", "SAMPLE", "THRESHOLD", "family_of", "jaccard", "keep_sample", "sample_of", "shingles"]

THRESHOLD = 0.5
SAMPLE = 16
_GROUP = 5
_COMPARED = 3  # candidates, those that share most of the sample first
FULL = 32  # a hash that so many families have tells nothing: it is not noted again
_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """Hashes of the groups of five words of `text`; of all its words where they are fewer."""
    words = _WORD.findall(fold(clean(text).text).lower())
    groups = [" ".join(words[at : at + _GROUP]) for at in range(max(1, len(words) - _GROUP + 1))]
    return frozenset(
        int.from_bytes(hashlib.blake2b(group.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
        for group in groups
    )


def sample_of(found: frozenset[int]) -> list[int]:
    """The smallest of the hashes."""
    return sorted(found)[:SAMPLE]


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared ÷ all; 0 where both are empty."""
    every = len(one | other)
    return len(one & other) / every if every else 0.0


def family_of(connection: Connection, found: frozenset[int], text_of: Callable[[int], str]) -> tuple[int, float] | None:
    """The first document of the family that a report with the shingles `found` belongs to, and how like it it is.

    None where it is like none. `text_of` gives a document's text.
    """
    rows = connection.execute(select(shingle.c.document).where(shingle.c.hash.in_(sample_of(found))))
    shared = Counter(row.document for row in rows)
    likely = sorted(shared, key=lambda document: (-shared[document], document))[:_COMPARED]
    likenesses = [(jaccard(found, shingles(text_of(document))), -document) for document in likely]
    best, document = max(likenesses, default=(0.0, 0))
    return (-document, best) if best >= THRESHOLD else None


def keep_sample(connection: Connection, document: int, found: frozenset[int]) -> None:
    """Notes the sample of a family's first document."""
    sample = sample_of(found)
    rows = connection.execute(select(shingle.c.hash).where(shingle.c.hash.in_(sample)))
    taken = Counter(row.hash for row in rows)
    new = [{"hash": value, "document": document} for value in sample if taken[value] < FULL]
    if new:
        connection.execute(insert(shingle), new)

"""Near-duplicates: reports that share half of their word groups, as syndicated copies of a wire text do.

A report's shingles are its groups of five words in a row, folded. Two reports are of one family where the Jaccard
index of their shingles (shared ÷ all) is at least THRESHOLD. Every report is compared with the first reports of the
families there are; which of them may be like it is asked of a sample, the SAMPLE smallest hashes of each. Two reports
of just that likeness share ten of it in the mean; the index itself is counted, on the texts, where they share five,
which two such reports fail to do once in 1,000 times (simulated), and more alike ones hardly ever.

Source: Broder, "On the resemblance and containment of documents", 1997: shingles, and the sample of smallest hashes;
Karp and Rabin, "Efficient randomized pattern-matching algorithms", 1987: hashes that roll on.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from sijill.casefile.inserting import insert_cells, rows_among
from sijill.casefile.schema import shingle
from sijill.text.folding import clean, fold

__all__ = [
    "FULL",
    "SAMPLE",
    "THRESHOLD",
    "Likely",
    "family_of",
    "jaccard",
    "keep_samples",
    "likely",
    "sample_of",
    "shingles",
]

THRESHOLD = 0.5
SAMPLE = 16
_GROUP = 5
_COMPARED = 3  # candidates, those that share most of the sample first
FULL = 32  # a hash that so many families have tells nothing: it is not noted again
_LEAST = 3  # a pair shares at least a third of the sample, or it is not compared
# The hash of a group is a polynomial of its words' hashes.
_PRIME = 2**61 - 1
_BASE = 0x1B873593CC9E2D51
_TOP = pow(_BASE, _GROUP, _PRIME)
_REMEMBERED = 50_000  # words of which the hash is kept at hand
_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """Hashes of the groups of five words of `text`; of all its words where they are fewer."""
    words = list(filter(None, map(_HASHED.__getitem__, text.split())))
    value, base, top, prime = 0, _BASE, _TOP, _PRIME
    for word in words[:_GROUP]:
        value = (value * base + word) % prime
    found = [value]
    add = found.append
    # Each group's hash is made of that before it: what its first word gave out, what the new one gives in.
    for gone, new in zip(words, words[_GROUP:], strict=False):
        value = (value * base - gone * top + new) % prime
        add(value)
    return frozenset(found)


class _Hashed(dict[str, int]):
    """Hashes of what stands between blanks, folded and without marks; 0 where nothing but marks stands there."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        folded = "".join(_WORD.findall(fold(clean(word).text).lower()))
        raw = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=7).digest() if folded else b""
        self[word] = value = int.from_bytes(raw)
        return value


_HASHED = _Hashed()


def sample_of(found: frozenset[int]) -> list[int]:
    """The smallest of the hashes."""
    # Hashes lie evenly, so that the smallest of many are mostly below this; where they are not, all are sorted.
    below = _PRIME // len(found) * 3 * SAMPLE if found else 0
    small = sorted([value for value in found if value < below])
    return small[:SAMPLE] if len(small) >= SAMPLE else sorted(found)[:SAMPLE]


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared ÷ all; 0 where both are empty."""
    every = len(one | other)
    return len(one & other) / every if every else 0.0


class Likely(msgspec.Struct, frozen=True):
    """The sample of a report, and which first documents of families share which part of it."""

    sample: tuple[int, ...]
    shared: dict[int, list[int]]

    @property
    def new(self) -> tuple[int, ...]:
        """What is to be noted of the sample where the report is the first of a family."""
        taken = Counter(value for values in self.shared.values() for value in values)
        return tuple(value for value in self.sample if taken[value] < FULL)


def likely(connection: Connection, found: frozenset[int], recent: Mapping[int, Sequence[int]] | None = None) -> Likely:
    """Which families a report with the shingles `found` may belong to.

    `recent` has first documents, by the hashes of their samples, that `keep_samples` has not noted yet.
    """
    sample = sample_of(found)
    shared: dict[int, list[int]] = {}
    for value, key in rows_among(connection, (shingle.c.hash, shingle.c.document), sample):
        shared.setdefault(key, []).append(value)
    if recent:
        for value in sample:
            for key in recent.get(value, ()):
                shared.setdefault(key, []).append(value)
    return Likely(tuple(sample), shared)


def family_of(among: Likely, found: frozenset[int], text_of: Callable[[int], str]) -> tuple[int, float] | None:
    """The first document of the family that a report with the shingles `found` belongs to, and how like it it is.

    None where it is like none. `text_of` gives a document's text.
    """
    least = len(among.sample) // _LEAST
    enough = [key for key, values in among.shared.items() if len(values) >= least]
    nearest = sorted(enough, key=lambda key: (-len(among.shared[key]), key))[:_COMPARED]
    likenesses = [(jaccard(found, shingles(text_of(key))), -key) for key in nearest]
    best, key = max(likenesses, default=(0.0, 0))
    return (-key, best) if best >= THRESHOLD else None


def keep_samples(connection: Connection, samples: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Notes the samples of first documents of families, each given with the document's key."""
    insert_cells(connection, shingle, sorted((value, key) for key, sample in samples for value in sample))

"""What a report's places are to the rest of it: which one `المدينة` stands for, which names hold where they stand bare.

A definite noun takes up what the text has named as such: in its own paragraph the last one, else what the report is
about, which is what it has named most, the first of equals.

Source: the annotation guidelines ("a definite noun for a place takes the name it stands for").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sijill.names.place_evidence import fits, placed
from sijill.names.place_grammar import Found
from sijill.names.place_index import spellings
from sijill.names.place_scan import Match, PlaceScan
from sijill.names.place_words import Noun

__all__ = ["Held", "Named"]

_LOOK_BACK = 40
# Rules whose names had evidence where they were found.
_EVIDENCE = ("noun.", "known.prep", "known.user", "list.", "opener")


class Named:
    """The places named so far, each with the noun that it was named with."""

    def __init__(self, scan: PlaceScan) -> None:
        self._scan = scan
        self._all: list[Found] = []
        self._keys: set[str] = set()
        self._times: Counter[str] = Counter()
        self._paragraphs: list[int] | None = None

    def add(self, found: Found) -> None:
        """`found` was named, and what its name holds."""
        if found.inner is not None:
            self.add(found.inner)
        key = self._scan.key(found.first, found.last, found.at)
        self._keys.add(key)
        self._times[key] += 1
        self._all.append(found)

    def any_of(self, keys: frozenset[str]) -> bool:
        """Whether one of the names was found."""
        return not self._keys.isdisjoint(keys)

    def meant(self, k: int, noun: Noun) -> Found | None:
        """What `noun`, with its article at word `k`, stands for; None where nothing like it was named."""
        scan = self._scan
        if noun.stands == "no" or (k and scan.full[k - 1] in scan.words.owners and not scan.function_word(k - 1)):
            return None
        if scan.glued(k + 1) and scan.full[k + 1] in scan.words.not_before.get(noun.id, ()):
            return None  # المدينة الصناعية
        recent = self._all[-_LOOK_BACK:]
        if noun.stands == "word" or noun.keep:
            same = [found for found in recent if scan.view.keys[found.first] == scan.view.keys[k]]
            recent = same if noun.stands == "word" else same or recent
        own = [found for found in recent if found.noun == noun.id]
        alike = [found for found in recent if found.subtype == noun.subtype and (found.noun or "bare") in noun.like]
        here = self._paragraph(k)
        for group in (own, alike):
            near = [found for found in group if self._paragraph(found.first) == here]
            if near:
                return near[-1]
            if group:
                return self._topic(group)
        return None

    def _topic(self, group: Sequence[Found]) -> Found:
        """What the report has named most of `group`; of equals the first."""
        scan = self._scan
        return max(group, key=lambda found: (self._times[scan.key(found.first, found.last, found.at)], -found.first))

    def _paragraph(self, k: int) -> int:
        """The number of the paragraph that word `k` stands in: lines are paragraphs."""
        if self._paragraphs is None:
            text = self._scan.text
            numbers, number, end = [], 0, 0
            for sentence in text.sentences:
                number += "\n" in self._scan.source[end : sentence.start]
                end = sentence.end
                numbers.append(number)
            self._paragraphs = numbers
        return self._paragraphs[self._scan.view.words[k].sentence]


class Held:
    """Names found with evidence: they hold where they stand without any."""

    def __init__(self, scan: PlaceScan) -> None:
        self._scan = scan
        self._names: dict[str, Found] = {}
        self.firsts: dict[str, list[int]] = {}
        """How many words the names have that begin with a word, most first."""

    def add(self, found: Found) -> None:
        """Hold `found`, where it is a name without its noun and had its evidence, and what its name holds."""
        scan = self._scan
        if found.inner is not None:
            self.add(found.inner)
        if found.name is not None or not found.rule.startswith(_EVIDENCE) or scan.noun(found.first) is not None:
            return
        for key in spellings(scan.key(found.first, found.last, found.at)):
            if key in self._names:
                continue
            self._names[key] = found
            first, *others = key.split(" ")
            sizes = self.firsts.setdefault(first, [])
            if len(others) + 1 not in sizes:
                sizes.append(len(others) + 1)
                sizes.sort(reverse=True)

    def at(self, k: int) -> Found | None:
        """The held name that begins at word `k`."""
        scan = self._scan
        sizes = self.firsts.get(scan.full[k])
        found = self._matching(k, sizes, -1) if sizes is not None else None
        if found is None and scan.view.words[k].proclitics:
            sizes = self.firsts.get(scan.view.words[k].key)
            found = self._matching(k, sizes, scan.view.words[k].start) if sizes is not None else None
        return found

    def again(self, found: Sequence[Found]) -> list[Found]:
        """The names held where `found` has them not yet: before the place where they had their evidence."""
        scan = self._scan
        taken = bytearray(scan.size + 1)
        for one in found:
            taken[one.first : one.last] = b"\x01" * (one.last - one.first)
        more = []
        full, words, firsts = scan.full, scan.view.words, self.firsts
        for k in range(max((name.first for name in self._names.values()), default=0)):
            if full[k] not in firsts and not (words[k].proclitics and words[k].key in firsts):
                continue
            held = self.at(k)
            if held is not None and not any(taken[k : held.last]):
                more.append(held)
                taken[k : held.last] = b"\x01" * (held.last - k)
        return more

    def _matching(self, k: int, sizes: Sequence[int], at: int) -> Found | None:
        """The longest held name of one of `sizes` words at word `k`, with evidence where it is an everyday word."""
        scan = self._scan
        for size in sizes:
            last = k + size
            found = self._names.get(scan.key(k, last, at)) if last <= scan.size else None
            if found is None or not fits(scan, k, last):
                continue
            if size > 1 or not scan.everyday(k) or placed(scan, k, Match(last, at)):
                return Found(k, last, "held", found.subtype, found.ref, at=at)
        return None

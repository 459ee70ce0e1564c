"""Words and phrases that are looked for at a place of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sijill.claims.view import View
from sijill.text.folding import fold

__all__ = ["Phrases"]


class Phrases:
    """A set of words and phrases; `all(view)` says where they begin in a sentence.

    A word is met by its stem or with its clitics (`حيث`, `من جهتها`, `بينهم`).
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        # By the first word: whether it is a phrase by itself, and the phrases of several words, the longest first.
        self._single: dict[str, None] = {}
        self._longer: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            parts = tuple(fold(phrase).split())
            if len(parts) == 1:
                self._single[parts[0]] = None
            else:
                self._longer.setdefault(parts[0], []).append(parts)
        for group in self._longer.values():
            group.sort(key=len, reverse=True)
        self._firsts = frozenset((*self._single, *self._longer))

    def all(self, view: View) -> dict[int, int]:
        """The words of a sentence at which phrases begin, in its order, each with the words of the longest there.

        Looked up once a sentence: most hold none, and rules ask for many words.
        """
        found = view.phrases.get(self)
        if found is None:
            found = view.phrases[self] = self._all(view)
        return found

    def _all(self, view: View) -> dict[int, int]:
        firsts = self._firsts
        if firsts.isdisjoint(view.vocabulary):
            return {}
        pairs = enumerate(zip(view.stems, view.whole, strict=True))
        sizes = [(at, self._size(view, at)) for at, (stem, whole) in pairs if stem in firsts or whole in firsts]
        return {at: size for at, size in sizes if size}

    def _size(self, view: View, index: int) -> int:
        stem, whole = view.stems[index], view.whole[index]
        found = 1 if stem in self._single or whole in self._single else 0
        for first in (stem,) if stem == whole else (stem, whole):
            for parts in self._longer.get(first, ()):
                if len(parts) <= found:
                    break
                if _same(parts, view.stems, view.whole, index):
                    found = len(parts)
        return found

    def phrases(self) -> Iterator[tuple[str, ...]]:
        """The phrases, each by its words."""
        yield from ((word,) for word in self._single)
        for group in self._longer.values():
            yield from group

    def at(self, view: View, index: int) -> int:
        """How many words from `index` on make one of the phrases (0: none does)."""
        return self.all(view).get(index, 0)

    def within(self, view: View, words: range) -> bool:
        """Whether one of the phrases begins at one of `words`."""
        found = self.all(view)
        return bool(found) and any(at in words for at in found)

    def ends(self, view: View, end: int) -> bool:
        """Whether one of the phrases ends just before `end`."""
        found = self.all(view)
        return bool(found) and any(at + size == end for at, size in found.items())


def _same(parts: tuple[str, ...], stems: list[str], whole: list[str], index: int) -> bool:
    """Whether the words behind word `index` go on as `parts`, whose first one is known to stand there."""
    if index + len(parts) > len(stems):
        return False
    for at, part in enumerate(parts[1:], index + 1):  # noqa: SIM110  (asked for so often that a generator costs)
        if part != stems[at] and part != whole[at]:
            return False
    return True

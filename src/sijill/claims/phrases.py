"""Words and phrases that are looked for at a place of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sijill.claims.view import View
from sijill.text.folding import fold

__all__ = ["Book", "Phrases"]

_NOTHING: dict[int, int] = {}
_PAIR = 2


class Phrases:
    """A set of words and phrases; `all(view)` says where they begin in a sentence.

    A word is met by its stem or with its clitics (`حيث`, `من جهتها`, `بينهم`).
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        self._phrases = tuple(dict.fromkeys(tuple(fold(phrase).split()) for phrase in phrases))
        self._book: Book | None = None

    def all(self, view: View) -> dict[int, int]:
        """The words of a sentence at which phrases begin, in its order, each with the words of the longest there.

        Looked up once a sentence: most hold none, and rules ask for many words.
        """
        found = view.phrases.get(self)
        if found is None:
            self._book = self._book or Book([self])
            rows = self._book.found(view)
            view.phrases.update(rows)
            found = rows[self]
        return found

    def bind(self, book: Book) -> None:
        """Be looked up together with the other sets of `book`."""
        self._book = book

    def phrases(self) -> Iterator[tuple[str, ...]]:
        """The phrases, each by its words."""
        return iter(self._phrases)

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


class Book:
    """Several sets of phrases, looked up together from now on: one walk over a sentence finds those of all."""

    def __init__(self, sets: Sequence[Phrases]) -> None:
        self._sets = tuple(sets)
        for one in self._sets:
            one.bind(self)
        self._single: dict[str, list[Phrases]] = {}
        self._longer: dict[str, dict[str, list[tuple[Phrases, tuple[str, ...]]]]] = {}  # by the first two words
        for one in self._sets:
            for parts in one.phrases():
                if len(parts) == 1:
                    self._single.setdefault(parts[0], []).append(one)
                else:
                    self._longer.setdefault(parts[0], {}).setdefault(parts[1], []).append((one, parts))
        self._firsts = frozenset((*self._single, *self._longer))

    def found(self, view: View) -> dict[Phrases, dict[int, int]]:
        """For each set the words at which its phrases begin, each with the words of the longest there."""
        found: dict[Phrases, dict[int, int]] = dict.fromkeys(self._sets, _NOTHING)
        firsts, stems, whole = self._firsts, view.stems, view.whole
        if firsts.isdisjoint(view.vocabulary):
            return found
        for at, stem in enumerate(stems):
            if stem not in firsts and whole[at] not in firsts:
                continue
            for one, size in self._at(stems, whole, at):
                if found[one] is _NOTHING:
                    found[one] = {}
                found[one][at] = max(size, found[one].get(at, 0))
        return found

    def _at(self, stems: list[str], whole: list[str], at: int) -> list[tuple[Phrases, int]]:
        """The sets with a phrase that begins at word `at`, and the words of the phrase."""
        rows: list[tuple[Phrases, int]] = []
        for first in {stems[at], whole[at]}:
            rows += [(one, 1) for one in self._single.get(first, ())]
            seconds = self._longer.get(first) if at + 1 < len(stems) else None
            for second in {stems[at + 1], whole[at + 1]} if seconds is not None else ():
                for one, parts in seconds.get(second, ()) if seconds is not None else ():
                    if len(parts) == _PAIR or _same(parts, stems, whole, at):
                        rows.append((one, len(parts)))
        return rows


def _same(parts: tuple[str, ...], stems: list[str], whole: list[str], index: int) -> bool:
    """Whether the words behind word `index` go on as `parts`, whose first one is known to stand there."""
    if index + len(parts) > len(stems):
        return False
    for at, part in enumerate(parts[1:], index + 1):  # noqa: SIM110  (asked for so often that a generator costs)
        if part != stems[at] and part != whole[at]:
            return False
    return True

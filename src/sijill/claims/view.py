"""One sentence with everything found in it, indexed by word: what the rules of the claims room look at."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from sijill.model import DateRange, Mention, MentionKind, Quantity, Sentence, Span, Text, Values, WordKind

if TYPE_CHECKING:
    from sijill.claims.phrases import Phrases

__all__ = ["View", "views_of"]

_QUOTES = frozenset("\"«»“”'‘’()")
_BETWEEN = 4
_JOIN = "وف"
_PUNCT = WordKind.PUNCT
_STRONG = frozenset("؛;:()[]–—-،,.…!؟?|")


class _Found(msgspec.Struct, frozen=True):
    """What stands in one sentence: amounts of people, amounts of things, times, names."""

    quantities: list[Quantity]
    things: list[Quantity]
    dates: list[DateRange]
    mentions: list[Mention]


class View:
    """Words `first`..`last` of `text`; `stems[i - first]` is the folded stem of word `i`.

    `whole` has the words with their clitics, a joining و or ف left out.
    """

    def __init__(
        self,
        text: Text,
        sentence: Sentence,
        number: int,
        found: _Found,
        prepositions: frozenset[str],
        town: Mention | None = None,
    ) -> None:
        self._prepositions = prepositions
        self.text, self.sentence, self.number = text, sentence, number
        self.town = town
        """The settlement named last in the sentences before."""
        self.words = text.words[sentence.first : sentence.last]
        self.base, self.size = sentence.first, len(self.words)
        self.stems = [word.stem or word.key for word in self.words]
        # Particles are told by the pronoun on them (بينهم, مصدره): whole words, only what joins clauses taken off.
        self.whole = [
            word.key[1:] if word.proclitics and word.proclitics[0] in _JOIN and len(word.key) > 1 else word.key
            for word in self.words
        ]
        self.vocabulary = {*self.stems, *self.whole}
        """All stems and whole words: what is not among them stands nowhere in the sentence."""
        self._written: set[str] | None = None
        self._rules: dict[Span, str] | None = None
        self.phrases: dict[Phrases, dict[int, int]] = {}
        """Where the phrases of each set begin that has been asked for (see `lexicon.Phrases`)."""
        self._marks = [word.kind is _PUNCT and word.form in _STRONG for word in self.words]
        self._governors: dict[int, str] = {}
        self.quantities, self.dates, self.mentions = found.quantities, found.dates, found.mentions
        self.covered: dict[int, Mention] = {}
        for mention in self.mentions:
            for at in range(mention.first - self.base, mention.last - self.base):
                self.covered.setdefault(at, mention)
        self.dated = {at - self.base for date in self.dates for at in range(date.first, date.last)}
        # Words that count things (ثلاث ضربات): amounts of people stand in `amounts`.
        self.things = {at - self.base for thing in found.things for at in range(thing.first, thing.last)}
        self.thing_at = {thing.first - self.base: thing for thing in found.things}
        self.thing_before = {thing.last - self.base: thing for thing in found.things}
        self.amounts: dict[int, Quantity] = {}
        for quantity in self.quantities:
            for at in range(quantity.first - self.base, quantity.last - self.base):
                self.amounts.setdefault(at, quantity)

    def __len__(self) -> int:
        return self.size

    @property
    def written(self) -> set[str]:
        """All that a word of the sentence may be met by: stems, whole words, keys, accusatives without their alif."""
        if self._written is None:
            accusatives = [stem[:-1] for stem in self.stems if stem[-1:] == "ا"]
            self._written = {*self.vocabulary, *accusatives, *[word.key for word in self.words]}
        return self._written

    @property
    def rules(self) -> dict[Span, str]:
        """The rule that read each name."""
        if self._rules is None:
            self._rules = {mention.span: mention.rule for mention in self.mentions}
        return self._rules

    def has(self, words: frozenset[str], at: int) -> bool:
        """Whether word `at` is one of `words`, with its clitics or without."""
        return 0 <= at < self.size and (self.stems[at] in words or self.whole[at] in words)

    def span(self, first: int, last: int) -> Span:
        """The characters of words `first`..`last` (half open), a leading proclitic left out."""
        return Span(self.words[first].name_start, self.words[last - 1].end)

    def cut(self, span: Span) -> str:
        """The characters of `span` as given."""
        return span.cut(self.text.document.text)

    def local(self, item: Mention | Quantity | DateRange) -> tuple[int, int]:
        """The words of `item`, counted from the start of the sentence."""
        return item.first - self.base, item.last - self.base

    def is_mark(self, at: int) -> bool:
        """Whether word `at` is a mark that may end a clause."""
        return self._marks[at]

    def joined(self, at: int) -> bool:
        """Whether word `at` is joined to what stands before it by و or ف."""
        word = self.words[at]
        return word.proclitics[:1] in ("و", "ف") or (at > 0 and self.stems[at - 1] in ("و", "ف", "ثم"))

    def coordinated(self, last: int, first: int) -> bool:
        """Whether words `last`.. and `first`.. are joined by و with no more than marks of quotation between."""
        between = range(last, first)
        if len(between) > _BETWEEN or first < last:
            return False
        if self.words[first].proclitics[:1] != "و" and not any(self.stems[at] == "و" for at in between):
            return False
        return all(self.words[at].form in _QUOTES or self.stems[at] == "و" for at in between)

    def preposition(self, at: int) -> str:
        """The preposition that governs word `at`: its own proclitic, or the word before it; '' where there is none."""
        found = self._governors.get(at)
        if found is None:
            found = self._governors[at] = self._governor(at)
        return found

    def _governor(self, at: int) -> str:
        word = self.words[at]
        for letter in reversed(word.proclitics):
            if letter in "بلك":
                return letter
        before = at - 1
        while before >= 0 and self.words[before].kind is WordKind.PUNCT and self.words[before].form in "\"«“”'‘(":
            before -= 1
        if before < 0:
            return ""
        if self.words[before].stem in ("", "ل", "ب", "ك") and self.words[before].kind is WordKind.WORD:
            return (self.words[before].proclitics or self.words[before].form)[-1]
        if self.words[before].article:
            return ""  # العلي is a name
        return self.stems[before] if self.stems[before] in self._prepositions else ""

    def gap_marks(self, first: int, last: int) -> int:
        """How many clause marks stand in words `first`..`last`."""
        return sum(self._marks[max(0, first) : max(0, last)])


def views_of(text: Text, values: Values, mentions: tuple[Mention, ...], prepositions: frozenset[str]) -> list[View]:
    """A view for each sentence of `text`. Linear: each list is walked once."""
    quantities = _split(text, [q for q in values.quantities if q.person or q.noun is None])
    things = _split(text, [q for q in values.quantities if not q.person and q.noun is not None])
    dates = _split(text, list(values.dates))
    named = _split(text, list(mentions))
    views = []
    place: Mention | None = None
    for number, sentence in enumerate(text.sentences):
        found = _Found(quantities[number], things[number], dates[number], named[number])
        views.append(View(text, sentence, number, found, prepositions, place))
        towns = [m for m in found.mentions if m.kind is MentionKind.PLACE and m.subtype == "settlement"]
        place = towns[-1] if towns else place
    return views


def _split(text: Text, items: list) -> list[list]:  # type: ignore[type-arg]
    starts = [sentence.first for sentence in text.sentences]
    rows: list[list] = [[] for _ in starts]  # type: ignore[type-arg]
    for item in items:
        row = bisect_left(starts, item.first + 1) - 1
        if 0 <= row < len(rows) and item.last <= text.sentences[row].last:
            rows[row].append(item)
    return rows

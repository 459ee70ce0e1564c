"""What the grammar of dates works on: words, numbers by their first word, the clock, notes."""

from __future__ import annotations

from typing import Literal

import msgspec

from sijill.model import Note, Precision
from sijill.values.dates.clock import Clock, Period
from sijill.values.dates.lexicon import TimeLexicon
from sijill.values.numerals import Found, NumeralReader
from sijill.values.tokens import Tokens

__all__ = ["COMMAS", "DASHES", "UNITS", "Hit", "Scan"]

UNITS = frozenset(("hours", "days", "weeks", "months", "years"))
DASHES = frozenset(("-", "–", "—"))
COMMAS = frozenset(("،", ","))
_ARTICLES = frozenset(("ال", "وال", "لل", "بال"))


class Hit(msgspec.Struct, frozen=True):
    """A time read at words `first`..`last` (half open) by a rule; `note` is the code of what is odd about it."""

    period: Period
    first: int
    last: int
    rule: str
    note: str = ""


class Scan:
    """One text on its way through the grammar of dates."""

    def __init__(
        self, tokens: Tokens, numbers: list[Found], numerals: NumeralReader, lexicon: TimeLexicon, clock: Clock
    ) -> None:
        self.tokens = tokens
        self._size = len(tokens)
        self.numbers: dict[int, Found | None] = {found.first: found for found in numbers}
        self._numerals = numerals
        self.lexicon = lexicon
        self.grammar = lexicon.grammar
        self.clock = clock
        self.notes: list[Note] = []
        # How many days the weekdays named with اليوم, أمس and غدا lie from where publication puts them.
        self.shifts: set[int] = set()
        # The same for the full dates named with them.
        self.anchors: set[int] = set()

    def key(self, at: int) -> str:
        """The word at `at` without proclitics, with its article; empty beyond the text."""
        return self.tokens.bare[at] if at < self._size else ""

    def end(self, at: int) -> int:
        """The word behind the sentence of the word at `at`."""
        return self.tokens.ends[at] if at < self._size else self._size

    def whole(self, at: int, end: int) -> int | None:
        """The value of an integer in digits or words that begins at `at`, an article before digits skipped."""
        found = self.number(at, end)
        return None if found is None or not isinstance(found.value, int) else found.value

    def number(self, at: int, end: int) -> Found | None:
        """The number that begins at `at`; `ال` before digits belongs to it."""
        if at + 1 < end and self.tokens.keys[at] in _ARTICLES and self.tokens.is_digits(at + 1):
            at += 1
        if at not in self.numbers and at < end and self.tokens.atoms[at] is not self.tokens.nothing:
            # كانون الثاني والثلاثين من: what looked like one number is the end of a month and a day.
            self.numbers[at] = self._numerals.at(self.tokens, at)
        found = self.numbers.get(at)
        return found if found is not None and found.last <= end and not found.percent else None

    def year(self, at: int, end: int) -> tuple[int, int] | None:
        """(year, word behind it) of a number that can be a year of the common era."""
        found = self.number(at, end)
        if found is None or found.ordinal or not isinstance(found.value, int) or not 1800 <= found.value <= 2150:
            return None
        if found.digits and (found.last - found.first != 1 or len(self.tokens.keys[found.first]) != 4):
            return None
        return found.value, self.era(found.last, end, hijri=False)

    def era(self, at: int, end: int, *, hijri: bool) -> int:
        """Step over م, هـ, ميلادي behind a year."""
        return at + 1 if at < end and self.lexicon.eras.get(self.tokens.keys[at]) is hijri else at

    def unit(self, at: int, end: int) -> str | None:
        """The unit of time that the word at `at` names in any of its forms."""
        form = self.tokens.atoms[at].noun if at < end else None
        if form is None or form.noun.noun_class not in UNITS or self.tokens.words[at].enclitic:
            return None
        return form.noun.noun_class

    def unit_number(self, at: int) -> Literal["singular", "dual", "plural"]:
        """Singular, dual or plural of the unit at `at`."""
        form = self.tokens.atoms[at].noun
        return "singular" if form is None else form.number

    def qualifier(self, at: int, end: int) -> Literal["past", "this", "next"] | None:
        """الماضي, الجاري, المقبل at `at`: they carry the article."""
        if at >= end or not self.tokens.article[at] or not self.tokens.plain(at):
            return None
        return self.lexicon.qualifiers.get(self.tokens.words[at].stem)

    def weekday(self, at: int, end: int) -> int | None:
        """The weekday at `at`, which carries the article in writing."""
        if at >= end or not self.tokens.article[at]:
            return None
        return self.lexicon.weekdays.get(self.tokens.words[at].stem)

    def joins_range(self, at: int, end: int) -> bool:
        """Whether the word at `at` joins the two ends of a range."""
        return at < end and (self.tokens.bare[at] in self.lexicon.until or self.tokens.bare[at] in DASHES)

    def span_of(self, one: Hit, two: Hit, first: int, rule: str) -> Hit:
        """The range from one time to the other."""
        start, end = one.period.start, two.period.end
        if start is None or end is None or start > end:
            problem = one.period.problem or two.period.problem or "a range that runs backward"
            return Hit(Period.unresolved(problem), first, two.last, rule)
        years = one.period.precision is Precision.YEAR and two.period.precision is Precision.YEAR
        return Hit(Period(start, end, Precision.YEARS if years else Precision.DAYS), first, two.last, rule)

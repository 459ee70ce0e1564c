"""The walk over a text: where a time begins, the longest reading of it, what only looks like one, notes."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from sijill.model import DateRange, Note, Span, WordKind
from sijill.values.dates.clock import IMPOSSIBLE, NO_PUBLICATION, Clock, WeekStart
from sijill.values.dates.durations import timed
from sijill.values.dates.lexicon import TimeLexicon
from sijill.values.dates.scan import UNITS, Hit, Scan
from sijill.values.dates.written import dateline
from sijill.values.numerals import Found, NumeralReader
from sijill.values.tokens import Tokens

__all__ = ["DateReader"]

_REMEMBERED = 50_000
_WRITTEN_BEFORE = (-1, -2)  # days: put online after midnight, or the day after
_NEAR = 10  # days that a full date called today may lie from publication
_GUARDED = ("day-month", "month", "hijri-day", "hijri-month")
_MESSAGES = {
    IMPOSSIBLE: "there is no such day",
    "double-month": "the two names of the month contradict each other; the reading nearest to publication is taken",
    "weekday-contradicts": "the weekday is not that day's; the date is taken",
    "weekday-moves-day": "the weekday is not that of the day of publication; the weekday is taken",
}


class DateReader:
    """Finds and resolves the stated times of a text."""

    def __init__(
        self,
        lexicon: TimeLexicon,
        numerals: NumeralReader,
        prefer: Literal["past", "future"] = "past",
        week_start: WeekStart | None = None,
        *,
        in_span: bool = False,
    ) -> None:
        self._numerals = numerals
        self._lexicon = lexicon
        self._timely: dict[str, bool] = {}
        self._prefer: Literal["past", "future"] = prefer
        self._week_start: WeekStart | None = week_start
        self._in_span = in_span

    def read(
        self, tokens: Tokens, numbers: list[Found], published: date | None, taken: bytearray
    ) -> tuple[list[DateRange], list[Note]]:
        """The dates in text order and the notes on them; the words of dates are marked in `taken`.

        A report that a line of its page dates a few days off its publication, or that calls a day today (`اليوم 5
        آذار`, `اليوم الخميس`) that lies near it, was written then: what it dates from today is read from that day.
        """
        stated = None if published is None else dateline(tokens.text, published, self._lexicon)
        day = stated or published
        starts = self._starts(tokens)
        dates, notes, scan = self._read(tokens, numbers, starts, day)
        late = _shift(scan)
        if day is not None and late and day.toordinal() + late > 0:
            day = date.fromordinal(day.toordinal() + late)
            dates, notes, _ = self._read(tokens, numbers, starts, day)
        if published is not None and day is not None and day != published:
            dates = [_until(found, day, published) for found in dates]
            notes.append(Note("written-before", f"by the days that it names, written on {day.isoformat()}"))
        for found in dates:
            taken[found.first : found.last] = b"\1" * (found.last - found.first)
        return dates, notes

    def _read(
        self, tokens: Tokens, numbers: list[Found], starts: list[int], published: date | None
    ) -> tuple[list[DateRange], list[Note], Scan]:
        """The dates as told on the day `published`, the notes on them, and what was seen on the way."""
        scan = Scan(tokens, numbers, self._numerals, self._lexicon, Clock(published, self._prefer, self._week_start))
        dates: list[DateRange] = []
        notes: list[Note] = []
        undated = False
        done = 0
        for at in starts:
            hit = timed(scan, at, tokens.ends[at]) if at >= done else None
            if hit is None or self._guarded(tokens, hit):
                continue
            found = self._date(tokens, self._opened(tokens, hit) if self._in_span else hit)
            dates.append(found)
            notes += _notes(hit, found.span)
            undated = undated or hit.period.problem == NO_PUBLICATION
            done = hit.last
        if undated:  # said once, of the report
            notes.append(Note("no-publication-day", "no publication day: relative dates stay unresolved"))
        return dates, notes, scan

    def _starts(self, tokens: Tokens) -> list[int]:
        """The words at which a time can begin: a cheap test, so that the grammar is tried at few."""
        known, bare = self._timely, tokens.bare
        if len(known) >= _REMEMBERED:
            known.clear()
        timely = []
        for at, word in enumerate(tokens.words):
            told = known.get(word.form)
            if told is None:
                told = known[word.form] = self._judged(tokens, at)
            if told:
                timely.append(at)
        follow, frequent = {*timely}, self._lexicon.grammar.frequent
        return [at for at in timely if bare[at] not in frequent or self._opens(tokens, at, follow)]

    def _opens(self, tokens: Tokens, at: int, timely: set[int]) -> bool:
        """Whether a time may follow the preposition at word `at`."""
        if at + 1 < tokens.ends[at] and at + 1 in timely:
            return True
        within = self._lexicon.within.starting(tokens.bare, at)
        return within is not None and within[0] > 1

    def _judged(self, tokens: Tokens, at: int) -> bool:
        kind = tokens.words[at].kind
        if kind is not WordKind.WORD:
            return kind is not WordKind.PUNCT
        starters = self._lexicon.starters
        if tokens.bare[at] in starters or tokens.words[at].stem in starters:
            return True
        atom = tokens.atoms[at]
        if atom is tokens.nothing:
            return False
        unit = atom.noun is not None and atom.noun.noun.noun_class in UNITS
        return unit or atom.numeral is not None or atom.ordinal is not None

    def _guarded(self, tokens: Tokens, hit: Hit) -> bool:
        """قوى 14 آذار, محمد رمضان, شارع 26 سبتمبر: names made of a day or a month."""
        if not hit.rule.startswith(_GUARDED) or hit.rule.endswith("year"):
            return False
        before = hit.first - 1
        while before >= 0 and tokens.keys[before] in ("ال", '"', "«", "“"):
            before -= 1
        if before < 0 or not tokens.plain(hit.first):
            return False
        guards = self._lexicon.guards
        return tokens.words[before].stem in guards or tokens.keys[before] in guards

    def _opened(self, tokens: Tokens, hit: Hit) -> Hit:
        """The time with the في that it is governed by."""
        before = hit.first - 1
        governed = before >= 0 and tokens.bare[before] in self._lexicon.grammar.in_ and not tokens.begins(hit.first)
        return msgspec.structs.replace(hit, first=before) if governed else hit

    @staticmethod
    def _date(tokens: Tokens, hit: Hit) -> DateRange:
        span = _span(tokens, hit)
        period = hit.period
        return DateRange(
            period.start,
            period.end,
            period.precision,
            span,
            span.cut(tokens.text.document.text),
            hit.rule,
            hit.first,
            hit.last,
        )


def _span(tokens: Tokens, hit: Hit) -> Span:
    """The characters of the expression, its first word without proclitics."""
    return Span(tokens.words[hit.first].name_start, tokens.words[hit.last - 1].end)


def _shift(scan: Scan) -> int:
    """How many days the day that the text calls today lies from where it is counted from; 0 where it does not say.

    A full date beside اليوم says it best, a weekday alone only where it lies a day or two before.
    """
    full, weekdays = scan.anchors, scan.shifts
    both = full & weekdays
    if len(both) == 1:
        return next(iter(both))
    if full:
        return next(iter(full)) if len(full) == 1 and not weekdays and abs(min(full)) <= _NEAR else 0
    late = next(iter(weekdays)) if len(weekdays) == 1 else 0
    return late if late in _WRITTEN_BEFORE else 0


def _until(found: DateRange, written: date, published: date) -> DateRange:
    """What is told since a day runs up to publication, whenever it was written."""
    if found.rule != "since" or found.end != written:
        return found
    return msgspec.structs.replace(found, end=published)


def _notes(hit: Hit, span: Span) -> list[Note]:
    codes = [code for code in (hit.note, hit.period.problem) if code and code != NO_PUBLICATION]
    return [Note(code.replace(" ", "-"), _MESSAGES.get(code, code), span) for code in codes]

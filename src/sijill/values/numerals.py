"""Numbers of a text: digits, words, and both together, added only where the grammar allows.

A number in words is a row of groups below a thousand with falling scales, each but the first joined by و:
units stand before tens (ثلاثة وعشرون), hundreds before both, a bare unit before ten makes a teen (أربعة عشر).
Nothing else adds: `30 و40` are two numbers.

Source: W. Wright, A Grammar of the Arabic Language, vol. 1, § 318-329, vol. 2, § 96-103.
"""

from __future__ import annotations

import msgspec

from sijill.model import WordKind
from sijill.values.digits import MOST_DIGITS, digits_value, gulf_value
from sijill.values.lexicon import Lexicon, Numeral
from sijill.values.tokens import Tokens

__all__ = ["Found", "NumeralReader"]

_HUNDREDTHS = (100, 1000)


class Found(msgspec.Struct, frozen=True, gc=False):
    """A number at words `first`..`last` (half open)."""

    value: int | float
    first: int
    last: int
    ordinal: bool = False
    percent: bool = False
    digits: bool = False
    definite: bool = False
    scale: int = 1


class _Part(msgspec.Struct, frozen=True, gc=False):
    value: int | float
    last: int


class NumeralReader:
    """Reads the numbers of a text, left to right, each word in at most one number."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, tokens: Tokens) -> list[Found]:
        """The numbers in text order, ordinals among them; names such as `اللواء 128` are not yet told apart."""
        found: list[Found] = []
        done = 0
        for at in tokens.meant:
            number = self.at(tokens, at) if at >= done else None
            if number is not None:
                found.append(number)
                done = number.last
        return found

    def at(self, tokens: Tokens, at: int) -> Found | None:
        """The number that begins at a word, or None."""
        if tokens.words[at].kind is WordKind.NUMBER:
            return self._digits(tokens, at)
        atom = tokens.atoms[at]
        number = self._words(tokens, at) if atom.numeral is not None else None
        return self._ordinal(tokens, at) if number is None and atom.ordinal is not None else number

    # --- digits ---

    def _digits(self, tokens: Tokens, at: int) -> Found | None:
        end = tokens.ends[at]
        third = at + 2 < end and tokens.is_digits(at + 2)
        if third and tokens.keys[at + 1] == "/" and (quotient := self._quotient(tokens, at, end)) is not None:
            return quotient
        if third and tokens.keys[at + 1] == "ر" and tokens.touching(at + 1) and tokens.touching(at + 2):
            gulf = gulf_value(tokens.keys[at], tokens.keys[at + 2])
            return None if gulf is None else self._scaled_digits(tokens, at, _Part(gulf, at + 3))
        if third and tokens.keys[at + 1] in self._lexicon.points:
            pointed = digits_value(f"{tokens.keys[at]}.{tokens.keys[at + 2]}", decimal=True)
            if pointed is not None and tokens.keys[at].isdigit():
                return self._scaled_digits(tokens, at, _Part(pointed, at + 3))
        if self._pointed(tokens, at):
            fraction = digits_value(f"0.{tokens.keys[at]}", decimal=True)
            return None if fraction is None else self._scaled_digits(tokens, at, _Part(fraction, at + 1), start=at - 1)
        follows = self._scale(tokens, at + 1, end) is not None or self._percent(tokens, at + 1, end) > 0
        value = digits_value(tokens.keys[at], decimal=follows or "٫" in tokens.words[at].form)
        return None if value is None else self._scaled_digits(tokens, at, _Part(value, at + 1))

    @staticmethod
    def _quotient(tokens: Tokens, at: int, end: int) -> Found | None:
        """A lone 77/100 or -12/10: where nothing else stands, and no day and month can be meant, / divides."""
        over, under = tokens.keys[at], tokens.keys[at + 2]
        if at + 3 != end or not (tokens.touching(at + 1) and tokens.touching(at + 2)):
            return None
        if not (over.isdigit() and under.isdigit() and len(over) + len(under) <= MOST_DIGITS and int(under)):
            return None
        negative = _dashed(tokens, at)
        if not (negative or (tokens.begins(at) and int(under) in _HUNDREDTHS)):
            return None
        value = int(over) / int(under)
        return Found(-value if negative else value, at - negative, end, digits=True)

    @staticmethod
    def _pointed(tokens: Tokens, at: int) -> bool:
        """٫77 is 0.77; a full stop says so only where nothing stands before it."""
        if not tokens.touching(at) or not tokens.keys[at].isdigit():
            return False
        mark = tokens.words[at - 1].form
        return (mark == "٫" and not tokens.touching(at - 1)) or (mark == "." and tokens.begins(at - 1))

    def _scaled_digits(self, tokens: Tokens, at: int, part: _Part, start: int | None = None) -> Found:
        end = tokens.ends[at]
        scale = self._scale(tokens, part.last, end)
        if scale is not None:
            part = _Part(_round(part.value * scale.value), part.last + 1)
            part = self._more(tokens, part, scale.value, end)
        first = at if start is None else start
        # A lone -12 is a number below zero; before anything else the dash is a bullet.
        if _dashed(tokens, first) and part.last == end and part.value:
            return Found(-part.value, first - 1, part.last, digits=True)
        return self._found(tokens, first, part, digits=True, scale=1 if scale is None else scale.value)

    def _scale(self, tokens: Tokens, at: int, end: int) -> Numeral | None:
        """The scale word at `at` that multiplies the number before it."""
        if at >= end:
            return None
        numeral = tokens.atoms[at].numeral
        if numeral is None or numeral.kind != "scale" or numeral.form == "dual" or not tokens.plain(at):
            return None
        return numeral

    # --- words ---

    def _words(self, tokens: Tokens, at: int) -> Found | None:
        end = tokens.ends[at]
        first = tokens.atoms[at].numeral
        if first is not None and first.kind == "part":
            return self._fraction(tokens, at, first, end)
        part, limit = self._term(tokens, at, end)
        if part is None:
            return None
        if limit > 1:
            part = self._more(tokens, part, limit, end)
        return self._found(tokens, at, part, scale=limit)

    def _fraction(self, tokens: Tokens, at: int, numeral: Numeral, end: int) -> Found | None:
        """نصف مليون: a fraction of a scale; a fraction of anything else is no number here."""
        scale = self._scale(tokens, at + 1, end)
        if scale is None:
            return None
        return self._found(tokens, at, _Part(scale.value // numeral.value, at + 2), scale=scale.value)

    def _term(self, tokens: Tokens, at: int, end: int) -> tuple[_Part | None, int]:
        """A group with its scale, or a scale by itself: (value and end, the scale; 1 where there is none)."""
        numeral = tokens.atoms[at].numeral
        if numeral is None:
            return None, 1
        if numeral.kind == "scale":
            value = self._lone_scale(tokens, at, numeral, end)
            last = at + 1
            larger = self._scale(tokens, last, end)
            if value is not None and larger is not None and larger.value > numeral.value:
                return _Part(value * larger.value, last + 1), larger.value  # ألف مليون
            return (None, 1) if value is None else (_Part(value, last), numeral.value)
        group = self._group(tokens, at, end)
        if group is None:
            return None, 1
        scale = self._scale(tokens, group.last, end)
        if scale is None:
            return group, 1
        return _Part(group.value * scale.value, group.last + 1), scale.value

    def _lone_scale(self, tokens: Tokens, at: int, numeral: Numeral, end: int) -> int | None:
        """The value of a scale without a multiplier; its plural is a vague amount and no number."""
        if numeral.form == "many":
            return None
        if numeral.form == "dual":
            return 2 * numeral.value
        if numeral.form == "accusative":  # ألفا before a noun is the dual, before و or nothing one thousand
            noun_behind = at + 1 < end and tokens.plain(at + 1) and tokens.atoms[at + 1].noun is not None
            return 2 * numeral.value if noun_behind else numeral.value
        return numeral.value

    def _more(self, tokens: Tokens, part: _Part, limit: int, end: int) -> _Part:
        """`part` with the smaller terms that و adds to it."""
        while True:
            at, joined = tokens.joined(part.last)
            if not joined or at >= end:
                return part
            numeral = tokens.atoms[at].numeral
            if numeral is not None and numeral.kind == "part":
                if numeral.value != 2 or self._counts_noun(tokens, at + 1, end):
                    return part
                skip = 1 if self._repeats_scale(tokens, at + 1, end, limit) else 0
                return _Part(part.value + limit // 2, at + 1 + skip)
            term, scale = (
                self._small_digits(tokens, at, limit, end) if tokens.is_digits(at) else self._term(tokens, at, end)
            )
            if term is None or term.value >= limit or scale >= limit:
                return part
            part, limit = _Part(part.value + term.value, term.last), scale
            if limit == 1:
                return part

    def _counts_noun(self, tokens: Tokens, at: int, end: int) -> bool:
        return at < end and tokens.atoms[at].noun is not None and tokens.article[at]

    def _repeats_scale(self, tokens: Tokens, at: int, end: int, limit: int) -> bool:
        numeral = tokens.atoms[at].numeral if at < end else None
        return numeral is not None and numeral.kind == "scale" and numeral.value == limit and tokens.article[at]

    def _small_digits(self, tokens: Tokens, at: int, limit: int, end: int) -> tuple[_Part | None, int]:
        """Digits that a scale is continued by: 3 آلاف و500, مليون و200 ألف."""
        value = digits_value(tokens.keys[at])
        if not isinstance(value, int):
            return None, 1
        scale = self._scale(tokens, at + 1, end)
        if scale is not None:
            return _Part(value * scale.value, at + 2), scale.value
        if value >= limit // 10 and value < limit:
            return _Part(value, at + 1), 1
        return None, 1

    def _group(self, tokens: Tokens, at: int, end: int) -> _Part | None:
        """A number below a thousand in words."""
        hundreds = self._hundreds(tokens, at, end)
        if hundreds is None:
            return self._below_hundred(tokens, at, end)
        more, joined = tokens.joined(hundreds.last)
        rest = self._below_hundred(tokens, more, end) if joined and more < end else None
        return hundreds if rest is None else _Part(hundreds.value + rest.value, rest.last)

    def _hundreds(self, tokens: Tokens, at: int, end: int) -> _Part | None:
        numeral = tokens.atoms[at].numeral
        if numeral is None:
            return None
        if numeral.kind == "hundred":
            return _Part(numeral.value, at + 1)
        if numeral.kind == "unit" and numeral.value >= 3 and at + 1 < end and tokens.plain(at + 1):
            following = tokens.atoms[at + 1].numeral
            if following is not None and following.kind == "hundred" and following.value == 100:
                return _Part(numeral.value * 100, at + 2)
        return None

    def _below_hundred(self, tokens: Tokens, at: int, end: int) -> _Part | None:
        numeral = tokens.atoms[at].numeral
        if numeral is None or numeral.kind not in ("unit", "bound", "ten", "tens"):
            return None
        if numeral.kind in ("ten", "tens"):
            return _Part(numeral.value, at + 1)
        following = tokens.atoms[at + 1].numeral if at + 1 < end else None
        if following is not None and following.kind == "ten" and tokens.plain(at + 1):
            return _Part(10 + numeral.value, at + 2)
        more, joined = tokens.joined(at + 1)
        tens = tokens.atoms[more].numeral if joined and more < end and numeral.value > 0 else None
        if tens is not None and tens.kind == "tens":
            return _Part(tens.value + numeral.value, more + 1)
        return _Part(numeral.value, at + 1) if numeral.kind == "unit" else None

    # --- ordinals ---

    def _ordinal(self, tokens: Tokens, at: int) -> Found | None:
        """الثالث, الحادي والعشرين, الخامس عشر."""
        end = tokens.ends[at]
        ordinal = tokens.atoms[at].ordinal
        if ordinal is None:
            return None
        last = at + 1
        value = ordinal.value
        following = tokens.atoms[last].numeral if last < end else None
        if following is not None and following.kind == "ten" and tokens.plain(last) and 1 <= value <= 9:
            return Found(value + 10, at, last + 1, ordinal=True, definite=tokens.article[at])
        more, joined = tokens.joined(last)
        tens = tokens.atoms[more].numeral if joined and more < end else None
        if tens is not None and tens.kind == "tens" and 1 <= value <= 9 and tokens.article[more]:
            return Found(value + tens.value, at, more + 1, ordinal=True, definite=True)
        return Found(value, at, last, ordinal=True, definite=tokens.article[at])

    # --- all ---

    def _percent(self, tokens: Tokens, at: int, end: int) -> int:
        """How many words of a percent sign stand at `at`."""
        phrase = self._lexicon.percents.starting(tokens.keys, at)
        return phrase[0] if phrase is not None and at + phrase[0] <= end else 0

    def _found(self, tokens: Tokens, at: int, part: _Part, *, digits: bool = False, scale: int = 1) -> Found:
        percent = self._percent(tokens, part.last, tokens.ends[at])
        definite = tokens.article[at] or (at > 0 and tokens.keys[at - 1] in ("ال", "بال", "وال", "لل"))
        return Found(part.value, at, part.last + percent, False, percent > 0, digits, definite, scale)


def _dashed(tokens: Tokens, at: int) -> bool:
    """Whether a dash that touches word `at` opens its sentence."""
    return at > 0 and tokens.keys[at - 1] == "-" and tokens.touching(at) and tokens.begins(at - 1)


def _round(value: float) -> int | float:
    """2.3 million is 2300000, not 2299999.9999999995."""
    rounded = round(value)
    return rounded if abs(value - rounded) < 1e-6 * max(1.0, abs(value)) else value

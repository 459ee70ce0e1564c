"""Text → numbers, quantities, dates.

`ValueReader` holds what is loaded once; `ValueReader.read(text)` gives the `Values` of a text. `lexicon_words` are the
words of this room's data, which `TextReader` must know to take clitics off them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sijill.model import Text, Values
from sijill.values.dates import DateReader, WeekStart, load_time
from sijill.values.lexicon import load_lexicon
from sijill.values.numerals import NumeralReader
from sijill.values.policy import load_policy
from sijill.values.quantities import QuantityReader
from sijill.values.tokens import Tokens, Views

__all__ = ["ValueReader", "WeekStart", "lexicon_words"]


class ValueReader:
    """Reads the values of texts. `policy` says what amounts in words mean, `prefer` which way open dates point,
    `week_start` the day that weeks begin on (None, as in the guidelines: last week is the seven days before
    publication), `in_span` whether the span of a date takes in the في before it (the guidelines leave it out, Duckling
    takes it in).

    Forms are remembered as the first text has them cut, so that all texts must come from readers with one lexicon.
    """

    def __init__(
        self,
        overlay: Path | None = None,
        policy: str = "guidelines",
        prefer: Literal["past", "future"] = "past",
        week_start: WeekStart | None = None,
        *,
        in_span: bool = False,
    ) -> None:
        self._lexicon = load_lexicon(overlay)
        self.policy = load_policy(policy, overlay)
        self._views = Views(self._lexicon)
        self._numerals = NumeralReader(self._lexicon)
        self._dates = DateReader(load_time(overlay), self._numerals, prefer, week_start, in_span=in_span)
        self._quantities = QuantityReader(self._lexicon, self.policy)

    def read(self, text: Text) -> Values:
        """The values of `text`, each kind in text order. Linear in the length of the text."""
        tokens = Tokens(text, self._views)
        found = self._numerals.read(tokens)
        taken = bytearray(len(tokens))
        dates, notes = self._dates.read(tokens, found, text.document.published, taken)
        numbers, quantities = self._quantities.read(tokens, found, taken)
        return Values(tuple(numbers), tuple(quantities), tuple(dates), tuple(notes))


def lexicon_words(overlay: Path | None = None) -> tuple[str, ...]:
    """Words of the room's data that clitics may stand before."""
    return tuple(sorted({*load_lexicon(overlay).words, *load_time(overlay).words}))

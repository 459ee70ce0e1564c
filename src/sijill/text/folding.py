"""Cleaning with an offset map: from the characters as given to the letters that words are compared by.

Two steps. `clean` drops what no Arabic word is told apart by (tashkeel, tatweel, bidi and zero-width marks) and
writes presentation forms and Persian letters as plain Arabic letters; it keeps the way back to every character as
given. `fold` then gives the key that lexicons are looked up by (alef, hamza, ya and ta marbuta forms, digits); it
maps letter to letter, so that it changes no offset.

Source: Unicode 15.1, Arabic blocks; folding classes as in Lucene's ArabicNormalizer, and hamza on its seat.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence

__all__ = ["Clean", "clean", "fold"]

_DROPPED = (
    "\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
_PRESENTATION = "\ufb50-\ufdff\ufe70-\ufefc"
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]+")
_SPECIAL = re.compile(f"[{_DROPPED}{_PRESENTATION}][{_DROPPED}{_PRESENTATION}]*")  # one leading set: searched fast
_SMALL = 1_000_000
_LETTERS = str.maketrans(
    "یېىکڪگپڤڨچژھہەۀۃٱ\u00a0\u2007\u202f",
    "ييىككگپڤڨچژهههههٱ   ",
)
_OTHER = re.compile(f"[{''.join(chr(letter) for letter, plain in _LETTERS.items() if letter != plain)}]+")
_KEY = str.maketrans(
    "أإآٱىئؤةگڤپچژ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫",
    "ااااييوهكفبجز01234567890123456789,.",
)


class Clean:
    """Cleaned text and the way back: `offsets[i]` is the offset, as given, of cleaned character `i`.

    There is one offset more than there are characters: the end of the text as given. `one_by_one`: no character as
    given stands for several letters.
    """

    __slots__ = ("_given", "offsets", "one_by_one", "text")

    def __init__(self, text: str, given: str, offsets: Sequence[int], *, one_by_one: bool = True) -> None:
        self.text, self._given, self.offsets, self.one_by_one = text, given, offsets, one_by_one

    def original(self, index: int) -> int:
        """The offset, in the text as given, of the character at `index` of the cleaned text."""
        return self.offsets[index]

    def original_end(self, index: int) -> int:
        """The offset just behind the character before `index` (half-open end) in the text as given."""
        return self.offsets[index - 1] + 1 if index else 0

    def marked_end(self, index: int) -> int:
        """`original_end`, with the tashkeel and tatweel that stand on the last letter taken in."""
        end = self.offsets[index - 1] + 1
        if self.offsets[index] == end:
            return end
        marks = _MARKS.match(self._given, end)
        return marks.end() if marks else end


def clean(text: str, given: str | None = None) -> Clean:
    """`text` without marks and with plain letters, with the map back. Linear in the length.

    `given` is the text as given where `text` differs from it in letters (never in length).
    """
    given = text if given is None else given
    pieces: list[str] = []
    # A list is quick to fill and to ask; a text of millions of characters needs the smaller array.
    at: list[int] | array[int] = [] if len(text) < _SMALL else array("L")
    done = 0
    one_by_one = True
    for match in _SPECIAL.finditer(text):
        start, end = match.span()
        pieces.append(text[done:start])
        at.extend(range(done, start))
        done = end
        if max(match[0]) >= "\ufb50":
            one_by_one = False
            for offset, ligature in enumerate(match[0], start):
                letters = _letters(ligature)  # every letter of a ligature stands on the one character that was given
                pieces.append(letters)
                at.extend([offset] * len(letters))
    if not pieces:
        return Clean(_plain(text), given, range(len(text) + 1))
    pieces.append(text[done:])
    at.extend(range(done, len(text) + 1))
    return Clean(_plain("".join(pieces)), given, at, one_by_one=one_by_one)


def _plain(text: str) -> str:
    """`text` with plain Arabic letters: few need it, and finding them costs less than looking every letter up."""
    return _OTHER.sub(lambda match: match[0].translate(_LETTERS), text)


def _letters(ligature: str) -> str:
    """The letters of a presentation form; nothing for a mark alone, or for a formula of several words (ﷺ)."""
    if ligature < "\ufb50":
        return ""
    letters = unicodedata.normalize("NFKC", ligature)
    return "" if " " in letters else _SPECIAL.sub("", letters)


def fold(form: str) -> str:
    """The key of a cleaned word: alef, hamza, ya and ta marbuta forms and both digit sets made one."""
    return form.translate(_KEY)

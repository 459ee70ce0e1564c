"""Spelling that hides a word from filters (قـ ـصـ ـف, شهـ.ـداء, ق.ص.ف), undone where the joined word is one.

The dots and spaces between the letters are read as tatweel, which cleaning drops: offsets stay those of the text as
given, and the word's span covers all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["undone"]

_L = "[\u0621-\u063f\u0641-\u064a]"
_TATWEEL = "\u0640"
_SEPARATED = re.compile(
    f"{_L}+(?:(?:{_TATWEEL}+[ .*_·]{{1,2}}{_TATWEEL}*|[ .*_·]{{1,2}}{_TATWEEL}+){_L}+)+"  # قـ ـصـ ـف
    f"|(?<!{_L}){_L}{{1,5}}(?:\\.{_L}{{1,5}})+(?!{_L})"  # ق.ص.ف
)
_SEPARATOR = re.compile(f"[ .*_·{_TATWEEL}]+")
_BARE = frozenset({"و", "ف", "ب", "ل", "ك", "ال", "بال", "وال", "لل", "وب", "ول"})


def undone(text: str, reads: Callable[[str], bool]) -> str:
    """`text` with tatweel in the place of what hides a word; `reads` says whether letters are a word. Same length."""
    if _TATWEEL not in text and "." not in text:
        return text
    return _SEPARATED.sub(lambda match: _joined(match[0], reads), text)


def _joined(hidden: str, reads: Callable[[str], bool]) -> str:
    """`hidden` with its separators as tatweel where the joined letters are a word, else as it was."""
    pieces = _SEPARATOR.split(hidden)
    if pieces[0] in _BARE and f"{pieces[0]}{_TATWEEL} " in hidden[: len(pieces[0]) + 2] and hidden.count(_TATWEEL) == 1:
        return hidden  # لـ قوات: a proclitic written apart
    if _TATWEEL not in hidden and all(len(piece) > 1 and reads(piece) for piece in pieces):
        return hidden  # الحادث.وقال: two sentences
    if not reads("".join(pieces)):
        return hidden
    return _SEPARATOR.sub(lambda separator: _TATWEEL * len(separator[0]), hidden)

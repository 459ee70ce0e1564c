"""Spelling that hides a word from filters (قـ ـصـ ـف, شهـ.ـداء, ق.ص.ف), undone where the joined word is one.

The dots and spaces between the letters are read as tatweel, which cleaning drops: offsets stay those of the text as
given, and the word's span covers all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["undone"]

_TATWEEL = "\u0640"
_SEPARATORS = " .*_·"
_L = "[\u0621-\u063f\u0641-\u064a]"
_HINT = re.compile(f"[{_TATWEEL}.]")
_HIDDEN = re.compile(
    f"{_L}+(?:(?:{_TATWEEL}+[{_SEPARATORS}]{{1,2}}{_TATWEEL}*|[{_SEPARATORS}]{{1,2}}{_TATWEEL}+){_L}+)+"  # قـ ـصـ ـف
    f"|{_L}{{1,5}}(?:\\.{_L}{{1,5}})+(?!{_L})"  # ق.ص.ف
)
_SEPARATOR = re.compile(f"[{_SEPARATORS}{_TATWEEL}]+")
_BARE = frozenset({"و", "ف", "ب", "ل", "ك", "ال", "بال", "وال", "لل", "وب", "ول"})
_LONGEST = 40


def undone(text: str, reads: Callable[[str], bool]) -> str:
    """`text` with tatweel in the place of what hides a word; `reads` says whether letters are a word. Same length."""
    pieces = []
    done = 0
    for hint in _HINT.finditer(text):
        at = hint.start()
        if at < done or not _hides(text, at):
            continue
        start = _start(text, at, done)
        match = _HIDDEN.match(text, start)
        if match is None or match.end() <= at:
            continue
        pieces += [text[done:start], _joined(match[0], reads)]
        done = match.end()
    if not pieces:
        return text
    pieces.append(text[done:])
    return "".join(pieces)


def _is_letter(character: str) -> bool:
    return "\u0621" <= character <= "\u064a" and character != _TATWEEL


def _hides(text: str, at: int) -> bool:
    """The cheap test: a separator beside the tatweel at `at`, or Arabic letters on both sides of the dot."""
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not behind:
        return False
    if text[at] == ".":
        return _is_letter(before) and _is_letter(behind)
    return before in _SEPARATORS or behind in _SEPARATORS


def _start(text: str, at: int, done: int) -> int:
    """Where the letters before the mark at `at` begin."""
    start = at
    while start > done and at - start < 2 and text[start - 1] in _SEPARATORS:
        start -= 1
    while start > done and at - start < _LONGEST and _is_letter(text[start - 1]):
        start -= 1
    return start


def _joined(hidden: str, reads: Callable[[str], bool]) -> str:
    """`hidden` with its separators as tatweel where the joined letters are a word, else as it was."""
    pieces = _SEPARATOR.split(hidden)
    if pieces[0] in _BARE and hidden.count(_TATWEEL) == 1 and hidden[len(pieces[0])] == _TATWEEL:
        return hidden  # لـ قوات: a proclitic written apart
    if _TATWEEL not in hidden and all(len(piece) > 1 and reads(piece) for piece in pieces):
        return hidden  # الحادث.وقال: two sentences
    if len(hidden) > _LONGEST or not reads("".join(pieces)):
        return hidden
    return _SEPARATOR.sub(lambda separator: _TATWEEL * len(separator[0]), hidden)

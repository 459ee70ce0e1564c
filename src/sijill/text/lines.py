"""The lines of a page, as the rules of furniture look at them."""

from __future__ import annotations

import re

import msgspec

from sijill.text.folding import fold

__all__ = ["Line", "key_of_line", "lines_of"]

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_INNER = re.compile(r"[^\W\d_](?:.*[^\W\d_])?")
_CLOSING = " \t\xa0\"”»’'])"
_WRAPPED = 8  # words of a line that a sentence may go on from
_NAMED = 400  # longer lines are no headings, headlines or buttons


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line that is not blank: its characters, its words, whether it is running prose, its key."""

    start: int
    end: int
    text: str
    words: int
    stop: bool
    key: str

    @property
    def prose(self) -> bool:
        """Headlines have fewer than 22 words and no full stop."""
        return self.words >= 22 or (self.stop and self.words >= 8)


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank; the last line of a wrapped sentence has the words of the line above it as well."""
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        if match[0].isspace():
            continue
        line, above = _line(match), lines[-1] if lines else None
        if above is not None and line.stop and line.start == above.end + 1 and above.words >= _WRAPPED > line.words:
            line = msgspec.structs.replace(line, words=line.words + above.words)
        lines.append(line)
    return lines


def _line(match: re.Match[str]) -> Line:
    text = match[0]
    start, end = match.span()
    short = text if len(text) <= _NAMED else text[:_NAMED] + text[-_NAMED:]
    words = short.count(" ") + 1 if len(text) <= _NAMED else 40
    bare = short.rstrip(_CLOSING)
    stop = bare.endswith(".") and not bare.endswith(("..", "…."))
    return Line(start, end, short, words, stop, key_of_line(text) if len(text) <= _NAMED and words <= 20 else "")


def key_of_line(text: str) -> str:
    """`text` folded and in small letters, from its first letter to its last."""
    inner = _INNER.search(fold(text))
    return inner[0].lower() if inner else ""

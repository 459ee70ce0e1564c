"""Where sentences end: line ends and full stops, but not inside decimals, initials, addresses and headlines' ellipses.

A full stop that a letter follows without a space ends a sentence in Arabic (الحادث.وقال), unless one letter stands
before it (أ.ف.ب) or the rest of an address behind it (الموقع.نت). Two and more dots join the halves of a headline
(الوادي.. مقتل شخصين), so that only the line end closes such a sentence. A bullet opens one.

Source: UAX #29 sentence boundaries, narrowed for Arabic news by the practice above.
"""

from __future__ import annotations

import re

__all__ = ["LONGEST", "sentence_cuts"]

LONGEST = 2_000
"""A sentence is cut at a mark or a space before it has more characters than this."""

_LINE = "\n\r\v\f\x85\u2028\u2029"
_STOP = ".!?؟…"
_BULLET = "•▪●■◾◼🔹🔸🔻🔺🔴🟢🟠🟡🔵⚫✅📌"
_MARK = re.compile(  # one leading set: searched fast
    f"[{_LINE}{_STOP}{_BULLET}]"
    f"(?:(?<=[{_STOP}])(?P<stop>[{_STOP}]{{0,200}})(?P<closing>[\"”»’'\\])]{{0,20}})|(?<=[{_LINE}])[{_LINE}]*|)"
)
_NUMBERED = re.compile(r"\s*\(?[0-9٠-٩]{1,3}$")
_ADDRESS = ("نت", "كوم", "اورغ", "أورغ", "تي")
_BREAKS = ("؛", "،", ",", " ")


def sentence_cuts(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences of cleaned `text`, blank ones left out. Linear in the length."""
    cuts: list[tuple[int, int]] = []
    start = 0
    for match in _MARK.finditer(text):
        at = match.end()
        if match["stop"] is not None:
            if not _ends(text, start, match):
                continue
        elif match[0] in _BULLET:
            at = match.start()
        if at > start:
            _add(cuts, text, start, at)
        start = at
    _add(cuts, text, start, len(text))
    return cuts


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the mark or marks of `match` end the sentence that began at `start`."""
    at, end = match.span()
    marks = text[at] + match["stop"]
    if "!" in marks or "?" in marks or "؟" in marks:
        return not (at and text[at - 1] in "([" and match["closing"])
    if len(marks) > 1 or marks == "…":
        return False
    before = text[at - 1] if at > start else ""
    behind = text[end : end + 1]
    if before.isalpha() and (at - 1 == start or not text[at - 2].isalpha()):
        return False  # an initial: د. أ.ف.ب
    if not behind or behind.isspace():
        return not (before.isdecimal() and at - start < 8 and _NUMBERED.match(text[start:at]))
    if behind.isdecimal():
        return not before.isdecimal()
    if behind.isalpha():
        return not (behind.isascii() and before.isascii()) and not _addressed(text, end)
    return behind in "\"“«([‘'-–—#@"


def _addressed(text: str, at: int) -> bool:
    """Whether the word at `at` is the end of an address: الموقع.نت."""
    end = at
    while end < len(text) and end - at < 5 and text[end].isalpha():
        end += 1
    return text[at:end] in _ADDRESS or (end - at == 1 and text[end : end + 1] == ".")


def _add(cuts: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add `start`..`end`, in pieces where it is too long; nothing where it is blank."""
    while end - start > LONGEST:
        at = start + LONGEST
        for mark in _BREAKS:
            found = text.rfind(mark, start + LONGEST // 2, at)
            if found > 0:
                at = found + 1
                break
        if not text[start:at].isspace():
            cuts.append((start, at))
        start = at
    piece = text[start:end]
    if piece and not piece.isspace():
        cuts.append((start, end))

"""Letters as they stand on a page, from left to right → the order in which they are read.

Source: the Unicode Bidirectional Algorithm (UAX 9) run backwards, as far as lines of Arabic need it: the line turned
round, numbers and Latin words turned back; and the Arabic presentation forms (Unicode 9.2), which are letters by shape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from sijill.sources.encoding import common_arabic_words

__all__ = ["in_reading_order", "without_forms"]

_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufeff]")
# Letters, marks and signs; digits and what may stand in numbers (a comma, ٪ ٫ ٬) are left to their own classes.
_ARABIC = re.compile(
    "[\u0600-\u060b\u060d-\u065f\u066d-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_WORD = re.compile("[\u0621-\u064a]+")
# In the classes of a line's cells: a Latin run with what stands in it, a number with its single separators.
_LEFT_TO_RIGHT = re.compile("L(?:[LN]|[oc]++(?=[LN]))*+|N(?:c?N)*+")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_OPENING, _CLOSING = frozenset("([{«"), frozenset(")]}»")


def in_reading_order(lines: Sequence[Sequence[str]]) -> tuple[list[str], tuple[str, ...]]:
    """The lines, each given as its cells from left to right, as text; and what was mended: `visual order` where the
    Arabic was turned round, `presentation forms` where letters stood as shapes.

    A cell is what one glyph stands for, which may be several letters in the order of reading (`لا`).
    """
    forward = ["".join(cells) for cells in lines]
    arabic = [bool(_ARABIC.search(line)) for line in forward]
    if not any(arabic):
        return forward, ()
    turned = [
        _turned(cells) if is_arabic else line for cells, line, is_arabic in zip(lines, forward, arabic, strict=True)
    ]
    mended: list[str] = []
    plain_forward, plain_turned = _plain(forward), _plain(turned)
    if _common(plain_turned) >= _common(plain_forward):
        mended.append("visual order")
        chosen = plain_turned
        if _mirrored(plain_turned, arabic):
            chosen = [
                line.translate(_MIRRORED) if is_arabic else line for line, is_arabic in zip(chosen, arabic, strict=True)
            ]
    else:
        chosen = plain_forward
    if any(_FORMS.search(line) for line in forward):
        mended.append("presentation forms")
    return chosen, tuple(mended)


def without_forms(text: str) -> str:
    """`text` with the letters that its presentation forms are shapes of."""
    return _FORMS.sub(lambda match: _letter(match[0]), text)


@lru_cache(maxsize=1024)
def _letter(form: str) -> str:
    plain = unicodedata.normalize("NFKC", form)
    # A mark's form is a space or a tatweel with the mark.
    return plain.lstrip(" \u0640") if unicodedata.combining(plain[-1]) else plain.replace("\ufeff", "")


def _plain(lines: Sequence[str]) -> list[str]:
    return [without_forms(line) for line in lines]


def _turned(cells: Sequence[str]) -> str:
    """The line from right to left, its numbers and Latin words from left to right."""
    classes = "".join(map(_class, cells))
    parts: list[str] = []
    end = len(cells)
    for run in reversed(list(_LEFT_TO_RIGHT.finditer(classes))):
        parts += reversed(cells[run.end() : end])
        parts += cells[run.start() : run.end()]
        end = run.start()
    parts += reversed(cells[:end])
    return "".join(parts)


@lru_cache(maxsize=4096)
def _class(cell: str) -> str:
    """L a Latin letter, N a digit, c what may stand in a number, A Arabic, o anything else."""
    if _ARABIC.search(cell):
        return "A"
    kind = unicodedata.bidirectional(cell[0]) if cell else "ON"
    return {"L": "L", "EN": "N", "AN": "N", "CS": "c"}.get(kind, "o") if cell.strip() else "o"


def _common(lines: Sequence[str]) -> int:
    words = common_arabic_words()
    return sum(word in words for line in lines for word in _WORD.findall(line))


def _mirrored(lines: Sequence[str], arabic: Sequence[bool]) -> bool:
    """Whether brackets stand as the shapes that they have on the page: most lines would close before they open."""
    opened = closed = 0
    for line, is_arabic in zip(lines, arabic, strict=True):
        first = next((char for char in line if char in _OPENING or char in _CLOSING), None)
        if is_arabic and first is not None:
            opened += first in _OPENING
            closed += first in _CLOSING
    return closed > opened

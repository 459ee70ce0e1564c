"""Glyphs on a page → lines and paragraphs in the order of reading: columns, spaces and doubled letters told by where
they stand. Lines come as their glyphs from left to right; `order` makes text of them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Glyph", "ends_sentence", "page_lines"]

_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_END = frozenset(".!?؟:…")
# All in widths or heights of a letter: what parts words where no space is drawn, or where some are; what parts columns.
_SPACE, _WIDE_SPACE, _GUTTER = 0.18, 0.5, 2.2
# A line that fills so much of the lines around it runs on in the next.
_FULL = 0.75
# A gap between lines that parts what is above from what is below, before columns are looked for.
_APART = 1.5
_COLUMN_LETTERS = 18
_MAX_FRAGMENTS = 3_000


class Glyph(NamedTuple):
    """What is drawn at a place, and the text that it stands for."""

    x0: float
    x1: float
    y0: float
    y1: float
    text: str


class _Fragment(NamedTuple):
    """A piece of a line, as far as no gutter parts it."""

    x0: float
    x1: float
    y0: float
    y1: float
    cells: tuple[str, ...]


def page_lines(glyphs: Sequence[Glyph]) -> list[list[list[str]]]:
    """The paragraphs of a page, each a list of lines, each a list of cells from left to right."""
    drawn = [glyph for glyph in glyphs if glyph.y1 > glyph.y0]
    if not drawn:
        return []
    spaced = sum(glyph.text.isspace() for glyph in drawn) * 25 > len(drawn)
    fragments = [fragment for line in _lines(drawn) for fragment in _fragments(line, spaced=spaced)]
    arabic = sum(bool(_ARABIC.search(cell)) for fragment in fragments for cell in fragment.cells)
    rightward = arabic * 2 < sum(len(fragment.cells) for fragment in fragments) * 0.5
    return _paragraphs(_ordered(fragments, rightward=rightward))


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs by line, from the top; those of one line have their middles less than half a letter apart."""
    lines: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: -(glyph.y0 + glyph.y1)):
        own = (glyph.y0 + glyph.y1) / 2
        if not lines or middle - own > 0.4 * (lines[-1][0].y1 - lines[-1][0].y0):
            lines.append([])
            middle = own
        lines[-1].append(glyph)
    return lines


def _fragments(line: Sequence[Glyph], *, spaced: bool) -> list[_Fragment]:
    """A line cut at gutters, its marks on their letters, spaces where they are seen, letters drawn twice once."""
    letters = _with_marks(line)
    fragments: list[_Fragment] = []
    cells: list[str] = []
    first = last = letters[0]
    for glyph in letters:
        size = glyph.y1 - glyph.y0
        gap = glyph.x0 - last.x1
        if cells and gap > _GUTTER * size:
            fragments.append(_fragment(cells, first, last))
            cells, first = [], glyph
        elif cells and glyph.text == last.text and glyph.x0 - last.x0 < 0.12 * size:
            continue
        elif cells and gap > (_WIDE_SPACE if spaced else _SPACE) * size and not (cells[-1] + glyph.text[:1]).isspace():
            cells.append(" ")
        cells.append(glyph.text)
        last = glyph if glyph.x1 >= last.x1 or not cells[1:] else last._replace(text=glyph.text, x0=glyph.x0)
    fragments.append(_fragment(cells, first, last))
    return [fragment for fragment in fragments if any(cell.strip() for cell in fragment.cells)]


def _fragment(cells: list[str], first: Glyph, last: Glyph) -> _Fragment:
    return _Fragment(first.x0, max(first.x1, last.x1), first.y0, first.y1, tuple(cells))


def _with_marks(line: Sequence[Glyph]) -> list[Glyph]:
    """The letters from left to right; a mark is put behind the letter that it stands over."""
    letters = sorted((glyph for glyph in line if not _is_mark(glyph.text)), key=lambda glyph: (glyph.x0, glyph.x1))
    marks = [glyph for glyph in line if _is_mark(glyph.text)]
    if not letters:
        return sorted(marks, key=lambda glyph: glyph.x0)
    middles = [(glyph.x0 + glyph.x1) / 2 for glyph in letters]
    order = sorted(range(len(letters)), key=middles.__getitem__)
    sorted_middles = [middles[place] for place in order]
    over: dict[int, str] = {}
    for mark in marks:
        middle = (mark.x0 + mark.x1) / 2
        at = bisect_left(sorted_middles, middle)
        near = min(order[max(0, at - 2) : at + 2], key=lambda place: _beside(letters[place], middle))
        over[near] = over.get(near, "") + mark.text
    return [
        glyph._replace(text=glyph.text + over[place]) if place in over else glyph for place, glyph in enumerate(letters)
    ]


def _beside(letter: Glyph, x: float) -> tuple[float, float]:
    """How far `x` is from the letter, and from its middle."""
    return max(letter.x0 - x, x - letter.x1, 0.0), abs((letter.x0 + letter.x1) / 2 - x)


def _is_mark(text: str) -> bool:
    return all(unicodedata.combining(char) for char in text)


def _ordered(fragments: list[_Fragment], *, rightward: bool) -> list[_Fragment]:
    """The fragments as they are read: cut at gutters that part columns, else at the widest gap between lines."""
    if len(fragments) > _MAX_FRAGMENTS:
        return sorted(fragments, key=lambda fragment: (-fragment.y1, fragment.x0 if rightward else -fragment.x1))
    found: list[_Fragment] = []
    todo = [fragments]
    while todo:
        part = todo.pop()
        pieces = _bands(part, _APART) or _columns(part, rightward=rightward) or _bands(part)
        if pieces:
            todo += reversed(pieces)
        else:
            found += sorted(part, key=lambda fragment: fragment.x0 if rightward else -fragment.x1)
    return found


def _columns(part: list[_Fragment], *, rightward: bool) -> list[list[_Fragment]]:
    """The two sides of a gutter, the one that is read first before the other; empty where there is none."""
    by_left = sorted(part, key=lambda fragment: fragment.x0)
    reach = by_left[0].x1
    for place, fragment in enumerate(by_left):
        if fragment.x0 > reach + 0.5 * (fragment.y1 - fragment.y0):
            left, right = by_left[:place], by_left[place:]
            if all(len(side) >= 3 and _is_prose(side) for side in (left, right)):
                return [left, right] if rightward else [right, left]
        reach = max(reach, fragment.x1)
    return []


def _is_prose(side: Sequence[_Fragment]) -> bool:
    """Lines of text, not the cells of a table, which are read row by row."""
    return sum(len(fragment.cells) for fragment in side) >= _COLUMN_LETTERS * len(side)


def _bands(part: list[_Fragment], least: float = -0.6) -> list[list[_Fragment]]:
    """What stands above and below the widest gap between lines; empty where none has `least` heights of a letter."""
    by_top = sorted(part, key=lambda fragment: -fragment.y1)
    floor = by_top[0].y0
    widest, cut = float("-inf"), 0
    for place, fragment in enumerate(by_top[1:], start=1):
        # Lines may overlap a little by their boxes; of one line are those whose middles do.
        gap = floor - fragment.y1
        if gap > widest and gap > least * (fragment.y1 - fragment.y0):
            widest, cut = gap, place
        floor = min(floor, fragment.y0)
    return [by_top[:cut], by_top[cut:]] if cut else []


def _paragraphs(fragments: Sequence[_Fragment]) -> list[list[list[str]]]:
    """Lines that run on joined: full ones, close above the next, that end no sentence."""
    paragraphs: list[list[list[str]]] = []
    before: _Fragment | None = None
    widths = [fragment.x1 - fragment.x0 for fragment in fragments]
    for place, fragment in enumerate(fragments):
        around = max(widths[max(0, place - 8) : place + 8])
        runs_on = (
            before is not None
            and widths[place - 1] >= _FULL * around
            and 0 < before.y1 - fragment.y1 < 2.2 * (before.y1 - before.y0)
            and abs((before.y1 - before.y0) - (fragment.y1 - fragment.y0)) < 0.2 * (before.y1 - before.y0)
            and not ends_sentence(before.cells)
        )
        if runs_on:
            paragraphs[-1].append(list(fragment.cells))
        else:
            paragraphs.append([list(fragment.cells)])
        before = fragment
    return paragraphs


def ends_sentence(line: Sequence[str]) -> bool:
    """Whether the line ends a sentence at either side."""
    cells = [cell for cell in line if cell.strip()]
    return not cells or cells[0] in _END or cells[-1] in _END

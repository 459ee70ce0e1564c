"""The shape of a page: menus, mastheads, other stories' headlines, links between paragraphs, tags behind the report.

Shape decides only where the report itself is plainly prose: a sentence kept wrongly costs an invented claim, one
dropped wrongly a lost one.

Source: written by us after the page templates that `data/rules/furniture.toml` names.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise

from sijill.text.folding import fold
from sijill.text.lines import Line

__all__ = ["Stretch", "cut_short", "links", "masthead", "menu", "others_page", "tail"]

Stretch = tuple[int, int, str]
"""Start and end in the cleaned text, and the rule."""

_WORD = re.compile(r"\w+")
_LIST_ITEM = re.compile(r"\s*(?:[-–—•▪●*(]|[\d٠-٩]+\s*[-–—.)/])")
_COUNTED = re.compile(r"\s*[\d٠-٩]")
_FIELD = re.compile(r":\s*[\d٠-٩]+\s*$")
_CUT_SHORT = re.compile(r"(?:…|\.{3})[\"”»’'\])]*\s*$")
_MENU = 4  # very short lines in a row that make a menu under headlines
_HEADLINES = 4  # headlines above it: a title and its parts are fewer
_TITLE = 3  # words of a title that tell its report from others, of at least so many letters:
_TELLING = 4
_SURE = 3  # lines of prose with full stops that show a last line without one to be no sentence
_LINK = 6  # words of a link above a subheading
_ALONE = 8  # … and of one that stands alone
_SAME = 20  # letters by which a line that is told twice is known


def menu(lines: list[Line], gone: set[int]) -> list[Stretch]:
    """Three and more lines of at most three words before the report: a menu, a path, a byline."""
    head = []
    for line in lines:
        if line.start in gone:
            continue
        if line.words > 3 or line.stop or _LIST_ITEM.match(line.text):
            break
        head.append(line)
    if len(head) < 3 or len(head) == len(lines):
        return []
    return [(line.start, line.end, "menu") for line in head]


def masthead(lines: list[Line], gone: set[int]) -> list[Stretch]:
    """Other stories' headlines above a menu of very short lines, both before the first prose: the head of a page."""
    first = next((at for at, line in enumerate(lines) if line.prose), 0)
    end, run = 0, 0
    for at, line in enumerate(lines[:first]):
        short = line.start in gone or (line.words <= 3 and not line.stop and not _LIST_ITEM.match(line.text))
        run = run + 1 if short else 0
        end = at + 1 if run >= _MENU else end
    headlines = {line.key for line in lines[:end] if line.words > 3 and line.start not in gone}
    if len(headlines) < _HEADLINES:
        return []
    return [(line.start, line.end, "masthead") for line in lines[:end]]


def others_page(lines: list[Line], gone: set[int], title: str | None) -> list[Stretch]:
    """A page without its report: headlines, none of which has the words of its title, and a menu of very short lines.

    Where no title is given, headlines that have no matter in common are of many reports.

    Sentences, items and lines with a label may be the report's own, so that they speak against it.
    """
    names = {word for word in _WORD.findall(fold(title or "")) if len(word) >= _TELLING}
    headlines = [line for line in lines if line.words > 3 and line.start not in gone]
    untitled = not names and _unrelated(headlines)
    if (len(names) < _TITLE and not untitled) or len({line.key for line in headlines}) < 2 * _HEADLINES:
        return []
    runs = (sum(1 for _ in run) for short, run in groupby(lines, key=lambda line: line.words <= 3) if short)
    own = sum(line.stop or ":" in line.text[:40] or _LIST_ITEM.match(line.text) is not None for line in headlines)
    if max(runs, default=0) < _MENU or 4 * own > len(headlines):
        return []
    told = names.intersection(word for line in headlines for word in _WORD.findall(fold(line.text)))
    return [] if told else [(line.start, line.end, "other-page") for line in lines]


def _unrelated(headlines: list[Line]) -> bool:
    """Whether no word is told by a third of the headlines: a report's own lines share its town or its parties."""
    if any(line.prose for line in headlines):
        return False
    told = Counter(word for line in headlines for word in set(_WORD.findall(fold(line.text))) if len(word) >= _TELLING)
    return 3 * max(told.values(), default=0) < len(headlines)


def cut_short(lines: list[Line]) -> list[Stretch]:
    """Headlines that a list cuts short, one below the other: `انطلاق عملية أمنية لتفتيش …`."""
    found: list[Stretch] = []
    for short, run in groupby(lines, key=lambda line: not line.prose and bool(_CUT_SHORT.search(line.text))):
        block = list(run)
        if short and len(block) >= _HEADLINES:
            found += [(line.start, line.end, "cut-short") for line in block]
    return found


def links(lines: list[Line], *, linking: bool) -> list[Stretch]:
    """Other reports' headlines between the paragraphs of one: above a subheading; on pages of some hosts, alone too."""
    prose = [at for at, line in enumerate(lines) if line.prose]
    if len(prose) < _SURE or sum(lines[at].stop for at in prose) < 0.9 * len(prose):
        return []
    found = []
    for above, below in pairwise(prose):
        run = lines[above + 1 : below]
        if not 1 <= len(run) <= 2 or any(not _is_heading(line) for line in run):
            continue
        link, own = run[0], run[-1]
        paired = len(run) > 1 and link.words >= _LINK and own.start > link.end + 1 and own.key[:_SAME] not in link.key
        if paired or (linking and len(run) == 1 and link.words >= _ALONE):
            found.append((link.start, link.end, "link"))
    return found


def _is_heading(line: Line) -> bool:
    """Whether a line may be a heading: no sentence, item, label or post."""
    posted = any(mark in line.text for mark in "#@") or ".com" in line.text
    return not (line.stop or posted or _LIST_ITEM.match(line.text) or line.text.rstrip().endswith(":"))


def tail(lines: list[Line], gone: set[int]) -> list[Stretch]:
    """Headlines and tags behind the last prose of a report: headlines only where its lines end with full stops.

    `gone` are the lines that named rules have marked: a headline among them is one of theirs.
    """
    last = max((at for at, line in enumerate(lines) if line.prose), default=-1)
    behind = lines[last + 1 :]
    if last < 0 or not behind or lines[last].text.rstrip().endswith(":") or _is_list(behind):
        return []
    body = [line for line in lines[: last + 1] if line.words >= 8]
    if lines[last].stop and sum(line.stop for line in body) >= max(2, 0.6 * len(body)):
        headlines = [line for line in behind if line.words >= 5]
        before_block = any(start > behind[-1].end for start in gone) and len(body) >= _SURE
        if (
            len(headlines) >= 2
            or (before_block and headlines)
            or len(behind) >= 3
            or any(_CUT_SHORT.search(line.text) for line in headlines)
        ):
            return [(line.start, line.end, "tail") for line in behind]
    if len(body) < 2:
        return []
    runs = (list(run) for short, run in groupby(behind, key=lambda line: line.words <= 3) if short)
    tags = [line for run in runs if len(run) >= 3 for line in run]
    below = [line for line in behind if tags and line.start > tags[0].start and line.words >= 5]
    if len(below) >= 2:
        return [(line.start, line.end, "tail") for line in behind if line.start >= tags[0].start]
    return [(line.start, line.end, "tags") for line in tags]


def _is_list(tail: list[Line]) -> bool:
    """Whether the lines behind the last prose are the report's own: items, sentences, labelled fields."""
    if any(_LIST_ITEM.match(line.text) or line.stop or line.text.rstrip().endswith(":") for line in tail):
        return True
    if 2 * sum(_COUNTED.match(line.text) is not None for line in tail) >= len(tail):
        return True
    fields = [line for line in tail if ":" in line.text and line.words <= 6]
    return 2 * len(fields) >= len(tail) or any(_FIELD.search(line.text) for line in fields)

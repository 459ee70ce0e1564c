"""Pages of paragraphs → one run of paragraphs.

Running heads and page numbers are left out, paragraphs that go on over the end of a page joined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sijill.sources.glyphs import ends_sentence

__all__ = ["Paragraph", "joined_pages"]

# Lines, each its cells from left to right.
Paragraph = list[list[str]]

_NUMBER = re.compile(r"\d+")
# At the edge of so many pages and of such a share of them stands the same line, its numbers aside.
_LEAST_PAGES, _LEAST_SHARE = 3, 0.4
# Heads and feet of two lines are common, of more than that not.
_ROUNDS = 2
_FULL = 0.75


def joined_pages(pages: Sequence[Sequence[Paragraph]]) -> tuple[list[Paragraph], bool]:
    """The paragraphs of all pages, and whether running heads or feet were left out."""
    left = [list(page) for page in pages]
    dropped = False
    for _ in range(_ROUNDS):
        for edge in (0, -1):
            dropped |= _without_running(left, edge)
    found: list[Paragraph] = []
    open_end = False
    for page in left:
        for place, paragraph in enumerate(page):
            if place == 0 and open_end:
                found[-1] = [*found[-1], *paragraph]
            else:
                found.append(list(paragraph))
        if page:
            open_end = _goes_on(page)
    return found, dropped


def _without_running(pages: list[list[Paragraph]], edge: int) -> bool:
    """Takes the line at that edge off each page where it is the same on many; whether there was one."""
    keys = [_key(page[edge]) if page and len(page[edge]) == 1 else "" for page in pages]
    counts = Counter(key for key in keys if key)
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    running = {key for key, count in counts.items() if count >= least}
    for page, key in zip(pages, keys, strict=True):
        if key in running:
            del page[edge]
    return bool(running)


def _key(paragraph: Paragraph) -> str:
    return _NUMBER.sub("#", "".join("".join(paragraph[0]).split()))


def _goes_on(page: Sequence[Paragraph]) -> bool:
    """Whether the last line of a page is a full one that ends no sentence."""
    longest = max(len(line) for paragraph in page for line in paragraph)
    last = page[-1][-1]
    return len(last) >= _FULL * longest and not ends_sentence(last)

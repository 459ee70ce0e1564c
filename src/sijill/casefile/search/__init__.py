"""Search in a case: full text and filters over claims, sorted, in pages that fit together whatever is added.

A `Search` says what is asked, `find` gives a page of it, `count` how many there are; `highlights` says where the words
stand in a text.
"""

from __future__ import annotations

from sijill.casefile.search.highlights import Highlights, highlights
from sijill.casefile.search.pages import LARGEST, Page, count, find, stale
from sijill.casefile.search.query import Box, Circle, Number, Role, Search, Sort
from sijill.casefile.search.reports import Reports, count_reports, find_reports

__all__ = [
    "LARGEST",
    "Box",
    "Circle",
    "Highlights",
    "Number",
    "Page",
    "Reports",
    "Role",
    "Search",
    "Sort",
    "count",
    "count_reports",
    "find",
    "find_reports",
    "highlights",
    "stale",
]

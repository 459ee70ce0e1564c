"""Values as cells of tables, and back.

A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return as a formula. Text that begins
so gets an apostrophe before it. So that a table can be read back, text that begins with an apostrophe gets one more,
and empty text is one apostrophe alone: an empty cell is a value that is not there. Numbers are written as they are.

Source: OWASP, CSV Injection.
"""

from __future__ import annotations

from datetime import date
from typing import Any

__all__ = ["cell", "guarded", "unguarded"]

# The last four are the wide forms, which spreadsheets in East Asian locales take for the narrow ones.
_STARTERS = ("=", "+", "-", "@", "\t", "\r", "'", "\n", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs. `unguarded` gives it back."""
    return "'" + text if not text or text.startswith(_STARTERS) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text.removeprefix("'")


def cell(value: Any) -> str:
    """A value as a cell of a CSV table; None is the empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return guarded(str(value))

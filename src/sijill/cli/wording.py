"""Records in words for a person: counts, days, kinds; and Arabic that stands right in a line of Latin."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sijill.model import Actor, Count, CountWho, Place, Source, StatedDate

__all__ = ["amount", "count", "days", "isolate", "kind", "names", "plain", "smooth"]

_ONE = {
    CountWho.CIVILIANS: "civilian",
    CountWho.FIGHTERS: "fighter",
    CountWho.CHILDREN: "child",
    CountWho.WOMEN: "woman",
    CountWho.JOURNALISTS: "journalist",
    CountWho.MEDICS: "medic",
}
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# What would steer the terminal: controls, and marks that turn the direction of all that follows.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def smooth(text: str) -> str:
    """`text` in one line, without any character that would steer a terminal."""
    return _STEERING.sub(" ", text)


def plain(text: str) -> str:
    """The same, without blanks at its ends."""
    return smooth(text).strip()


def isolate(text: str, *, on: bool = True) -> str:
    """`text` as `plain` gives it, Arabic set apart (U+2067 … U+2069) so that it does not turn its neighbours."""
    line = plain(text)
    return f"\u2067{line}\u2069" if on and _ARABIC.search(line) else line


def kind(code: str) -> str:
    """`air_strike` as `air strike`."""
    return code.replace("_", " ")


def amount(low: int | None, high: int | None) -> str:
    """`5`, `5+`, `up to 5`, `20–99`, or `?` where nothing is said."""
    if low is None and high is None:
        return "?"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,}+"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def count(item: Count) -> str:
    """`10 civilians killed`, `1 woman killed`, `2+ injured`."""
    who = "" if item.who is CountWho.UNSPECIFIED else f" {_ONE.get(item.who, item.who) if item.high == 1 else item.who}"
    return f"{amount(item.low, item.high)}{who} {kind(item.kind)}"


def days(item: StatedDate | None) -> str:
    """`2024-05-08`, `2024-05-01 to 2024-05-10`, `unresolved`, or nothing."""
    if item is None:
        return ""
    if item.start is None or item.end is None:
        return "unresolved"
    return str(item.start) if item.start == item.end else f"{item.start} to {item.end}"


def names(items: Iterable[Actor | Place | Source], *, on: bool = True) -> str:
    """The names, each set apart, with commas."""
    return ", ".join(isolate(item.name, on=on) for item in items)

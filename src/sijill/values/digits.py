"""Numbers in digits: both digit sets, separators, decimals.

Source: current newspapers. A comma or ٬ before exactly three digits groups thousands; ٫ is the decimal mark; a full
stop before exactly three digits groups thousands too unless a scale or a percent sign follows; `5ر1` is how the
agencies of the Gulf write 1.5, decimals first.
"""

from __future__ import annotations

__all__ = ["MOST_DIGITS", "digits_value", "gulf_value"]

MOST_DIGITS = 18


def digits_value(key: str, *, decimal: bool = False) -> int | float | None:
    """The value of a digits token by its folded key (٬ is a comma there, ٫ a full stop); None where it is no amount.

    `decimal` says that a lone full stop is a decimal mark, whatever follows. Longer than 18 digits is no amount.
    """
    if key.isdigit():
        return int(key) if len(key) <= MOST_DIGITS else None
    if len(key) > 2 * MOST_DIGITS:
        return None
    if "," in key and "." in key:
        last = max(key.rfind(","), key.rfind("."))
        whole = _thousands(key[:last].split("," if key[last] == "." else "."))
        return _decimal(str(whole), key[last + 1 :]) if whole is not None and key[last + 1 :].isdigit() else None
    groups = key.split("," if "," in key else ".")
    if not all(group.isdigit() for group in groups):
        return None
    pointed = len(groups) == 2 and "." in key and (decimal or groups[0] == "0")
    thousands = None if pointed else _thousands(groups)
    if thousands is not None or len(groups) != 2:
        return thousands
    return _decimal(groups[0], groups[1])


def gulf_value(decimals: str, whole: str) -> float | None:
    """The value of `5ر1`: the part before ر are the decimals."""
    if not (decimals.isdigit() and whole.isdigit()) or len(decimals) + len(whole) > MOST_DIGITS:
        return None
    return float(f"{whole}.{decimals}")


def _thousands(groups: list[str]) -> int | None:
    if 1 <= len(groups[0]) <= 3 and all(len(group) == 3 and group.isdigit() for group in groups[1:]):
        return int("".join(groups)) if groups[0].isdigit() else None
    return None


def _decimal(whole: str, decimals: str) -> int | float | None:
    if len(whole) + len(decimals) > MOST_DIGITS:
        return None
    value = float(f"{whole}.{decimals}")
    return int(value) if value.is_integer() else value

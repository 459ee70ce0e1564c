"""One verb of harm for several means: `قتل 12 مدنيا في غارات، وسبعة في قصف مدفعي، واثنان بانفجار لغم`.

Behind the first amount with its means another amount, joined by و, and its own means tell a harm of their own; the
verb is not said again.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2 (ellipsis in coordinated clauses).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sijill.claims.triggers import Hit
from sijill.claims.view import View

__all__ = ["gapped"]

_BEHIND = 3  # words of `آخرون في سلسلة` between the amount and its means
_REACH = 30


def gapped(view: View, before: Sequence[Hit], hit: Hit) -> Hit | None:
    """The harm that `hit` is the means of, told by the hits `before` it and put at its amount; None without one."""
    last = before[-1]
    if hit.trigger.role == "harm" or not hit.noun or last.trigger.role == "harm" or hit.first - last.last > _REACH:
        return None
    harm = next((other for other in reversed(before) if other.trigger.role == "harm" and other.trigger.count), None)
    if harm is None:
        return None
    for at in range(hit.first - 1, last.last - 1, -1):
        amount = view.amounts.get(at)
        if amount is None:
            if hit.first - at > _BEHIND:
                return None
            continue
        first = view.local(amount)[0]
        if first < last.last or not view.joined(first) or not (amount.person or amount.noun is None):
            return None
        return msgspec.structs.replace(harm, first=first - 1, last=first, noun=False)
    return None

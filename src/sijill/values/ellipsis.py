"""Who the people of an ellipsis are: `مقتل 4 مدنيين وإصابة 6 آخرين` tells of ten civilians.

An amount without a noun, or with آخرين, takes its `who` from the people counted before it in the sentence. Parts of a
total (`بينهم طفل`) and people in brackets are no antecedent.

Source: Sijill's annotation guidelines (who follows the word; an ellipsis follows its antecedent).
"""

from __future__ import annotations

import msgspec

from sijill.model import CountWho, Quantity
from sijill.values.tokens import Tokens

__all__ = ["with_antecedents"]


def with_antecedents(tokens: Tokens, quantities: list[Quantity], parts: frozenset[str]) -> list[Quantity]:
    """The quantities with the `who` of ellipses filled in; all else unchanged. `parts` open the parts of a total."""
    filled = []
    total: Quantity | None = None
    last = 0
    part = False
    for one in quantities:
        if total is not None and tokens.words[one.first].sentence != tokens.words[total.first].sentence:
            total = None
        between = range(last, one.first)
        if any(tokens.bare[at] in parts or tokens.keys[at] == "(" for at in between):
            part = True
        elif any(tokens.keys[at] == ")" for at in between) or len(between) > 1 or not _joined(tokens, one.first):
            part = False
        elliptic = one.noun is None or one.rule == "others" or tokens.atoms[one.last - 1].other != ""
        open_ = elliptic and one.who in (None, CountWho.UNSPECIFIED) and _takes_people(one)
        filled.append(msgspec.structs.replace(one, who=total.who) if total is not None and open_ else one)
        last = one.last
        if one.person and not part and not (one.bare and one.definite) and one.who is not None:
            total = one
    return filled


def _joined(tokens: Tokens, at: int) -> bool:
    return tokens.joins[at] or (at > 0 and tokens.keys[at - 1] == "و")


def _takes_people(one: Quantity) -> bool:
    return one.noun_class in (None, "persons", "casualties")

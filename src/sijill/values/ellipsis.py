"""Who the people of an ellipsis are: `مقتل 4 مدنيين وإصابة 6 آخرين` tells of ten civilians.

An amount without a noun, or with آخرين, takes its `who` from the people counted before it in the sentence; آخرين alone
beside two is two. Parts of a total (`بينهم طفل`) and people in brackets are no antecedent.

Source: Sijill's annotation guidelines (who follows the word; an ellipsis follows its antecedent).
"""

from __future__ import annotations

import msgspec

from sijill.model import CountWho, Quantity
from sijill.values.lexicon import Grammar
from sijill.values.tokens import Tokens

__all__ = ["with_antecedents"]

_TWO = 2
_BESIDE = 3


def with_antecedents(tokens: Tokens, quantities: list[Quantity], grammar: Grammar) -> list[Quantity]:
    """The quantities with the `who` of ellipses filled in; all else unchanged."""
    filled = []
    total: Quantity | None = None
    last = 0
    part = False
    for one in quantities:
        if total is not None and tokens.words[one.first].sentence != tokens.words[total.first].sentence:
            total = None
        between = tokens.keys[last : one.first]
        if "(" in between or not grammar.parts.isdisjoint(tokens.bare[last : one.first]):
            part = True
        elif ")" in between or len(between) > 1 or not _joined(tokens, one.first):
            part = False
        filled.append(one if total is None else _filled(tokens, one, total, grammar))
        last = one.last
        whole = not part and one.rule != "portion" and not (one.bare and one.definite)
        if one.person and whole and one.who is not None:
            total = one
    return filled


def _filled(tokens: Tokens, one: Quantity, total: Quantity, grammar: Grammar) -> Quantity:
    """`one` with what it takes from the people of `total`."""
    elliptic = one.noun is None or one.rule == "others" or tokens.atoms[one.last - 1].other != ""
    open_ = elliptic and one.who in (None, CountWho.UNSPECIFIED) and _takes_people(one)
    open_ = open_ and not _of_others(tokens, one, grammar)
    low, high = (total.low, total.high) if _is_pair(tokens, one, total) else (one.low, one.high)
    return msgspec.structs.replace(one, who=total.who if open_ else one.who, low=low, high=high)


def _of_others(tokens: Tokens, one: Quantity, grammar: Grammar) -> bool:
    """`خمسة جنود وأربعة من الهزارة`: a number alone takes its people from the group behind من."""
    at = one.last
    return one.noun is None and at + 1 < len(tokens) and tokens.keys[at] in grammar.of and tokens.article[at + 1]


def _is_pair(tokens: Tokens, one: Quantity, total: Quantity) -> bool:
    """Whether آخرين is the dual: right beside two people who are told in words (مقتل شخصين وإصابة آخرين)."""
    if one.rule != "others" or tokens.atoms[one.first].other != "oblique" or one.first - total.last > _BESIDE:
        return False
    return total.low == total.high == _TWO and not any(tokens.is_digits(at) for at in range(total.first, total.last))


def _joined(tokens: Tokens, at: int) -> bool:
    return tokens.joins[at] or (at > 0 and tokens.keys[at - 1] == "و")


def _takes_people(one: Quantity) -> bool:
    return one.noun_class in (None, "persons", "casualties")

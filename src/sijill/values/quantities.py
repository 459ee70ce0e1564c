"""Amounts of people and things: numbers and vague amounts with what modifies them and what they count.

Low and high come from the policy. `span` is the amount itself; `phrase` runs from the modifier to the noun and what
goes with it.

Source: Sijill's annotation guidelines, table of counts; W. Wright, A Grammar of the Arabic Language, vol. 2, § 96-110.
"""

from __future__ import annotations

import math

import msgspec

from sijill.model import Number, Quantity
from sijill.values.counted import Counted, NounReader
from sijill.values.ellipsis import with_antecedents
from sijill.values.entries import Amount, Modifier
from sijill.values.lexicon import Lexicon
from sijill.values.numerals import Found
from sijill.values.policy import Policy
from sijill.values.tokens import Tokens

__all__ = ["QuantityReader"]

Bounds = tuple[int | None, int | None]
_ARTICLES = frozenset(("ال", "بال", "وال", "لل", "ب", "ل", "و", "ف", "ول", "وب"))


class _Amount(msgspec.Struct, frozen=True):
    """An amount at words `first`..`last` before modifiers; `size` is a number's value, None for a vague amount."""

    low: int | None
    high: int | None
    first: int
    last: int
    rule: str
    size: int | None
    definite: bool = False
    digits: bool = False
    then: str = "number"
    pronoun: bool = False


class QuantityReader:
    """Builds the quantities of a text from its numbers, vague amounts and bare nouns."""

    def __init__(self, lexicon: Lexicon, policy: Policy) -> None:
        self._lexicon = lexicon
        self._policy = policy
        self._nouns = NounReader(lexicon, policy)

    def read(self, tokens: Tokens, numbers: list[Found], taken: bytearray) -> tuple[list[Number], list[Quantity]]:
        """Numbers and quantities in text order. `taken` marks the words of dates, and then those of quantities."""
        free = [found for found in numbers if self._is_amount(tokens, found, taken)]
        said = [
            Number(
                found.value, tokens.span(found.first, found.last), found.first, found.last, found.ordinal, found.percent
            )
            for found in free
        ]
        quantities = []
        counting = [found for found in free if not found.ordinal and not found.percent]
        shares = {found.first for found in free if found.percent}
        marks = self._lexicon.grammar.range_marks
        # 30 إلى 40 بالمئة: the first is a percentage as well.
        counting = [one for one in counting if one.last + 1 not in shares or tokens.keys[one.last] not in marks]
        amounts = self._ranges(tokens, counting)
        amounts += self._vague(tokens, taken)
        for amount in sorted(amounts, key=lambda one: one.first):
            if taken[amount.first]:
                continue
            quantity = self._quantity(tokens, amount, taken)
            if quantity.noun is not None or amount.low == amount.high or amount.rule != "number":
                quantities.append(quantity)  # 2.5 of nothing is only a number
        quantities += self._nouns.bare(tokens, taken)
        quantities.sort(key=lambda one: (one.first, one.last))
        return said, with_antecedents(tokens, quantities, self._lexicon.grammar)

    # --- which numbers are amounts ---

    def _is_amount(self, tokens: Tokens, found: Found, taken: bytearray) -> bool:
        if taken[found.first]:
            return False
        before = found.first - 1
        while before >= 0 and tokens.keys[before] in _ARTICLES:
            before -= 1
        same = before >= 0 and tokens.words[before].sentence == tokens.words[found.first].sentence
        if same:
            if self._lexicon.guards.get(tokens.words[before].stem) or self._lexicon.guards.get(tokens.keys[before]):
                return False
            if self._lexicon.idioms.ending(tokens.keys, tokens.bare, found.last):
                return False
        return not (found.digits and self._is_code(tokens, found))

    def _is_code(self, tokens: Tokens, found: Found) -> bool:
        """Digits glued to Latin letters, clock times, scores, phone numbers, coordinates: no amounts."""
        first, last = found.first, found.last
        key = tokens.keys[first]
        if len(key) > 1 and key[0] == "0" and key.isdigit():
            return True
        if len(key) >= 8 and key.isdigit():
            return True
        for at in (first, last):
            if 0 < at < len(tokens) and tokens.touching(at):
                side = tokens.words[at - 1 if at == first else at]
                if side.kind.value == "latin" or side.form in (":", "/", "@", "_", "°", "=", "+"):
                    return side.form != ":" or self._digits_beyond(tokens, at, first)
        if "." in key and len(key.rpartition(".")[2]) >= 4:
            return True
        if first >= 2 and tokens.touching(first) and tokens.keys[first - 1] == "-" and tokens.touching(first - 1):
            return tokens.words[first - 2].kind.value == "latin"
        return False

    @staticmethod
    def _digits_beyond(tokens: Tokens, at: int, first: int) -> bool:
        """Whether digits stand on the other side of the mark too, as in 7:21."""
        other = at - 2 if at == first else at + 1
        return 0 <= other < len(tokens) and tokens.is_digits(other)

    # --- ranges and vague amounts ---

    def _ranges(self, tokens: Tokens, numbers: list[Found]) -> list[_Amount]:
        amounts: list[_Amount] = []
        at = 0
        while at < len(numbers):
            one = numbers[at]
            two = numbers[at + 1] if at + 1 < len(numbers) else None
            joined = None if two is None else self._range(tokens, one, two)
            if joined is not None:
                amounts.append(joined)
                at += 2
                continue
            low, high = math.floor(one.value), math.ceil(one.value)
            if low >= 0:
                amounts.append(_Amount(low, high, one.first, one.last, "number", high, one.definite, one.digits))
            at += 1
        return amounts

    def _range(self, tokens: Tokens, one: Found, two: Found) -> _Amount | None:
        """بين 30 و40, من 30 إلى 40, 30-40, ثلاثة أو أربعة."""
        low, high = one.value, two.value
        if one.scale == 1 and two.scale > 1:  # بين 20 و30 ألفا
            low *= two.scale
        if low >= high or tokens.words[one.first].sentence != tokens.words[two.first].sentence:
            return None
        first, grammar = one.first, self._lexicon.grammar
        behind, joined = tokens.joined(one.last)
        between = first > 0 and tokens.bare[first - 1] in grammar.between
        if joined and behind == two.first and between:
            first -= 1
        elif two.first == one.last + 1 and tokens.keys[one.last] in grammar.range_marks:
            if between:
                first -= 1
            elif first > 0 and tokens.keys[first - 1] in grammar.of:
                if self._rises(tokens, first - 1):
                    return None
                first -= 1
        else:
            return None
        bounds = self._policy.modified((round(low), round(high)), "range")
        return _Amount(bounds[0], bounds[1], first, two.last, "range", round(high))

    def _rises(self, tokens: Tokens, at: int) -> bool:
        """Whether من … إلى tells a change (ارتفع من 5 إلى 10) rather than a range."""
        change = self._lexicon.grammar.change
        return any(word.stem in change or word.key in change for word in tokens.words[max(0, at - 5) : at])

    def _vague(self, tokens: Tokens, taken: bytearray) -> list[_Amount]:
        amounts = []
        done = 0
        for at in tokens.meant:
            amount = tokens.atoms[at].amount
            if amount is None or at < done or taken[at]:
                continue
            if self._multiplied(tokens, at) or self._is_pronoun(tokens, at, amount):
                continue
            value, last = amount.value, at + 1
            following = tokens.atoms[last].amount if last < tokens.ends[at] else None
            product = self._lexicon.products.get((value, following.value)) if following is not None else None
            if product is not None and tokens.plain(last):
                value, last = product, last + 1
            if amount.then == "any" or self._has_counted(tokens, amount.then, last, tokens.ends[at], at):
                low, high = self._policy.amount(value)
                definite = amount.then == "noun" and amount.value == "portion"
                amounts.append(
                    _Amount(
                        low, high, at, last, value, None, definite=definite, then=amount.then, pronoun=amount.pronoun
                    )
                )
            done = last
        return amounts

    @staticmethod
    def _is_pronoun(tokens: Tokens, at: int, amount: Amount) -> bool:
        """البعض, العدد, and أغلبها of things."""
        if amount.indefinite and tokens.article[at]:
            return True
        if amount.value != "portion":
            return False
        return tokens.article[at] or tokens.words[at].enclitic not in ("", "هم", "هن")

    def _multiplied(self, tokens: Tokens, at: int) -> bool:
        """Whether a number stands right before, so that آلاف is its scale."""
        numeral = tokens.atoms[at].numeral
        if at == 0 or numeral is None or not tokens.plain(at):
            return False
        before = tokens.atoms[at - 1].numeral
        return tokens.is_digits(at - 1) or (before is not None and before.kind != "scale")

    def _has_counted(self, tokens: Tokens, then: str, at: int, end: int, first: int) -> bool:
        if then == "of":
            if at >= end:
                return False
            behind = tokens.keys[self._over_sizes(tokens, at, end)]
            return behind in self._lexicon.grammar.of or behind in self._lexicon.pronouns
        if tokens.words[first].enclitic:
            return True
        if at < end and tokens.plain(at) and tokens.words[at].kind.value == "word":
            of = tokens.keys[at] in self._lexicon.grammar.of
            return of or tokens.atoms[at].noun is not None or tokens.article[at]
        return first > 0 and tokens.atoms[first - 1].noun is not None

    def _over_sizes(self, tokens: Tokens, at: int, end: int) -> int:
        """Step over كبير, غير محدد …: at most three words."""
        stop = min(end - 1, at + 3)
        while at < stop and tokens.keys[at] in self._lexicon.sizes:
            at += 1
        return at

    # --- one quantity ---

    def _quantity(self, tokens: Tokens, amount: _Amount, taken: bytearray) -> Quantity:
        first, last = amount.first, amount.last
        bounds: Bounds = (amount.low, amount.high)
        effects: list[str] = []
        start = self._modifier_before(tokens, first, effects, taken)
        counted = self._counted(tokens, amount)
        stop = max(last, counted.last if counted is not None else last)
        stop = self._modifier_after(tokens, stop, effects)
        for effect in effects:
            bounds = self._policy.modified(bounds, effect)
        if counted is not None and counted.first < first:
            start = min(start, counted.first)
        for at in range(start, stop):
            taken[at] = 1
        form = None if counted is None else counted.form
        return Quantity(
            low=bounds[0],
            high=bounds[1],
            span=tokens.span(first, last),
            phrase=tokens.whole(start, stop),
            first=start,
            last=stop,
            noun=None if counted is None else counted.text,
            noun_class=None if form is None else form.noun.noun_class,
            person=counted is not None and counted.person,
            rule=amount.rule,
            kind=None if counted is None else counted.kind,
            who=None if counted is None else counted.who,
            definite=amount.definite,
        )

    def _modifier_before(self, tokens: Tokens, first: int, effects: list[str], taken: bytearray) -> int:
        """The first word of the modifiers before `first`; their effects are added to `effects`."""
        start = first
        while start > 0 and tokens.keys[start - 1] in ("ال", "بال"):
            start -= 1
        for _ in range(2):
            found = self._lexicon.before.ending(tokens.keys, tokens.bare, start)
            if found is None or tokens.words[start - found[0]].sentence != tokens.words[first].sentence:
                break
            if taken[start - 1]:
                break  # 5 على الأقل 3 منهم: the modifier is the other amount's
            start -= found[0]
            if isinstance(found[1], Modifier):
                effects.append(found[1].effect)
        return start if effects else first

    def _modifier_after(self, tokens: Tokens, last: int, effects: list[str]) -> int:
        found = self._lexicon.after.starting(tokens.keys, last)
        if found is None or last + found[0] > tokens.ends[last - 1] or not isinstance(found[1], Modifier):
            return last
        behind = last + found[0]
        grammar = self._lexicon.grammar
        if tokens.keys[behind - 1] in grammar.more and behind < len(tokens) and tokens.keys[behind] in grammar.of:
            return last  # وأكثر من مئة begins the next amount
        effects.append(found[1].effect)
        return behind

    def _counted(self, tokens: Tokens, amount: _Amount) -> Counted | None:
        """What the amount counts: the noun behind it, behind من, or before it."""
        nouns = self._nouns
        end = tokens.ends[amount.first]
        at = amount.last
        if amount.then == "of":
            at = self._over_sizes(tokens, at, end)
            if tokens.keys[at] in self._lexicon.pronouns:
                return Counted.people(at + 1)
        if amount.pronoun and tokens.words[amount.first].enclitic:
            found = nouns.behind(tokens, at, end, vague=True)
            return found if found is not None and found.person else Counted.people(at)
        before = nouns.before(
            tokens, amount.first, amount.size, amount.rule, definite=amount.definite, digits=amount.digits
        )
        found = nouns.behind(tokens, at, end, vague=amount.size is None, size=amount.size)
        if before is not None and (found is None or before.certain):
            return before
        if found is None and amount.size is not None:
            return nouns.heading(tokens, amount.first)
        return found

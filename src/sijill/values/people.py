"""Who counted people are, where the words around the noun say it: أشخاص مدنيين, رجال الشرطة, قتلى من المدنيين.

Source: Sijill's annotation guidelines (`who` follows the word; uniformed bodies are fighters, rescue workers medics).
"""

from __future__ import annotations

import msgspec

from sijill.model import CountKind, CountWho
from sijill.values.entries import FormKind
from sijill.values.lexicon import Form, Lexicon
from sijill.values.tokens import Tokens

__all__ = ["People", "PeopleReader"]


class People(msgspec.Struct, frozen=True):
    """Who people are and what befell them; `last` is the word behind all that says so."""

    last: int
    who: CountWho | None
    kind: CountKind | None


class PeopleReader:
    """Reads on behind a noun."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._grammar = lexicon.grammar
        self._compounds = lexicon.compounds

    def settle(self, tokens: Tokens, form: Form, noun_at: int, last: int, end: int, who: CountWho | None) -> People:
        """The people of the noun at `noun_at`, read on from `last`."""
        kind = form.noun.kind
        compound = self._compound(tokens, form, last, end)
        if compound is not None:
            return People(compound[1], compound[0], kind)
        last, who = self._adjectives(tokens, noun_at, last, end, who)
        if kind is not None and not form.noun.body and who is CountWho.UNSPECIFIED:
            last, who = self._narrowed(tokens, form, noun_at, last, end)
        if last < end and tokens.atoms[last].other and tokens.plain(last):
            last += 1
        both = form.noun.noun_class == "casualties" and self._is_casualty(tokens, last, end)
        if both and self._shares_amount(tokens, noun_at, last, form):
            kind = CountKind.KILLED_OR_INJURED
            last += 1
        last, who = self._whose(tokens, form, last, end, who)
        if self._is_pair(tokens, last, end):
            return People(last + 3, who, CountKind.KILLED_OR_INJURED)
        return People(last, who, kind)

    def _is_pair(self, tokens: Tokens, at: int, end: int) -> bool:
        """14 مدنيا بين قتيل وجريح."""
        if at + 2 >= end or tokens.keys[at] not in self._grammar.between or not tokens.joins[at + 2]:
            return False
        one, two = tokens.atoms[at + 1].noun, tokens.atoms[at + 2].noun
        return one is not None and two is not None and one.noun.kind is not None and two.noun.kind is not None

    def _compound(self, tokens: Tokens, form: Form, at: int, end: int) -> tuple[CountWho, int] | None:
        """رجال الشرطة, عناصر الدفاع المدني, عنصر من الدفاع المدني."""
        grammar = self._grammar
        linked = at < end and (tokens.keys[at] in grammar.of or tokens.keys[at] in grammar.in_)
        here = at + 1 if linked else at
        if here >= end or tokens.words[here].proclitics not in ("", "ب"):
            return None
        first = tokens.words[here].stem
        for words, who in self._compounds.get(form.noun.id, ()):
            if words[0] != first or here + len(words) > end:
                continue
            if tuple([word.stem for word in tokens.words[here : here + len(words)]]) == words:
                return who, here + len(words)
        return None

    def _adjectives(
        self, tokens: Tokens, noun_at: int, at: int, end: int, who: CountWho | None
    ) -> tuple[int, CountWho | None]:
        """Step over adjectives that agree; one that says who they are (أشخاص مدنيين) settles it."""
        article = tokens.article[noun_at]
        for _ in range(2):
            if at >= end or not tokens.plain(at) or tokens.article[at] != article:
                break
            form = tokens.atoms[at].noun
            if form is None or not form.noun.adjective or form.who is None:
                break
            if who is CountWho.UNSPECIFIED and form.who is not CountWho.UNSPECIFIED:
                who = form.who
            at += 1
        return at, who

    def _narrowed(self, tokens: Tokens, form: Form, noun_at: int, at: int, end: int) -> tuple[int, CountWho | None]:
        """3 جرحى أطفال, قتلى أطفال ونساء: the noun in apposition says who they are."""
        second = tokens.atoms[at].noun if at < end and tokens.plain(at) else None
        if second is None or second.number != form.number or second.noun.kind is not None:
            return at, CountWho.UNSPECIFIED
        if second.who in (None, CountWho.UNSPECIFIED) or tokens.article[noun_at] != tokens.article[at]:
            return at, CountWho.UNSPECIFIED
        return self.classes(tokens, at, end, second.number)

    @staticmethod
    def classes(tokens: Tokens, at: int, end: int, number: FormKind) -> tuple[int, CountWho | None]:
        """Step over the people at `at` and those joined to them (أطفال ونساء): several classes are mixed."""
        who: CountWho | None = None
        article = tokens.article[at]
        first = at
        while at < end and (at == first or tokens.joins[at]) and tokens.article[at] == article:
            form = tokens.atoms[at].noun
            if form is None or form.who is None or form.number != number or form.noun.kind is not None:
                break
            who = form.who if who in (None, form.who) else CountWho.MIXED
            at += 1
        return at, who

    def _shares_amount(self, tokens: Tokens, noun_at: int, at: int, form: Form) -> bool:
        """عشرات القتلى والجرحى, 15 قتيلا وجريحا: one amount for both, in the same form."""
        second = tokens.atoms[at].noun
        if second is None or second.number != form.number or second.noun.kind == form.noun.kind:
            return False
        return tokens.article[at] == tokens.article[noun_at]

    def _whose(
        self, tokens: Tokens, form: Form, at: int, end: int, who: CountWho | None
    ) -> tuple[int, CountWho | None]:
        """قتلى من المدنيين, إصابات في صفوف المدنيين: the second noun says who they are."""
        if who is not CountWho.UNSPECIFIED:
            return at, who
        here = at
        while form.noun.kind is not None and here < at + 3 and self._is_casualty(tokens, here, end):
            here += 1  # قتلى وجرحى من المدنيين
        noun_at = self._over_among(tokens, here, end)
        if noun_at is None and here > at:
            noun_at = here  # قتلى وجرحى مدنيون
        if noun_at is None or noun_at >= end or not tokens.plain(noun_at):
            return at, who
        owner = tokens.atoms[noun_at].noun
        if owner is None or owner.who in (None, CountWho.UNSPECIFIED):
            return at, who
        last, who = self.classes(tokens, noun_at, end, owner.number)
        return (last if here == at else at), who or owner.who

    @staticmethod
    def _is_casualty(tokens: Tokens, at: int, end: int) -> bool:
        form = tokens.atoms[at].noun if at < end else None
        if form is None or form.noun.noun_class != "casualties" or form.noun.bare == "none":
            return False  # إصابة and وفاة govern people and are none
        return tokens.joins[at]

    def _over_among(self, tokens: Tokens, at: int, end: int) -> int | None:
        ranks = self._grammar.ranks
        if at >= end:
            return None
        if tokens.keys[at] in self._grammar.among:
            return at + 1
        if tokens.keys[at] in self._grammar.in_ and at + 1 < end and tokens.keys[at + 1] in ranks:
            return at + 2
        return at + 1 if tokens.bare[at] in ranks else None

"""The nouns that amounts count, and nouns that are an amount by their form alone (مدني، طفلان، جرحى).

Source: Sijill's annotation guidelines (singular 1, dual 2, plural at least 2); W. Wright, A Grammar of the Arabic
Language, vol. 2, § 75-110 (construct, agreement, nouns of number).
"""

from __future__ import annotations

import msgspec

from sijill.model import CountKind, CountWho, Quantity, WordKind
from sijill.values.entries import FormKind, Modifier
from sijill.values.lexicon import Form, Lexicon, OtherKind
from sijill.values.people import PeopleReader
from sijill.values.policy import Policy
from sijill.values.tokens import Tokens

__all__ = ["Counted", "NounReader"]

_UNLIKE = ("ه", "ون", "ات")
_MOST_JOINED = 4
_NEAR = 7


class Counted(msgspec.Struct, frozen=True):
    """What an amount counts: words `first`..`last` (half open) of the noun and what goes with it."""

    form: Form | None
    who: CountWho | None
    person: bool
    text: str | None
    first: int
    last: int
    certain: bool = False
    kind: CountKind | None = None

    @classmethod
    def people(cls, at: int) -> Counted:
        """People named by a pronoun only (بعضهم)."""
        return cls(None, CountWho.UNSPECIFIED, True, None, at, at)


class NounReader:
    """Finds counted nouns around an amount, and bare nouns."""

    def __init__(self, lexicon: Lexicon, policy: Policy) -> None:
        self._lexicon = lexicon
        self._policy = policy
        self._grammar = lexicon.grammar
        self._people = PeopleReader(lexicon)

    # --- behind the amount ---

    def behind(self, tokens: Tokens, at: int, end: int, *, vague: bool, size: int | None = None) -> Counted | None:
        """The counted noun that begins at `at`, directly or behind من; None where none does."""
        if at >= end:
            return None
        other = self._other(tokens, at)
        if other is not None:
            return other
        if tokens.keys[at] in self._grammar.between:  # 10 بين قتيل وجريح
            return self._either(tokens, at, end)
        of = tokens.keys[at] in self._grammar.of
        noun_at = self._over_links(tokens, at + 1, end) if of else at
        if noun_at >= end or not tokens.plain(noun_at):
            return None
        form = tokens.atoms[noun_at].noun
        if form is None:
            return self._unknown(tokens, at, noun_at, size, vague=vague, of=of)
        return self._extend(tokens, form, at, noun_at, end, size)

    def _either(self, tokens: Tokens, at: int, end: int) -> Counted | None:
        """بين قتيل وجريح: the total of both."""
        if at + 2 >= end:
            return None
        one, two = tokens.atoms[at + 1].noun, tokens.atoms[at + 2].noun
        if one is None or two is None or not tokens.joins[at + 2] or one.number != two.number:
            return None
        if one.noun.kind is None or two.noun.kind is None:
            return None
        who = one.who
        people = self._people.settle(tokens, two, at + 2, at + 3, end, who)
        kind = CountKind.KILLED_OR_INJURED
        return Counted(one, people.who, True, self._surface(tokens, at + 1), at, people.last, kind=kind)

    def _other(self, tokens: Tokens, at: int) -> Counted | None:
        """6 آخرين: people, though no noun says who."""
        other = tokens.atoms[at].other
        if other in ("people", "oblique", "dual", "singular") and tokens.plain(at):
            return Counted(None, CountWho.UNSPECIFIED, True, tokens.words[at].form, at, at + 1)
        return None

    def _over_links(self, tokens: Tokens, at: int, end: int) -> int:
        stop = min(end - 1, at + 2)
        while at < stop and tokens.keys[at] in self._lexicon.links:
            at += 1
        return at

    def _unknown(
        self, tokens: Tokens, at: int, noun_at: int, size: int | None, *, vague: bool, of: bool
    ) -> Counted | None:
        """A noun that the data does not know, taken only where grammar marks it.

        Tanwin after eleven and more; what stands in construct or behind من; and ون and ين after three to ten or a vague
        amount, the plural of rational beings alone.
        """
        word = tokens.words[noun_at]
        if word.kind is not WordKind.WORD or tokens.atoms[noun_at] is not tokens.nothing or len(word.stem) < 4:
            return None
        text = word.form[word.name_start - word.start :]
        if word.stem[0] in "يت" and word.stem.endswith("ون"):  # يحملون is a verb
            return None
        some = vague or (size is not None and 3 <= size <= 10)
        if some and _is_human_plural(word.stem) and tokens.article[noun_at] == (vague or of):
            return Counted(None, CountWho.UNSPECIFIED, True, text, at, noun_at + 1)
        if some and word.stem.endswith("ات") and tokens.article[noun_at] == (vague or of):
            return Counted(None, None, False, text, at, noun_at + 1)
        tanwin = size is not None and size > 10 and word.form.endswith("ا") and not tokens.article[noun_at]
        if not (tanwin or (vague and (of or tokens.article[noun_at]))):
            return None
        return Counted(None, None, False, text, at, noun_at + 1)

    def _extend(self, tokens: Tokens, form: Form, at: int, noun_at: int, end: int, size: int | None) -> Counted:
        """The noun with a second noun that shares the number, adjectives, others, and whose they are."""
        who = form.who
        last = noun_at + 1
        text = self._surface(tokens, noun_at)
        second = tokens.atoms[last].noun if last < end and tokens.joins[last] else None
        people = form.who is not None and form.noun.kind is None
        if second is not None and size is None and people and form.number == "plural":
            last, who = self._people.classes(tokens, noun_at, end, form.number)  # مئات النساء والأطفال
        elif second is not None and self._shares(tokens, form, second, last, size):
            who = who if who == second.who else CountWho.MIXED
            last += 1
        settled = self._people.settle(tokens, form, noun_at, last, end, who)
        return Counted(form, settled.who, form.who is not None, text, at, settled.last, kind=settled.kind)

    def _shares(self, tokens: Tokens, form: Form, second: Form, at: int, size: int | None) -> bool:
        """400 مدني ومسلح: after hundreds and thousands both stand in the genitive singular."""
        if size is None or size < 100 or size % 100 or second.who is None or form.who is None:
            return False
        if form.number != "singular" or second.number != "singular":
            return False
        return not tokens.words[at].form.endswith("ا") and not tokens.article[at]

    @staticmethod
    def _surface(tokens: Tokens, at: int) -> str:
        word = tokens.words[at]
        return tokens.text.document.text[word.name_start : word.end]

    # --- before the amount ---

    def before(
        self, tokens: Tokens, at: int, size: int | None, rule: str, *, definite: bool, digits: bool
    ) -> Counted | None:
        """The noun before an amount that follows it: طفل واحد, مدنيين اثنين, الجنود الخمسة, قرى عدة."""
        last = at
        while last > 0 and tokens.keys[last - 1] == "ال":
            last -= 1
        noun_at = last - 1
        if noun_at < 0 or (last < at and not definite) or not tokens.plain(last):
            return None
        form = tokens.atoms[noun_at].noun
        if form is not None and form.noun.adjective and noun_at > 0 and tokens.plain(noun_at):
            head = tokens.atoms[noun_at - 1].noun
            if head is not None and head.who is not None:  # جندي أفغاني واحد
                form, noun_at = head, noun_at - 1
        if form is None or tokens.words[noun_at].sentence != tokens.words[at].sentence:
            return None
        article = tokens.article[noun_at]
        fits = (
            (size == 1 and form.number == "singular" and not digits and article == definite)
            or (size == 2 and not digits and (form.number == "dual" or form.ambiguous) and article == definite)
            or (article and definite and form.number == "plural" and size is not None)
            or (
                size is not None
                and 3 <= size <= 10
                and form.number == "plural"
                and not digits
                and not article
                and not definite
            )
            or (size is None and rule == "several" and form.number == "plural" and not article)
        )
        if not fits:
            return None
        certain = size in (1, 2) or (article and definite)
        text = self._surface(tokens, noun_at)
        return Counted(form, form.who, form.who is not None, text, noun_at, at, certain, form.noun.kind)

    def heading(self, tokens: Tokens, at: int) -> Counted | None:
        """The people of a toll told before its number: عدد القتلى إلى 20, والجرحى إلى 50."""
        first = max(0, at - 7)
        for noun_at in range(at - 1, first, -1):
            if tokens.words[noun_at].sentence != tokens.words[at].sentence or tokens.atoms[noun_at].numeral is not None:
                return None
            form = tokens.atoms[noun_at].noun
            if form is None or form.who is None:
                continue
            totalled = tokens.words[noun_at - 1].stem in self._grammar.totals and tokens.plain(noun_at)
            casualty = form.noun.kind is not None and tokens.article[noun_at]
            if totalled or (casualty and tokens.keys[at - 1] in self._grammar.toward and noun_at >= at - 2):
                text = self._surface(tokens, noun_at)
                return Counted(form, form.who, True, text, at, at, kind=form.noun.kind)
            return None
        return None

    # --- no amount ---

    def bare(self, tokens: Tokens, taken: bytearray) -> list[Quantity]:
        """Nouns that count by their form: people in any number, things in the dual."""
        found = []
        told = 0
        for at in tokens.meant:
            if taken[at]:
                continue
            atom = tokens.atoms[at]
            if at < told and atom.noun is not None and atom.noun.noun.kind is None:
                continue  # جرحى أطفال: the second noun only says who the first ones are
            if atom.noun is not None and self._counts(tokens, atom.noun, at):
                found.append(self._bare_quantity(tokens, atom.noun, at))
                told = found[-1].last
            elif atom.other and self._is_others(tokens, at, atom.other) and not self._qualifies(tokens, at):
                found.append(self._others(tokens, at, atom.other))
        return found

    def _is_others(self, tokens: Tokens, at: int, other: OtherKind) -> bool:
        """Whether the word for others counts by itself: آخرون, and آخر where a word of harm governs it."""
        if other not in ("singular", "things"):
            return other in ("people", "oblique", "dual")
        if other == "things" and not self._feminine_before(tokens, at):
            return False
        if tokens.begins(at) or tokens.article[at] or not tokens.plain(at) or not self._is_cue(tokens, at):
            return False
        behind = at + 1
        if behind >= tokens.ends[at] or not tokens.plain(behind) or tokens.words[behind].kind is not WordKind.WORD:
            return True
        return tokens.keys[behind] in self._grammar.behind_other

    @staticmethod
    def _feminine_before(tokens: Tokens, at: int) -> bool:
        """Whether a woman or girl was told right before, so that أخرى is another: استشهدت امرأة وأصيبت أخرى."""
        for before in range(at - 1, max(-1, at - _NEAR), -1):
            form = tokens.atoms[before].noun
            if tokens.begins(before + 1):
                return False
            if form is not None and form.who is not None and form.noun.kind is None:
                return form.number == "singular" and tokens.keys[before].endswith("ه")
        return False

    def _is_denied(self, tokens: Tokens, at: int) -> bool:
        """كل جندي, دون قتلى, دون وقوع قتلى."""
        if at > 1 and tokens.bare[at - 1] in self._grammar.occurring:
            at -= 1
        return at > 0 and tokens.bare[at - 1] in self._grammar.no_count

    def _qualifies(self, tokens: Tokens, at: int) -> bool:
        """Whether آخرين goes with a noun right before it."""
        return at > 0 and tokens.plain(at) and self._is_head(tokens, at - 1)

    @staticmethod
    def _is_head(tokens: Tokens, at: int) -> bool:
        """Whether the word is a noun that an adjective may follow; إصابة and وفاة before people govern them."""
        form = tokens.atoms[at].noun
        return form is not None and not (form.noun.noun_class == "casualties" and form.noun.bare == "none")

    def _others(self, tokens: Tokens, at: int, other: OtherKind) -> Quantity:
        number: FormKind = "dual" if other == "dual" else "singular" if other in ("singular", "things") else "plural"
        low, high = self._policy.noun(number)
        span = tokens.span(at, at + 1)
        text = tokens.words[at].form
        return Quantity(
            low, high, span, span, at, at + 1, text, "persons", True, "others", None, CountWho.UNSPECIFIED, True,
            tokens.article[at],
        )  # fmt: skip

    def _counts(self, tokens: Tokens, form: Form, at: int) -> bool:
        noun = form.noun
        if form.who is None:
            return form.number == "dual" and noun.dual and not form.construct and not tokens.words[at].enclitic
        if noun.bare == "none" or (noun.bare == "plural" and form.number == "singular"):
            return False
        if noun.bare == "cued" and not self._harmed(tokens, at):
            return False
        if form.number == "singular" and noun.singular[:1] == "إ" and tokens.words[at].form[:1] == "أ":
            return False  # أمام is no إمام
        if noun.bare == "dual" and form.number != "dual":
            return False
        if tokens.plain(at) and self._is_denied(tokens, at):
            return False
        if form.number == "singular" and noun.kind is not None and self._in_pair(tokens, at):
            return False
        if noun.adjective and self._is_adjective(tokens, form, at):
            return False
        # A noun of two letters is with its tanwin a particle too: أما.
        accusative = form.tanwin and not noun.adjective and len(noun.singular) > 2
        strict = noun.strict and form.number == "singular" and not accusative
        return not strict or self._cued(tokens, at)

    def _in_pair(self, tokens: Tokens, at: int) -> bool:
        """بين قتيل وجريح tells how a total is made up and counts nobody."""
        first = at - 1 if tokens.joins[at] else at
        if first <= 0 or tokens.bare[first - 1] not in self._grammar.between:
            return False
        return first + 1 < len(tokens) and tokens.joins[first + 1]

    def _is_adjective(self, tokens: Tokens, form: Form, at: int) -> bool:
        """الدفاع المدني, مجلس عسكري: the word follows the noun that it describes."""
        if at == 0 or not tokens.plain(at) or tokens.words[at - 1].kind is not WordKind.WORD:
            return False
        before = tokens.words[at - 1]
        if before.stem in self._lexicon.not_after.get(form.noun.id, frozenset()):
            return True
        if form.tanwin and form.number == "singular" and before.stem.endswith(_UNLIKE):
            return False  # استهدفت مسيرة قياديا: it agrees with no feminine and no plural
        if self._is_head(tokens, at - 1) and tokens.article[at - 1] == tokens.article[at]:
            return True
        return tokens.article[at] and tokens.article[at - 1]

    def _cued(self, tokens: Tokens, at: int) -> bool:
        if tokens.begins(at):
            return False
        if tokens.joins[at]:
            before = tokens.atoms[at - 1].noun
            return before is not None and before.who is not None
        return self._is_cue(tokens, at)

    def _harmed(self, tokens: Tokens, at: int) -> bool:
        """Whether a word of harm or custody governs the noun: مقتل سوري ولبناني, but not رجل سوري."""
        for _ in range(_MOST_JOINED):
            if tokens.begins(at):
                return False
            if not tokens.joins[at]:
                return self._is_cue(tokens, at)
            at -= 1
            if tokens.atoms[at].noun is None:
                return False
        return False

    def _is_cue(self, tokens: Tokens, at: int) -> bool:
        """Whether the word before `at` is one; a noun among them (قتلى) needs the other to agree."""
        cues = self._lexicon.cues
        if tokens.bare[at - 1] not in cues and tokens.words[at - 1].stem not in cues:
            return False
        return tokens.atoms[at - 1].noun is None or tokens.article[at - 1] == tokens.article[at]

    def _bare_quantity(self, tokens: Tokens, form: Form, at: int) -> Quantity:
        number: FormKind = "dual" if form.tanwin and tokens.words[at].enclitic else form.number
        low, high = self._policy.noun(number)
        end = tokens.ends[at]
        rule = f"noun-{number}"
        first, definite = at, self._definite(tokens, form, at)
        if tokens.bare[at - 1] in self._grammar.one_of and form.number == "plural" and not tokens.begins(at):
            low, high = self._policy.noun("singular")
            rule, first = "one-of", at - 1
            definite = not self._harmed(tokens, first)  # مقتل أحد القادة is a count, قال أحد القادة is none
        people = self._people.settle(tokens, form, at, at + 1, end, form.who)
        last = people.last
        modifier = self._lexicon.after.starting(tokens.keys, last)
        if modifier is not None and last + modifier[0] <= end and isinstance(modifier[1], Modifier):
            low, high = self._policy.modified((low, high), modifier[1].effect)
            last += modifier[0]
        return Quantity(
            low=low,
            high=high,
            span=tokens.whole(at, at + 1),
            phrase=tokens.whole(first, last),
            first=first,
            last=last,
            noun=self._surface(tokens, at),
            noun_class=form.noun.noun_class,
            person=form.who is not None,
            rule=rule,
            kind=form.noun.kind,
            who=people.who,
            bare=True,
            definite=definite,
        )

    @staticmethod
    def _definite(tokens: Tokens, form: Form, at: int) -> bool:
        """The article, a pronoun, or a construct with a definite noun."""
        word = tokens.words[at]
        if tokens.article[at] or word.enclitic or form.construct:
            return True
        behind = at + 1
        if behind >= tokens.ends[at] or not tokens.plain(behind) or _keeps_nun(word.stem, form):
            return False
        return tokens.article[behind] and tokens.words[behind].kind is WordKind.WORD


def _keeps_nun(stem: str, form: Form) -> bool:
    """`محتجون`, `عسكريين`, `شرطيان`: a noun in annexation drops its nun, so that what follows is not its owner."""
    dual = form.number == "dual" and stem.endswith(("ان", "ين"))
    return dual or (form.number == "plural" and _is_human_plural(stem))


def _is_human_plural(stem: str) -> bool:
    """Whether a word looks like the plural in ون or ين, which is of people, and not like قوانين, عناوين."""
    return len(stem) >= 5 and stem.endswith(("ون", "ين")) and stem[-4] != "ا"

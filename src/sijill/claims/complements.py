"""Where what a verb of saying tells begins, and where it cannot.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2 (أنَّ and what follows it); the verbs' valencies are data
(`rules/speech.toml`).
"""

from __future__ import annotations

from typing import NamedTuple

from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.speech import Form
from sijill.claims.view import View
from sijill.model import CountKind, MentionKind, WordKind

__all__ = ["Complement", "complement", "counts_objects", "in_aside"]

_HARM = frozenset([CountKind.KILLED, CountKind.INJURED, CountKind.KILLED_OR_INJURED])
_MEDIA = (MentionKind.OUTLET, MentionKind.BODY)
_AHEAD = 26  # words between a verb and what is said
_NEAR = 9  # … where only a preposition or a quotation shows that it begins
_CLOSE = 5  # … and a preposition within that many words that are no time
_NAME = 4  # words of a quoted name
_OPENING = '"«“„'
_OF_NOUNS = ("علي", "ب")  # they go with nouns as well: دعمه للرد على
_ASIDE = frozenset(["في", "خلال", "عبر", "ضمن"])  # prepositions of where and when something was said
_PARTICLE = 2  # letters of the longest word that is no object
_QUOTES = '"«“”»„'


class Complement(NamedTuple):
    """Where what is said begins, and what shows it: `that`, `quote`, a preposition, `object`."""

    start: int
    kind: str


def complement(view: View, first: int, form: Form, lexicon: ClaimLexicon) -> Complement | None:
    """Where what the verb of `form` tells begins, its subject ending before `first`; None where it tells nothing."""
    words = lexicon.speech.words
    found: Complement | None = None
    clear = True  # nothing stands yet between the subject and an object
    owned = False  # a noun with a pronoun (أكد دعمه للرد على) is an object that tells no event
    aside = False  # inside a phrase of where or when it was said
    for to in range(first, min(len(view), first + _AHEAD)):
        if view.has(words.that, to):
            if found is not None and view.has(words.saying, to - 1):
                return found  # نفى مصدر إجراء محادثات، مكتفيا بالقول إن
            said = not view.joined(to) and not (to and view.stems[to - 1] in words.not_that)
            return Complement(to, "that") if said else found
        if view.words[to].form == ":" and to < first + _NEAR:
            return Complement(to, "quote")
        if _ends_search(view, to, first, lexicon):
            break
        if to < first + _NEAR and _quotes_speech(view, to):
            return Complement(to, "quote")
        governs = "" if found is not None else _governs(view, to, first, form)
        if governs and not (owned and governs in _OF_NOUNS):
            return Complement(to, governs)
        owned = owned or (_is_owned(view, to, lexicon) and not form.verb.accuses)
        if clear and not owned and found is None and _is_object(view, to, form, lexicon):
            found = Complement(to, "object")
        aside = in_aside(view, to, begun=aside)
        clear = clear and (aside or _passes(view, to, lexicon))
    return found


def in_aside(view: View, to: int, *, begun: bool) -> bool:
    """Whether word `to` begins a phrase of where or when something was said, or goes on with one that has `begun`.

    `في تقريره الشهري الصادر أمس`: a preposition, what it governs, and what agrees with that in its article.
    """
    word, stems = view.words[to], view.stems
    if stems[to] in _ASIDE and not word.enclitic:
        return True
    governed = to > 0 and stems[to - 1] in _ASIDE
    goes_on = word.article or bool(word.enclitic) or to in view.dated
    return word.kind is WordKind.WORD and begun and (governed or (goes_on and word.proclitics in ("", "ال")))


def _governs(view: View, to: int, first: int, form: Form) -> str:
    """The preposition at word `to` that the verb takes; '' where there is none, or it stands too far off."""
    if to in view.dated:
        return ""
    word, stem, takes = view.words[to], view.stems[to], form.verb.takes
    letter = stem if stem in takes else word.proclitics[-1:]
    if letter not in takes or (not form.verb.accuses and sum(at not in view.dated for at in range(first, to)) > _CLOSE):
        return ""
    return letter


def _passes(view: View, to: int, lexicon: ClaimLexicon) -> bool:
    """Whether word `to` is the time or the occasion of saying, so that an object may still follow."""
    words = lexicon.speech.words
    word = view.words[to]
    if (
        to in view.dated
        or word.kind is WordKind.PUNCT
        or view.has(words.adverbs, to)
        or view.has(words.quantifiers, to)
    ):
        return True
    if word.proclitics == word.key or view.words[to - 1].form in _QUOTES:
        return True  # لـ«الوطن»
    occasion = view.has(words.occasions, to) or view.has(words.occasions, to - 1)
    told = view.covered.get(to) or view.covered.get(to + 1)
    passed = told is not None and (
        told.kind in _MEDIA or (told.kind is MentionKind.PLACE and view.preposition(view.local(told)[0]) != "")
    )
    return occasion or passed or view.has(words.occasions, to + 1)


def _quotes_speech(view: View, to: int) -> bool:
    """Whether the quotation that word `to` opens is what someone says, and no name: it runs on past a name's length."""
    form = view.words[to].form
    if form not in _OPENING or to in view.covered:
        return False
    if form == '"' and sum(word.form == '"' for word in view.words[:to]) % 2:
        return False
    return not any(view.words[at].form in _QUOTES for at in range(to + 1, min(len(view), to + _NAME + 2)))


def _is_owned(view: View, to: int, lexicon: ClaimLexicon) -> bool:
    """Whether word `to` is a noun with a pronoun that names no event (`دعمه`, not `مقتله`)."""
    word = view.words[to]
    event = word.stem in lexicon.nouns or word.stem in lexicon.speech.words.intentions
    if view.preposition(to):
        return False  # في تقريره
    return bool(word.enclitic) and len(word.stem) > _PARTICLE and not event


def _is_object(view: View, to: int, form: Form, lexicon: ClaimLexicon) -> bool:
    """Whether word `to` is what the verb tells."""
    word = view.words[to]
    if word.proclitics or to in view.dated or view.preposition(to):
        return False
    if form.verb.objects and counts_objects(view, to, form):
        return True
    if word.kind is not WordKind.WORD:
        return False
    told = view.covered.get(to)
    if told is not None and told.kind in _MEDIA:
        return False
    if form.verb.objects:
        return view.stems[to] in form.verb.objects
    occasion = view.has(lexicon.speech.words.occasions, to) or view.has(lexicon.speech.words.occasions, to - 1)
    noun = len(view.stems[to]) > _PARTICLE or view.stems[to] in lexicon.light or view.stems[to] in lexicon.nouns
    noun = noun or view.stems[to] in lexicon.speech.words.what
    return "object" in form.verb.takes and noun and not occasion


def counts_objects(view: View, to: int, form: Form) -> bool:
    """`وثق المركز 458 حالة اعتقال`, `31 قتيلا`: an amount, from word `to` on, of what the verb tells."""
    amount = view.thing_at.get(to) or view.amounts.get(to)
    if amount is None or amount.first - view.base != to:
        return False
    return amount.kind in _HARM or any(view.stems[at] in form.verb.objects for at in range(to, amount.last - view.base))


def _ends_search(view: View, to: int, first: int, lexicon: ClaimLexicon) -> bool:
    """Whether another clause begins at word `to`, so that nothing behind it is the complement."""
    if view.words[to].form in "؛.!؟?" and view.words[to].kind is WordKind.PUNCT:
        return True
    cites = view.stems[to] in lexicon.speech.words.according
    if to > first and view.stems[to] in lexicon.speech.verbs and not (view.words[to].article or cites):
        form = lexicon.speech.verbs[view.stems[to]]
        opens = form.participle or view.joined(to) or view.is_mark(to - 1)
        return (
            to not in view.covered
            and not view.words[to].enclitic
            and (opens or view.has(lexicon.speech.words.relatives, to - 1))
        )
    return to in lexicon.contrast.all(view)

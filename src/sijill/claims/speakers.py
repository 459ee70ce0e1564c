"""Who is the subject of a verb of saying, what else the clause names as a source, and where what is said begins.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2 (order of verb and subject; أنَّ and what follows it);
the verbs' valencies are data (`rules/speech.toml`).
"""

from __future__ import annotations

from typing import NamedTuple

from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.speech import Form, Speech
from sijill.claims.view import View
from sijill.model import Mention, MentionKind, Source, WordKind

__all__ = ["Complement", "Subject", "complement", "is_plain", "relayed", "source_of", "speaker_at", "subject"]

_SPEAKERS = (MentionKind.BODY, MentionKind.OUTLET, MentionKind.ACTOR, MentionKind.PEOPLE)
_MEDIA = (MentionKind.OUTLET, MentionKind.BODY)
_STATES = ("capital", "country")
_REACH = 4  # words between a verb and its subject
_CHUNK = 6  # words of a subject that no name covers
_AHEAD = 26  # words between a verb and what is said
_NEAR = 9  # … where only a preposition or a quotation shows that it begins
_CLOSE = 5  # … and a preposition within that many words that are no time
_NAME = 4  # words of a quoted name
_QUOTES = '"«“”'


class Subject(NamedTuple):
    """The speaker of a verb: where its words end, the source, and where it stands (`behind`, `before`, `carried`:
    before the verb and governed, as in `بعد معلومات أفادت`, `relative`: its antecedent; '' where there is none).
    """

    end: int
    sources: tuple[Source, ...]
    stands: str
    first: int


class Complement(NamedTuple):
    """Where what is said begins, and what shows it: `that`, `quote`, a preposition, `object`."""

    start: int
    kind: str


def source_of(view: View, mention: Mention) -> Source:
    """The source that a mention names."""
    return Source(mention.name, mention.span, view.cut(mention.span))


def speaker_at(view: View, at: int) -> Mention | None:
    """The mention over word `at`, if it names someone who can speak; states speak by their capitals."""
    mention = view.covered.get(at) if at >= 0 else None
    if mention is None or mention.subtype == "adjective":
        return None
    if mention.kind in _SPEAKERS or (mention.kind is MentionKind.PLACE and mention.subtype in _STATES):
        return mention
    return None


def subject(view: View, at: int, form: Form, lexicon: ClaimLexicon) -> Subject:
    """Who says it: behind the verb at `at`, before it, or in words that no name covers."""
    speech = lexicon.speech
    before = _before(view, at, form, lexicon)
    if before is not None and before.stands == "before" and form.verb.accuses:
        return before
    if form.participle or form.gender == "p" or view.has(speech.words.pronouns, at - 1):
        return before or Subject(at + 1, (), "", at)
    behind = _behind(view, at, speech)
    if before is not None and (behind is None or behind.first > at + 1):
        return before
    return behind or _chunk(view, at, form, lexicon)


def _behind(view: View, at: int, speech: Speech) -> Subject | None:
    to, passed, words = at + 1, 0, speech.words
    while to < len(view) and passed < _REACH and not view.is_mark(to) and not view.has(words.that, to):
        mention = speaker_at(view, to)
        if mention is not None:
            first, last = view.local(mention)
            if not view.preposition(first) or _is_part(view, first, speech):
                if view.has(words.not_speakers, first):
                    return Subject(at + 1, (), "", at)
                last, others = _coordinated(view, last)
                return Subject(last, (source_of(view, mention), *others), "behind", first)
            to = last
        elif view.has(words.occasions, to) or to in view.dated or view.has(words.adverbs, to):
            to += 1
            continue
        else:
            to += 1
        passed += 1
    return None


def _coordinated(view: View, last: int) -> tuple[int, tuple[Source, ...]]:
    """A second speaker that و joins to the one that ends before `last`: `قالت الوزارة والبلدية إن`."""
    mention = speaker_at(view, last) if last < len(view) else None
    if mention is None or view.words[last].proclitics != "و" or view.local(mention)[0] != last:
        return last, ()
    return view.local(mention)[1], (source_of(view, mention),)


def _is_part(view: View, first: int, speech: Speech) -> bool:
    """`العديد من التقارير`: من behind a word of quantity governs no one else."""
    return first > 1 and view.stems[first - 1] == "من" and view.has(speech.words.adverbs, first - 2)


def _unnamed_before(view: View, at: int, to: int, lexicon: ClaimLexicon) -> Subject | None:
    """A subject that no name covers between أن, or كان, and its verb: `أن والد الطفل أكد`, `وكان … قد أعلن`."""
    first = to + 1
    while first > 0 and to + 1 - first < _CHUNK and is_plain(view, first - 1, lexicon):
        if view.has(lexicon.speech.words.was, first - 1):
            break
        first -= 1
    opened = view.has(lexicon.speech.words.that, first - 1) or view.has(lexicon.speech.words.was, first - 1)
    if first > to or not opened or view.has(lexicon.speech.words.pronouns, first - 1):
        return None
    if view.has(lexicon.speech.words.not_speakers, first):
        return Subject(at + 1, (), "carried", first)
    span = view.span(first, to + 1)
    return Subject(at + 1, (Source(view.cut(span), span, view.cut(span)),), "before", first)


def _before(view: View, at: int, form: Form, lexicon: ClaimLexicon) -> Subject | None:
    """The name right before a verb that nothing joins to what precedes."""
    if form.participle or view.joined(at):
        return None
    to, words = at - 1, lexicon.speech.words
    apart = "()" + _QUOTES + ("،," if form.gender == "p" else "")
    while to >= 0 and (view.has(words.auxiliaries, to) or view.words[to].form in apart):
        to -= 1
    relative = to >= 0 and view.has(words.relatives, to)
    if relative:
        to -= 1
        while to >= 0 and view.words[to].form in "،,":
            to -= 1
    mention = speaker_at(view, to)
    if mention is None or mention.kind is MentionKind.PLACE:
        return None if relative else _unnamed_before(view, at, to, lexicon)
    first = view.local(mention)[0]
    if view.has(words.not_speakers, first):
        return Subject(at + 1, (), "carried", first)
    governed = bool(view.preposition(first)) or view.words[first].proclitics[-1:] in ("ب", "ل")
    stands = "relative" if relative else "carried" if governed else "before"
    return Subject(at + 1, (source_of(view, mention),), stands, first)


def _chunk(view: View, at: int, form: Form, lexicon: ClaimLexicon) -> Subject:
    """A speaker that no name covers: the words up to what is said, when there are few of them."""
    none = Subject(at + 1, (), "", at)
    first = to = at + 1
    words = lexicon.speech.words
    while to < min(len(view), first + _CHUNK) and is_plain(view, to, lexicon):
        to += 1
    if form.participle or to == first or to >= len(view) or view.has(words.not_speakers, first):
        return none
    quoted = view.words[to].form in _QUOTES or view.words[to].form == ":"
    if not (quoted or view.has(words.that, to) or view.stems[to] == "في"):
        return none
    if view.has(words.adverbs, first) or (not quoted and view.stems[to] == "في" and form.verb.takes):
        return none
    span = view.span(first, to)
    return Subject(to, (Source(view.cut(span), span, view.cut(span)),), "behind", first)


def is_plain(view: View, to: int, lexicon: ClaimLexicon) -> bool:
    """Whether word `to` can be part of a speaker's name: no particle, clitic, number or time."""
    word = view.words[to]
    if word.kind is not WordKind.WORD or word.proclitics or word.enclitic or to in view.amounts or to in view.dated:
        return False
    return not (view.has(lexicon.speech.words.that, to) or view.stems[to] in lexicon.words.prepositions)


def relayed(view: View, first: int, last: int, lexicon: ClaimLexicon) -> tuple[int, Source] | None:
    """Behind `عن` in words `first`..`last`: whom a relay quotes, and where the name ends."""
    for at in range(first, min(len(view) - 1, last)):
        if view.words[at].form in "،.؛:" or view.has(lexicon.speech.words.that, at):
            break
        if view.stems[at] == "عن":
            to = at + 1
            while to < len(view) - 1 and speaker_at(view, to) is None and view.has(lexicon.speech.words.adverbs, to):
                to += 1
            mention = speaker_at(view, to)
            if mention is None:
                return _unnamed(view, at + 1, lexicon)
            return mention.last - view.base, source_of(view, mention)
    return None


def _unnamed(view: View, first: int, lexicon: ClaimLexicon) -> tuple[int, Source] | None:
    """Whom a relay quotes in words that no name covers, up to what they say."""
    to, words = first, lexicon.speech.words
    while to < min(len(view), first + _CHUNK) and (to in view.amounts or is_plain(view, to, lexicon)):
        to += 1
    if to == first or to == len(view) or not (view.has(words.that, to) or view.has(words.own_words, to)):
        return None
    span = view.span(first, to)
    return to, Source(view.cut(span), span, view.cut(span))


def complement(view: View, first: int, form: Form, lexicon: ClaimLexicon) -> Complement | None:
    """Where what the verb of `form` tells begins, its subject ending before `first`; None where it tells nothing."""
    speech = lexicon.speech
    takes, words = form.verb.takes, speech.words
    fallback: Complement | None = None
    for to in range(first, min(len(view), first + _AHEAD)):
        word = view.words[to]
        if view.has(words.that, to):
            if not view.joined(to) and not (to and view.stems[to - 1] in words.not_that):
                return _unless_object(Complement(to, "that"), fallback)
            break
        if word.form == ":" and to < first + _NEAR:
            return Complement(to, "quote")
        if _ends_search(view, to, first, lexicon):
            break
        if fallback is None or fallback.kind == "object":
            fallback = _starts(view, to, first, takes, form, fallback)
        if fallback is not None and fallback.kind == "quote":
            break
    return fallback


def _unless_object(that: Complement, found: Complement | None) -> Complement:
    """`أن` right behind a preposition that the verb takes belongs to it: أشار إلى أن."""
    return (
        found if found is not None and found.kind not in ("object", "quote") and that.start - found.start <= 1 else that
    )


def _starts(
    view: View, to: int, first: int, takes: frozenset[str], form: Form, found: Complement | None
) -> Complement | None:
    """What begins at word `to`, if something that the verb takes does; else what was `found` before."""
    word, stem = view.words[to], view.stems[to]
    if to >= first + (_AHEAD if form.verb.accuses else _NEAR):
        return found
    if word.form in _QUOTES and _quotes_speech(view, to):
        return Complement(to, "quote")
    near = form.verb.accuses or sum(at not in view.dated for at in range(first, to)) <= _CLOSE
    if near and (stem in takes or word.proclitics[-1:] in takes) and to not in view.dated:
        return Complement(to, stem if stem in takes else word.proclitics[-1])
    if "object" in takes and found is None and to <= first + 4 and _is_object(view, to, form):
        return Complement(to, "object")
    return found


def _quotes_speech(view: View, to: int) -> bool:
    """Whether the quotation that word `to` opens is what someone says, and no name: it runs on past a name's length."""
    if to in view.covered:
        return False
    return not any(view.words[at].form in _QUOTES for at in range(to + 1, min(len(view), to + _NAME + 2)))


def _is_object(view: View, to: int, form: Form) -> bool:
    """Whether word `to` is what the verb tells; a noun with a pronoun (`دعمه`) is no event, nor is what follows it."""
    word = view.words[to]
    if word.kind is not WordKind.WORD or word.proclitics or to in view.dated or view.preposition(to):
        return False
    told = view.covered.get(to)
    if word.enclitic or view.words[to - 1].enclitic or (told is not None and told.kind in _MEDIA):
        return False
    if form.verb.objects:
        return view.stems[to] in form.verb.objects
    return len(view.stems[to]) > 2


def _ends_search(view: View, to: int, first: int, lexicon: ClaimLexicon) -> bool:
    """Whether another clause begins at word `to`, so that nothing behind it is the complement."""
    if view.words[to].form in "؛.!؟?" and view.words[to].kind is WordKind.PUNCT:
        return True
    if to > first and view.stems[to] in lexicon.speech.verbs and not view.words[to].article:
        form = lexicon.speech.verbs[view.stems[to]]
        opens = form.participle or view.joined(to) or view.is_mark(to - 1)
        return (
            to not in view.covered
            and not view.words[to].enclitic
            and (opens or view.has(lexicon.speech.words.relatives, to - 1))
        )
    return bool(lexicon.contrast.at(view, to))

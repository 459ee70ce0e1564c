"""Who is named as a source beside the subject of a verb: according to whom, told to whom, published by whom.

Source: C. Holes, Modern Arabic, ch. 8 (attribution in the press); the words are data (`rules/speech.toml`).
"""

from __future__ import annotations

from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.scopes import Heard
from sijill.claims.speakers import Subject, is_plain, relayed, source_of, speaker_at
from sijill.claims.speech import Speech
from sijill.claims.view import View
from sijill.model import Mention, MentionKind, Source
from sijill.text.folding import fold

__all__ = ["named", "talked_with", "told_to"]

_ACCORDING = 6  # words between "according to" and who
_UNNAMED = 4  # words of a speaker that no name covers
_TOLD = 8  # words behind a subject that tell whom it spoke to
_BEHIND = 16  # words between whom the outlet talked with and the verb


def named(view: View, at: int, lexicon: ClaimLexicon) -> tuple[tuple[Source, ...], int]:
    """Who is named behind the "according to" at `at`, and where the name ends."""
    words = lexicon.speech.words
    for to in range(at + 1, min(len(view), at + _ACCORDING)):
        mention = speaker_at(view, to)
        if mention is not None:
            first, last = view.local(mention)
            behind = _obtained(view, lexicon, first, last)
            if behind is not None:
                return behind
            relay = lexicon.speech.verbs.get(view.stems[first - 1])
            inner = relayed(view, last, last + _ACCORDING, lexicon) if relay and relay.verb.relays else None
            outer = source_of(view, mention)
            return ((outer,), last) if inner is None else ((outer, inner[1]), inner[0])
        if view.is_mark(to) or view.has(words.that, to):
            break
        people = view.amounts.get(to)
        if people is not None and people.person and not people.bare and people.kind is None:
            last = view.local(people)[1]  # حسبما روى ستة ناجين
            span = view.span(to, last)
            return (Source(view.cut(span), span, view.cut(span)),), last
        if view.has(words.unnamed, to):
            return _unnamed(view, to, lexicon)
        if view.has(words.obtained, to):
            return _obtained(view, lexicon, to - 1, to) or ((), at + 1)
    return (), at + 1


def _unnamed(view: View, first: int, lexicon: ClaimLexicon) -> tuple[tuple[Source, ...], int]:
    """`وفق موقع النهار`: a noun that heads a speaker, with the words up to the next particle or mark."""
    last = first + 1
    while last < min(len(view), first + _UNNAMED) and is_plain(view, last, lexicon):
        last += 1
    if last == first + 1 and not (view.words[first].article or view.words[first].enclitic):
        return (), first
    span = view.span(first, last)
    return (Source(view.cut(span), span, view.cut(span)),), last


def _obtained(view: View, lexicon: ClaimLexicon, first: int, last: int) -> tuple[tuple[Source, ...], int] | None:
    """`معلومات حصلت عليها الوكالة من مصادر`: the sources that the outlet has it from."""
    words = lexicon.speech.words
    if not any(view.has(words.obtained, at) for at in range(first, min(len(view), last + 2))):
        return None
    for at in range(last, min(len(view) - 1, last + 8)):
        if view.is_mark(at):
            break
        mention = speaker_at(view, at + 1)
        if view.stems[at] == "من" and mention is not None:
            return (source_of(view, mention),), mention.last - view.base
    return None


def told_to(view: View, who: Subject, last: int | None, heard: Heard, speech: Speech) -> tuple[Source, ...]:
    """The subject with the outlets that tell of it: in talks with them, by publishing it, or as they did before.

    `last` is where what is said begins, if it does.
    """
    words, sources = speech.words, who.sources
    if not sources or who.stands != "behind":
        return sources
    last = min(len(view), who.end + _TOLD) if last is None else last
    for at in range(who.end, last - 1):
        outlet = next((m for to in range(at + 1, min(last, at + 4)) if (m := _outlet(view, to)) is not None), None)
        if outlet is None:
            continue
        if view.has(words.hearing, at) and view.has(words.occasions, at - 1):
            return (source_of(view, outlet), *sources)
        if view.has(words.published, at):
            return (source_of(view, outlet),)
    if view.words[who.first].article:
        for chain in (tuple(heard), *reversed(heard.earlier)):
            name = chain[-1].name.split() if chain else []
            if name and fold(name[0]) == view.stems[who.first]:
                return (*chain[:-1], *sources)  # `المسؤول` is the official whom the paper quoted
    return sources


def talked_with(view: View, at: int, speech: Speech) -> tuple[Source, ...]:
    """`وفي حديث مع … أكد`: whom the outlet talked with."""
    words = speech.words
    hears = next((to for to in range(max(1, at - _BEHIND), at) if view.has(words.hearing, to)), None)
    if hears is None or not any(view.has(words.occasions, to) for to in range(max(0, hears - 2), hears)):
        return ()
    mention = next((m for to in range(hears + 1, min(at, hears + 4)) if (m := speaker_at(view, to))), None)
    talks = mention is not None and mention.kind is not MentionKind.OUTLET
    return (source_of(view, mention),) if mention is not None and talks else ()


def _outlet(view: View, at: int) -> Mention | None:
    mention = view.covered.get(at)
    return mention if mention is not None and mention.kind is MentionKind.OUTLET else None

"""Nouns that tell something by themselves: news, accusations, admissions; whose they are and how far they reach."""

from __future__ import annotations

from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.scopes import DEEPEST, Scope
from sijill.claims.speakers import source_of, speaker_at
from sijill.claims.speech import SpeechNoun
from sijill.claims.view import View
from sijill.model import Modality, Source

__all__ = ["mark_from", "noun_scope"]

_TAKES = 5  # words between a noun of saying and its complement


def noun_scope(view: View, at: int, noun: SpeechNoun, parent: Scope | None, lexicon: ClaimLexicon) -> Scope | None:
    """`وسط أنباء عن …`, `اتهاماتها إلى … ب…`: a noun that tells something."""
    if lexicon.negation.ends(view, at) or lexicon.negation.ends(view, at - 1):
        return None
    sources: tuple[Source, ...]
    unsure = noun.speaks and any(view.has(lexicon.speech.words.unsure, to) for to in (at + 1, at + 2))
    if noun.speaks:
        if not view.has(noun.after, at - 1) and not unsure:
            return None
        starts = range(at + 1, min(len(view), at + _TAKES))
        start = next((to for to in starts if view.has(noun.takes, to)), None)
        mention = speaker_at(view, at)
        span = view.span(at, at + 1)
        outer = parent is not None and not view.has(noun.after, at - 1)
        sources = (
            ()
            if outer
            else (Source(view.cut(span), span, view.cut(span)) if mention is None else source_of(view, mention),)
        )
    else:
        start, sources = at + 1, _accuser(view, at, noun)
        if noun.takes:
            starts = range(at + 1, min(len(view), at + _TAKES))
            start = next((to for to in starts if _takes(view, to, noun)), None) if sources else None
    if start is None:
        return None
    chain = ((*parent.sources, *sources) if parent is not None else sources)[-DEEPEST:]
    modality = Modality.ALLEGED if unsure else noun.modality
    if modality is Modality.ASSERTED and parent is not None:
        modality = parent.modality
    return Scope(start, _noun_end(view, start, noun), chain, modality, at)


def _takes(view: View, at: int, noun: SpeechNoun) -> bool:
    return view.has(noun.takes, at) or view.words[at].proclitics[-1:] in noun.takes


def _noun_end(view: View, start: int, noun: SpeechNoun) -> int:
    """Where the complement of a noun ends: the next mark, or one mark further where it has yet to be named."""
    end = mark_from(view, start)
    ahead = end + 1 < len(view) and view.words[end + 1].proclitics == "ب"
    return mark_from(view, end + 1) if ahead and not noun.speaks else end


def _accuser(view: View, at: int, noun: SpeechNoun) -> tuple[Source, ...]:
    """Who accuses: the owner of the noun (`اتهامات موسكو`, `اتهاماتها`)."""
    mention = speaker_at(view, at + 1)
    if view.words[at].enclitic in ("نا", "ي"):
        return ()
    if not view.words[at].enclitic:
        if mention is None or view.words[at + 1].proclitics or view.local(mention)[0] != at + 1:
            return ()
        last = view.local(mention)[1]
        if noun.takes:
            return (source_of(view, mention),)
        against = last < len(view) and (view.stems[last] == "الي" or view.words[last].proclitics[-1:] == "ل")
        return (source_of(view, mention),) if against else ()  # else it is the accused
    for mention in reversed(view.mentions):
        first, last = view.local(mention)
        if last <= at and speaker_at(view, first) is mention and not view.preposition(first):
            return (source_of(view, mention),)
    return ()


def mark_from(view: View, first: int) -> int:
    """The first clause mark from word `first` on; the length where there is none."""
    return next((to for to in range(first, len(view)) if view.is_mark(to)), len(view))

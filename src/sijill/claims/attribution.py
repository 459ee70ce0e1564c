"""Who says so, and how far: the source chain and the modality of each stretch of a report.

A reporting verb with its subject, or a phrase of "according to", opens a scope: the rest of its sentence (a reporting
verb), or the sentence it stands in (`بحسب X`). A verb that goes on (`وأضاف`) without a subject takes the speaker of
the sentence before. Sources are given outermost first.

Source: the annotation guidelines ("Sources", "Blame", "Reporting day").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.view import View
from sijill.model import Mention, MentionKind, Modality, Source, Span, WordKind

__all__ = ["Attribution", "attribute"]

_SPEAKERS = (MentionKind.BODY, MentionKind.OUTLET, MentionKind.ACTOR, MentionKind.PEOPLE)
_SUBJECT_REACH = 3
_CHUNK = 6


@dataclass(slots=True)
class Attribution:
    """The scopes of a sentence: from word `start` on, `sources` say so, in the given modality.

    `barred` are the words of the attribution itself (no agents, places or dates of events stand there),
    `verbs` where its reporting verbs stand.
    """

    scopes: list[tuple[int, tuple[Source, ...], Modality]] = field(default_factory=list)
    whole: tuple[Source, ...] = ()
    verbs: list[tuple[int, str]] = field(default_factory=list)
    barred: set[int] = field(default_factory=set)
    why: list[str] = field(default_factory=list)

    def at(self, word: int) -> tuple[tuple[Source, ...], Modality]:
        """Sources and modality of what stands at `word`."""
        sources, modality = self.whole, Modality.ASSERTED
        for start, said_by, how in self.scopes:
            if start <= word:
                sources, modality = (said_by or sources), how
        return sources, modality

    @property
    def speaker(self) -> tuple[Source, ...]:
        """Who spoke last, for a sentence that goes on without naming anyone."""
        for _, sources, _ in reversed(self.scopes):
            if sources:
                return sources
        return self.whole


def attribute(view: View, lexicon: ClaimLexicon, speaker: tuple[Source, ...]) -> Attribution:
    """The attribution of a sentence; `speaker` is who spoke in the sentences before."""
    result = Attribution()
    at = 0
    while at < len(view):
        stem = view.stems[at]
        if stem in lexicon.reporting and view.words[at].kind is WordKind.WORD and not view.words[at].article:
            at = _reporting(view, at, lexicon, speaker, result)
        elif stem in lexicon.according:
            at = _according(view, at, lexicon, speaker, result)
        else:
            at += 1
    _colon(view, result)
    return result


def _reporting(view: View, at: int, lexicon: ClaimLexicon, speaker: tuple[Source, ...], result: Attribution) -> int:
    stem = view.stems[at]
    end, found = _subject(view, at, lexicon)
    if stem in lexicon.accusing and found and end < len(view) and "ب" in view.words[end].proclitics and end > at + 1:
        end, found = at + 1, result.speaker or speaker  # "and accused X of …": X is the accused
    opened = _opens(view, end, at, lexicon)
    if not found and stem in lexicon.continuing:
        found = result.speaker or speaker
    modality = _modality_of(stem, lexicon)
    if at and view.stems[at - 1] in lexicon.words.as_said and found and not _complement(view, end, lexicon):
        # "as X said", behind what is said
        result.whole = found
        result.barred |= set(range(at, end))
        return max(end, at + 1)
    if not opened and modality is Modality.ASSERTED:
        return at + 1
    if stem in lexicon.words.relays and (more := _from(view, end)):
        end, inner = more
        found = found + inner
    result.barred |= set(range(at, end))
    result.scopes.append((end, found, modality))
    result.verbs.append((at, stem))
    result.why.append(f"said:{stem}")
    return max(end, at + 1)


def _modality_of(stem: str, lexicon: ClaimLexicon) -> Modality:
    for name in ("denied", "alleged", "planned", "estimated"):
        if stem in lexicon.modality[name]:
            return Modality(name)
    return Modality.ASSERTED


def _opens(view: View, end: int, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether what is said follows: a complementizer, ب, a colon or a quotation mark within a few words."""
    for to in range(at + 1, min(len(view), end + 18)):
        word = view.words[to]
        if view.stems[to] in lexicon.complementizers or word.form == ":":
            return to < end + 9 or view.stems[to].startswith(("ان", "بان"))
        if to >= end + 9:
            continue
        if to >= end and (word.proclitics[-1:] == "ب" or word.form in '"«“'):
            return True
    return False


def _complement(view: View, end: int, lexicon: ClaimLexicon) -> bool:
    return any(view.stems[to] in lexicon.complementizers for to in range(end, min(len(view), end + 3)))


def _subject(view: View, at: int, lexicon: ClaimLexicon) -> tuple[int, tuple[Source, ...]]:
    """The speaker behind (or right before) the verb at `at`: where its words end, and the source."""
    for to in range(at + 1, min(len(view), at + 1 + _SUBJECT_REACH)):
        mention = view.covered.get(to)
        if mention is not None and mention.kind in _SPEAKERS and mention.subtype != "adjective":
            heard = view.stems[view.local(mention)[0]] not in lexicon.not_speakers
            return mention.last - view.base, (_source(view, mention),) if heard else ()
        if view.stems[to] in lexicon.complementizers or view.is_mark(to):
            break
    mention = view.covered.get(at - 1)
    if mention is not None and mention.kind in _SPEAKERS and view.stems[at] not in lexicon.participles:
        return at + 1, (_source(view, mention),)
    return _chunk(view, at, lexicon)


def _chunk(view: View, at: int, lexicon: ClaimLexicon) -> tuple[int, tuple[Source, ...]]:
    """A speaker that no name covers: the words up to the complementizer, when there are few of them."""
    first = at + 1
    to = first
    while to < min(len(view), first + _CHUNK):
        word = view.words[to]
        stop = (
            view.stems[to] in lexicon.complementizers
            or view.stems[to] in lexicon.words.prepositions
            or bool(word.enclitic)
        )
        if stop or word.kind is not WordKind.WORD or word.proclitics or to in view.amounts:
            break
        if any(date.first - view.base <= to < date.last - view.base for date in view.dates):
            break
        to += 1
    if view.stems[first:to] and view.stems[first] in lexicon.not_speakers:
        return at + 1, ()
    heard = to < len(view) and (view.stems[to] in lexicon.complementizers or view.stems[to] in ("في", ":"))
    if to == first or not heard:
        return at + 1, ()
    span = view.span(first, to)
    return to, (Source(view.cut(span), span, view.cut(span)),)


def _from(view: View, end: int) -> tuple[int, tuple[Source, ...]] | None:
    """`نقلت وكالة … عن مصادر محلية قولها`: the inner source."""
    for at in range(end, min(len(view), end + 4)):
        if view.stems[at] == "عن":
            mention = view.covered.get(at + 1)
            if mention is not None and mention.kind in _SPEAKERS:
                return mention.last - view.base, (_source(view, mention),)
    return None


def _according(view: View, at: int, lexicon: ClaimLexicon, speaker: tuple[Source, ...], result: Attribution) -> int:
    for to in range(at + 1, min(len(view), at + 6)):
        mention = view.covered.get(to)
        if mention is not None and mention.kind in _SPEAKERS and mention.subtype != "adjective":
            result.whole = (_source(view, mention),)
            result.barred |= set(range(at, mention.last - view.base))
            result.why.append(f"according:{view.stems[at]}")
            return mention.last - view.base
        if view.is_mark(to):
            break
    result.barred.add(at)
    if at + 1 < len(view) and view.stems[at + 1] in lexicon.words.own_words:
        result.whole = speaker
    return at + 1


def _colon(view: View, result: Attribution) -> None:
    """`وزارة الدفاع: مقتل …`: a body before a colon at the head of a sentence says what follows."""
    if result.scopes or not view.mentions:
        return
    mention = view.mentions[0]
    first, last = view.local(mention)
    if first <= 1 and mention.kind in (MentionKind.BODY, MentionKind.OUTLET) and last < len(view):
        for at in range(last, min(len(view), last + 6)):
            if view.words[at].form == ":":
                result.scopes.append((at, (_source(view, mention),), Modality.ASSERTED))
                result.barred |= set(range(first, at))
                result.why.append("said:colon")
                return


def _source(view: View, mention: Mention) -> Source:
    span: Span = mention.span
    return Source(mention.name, span, view.cut(span))

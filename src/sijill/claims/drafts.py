"""A frame with what is known of it before the types of the whole report are; who speaks and acts at once.

Source: the annotation guidelines ("One claim or two": a claim of responsibility; "Sources").
"""

from __future__ import annotations

from dataclasses import dataclass

from sijill.claims.attribution import Attribution
from sijill.claims.frames import Frame
from sijill.claims.inflection import is_ours
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.modality import disowned
from sijill.claims.records import Record
from sijill.claims.view import View
from sijill.model import Actor, ClaimType, Count, Mention, MentionKind, Modality, Source

__all__ = ["Draft", "speaker_acts"]

# "that it": the pronoun of who speaks (قالت الكتائب إنها قصفت)
_THAT_ONE = frozenset(["انه", "انها", "انهم", "بانه", "بانها", "بانهم"])
_CLAIMED = frozenset(["attack.claimed", "attack.responsible"])


@dataclass(slots=True)
class Draft:
    """A frame with what is known of it before the types of the whole report are."""

    frame: Frame
    counts: tuple[Count, ...]
    agents: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    sources: tuple[Source, ...]
    said: Attribution
    siblings: list[Frame]
    stated: ClaimType | None
    record: Record | None = None  # the lines that say when and where, where the event is told by a form


def speaker_acts(draft: Draft, lexicon: ClaimLexicon) -> None:
    """Who threatens, claims a deed, announces one of their own (`أعلن الجيش اعتراض صاروخين`) or denies it acts."""
    main, view = draft.frame.main, draft.frame.view
    if main.trigger.id in _CLAIMED and not draft.sources:
        draft.sources = next((said for start, said, _ in draft.said.scopes if start >= main.first and said), ())
    ours = not main.noun and is_ours(view.stems[main.first])
    if (draft.agents and not ours) or len(draft.sources) != 1:
        return
    source = draft.sources[0]
    armed = next((m for m in view.mentions if m.span == source.span and m.kind is MentionKind.ACTOR), None)
    if ours:
        _we_did(draft, source, armed)
        return
    before = [(at, stem) for at, stem in draft.said.verbs if at <= main.first]
    if not before:
        return
    theirs = main.trigger.id in _CLAIMED or disowned(draft.frame, lexicon)
    if armed is None and theirs and (party := _spoken_for(view, source, lexicon)) is not None:
        draft.agents = (party,)
        return
    ref, label = (armed.ref, armed.label) if armed is not None else (None, None)
    speaker = Actor(source.name, source.span, source.text, ref, label)
    _, stem = before[-1]
    if stem in lexicon.threats:
        draft.agents, draft.sources = (speaker,), ()
    elif armed is not None and (theirs or _own_deed(draft, stem, lexicon) or _of_self(draft, lexicon)):
        draft.agents = (speaker,)


def _we_did(draft: Draft, source: Source, armed: Mention | None) -> None:
    """`قالت الكتائب: قصفنا تجمعات العدو`: who speaks acts, and a party named behind the verb suffers.

    One right behind it that no armed party speaks of may act (`قصفنا الطيران`, "us").
    """
    view, main = draft.frame.view, draft.frame.main
    if armed is None:
        behind = view.words[main.last].name_start if main.last < len(view) else -1
        draft.agents = tuple(agent for agent in draft.agents if agent.span.start == behind)
        return
    draft.targets = (*draft.agents, *draft.targets)
    draft.agents = (Actor(source.name, source.span, source.text, armed.ref, armed.label),)


def _spoken_for(view: View, source: Source, lexicon: ClaimLexicon) -> Actor | None:
    """`تبنى الناطق باسم الحركة الهجوم`: the party in whose name the source speaks."""
    inside = [at for at, word in enumerate(view.words) if source.span.start <= word.start < source.span.end]
    named = next((at for at in inside if view.stems[at] in lexicon.words.in_name), None)
    if named is None or named == inside[-1]:
        return None
    span = view.span(named + 1, inside[-1] + 1)
    return Actor(view.cut(span), span, view.cut(span))


def _own_deed(draft: Draft, stem: str, lexicon: ClaimLexicon) -> bool:
    """Whether the speaker announces, or denies, what stands right behind as a verbal noun: `نفى الجيش قصف القافلة`."""
    main, view = draft.frame.main, draft.frame.view
    scopes = [(start, how) for start, _, how in draft.said.scopes if start <= main.first]
    if not scopes or not main.noun or main.trigger.role == "harm":
        return False
    start, how = scopes[-1]
    between = range(start, main.first)
    near = len(between) <= 1 or all(
        stem in lexicon.light or stem in lexicon.involvement for stem in view.stems[start : main.first]
    )
    return near and (stem in lexicon.announcing or how is Modality.DENIED)


def _of_self(draft: Draft, lexicon: ClaimLexicon) -> bool:
    """Whether the verb's subject is the speaker: `قالت الكتائب إنها قصفت`."""
    verb, view = draft.frame.hits[0], draft.frame.view
    at = verb.first - 1
    if verb.noun and at > 0 and view.stems[at] in lexicon.light and not view.preposition(verb.first):
        at -= 1  # قال الجيش إنه نفذ غارة
    elif verb.noun or verb.trigger.role == "harm" or verb.trigger.patient_subject:
        return False
    scope = draft.said.inmost(verb.first)
    while at > 0 and view.stems[at] in lexicon.words.auxiliaries:
        at -= 1
    return scope is not None and at in (scope.start, scope.start - 1) and view.whole[at] in _THAT_ONE

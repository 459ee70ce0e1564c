"""Mentions → claims: triggers, clauses, roles, counts, attribution, modality.

`ClaimReader.read` takes a text with its values and names and gives its claims in text order. The rooms inside, in the
way of the data: triggers → frames (clauses) → counts, roles, circumstances, attribution → types → Claim.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import msgspec

from sijill.claims.attribution import Attribution, attribute
from sijill.claims.circumstances import date_of, places_of, sums_up
from sijill.claims.context import in_context
from sijill.claims.counts import counts_of
from sijill.claims.frames import Frame, frames_of
from sijill.claims.inflection import is_ours
from sijill.claims.lexicon import ClaimLexicon, lexicon_words, load_claims
from sijill.claims.lists import is_item, item_counts, list_head
from sijill.claims.modality import modality_of
from sijill.claims.roles import roles_of
from sijill.claims.rolls import rolls_of
from sijill.claims.told import forceful, peaceful_fields, tells
from sijill.claims.triggers import find_triggers
from sijill.claims.types import TypeMemory, settle, stated_type
from sijill.claims.view import View, views_of
from sijill.model import (
    Actor,
    Claim,
    ClaimType,
    Count,
    CountKind,
    Mention,
    MentionKind,
    Modality,
    Source,
    Span,
    Text,
    Values,
)

__all__ = ["ClaimReader", "in_context", "lexicon_words"]


_FIELD_SENTENCES = 3
# "that it": the pronoun of who speaks (قالت الكتائب إنها قصفت)
_THAT_ONE = frozenset(["انه", "انها", "انهم", "بانه", "بانها", "بانهم"])
_CLAIMED = frozenset(["attack.claimed", "attack.responsible"])


@dataclass(slots=True)
class _Draft:
    """A frame with what is known of it before the types of the whole report are."""

    frame: Frame
    counts: tuple[Count, ...]
    agents: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    sources: tuple[Source, ...]
    said: Attribution
    siblings: list[Frame]
    stated: ClaimType | None


class ClaimReader:
    """Reads claims by a lexicon that is loaded once."""

    def __init__(self, overlay: Path | None = None) -> None:
        self.lexicon: ClaimLexicon = load_claims(overlay)

    def read(self, text: Text, values: Values, mentions: tuple[Mention, ...]) -> tuple[Claim, ...]:
        """The claims of a report in text order. Pure: the same input gives the same claims."""
        drafts: list[_Draft] = []
        fields: Counter[str] = Counter()
        force = False
        speaker: tuple[Source, ...] = ()
        head: tuple[_Draft, CountKind] | None = None
        for view in views_of(text, values, mentions, self.lexicon.words.prepositions):
            said = attribute(view, self.lexicon, speaker)
            speaker = said.speaker or speaker
            told = self._drafts(view, said)
            if head is not None and is_item(view):
                _add_item(head, told, view)
                drafts += told
                continue
            head = self._list_head(view, said, told)
            peaceful = peaceful_fields(view, self.lexicon)
            shown = any(forceful(view, self.lexicon, draft.counts) for draft in told)
            force = force or any(draft.counts for draft in told)
            fields.update(peaceful.keys())
            if shown or not peaceful:
                drafts += told
        if not force and fields and max(fields.values()) >= _FIELD_SENTENCES:
            return ()  # the whole report is about a field of peace
        memory = TypeMemory([row for draft in drafts if (row := _told_kind(draft)) is not None])
        sha256 = text.document.sha256
        claims = [
            claim for draft in drafts if tells(claim := self._claim(draft, memory, sha256), draft.frame, self.lexicon)
        ]
        return tuple(sorted(claims, key=lambda claim: (claim.trigger.start, claim.trigger.end)))

    def _list_head(self, view: View, said: Attribution, told: list[_Draft]) -> tuple[_Draft, CountKind] | None:
        """The draft that the lines of a list below `view` are added to, with what befell the people in them."""
        found = list_head(view, [draft.frame for draft in told], self.lexicon)
        if found is None:
            return None
        frame, kind = found
        for draft in told:
            if draft.frame is frame:
                return draft, kind
        draft = _Draft(frame, (), (), (), said.at(frame.main.first)[0], said, [frame], None)
        told.append(draft)
        return draft, kind

    def _drafts(self, view: View, said: Attribution) -> list[_Draft]:
        hits = [
            hit
            for hit in find_triggers(view, self.lexicon)
            if hit.first not in said.barred or hit.trigger.spoken or (hit.trigger.role == "harm" and hit.noun)
        ]
        frames = frames_of(view, hits, self.lexicon)
        rows: list[_Draft] = []
        for frame in frames:
            counts = counts_of(frame, self.lexicon)
            counted = {
                at
                for at in range(frame.start, frame.end)
                if any(c.span.start <= view.words[at].start < c.span.end for c in counts)
            }
            agents, targets = roles_of(
                frame, self.lexicon, said.barred, counted, [(row.frame, row.agents) for row in rows]
            )
            stated, _ = stated_type(frame, self.lexicon)
            sources, _ = said.at(frame.main.first)
            draft = _Draft(frame, counts, agents, targets, sources, said, frames, stated)
            _speaker_acts(draft, self.lexicon)
            rows.append(draft)
        _share_back(rows)
        for frame, counts in rolls_of(view, frames, self.lexicon):
            rows.append(_Draft(frame, counts, (), (), said.at(frame.main.first)[0], said, [frame], None))
        return rows

    def _claim(self, draft: _Draft, memory: TypeMemory, sha256: str) -> Claim:
        frame, view = draft.frame, draft.frame.view
        when = date_of(frame, draft.siblings, draft.said, self.lexicon)
        kind = draft.stated or settle(frame, memory, draft.counts, draft.agents, draft.targets, self.lexicon)
        if not draft.stated and frame.harm_only and sums_up(when):
            kind = frame.main.trigger.type  # a toll of months is of no single kind of attack
        trigger = _trigger_span(frame)
        _, modality = draft.said.at(frame.main.first)
        modality = modality_of(frame, modality, self.lexicon)
        parties = frozenset(actor.span for actor in (*draft.agents, *draft.targets))
        claim = Claim(
            id=_identity(sha256, trigger, kind),
            type=kind,
            trigger=trigger,
            trigger_text=view.cut(trigger),
            sentence=Span(view.sentence.start, view.sentence.end),
            counts=draft.counts,
            date=when,
            places=places_of(frame, draft.siblings, draft.said, self.lexicon, parties),
            agents=draft.agents,
            targets=draft.targets,
            sources=draft.sources,
            modality=modality,
        )
        told = (*frame.why, *draft.said.why, f"type:{'stated' if draft.stated else 'settled'}")
        return msgspec.structs.replace(claim, why=tuple(dict.fromkeys((*told, *_field_rules(claim, view)))))


def _share_back(rows: list[_Draft]) -> None:
    """`بعد معارك مع التنظيم سيطرت القوات على …`: who takes the town fought for it."""
    for before, after in pairwise(rows):
        fought = before.frame.main.noun and before.frame.main.trigger.type is ClaimType.ARMED_CLASH
        if fought and before.targets and not before.agents and not after.frame.main.noun:
            hurt = {target.name for target in before.targets}
            before.agents = tuple(agent for agent in after.agents if agent.name not in hurt)


def _field_rules(claim: Claim, view: View) -> list[str]:
    """The rules that read the words of each field, as `field:rule`."""
    read = {mention.span: mention.rule for mention in view.mentions}
    fields = (("place", claim.places), ("agent", claim.agents), ("target", claim.targets), ("source", claim.sources))
    rules = [f"{name}:{read[item.span]}" for name, items in fields for item in items if item.span in read]
    counted = {quantity.phrase: quantity.rule for quantity in view.quantities}
    rules += [f"count:{counted[count.span]}" for count in claim.counts if count.span in counted]
    rules += [f"date:{date.rule}" for date in view.dates if claim.date is not None and date.span == claim.date.span]
    return rules


def _told_kind(draft: _Draft) -> tuple[int, ClaimType, bool] | None:
    """A draft's row for the memory of types: what its clause states, or what its word means by itself."""
    frame = draft.frame
    main = frame.main.trigger
    back = frame.main.noun and frame.view.words[frame.main.first].article
    kind = draft.stated or (None if back else main.default)
    general = any(hit.trigger.id in ("attack.general", "suicide.attack") and hit.noun for hit in frame.hits)
    return None if kind is None else (frame.view.number, kind, general)


def _add_item(head: tuple[_Draft, CountKind], told: list[_Draft], view: View) -> None:
    """Count the people of a line of a list with its own attack, where it tells one, else with the line above."""
    draft, kind = head
    counts = item_counts(view, kind)
    if told and not told[0].counts:
        told[0].counts = counts
    elif not told:
        draft.counts += counts


def _speaker_acts(draft: _Draft, lexicon: ClaimLexicon) -> None:
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
    if armed is None and main.trigger.id in _CLAIMED and (party := _spoken_for(view, source, lexicon)) is not None:
        draft.agents = (party,)
        return
    ref, label = (armed.ref, armed.label) if armed is not None else (None, None)
    speaker = Actor(source.name, source.span, source.text, ref, label)
    _, stem = before[-1]
    if stem in lexicon.threats:
        draft.agents, draft.sources = (speaker,), ()
    elif armed is not None and (main.trigger.id in _CLAIMED or _own_deed(draft, stem, lexicon) or _of_self(draft, lexicon)):
        draft.agents = (speaker,)


def _we_did(draft: _Draft, source: Source, armed: Mention | None) -> None:
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


def _own_deed(draft: _Draft, stem: str, lexicon: ClaimLexicon) -> bool:
    """Whether the speaker announces, or denies, what stands right behind as a verbal noun: `نفى الجيش قصف القافلة`."""
    main, view = draft.frame.main, draft.frame.view
    scopes = [(start, how) for start, _, how in draft.said.scopes if start <= main.first]
    if not scopes or not main.noun or main.trigger.role == "harm":
        return False
    start, how = scopes[-1]
    between = range(start, main.first)
    near = len(between) <= 1 or all(view.stems[at] in lexicon.light or view.stems[at] == "اي" for at in between)
    return near and (stem in lexicon.announcing or how is Modality.DENIED)


def _of_self(draft: _Draft, lexicon: ClaimLexicon) -> bool:
    """Whether the verb's subject is the speaker: `قالت الكتائب إنها قصفت`, `استهدفنا`."""
    verb, view = draft.frame.hits[0], draft.frame.view
    if verb.noun or verb.trigger.role == "harm" or verb.trigger.patient_subject:
        return False
    if view.words[verb.first].form.endswith("نا"):
        return True
    scope = draft.said.inmost(verb.first)
    at = verb.first - 1
    while at > 0 and view.stems[at] in lexicon.words.auxiliaries:
        at -= 1
    return scope is not None and at in (scope.start, scope.start - 1) and view.whole[at] in _THAT_ONE


def _trigger_span(frame: Frame) -> Span:
    words = frame.view.words
    first, last = words[frame.main.first], words[frame.main.last - 1]
    return Span(first.name_start, last.end)


def _identity(sha256: str, trigger: Span, kind: ClaimType) -> str:
    """Stable: the same document, trigger and type always give the same id."""
    seed = f"{sha256}|{trigger.start}|{trigger.end}|{kind.value}"
    return hashlib.sha256(seed.encode()).hexdigest()[:16]

"""Mentions → claims: triggers, clauses, roles, counts, attribution, modality.

`ClaimReader.read` takes a text with its values and names and gives its claims in text order. The rooms inside, in the
way of the data: triggers → frames (clauses) → counts, roles, circumstances, attribution → types → Claim.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

from sijill.claims.attribution import Attribution, attribute
from sijill.claims.breakdowns import broken_down, is_marked, kind_of_heading
from sijill.claims.circumstances import date_of, places_of, sums_up
from sijill.claims.context import in_context
from sijill.claims.counts import counts_of
from sijill.claims.drafts import Draft, speaker_acts
from sijill.claims.frames import Frame, frames_of
from sijill.claims.lexicon import ClaimLexicon, lexicon_words, load_claims
from sijill.claims.lists import is_item, item_counts, list_head
from sijill.claims.modality import as_dated, modality_of
from sijill.claims.peace import at_war, forceful, harmless_cause, no_news, peaceful_fields
from sijill.claims.records import FILE as RECORDS
from sijill.claims.records import Labels, Record, by_words, record_at
from sijill.claims.roles import roles_of
from sijill.claims.rolls import rolls_of
from sijill.claims.told import tells
from sijill.claims.triggers import find_triggers
from sijill.claims.types import TypeMemory, settle, stated_type
from sijill.claims.view import View, views_of
from sijill.data import load
from sijill.model import (
    Claim,
    ClaimType,
    Count,
    CountKind,
    Mention,
    Place,
    Source,
    Span,
    StatedDate,
    Text,
    Values,
)

__all__ = ["ClaimReader", "in_context", "lexicon_words"]


_FIELD_SENTENCES = 3


class ClaimReader:
    """Reads claims by a lexicon that is loaded once."""

    def __init__(self, overlay: Path | None = None) -> None:
        self.lexicon: ClaimLexicon = load_claims(overlay)
        self._labels = by_words(load(RECORDS, Labels, overlay).label)

    def read(self, text: Text, values: Values, mentions: tuple[Mention, ...]) -> tuple[Claim, ...]:
        """The claims of a report in text order. Pure: the same input gives the same claims."""
        drafts: list[Draft] = []
        fields: Counter[str] = Counter()
        force = war = False
        speaker: tuple[Source, ...] = ()
        head: tuple[Draft, CountKind] | None = None
        toll: CountKind | None = None
        views = views_of(text, values, mentions, self.lexicon.words.prepositions)
        behind = 0  # the line behind the last record
        for number, view in enumerate(views):
            if number < behind:
                continue
            if (record := record_at(views, number, self._labels)) is not None and (
                form := self._recorded(views, record)
            ):
                drafts.append(form)
                behind, war, force = number + record.size, True, True
                continue
            war = war or at_war(view, self.lexicon.peace, self.lexicon.weapons)
            said = attribute(view, self.lexicon, speaker)
            speaker = said.speaker or speaker
            told = self._drafts(view, said)
            if toll is not None and (line := self._broken_down(view, toll, said, head)) is not None:
                drafts += line
                continue
            if head is not None and is_item(view):
                _add_item(head, told, view)
                drafts += told
                continue
            head = self._list_head(view, said, told)
            toll = head[1] if head is not None else kind_of_heading(view) or (toll if is_marked(view) else None)
            peaceful = peaceful_fields(view, self.lexicon.peace)
            fields.update(peaceful.keys())
            if not told or no_news(view, self.lexicon.peace, self.lexicon.means, [draft.counts for draft in told]):
                continue
            shown = peaceful and any(forceful(view, self.lexicon.weapons, draft.counts, peaceful) for draft in told)
            force = force or any(draft.counts for draft in told)
            if shown or not peaceful:
                drafts += told
        if not force and fields and max(fields.values()) >= _FIELD_SENTENCES:
            return ()  # the whole report is about a field of peace
        drafts = self._eventful(drafts, war=war)
        memory = TypeMemory([row for draft in drafts if (row := _told_kind(draft)) is not None])
        sha256 = text.document.sha256
        claims = [
            claim for draft in drafts if tells(claim := self._claim(draft, memory, sha256), draft.frame, self.lexicon)
        ]
        return tuple(sorted(claims, key=lambda claim: (claim.trigger.start, claim.trigger.end)))

    def _recorded(self, views: list[View], record: Record) -> Draft | None:
        """The draft of an incident record: the event that the line of its kind names, with what the other lines say."""
        told = self._drafts(views[record.kind], Attribution())
        if not told:
            return None
        draft = told[0]
        draft.counts, draft.agents = (*draft.counts, *record.counts), record.agents or draft.agents
        draft.record = record
        return draft

    def _eventful(self, drafts: list[Draft], *, war: bool) -> list[Draft]:
        """The drafts that count.

        Everyday words tell an event where the report names a party, a weapon or an act; in other reports harm that has
        a harmless cause is an accident.
        """
        everyday = self.lexicon.peace.everyday
        mains = [draft.frame.main.trigger for draft in drafts]
        if war or any(trigger.id not in everyday and trigger.role != "harm" for trigger in mains):
            return drafts
        kept = [draft for draft, trigger in zip(drafts, mains, strict=True) if trigger.id not in everyday]
        return [draft for draft in kept if not (draft.frame.harm_only and self._by_chance(draft.frame.view))]

    def _by_chance(self, view: View) -> bool:
        return harmless_cause(view, self._violent, self.lexicon.peace)

    def _violent(self, stem: str) -> bool:
        """Whether a word can name an act of violence, or its means."""
        lexicon = self.lexicon
        named = (*lexicon.verbs.get(stem, ()), *lexicon.nouns.get(stem, ()))
        return stem in lexicon.means or any(trigger.id not in lexicon.peace.everyday for trigger in named)

    def _broken_down(
        self, view: View, kind: CountKind, said: Attribution, head: tuple[Draft, CountKind] | None
    ) -> list[Draft] | None:
        """The draft of a line that breaks down the toll above it, none where it adds to that; None for other lines."""
        above = head[0].counts if head is not None else ()
        line = broken_down(view, kind, above, self.lexicon)
        if line is None:
            return None
        if line.part and head is not None:
            head[0].counts += line.counts
            return []
        return [Draft(line.frame, line.counts, line.agents, (), (), said, [line.frame], line.means)]

    def _list_head(self, view: View, said: Attribution, told: list[Draft]) -> tuple[Draft, CountKind] | None:
        """The draft that the lines of a list below `view` are added to, with what befell the people in them."""
        found = list_head(view, [draft.frame for draft in told], self.lexicon)
        if found is None:
            return None
        frame, kind = found
        for draft in told:
            if draft.frame is frame:
                return draft, kind
        draft = Draft(frame, (), (), (), said.at(frame.main.first)[0], said, [frame], None)
        told.append(draft)
        return draft, kind

    def _drafts(self, view: View, said: Attribution) -> list[Draft]:
        hits = [
            hit
            for hit in find_triggers(view, self.lexicon)
            if hit.first not in said.barred or hit.trigger.spoken or (hit.trigger.role == "harm" and hit.noun)
        ]
        frames = frames_of(view, hits, self.lexicon)
        rows: list[Draft] = []
        for frame in frames:
            counts = _not_of_speakers(view, counts_of(frame, self.lexicon), said)
            spans, words = [(count.span.start, count.span.end) for count in counts], view.words
            counted = {
                at for start, end in spans for at in range(frame.start, frame.end) if start <= words[at].start < end
            }
            agents, targets = roles_of(
                frame, self.lexicon, said.barred, counted, [(row.frame, row.agents) for row in rows]
            )
            stated, _ = stated_type(frame, self.lexicon)
            sources, _ = said.at(frame.main.first)
            draft = Draft(frame, counts, agents, targets, sources, said, frames, stated)
            speaker_acts(draft, self.lexicon)
            rows.append(draft)
        _share_back(rows)
        for frame, counts in rolls_of(view, frames, self.lexicon):
            rows.append(Draft(frame, counts, (), (), said.at(frame.main.first)[0], said, [frame], None))
        return rows

    def _claim(self, draft: Draft, memory: TypeMemory, sha256: str) -> Claim:
        frame, view = draft.frame, draft.frame.view
        record = draft.record
        when = record.when if record is not None else date_of(frame, draft.siblings, draft.said, self.lexicon)
        kind = draft.stated or settle(frame, memory, draft.counts, draft.agents, draft.targets, self.lexicon)
        if not draft.stated and frame.harm_only and sums_up(when):
            kind = frame.main.trigger.type  # a toll of months is of no single kind of attack
        trigger = _trigger_span(frame)
        _, modality = draft.said.at(frame.main.first)
        modality = as_dated(frame, modality_of(frame, modality, self.lexicon), when, view.text.document.published)
        parties = frozenset(actor.span for actor in (*draft.agents, *draft.targets))
        places = places_of(frame, draft.siblings, draft.said, self.lexicon, parties)
        if record is not None:
            lines = {place.name for place in record.places}
            places = (*record.places, *(place for place in places if place.name not in lines))
        told = (*frame.why, *draft.said.why, f"type:{'stated' if draft.stated else 'settled'}")
        return Claim(
            id=_identity(sha256, trigger, kind),
            type=kind,
            trigger=trigger,
            trigger_text=view.cut(trigger),
            sentence=Span(view.sentence.start, view.sentence.end),
            counts=draft.counts,
            date=when,
            places=places,
            agents=draft.agents,
            targets=draft.targets,
            sources=draft.sources,
            modality=modality,
            why=tuple(dict.fromkeys((*told, *_field_rules(draft, when, places)))),
        )


def _not_of_speakers(view: View, counts: tuple[Count, ...], said: Attribution) -> tuple[Count, ...]:
    """The counts without people who only say so: `حسبما روى ستة ناجين`."""
    if not counts or not said.barred:
        return counts
    barred = {view.words[at].name_start for at in said.barred if at < len(view)}
    return tuple(count for count in counts if count.span.start not in barred)


def _share_back(rows: list[Draft]) -> None:
    """`بعد معارك مع التنظيم سيطرت القوات على …`: who takes the town fought for it."""
    for before, after in pairwise(rows):
        fought = before.frame.main.noun and before.frame.main.trigger.type is ClaimType.ARMED_CLASH
        if fought and before.targets and not before.agents and not after.frame.main.noun:
            hurt = {target.name for target in before.targets}
            before.agents = tuple(agent for agent in after.agents if agent.name not in hurt)


def _field_rules(draft: Draft, when: StatedDate | None, places: tuple[Place, ...]) -> list[str]:
    """The rules that read the words of each field, as `field:rule`."""
    view = draft.frame.view
    read = view.rules
    fields = (("place", places), ("agent", draft.agents), ("target", draft.targets), ("source", draft.sources))
    rules = [f"{name}:{read[item.span]}" for name, items in fields for item in items if item.span in read]
    if draft.counts:
        counted = {quantity.phrase: quantity.rule for quantity in view.quantities}
        rules += [f"count:{counted[count.span]}" for count in draft.counts if count.span in counted]
    if when is not None:
        rules += [f"date:{date.rule}" for date in view.dates if date.span == when.span]
    return rules


def _told_kind(draft: Draft) -> tuple[int, ClaimType, bool] | None:
    """A draft's row for the memory of types: what its clause states, or what its word means by itself."""
    frame = draft.frame
    main = frame.main.trigger
    back = frame.main.noun and frame.view.words[frame.main.first].article
    kind = draft.stated or (None if back else main.default)
    general = any(hit.trigger.id in ("attack.general", "suicide.attack") and hit.noun for hit in frame.hits)
    return None if kind is None else (frame.view.number, kind, general)


def _add_item(head: tuple[Draft, CountKind], told: list[Draft], view: View) -> None:
    """Count the people of a line of a list with its own attack, where it tells one, else with the line above."""
    draft, kind = head
    counts = item_counts(view, kind)
    if told and not told[0].counts:
        told[0].counts = counts
    elif not told:
        draft.counts += counts


def _trigger_span(frame: Frame) -> Span:
    words = frame.view.words
    first, last = words[frame.main.first], words[frame.main.last - 1]
    return Span(first.name_start, last.end)


def _identity(sha256: str, trigger: Span, kind: ClaimType) -> str:
    """Stable: the same document, trigger and type always give the same id."""
    seed = f"{sha256}|{trigger.start}|{trigger.end}|{kind.value}"
    return hashlib.sha256(seed.encode()).hexdigest()[:16]

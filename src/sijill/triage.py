"""A cheap first look: which documents of general news can hold a conflict claim at all.

Most documents are settled by one scan for words that can begin a claim. Which words those are is taken from the loaded
triggers, the names of armed parties and the weapons; a word form is cut once and remembered, so that the scan is a
regular expression and set operations. Around such a word a stretch of its sentence is looked at: a trigger counts where
the words that it asks for stand there too and no field of peace or accident explains it. `rules/triage.toml` says how
much evidence lets a document in. Nothing is read in order and no names are looked for: what is let in is for the reader
to decide.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sijill.claims.lexicon import ClaimLexicon, Trigger
from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.model import ClaimType, Document
from sijill.names.knowledge import ARMED, Knowledge
from sijill.text.clitics import Cutter
from sijill.text.evasion import undone
from sijill.text.folding import clean

__all__ = ["FILE", "Look", "Triage"]

FILE = "rules/triage.toml"
# Words with the marks, zero-width signs and presentation forms inside them, as given; and what ends a sentence.
_STOPS = ".!?؟؛\n"
_TOKEN = re.compile(
    "[\u0610-\u061a\u061c\u0620-\u065f\u066e-\u06d3\u06d6-\u06dc\u06df-\u06e8\u06ee\u06ef\u06fa-\u06ff"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufb50-\ufdff\ufe70-\ufeff]+"
    f"|[{_STOPS}]"
)
# What spelling that hides words is made of (text.evasion): a tatweel, or a full stop between letters.
_HIDING = re.compile("[\u0640.](?:(?<=\u0640)|(?<=[\u0621-\u064a].)(?=[\u0621-\u064a]))")
_BOUND = 100_000
_SHOWN = 5
_BEFORE, _BEHIND = 8, 20  # words: how far a stretch reaches around the word that begins it
# Their words are aircraft, appeals (طعن) and knives as well.
_EVERYDAY_MEANS = (ClaimType.AIR_STRIKE, ClaimType.KILLING)


class _Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    evidence: int
    density: float
    words_a_sign: int


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    everyday: list[str]
    armed: list[str]
    unarmed: list[str]
    weapons: list[str]
    crimes: list[str]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    decision: _Decision
    words: _Words


class Look(msgspec.Struct, frozen=True):
    """What a first look at a document found.

    `evidence` counts war words beside one that begins a claim; `points` weighs the stretches that may tell an event,
    `needed` is how many would let in a document of that length that has enough `signs`, words that only a conflict has.
    `why`: the words weighed, a string a stretch, the heaviest first; empty where no word can begin a claim.
    """

    holds: bool
    evidence: int = 0
    points: int = 0
    needed: int = 1
    signs: int = 0
    why: tuple[str, ...] = ()


class _Cue(msgspec.Struct, frozen=True, gc=False):
    """A trigger as far as a bag of words can test it."""

    next: frozenset[str]
    after: frozenset[str]
    subject: frozenset[str]
    never: frozenset[str]
    everyday: bool
    harm: bool
    means: bool
    agrees: bool


class _Word(msgspec.Struct, frozen=True, gc=False):
    """What a word form can be; all forms that can be nothing share one record."""

    stem: str
    key: str
    cues: tuple[_Cue, ...]
    armed: bool
    weapon: bool
    sign: bool
    peace: bool


_PLAIN = _Word("", "", (), armed=False, weapon=False, sign=False, peace=False)
_STOP = _Word("", "", (), armed=False, weapon=False, sign=False, peace=False)


class Triage:
    """Tells documents that may hold a claim from those that hardly can.

    Built by `Reader.triage()` from what the reader has loaded. Raises ResourceError where the table names a trigger or
    a head that is not there.
    """

    def __init__(
        self, cutter: Cutter, lexicon: ClaimLexicon, knowledge: Knowledge, overlay: Path | None = None
    ) -> None:
        table = load(FILE, _Table, overlay)
        self._cutter, self._lexicon = cutter, lexicon
        self._decision = table.decision
        self._cues = _cues(lexicon, table.words)
        self._armed = _armed(knowledge, table.words)
        self._signs = lexicon.peace.signs.difference(table.words.crimes)
        self._weapons = _weapons(lexicon) | frozenset(table.words.weapons)
        peace = lexicon.peace
        harmless = (*peace.accidents.phrases(), *peace.crimes.phrases())
        self._harmless = frozenset(phrase[0] for phrase in harmless if len(phrase) == 1)
        self._longer: dict[str, list[str]] = {}
        for phrase in harmless:
            if len(phrase) > 1:
                self._longer.setdefault(phrase[0], []).append(f" {' '.join(phrase)} ")
        asked = (words for cue in self._cues.values() for words in (cue.next, cue.after, cue.subject, cue.never))
        self._asked = frozenset().union(*asked, *harmless)
        self._seen: dict[str, _Word] = {}
        self._live: set[str] = set()
        self._marked: set[str] = set()

    def holds(self, document: Document) -> bool:
        """Whether `document` is worth reading."""
        return self.look(document).holds

    def look(self, document: Document) -> Look:
        """What there is in `document` that may tell an event. Linear in its length, the same for the same text."""
        text = document.text
        if _HIDING.search(text):
            text = undone(text, self._cutter.reads)
        tokens = _TOKEN.findall(text)
        forms = set(tokens)
        if new := forms.difference(self._seen):
            self._learn(new, forms)
        live = self._able(forms)
        return self._weigh(tokens, live) if live else Look(False)

    def _able(self, forms: set[str]) -> set[str]:
        """The forms that can begin a claim with the words that the document has."""
        live = self._live.intersection(forms)
        around = _around([self._seen[form] for form in self._marked.intersection(forms)])
        return {form for form in live if any(_holds(cue, around) for cue in self._seen[form].cues)}

    def _learn(self, new: set[str], forms: set[str]) -> None:
        """Remember what each of `new` can be; when the memory is full it begins again with `forms`."""
        if len(self._seen) + len(new) > _BOUND:
            self._seen.clear()
            self._live.clear()
            self._marked.clear()
            new = forms
        for form in new:
            word = self._seen[form] = self._word(form)
            if word.cues:
                self._live.add(form)
            if word.stem:
                self._marked.add(form)

    def _word(self, form: str) -> _Word:
        cleaned = clean(form).text
        if not cleaned:
            return _PLAIN
        if cleaned[0] in _STOPS:
            return _STOP
        cut = self._cutter.cut(cleaned)
        lexicon, stem, key = self._lexicon, cut.stem or cut.key, cut.key
        tables = (lexicon.verbs, lexicon.nouns)
        named = [trigger for table in tables for trigger in table.get(stem) or table.get(key) or ()]
        cues = tuple({trigger.id: self._cues[trigger.id] for trigger in named}.values())
        armed, weapon, peace = stem in self._armed, stem in self._weapons, stem in lexicon.peace.fields
        sign = armed or weapon or stem in self._signs
        if not (cues or sign or peace or self._asked.intersection((stem, key, stem.removesuffix("ا")))):
            return _PLAIN
        return _Word(stem, key, cues, armed, weapon, sign, peace)

    def _weigh(self, tokens: list[str], live: set[str]) -> Look:
        """Look at the stretch around each word of `live`, in the bounds of its sentence; each word belongs to one."""
        evidence = points = end = 0
        found: list[tuple[int, int, str]] = []
        words = list(map(self._seen.__getitem__, tokens))
        stops = [at for at, word in enumerate(words) if word is _STOP]
        for at in [at for at, token in enumerate(tokens) if token in live]:
            if at < end:
                continue
            start, end = _bounds(stops, at, end, len(words))
            weight = self._stretch(words[start:end])
            if weight is not None:
                war, worth, shown = weight
                evidence += war
                points += worth
                found.append((-war, -worth, shown))
        needed = max(1, round(self._decision.density * len(tokens)))
        signs = {word.stem for word in set(words) if word.sign}
        dense = points >= needed and len(signs) >= len(tokens) // self._decision.words_a_sign
        why = tuple(shown for _, _, shown in sorted(found, key=lambda row: row[:2])[:_SHOWN])
        return Look(dense or evidence >= self._decision.evidence, evidence, points, needed, len(signs), why)

    def _stretch(self, words: list[_Word]) -> tuple[int, int, str] | None:
        """Its evidence, what it weighs (2 for a war word, 1 for an everyday one) and the words; None for nothing."""
        marked = [word for word in words if word.stem]
        around = _around(marked)
        told = [(word, cue) for word in marked for cue in word.cues if _holds(cue, around)]
        if not told:
            return None
        armed = {word.stem for word in marked if word.armed}
        force = [word.stem for word in marked if word.armed or word.weapon]
        if not force and self._explained(words, harm=any(cue.harm for _, cue in told)):
            return None
        strong = [(word, cue) for word, cue in told if not cue.everyday]
        acts = any(not cue.means for _, cue in strong)
        war = dict.fromkeys([*(word.stem for word, _ in strong), *force])
        shown = " + ".join(war or dict.fromkeys(word.stem for word, _ in told))
        harm = {word.stem for word, cue in strong if cue.harm}
        deeds = {word.stem for word, cue in strong if not (cue.harm or cue.means or cue.agrees)}
        talks = {word.stem for word, cue in strong if cue.agrees} - {
            word.stem for word, cue in strong if not cue.agrees
        }
        party = len(armed.difference(word.stem for word, _ in strong))
        beside = len(war) - max(1, len(talks)) + party + bool(harm and deeds - harm)
        return (beside if acts else 0), (2 if acts else 1), shown

    def _explained(self, words: list[_Word], *, harm: bool) -> bool:
        """Whether a field of peace, an accident or a private crime explains what a stretch without force tells."""
        if not harm and any(word.peace for word in words):
            return True
        stems = [word.stem for word in words]
        if not self._harmless.isdisjoint(stems):
            return True
        phrases = [phrase for stem in self._longer.keys() & set(stems) for phrase in self._longer[stem]]
        line = f" {' '.join(stems)} " if phrases else ""
        return any(phrase in line for phrase in phrases)


def _bounds(stops: list[int], at: int, free: int, size: int) -> tuple[int, int]:
    """Where the stretch around word `at` begins, not before `free`, and ends: a mark of `stops` bounds it."""
    behind = bisect(stops, at)
    start = max(free, at - _BEFORE, stops[behind - 1] + 1 if behind else 0)
    end = min(at + _BEHIND, stops[behind] if behind < len(stops) else size)
    return start, min(end, size)


def _around(words: list[_Word]) -> set[str]:
    """What `words` can be met by: stems, whole words, stems without the alef of the accusative."""
    found = {word.stem for word in words}
    found.update([word.key for word in words])
    found.update([stem[:-1] for stem in found if stem[-1:] == "ا"])
    return found


def _holds(cue: _Cue, around: set[str]) -> bool:
    """Whether the words that a trigger asks for stand in its sentence."""
    return (
        (not cue.next or not cue.next.isdisjoint(around))
        and (not cue.after or not cue.after.isdisjoint(around))
        and (not cue.subject or not cue.subject.isdisjoint(around))
        and cue.never.isdisjoint(around)
    )


def _cues(lexicon: ClaimLexicon, words: _Words) -> dict[str, _Cue]:
    """The triggers by id, as a bag of words can test them."""
    for name in words.everyday:
        if name not in lexicon.triggers:
            raise ResourceError(f"no trigger has the id {name!r}", file=FILE, key="everyday")
    everyday = frozenset(words.everyday)
    return {trigger.id: _cue(trigger, lexicon, everyday) for trigger in lexicon.triggers.values()}


def _cue(trigger: Trigger, lexicon: ClaimLexicon, everyday: frozenset[str]) -> _Cue:
    name = trigger.id
    return _Cue(
        lexicon.next[name],
        lexicon.after[name],
        lexicon.subject[name],
        lexicon.never_in[name],
        everyday=name in everyday,
        harm=trigger.role == "harm",
        means=trigger.means,
        agrees=trigger.type is ClaimType.AGREEMENT,
    )


def _armed(knowledge: Knowledge, words: _Words) -> frozenset[str]:
    """Single words that name an armed party: heads listed in the table, and names of one word (داعش)."""
    heads = [(keys[0], head.id) for rows in knowledge.heads.values() for keys, head in rows if len(keys) == 1]
    if missing := sorted(set(words.armed).difference(head for _, head in heads)):
        raise ResourceError(f"no head has the id {missing[0]!r}", file=FILE, key="armed")
    named = {key for key, head in heads if head in words.armed}
    named.update(_names(knowledge))
    if idle := sorted(set(words.unarmed).difference(named)):
        raise ResourceError(f"{idle[0]!r} is no word of an armed party", file=FILE, key="unarmed")
    return frozenset(named.difference(words.unarmed))


def _names(knowledge: Knowledge) -> Iterator[str]:
    for rows in knowledge.aliases.values():
        for row in rows:
            alone = row.kind == "actor" and len(row.tokens) == 1 and not row.bound
            if alone and any(knowledge.actors[ref].kind in ARMED for ref in row.refs):
                yield row.tokens[0][1]


def _weapons(lexicon: ClaimLexicon) -> frozenset[str]:
    return frozenset(stem for stem, kind in lexicon.means.items() if kind not in _EVERYDAY_MEANS)

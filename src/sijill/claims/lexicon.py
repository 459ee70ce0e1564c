"""The triggers and the clause words, loaded, checked, and indexed by stem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from sijill.claims.classes import load_classes
from sijill.claims.clauses import CLAUSES_FILE, ClauseWords, Words
from sijill.claims.inflection import imperfect_only, noun_forms, verb_forms
from sijill.claims.peace import FILE as PEACE_FILE
from sijill.claims.peace import Peace, load_peace
from sijill.claims.phrases import Book, Phrases
from sijill.claims.speech import Speech, load_speech
from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.model import ClaimType, CountKind
from sijill.text.folding import fold

__all__ = ["ClaimLexicon", "ClauseWords", "Trigger", "lexicon_words", "load_claims"]

TRIGGER_FILES = (
    "lexicon/ar/triggers_attack.toml",
    "lexicon/ar/triggers_harm.toml",
    "lexicon/ar/triggers_politics.toml",
)


# Entries that rules of the claims room speak of by id: an overlay may change them, not take them away.
NAMED = frozenset(
    [
        *(
            "toll",
            "killed",
            "killed.fate",
            "bodies",
            "bodies.counted",
            "strike.hit",
            "strike.struck",
            "suicide.attack",
            "clash.threat",
            "clash.repel",
        ),
        *("attack.general", "attack.claimed", "attack.responsible"),
        *("injured", "detain", "abduct", "displace", "release"),
    ]
)


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to name an event; the data files say what each field means."""

    id: str
    type: ClaimType
    role: str
    yes: list[str]
    no: list[str]
    verbs: list[str] = []
    nouns: list[str] = []
    next: list[str] = []
    reach: int = 1
    unless: list[str] = []
    count: CountKind | None = None
    default: ClaimType | None = None
    object: str | None = None
    means: bool = False
    weak: bool = False
    armed: bool = False
    people: bool = False
    patient_subject: bool = False
    people_object: bool = False
    perfect: bool = False
    side_effect: bool = False
    outcome: bool = False
    tally: bool = False
    before_not: list[str] = []
    never_in: list[str] = []
    after: list[str] = []
    subject: list[str] = []
    doer: str | None = None
    indefinite: bool = False
    planned: bool = False
    numbered: bool = False
    spoken: bool = False
    either: bool = False

    def __post_init__(self) -> None:
        if self.role not in ("act", "open", "harm"):
            raise ValueError(f"role {self.role!r} of trigger {self.id!r} is not one of act, open, harm")
        if self.doer not in (None, "fighters", "armed", "people"):
            raise ValueError(f"doer {self.doer!r} of trigger {self.id!r} is not one of fighters, armed, people")


class _Triggers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    trigger: list[Trigger]


class ClaimLexicon:
    """Triggers by stem (`verbs`, `nouns`), and the clause words as sets."""

    def __init__(
        self,
        triggers: list[Trigger],
        clauses: ClauseWords,
        peace: Peace,
        speech: Speech | None = None,
    ) -> None:
        self.speech = speech or load_speech()
        self.peace = peace
        self.triggers = {trigger.id: trigger for trigger in triggers}
        if len(self.triggers) < len(triggers):
            raise ResourceError("two triggers have one id", file=" ".join(TRIGGER_FILES))
        if missing := sorted(NAMED.difference(self.triggers)):
            raise ResourceError("rules need this trigger", file=" ".join(TRIGGER_FILES), key=missing[0])
        if missing := sorted(peace.everyday.difference(self.triggers)):
            raise ResourceError("no trigger has this id", file=PEACE_FILE, key=missing[0])
        self._index(triggers)
        self._conditions_of(triggers)
        self.clauses = clauses
        self.words = _folded_words(clauses.words)
        self._links(clauses)
        self._scopes(clauses)
        words = (*vars(self).values(), *vars(self.peace).values())
        Book([one for one in words if isinstance(one, Phrases)])

    def means_of(self, stem: str) -> ClaimType | None:
        """The type of attack that a word of means tells, in the accusative too (`قصفا جويا`)."""
        kind = self.means.get(stem)
        return kind if kind is not None or stem[-1:] != "ا" else self.means.get(stem[:-1])

    @staticmethod
    def _add(table: dict[str, list[Trigger]], form: str, trigger: Trigger) -> None:
        entries = table.setdefault(form, [])
        if trigger not in entries:
            # Entries with a condition are tried first: they are the more special reading.
            entries.append(trigger)
            entries.sort(key=lambda t: (-_conditions(t), t.id))

    def _index(self, triggers: list[Trigger]) -> None:
        """The triggers by the forms of their verbs and nouns."""
        self.imperfects: dict[str, frozenset[str]] = {}
        self.verbs: dict[str, list[Trigger]] = {}
        self.nouns: dict[str, list[Trigger]] = {}
        for trigger in triggers:
            if trigger.perfect:
                self.imperfects[trigger.id] = frozenset(f for verb in trigger.verbs for f in imperfect_only(verb))
            for verb in trigger.verbs:
                for form in sorted(verb_forms(verb, trigger.id)):
                    self._add(self.verbs, form, trigger)
            for noun in trigger.nouns:
                for form in sorted(noun_forms(noun)):
                    self._add(self.nouns, form, trigger)
        self.forms = self.verbs.keys() | self.nouns.keys()

    def _conditions_of(self, triggers: list[Trigger]) -> None:
        """The words that each trigger asks for or bars."""
        self.before_not = {t.id: _stems(t, "before_not") for t in triggers}
        self.never_in = {t.id: _stems(t, "never_in") for t in triggers}
        self.next = {t.id: _stems(t, "next") for t in triggers}
        self.unless = {t.id: _stems(t, "unless") for t in triggers}
        self.after = {t.id: _stems(t, "after") for t in triggers}
        self.subject = {t.id: _stems(t, "subject") for t in triggers}

    def _links(self, clauses: ClauseWords) -> None:
        """The words that link clauses."""
        links = clauses.links
        self.cause, self.cause_nouns = _folded(links.cause), _folded(links.cause_nouns)
        self.additions = Phrases(links.additions)
        self.effect = _folded(links.effect) | _forms(links.effect_verbs, "effect")
        self.restate_forms = _forms(links.restate, "restate")
        self.carriers, self.light, self.suffer = (
            _folded(links.carriers),
            _forms(links.light, "light") | _folded(links.light_nouns),
            _forms(links.suffer, "suffer"),
        )
        self.slays = frozenset(form for verb in links.slays for form in verb_forms(verb, "slays"))
        self.orders = frozenset(form for verb in links.orders for form in verb_forms(verb, "orders"))
        self.reaches = frozenset(form for verb in links.reaches for form in verb_forms(verb, "reaches"))
        self.boundary, self.contrast, self.turns, self.parts = (
            Phrases(links.boundary),
            Phrases(links.contrast),
            Phrases(links.turns),
            Phrases(links.parts),
        )

    def _scopes(self, clauses: ClauseWords) -> None:
        """The words of what is denied, aimed at or planned, of who acts, by what means and on what ground."""
        self.negation, self.purpose = Phrases(clauses.negation.words), Phrases(clauses.purpose.words)
        self.failing = Phrases(clauses.failing.words)
        self.conditional = Phrases(clauses.conditional.words)
        self.not_purpose = _folded(clauses.purpose.not_after)
        self.infinitives = _folded(clauses.purpose.infinitives) | self.nouns.keys()
        self.agent_phrases = Phrases(clauses.roles.agent)
        self.companions = Phrases(clauses.roles.companions)
        self.by_whom = Phrases(clauses.roles.by_whom)
        self.reporting = frozenset(self.speech.verbs)
        self.threats = self.speech.forms_of("said.threaten")
        self.recording = self.speech.forms_of("said.record")
        self.announcing = self.speech.forms_of("said.announce") | self.speech.forms_of("said.own")
        self.modality = {
            name: _folded(getattr(clauses.modality, name)) for name in ("denied", "alleged", "planned", "estimated")
        }
        self.disowned = Phrases(clauses.modality.disowned)
        self.involvement = _folded(clauses.modality.involvement)
        self.means = {fold(word): kind for kind, words in clauses.means.items() for word in words}
        self.weapons = frozenset(word for word, kind in self.means.items() if kind is not ClaimType.AIR_STRIKE)
        self.blaming = self.words.blame_nouns | self.words.accuse | self.words.answerable
        self.ground = _folded(clauses.ground.words)


def _conditions(trigger: Trigger) -> int:
    """How special a trigger is: a word that it needs counts before who acts and what changes hands."""
    return 4 * bool(trigger.next or trigger.after) + sum(map(bool, (trigger.subject, trigger.doer, trigger.object)))


def _folded(words: list[str]) -> frozenset[str]:
    """The keys of single words; a phrase among them could never match and is refused."""
    for word in words:
        if " " in word:
            raise ResourceError(f"{word!r} is a phrase where single words are compared", file=CLAUSES_FILE)
    return frozenset(map(fold, words))


def _forms(verbs: list[str], file: str) -> frozenset[str]:
    """The forms of verbs that are written "perfect imperfect"."""
    return frozenset(form for verb in verbs for form in verb_forms(verb, file))


def _folded_words(words: Words) -> Words:
    fields = {field: _folded(sorted(getattr(words, field))) for field in words.__struct_fields__}
    return msgspec.structs.replace(words, **fields)


def _stems(trigger: Trigger, field: str) -> frozenset[str]:
    """The stems of a field; words that no stem can be (a phrase, nothing) are refused."""
    words: list[str] = getattr(trigger, field)
    for word in words:
        if not word or " " in word:
            raise ResourceError(
                f"{field!r} lists single stems, not {word!r}", file=" ".join(TRIGGER_FILES), key=trigger.id
            )
    return frozenset(map(fold, words))


def _load(overlay: Path | None) -> tuple[list[Trigger], ClauseWords]:
    classes = load_classes(overlay)
    triggers = [classes.expanded(t, t.id) for name in TRIGGER_FILES for t in load(name, _Triggers, overlay).trigger]
    return triggers, load(CLAUSES_FILE, ClauseWords, overlay)


def load_claims(overlay: Path | None = None) -> ClaimLexicon:
    """The compiled lexicon of the claims room."""
    return ClaimLexicon(*_load(overlay), load_peace(overlay), load_speech(overlay))


def lexicon_words(overlay: Path | None = None) -> Iterator[str]:
    """The words of the claims room's data, before which clitics may stand."""
    triggers, clauses = _load(overlay)
    for trigger in triggers:
        for verb in trigger.verbs:
            yield from sorted(verb_forms(verb, trigger.id))
        for noun in trigger.nouns:
            yield from sorted(noun_forms(noun))
        yield from trigger.next
    for words in clauses.means.values():
        yield from words
    yield from load_speech(overlay).verbs
    yield from load_peace(overlay).words()

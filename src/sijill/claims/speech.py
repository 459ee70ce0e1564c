"""The verbs and nouns of reporting, loaded from `rules/speech.toml` and indexed by their written forms.

Loading raises ResourceError where one form belongs to two entries.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from sijill.claims.inflection import noun_forms, verb_forms
from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.model import Modality
from sijill.text.folding import fold

__all__ = ["SPEECH_FILE", "Form", "Speech", "SpeechNoun", "SpeechVerb", "load_speech"]

SPEECH_FILE = "rules/speech.toml"


class SpeechVerb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs of one valency; the data file says what each field means."""

    id: str
    yes: list[str]
    no: list[str]
    verbs: list[str] = []
    forms: list[str] = []
    participles: list[str] = []
    takes: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    continues: bool = False
    judges: bool = False
    accuses: bool = False
    negated: bool = False
    relays: bool = False
    within: bool = False
    deed: bool = False
    silent: bool = False
    modality: Modality = Modality.ASSERTED


class SpeechNoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that tell something by themselves; the data file says what each field means."""

    id: str
    nouns: list[str]
    yes: list[str]
    no: list[str]
    takes: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    speaks: bool = False
    modality: Modality = Modality.ASSERTED


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    according: frozenset[str]
    as_said: frozenset[str]
    that: frozenset[str]
    in_it: frozenset[str]
    pronouns: frozenset[str]
    not_that: frozenset[str]
    own_words: frozenset[str]
    refuting: frozenset[str]
    saying: frozenset[str]
    bylines: frozenset[str]
    not_speakers: frozenset[str]
    occasions: frozenset[str]
    adverbs: frozenset[str]
    quantifiers: frozenset[str]
    numbers: frozenset[str]
    headings: frozenset[str]
    auxiliaries: frozenset[str]
    relatives: frozenset[str]
    impersonal: frozenset[str]
    what: frozenset[str]
    intentions: frozenset[str]
    unsure: frozenset[str]
    unable: frozenset[str]
    checking: frozenset[str]
    was: frozenset[str]
    which: frozenset[str]
    unnamed: frozenset[str]
    obtained: frozenset[str]
    hearing: frozenset[str]
    published: frozenset[str]
    feminine: frozenset[str]
    plural: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    words: Words
    verb: list[SpeechVerb]
    noun: list[SpeechNoun]


class Form(msgspec.Struct, frozen=True):
    """A written form: its entry, whether it is a participle (مضيفا), and whom it agrees with (`m`, `f`, `p`)."""

    verb: SpeechVerb
    participle: bool
    gender: str


class Speech:
    """The forms of verbs (`verbs`) and nouns (`nouns`) of reporting, and the small words around them (`words`)."""

    def __init__(self, data: _File) -> None:
        self.words = _folded(data.words)
        self.entries = tuple(data.verb)
        self.noun_entries = tuple(data.noun)
        self.verbs: dict[str, Form] = {}
        self.nouns: dict[str, SpeechNoun] = {}
        for entry in data.verb:
            folded = _folded(entry)
            for verb in entry.verbs:
                for form in sorted(verb_forms(verb, SPEECH_FILE)):
                    self._add(form, Form(folded, False, _agrees(form, fold(verb.split()[1][1:]))))
            for form in map(fold, entry.forms):
                self._add(form, Form(folded, False, _agrees(form, "")))
            for participle in map(fold, entry.participles):
                for ending, gender in (("ا", "m"), ("ه", "f"), ("ين", "p")):
                    self._add(participle + ending, Form(folded, True, gender))
        for noun in data.noun:
            for form in sorted(form for word in noun.nouns for form in noun_forms(word)):
                self.nouns[form] = _folded(noun)
        self.begins = self.words.according | self.words.refuting | self.verbs.keys() | self.nouns.keys()
        """The stems at which something may be said."""

    def forms_of(self, entry: str) -> frozenset[str]:
        """The written forms of the verbs and participles of one entry. Raises ResourceError where there is none."""
        forms = frozenset(form for form, kind in self.verbs.items() if kind.verb.id == entry)
        if not forms:
            raise ResourceError("rules need this verb", file=SPEECH_FILE, key=entry)
        return forms

    def _add(self, form: str, entry: Form) -> None:
        other = self.verbs.setdefault(form, entry)
        if other.verb.id != entry.verb.id:
            raise ResourceError(f"{form} is also a form of {other.verb.id}", file=SPEECH_FILE, key=entry.verb.id)


def _agrees(form: str, imperfect: str) -> str:
    """Whom a form agrees with; `imperfect` is the imperfect's stem without its person."""
    if form.endswith(("وا", "ون")):
        return "p"
    person = bool(imperfect) and form[1:].startswith(imperfect[:2])
    return "f" if (form.startswith("ت") if person else form.endswith("ت")) else "m"


_Record = TypeVar("_Record", SpeechVerb, SpeechNoun, Words)


def _folded(record: _Record) -> _Record:
    """`record` with its sets of words folded to keys."""
    sets = {
        name: frozenset(map(fold, value))
        for name in record.__struct_fields__
        if isinstance(value := getattr(record, name), frozenset)
    }
    return msgspec.structs.replace(record, **sets)


def _read(overlay: Path | None) -> _File:
    return load(SPEECH_FILE, _File, overlay)


def load_speech(overlay: Path | None = None) -> Speech:
    """The compiled words of reporting. Raises ResourceError where the data is wrong."""
    return Speech(_read(overlay))

"""The word lists of the names room besides actors: who speaks, outlets, what is struck, titles, given names.

Files: `lexicon/ar/bodies.toml`, `outlets.toml`, `targets.toml`, `actors/given_names.toml`. Loading raises ResourceError
where one form belongs to two entries of a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.names.inflection import adjective_forms, alias_forms
from sijill.names.knowledge import CLITIC_STARTS
from sijill.names.view import key_of

__all__ = ["BodyHead", "Index", "Lexicon", "Named", "NamedAlias", "load_lexicon"]

Index = Mapping[str, tuple[tuple[tuple[str, ...], "BodyHead"], ...]]


class BodyHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that begins a source, an outlet, a target, a group of people, or a titled person.

    `alone`: what it gives without more ("no", "definite", "any"); `annex`: a noun may follow in annexation; `preps`:
    prepositions that carry the phrase on; `person`: a personal name may close it; `unless`: words right behind that
    undo it.
    """

    id: str
    forms: list[str]
    kind: str
    yes: list[str]
    no: list[str]
    alone: Literal["no", "definite", "any"] = "no"
    annex: bool = False
    person: bool = False
    preps: list[str] = []
    unless: list[str] = []


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body or outlet known by name; `bound` names count only after a head noun or once the report has named it."""

    id: str
    name: str
    label: str
    kind: str = "outlet"
    aliases: list[str] = []
    bound: list[str] = []


class _BodyWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    speech: list[str]
    verbs: list[str]
    times: list[str]
    selves: list[str]
    adjectives: list[str]


class _Bodies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    words: _BodyWords
    body: list[BodyHead]
    named: list[Named]


class _Outlets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    head: list[BodyHead]
    outlet: list[Named]


class _TargetWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    determiners: list[str]
    never: list[str] = []


class _Targets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    words: _TargetWords
    target: list[BodyHead]
    people: list[BodyHead]
    title: list[BodyHead]


class _NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    compound: list[str]
    given: list[str]


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    words: _NameWords


class NamedAlias(msgspec.Struct, frozen=True, gc=False):
    """One row of words (whole key, key) that names `entry`."""

    tokens: tuple[tuple[str, str], ...]
    entry: Named
    article: bool
    bound: bool
    outlet: bool


class Lexicon(msgspec.Struct, frozen=True):
    """The lists, indexed by the key of a first word; `stops` end a phrase, `unless` is by head id."""

    bodies: Index
    outlets: Index
    targets: Index
    people: Index
    titles: Index
    named: Mapping[str, tuple[NamedAlias, ...]]
    speech: frozenset[str]
    stops: frozenset[str]
    times: frozenset[str]
    selves: frozenset[str]
    adjectives: frozenset[str]
    determiners: frozenset[str]
    no_targets: frozenset[str]
    struck: frozenset[str]
    given: frozenset[str]
    compound: frozenset[str]
    unless: Mapping[str, frozenset[str]]
    words: tuple[str, ...]
    heads: tuple[tuple[str, BodyHead], ...]


def load_lexicon(overlay: Path | None = None, *, words: bool = True) -> Lexicon:
    """The word lists with `overlay` laid over them; `words` are left out where not asked for.

    Raises ResourceError (file, key).
    """
    bodies = load("lexicon/ar/bodies.toml", _Bodies, overlay)
    outlets = load("lexicon/ar/outlets.toml", _Outlets, overlay)
    targets = load("lexicon/ar/targets.toml", _Targets, overlay)
    names = load("actors/given_names.toml", _Names, overlay).words
    groups = {
        "bodies": bodies.body,
        "outlets": outlets.head,
        "targets": targets.target,
        "people": targets.people,
        "titles": targets.title,
    }
    heads = tuple((group, head) for group, entries in groups.items() for head in entries)
    indexes = {group: _index(entries, group) for group, entries in groups.items()}
    return Lexicon(
        bodies=indexes["bodies"],
        outlets=indexes["outlets"],
        targets=indexes["targets"],
        people=indexes["people"],
        titles=indexes["titles"],
        named=_named(bodies.named, outlets.outlet),
        speech=frozenset(key_of(word) for word in bodies.words.speech),
        stops=frozenset(key_of(word) for word in [*bodies.words.speech, *bodies.words.verbs]),
        times=frozenset(key_of(word) for word in bodies.words.times),
        selves=frozenset(key_of(word) for word in bodies.words.selves),
        adjectives=frozenset(form for word in bodies.words.adjectives for form in adjective_forms(word)),
        determiners=frozenset(key_of(word) for word in targets.words.determiners),
        no_targets=frozenset(targets.words.never),
        struck=frozenset(head.id for head in [*targets.target, *targets.people]),
        given=frozenset(key_of(word) for word in names.given),
        compound=frozenset(key_of(word) for word in names.compound),
        unless={head.id: frozenset(key_of(word) for word in head.unless) for _, head in heads},
        words=_words(heads, [*bodies.named, *outlets.outlet], names.given) if words else (),
        heads=heads,
    )


def _index(entries: Iterable[BodyHead], group: str) -> Index:
    """Heads by the key of their first word, longer ones first."""
    owner: dict[tuple[str, ...], BodyHead] = {}
    for head in entries:
        for phrase in head.forms:
            for row in alias_forms(phrase):
                keys = tuple(key for _, key in row)
                if owner.setdefault(keys, head).id != head.id:
                    raise ResourceError(f"also a form of {owner[keys].id}: {phrase}", file=group, key=head.id)
    found: dict[str, list[tuple[tuple[str, ...], BodyHead]]] = {}
    for keys, head in owner.items():
        found.setdefault(keys[0], []).append((keys, head))
    return {key: tuple(sorted(rows, key=lambda row: -len(row[0]))) for key, rows in found.items()}


def _named(bodies: list[Named], outlets: list[Named]) -> dict[str, tuple[NamedAlias, ...]]:
    found: dict[str, list[NamedAlias]] = {}
    seen: dict[tuple[tuple[str, str], ...], str] = {}
    for entry, outlet in [*((b, False) for b in bodies), *((o, True) for o in outlets)]:
        for name in dict.fromkeys([entry.name, *entry.aliases, *entry.bound]):
            bound = name in entry.bound
            for tokens in alias_forms(name):
                if seen.setdefault(tokens, entry.id) != entry.id:
                    raise ResourceError(f"{name!r} is also a name of {seen[tokens]}", key=entry.id)
                whole, key = tokens[0]
                found.setdefault(key, []).append(NamedAlias(tokens, entry, whole != key, bound, outlet))
    return {key: tuple(sorted(rows, key=lambda row: -len(row.tokens))) for key, rows in found.items()}


def _words(heads: Iterable[tuple[str, BodyHead]], named: Iterable[Named], given: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    phrases = [phrase for _, head in heads for phrase in head.forms]
    phrases += [name for entry in named for name in [entry.name, *entry.aliases, *entry.bound]]
    for phrase in [*phrases, *given]:
        for row in alias_forms(phrase):
            found.update((key, None) for whole, key in row if len(row) == 1 or not whole.startswith(CLITIC_STARTS))
    return tuple(word for word in found if len(word) > 2)

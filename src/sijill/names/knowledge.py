"""What the names room knows: actors, states and their adjectives, head nouns; loaded once, indexed by word.

Files: `actors/*.toml` (entries), `actors/states.toml`, `actors/heads.toml`. A user's overlay adds or replaces entries
by id. Loading raises ResourceError for a repeated id, an unknown parent, or an alias that two entries claim without
saying so (`shared`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Literal

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.names.inflection import adjective_forms, alias_forms, noun_forms
from sijill.names.view import key_of

__all__ = ["ARMED", "ActorEntry", "Alias", "Head", "Heads", "Knowledge", "StateEntry", "load_knowledge"]

# Words of names that begin so are cut (للقوات, والشام), and must not be taught as whole.
CLITIC_STARTS = ("و", "لل", "بال", "كال", "فال")
# Kinds of actors that bear arms.
ARMED = frozenset(
    [
        *("state_force", "force", "police", "peacekeeping", "rebel", "militia", "coalition", "jihadist", "separatist"),
        *("palestinian", "tribal", "unnamed", "description", "possessed"),
    ]
)
ACTOR_FILES = (
    "syria",
    "iraq",
    "yemen",
    "libya",
    "palestine",
    "lebanon",
    "sudan",
    "turkey_kurds",
    "africa",
    "asia",
    "world",
)


class ActorEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One actor. `aliases` are neutral, `loaded` are one side's words for it; `bound` are short names that count only
    after a head noun or once the report has named the actor; `shared` are names that other entries bear as well.
    """

    id: str
    name: str
    label: str
    kind: str
    aliases: list[str] = []
    loaded: list[str] = []
    bound: list[str] = []
    shared: list[str] = []
    adjective: str | None = None
    parent: str | None = None
    countries: list[str] = []
    since: int | None = None
    until: int | None = None
    acled: str | None = None
    ucdp: str | None = None


class StateEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A state, `id` its ISO code; `adjectives` in the masculine singular, `people` in the plural;
    `people_act`: the press says the people for the state (الروس).
    """

    id: str
    name: str
    label: str
    aliases: list[str] = []
    adjectives: list[str] = []
    people: list[str] = []
    people_act: bool = False
    bound: list[str] = []
    capital: str | None = None


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that begins an actor's name.

    `alone`: what it gives with no owner: "no" nothing; "definite" a description if it has the article; "any" an
    actor of its own. `qualified`: an adjective alone makes it an actor. `named`: an unknown name may follow
    (`لواء X`), `numbered`: a number. `annex`: an owner may follow without a preposition. `place`: a place may own it
    (`شرطة X`), `seat`: also behind ب. `people`: a plural of persons. `fits`: kinds of actors that the description
    stands for. `owned`: it is theirs with a pronoun (`قواته`, not `قوته`, might). `unless`: words that, right behind
    it, make it no head (`حركة المرور`).
    """

    id: str
    forms: list[str]
    kind: str
    yes: list[str]
    no: list[str]
    alone: Literal["no", "definite", "any"] = "no"
    named: bool = False
    numbered: bool = False
    people: bool = False
    annex: bool = True
    place: bool = False
    seat: bool = False
    qualified: bool = False
    weapon: str | None = None
    fits: list[str] = []
    unless: list[str] = []
    owned: bool = True


class HeadWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The small words that hold an actor's name together, by what they do."""

    modifiers: list[str]
    ties: list[str]
    ordinals: list[str]
    acts: list[str]
    place_cues: list[str]
    determiners: list[str]
    bearers: list[str]
    particles: list[str]


class Heads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Head nouns and their small words."""

    meta: Meta
    words: HeadWords
    head: list[Head]


class _Actors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    actor: list[ActorEntry]


class _States(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    state: list[StateEntry]


class Alias(msgspec.Struct, frozen=True, gc=False):
    """One row of words that names `refs` (several: a shared name). `tokens` are (whole key, key without article)."""

    tokens: tuple[tuple[str, str], ...]
    refs: tuple[str, ...]
    article: bool
    bound: bool
    shared: bool
    kind: Literal["actor", "state", "people", "capital"] = "actor"


class Knowledge(msgspec.Struct, frozen=True):
    """Everything indexed by the key of a first word. `adjectives` give the id of a state or actor, `unless` the words
    that undo a head (by its id).
    """

    actors: Mapping[str, ActorEntry]
    aliases: Mapping[tuple[str, str], tuple[Alias, ...]]
    firsts: frozenset[str]
    adjectives: Mapping[str, str]
    heads: Mapping[str, tuple[tuple[tuple[str, ...], Head], ...]]
    unless: Mapping[str, frozenset[str]]
    modifiers: frozenset[str]
    ties: frozenset[str]
    ordinals: frozenset[str]
    acts: frozenset[str]
    place_cues: frozenset[str]
    determiners: frozenset[str]
    bearers: frozenset[str]
    particles: frozenset[str]
    nouns: Mapping[str, tuple[str, ...]]
    fits: Mapping[str, tuple[str, ...]]
    words: tuple[str, ...]


def load_knowledge(overlay: Path | None = None, *, words: bool = True) -> Knowledge:
    """The knowledge base with `overlay` laid over it; `words` are left out where not asked for.

    Raises ResourceError (file, key).
    """
    entries: dict[str, tuple[str, ActorEntry]] = {}
    for stem in ACTOR_FILES:
        file = f"actors/{stem}.toml"
        for entry in load(file, _Actors, overlay).actor:
            if entry.id in entries:
                raise ResourceError("two actors have this id", file=file, key=entry.id)
            entries[entry.id] = (file, entry)
    states = load("actors/states.toml", _States, overlay).state
    heads = load("actors/heads.toml", Heads, overlay)
    for file, entry in entries.values():
        if entry.parent is not None and entry.parent not in entries:
            raise ResourceError(f"no actor has the id of the parent {entry.parent!r}", file=file, key=entry.id)
    actors = {entry.id: entry for _, entry in entries.values()}
    rows = _alias_rows(entries.values())
    for state in states:
        actors[_state_id(state)] = _state_actor(state)
        rows += _state_rows(state)
    aliases = _index(rows, {ref: file for ref, (file, _) in entries.items()})
    return Knowledge(
        actors=actors,
        aliases=aliases,
        firsts=frozenset(first for first, _ in aliases),
        adjectives=_adjectives(states, actors.values()),
        heads=_heads(heads),
        unless={head.id: frozenset(key_of(word) for word in head.unless) for head in heads.head},
        modifiers=frozenset(form for word in heads.words.modifiers for form in adjective_forms(word)),
        ties=frozenset(key_of(word) for word in heads.words.ties),
        ordinals=frozenset(form for word in heads.words.ordinals for form in noun_forms(word)),
        acts=frozenset(form for word in heads.words.acts for form in noun_forms(word)),
        place_cues=frozenset(key_of(word) for word in heads.words.place_cues),
        determiners=frozenset(key_of(word) for word in heads.words.determiners),
        bearers=frozenset(form for word in heads.words.bearers for form in noun_forms(word)),
        particles=frozenset(heads.words.particles),
        nouns=_nouns(aliases, frozenset(_heads(heads))),
        fits={f"actors.head.{head.id}": tuple(head.fits) for head in heads.head},
        words=_words(states, actors.values(), heads) if words else (),
    )


def _state_id(state: StateEntry) -> str:
    return f"state-{state.id.lower()}"


def _state_actor(state: StateEntry) -> ActorEntry:
    return ActorEntry(id=_state_id(state), name=state.name, label=state.label, kind="state", countries=[state.id])


def _alias_rows(entries: Iterable[tuple[str, ActorEntry]]) -> list[Alias]:
    rows = []
    for _, entry in entries:
        whole = dict.fromkeys([entry.name, *entry.aliases, *entry.loaded, *entry.shared, *entry.bound])
        for alias in whole:
            bound, shared = alias in entry.bound, alias in entry.shared
            rows += [
                _alias(tokens, entry.id, bound=bound, shared=shared, kind="actor") for tokens in alias_forms(alias)
            ]
    return rows


def _state_rows(state: StateEntry) -> list[Alias]:
    ref = _state_id(state)
    rows = [
        _alias(tokens, ref, kind="state")
        for alias in dict.fromkeys([state.name, *state.aliases])
        for tokens in alias_forms(alias)
    ]
    rows += [_alias(tokens, ref, bound=True, kind="state") for alias in state.bound for tokens in alias_forms(alias)]
    peoples = state.people if state.people_act else []  # with the article, the state acting: الروس
    rows += [_alias(tokens, ref, kind="people") for people in peoples for tokens in alias_forms("ال" + people)]
    if state.capital is not None:
        rows += [_alias(tokens, ref, kind="capital") for tokens in alias_forms(state.capital)]
    return rows


def _alias(
    tokens: tuple[tuple[str, str], ...],
    ref: str,
    *,
    bound: bool = False,
    shared: bool = False,
    kind: Literal["actor", "state", "people", "capital"],
) -> Alias:
    whole, key = tokens[0]
    return Alias(tokens, (ref,), whole != key, bound, shared, kind)


def _index(rows: list[Alias], files: Mapping[str, str]) -> dict[tuple[str, str], tuple[Alias, ...]]:
    """Rows by the keys of their first two words (the second as a whole, too), longest first; "" for no second.

    Equal rows of several entries become one shared row.
    """
    same: dict[tuple[tuple[str, ...], bool], Alias] = {}
    for row in rows:
        place = (tuple(key for _, key in row.tokens), row.article)
        old = same.get(place)
        if old is None:
            same[place] = row
        elif row.refs[0] not in old.refs:
            if not (row.shared and old.shared):
                raise ResourceError(
                    f"{' '.join(whole for whole, _ in row.tokens)!r} is also a name of {old.refs[0]}; "
                    "say so in `shared` of both",
                    file=files.get(row.refs[0], "actors/states.toml"),
                    key=row.refs[0],
                )
            same[place] = msgspec.structs.replace(old, refs=old.refs + row.refs, bound=old.bound or row.bound)
    found: dict[tuple[str, str], list[Alias]] = {}
    for row in same.values():
        first = row.tokens[0][1]
        for second in dict.fromkeys(row.tokens[1] if len(row.tokens) > 1 else ("",)):
            found.setdefault((first, second), []).append(row)
    return {key: tuple(sorted(rows, key=lambda row: -len(row.tokens))) for key, rows in found.items()}


def _adjectives(states: Iterable[StateEntry], actors: Iterable[ActorEntry]) -> dict[str, str]:
    found: dict[str, str] = {}
    for state in states:
        for word in state.adjectives:
            for form in adjective_forms(word):
                found.setdefault(form, _state_id(state))
        for word in state.people:
            found.setdefault(key_of(word), _state_id(state))
    for actor in actors:
        if actor.adjective is not None:
            for form in adjective_forms(actor.adjective):
                found.setdefault(form, actor.id)
    return found


def _heads(heads: Heads) -> dict[str, tuple[tuple[tuple[str, ...], Head], ...]]:
    """Heads by the key of their first word, longer ones first."""
    owner: dict[tuple[str, ...], Head] = {}
    for head in heads.head:
        for phrase in head.forms:
            for row in alias_forms(phrase):
                keys = tuple(key for _, key in row)
                if owner.setdefault(keys, head).id != head.id:
                    raise ResourceError(
                        f"also a form of {owner[keys].id}: {phrase}", file="actors/heads.toml", key=head.id
                    )
    found: dict[str, list[tuple[tuple[str, ...], Head]]] = {}
    for keys, head in owner.items():
        found.setdefault(keys[0], []).append((keys, head))
    return {key: tuple(sorted(rows, key=lambda row: -len(row[0]))) for key, rows in found.items()}


def _nouns(aliases: Mapping[tuple[str, str], tuple[Alias, ...]], heads: AbstractSet[str]) -> dict[str, tuple[str, ...]]:
    """By actor, the head nouns that its unshared names begin with: داعش is a تنظيم."""
    found: dict[str, dict[str, None]] = {}
    for rows in aliases.values():
        for row in rows:
            if row.kind == "actor" and len(row.refs) == 1 and row.tokens[0][1] in heads:
                found.setdefault(row.refs[0], {})[row.tokens[0][1]] = None
    return {ref: tuple(nouns) for ref, nouns in found.items()}


def _words(states: Iterable[StateEntry], actors: Iterable[ActorEntry], heads: Heads) -> tuple[str, ...]:
    """All words of names, without article, that a clitic may stand before."""
    found: dict[str, None] = {}
    for state in states:
        names = [state.name, *state.aliases, *state.people, *([state.capital] if state.capital else [])]
        found.update((key, None) for name in names for row in alias_forms(name) for _, key in row)
        found.update((form, None) for word in state.adjectives for form in adjective_forms(word))
    for actor in actors:
        for name in [actor.name, *actor.aliases, *actor.loaded, *actor.shared, *actor.bound]:
            for row in alias_forms(name):
                found.update((key, None) for whole, key in row if not whole.startswith(CLITIC_STARTS))
        if actor.adjective is not None:
            found.update((form, None) for form in adjective_forms(actor.adjective))
    for head in heads.head:
        found.update((key, None) for phrase in head.forms for row in alias_forms(phrase) for _, key in row)
    return tuple(word for word in found if len(word) > 2)

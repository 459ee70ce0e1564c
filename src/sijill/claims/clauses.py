"""The words of `rules/clauses.toml`: links of clauses, scopes, roles, modality, means, and closed lists of words."""

from __future__ import annotations

import msgspec

from sijill.data import Meta
from sijill.model import ClaimType

__all__ = ["CLAUSES_FILE", "ClauseWords", "Words"]

CLAUSES_FILE = "rules/clauses.toml"


class _Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cause: list[str]
    effect: list[str]
    effect_verbs: list[str]
    cause_nouns: list[str]
    additions: list[str]
    restate: list[str]
    boundary: list[str]
    contrast: list[str]
    turns: list[str]
    parts: list[str]
    carriers: list[str]
    light: list[str]
    light_nouns: list[str]
    slays: list[str]
    orders: list[str]
    reaches: list[str]
    suffer: list[str]


class _Within(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]
    reach: int
    not_after: list[str] = []
    infinitives: list[str] = []


class _Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    agent: list[str]
    companions: list[str]
    by_whom: list[str]


class _Modality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    estimated: list[str]
    alleged: list[str]
    denied: list[str]
    planned: list[str]
    disowned: list[str]
    involvement: list[str]


class _Ground(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """Closed lists that single rules look for; the data file says which rule asks for each."""

    prepositions: frozenset[str]
    before_verbs: frozenset[str]
    still: frozenset[str]
    sides: frozenset[str]
    frontiers: frozenset[str]
    guards: frozenset[str]
    demands: frozenset[str]
    composed: frozenset[str]
    in_name: frozenset[str]
    follows: frozenset[str]
    near: frozenset[str]
    imminent: frozenset[str]
    noun_governors: frozenset[str]
    control: frozenset[str]
    falls: frozenset[str]
    lands: frozenset[str]
    in_which: frozenset[str]
    relatives_of_effect: frozenset[str]
    others: frozenset[str]
    wounded: frozenset[str]
    dead: frozenset[str]
    occurrence: frozenset[str]
    portions: frozenset[str]
    origin: frozenset[str]
    departs: frozenset[str]
    sent: frozenset[str]
    where: frozenset[str]
    that: frozenset[str]
    about: frozenset[str]
    locates: frozenset[str]
    distances: frozenset[str]
    after: frozenset[str]
    across: frozenset[str]
    alongside: frozenset[str]
    takes_with: frozenset[str]
    meanwhile: frozenset[str]
    until: frozenset[str]
    when: frozenset[str]
    where_clause: frozenset[str]
    patient_nouns: frozenset[str]
    leads: frozenset[str]
    fired_from: frozenset[str]
    reactions: frozenset[str]
    tolls: frozenset[str]
    led_to: frozenset[str]
    auxiliaries: frozenset[str]
    accuse: frozenset[str]
    blame_nouns: frozenset[str]
    blamed_for: frozenset[str]
    answerable: frozenset[str]
    against: frozenset[str]
    with_: frozenset[str]
    site: frozenset[str]
    towards: frozenset[str]
    rides: frozenset[str]
    partitives: frozenset[str]
    around: frozenset[str]
    beside: frozenset[str]
    aside: frozenset[str]
    bombs: frozenset[str]
    loaded: frozenset[str]
    flees: frozenset[str]
    doings: frozenset[str]
    rockets: frozenset[str]
    relatives: frozenset[str]
    positions: frozenset[str]
    demonstratives: frozenset[str]
    answers: frozenset[str]
    then: frozenset[str]
    most: frozenset[str]
    alike: frozenset[str]
    small_arms: frozenset[str]
    habits: frozenset[str]
    resumes: frozenset[str]
    phases: frozenset[str]
    phase_times: frozenset[str]
    campaigns: frozenset[str]
    during: frozenset[str]
    cases: frozenset[str]
    over: frozenset[str]
    coincides: frozenset[str]


class ClauseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `rules/clauses.toml`."""

    meta: Meta
    links: _Links
    negation: _Within
    failing: _Within
    purpose: _Within
    conditional: _Within
    roles: _Roles
    modality: _Modality
    means: dict[ClaimType, list[str]]
    ground: _Ground
    words: Words

"""The linguistic data of the values room, loaded, inflected and indexed by word key.

One table maps the folded key of a word to everything that the room knows of it (`Atom`), so that reading costs one
look-up a word. Inflection is derived here from the entries of `nouns.toml` and `numbers.toml`.

Source: W. Wright, A Grammar of the Arabic Language, vol. 1, § 299-304 (dual and sound plurals), § 315 (tanwin alif).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from sijill.data import load
from sijill.errors import ResourceError
from sijill.model import CountWho
from sijill.text.folding import clean, fold
from sijill.values.entries import (
    Amount,
    Amounts,
    Compound,
    CountedNouns,
    FormKind,
    GrammarWords,
    Noun,
    Nouns,
    Numbers,
    NumeralEntry,
    NumeralKind,
)

__all__ = [
    "Atom",
    "Form",
    "Lexicon",
    "Numeral",
    "Phrases",
    "key_of",
    "load_lexicon",
]

NUMBERS = ("lexicon/ar/numbers.toml", "lexicon/ar/numbers_egyptian.toml")
AMOUNTS = "lexicon/ar/amounts.toml"
NOUNS = "lexicon/ar/nouns.toml"


OtherKind = Literal["", "people", "oblique", "dual", "singular", "things"]


class Grammar(msgspec.Struct, frozen=True):
    """Word classes that the grammar of amounts asks for, as keys; see `amounts.toml`."""

    of: frozenset[str]
    between: frozenset[str]
    toward: frozenset[str]
    more: frozenset[str]
    range_marks: frozenset[str]
    change: frozenset[str]
    one_of: frozenset[str]
    no_count: frozenset[str]
    occurring: frozenset[str]
    behind_other: frozenset[str]
    among: frozenset[str]
    ranks: frozenset[str]
    parts: frozenset[str]
    totals: frozenset[str]
    in_: frozenset[str]


class Numeral(msgspec.Struct, frozen=True, gc=False):
    """A number word in one of its forms; `form` tells a scale's forms apart."""

    kind: NumeralKind
    value: int
    form: Literal["plain", "accusative", "dual", "many"] = "plain"


class Form(msgspec.Struct, frozen=True):
    """A noun in one of its forms. `ambiguous` marks ين, which is a plural and, after اثنين, a dual.

    `tanwin` marks the accusative (طفلا), which before a pronoun is the dual (طفلاها); `pronoun_only` a dual that is one
    only before a pronoun (طفليها).
    """

    noun: Noun
    number: FormKind
    who: CountWho | None
    construct: bool = False
    ambiguous: bool = False
    tanwin: bool = False
    pronoun_only: bool = False


class Atom(msgspec.Struct, frozen=True):
    """All that the room knows of a word."""

    numeral: Numeral | None = None
    ordinal: Numeral | None = None
    noun: Form | None = None
    amount: Amount | None = None
    other: OtherKind = ""


class Phrases:
    """Sequences of word keys, found by their first (or last) word; longest first."""

    def __init__(self, rows: Iterable[tuple[tuple[str, ...], object]], *, backwards: bool = False) -> None:
        table: dict[str, list[tuple[tuple[str, ...], object]]] = {}
        for keys, value in rows:
            table.setdefault(keys[-1 if backwards else 0], []).append((keys, value))
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._table = table
        self.firsts = frozenset(table)

    def starting(self, keys: list[str], at: int) -> tuple[int, object] | None:
        """(length, value) of the longest phrase that starts at `at`, or None."""
        entries = self._table.get(keys[at]) if at < len(keys) else None
        if entries is None:
            return None
        for words, value in entries:
            if len(words) == 1 or tuple(keys[at : at + len(words)]) == words:
                return len(words), value
        return None

    def ending(self, keys: list[str], bare: list[str], end: int) -> tuple[int, object] | None:
        """(length, value) of the longest phrase whose last word stands before `end`; its first word may carry clitics.

        `bare` are the keys without proclitics.
        """
        if end <= 0:
            return None
        for words, value in self._table.get(keys[end - 1], ()) or self._table.get(bare[end - 1], ()):
            first = end - len(words)
            if first >= 0 and words[0] in (keys[first], bare[first]) and tuple(keys[first + 1 : end]) == words[1:]:
                return len(words), value
        return None


class Lexicon(msgspec.Struct, frozen=True):
    """The room's data, ready for look-up."""

    atoms: dict[str, Atom]
    percents: Phrases
    points: frozenset[str]
    idioms: Phrases
    guards: dict[str, str]
    before: Phrases
    after: Phrases
    products: dict[tuple[str, str], str]
    sizes: frozenset[str]
    pronouns: frozenset[str]
    links: frozenset[str]
    cues: frozenset[str]
    not_after: dict[str, frozenset[str]]
    grammar: Grammar
    compounds: dict[str, tuple[tuple[tuple[str, ...], CountWho], ...]]
    words: tuple[str, ...]


def key_of(word: str) -> str:
    """The folded key of a word of the data."""
    return fold(clean(word).text)


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(key_of(word) for word in words)


def load_lexicon(overlay: Path | None = None) -> Lexicon:
    """The lexicon of numbers, amounts and nouns. Raises ResourceError where entries contradict each other."""
    tables = [load(name, Numbers, overlay) for name in NUMBERS]
    amounts = load(AMOUNTS, Amounts, overlay)
    nouns = load(NOUNS, Nouns, overlay)
    builder = _Builder()
    hundreds = [form for entry in tables[0].numeral if entry.id == "hundred" for form in entry.forms]
    for name, table in zip(NUMBERS, tables, strict=True):
        builder.unique(name, (entry.id for entry in table.numeral))
        for numeral in table.numeral:
            builder.numeral(name, numeral, hundreds)
    builder.unique(AMOUNTS, [entry.id for entry in amounts.amount] + [entry.id for entry in amounts.modifier])
    builder.amounts(amounts)
    builder.unique(NOUNS, (noun.id for noun in nouns.counted.noun))
    builder.nouns(nouns.counted)
    return Lexicon(
        atoms=builder.atoms,
        percents=Phrases((_keys(row.words), True) for row in tables[0].percent),
        points=frozenset(key_of(word) for row in tables[0].point for word in row.words),
        idioms=Phrases(((_keys(row.words), True) for row in tables[0].idiom), backwards=True),
        guards={key_of(word): guard.id for guard in tables[0].guard for word in guard.before},
        before=Phrases(((_keys(row), mod) for mod in amounts.modifier for row in mod.before), backwards=True),
        after=Phrases((_keys(row), mod) for mod in amounts.modifier for row in mod.after),
        products={(row.first, row.second): row.value for row in amounts.product},
        sizes=frozenset(_keys(amounts.sizes.words)),
        pronouns=frozenset(_keys(amounts.pronouns.words)),
        links=frozenset(_keys(amounts.links.words)),
        cues=frozenset(_keys(nouns.cues.words)),
        not_after={noun.id: frozenset(_keys(noun.not_after)) for noun in nouns.counted.noun if noun.not_after},
        grammar=_grammar(amounts.grammar),
        compounds=_compounds(nouns.compound),
        words=tuple(sorted(builder.words)),
    )


def _grammar(table: GrammarWords) -> Grammar:
    """The word classes as keys; a class that holds a word twice is refused."""
    classes: dict[str, frozenset[str]] = {}
    for name, words in msgspec.structs.asdict(table).items():
        classes[name] = frozenset(_keys(words))
        if len(classes[name]) != len(words):
            raise ResourceError("a word stands twice", file=AMOUNTS, key=f"grammar.{name.rstrip('_')}")
    return Grammar(**classes)


def _compounds(rows: list[Compound]) -> dict[str, tuple[tuple[tuple[str, ...], CountWho], ...]]:
    """For each noun the words behind it that say who its people are."""
    table: dict[str, list[tuple[tuple[str, ...], CountWho]]] = {}
    for row in rows:
        for noun in row.nouns:
            table.setdefault(noun, []).extend((_keys(phrase.split()), row.who) for phrase in row.behind)
    return {noun: tuple(entries) for noun, entries in table.items()}


class _Builder:
    """Collects atoms; a key that two entries of one kind claim is an error, as silent homographs are."""

    def __init__(self) -> None:
        self.atoms: dict[str, Atom] = {}
        self.words: set[str] = set()
        self._owner: dict[tuple[str, str], str] = {}

    def unique(self, file: str, ids: Iterable[str]) -> None:
        """Raise ResourceError where an id stands twice."""
        seen: set[str] = set()
        for one in ids:
            if one in seen:
                raise ResourceError("the id stands twice", file=file, key=one)
            seen.add(one)

    def put(self, file: str, owner: str, field: str, form: str, value: object) -> None:
        """Add `value` as `field` of the atom of `form`."""
        key = key_of(form)
        held = self._owner.setdefault((field, key), owner)
        if held != owner:
            raise ResourceError(f"{form} is claimed by {held} as well", file=file, key=owner)
        self.words.add(form)
        atom = self.atoms.get(key, Atom())
        if getattr(atom, field) in (None, ""):
            self.atoms[key] = msgspec.structs.replace(atom, **{field: value})

    def numeral(self, file: str, entry: NumeralEntry, hundreds: list[str]) -> None:
        """A number word in all its forms, and the joined hundreds of a unit."""
        field = "ordinal" if entry.kind in ("ordinal", "last") else "numeral"
        for form in entry.forms:
            self.put(file, entry.id, field, form, Numeral(entry.kind, entry.value))
        for form in entry.accusative:
            self.put(file, entry.id, field, form, Numeral(entry.kind, entry.value, "accusative"))
        for form in entry.dual:
            self.put(file, entry.id, field, form, Numeral(entry.kind, entry.value, "dual"))
        for form in entry.many:
            self.put(file, entry.id, field, form, Numeral(entry.kind, entry.value, "many"))
        for stem in entry.hundreds:
            for hundred in hundreds:
                self.put(file, entry.id, field, stem + hundred, Numeral("hundred", entry.value * 100))

    def amounts(self, table: Amounts) -> None:
        """Amounts without a number, and the words for others."""
        for entry in table.amount:
            for form in entry.forms:
                self.put(AMOUNTS, entry.id, "amount", form, entry)
        for kind in ("people", "oblique", "dual", "singular", "things"):
            for form in getattr(table.others, kind):
                self.put(AMOUNTS, f"others.{kind}", "other", form, kind)

    def nouns(self, table: CountedNouns) -> None:
        """Every noun in all its forms."""
        who = {row.id: row.who for row in table.classes}
        for noun in table.noun:
            if noun.noun_class not in who:
                raise ResourceError(f"there is no class {noun.noun_class}", file=NOUNS, key=noun.id)
            for text, form in _forms(noun, who[noun.noun_class]):
                self.put(NOUNS, noun.id, "noun", text, form)


def _forms(noun: Noun, who: CountWho | None) -> Iterator[tuple[str, Form]]:
    """The written forms of `noun`; earlier ones win where two are spelled alike."""
    one = noun.singular
    if one:
        yield one, Form(noun, "singular", who)
    for plural in noun.plurals:
        if plural == one[:-1] and one.endswith("ي"):
            yield plural, Form(noun, "singular", who)  # قاض, محام
        elif plural.endswith("عا"):
            yield plural, Form(noun, "singular", who, tanwin=True)  # مزارعا, where مزارع are farms
        else:
            yield plural, Form(noun, "plural", who)
    for dual in noun.duals:
        yield dual, Form(noun, "dual", who, construct=not dual.endswith("ن"))
    if one and noun.sound == "m":
        yield from _sound_masculine(noun, one, who)
    if one and noun.sound == "f":
        yield _stem(one) + "ات", Form(noun, "plural", who)
    if one and not one.endswith(("ة", "ا", "ى", "ء")):
        yield one + "ا", Form(noun, "singular", who, tanwin=True)
    if one and noun.dual:
        yield from _dual(noun, one, who)
    if one and noun.feminine:
        yield one + "ة", Form(noun, "singular", who)
        yield one + "ات", Form(noun, "plural", who)
        yield from _dual(noun, one + "ة", who)


def _sound_masculine(noun: Noun, one: str, who: CountWho | None) -> Iterator[tuple[str, Form]]:
    yield one + "ون", Form(noun, "plural", who)
    yield one + "ين", Form(noun, "plural", who, ambiguous=True)
    yield one + "و", Form(noun, "plural", who, construct=True)
    yield one + "ي", Form(noun, "plural", who, construct=True)


def _dual(noun: Noun, one: str, who: CountWho | None) -> Iterator[tuple[str, Form]]:
    stem = one[:-1] + "ت" if one.endswith("ة") else one[:-1] + "ي" if one.endswith("ى") else one
    yield stem + "ان", Form(noun, "dual", who)
    yield stem + "ين", Form(noun, "dual", who)
    if who is not None and not one.endswith(("ة", "ي", "ى")) and not noun.sound:
        yield stem + "ي", Form(noun, "dual", who, construct=True, pronoun_only=True)
    if one.endswith("ة"):
        yield stem + "ا", Form(noun, "dual", who, construct=True)
        yield stem + "ي", Form(noun, "dual", who, construct=True)


def _stem(one: str) -> str:
    return one[:-1] if one.endswith(("ة", "ى")) else one

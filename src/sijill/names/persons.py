"""Persons by name: names in a row, one who was killed or held, one who speaks, one whom the report has named before.

A name is a row of units: a known given name, a compound (`أبو عاصف`, `عبد الله`), a word that no dictionary has; a
surname with the article (`النجار`) closes it. Right behind a word of harm or custody one unit is enough, and a second
word may be any that is not plainly something else (`مقتل سمير عواد`). Titled persons are found with the targets
(`العقيد …`), roles with the bodies: a role that a personal name closes (`مراسلة القناة سمر خليل`) is a person as well.

Data: `actors/persons.toml`, `actors/given_names.toml`.
Source: Arabic onomastics after A. Schimmel, Islamic Names, 1989 (ism, kunya, nasab, nisba).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from sijill.data import Meta, load
from sijill.errors import ResourceError
from sijill.model import Mention, MentionKind
from sijill.names.phrases import Known, Phrases, is_name_word
from sijill.names.view import View, key_of
from sijill.text.folding import fold

__all__ = ["Cue", "PersonFinder", "load_cues"]

DATA = "actors/persons.toml"
_SHORTEST_SURNAME = 3
_MOST_WORDS = 6
_MOST_BETWEEN, _MOST_ADJECTIVES = 6, 2
_LEADS = frozenset(["", "و", "ل"])
_ROWS = ("ات", "ون", "ين", "وا")  # endings of plurals: no single person
_FUSED = ("ماي", "مات", "لاي", "لات")  # مايزيد, written without the space
_GOD = "الله"
_COMMAS = ("،", ",")
_OF_BODY, _PERSON, _JOURNALIST = "في", "person", "reporter"


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words behind which a person is named, with phrases where one is and where none is."""

    id: str
    forms: list[str]
    yes: list[str]
    no: list[str]


class _Leads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    free: list[str]
    lineage: list[str]
    servant: list[str]
    never_alone: list[str]
    journalists: list[str]


class _Persons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    leads: _Leads
    cue: list[Cue]


def load_cues(overlay: Path | None = None) -> tuple[Cue, ...]:
    """The cues of persons. Raises ResourceError where one form belongs to two of them."""
    return _cues(load(DATA, _Persons, overlay))


def _cues(data: _Persons) -> tuple[Cue, ...]:
    owner: dict[str, str] = {}
    for cue in data.cue:
        for form in cue.forms:
            if owner.setdefault(key_of(form), cue.id) != cue.id:
                raise ResourceError(f"{form} is also a form of {owner[key_of(form)]}", file=DATA, key=cue.id)
    return tuple(data.cue)


class _Unit(msgspec.Struct, frozen=True, gc=False):
    """A part of a name: where it ends, and whether nothing more of the name follows it."""

    end: int
    closes: bool = False


class PersonFinder:
    """Finds persons who are named without a title. Holds no state between texts.

    Raises ResourceError when its data or the overlay is wrong.
    """

    def __init__(self, known: Known, overlay: Path | None = None) -> None:
        self.known, self.lexicon = known, known.lexicon
        self.particles = known.knowledge.particles
        data = load(DATA, _Persons, overlay)
        self.cues = frozenset(key_of(form) for cue in _cues(data) for form in cue.forms)
        self.free = frozenset(key_of(word) for word in data.leads.free)
        self.lineage = frozenset(key_of(word) for word in data.leads.lineage)
        self.servant = frozenset(key_of(word) for word in data.leads.servant)
        self.never_alone = frozenset(key_of(word) for word in data.leads.never_alone)
        self.journalists = frozenset(key_of(word) for word in data.leads.journalists)
        self.leads = self.cues | self.lexicon.speech
        self.begins = self.lexicon.given | self.lexicon.compound

    def find(self, view: View, phrases: Phrases, taken: Iterable[tuple[int, int]]) -> list[Mention]:
        """The bare persons of `view`, in text order; `taken` are the positions that other mentions cover."""
        return _Search(self, view, phrases, taken).run()


class _Search:
    """The walk over one text, which learns the names of the persons as they come."""

    def __init__(self, finder: PersonFinder, view: View, phrases: Phrases, taken: Iterable[tuple[int, int]]) -> None:
        self._finder, self._lex, self._view, self._phrases = finder, finder.lexicon, view, phrases
        self._covered = bytearray(view.size + 1)
        starts: dict[int, int] = {}
        for first, last in taken:
            for k in range(first, last):
                self._covered[k] = 1
            if first < starts.get(last, view.size):
                starts[last] = first
        self._firsts: dict[str, tuple[int, str]] = {}
        self._surnames: dict[tuple[str, ...], tuple[int, bool, str]] = {}
        self._begun = set(finder.begins)
        self._roles: dict[int, int] = {}
        self._journalists: set[str] = set()
        self._ends = {last for _, last in phrases.persons}
        for at, last in sorted(phrases.persons):
            end = self._name(at, strong=True) or at
            first = starts.get(last, at)
            end = min(end, last) if end > at else last
            self._learn(at, end)
            if not finder.journalists.isdisjoint(view.keys[first:at]):
                self._journalists.add(view.name(at, end))
            if first < at and not self._is_title(first, at):
                self._roles[first] = end

    def run(self) -> list[Mention]:
        """The mentions, in text order."""
        view, keys = self._view, self._view.keys
        found: list[Mention] = []
        begins, leads, covered, roles, size = self._begun, self._finder.leads, self._covered, self._roles, view.size
        k = 0
        while k < size:
            end = k + 1
            if k in roles:
                end = roles[k]
                subtype = _PERSON if self._finder.journalists.isdisjoint(keys[k:end]) else _JOURNALIST
                found.append(view.mention(MentionKind.PEOPLE, k, end, "persons.role", subtype=subtype))
            elif covered[k]:
                pass
            elif (keys[k] in begins or (k and keys[k - 1] in leads)) and is_name_word(view, k, self._finder.particles):
                mention, end = self._at(k, cued=self._cued(k) or self._in_row(k))
                if mention is not None:
                    found.append(mention)
                    self._ends.add(end)
            k = end
        return found

    # --- where a person may be named ---

    def _cued(self, k: int) -> bool:
        """Whether a word of harm or custody governs word `k`: right before it, or before the party that did it."""
        view = self._view
        at = k - 1
        if at < 0 or view.words[k].proclitics or not view.joined(k):
            return False
        while at > 0 and self._covered[at] and k - at < _MOST_BETWEEN and view.joined(at):
            at -= 1
        cue = view.keys[at] in self._finder.cues and not view.words[at].enclitic and not view.definite[at]
        return cue and (at == k - 1 or view.keys[k] in self._finder.begins)

    def _in_row(self, k: int) -> bool:
        """Whether و joins word `k` to the person named before it: `سمير عواد وخالد النجار`."""
        return k in self._ends and self._view.words[k].proclitics == "و" and self._begins(k)

    def _in_list(self, k: int) -> bool:
        """Whether only a comma stands between word `k` and the person named before it."""
        view = self._view
        if k not in self._ends or view.words[k].proclitics or not self._begins(k):
            return False
        return view.text.document.text[view.words[k - 1].end : view.words[k].start].strip() in _COMMAS

    def _title_before(self, k: int) -> int:
        """Where the title begins that a body or adjectives part from the name at word `k`; else `k`."""
        view = self._view
        at = k
        while at > 0 and k - at < _MOST_ADJECTIVES and self._is_adjective(at - 1) and self._begins(k):
            at -= 1
        if 0 < at < k and view.near(at) and view.keys[at - 1] in self._lex.titles and view.definite[at - 1]:
            return at - 1
        at = k
        while at > 0 and k - at < _MOST_BETWEEN and self._covered[at - 1] and view.near(at) and self._begins(k):
            at -= 1
        if at in (0, k) or not view.near(at) or view.words[at - 1].form != _OF_BODY:
            return k
        for first in range(at - 2, max(-1, at - 2 - _MOST_BETWEEN), -1):
            if not view.near(first + 1) or not view.definite[first]:
                return k
            if view.keys[first] in self._lex.titles and not view.words[first].enclitic:
                return first
        return k

    def _is_adjective(self, at: int) -> bool:
        """Whether word `at` may be an adjective between a title and its name: الضابط المتقاعد سمير عواد."""
        view = self._view
        word = view.words[at]
        plain = view.definite[at] and not word.proclitics and not word.enclitic and view.near(at + 1)
        return plain and not self._covered[at] and view.keys[at] not in self._lex.titles

    def _is_title(self, first: int, at: int) -> bool:
        """Whether words `first`..`at` are a title with its adjectives: who bears it is a person already."""
        view = self._view
        title = view.keys[first] in self._lex.titles and view.definite[first]
        return title and all(view.definite[k] for k in range(first, at))

    def _at(self, k: int, *, cued: bool) -> tuple[Mention | None, int]:
        view = self._view
        said = k > 0 and view.near(k) and view.keys[k - 1] in self._lex.speech and not view.words[k].proclitics
        kind = MentionKind.BODY if said and not cued else MentionKind.PEOPLE
        title = self._title_before(k)
        listed = title < k or self._in_list(k)
        earlier = None if self._is_inner(k) else self._earlier(k, sure=said or cued)
        end = self._name(k, strong=said or cued or listed)
        if earlier is not None and end is not None and (end <= earlier[0] or view.keys[k] in self._finder.free):
            end = None  # a part of a name that was given before stands for the whole
        if end is not None and self._is_lead(k, cued=cued) and self._holds(k, end, said=said, cued=cued):
            self._learn(k, end)
            return view.mention(kind, title, end, "persons.name", subtype=self._subtype(view.name(k, end))), end
        if earlier is not None:
            last, whole = earlier
            return view.mention(kind, k, last, "persons.surname", name=whole, subtype=self._subtype(whole)), last
        if said and self._unknown(k) and not view.definite[k]:
            end = self._phrases.person_end(k, strict=False) or k + 1
            return view.mention(kind, k, end, "persons.speaker", subtype="person"), end
        return None, k + 1

    def _subtype(self, whole: str) -> str:
        """Whether the person of this whole name is told to be a journalist anywhere in the text."""
        return _JOURNALIST if whole in self._journalists else _PERSON

    def _is_lead(self, k: int, *, cued: bool) -> bool:
        """Whether the clitics before word `k` may stand before a name here."""
        return self._view.words[k].proclitics in _LEADS and (self._begins(k) or cued)

    def _is_inner(self, k: int) -> bool:
        """Whether word `k` goes on a name that began before it."""
        view = self._view
        if k == 0 or not view.near(k) or view.words[k].proclitics:
            return False
        return self._begins(k - 1) or (k > 1 and view.near(k - 1) and view.keys[k - 2] in self._lex.compound)

    # --- the name ---

    def _name(self, k: int, *, strong: bool) -> int | None:
        """The end of the name that begins at word `k`; None where none does. `strong`: a person is named here."""
        unit = self._unit(k, 0, strong=strong)
        if unit is None:
            return None
        words = unit.end - k
        while not unit.closes and words < _MOST_WORDS and self._goes_on(unit.end, inside=bool(self._covered[k])):
            more = self._unit(unit.end, words, strong=strong)
            if more is None:
                break
            unit, words = more, more.end - k
        return unit.end

    def _goes_on(self, at: int, *, inside: bool) -> bool:
        """Whether word `at` may belong to the name before it; `inside` a mention of others, what covers it is known."""
        view = self._view
        if not view.near(at) or view.words[at].proclitics or view.words[at].enclitic:
            return False
        key = view.keys[at]
        if key not in self._lex.given and key[:1] == "و" and key[1:] in self._lex.given:
            return False  # وسامي: and Sami, though no clitic was told apart
        if self._closed(at) and not view.definite[at]:
            return False  # what follows a surname with the article is one more of the kind, or no name
        return inside or not self._covered[at] or self._begins(at) or self._unknown(at)

    def _unit(self, at: int, words: int, *, strong: bool) -> _Unit | None:
        """The part of a name at word `at`, behind `words` others."""
        view, lex = self._view, self._lex
        key = view.keys[at]
        if view.words[at].enclitic or view.words[at].form[len(view.words[at].proclitics) :] in self._finder.particles:
            return None
        if key in lex.compound and (key in self._finder.servant or not view.definite[at]):
            return _Unit(at + 2) if self._compounds(at, free=strong or words > 0) else None
        if key in lex.given:
            return _Unit(at + 1)
        if not words:
            return _Unit(at + 1) if strong and not self._is_other(at) and self._is_foreign(at) else None
        if view.definite[at]:
            return _Unit(at + 1, closes=True) if self._is_surname(at, words, strong=strong) else None
        if self._is_other(at):
            return None
        # An everyday word is a surname where the name can hold no other part, or ends with it.
        nisba = key.endswith("ي") and (strong or words > 1)
        last = words in (1, 2)[not strong :] and self._is_last(at)
        return _Unit(at + 1) if self._unknown(at) or nisba or last else None

    def _is_surname(self, at: int, words: int, *, strong: bool) -> bool:
        """Whether the definite word `at` closes a name: النجار where a person is named, a nisba behind two names."""
        view = self._view
        if view.keys[at] in self._lex.times or view.keys[at] in self._lex.adjectives:
            return False
        if strong:
            return is_name_word(view, at, self._finder.particles)
        if self._is_other(at) or (words == 1 and not self._unknown(at)):
            return False
        nisba = self._unknown(at) or view.keys[at].endswith("ي")
        return nisba or (not self._closed(at) and self._is_last(at))

    def _closed(self, at: int) -> bool:
        """Whether the word before word `at` has the article, and not only for God's servant (عبد الكريم)."""
        return self._view.definite[at - 1] and (at == 1 or self._view.keys[at - 2] not in self._finder.servant)

    def _is_last(self, at: int) -> bool:
        """Whether what stands behind word `at` is no part of the same phrase, or plainly another name."""
        view, behind = self._view, at + 1
        if not view.near(behind) or view.words[behind].proclitics:
            return True
        if view.words[behind].form in self._finder.particles or self._begins(behind) or self._unknown(behind):
            return True
        return view.keys[behind].endswith("ي") or (view.definite[behind] and self._is_other(behind))

    def _compounds(self, at: int, *, free: bool) -> bool:
        """Whether word `at` and the next are one name: with `free` أبو before any noun, else before a name."""
        view, behind = self._view, at + 1
        if not view.near(behind) or view.words[behind].proclitics or view.words[behind].enclitic:
            return False
        if not is_name_word(view, behind, self._finder.particles) or self._covered[behind] > self._covered[at]:
            return False
        if view.keys[at] in self._finder.servant:
            return view.definite[behind] or view.keys[behind] == _GOD
        lineage = view.keys[at] in self._finder.lineage and view.definite[behind]
        return (
            (free and (lineage or view.keys[at] in self._finder.free)) or self._unknown(behind) or self._begins(behind)
        )

    def _is_other(self, at: int) -> bool:
        """Whether a word that is no given name is plainly something else: a verb, a role, a time, an accusative."""
        view, lex = self._view, self._lex
        word, key = view.words[at], view.keys[at]
        if not is_name_word(view, at, self._finder.particles) or key in lex.times or key in lex.stops:
            return True
        if any(key in index for index in (lex.bodies, lex.titles, lex.people, lex.targets)) or key in lex.adjectives:
            return True
        return key.startswith("ي") or (word.stem.endswith("ا") and fold(word.lemma) == word.stem[:-1])

    def _is_foreign(self, at: int) -> bool:
        """Whether one word alone can name a person of whom nothing was said: one that no dictionary has."""
        view, key = self._view, self._view.keys[at]
        if view.definite[at] or len(key) <= _SHORTEST_SURNAME or key.endswith(_ROWS) or key.startswith(_FUSED):
            return False
        lemma, form = self._finder.known.words.lemma, view.words[at].form
        derived = key.endswith("ي") and (lemma(form[:-1]) or lemma(form[:-1] + "ة"))  # جماعي, of جماعة
        return self._unknown(at) and not derived

    def _holds(self, k: int, end: int, *, said: bool, cued: bool) -> bool:
        """Whether words `k`..`end` are enough of a name where they stand."""
        view = self._view
        if said or cued:
            alone = not view.definite[k] and view.keys[k] not in self._finder.never_alone
            return said or end - k > 1 or alone
        # الناجي الوحيد: two words with the article are a noun and its adjective.
        return end - k > 1 and not (view.definite[k] and view.definite[k + 1])

    def _begins(self, k: int) -> bool:
        return self._view.keys[k] in self._finder.begins

    def _unknown(self, k: int) -> bool:
        return self._finder.known.is_unknown(self._view.words[k])

    # --- who has been named ---

    def _learn(self, k: int, end: int) -> None:
        """Keep the first name and the surname of the person named by words `k`..`end`."""
        view = self._view
        keys, whole = view.keys, view.name(k, end)
        first = end - 2 if end - k > 1 and keys[end - 2] in self._lex.compound else end - 1
        surname = tuple(keys[first:end])
        if (first > k or end - first > 1) and len(surname[-1]) >= _SHORTEST_SURNAME:
            self._surnames.setdefault(surname, (k, view.definite[end - 1], whole))
            self._begun.add(surname[0])
        if first > k and keys[k] in self._lex.given:
            self._firsts.setdefault(keys[k], (k, whole))

    def _earlier(self, k: int, *, sure: bool) -> tuple[int, str] | None:
        """Where a part of a name ends by which the text now calls a person it named before, and the whole name."""
        view = self._view
        keys = view.keys
        if view.near(k + 1) and (keys[k], keys[k + 1]) in self._surnames:
            at, _, whole = self._surnames[keys[k], keys[k + 1]]
            if at < k:
                return k + 2, whole
        if (keys[k],) in self._surnames:
            at, definite, whole = self._surnames[keys[k],]
            if at < k and ((sure and definite == view.definite[k]) or self._unknown(k)):
                return k + 1, whole
        if sure and keys[k] in self._firsts and not view.definite[k]:
            at, whole = self._firsts[keys[k]]
            return (k + 1, whole) if at < k else None
        return None

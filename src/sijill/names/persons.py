"""Persons by name: two known names in a row, the subject of a verb of saying, a surname that the report gave before.

Titled persons are found with the targets (`العقيد …`), officials with the bodies; this finds those who stand bare.

Source: Arabic onomastics after A. Schimmel, Islamic Names, 1989 (ism, kunya, nasab, nisba).
"""

from __future__ import annotations

from collections.abc import Iterable

from sijill.model import Mention, MentionKind
from sijill.names.phrases import Known, Phrases, is_name_word
from sijill.names.view import View

__all__ = ["PersonFinder"]

_SHORTEST_SURNAME = 3


class PersonFinder:
    """Finds persons who are named without a title. Holds no state between texts."""

    def __init__(self, known: Known) -> None:
        self._known, self._lex, self._know = known, known.lexicon, known.knowledge

    def find(self, view: View, phrases: Phrases, taken: Iterable[tuple[int, int]]) -> list[Mention]:
        """The bare persons of `view`, in text order; `taken` are the positions that other mentions cover."""
        covered = bytearray(view.size + 1)
        for first, last in taken:
            covered[first:last] = b"\1" * (last - first)
        surnames = self._surnames(view, phrases)
        found: list[Mention] = []
        begins = self._lex.given | self._lex.compound | surnames.keys()
        keys, speech = view.keys, self._lex.speech
        k = 0
        while k < view.size:
            end = k + 1
            if covered[k]:
                pass
            elif (keys[k] in begins or (k > 0 and keys[k - 1] in speech)) and is_name_word(
                view, k, self._know.particles
            ):
                mention, end = self._at(view, k, phrases, surnames)
                if mention is not None:
                    found.append(mention)
            k = end
        return found

    def _at(
        self, view: View, k: int, phrases: Phrases, surnames: dict[str, tuple[int, str]]
    ) -> tuple[Mention | None, int]:
        said = k > 0 and view.near(k) and view.keys[k - 1] in self._lex.speech and not view.words[k].proclitics
        kind = MentionKind.BODY if said else MentionKind.PEOPLE
        if self._is_given(view, k) and view.words[k].proclitics in ("", "و", "ل"):
            end = phrases.person_end(k, strict=True, led=True)
            if end is not None and (end - k > 1 or said) and (said or self._named_through(view, k, end)):
                return view.mention(kind, k, end, "persons.name", subtype="person"), end
        earlier = surnames.get(view.keys[k])
        if earlier is not None and earlier[0] < k and (said or self._unknown(view, k)):
            return view.mention(kind, k, k + 1, "persons.surname", name=earlier[1], subtype="person"), k + 1
        if said and self._unknown(view, k) and not view.definite[k]:
            end = phrases.person_end(k, strict=False) or k + 1
            return view.mention(kind, k, end, "persons.speaker", subtype="person"), end
        return None, k + 1

    def _is_given(self, view: View, k: int) -> bool:
        return view.keys[k] in self._lex.given or view.keys[k] in self._lex.compound

    def _named_through(self, view: View, first: int, last: int) -> bool:
        """Whether the words after the first can only be names: given names, surnames of a shape, unknown words."""
        if view.keys[first] in self._lex.compound and last - first == 2:
            return self._unknown(view, first + 1) or view.keys[first + 1] in self._lex.given
        if view.keys[first] in self._lex.compound and view.keys[first + 1] in self._lex.given:
            return True  # a kunya: what follows is its bearer's nisba
        return all(
            self._is_given(view, at) or view.keys[at - 1] in self._lex.compound or self._unknown(view, at)
            for at in range(first + 1, last)
        )

    def _unknown(self, view: View, k: int) -> bool:
        return self._known.is_unknown(view.words[k])

    def _surnames(self, view: View, phrases: Phrases) -> dict[str, tuple[int, str]]:
        """The last words of the personal names that the phrases of this text have shown: where, and the whole name."""
        found: dict[str, tuple[int, str]] = {}
        for first, last in sorted(phrases.persons):
            key = view.keys[last - 1]
            if last - first > 1 and len(key) >= _SHORTEST_SURNAME:
                found.setdefault(key, (last - 1, view.name(first, last)))
        return found

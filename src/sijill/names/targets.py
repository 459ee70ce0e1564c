"""What is struck, groups of people without a number, and persons with a title.

A target is its noun with the closest adjuncts (`سوق للخضروات`, `مقرات …`); people are definite classes (`المدنيين`,
`أهالي القرية`): an indefinite plural is a count and read as one elsewhere. A titled person is one (`العقيد …`).

Source: target classes after ACLED's codebook and the Airwars archive; the phrase itself as in `phrases`.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sijill.model import Mention, MentionKind
from sijill.names.phrases import Known, Phrases, head_at, keeps_nun, quoted_end, undone
from sijill.names.view import View

__all__ = ["TargetFinder"]

_QUOTED_WORDS = 4
_MOST_ADJECTIVES = 2


class TargetFinder:
    """Finds targets and people of a text. One per loaded lexicon; holds no state between texts."""

    def __init__(self, known: Known) -> None:
        self._lex, self._know = known.lexicon, known.knowledge
        self._begins = frozenset((*self._lex.titles, *self._lex.targets, *self._lex.people))

    def find(self, view: View, phrases: Phrases, counted: AbstractSet[int]) -> list[Mention]:
        """The targets, people and titled persons of `view` in text order; units of quantities are left out."""
        lex, begins, keys, stems = self._lex, self._begins, view.keys, view.stems
        found: list[Mention] = []
        done = 0
        for k in [k for k, key in enumerate(keys) if key in begins or stems[k] in begins]:
            if k < done:
                continue
            key, stem = keys[k], stems[k]
            mention = None
            end = k + 1
            if key in lex.titles or stem in lex.titles:
                mention, end = self._person(view, k, phrases)
            if mention is None and (key in lex.targets or stem in lex.targets):
                mention, end = self._target(view, k, phrases)
            if mention is None and k not in counted and (key in lex.people or stem in lex.people):
                mention, end = self._people(view, k, phrases)
            if mention is not None:
                found.append(mention)
            done = end
        return found

    def _target(self, view: View, k: int, phrases: Phrases) -> tuple[Mention | None, int]:
        match = head_at(self._lex.targets, view, k)
        if match is None:
            return None, k + 1
        head, at = match
        if undone(view, at, self._lex.unless[head.id]) or view.words[k].form in self._lex.no_targets:
            return None, at
        end = phrases.end(k, at, head, coordinate=False)
        first = k
        if k > 0 and view.near(k) and view.keys[k - 1] in self._lex.determiners and not view.words[k].proclitics:
            first = k - 1
        mention = view.mention(MentionKind.TARGET, first, end, f"targets.{head.id}", subtype=head.kind)
        return mention, end

    def _people(self, view: View, k: int, phrases: Phrases) -> tuple[Mention | None, int]:
        match = head_at(self._lex.people, view, k)
        if match is None:
            return None, k + 1
        head, at = match
        end = (
            at if keeps_nun(view.words[at - 1]) and not view.definite[k] else phrases.end(k, at, head, coordinate=False)
        )
        whole = view.definite[k] or bool(view.words[at - 1].enclitic) or (end > at and view.definite[end - 1])
        if not whole:
            return None, at
        return view.mention(MentionKind.PEOPLE, k, end, f"people.{head.id}", subtype=head.kind), end

    def _person(self, view: View, k: int, phrases: Phrases) -> tuple[Mention | None, int]:
        """A title, its adjectives, and a quoted or known personal name."""
        match = head_at(self._lex.titles, view, k)
        if match is None or not view.definite[k] or view.words[k].enclitic:
            return None, k + 1
        head, at = match
        while at < match[1] + _MOST_ADJECTIVES and view.near(at) and self._is_adjective(view, at):
            at += 1
        if not view.joined(at):
            return None, k + 1
        end = quoted_end(view, at, _QUOTED_WORDS) or (phrases.person_end(at, strict=False) if view.near(at) else None)
        if end is None:
            return None, k + 1
        more = quoted_end(view, end, _QUOTED_WORDS)
        last = more if more is not None else end
        return view.mention(MentionKind.PEOPLE, k, last, f"titles.{head.id}", subtype="person"), last

    def _is_adjective(self, view: View, k: int) -> bool:
        key = view.keys[k]
        return view.definite[k] and (
            key in self._know.modifiers or key in self._know.adjectives or key in self._lex.adjectives
        )

"""Who speaks: sources, officials, ministries, monitors, residents, media.

A known name (`المرصد السوري لحقوق الإنسان`, `رويترز`), or a head noun with the whole phrase that tells who it is, up to
the particle or verb of reporting: `المتحدث باسم الجيش …`, `مصادر محلية`, `وكالة "…" التركية`.

Source: C. Holes, Modern Arabic, ch. 8 (reporting in the press); the phrase itself as in `phrases`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from sijill.model import Mention, MentionKind
from sijill.names.lexicon import BodyHead, NamedAlias
from sijill.names.phrases import Known, Phrases, head_at, keeps_nun, quoted_end, undone
from sijill.names.view import View

__all__ = ["BodyFinder"]

_QUOTED_WORDS = 5
_BACK = 20  # speakers back that a bare noun may stand for


class _Speaker(msgspec.Struct, frozen=True, gc=False):
    first: int
    last: int
    rule: str
    kind: MentionKind
    subtype: str
    ref: str | None = None
    label: str | None = None
    bound: bool = False
    named: int | None = None


class BodyFinder:
    """Finds who may speak in a text. One per loaded lexicon; holds no state between texts."""

    def __init__(self, known: Known) -> None:
        self._known, self._lex, self._know = known, known.lexicon, known.knowledge
        lex = known.lexicon
        self._begins = frozenset((*lex.named, *lex.outlets, *lex.bodies))
        self._heads = frozenset((*lex.outlets, *lex.bodies))
        self._names = frozenset((*lex.named, *lex.outlets))

    def phrases(self, view: View, names: Iterable[tuple[int, int]]) -> Phrases:
        """The phrase reader of one text; `names` are the actors and places known so far (first, last)."""
        starts: dict[int, int] = {}
        for first, last in names:
            starts[first] = max(last, starts.get(first, 0))
        known, outlets = self._names, self._lex.outlets
        # لوكالتنا: our own outlet ends a phrase too
        shut = {k for k, word in enumerate(view.words) if word.enclitic == "نا" and view.stems[k] in outlets}
        for k in [k for k, key in enumerate(view.keys) if key in known]:
            alias = self._named_at(view, k, bound=True) if view.keys[k] in self._lex.named else None
            if alias is not None and alias.outlet:
                starts[k] = max(k + len(alias.tokens), starts.get(k, 0))
                shut.add(k)
            elif alias is not None:
                starts[k] = max(k + len(alias.tokens), starts.get(k, 0))
            elif view.keys[k] in self._lex.outlets:
                shut.add(k)
                outlet = self._outlet(view, k)
                if outlet is not None and outlet.subtype != "description":
                    starts[k] = max(outlet.last, starts.get(k, 0))
        return Phrases(self._known, view, starts, shut)

    def find(self, view: View, phrases: Phrases, actors: Mapping[int, int]) -> list[Mention]:
        """The bodies and outlets of `view` in text order; `actors` gives how far an actor's name rules
        out a body that begins with it.
        """
        found: list[_Speaker] = []
        begins, heads, stems = self._begins, self._heads, view.stems
        done = 0
        for k in [k for k, key in enumerate(view.keys) if key in begins or stems[k] in heads]:
            speaker = self._at(view, k, phrases) if k >= done else None
            if speaker is None or actors.get(k, 0) > speaker.last:
                continue
            if self._stands(speaker, found):
                found.append(speaker)
            done = speaker.last
        sure = {speaker.ref for speaker in found if speaker.ref is not None and not speaker.bound}
        return [
            view.mention(
                s.kind,
                s.first,
                s.last,
                s.rule,
                name=view.name(s.first, s.named) if s.named is not None else None,
                ref=s.ref,
                label=s.label,
                subtype=s.subtype,
            )
            for s in found
            if not s.bound or s.ref in sure
        ]

    @staticmethod
    def _stands(speaker: _Speaker, found: list[_Speaker]) -> bool:
        """Whether a bare `الموقع` is an outlet: only once the report has named one with that noun."""
        bare = speaker.rule == "outlets.head.site" and speaker.subtype == "description"
        return not bare or any(other.rule == speaker.rule for other in found[-_BACK:])

    def _at(self, view: View, k: int, phrases: Phrases) -> _Speaker | None:
        key, stem = view.keys[k], view.stems[k]
        lex = self._lex
        best: _Speaker | None = None
        if key in lex.named:
            best = self._named(view, k)
        if key in lex.outlets or stem in lex.outlets:
            best = _longer(best, self._outlet(view, k))
        if key in lex.bodies or stem in lex.bodies:
            best = _longer(best, self._body(view, k, phrases))
        return best

    def _named(self, view: View, k: int) -> _Speaker | None:
        alias = self._named_at(view, k, bound=True)
        if alias is None:
            return None
        end = k + len(alias.tokens)
        again = self._named_at(view, end, bound=True) if view.joined(end) and view.gaps[end] else None
        if again is not None and again.entry.id == alias.entry.id and not view.words[end].proclitics:
            end += len(again.tokens)
        elif self._goes_on(view, end) and view.definite[end] and self._owned(view, end):
            end += 1
        kind = MentionKind.OUTLET if alias.outlet else MentionKind.BODY
        entry = alias.entry
        return _Speaker(k, end, "bodies.name", kind, entry.kind, entry.id, entry.label, alias.bound)

    @staticmethod
    def _annexed(view: View, at: int) -> bool:
        return view.near(at) and view.definite[at] and not view.words[at].proclitics

    @staticmethod
    def _goes_on(view: View, k: int) -> bool:
        """Whether word `k` follows with no more than a closing mark between."""
        return view.joined(k) and not view.opened[k]

    def _owned(self, view: View, k: int) -> bool:
        return view.keys[k] in self._know.adjectives and not view.words[k].proclitics

    def _named_at(self, view: View, k: int, *, bound: bool) -> NamedAlias | None:
        rows = self._lex.named.get(view.keys[k]) if k < view.size else None
        for row in rows or ():
            if row.article != view.definite[k] or (row.bound and not bound):
                continue
            if view.goes_on(k, row.tokens):
                return row
        return None

    # --- outlets by head noun --------------------------------------------------------------------------------------

    def _outlet(self, view: View, k: int) -> _Speaker | None:
        match = head_at(self._lex.outlets, view, k)
        if match is None:
            return None
        head, at = match
        if view.words[at - 1].enclitic or undone(view, at, self._lex.unless[head.id]):
            return None
        definite = view.definite[at - 1]
        named = self._outlet_name(view, at, head, definite=definite)
        end = named[0] if named is not None else at
        while self._goes_on(view, end) and self._owned(view, end) and (view.definite[end] or not (definite or named)):
            end += 1
        again = quoted_end(view, end, _QUOTED_WORDS)
        end = again if again is not None and named is None and end > at else end
        if end == at and not (definite and head.kind in ("agency", "paper", "channel", "site")):
            return None
        subtype = head.kind if named is not None or not definite else "description"
        ref, label = (named[1] if named is not None else None) or (None, None)
        return _Speaker(k, end, f"outlets.head.{head.id}", MentionKind.OUTLET, subtype, ref, label)

    def _outlet_name(
        self, view: View, at: int, head: BodyHead, *, definite: bool
    ) -> tuple[int, tuple[str, str] | None] | None:
        """Where the name behind an outlet's noun ends, and the outlet's id and label if known."""
        if not view.joined(at) or view.words[at].proclitics:
            return None
        alias = self._named_at(view, at, bound=True)
        if alias is not None and alias.outlet:
            end = at + len(alias.tokens)
            closing = quoted_end(view, at, _QUOTED_WORDS)
            return max(end, closing or 0), (alias.entry.id, alias.entry.label)
        end_quoted = quoted_end(view, at, _QUOTED_WORDS)
        if end_quoted is not None:
            return end_quoted, None
        if head.kind == "site" or definite or not view.near(at) or not view.definite[at] or self._owned(view, at):
            return None
        if view.keys[at] in self._know.modifiers or view.keys[at] in self._lex.adjectives:
            return None
        return at + 1, None

    # --- sources by head noun --------------------------------------------------------------------------------------

    def _body(self, view: View, k: int, phrases: Phrases) -> _Speaker | None:
        match = head_at(self._lex.bodies, view, k)
        if match is None:
            return None
        head, at = match
        if undone(view, at, self._lex.unless[head.id]):
            return None
        definite = view.definite[at - 1]
        enclitic = view.words[at - 1].enclitic
        end = phrases.end(k, at, head, coordinate=True)
        if view.near(end) and definite and view.words[end].enclitic and view.stems[end] in self._lex.selves:
            end += 1  # المصدر ذاته: the same, and no part of the name
            return _Speaker(k, end, f"bodies.head.{head.id}", MentionKind.BODY, "description", named=end - 1)
        owned = bool(enclitic) and enclitic != "نا"
        ours = enclitic == "نا" and head.kind == "source"  # مصادرنا speak
        if enclitic and not (head.person or ours):
            return None  # مصدره, إعلاننا: a thing that someone has
        if end == at and not (definite or head.annex or keeps_nun(view.words[at - 1])) and self._annexed(view, at):
            return None  # مصدر الإشارة: annexed, so no one who speaks
        stands = head.alone == "any" or (head.alone == "definite" and (definite or owned)) or enclitic == "نا"
        if end == at and not stands:
            return None
        subtype = "possessed" if owned else "description" if end == at and definite else head.kind
        return _Speaker(k, end, f"bodies.head.{head.id}", MentionKind.BODY, subtype)


def _longer(one: _Speaker | None, other: _Speaker | None) -> _Speaker | None:
    if one is None or (other is not None and other.last > one.last):
        return other
    return one

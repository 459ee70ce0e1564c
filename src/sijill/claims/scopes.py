"""Scopes of a sentence: which words stand under whose saying; and who spoke before it.

Scopes nest: what stands inside the complement of another is said by both, outermost first. A scope is closed where
another of its level begins. Depth is bounded: deeper ones are held at the deepest level.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sijill.claims.speech import Speech
from sijill.model import Mention, Modality, Source
from sijill.names.view import key_of

__all__ = ["DEEPEST", "Attribution", "Heard", "Scope", "gender_of"]

DEEPEST = 3
_REMEMBERED = 4
_FEMININE = ("ه", "ات", "اء")
_PLURAL = ("ون", "ين")


@dataclass(slots=True)
class Scope:
    """Words `start`..`end` (half open): `sources`, outermost first, say so; `verb` is where the saying stands.

    `silent`: the verb is what they did (`هدد`), not what they said: the outlet tells it.
    """

    start: int
    end: int
    sources: tuple[Source, ...]
    modality: Modality
    verb: int
    depth: int = 1
    silent: bool = False


class Heard(tuple[Source, ...]):  # noqa: SLOT001  (a tuple with a field more can have no slots)
    """The chain of sources that spoke last, and the ones before it (`earlier`, latest last).

    `awaited` is the mark that closes the quotation which its last sentence left open, `quoted` how many sentences
    that quotation has run.
    """

    earlier: tuple[tuple[Source, ...], ...] = ()
    awaited: str = ""
    quoted: int = 0

    def then(self, sources: tuple[Source, ...]) -> Heard:
        """What is heard once `sources` have spoken."""
        if not sources or sources == tuple(self):
            return self
        heard = Heard(sources)
        heard.earlier = (*self.earlier, tuple(self))[-_REMEMBERED:] if self else ()
        return heard

    def quoting(self, awaited: str, quoted: int) -> Heard:
        """The same speaker, whose quotation goes on to the mark `awaited` ('' where none is open)."""
        heard = Heard(self)
        heard.earlier, heard.awaited, heard.quoted = self.earlier, awaited, quoted if awaited else 0
        return heard

    def agreeing(self, gender: str, speech: Speech) -> tuple[Source, ...]:
        """The latest chain whose inmost member a verb of `gender` can speak of; the last chain where none fits."""
        for chain in (tuple(self), *reversed(self.earlier)):
            for size in range(len(chain), 0, -1):
                if _fits(gender, gender_of(chain[size - 1], speech)):
                    return chain[:size]
        return tuple(self)


def _fits(verb: str, noun: str) -> bool:
    return verb == noun or "p" in (verb, noun)


def gender_of(source: Source, speech: Speech) -> str:
    """Which verb agrees with a source: `m`, `f`, or `p` (people, whose verb behind them is plural)."""
    words = source.name.split()
    key = key_of(words[0]) if words else ""
    if key in speech.words.feminine:
        return "f"
    if key in speech.words.plural or (len(key) > 4 and key.endswith(_PLURAL)):
        return "p"
    return "f" if key.endswith(_FEMININE) else "m"


@dataclass(slots=True)
class Attribution:
    """The scopes of a sentence, in the order in which they open; what no scope covers `whole` says.

    `barred` are the words of the attribution itself (no agents, places or dates of events stand there),
    `verbs` where its reporting verbs stand.
    """

    tree: list[Scope] = field(default_factory=list)
    whole: tuple[Source, ...] = ()
    verbs: list[tuple[int, str]] = field(default_factory=list)
    barred: set[int] = field(default_factory=set)
    why: list[str] = field(default_factory=list)
    speaker: Heard = field(default_factory=Heard)
    sites: tuple[Mention, ...] | None = None
    """The places of the sentence where something may have happened; None until they are asked for."""

    @property
    def scopes(self) -> list[tuple[int, tuple[Source, ...], Modality]]:
        """Where each scope begins, who speaks in it, and how far it is held true."""
        return [(scope.start, scope.sources, scope.modality) for scope in self.tree]

    def inmost(self, word: int) -> Scope | None:
        """The scope that `word` stands in."""
        for scope in reversed(self.tree):
            if scope.start <= word < scope.end:
                return scope
        return None

    def at(self, word: int) -> tuple[tuple[Source, ...], Modality]:
        """Sources and modality of what stands at `word`."""
        # A saying that is an event itself (a claim of responsibility) is told by who says it, a threat by the outlet.
        told = [scope for scope in self.tree if scope.verb == word]
        scope = told[0] if told else self.inmost(word)
        if scope is None:
            return self.whole, Modality.ASSERTED
        return (self.whole if scope.silent else scope.sources or self.whole), scope.modality

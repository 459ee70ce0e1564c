"""Text → Mention: actors, places, sources, targets, groups of people; who is named, and where.

`NameReader` holds what is loaded once; `NameReader.read(text, values)` gives the mentions in text order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from sijill.model import Mention, MentionKind, Span, Text, Values
from sijill.names import places
from sijill.names.actors import ActorFinder
from sijill.names.bodies import BodyFinder
from sijill.names.coreference import resolve_descriptions
from sijill.names.knowledge import load_knowledge
from sijill.names.lexicon import load_lexicon
from sijill.names.persons import PersonFinder
from sijill.names.phrases import Known
from sijill.names.places import PlaceFinder
from sijill.names.targets import TargetFinder
from sijill.names.view import View
from sijill.text.lexicon import WordLexicon, load_words

__all__ = ["NameReader", "lexicon_words", "resolve_descriptions"]

# A mention of the first kind inside one of the second is part of that name and none of its own.
_INNER = {
    MentionKind.ACTOR: (MentionKind.BODY, MentionKind.OUTLET),
    MentionKind.BODY: (MentionKind.ACTOR, MentionKind.OUTLET),
    MentionKind.OUTLET: (MentionKind.BODY,),
    MentionKind.TARGET: (MentionKind.ACTOR, MentionKind.BODY, MentionKind.OUTLET),
    MentionKind.PEOPLE: (MentionKind.ACTOR, MentionKind.BODY, MentionKind.OUTLET, MentionKind.TARGET),
    MentionKind.PLACE: (MentionKind.ACTOR, MentionKind.BODY, MentionKind.OUTLET),
}


# People who speak are somewhere: a place in their phrase is a place as well (`الأهالي في بلدة …`).
_SOMEWHERE = frozenset(["residents", "source", "witnesses", "activists", "reporter"])
_NOUNS_BETWEEN = 2  # words between the preposition and the name: في بلدة …
# Rules whose head noun also heads the names of places.
_AMBIGUOUS = frozenset(["bodies.head.ministry", "actors.head.front"])


def lexicon_words(overlay: Path | None = None) -> tuple[str, ...]:
    """The words of the names room's data that clitics may stand before; for `TextReader(extra=…)`."""
    return (*load_knowledge(overlay).words, *load_lexicon(overlay).words, *places.lexicon_words(overlay))


class NameReader:
    """Reads who and where is named. `lexicon` is the text room's, where the caller has one.

    Raises ResourceError when the data or the overlay is wrong.
    """

    def __init__(self, overlay: Path | None = None, lexicon: WordLexicon | None = None) -> None:
        know, words = load_knowledge(overlay, words=False), load_lexicon(overlay, words=False)
        lexicon = lexicon or load_words((), overlay)
        known = Known(words, know, lexicon)
        self.knowledge = know
        self._places = PlaceFinder(overlay, lexicon)
        self._actors = ActorFinder(know)
        self._bodies = BodyFinder(known)
        self._targets = TargetFinder(known)
        self._persons = PersonFinder(known, overlay)

    def read(self, text: Text, values: Values, known: Callable[[str], bool] | None = None) -> tuple[Mention, ...]:
        """All mentions of `text`, in text order; descriptions bear the name of what they stand for.

        `known` says whether a gazetteer of the user's has the name of a place.
        """
        view = View(text)
        position = {at: k for k, at in enumerate(view.index)}
        found_places = self._places.find(text, view, known)
        place_ends = _ends(found_places, position)
        counted = _counted(values, position)
        actors = self._actors.find(view, place_ends, counted)
        actor_ends = _ends(actors, position)
        phrases = self._bodies.phrases(view, [*place_ends.items(), *actor_ends.items()])
        # What the knowledge base knows by name is no body, however far its phrase would run (منظمة …).
        by_name = {position[m.first]: view.size for m in actors if m.rule == "actors.name"}
        bodies = self._bodies.find(view, phrases, {**actor_ends, **by_name})
        targets = self._targets.find(view, phrases, counted)
        others = [*found_places, *_without_places([*actors, *bodies], found_places), *targets]
        persons = self._persons.find(view, phrases, ((position[m.first], position[m.last - 1] + 1) for m in others))
        return resolve_descriptions(_outer([*others, *persons], text), text, self.knowledge)


def _without_places(named: list[Mention], places: Iterable[Mention]) -> list[Mention]:
    """`named` without what only reads the head noun of a place: `مديرية حيس` is a district, `جبهة نهم` a front line."""
    starts = {place.first for place in places}
    return [m for m in named if not (m.rule in _AMBIGUOUS and not starts.isdisjoint((m.first, m.first + 1)))]


def _ends(mentions: Iterable[Mention], position: dict[int, int]) -> dict[int, int]:
    """Where the mention that begins at a position of the view ends."""
    return {position[m.first]: position[m.last - 1] + 1 for m in mentions if m.first in position}


def _counted(values: Values, position: dict[int, int]) -> frozenset[int]:
    """The positions of the words of quantities: their nouns are units, no names."""
    return frozenset(
        position[at]
        for quantity in values.quantities
        if not quantity.bare
        for at in range(quantity.first, quantity.last)
        if at in position
    )


def _is_part(m: Mention, outer: Span) -> bool:
    """Whether a mention that lies in `outer` is only part of it; people who speak are people as well."""
    return m.span != outer and not (m.kind is MentionKind.PEOPLE and m.span.start == outer.start)


def _begins_in(m: Mention, actor: Span | None) -> bool:
    return actor is not None and actor.start < m.span.start < actor.end < m.span.end


def _is_located(m: Mention, text: Text) -> bool:
    """Whether the place is where something is (`محكمة في تونس`), and not whose it is (`محكمة تونس`)."""
    words = text.words
    near = range(max(0, m.first - _NOUNS_BETWEEN), m.first + 1)
    return any("ب" in words[at].proclitics or words[at].stem == "في" for at in near)


def _order(m: Mention) -> tuple[int, int, MentionKind]:
    """The longest first of those that begin together."""
    span = m.span
    return span.start, -span.end, m.kind


def _outer(mentions: list[Mention], text: Text) -> tuple[Mention, ...]:
    """`mentions` in text order without those that are part of another's name."""
    settled = {(m.span.start, m.span.end) for m in mentions if m.rule == "actors.name"}
    places_there = {(m.span.start, m.span.end) for m in mentions if m.kind is MentionKind.PLACE}
    mentions.sort(key=_order)
    kept: list[Mention] = []
    widest: dict[MentionKind, Span] = {}
    shut: dict[MentionKind, Span] = {}
    for m in mentions:
        if m.kind is MentionKind.TARGET and (
            (m.span.start, m.span.end) in settled | places_there or _begins_in(m, widest.get(MentionKind.ACTOR))
        ):
            continue  # القاعدة, of تنظيم القاعدة
        if m.kind in (MentionKind.BODY, MentionKind.PEOPLE) and (m.span.start, m.span.end) in places_there:
            continue  # الشيخ …, a village
        around = shut if m.kind is MentionKind.PLACE else widest
        if m.kind is MentionKind.PLACE and _is_located(m, text):
            around = {kind: span for kind, span in shut.items() if kind is not MentionKind.BODY}
        end = m.span.end
        outer = [around[kind] for kind in _INNER[m.kind] if kind in around and around[kind].end >= end]
        if outer and any(_is_part(m, span) for span in outer):
            continue
        kept.append(m)
        if m.kind not in widest or m.span.end > widest[m.kind].end:
            widest[m.kind] = m.span
        open_ = m.kind is MentionKind.BODY and m.subtype in _SOMEWHERE
        if not open_ and (m.kind not in shut or m.span.end > shut[m.kind].end):
            shut[m.kind] = m.span
    return tuple(kept)

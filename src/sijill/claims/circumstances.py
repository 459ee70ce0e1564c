"""When and where: which of a sentence's dates and places belong to which claim.

A time or place in the clause of a claim is its own; a time stated for the sentence holds for the clauses that state
none. What belongs to the reporting verb, or names a source or a party, is neither.

Source: the annotation guidelines ("date", "places", "Reporting day").
"""

from __future__ import annotations

from sijill.claims.antecedents import refers_back
from sijill.claims.attribution import Attribution
from sijill.claims.frames import Frame
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.view import View
from sijill.model import ClaimType, DateRange, Mention, MentionKind, Modality, Place, Span, StatedDate

__all__ = ["date_of", "places_of", "sums_up"]

_SENTENCE_REACH = 30
_BEHIND_REACH = 18
_SHARED_REACH = 10
_JOINED_REACH = 20
_SOURCE_REACH = 6
_MOST_FRONTED = 6
_HEAD_REACH = 3  # `وفي مدينة درنة`
_OF_GROUND = frozenset([ClaimType.TERRITORY_GAINED, ClaimType.SIEGE, ClaimType.WITHDRAWAL, ClaimType.SHELLING])
_COMMAS = ("،", ",")

_RELATIVES = frozenset(["الذي", "التي", "الذين", "اللذين", "اللذان", "اللتين"])


def date_of(frame: Frame, frames: list[Frame], said: Attribution, lexicon: ClaimLexicon) -> StatedDate | None:
    """The time of a frame: its clause's, else the one that its sentence states for it too."""
    view = frame.view
    if not view.dates:
        return None
    announced = frame.main.trigger.type is ClaimType.AGREEMENT
    dates = [date for date in view.dates if announced or not _is_report_time(view, date, said, frames, lexicon)]
    dates = [date for date in dates if announced or view.local(date)[0] not in said.barred]
    dates = [date for date in dates if not _is_of_saying(frame, view.local(date)[0], said, lexicon, announced)]
    dates = [date for date in dates if not _is_of_relative(frame, view.local(date)[0], lexicon)]
    own = [date for date in dates if frame.start <= view.local(date)[0] < frame.end]
    chosen = min(own, key=lambda date: _distance(frame, view, date)) if own else _stated(frame, frames, dates, lexicon)
    if chosen is None:
        return None
    return StatedDate(chosen.start, chosen.end, chosen.span, chosen.text, chosen.precision)


def _is_of_saying(frame: Frame, at: int, said: Attribution, lexicon: ClaimLexicon, announced: bool) -> bool:  # noqa: FBT001
    """Whether word `at` stands between the verb whose scope holds the frame and that scope, or in a later scope.

    `دعت، الخميس، المتمردين إلى الانسحاب`: the call was on Thursday. A truce called for is so dated, one announced not.
    """
    scope, first = said.inmost(frame.main.first), frame.main.first
    if scope is not None and scope.verb < at < scope.start:
        recorded = scope.verb >= 0 and frame.view.stems[scope.verb] in lexicon.recording  # رصد المركز أمس قصفا
        return not (announced or recorded) or scope.modality is Modality.PLANNED
    other = said.inmost(at)
    return other is not None and other is not scope and other.start > first and not announced


def _is_of_relative(frame: Frame, at: int, lexicon: ClaimLexicon) -> bool:
    """`القوات، التي تشن حملة منذ أيام …، مسؤولة عن القصف`: a time inside a relative clause that is not the frame's."""
    view = frame.view
    pronoun = next((to for to in range(at - 1, -1, -1) if view.is_mark(to) or _relative(view, to, lexicon)), -1)
    if pronoun < 0 or view.is_mark(pronoun) or not lexicon.recording.isdisjoint(view.stems[pronoun:at]):
        return False  # المدنيين الذين وثقهم المرصد منذ مطلع العام
    end = next((to for to in range(at, len(view)) if view.is_mark(to)), len(view))
    if any(pronoun < hit.first < end or 0 <= pronoun - hit.last <= _HEAD_REACH for hit in frame.hits):
        return False
    return frame.main.first < pronoun or frame.main.first >= end


def _relative(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    return view.stems[at] in lexicon.words.relatives


def sums_up(date: StatedDate | None) -> bool:
    """Whether a time is so long that what is told of it sums up many events."""
    return date is not None and date.start is not None and date.end is not None and (date.end - date.start).days > 31


def _stated(frame: Frame, frames: list[Frame], dates: list[DateRange], lexicon: ClaimLexicon) -> DateRange | None:
    """The time that the sentence states before the frame, when no other clause opens between them."""
    view = frame.view
    first = frame.hits[0].first
    before = [date for date in dates if view.local(date)[0] < frame.start]
    if not before:
        return _behind(frame, frames, dates, lexicon)
    if _is_habit(frame, lexicon):
        return None  # وتتعرض المدينة بشكل مستمر للقصف
    date = before[-1]
    between = range(view.local(date)[1], first)
    opened = [at for at in lexicon.boundary.all(view) if at in between]
    # "…, where": what follows right behind the time happened then.
    if any(not _reaches_across(view, at, between, lexicon) for at in opened):
        return None
    if _goes_on(frame) and any(_one_of(view, at, lexicon.words.meanwhile) for at in opened):
        return None  # "while they step up their attacks": that is no event of the day
    if frame.main.noun and any(
        view.stems[at] in lexicon.words.after for at in range(max(between.start, first - 4), first)
    ):
        return None  # what something came after was earlier
    if not frame.main.noun and not (view.words[first].proclitics[:1] == "و" or opened):
        return None
    return date if len(between) <= _SENTENCE_REACH else None


def _is_habit(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """Whether the clause tells what happens again and again, by a verb of the present: `تتعرض بشكل مستمر`."""
    view = frame.view
    words = view.stems[frame.start : frame.end]
    present = any(stem[:1] in ("ي", "ت") and (stem in lexicon.suffer or stem in lexicon.light) for stem in words)
    return present and not lexicon.words.habits.isdisjoint(words)


def _goes_on(frame: Frame) -> bool:
    """Whether the frame's verb is one of the present, masculine: the feminine's ت begins verbs of the past as well."""
    return not frame.main.noun and frame.view.stems[frame.main.first].startswith("ي")


def _reaches_across(view: View, at: int, between: range, lexicon: ClaimLexicon) -> bool:
    """Whether a time holds behind the boundary at `at`: `كما`, `فيما`, `قبل أن`, or `حيث` right behind the time."""
    words, stem = lexicon.words, view.stems[at]
    if stem in words.across or _one_of(view, at, words.meanwhile) or stem in words.until:
        return True
    return stem in words.where_clause and at - between.start <= 2


def _one_of(view: View, at: int, words: frozenset[str]) -> bool:
    """Whether the boundary at `at` is one of `words`, alone (`فيما`) or governed (`في حين`)."""
    return not words.isdisjoint(view.stems[at : at + 2])


def _of_subordinate(frame: Frame, frames: list[Frame], between: range, lexicon: ClaimLexicon) -> bool:
    """Whether a time behind word `between` is that of what a clause inside tells, or of what had been before.

    `أفرج عن ناشطين اعتقلا الأحد`, `راهبة كانت خطفت في نيسان`, `وكان النزاع قد أوقع …`.
    """
    view = frame.view
    for other in frames:
        main = other.main
        if other is frame or main.noun or main.first not in between:
            continue
        if _in_relative(view, main.first, lexicon):
            return True
    past = (at for at in between if view.has(lexicon.speech.words.was, at))
    return any(view.joined(at) for at in past)


def _in_relative(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """Whether the verb at `at` tells more of people just named (`ناشطين اعتقلا`), or what they had been through."""
    if view.joined(at) or not at:
        return False
    before = at - 1
    while before > 0 and (view.has(lexicon.speech.words.auxiliaries, before) or view.has(_RELATIVES, before)):
        if view.has(lexicon.speech.words.was, before):
            return not view.joined(before)
        before -= 1
    mention = view.covered.get(before)
    return before in view.amounts or (mention is not None and mention.kind is MentionKind.PEOPLE)


def _behind(frame: Frame, frames: list[Frame], dates: list[DateRange], lexicon: ClaimLexicon) -> DateRange | None:
    """A time close behind the clause that no other clause is opened before."""
    view = frame.view
    last = max(hit.last for hit in frame.hits)
    for date in dates:
        between = range(last, view.local(date)[0])
        if _of_subordinate(frame, frames, between, lexicon):
            return None
        anchored = any(view.stems[at] in lexicon.words.after for at in between)  # "took the town after fighting in May"
        opened = (not _one_of(view, at, lexicon.words.when) for at in lexicon.boundary.all(view) if at in between)
        if len(between) <= (_SENTENCE_REACH if anchored else _BEHIND_REACH) and not any(opened):
            return date
    return None


def _distance(frame: Frame, view: View, date: DateRange) -> tuple[int, int]:
    first, last = view.local(date)
    main = frame.main
    gap = first - main.last if first >= main.last else main.first - last
    return (gap, first)


def _is_report_time(view: View, date: DateRange, said: Attribution, frames: list[Frame], lexicon: ClaimLexicon) -> bool:
    """Whether a time belongs to a reporting verb: it stands just before it, or between it and what is said."""
    words = lexicon.words
    first, last = view.local(date)
    for at, _ in said.verbs:
        if last <= at <= last + 2 and not any(frame.main.first < last for frame in frames):
            return True
    for start, _, _ in said.scopes:
        if start <= first and not any(start <= frame.hits[0].first < first for frame in frames):
            opened = any(view.stems[at] in words.that for at in range(start, first))
            behind = view.stems[last : last + 5]
            ahead = not (words.that.isdisjoint(behind) and words.about.isdisjoint(behind))
            if not opened and ahead:
                return True
    return False


def places_of(
    frame: Frame, frames: list[Frame], said: Attribution, lexicon: ClaimLexicon, parties: frozenset[Span] = frozenset()
) -> tuple[Place, ...]:
    """The places of a frame's clause; a clause without one takes those that stand behind a coordinated clause.

    `parties` are the spans of who acts and suffers in it: a state that acts is no place.
    """
    view = frame.view
    if said.sites is None:
        places = (m for m in view.mentions if m.kind is MentionKind.PLACE)
        said.sites = tuple(m for m in places if _is_site(view, m, said, lexicon))
    named = [m for m in said.sites if m.span not in parties]
    if not named and view.town is None:
        return ()
    own = [m for m in named if frame.start <= view.local(m)[0] < frame.end]
    fronted = [m for m in _fronted(view, frames, named) if m not in own]
    own = [*fronted, *own] or _by_pronoun(frame, named) or _shared_places(frame, frames, named, lexicon)
    # "the city" stands for a place named before, where the clause names none itself.
    own = [m for m in own if m.subtype != "description"] or own
    own = [m for m in own if m.subtype == "country" or not _is_label(view, m)] or own
    own = [m for m in own if not _is_of_source(frame, m, said)] or own
    if sum(not _is_label(view, m) for m in own) > 1:
        # An apposition that only locates a town (تعز جنوبي البلاد) is no further place.
        own = [m for m in own if not (m.subtype == "relative" and _only_locates(view, m, lexicon))] or own
    seen: dict[str, Place] = {}
    for mention in own:
        seen.setdefault(mention.name, Place(mention.name, mention.span, view.cut(mention.span), place_id=mention.ref))
    return tuple(seen.values())


def _by_pronoun(frame: Frame, named: list[Mention]) -> list[Mention]:
    """`… سرت. وكان الثوار قد حاصروها`: the pronoun on a verb of ground is the town named last before it."""
    view, verb = frame.view, frame.hits[0]
    if verb.noun or view.words[verb.first].enclitic != "ها" or verb.trigger.type not in _OF_GROUND:
        return []
    before = [m for m in named if view.local(m)[1] <= verb.first and m.subtype == "settlement"]
    return before[-1:] or ([view.town] if view.town is not None else [])


def _fronted(view: View, frames: list[Frame], named: list[Mention]) -> list[Mention]:
    """`وفي درنة، …`: the places that a sentence opens with, which hold for all its clauses."""
    places: list[Mention] = []
    behind = _HEAD_REACH
    for mention in named:
        first, last = view.local(mention)
        if first > behind or first >= frames[0].hits[0].first or not (places or view.preposition(first) in ("في", "ب")):
            break
        if len(places) == _MOST_FRONTED:
            return []
        places.append(mention)
        behind = last + 1
    last = view.local(places[-1])[1] if places else 0
    closed = last < len(view) and view.words[last].form in _COMMAS
    return places if closed else []


def _is_of_source(frame: Frame, mention: Mention, said: Attribution) -> bool:
    """`حسب مصدر طبي بالمستشفى الجهوي بالقصرين`: a place that goes on the phrase of who says so."""
    view, main = frame.view, frame.main
    first = view.local(mention)[0]
    for at in range(first - 1, max(-1, first - _SOURCE_REACH), -1):
        if view.is_mark(at) or main.first <= at < main.last:
            return False
        if at in said.barred:
            return True
    return False


def _is_label(view: View, mention: Mention) -> bool:
    """`حلب: …`: the label of a line of a digest."""
    first, last = view.local(mention)
    return 0 <= first <= 1 and last < len(view) and view.words[last].form == ":"


def _only_locates(view: View, mention: Mention, lexicon: ClaimLexicon) -> bool:
    first, last = view.local(mention)
    return not lexicon.words.locates.isdisjoint(view.stems[first:last])


def _shared_places(frame: Frame, frames: list[Frame], named: list[Mention], lexicon: ClaimLexicon) -> list[Mention]:
    """The places of the clause before, else of the one behind, for a clause that names none in one sentence with it."""
    view = frame.view
    at, reach = frames.index(frame), _reach(frame, lexicon)
    for other in (*reversed(frames[:at]), *frames[at + 1 :]):
        first, last = sorted((frame.main.first, other.main.first))
        places = [m for m in named if other.start <= view.local(m)[0] < other.end]
        if places and other.main.first < frame.main.first and _came_before(frame, lexicon):
            first = max(first, min(last, view.local(places[-1])[1]))
        if last - first > reach or lexicon.contrast.within(view, range(first, last)):
            continue
        places = [m for m in named if other.start <= view.local(m)[0] < other.end]
        if places:
            return places
    return []


def _came_before(frame: Frame, lexicon: ClaimLexicon) -> bool:
    """`استعاد الجيش البلدة …، بعد معارك`: fighting that led to what is told before it was in the same place."""
    main = frame.main
    fought = main.noun and main.trigger.type is ClaimType.ARMED_CLASH
    return fought and frame.view.preposition(main.first) in lexicon.words.after


def _reach(frame: Frame, lexicon: ClaimLexicon) -> int:
    """How far off the clause may be whose places a frame takes: farther for one that goes on with its subject."""
    view, main = frame.view, frame.main
    if refers_back(frame, lexicon):
        return _SENTENCE_REACH
    if main.noun or not view.joined(main.first):
        return _SHARED_REACH
    return _SENTENCE_REACH if view.words[main.first].form.endswith("وا") else _JOINED_REACH


def _heads(view: View, mention: Mention) -> bool:
    """`ليبيا.. مقتل ثلاثة`: a country that heads a line says where."""
    first, last = view.local(mention)
    return first == 0 and last < len(view) and view.words[last].form in (".", ":", "..")


def _is_site(view: View, mention: Mention, said: Attribution, lexicon: ClaimLexicon) -> bool:
    first, words = mention.first - view.base, lexicon.words
    if first in said.barred or mention.subtype in ("capital", "dateline"):
        return False
    if mention.subtype == "relative" and first and view.stems[first - 1] in lexicon.words.distances:
        return False  # (40 كم شمال تكريت)
    if mention.subtype == "country" and view.preposition(first) not in lexicon.words.where:
        return _heads(view, mention)
    if first and view.preposition(first) == "ب" and view.stems[first - 1] in words.takes_with:
        return False
    come_from = view.preposition(first) == "من"
    if words.origin.isdisjoint(view.vocabulary) and not come_from:
        return True
    ended = False
    for at in range(first - 1, max(-1, first - 9), -1):
        if view.is_mark(at):
            break
        ended = ended or _ends_origin(view, at, lexicon)
        departed = come_from and first - at <= 3 and view.has(words.departs, at)
        fired = come_from and view.has(words.sent, at)
        if departed or fired or (view.has(words.origin, at) and not ended):
            return False
    return True


def _ends_origin(view: View, at: int, lexicon: ClaimLexicon) -> bool:
    """`القوات المتمركزة في الثكنة | مناطق من …`, `| بقصف …`: an event or its object ends the phrase of where from."""
    if view.has(lexicon.words.origin, at) or at in view.covered or at in view.amounts or at in view.things:
        return False
    bare = not view.preposition(at) and not view.words[at].article and not view.has(lexicon.words.origin, at - 1)
    return view.stems[at] in lexicon.forms or (view.stems[at] in lexicon.ground and bare)

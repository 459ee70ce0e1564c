"""Who is the subject of a verb of saying, and whom it relays.

Source: W. Wright, A Grammar of the Arabic Language, vol. 2 (order and agreement of verb and subject).
"""

from __future__ import annotations

from typing import NamedTuple

from sijill.claims.complements import counts_objects, in_aside
from sijill.claims.inflection import is_ours
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.speech import Form, Speech, Words
from sijill.claims.view import View
from sijill.model import Mention, MentionKind, Source, WordKind

__all__ = ["Subject", "is_plain", "relayed", "source_of", "speaker_at", "subject"]

_SPEAKERS = (MentionKind.BODY, MentionKind.OUTLET, MentionKind.ACTOR, MentionKind.PEOPLE)
_ISSUED = ("bodies.head.statement", "bodies.head.account")
_STATES = ("capital", "country")
_REACH = 4  # words between a verb and its subject
_WAS = 14  # words of a subject between كان and its verb
_SHORTEST = 2  # letters of a word of a name
_ASIDE_WORDS = 8
_CHUNK = 6  # words of a subject that no name covers
_WITHIN = ("في", "من", "عن")  # جاء في البيان، وصدر عن الوزارة
_QUOTES = '"«“”'


class Subject(NamedTuple):
    """The speaker of a verb: where its words end, the source, and where it stands (`behind`, `before`, `carried`:
    before the verb and governed, as in `بعد معلومات أفادت`, `relative`: its antecedent; '' where there is none).
    """

    end: int
    sources: tuple[Source, ...]
    stands: str
    first: int


def source_of(view: View, mention: Mention) -> Source:
    """The source that a mention names."""
    return Source(mention.name, mention.span, view.cut(mention.span))


def speaker_at(view: View, at: int) -> Mention | None:
    """The mention over word `at`, if it names someone who can speak; states speak by their capitals."""
    mention = view.covered.get(at) if at >= 0 else None
    if mention is None or mention.subtype == "adjective":
        return None
    if mention.kind in _SPEAKERS or (mention.kind is MentionKind.PLACE and mention.subtype in _STATES):
        return mention
    return None


def subject(view: View, at: int, form: Form, lexicon: ClaimLexicon) -> Subject:
    """Who says it: behind the verb at `at`, before it, or in words that no name covers."""
    speech = lexicon.speech
    if form.verb.within:
        return _within(view, at)
    if at + 1 < len(view) and view.words[at + 1].enclitic and view.has(speech.words.numbers, at + 1):
        return Subject(at + 1, (), "carried", at)  # مجموعة يقدر عددها ب…: no one says so
    if is_ours(view.stems[at]):
        return Subject(at + 1, (), "", at)  # رصدنا: who speaks
    if (counted := _counted(view, at, form)) is not None:
        return counted
    before = _before(view, at, form, lexicon)
    if before is not None and before.stands == "before" and form.verb.accuses:
        return before
    if at + 1 < len(view) and view.has(speech.words.in_it, at + 1):
        return _issuer(view, at) or Subject(at + 2, (), "carried", at)
    if form.participle or form.gender == "p" or view.has(speech.words.pronouns, at - 1):
        return before or Subject(at + 1, (), "", at)
    behind = _behind(view, at, lexicon)
    if before is not None and (behind is None or behind.first > at + 1 or speaker_at(view, behind.first) is None):
        return before
    return behind or _chunk(view, at, form, lexicon)


def _is_unvoiced(view: View, words: Words, at: int) -> bool:
    """Whether word `at` can be no speaker; a commander (`آمر`) is not the matter (`أمر`) that folding makes of him."""
    return view.has(words.not_speakers, at) and not view.words[at].form.startswith("آ")


def _counted(view: View, at: int, form: Form) -> Subject | None:
    """`قال خمسة ناجين إن`, `حسبما روى ستة ناجين`: people that a number counts, right behind the verb, speak."""
    amount = view.amounts.get(at + 1)
    if amount is None or amount.bare or not amount.person or amount.kind is not None or form.verb.objects:
        return None
    first, last = view.local(amount)
    if first != at + 1 or view.words[first].proclitics:
        return None
    return Subject(last, (_named(view, first, last),), "behind", first)


def _within(view: View, at: int) -> Subject:
    """`جاء في بيان الوزارة أن`: what في governs tells it."""
    heads = at + 2 < len(view) and view.stems[at + 1] in _WITHIN
    mention = speaker_at(view, at + 2) if heads else None
    if mention is None:
        return Subject(at + 1, (), "carried", at)
    first, last = view.local(mention)
    return Subject(last, (source_of(view, mention),), "behind", first)


def _issuer(view: View, at: int) -> Subject | None:
    """`أصدرت الوزارة بيانا قالت فيه`: who acts before the verb at `at`, not what was issued."""
    for mention in reversed(view.mentions):
        first, last = view.local(mention)
        issued = mention.rule in _ISSUED
        if last <= at and not issued and speaker_at(view, first) is mention and not view.preposition(first):
            return Subject(at + 2, (source_of(view, mention),), "before", at)
    return None


def _behind(view: View, at: int, lexicon: ClaimLexicon) -> Subject | None:
    speech = lexicon.speech
    to, passed, words = at + 1, 0, speech.words
    begun: int | None = None
    while to < len(view) and passed < _REACH and not view.is_mark(to) and not view.has(words.that, to):
        mention = speaker_at(view, to)
        if mention is not None:
            first, last = view.local(mention)
            if not view.preposition(first) or _is_part(view, first, speech):
                if _is_unvoiced(view, words, first):
                    return Subject(at + 1, (), "", at)
                source = source_of(view, mention) if begun is None else _named(view, begun, last)
                last, others = _coordinated(view, last)
                return Subject(last, (source, *others), "behind", first if begun is None else begun)
            to, begun = last, None
        elif to == at + 1 and _is_unvoiced(view, words, to) and view.stems[to + 1 : to + 2] != ["من"]:
            return Subject(at + 1, (), "", at)  # يقدر عدد القتلى
        elif view.has(words.quantifiers, to):
            to, begun = to + 1, to if begun is None else begun
            continue
        elif view.has(words.occasions, to) or to in view.dated or view.has(words.adverbs, to):
            to, begun = to + 1, None
            continue
        else:
            plain = is_plain(view, to, lexicon)
            begun = (to if begun is None else begun) if plain else None
            to += 1
        passed += 1
    return None


def _named(view: View, first: int, last: int) -> Source:
    """The source that words `first`..`last` (half open) name."""
    span = view.span(first, last)
    return Source(view.cut(span), span, view.cut(span))


def _coordinated(view: View, last: int) -> tuple[int, tuple[Source, ...]]:
    """A second speaker that و joins to the one that ends before `last`: `قالت الوزارة والبلدية إن`."""
    mention = speaker_at(view, last) if last < len(view) else None
    if mention is None or view.words[last].proclitics != "و" or view.local(mention)[0] != last:
        return last, ()
    return view.local(mention)[1], (source_of(view, mention),)


def _is_part(view: View, first: int, speech: Speech) -> bool:
    """`العديد من التقارير`: من behind a word of quantity governs no one else."""
    return first > 1 and view.stems[first - 1] == "من" and view.has(speech.words.quantifiers, first - 2)


def _was(view: View, to: int, lexicon: ClaimLexicon) -> bool:
    """Whether كان opens the clause whose subject ends at word `to`, so that its verb is still to come."""
    for at in range(to - 1, max(-1, to - _WAS), -1):
        if view.has(lexicon.speech.words.was, at):
            return True
        if view.stems[at] in lexicon.speech.verbs:
            return False
    return False


def _opened(view: View, to: int, lexicon: ClaimLexicon) -> Mention | None:
    """`وكانت الكتيبة الموالية للتنظيم تبنت`: the subject right behind كان, not the name that its attribute governs."""
    for at in range(to - 1, max(-1, to - _WAS), -1):
        if view.has(lexicon.speech.words.was, at):
            mention = speaker_at(view, at + 1)
            plain = mention is not None and mention.kind is not MentionKind.PLACE and not view.words[at + 1].proclitics
            return mention if plain else None
        if view.is_mark(at) or view.stems[at] in lexicon.speech.verbs:
            return None
    return None


def _unnamed_before(view: View, at: int, to: int, lexicon: ClaimLexicon) -> Subject | None:
    """A subject that no name covers between أن, or كان, and its verb: `أن والد الطفل أكد`, `وكان … قد أعلن`."""
    first = to + 1
    while first > 0 and to + 1 - first < _CHUNK and is_plain(view, first - 1, lexicon):
        if view.has(lexicon.speech.words.was, first - 1):
            break
        first -= 1
    words = lexicon.speech.words
    opened = view.has(words.that, first - 1) or view.has(words.was, first - 1)
    opened = opened or (first > 0 and view.words[first - 1].form in "،," and _was(view, first - 1, lexicon))
    if first > to or not opened or view.has(lexicon.speech.words.pronouns, first - 1):
        return None
    if _is_unvoiced(view, lexicon.speech.words, first):
        return Subject(at + 1, (), "carried", first)
    return Subject(at + 1, (_named(view, first, to + 1),), "before", first)


def _before(view: View, at: int, form: Form, lexicon: ClaimLexicon) -> Subject | None:
    """The name right before a verb that nothing joins to what precedes."""
    if form.participle or view.joined(at):
        return None
    to, words = at - 1, lexicon.speech.words
    apart = "()»" + _QUOTES + ("،," if form.gender == "p" else "")
    while to >= 0 and (view.has(words.auxiliaries, to) or view.words[to].form in apart):
        to -= 1
    relative = to >= 0 and view.has(words.relatives, to)
    if relative:
        to -= 1
        while to >= 0 and view.words[to].form in "،,":
            to -= 1
    if to > 0 and view.words[to].form in "،," and _was(view, to, lexicon):
        to -= 1  # وكان الناطق سمير حداد، أعلن
    mention = speaker_at(view, to)
    if mention is None or mention.kind is MentionKind.PLACE:
        return None if relative else _unnamed_before(view, at, to, lexicon)
    first = view.local(mention)[0]
    if _is_unvoiced(view, words, first):
        return Subject(at + 1, (), "carried", first)
    governed = bool(view.preposition(first)) or view.words[first].proclitics[-1:] in ("ب", "ل")
    opens = _opened(view, first, lexicon) if governed and not relative else None
    if opens is not None:
        return Subject(at + 1, (source_of(view, opens),), "before", view.local(opens)[0])
    stands = "relative" if relative else "carried" if governed else "before"
    return Subject(at + 1, (source_of(view, mention),), stands, first)


def _chunk(view: View, at: int, form: Form, lexicon: ClaimLexicon) -> Subject:
    """A speaker that no name covers: the words up to what is said, when there are few of them."""
    none = Subject(at + 1, (), "", at)
    first = to = at + 1
    words = lexicon.speech.words
    if first < len(view) and view.words[first].enclitic and view.has(words.quantifiers, first):
        to = first + 1  # قال أحدهم
    while to < min(len(view), first + _CHUNK) and (is_plain(view, to, lexicon) or _is_owner(view, to, first)):
        verb = view.stems[to] in lexicon.verbs and not view.words[to].article  # الأمن is no أمن
        counted = to in view.thing_at or (to in view.amounts and view.local(view.amounts[to])[0] == to)
        if to > first and (_is_event(view, to, lexicon) or verb or counted):
            break  # وثقت الشبكة مقتل …, سجل المرصد 31 قتيلا
        to += 1
    to = _housed(view, to, form, lexicon) if to > first else to
    if to > first and view.has(words.as_said, at - 1) and (to == len(view) or view.is_mark(to) or to in view.dated):
        return Subject(to, (_named(view, first, to),), "behind", first)  # كما أعلن مسؤولون أمس
    if first < to < len(view) - 2 and view.stems[to] == "من" and not view.words[to].proclitics:
        to = to + 2 if view.words[to + 1].article and not view.words[to + 1].proclitics else to  # امرأة من البلدة
    if form.participle or to == first or to >= len(view):
        return none
    if _is_unvoiced(view, words, first) or view.has(words.adverbs, first):
        return none
    if not _heard(view, first, to, form, lexicon) and not _heard_behind(view, first, to, form, lexicon):
        return none
    return Subject(to, (_named(view, first, to),), "behind", first)


def _housed(view: View, to: int, form: Form, lexicon: ClaimLexicon) -> int:
    """`طبيبة في مستشفى المدينة`: where the speaker that reaches to word `to` ends, with where they work or live."""
    words, last = lexicon.speech.words, to + 1
    if to + 1 >= len(view) or view.stems[to] != "في" or view.words[to].proclitics or view.has(words.occasions, last):
        return to
    while last < min(len(view), to + _CHUNK) and is_plain(view, last, lexicon):
        last += 1
    if not to + 1 < last < len(view):
        return to
    taken = (view.words[last].proclitics[-1:], view.stems[last])
    return last if view.has(words.that, last) or not form.verb.takes.isdisjoint(taken) else to


def _heard(view: View, first: int, to: int, form: Form, lexicon: ClaimLexicon) -> bool:
    """Whether what stands at word `to` shows that the words from `first` on speak: what they say, or to whom."""
    word, stem, takes = view.words[to], view.stems[to], form.verb.takes
    if word.form in _QUOTES or word.form == ":" or view.has(lexicon.speech.words.that, to):
        return True
    if to not in view.dated and not takes.isdisjoint((word.proclitics[-1:], stem)):
        return True
    if form.verb.objects and counts_objects(view, to, form):
        return True
    if ("object" in takes and _is_event(view, to, lexicon)) or (form.verb.relays and stem == "عن"):
        return True
    outlet, place = view.covered.get(to), view.covered.get(to + 1)
    if outlet is not None and outlet.kind is MentionKind.OUTLET and word.proclitics[-1:] == "ل":
        return True
    # أفاد مراسلون في دمشق; a verb that takes nothing else may have its subject before any في
    there = place is not None and place.kind is MentionKind.PLACE and "object" not in takes
    return stem == "في" and (not takes or (there and view.stems[first] not in lexicon.nouns))


def _heard_behind(view: View, first: int, to: int, form: Form, lexicon: ClaimLexicon) -> bool:
    """Whether they speak behind a phrase of how or when: `تحدث سكان بالهاتف عن`, `وثق المركز في مايو مقتل`."""
    at, aside = to, False
    while at < min(len(view), to + _ASIDE_WORDS):
        by = view.words[at].proclitics == "بال" or (view.words[at].proclitics == "ب" and view.words[at].article)
        aside = in_aside(view, at, begun=aside)
        if not (by or aside or at in view.dated):
            break
        at += 1
    return to < at < len(view) and not view.is_mark(at) and _heard(view, first, at, form, lexicon)


def _is_event(view: View, to: int, lexicon: ClaimLexicon) -> bool:
    return view.stems[to] in lexicon.nouns and not view.words[to].article


def _is_owner(view: View, to: int, first: int) -> bool:
    """`الموقع الرسمي للبلدية`: whose the speaker before word `to` is."""
    return to > first and view.words[to].proclitics == "ل" and view.words[to].article


def is_plain(view: View, to: int, lexicon: ClaimLexicon) -> bool:
    """Whether word `to` can be part of a speaker's name: no particle, clitic, number or time."""
    word = view.words[to]
    if word.kind is not WordKind.WORD or word.proclitics or word.enclitic or to in view.dated:
        return False
    if to in view.amounts and not view.amounts[to].bare:
        return False
    words = lexicon.speech.words
    if len(word.key) < _SHORTEST or view.has(words.relatives, to) or view.has(words.as_said, to):
        return False
    return not (view.has(words.that, to) or view.stems[to] in lexicon.words.prepositions)


def relayed(view: View, first: int, last: int, lexicon: ClaimLexicon) -> tuple[int, Source] | None:
    """Behind `عن` in words `first`..`last`: whom a relay quotes, and where the name ends."""
    for at in range(first, min(len(view) - 1, last)):
        aside = view.words[at].form in "،," and view.stems[at + 1] == "عن"  # نقل الموقع، عن مصدر
        if (view.words[at].form in "،.؛:" and not aside) or view.has(lexicon.speech.words.that, at):
            break
        if view.stems[at] == "عن":
            to = at + 1
            while (
                to < len(view) - 1 and speaker_at(view, to) is None and view.has(lexicon.speech.words.quantifiers, to)
            ):
                to += 1
            mention = speaker_at(view, to)
            if mention is None:
                return _unnamed(view, at + 1, lexicon)
            first, end = view.local(mention)
            return end, source_of(view, mention) if first == at + 1 else _named(view, at + 1, end)
    return None


def _unnamed(view: View, first: int, lexicon: ClaimLexicon) -> tuple[int, Source] | None:
    """Whom a relay quotes in words that no name covers, up to what they say."""
    to, words = first, lexicon.speech.words
    while to < min(len(view), first + _CHUNK) and (to in view.amounts or is_plain(view, to, lexicon)):
        to += 1
    if to == first or to == len(view) or not (view.has(words.that, to) or view.has(words.own_words, to)):
        return None
    return to, _named(view, first, to)

"""Who says so, and how far: the source chain and the modality of each stretch of a report.

A verb of saying with its subject opens a scope where what is said begins. One inside the complement of another nests
(`ذكرت الصحيفة أن الناطق أكد أن`), one joined to it takes its place. A phrase of "according to" covers its part of the
sentence, behind as well as before. A verb without a subject goes on with the last speaker that it agrees with; a
participle with the speaker of its clause. The signature below an embedded post says the lines above it. Sources are
given outermost first.

Source: the annotation guidelines ("Sources", "Blame", "Reporting day").
"""

from __future__ import annotations

from sijill.claims.cited import named, talked_with, told_to
from sijill.claims.complements import Complement, complement
from sijill.claims.headings import headed
from sijill.claims.inflection import is_ours
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.posts import signature
from sijill.claims.quotations import closing, goes_on, left_open
from sijill.claims.scopes import DEEPEST, Attribution, Heard, Scope
from sijill.claims.speakers import Subject, relayed, source_of, speaker_at, subject
from sijill.claims.speech import Form
from sijill.claims.tellings import mark_from, noun_scope
from sijill.claims.view import View
from sijill.model import MentionKind, Modality, Source, WordKind

__all__ = ["Attribution", "attribute"]

_NEEDED = 10  # words within which a verb's needed word stands
_ATTRIBUTE = 4  # words of `يعتقد أنها …` behind a noun
_REFUTED = 5  # words of `وهو الأمر الذي` before a verb that refutes
_BYLINE = 3  # words of the shortest line that signs a report
_RELAYED = 12  # words between a relay's subject and whom it quotes


def attribute(view: View, lexicon: ClaimLexicon, speaker: tuple[Source, ...]) -> Attribution:
    """The attribution of a sentence; `speaker` is who spoke in the sentences before (`Attribution.speaker`)."""
    heard = speaker if isinstance(speaker, Heard) else Heard(speaker)
    return _Reader(view, lexicon, heard).read()


class _Reader:
    """Walks one sentence once and opens its scopes."""

    def __init__(self, view: View, lexicon: ClaimLexicon, heard: Heard) -> None:
        self._view, self._lexicon, self._speech = view, lexicon, lexicon.speech
        self._result = Attribution(speaker=heard)
        self._going: Scope | None = None

    def read(self) -> Attribution:
        """The scopes of the sentence."""
        result, view = self._result, self._view
        if self._is_byline():
            return result
        posted = signature(view)
        if posted is not None:
            result.whole = (posted,)
            result.why.append("said:signature")
        self._go_on()
        begins, done = self._speech.begins, 0
        for at in [at for at, stem in enumerate(view.stems) if stem in begins]:
            if at >= done:
                done = self._step(at)
        if not result.tree or all(scope.verb >= 0 and is_ours(view.stems[scope.verb]) for scope in result.tree):
            self._colon()
        self._leave()
        return result

    def _go_on(self) -> None:
        """What the sentence before left open, a quotation or the lines below a colon, is said by who spoke there."""
        view, result = self._view, self._result
        heard = result.speaker
        if heard and goes_on(view, heard.awaited, heard.quoted):
            self._going = Scope(0, closing(view, heard.awaited), tuple(heard), Modality.ASSERTED, 0)
            result.tree.append(self._going)
            result.why.append("said:quotation")

    def _leave(self) -> None:
        """Remember what the sentence leaves open."""
        result, last = self._result, len(self._view)
        heard = result.speaker
        if self._going is not None and result.tree == [self._going] and self._going.end == last:
            result.speaker = heard.quoting(heard.awaited, heard.quoted + 1)
            return
        opened = next((scope for scope in reversed(result.tree) if scope.end == last and scope.sources), None)
        awaited = left_open(self._view, opened.start) if opened is not None and opened.sources == tuple(heard) else ""
        if awaited or heard.awaited:
            result.speaker = heard.quoting(awaited, 0)

    def _step(self, at: int) -> int:
        view, stem = self._view, self._view.stems[at]
        word = view.words[at]
        if word.kind is not WordKind.WORD or word.article:
            return at + 1
        if stem in self._speech.words.according:
            return self._according(at)
        if word.enclitic and stem in self._speech.words.refuting:
            self._refute(at)
        if word.enclitic and stem in self._lexicon.recording and view.has(self._speech.words.relatives, at - 1):
            self._recorded(at)
        form = self._speech.verbs.get(stem)
        if form is not None and self._is_verb(at, form):
            return self._verb(at, form)
        noun = self._speech.nouns.get(stem)
        if noun is not None:
            scope = noun_scope(view, at, noun, self._result.inmost(at), self._lexicon)
            if scope is not None:
                self._result.tree.append(scope)
                self._result.why.append(noun.id)
        return at + 1

    def _recorded(self, at: int) -> None:
        """`القتلى الذين وثقهم المرصد`: who recorded them tells what the sentence says."""
        who = speaker_at(self._view, at + 1)
        if who is not None and not self._result.whole:
            self._result.whole = (source_of(self._view, who),)
            self._result.why.append("said.record")

    def _refute(self, at: int) -> None:
        """`…، الأمر الذي نفاه المجلس`: the clause before is denied, by who refutes it.

        What somebody else has said stays said: it has two versions. What was only claimed (`زاعما`) is refuted.
        """
        view, words = self._view, self._speech.words
        if not at or not (view.has(words.what, at - 1) or view.has(words.relatives, at - 1)):
            return
        last = next((to for to in range(at - 1, max(0, at - _REFUTED), -1) if view.is_mark(to)), 0)
        who = speaker_at(view, at + 1)
        if not last or who is None:
            return
        first = next((to + 1 for to in range(last - 1, -1, -1) if view.is_mark(to)), 0)
        scope = self._result.inmost(last - 1)
        first = first if scope is None else max(first, scope.start)
        verbs = (self._speech.verbs.get(view.stems[to]) for to in range(first, last))
        claimed = any(form is not None and form.verb.modality is Modality.ALLEGED for form in verbs)
        if scope is not None and scope.sources and not claimed:
            return
        self._result.tree.append(Scope(first, last, (source_of(view, who),), Modality.DENIED, -1))
        self._result.why.append("said:refuted")

    def _is_verb(self, at: int, form: Form) -> bool:
        """Whether the word is the verb, not a noun of its letters or a verb denied (`لم تعلن`)."""
        view, verb = self._view, form.verb
        word = view.words[at]
        if set("بلك").intersection(word.proclitics) or (word.enclitic and not verb.accuses):
            return False
        if view.preposition(at) and not view.words[at - 1].article:  # العلي is no على
            return False
        if view.has(self._speech.words.which, at - 1):
            return False  # مما يؤكد أن: no one says so
        if not verb.negated and self._lexicon.negation.ends(view, at):
            return False
        follows = view.words[at + 1] if at + 1 < len(view) else None
        if follows is not None and verb.unless.intersection(follows.proclitics or (follows.key,)):
            return False
        return not verb.needs or any(view.has(verb.needs, to) for to in range(at + 1, min(len(view), at + _NEEDED)))

    # --- verbs ------------------------------------------------------------------------------------------------------

    def _verb(self, at: int, form: Form) -> int:
        view, result = self._view, self._result
        who = subject(view, at, form, self._lexicon)
        if view.stems[at] in self._speech.words.impersonal:
            who = Subject(at + 1, (), "carried", at)
        said = complement(view, who.end, form, self._lexicon)
        if said is not None and said.kind == "object" and not who.sources and view.words[said.start].article:
            said = None  # استبعد المدرب لاعبه: a subject that no name covers
        if form.verb.accuses and who.sources and who.stands == "behind" and self._is_accused(who, said):
            who = Subject(at + 1, (), "", at)
        sources = self._speakers(at, form, who, said)
        if form.verb.relays:
            inner = relayed(view, who.end, who.end + _RELAYED, self._lexicon)
            if inner is not None:
                who, sources = who._replace(end=inner[0]), (*sources, inner[1])
                said = complement(view, inner[0], form, self._lexicon) or self._relayed_object(inner[0])
        if self._as_said(at) and sources and (said is None or said.kind in ("object", "ب")):
            result.verbs.append((at, view.stems[at]))
            self._cover(at - 1, who.end, sources)
            result.why.append(form.verb.id)
            return who.end
        if form.verb.within and not who.sources:
            return at + 1
        if said is None and who.stands == "behind" and not form.verb.judges and self._trails(at, who.end):
            self._cover(at, who.end, sources)
            result.why.append(form.verb.id)
            return who.end
        if said is None or (form.verb.judges and said.kind not in ("that", "quote")):
            if form.verb.judges and (view.joined(at) or at == 0 or self._lexicon.contrast.ends(view, at)):
                self._close(at)
            if sources and who.sources and (form.verb.judges or form.verb.relays):
                result.speaker = result.speaker.then(sources)
            return at + 1
        self._open(at, form, who, said, sources)
        return max(said.start, at + 1)

    def _is_byline(self) -> bool:
        """`كتب مراسلنا في الجنوب:`: the line that tells who wrote the report."""
        view = self._view
        if len(view) < _BYLINE or view.words[0].key not in self._speech.words.bylines or view.words[-1].form != ":":
            return False
        reporter = speaker_at(view, 1)
        return reporter is not None and reporter.subtype == "reporter"

    def _relayed_object(self, at: int) -> Complement | None:
        """`نقلت الوكالة عن السكان تعرضهم لقصف`: behind whom it relays, a noun is what they said."""
        view = self._view
        follows = at < len(view) and view.words[at].kind is WordKind.WORD and not view.words[at].proclitics
        return Complement(at, "object") if follows else None

    def _trails(self, at: int, end: int) -> bool:
        """`…، قال الوزير.`: a verb of saying with its subject alone, behind what is said."""
        view = self._view
        ends = end >= len(view) or view.is_mark(end)
        return at > 0 and view.is_mark(at - 1) and not view.joined(at) and ends

    def _is_accused(self, who: Subject, said: Complement | None) -> bool:
        """`واتهم الجيش بقصف …`: one name only, and right behind it of what it is accused."""
        joined = self._view.joined(who.first - 1) and bool(self._result.speaker)
        return joined and said is not None and said.start == who.end

    def _as_said(self, at: int) -> bool:
        return self._view.has(self._speech.words.as_said, at - 1)

    def _speakers(self, at: int, form: Form, who: Subject, said: Complement | None) -> tuple[Source, ...]:
        """The sources of a verb: its subject, or who goes on speaking, and whom the clause cites besides."""
        view, result = self._view, self._result
        sources = told_to(view, who, None if said is None else said.start, result.speaker, self._speech)
        same = view.has(self._speech.words.pronouns, at - 1)
        if not sources and form.verb.continues:
            sources = talked_with(view, at, self._speech)
        if not sources and form.participle:
            sources = self._of_clause(at, form)
        elif who.stands == "carried":
            pass
        elif not sources and (
            same or form.gender == "p" or form.verb.continues or (said is not None and said.kind == "that")
        ):
            parent = result.inmost(at)
            sources = parent.sources if same and parent is not None else ()
            sources = sources or result.speaker.agreeing(form.gender, self._speech)
        if said is not None and said.kind in ("that", "quote", "ب"):
            cited = self._cited(who.end, said.start)
            sources = (*sources, *cited)
        return sources

    def _of_clause(self, at: int, form: Form) -> tuple[Source, ...]:
        """Whom a participle (`مؤكدا`) belongs to: the speaker of its clause, else who acts in it, else the last one."""
        view, result = self._view, self._result
        parent = result.inmost(at)
        if parent is not None and parent.sources:
            return parent.sources
        if result.verbs or result.tree:
            return result.speaker.agreeing(form.gender, self._speech)
        for mention in reversed(view.mentions):
            first, last = view.local(mention)
            speaks = mention.kind in (MentionKind.ACTOR, MentionKind.BODY, MentionKind.OUTLET)
            if last <= at and speaks and mention.subtype != "adjective" and not view.preposition(first):
                return (source_of(view, mention),)
        return result.speaker.agreeing(form.gender, self._speech)

    def _cited(self, first: int, last: int) -> tuple[Source, ...]:
        """Who is cited between a verb and what is said: `وأضافت الصحيفة نقلا عن مسؤول أن`."""
        view = self._view
        for at in range(first, last):
            if view.stems[at] in self._speech.words.according:
                found, end = named(view, at, self._lexicon)
                if found and end <= last:
                    self._result.barred |= set(range(at, end))
                    return found
        return ()

    def _open(self, at: int, form: Form, who: Subject, said: Complement, sources: tuple[Source, ...]) -> None:
        view, result = self._view, self._result
        end = reach = len(view) if said.kind in ("that", "quote") else self._turn(said.start)
        parent = result.inmost(at)
        nested = parent is not None and self._nests(at, who)
        if who.stands in ("relative", "carried") and not (nested and who.stands == "relative"):
            attribute = who.first == at and at > 0 and not view.joined(at) and not view.is_mark(at - 1)
            end = min(end, said.start + _ATTRIBUTE if attribute else mark_from(view, said.start))
        modality = form.verb.modality
        if nested and parent is not None:
            refuted = parent.modality is Modality.DENIED and who.stands == "relative"
            added = () if refuted else tuple(s for s in sources if s not in parent.sources)
            chain = (*parent.sources, *added)[-DEEPEST:]
            modality = parent.modality if refuted else modality
            modality = parent.modality if modality is Modality.ASSERTED else modality
            scope = Scope(said.start, min(end, parent.end), chain, modality, at, min(parent.depth + 1, DEEPEST))
        else:
            if end == reach:
                self._close(min(at, who.first))
            scope = Scope(said.start, end, sources, modality, at, silent=form.verb.silent)
        result.tree.append(scope)
        if scope.modality is Modality.PLANNED and said.kind not in ("that", "quote"):
            self._free_relative(scope)
        result.verbs.append((at, view.stems[at]))
        result.why.append(form.verb.id)
        if not form.verb.deed:  # who did it is the agent
            result.barred |= set(range(min(at, who.first) if who.stands == "before" else at, max(at + 1, who.end)))
        self._bar_gap(who.end, said)
        if end == reach:
            result.speaker = result.speaker.then(scope.sources)

    def _turn(self, first: int) -> int:
        """Where a clause begins that no أن joins to what is said from word `first` on: `أعلن حظر التجول، بينما …`."""
        view, lexicon = self._view, self._lexicon
        turns = (at for words in (lexicon.contrast, lexicon.turns) for at in words.all(view) if at > first)
        return min(turns, default=len(view))

    def _free_relative(self, scope: Scope) -> None:
        """`حذر من هجوم على المدينة التي يحاصرها`: the relative clause is no plan, and the outlet tells it."""
        view = self._view
        relatives = self._speech.words.relatives
        at = next((to for to in range(scope.start, len(view)) if view.has(relatives, to)), None)
        if at is not None:
            self._result.tree.append(Scope(at, mark_from(view, at), (), Modality.ASSERTED, -1))

    def _nests(self, at: int, who: Subject) -> bool:
        """Whether a verb stands inside what is said: behind أن with its subject, or in a relative clause of it."""
        view, words = self._view, self._speech.words
        if who.stands in ("relative", "carried"):
            return True
        if who.stands == "before" and self._lexicon.turns.ends(view, who.first):
            return False  # أعلن المجلس هدنة، إلا أن السكان قالوا إن
        if who.stands == "before":
            return view.has(words.that, who.first - 1) or not view.joined(who.first)
        return view.has(words.that, at - 1) and not view.has(words.pronouns, at - 1)

    def _close(self, at: int) -> None:
        """End the scopes that are open at word `at`: another saying takes their place."""
        for scope in self._result.tree:
            scope.end = min(scope.end, max(at, scope.start))

    def _bar_gap(self, first: int, said: Complement) -> None:
        """Times and places between a verb and أن belong to the saying."""
        view = self._view
        if said.kind not in ("that", "quote"):
            return
        for at in range(first, said.start):
            mention = view.covered.get(at)
            if at in view.dated or (mention is not None and mention.kind is MentionKind.PLACE):
                self._result.barred.add(at)

    # --- according to -----------------------------------------------------------------------------------------------

    def _according(self, at: int) -> int:
        view = self._view
        sources, end = named(view, at, self._lexicon)
        self._result.barred.add(at)
        if not sources:
            if any(view.has(self._speech.words.own_words, to) for to in range(at + 1, min(len(view), at + 3))):
                self._cover(at, at + 2, tuple(self._result.speaker))
            return at + 1
        while end < len(view) and view.stems[end] in self._speech.words.according:
            more, to = named(view, end, self._lexicon)
            if not more:
                break
            sources, end = (*sources, *more), to
        self._result.why.append(f"according:{view.stems[at]}")
        self._cover(at, end, sources)
        while end < len(view) and end in view.dated:  # بحسب ما قال المرصد أمس
            self._result.barred.add(end)
            end += 1
        return end

    def _cover(self, at: int, end: int, sources: tuple[Source, ...]) -> None:
        """Let `sources` say the part of the sentence around words `at`..`end`, inside a saying that reaches there."""
        view, result = self._view, self._result
        result.barred |= set(range(at, end))
        contrast = self._lexicon.contrast.all(view)
        start = max((to for to in contrast if to < at), default=0) if result.tree else 0
        stop = min((to for to in contrast if to >= end), default=len(view))
        parent = result.inmost(at)
        if parent is not None and view.joined(at) and at - start > 1:
            self._close(at)
            start, parent = at, None
        chain, modality = sources, Modality.ASSERTED
        if parent is not None:
            modality = parent.modality
            if parent.start >= start:
                start, chain = parent.start, (*parent.sources, *(s for s in sources if s not in parent.sources))
            stop = min(stop, parent.end)
        result.tree.append(Scope(start, stop, chain[-DEEPEST:], modality, at))
        result.speaker = result.speaker.then(sources)

    # --- colons ----------------------------------------------------------------------------------------------

    def _colon(self) -> None:
        """`وزارة الدفاع: مقتل …`: who stands before a colon at the head of a sentence says what follows."""
        view, result = self._view, self._result
        found = headed(view, self._lexicon)
        if found is not None:
            result.tree.append(Scope(found.colon, len(view), (found.source,), Modality.ASSERTED, found.first))
            result.speaker = result.speaker.then((found.source,))
            result.barred |= set(range(found.first, found.colon))
            result.why.append("said:colon")

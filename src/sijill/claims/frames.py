"""One claim a mention of an event: the triggers of a sentence gathered into frames.

Harm and the means that the text ties to it are one frame, whose trigger is the means; a verb that restates the attack
before it belongs to it; killed and injured of one side are one frame; a fight and a capture are two. Each frame gets
the stretch of its sentence from the clause break before it to the clause break before the next one.

Source: the annotation guidelines ("One claim or two"); the linking words are data (`rules/clauses.toml`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from sijill.claims.bounds import clause_break, clause_end
from sijill.claims.gapping import gapped
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.retold import added, again, caused_by, restates
from sijill.claims.standing import stands
from sijill.claims.tolls import EFFECT_REACH, effect, harm_link
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import ClaimType, MentionKind

_TOLL = "حصيله"
__all__ = ["Frame", "frames_of"]

_GAPPED = "link:gapped"
_ROWS = (ClaimType.PROTEST, ClaimType.DETENTION)
_CUSTODY = (ClaimType.DETENTION, ClaimType.ABDUCTION)
_HITS = ("strike.hit", "strike.struck")
_STRIKES = (ClaimType.AIR_STRIKE, ClaimType.SHELLING)
_USED_REACH = 4
_LED_BEFORE = 3  # how far before an attack the verb of what it led to may stand
_LOAD_BEFORE = 3  # how far before what a weapon carries the word for carrying may stand
_OBJECT_REACH = 12


@dataclass(slots=True)
class Frame:
    """Triggers that tell one event. `start`..`end` are the words of its clause, counted in the sentence.

    `tail` are words behind a later clause that are of this one too: a means told of both.
    """

    view: View
    hits: list[Hit]
    main: Hit
    why: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0
    tail: range = range(0)

    def has(self, at: int) -> bool:
        """Whether word `at` is of the clause."""
        return self.start <= at < self.end or at in self.tail

    @property
    def harm_only(self) -> bool:
        """Whether nothing but harm is told."""
        return all(hit.trigger.role == "harm" for hit in self.hits)

    @property
    def has_harm(self) -> bool:
        """Whether some trigger says what befell people."""
        for hit in self.hits:  # noqa: SIM110  (asked for each pair of clauses: a generator costs more than the answer)
            if hit.trigger.role == "harm":
                return True
        return False


def frames_of(view: View, hits: list[Hit], lexicon: ClaimLexicon) -> list[Frame]:
    """The frames of a sentence in text order, each with its clause."""
    frames: list[Frame] = []
    for hit in hits:
        if frames and (harm := gapped(view, frames[-1].hits, hit)) and _introduced(view, hit, lexicon, lexicon.cause):
            frames.append(Frame(view, [harm, hit], hit, [f"trigger:{hit.trigger.id}", _GAPPED]))
            continue
        rule = _link(view, frames[-1], hit, lexicon) if frames else ""
        if rule:
            _merge(frames[-1], hit, rule)
        elif _shared_cause(view, frames, hit, lexicon):
            _merge(frames[-2], hit, "shared_cause")
        elif _beside_flight(view, frames, hit, lexicon):
            _merge(frames[-2], hit, "damage")
        else:
            frames.append(Frame(view, [hit], hit, [f"trigger:{hit.trigger.id}"]))
    frames = [frame for frame in frames if stands(frame, lexicon)]
    _set_clauses(view, frames, lexicon)
    return frames


def _shared_cause(view: View, frames: list[Frame], hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`قتل 31 مسلحا واعتقل 171 خلال اشتباكات`: the means of the harm, told behind an arrest."""
    if len(frames) < 2 or frames[-1].main.trigger.type not in _CUSTODY or not frames[-2].harm_only:
        return False
    if hit.trigger.role == "harm" or (hit.trigger.type is ClaimType.OFFENSIVE and hit.noun):
        return False
    return _caused(view, frames[-1], hit, lexicon)


def _beside_flight(view: View, frames: list[Frame], hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`أدى القصف إلى مقتل ثلاثة ونزوح عائلات وأضرار`: the damage of a strike, told behind the flight that it led to."""
    if len(frames) < 2 or frames[-1].main.trigger.type is not ClaimType.DISPLACEMENT or not frames[-1].main.noun:
        return False
    damage = hit.noun and (hit.trigger.side_effect or hit.trigger.type is ClaimType.DESTRUCTION)
    near = hit.first - frames[-1].hits[-1].last <= EFFECT_REACH and not frames[-2].harm_only
    return damage and near and added(view, hit.first, lexicon)


def _merge(frame: Frame, hit: Hit, rule: str) -> None:
    frame.hits.append(hit)
    frame.why += [f"trigger:{hit.trigger.id}", f"link:{rule}"]
    main = frame.main.trigger
    means = (main.role == "harm" or main.outcome) and hit.trigger.role != "harm"
    instrument = rule == "instrument" and main.role == "open" and hit.trigger.role == "act" and not hit.trigger.means
    if means or instrument or rule in ("subject", "load"):
        frame.main = hit


def _link(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> str:
    """The rule by which `hit` belongs to the frame before it, or ''."""
    last = frame.hits[-1]
    gap = range(last.last, hit.first)
    if _contrast(view, gap, lexicon):
        return ""
    if hit.trigger.role == "harm":
        return harm_link(view, frame, last, hit, lexicon)
    if rule := _once_more(view, frame, hit, lexicon):
        return rule
    if hit.trigger.type is last.trigger.type and hit.trigger.type in _ROWS:
        return ""
    if last.trigger.id == "clash.threat" and hit.noun and len(gap) <= 6:
        return "subject" if "ب" in view.words[hit.first].proclitics else ""  # هدد بقصف
    if last.trigger.id in ("attack.claimed", "attack.responsible"):
        return "claimed" if hit.noun and sum(at not in view.covered for at in gap) <= 5 else ""
    if hit.trigger.type in ("territory_gained", "withdrawal", "displacement", "detention", "agreement", "release"):
        return ""
    counted = last.trigger.id in ("toll", "toll.number") and not view.words[last.first].article
    counts_toll = frame.harm_only and counted and not gap
    if counts_toll and not view.preposition(hit.first):
        return "toll"  # ارتفاع عدد ضحايا قصف المدينة إلى 7 قتلى
    if frame.main.trigger.outcome and _caused(view, frame, hit, lexicon):
        return "cause"
    if frame.harm_only:
        carried = hit.trigger.means and len(gap) == 1 and not view.gap_marks(gap.start, gap.stop)  # قتلت سيارة مفخخة
        slain = not last.noun and hit.noun and (not gap or carried) and not view.preposition(gap.start)
        return "cause" if slain or _caused(view, frame, hit, lexicon) else ""  # قتلت غارة ثلاثة
    return _attack_link(view, frame, last, hit, lexicon)


def _once_more(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> str:
    """The rule by which an attack or damage only says more of the attack that the frame tells."""
    if not frame.harm_only and (again(view, hit, lexicon) or _moved(view, frame, hit, lexicon)):
        return "again"
    if _is_load(view, frame, hit, lexicon):
        return "load"
    gap = range(frame.hits[-1].last, hit.first)
    if hit.trigger.outcome and not frame.harm_only and effect(view.stems, gap, lexicon):
        return "effect"  # خلف القصف مجزرة
    if _damages(view, frame, hit, lexicon):
        return "damage"
    raid = frame.has_harm and frame.hits[-1].trigger.type is ClaimType.OFFENSIVE and frame.hits[-1].noun and not gap
    if raid and hit.noun and hit.trigger.type is ClaimType.DETENTION and not view.words[hit.first].article:
        return "compound"  # قتلت القوات … في عملية دهم واعتقال
    return "compound" if _same_kind(view, frame.hits[-1], hit) else ""


def _moved(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`عدد الفارين … مليون مدني نزحوا إلى`: a verb right behind the people counted says again that they fled."""
    moves = hit.trigger.type is frame.main.trigger.type is ClaimType.DISPLACEMENT
    if not moves or hit.noun or view.joined(hit.first) or hit.first - 1 not in view.amounts:
        return False
    between = view.stems[frame.hits[-1].last : hit.first]
    return lexicon.reporting.isdisjoint(between) and lexicon.words.that.isdisjoint(between)


def _is_load(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`استهدفت … بصواريخ محملة بقنابل عنقودية`: what the weapon carried is the means, not an attack of its own."""
    weapons = [other for other in frame.hits if other.trigger.means]
    if hit.trigger.type is not ClaimType.PROHIBITED_WEAPON or frame.hits[-1].trigger.role == "harm" or len(weapons) > 1:
        return False  # بقذائف المدفعية والصواريخ المحملة …: two weapons
    return not lexicon.words.loaded.isdisjoint(view.stems[max(0, hit.first - _LOAD_BEFORE) : hit.first])


def _damages(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`قصفت الطائرات الحي ودمرت مدرسة`: what a strike destroys is its target, told by a verb without a subject.

    So is what an attack led to: `أسفر القصف عن دمار`.
    """
    spreads = hit.trigger.id == "blast" and hit.noun and frame.main.trigger.id in ("shelling.bombard", "strike.hit")
    told = hit.trigger.side_effect or (hit.trigger.type is ClaimType.DESTRUCTION and hit.noun) or spreads
    damaged = frame.hits[-1].trigger.type is ClaimType.DESTRUCTION and frame.hits[-1].noun
    goes_on = (frame.has_harm or damaged) and added(view, hit.first, lexicon)
    led = view.preposition(hit.first) in lexicon.words.led_to  # أدى القصف على المصفاة إلى انفجار خزانات
    since = frame.hits[0].first - _LED_BEFORE if goes_on or led else frame.hits[-1].last
    if told and not frame.harm_only and effect(view.stems, range(max(0, since), hit.first), lexicon):
        return True
    joined = view.joined(hit.first) or view.stems[hit.first - 1] in lexicon.words.across
    if hit.trigger.type is not ClaimType.DESTRUCTION or hit.noun or not joined or frame.harm_only:
        return False
    if frame.main.trigger.type not in _STRIKES or hit.first - frame.hits[-1].last > EFFECT_REACH:
        return False
    first = frame.hits[0]
    if not first.noun and view.stems[first.first].endswith("ت") != view.stems[hit.first].endswith("ت"):
        return False  # قصف الجيش … وأحرقت ميليشيات: somebody else
    subject = view.covered.get(hit.last)
    own = subject is not None and subject.kind is MentionKind.ACTOR and not view.preposition(hit.last)
    return not own or lexicon.means_of(view.stems[hit.last]) is not None


def _same_kind(view: View, last: Hit, hit: Hit) -> bool:
    """`اتفاق هدنة`, `حملة اعتقالات`, `استعادة السيطرة`: two words of one kind that name one event."""
    gap = hit.first - last.last
    if hit.trigger.type is last.trigger.type is ClaimType.PROTEST and last.noun and not hit.noun and not gap:
        return not view.joined(hit.first)  # مظاهرات خرجت احتجاجا على
    counted = last.noun and hit.noun and not gap and last.first in view.things and view.joined(hit.first)
    if counted and view.stems[hit.first].endswith("ا"):
        return True  # 376 تفجيرا وهجوما
    if hit.trigger.type is not last.trigger.type or not hit.noun:
        return False
    if hit.trigger.type is ClaimType.AGREEMENT:
        return gap <= 3
    if hit.trigger.type is ClaimType.TERRITORY_GAINED:
        return gap == 0
    return hit.trigger.type in _ROWS and gap <= _OBJECT_REACH and not view.joined(hit.first)


def _contrast(view: View, gap: range, lexicon: ClaimLexicon) -> bool:
    return lexicon.contrast.within(view, gap)


def _caused(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """Whether the attack is given as the cause of the harm before it: `جراء قصف`, `بقصف`, `في غارة`, `إثر انفجار`."""
    gap = range(frame.hits[-1].last, hit.first)
    if len(gap) > 30:
        return False
    # في حصيلة غير نهائية لقصف
    tolled = (
        view.preposition(hit.first) == "ل" and _TOLL in view.stems[max(frame.hits[-1].last, hit.first - 3) : hit.first]
    )
    return tolled or _introduced(view, hit, lexicon, lexicon.cause)


def _introduced(view: View, hit: Hit, lexicon: ClaimLexicon, words: frozenset[str]) -> bool:
    """Whether a word of `words` or the proclitic ب stands before the hit, carriers such as `سلسلة` between them."""
    if "ب" in view.words[hit.first].proclitics:
        return True
    at = hit.first - 1
    if at > 0 and "ل" in view.words[hit.first].proclitics and view.stems[at] in lexicon.suffer:
        at -= 1  # جراء تعرضه لإطلاق نار
    for _ in range(5):
        if at < 0:
            return False
        stem = view.stems[at]
        if stem in words:
            return True
        counts = at in view.amounts or at in view.things
        carrier = stem in lexicon.carriers or counts or len(stem) <= 1 or view.words[at].form in '"«“'
        if "ب" in view.words[at].proclitics and carrier:
            return True
        if not carrier:
            return False
        at -= 1
    return False


def _attack_link(view: View, frame: Frame, last: Hit, hit: Hit, lexicon: ClaimLexicon) -> str:
    gap = range(last.last, hit.first)
    marks = view.gap_marks(gap.start, gap.stop)
    if frame.main.trigger.type is ClaimType.DESTRUCTION and hit.noun and len(gap) <= 2 and not marks:
        return "subject"  # دمر انفجار حيا
    if hit.trigger.role == "open" and restates(view, gap, hit, lexicon):
        return "restate"
    if caused_by(view, hit, lexicon):
        return "caused_by"
    swept = (
        last.trigger.type in (ClaimType.DETENTION, ClaimType.INTERCEPTION) and hit.trigger.type is ClaimType.OFFENSIVE
    )
    if swept and not last.noun and hit.noun and not gap and not view.preposition(hit.first):
        return "doer"  # أوقفت الحملات الأمنية
    if last.trigger.id in _HITS and not last.noun and not gap and not view.preposition(hit.first):
        return "subject"  # استهدفت غارة سوقا
    if hit.trigger.means and ((len(gap) <= 12 and marks <= 1) or _with_means(view, hit, lexicon)):
        return "means"
    spoken = any(view.stems[at] in lexicon.reporting or view.stems[at] in lexicon.words.doings for at in gap)
    # "bombed the wells with three strikes and the station with one"
    again = last.noun and last.trigger is hit.trigger and not frame.hits[0].noun
    banned = hit.trigger.type is ClaimType.PROHIBITED_WEAPON  # قصف البلدة بغاز الكلور
    by_means = (not last.noun or banned) and last.trigger.role == "open"
    if (
        last.trigger.type is ClaimType.PROHIBITED_WEAPON
        and hit.noun
        and view.preposition(hit.first) == "في"
        and not marks
    ):
        return "used_in" if len(gap) <= _USED_REACH else ""  # استخدم الفوسفور في قصف البلدة
    if hit.noun and not spoken and (by_means or again) and _introduced(view, hit, lexicon, frozenset()):
        return "instrument" if len(gap) <= 30 else ""
    launched = last.trigger.type is ClaimType.OFFENSIVE and last.trigger.next and not last.noun
    governed = view.joined(hit.first) or view.preposition(hit.first) == "ل"
    if launched and hit.noun and len(gap) <= _OBJECT_REACH and not governed:
        return "launched"  # أطلقت … معركة
    near = len(gap) <= 1 and not marks and not view.has(lexicon.words.with_, last.last)
    if near and hit.noun and last.noun and (not view.joined(hit.first) or hit.trigger.type is last.trigger.type):
        return "compound"
    if frame.has_harm and not view.joined(hit.first) and last.trigger.role == "harm":
        return "cause" if hit.noun and len(gap) <= 12 and _introduced(view, hit, lexicon, lexicon.cause) else ""
    return ""


def _with_means(view: View, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """`قصفت … القرى والمزارع …، بنحو 20 قذيفة`, `براجمات الصواريخ`: ب leads to what was fired, however far behind."""
    at = hit.first
    while at and "ب" not in view.words[at].proclitics:
        known = at == hit.first or at in view.things or at in view.amounts
        if not known and view.stems[at] not in lexicon.carriers and lexicon.means_of(view.stems[at]) is None:
            return False
        at -= 1
    stem = view.stems[at]
    leads = at == hit.first or stem in lexicon.carriers or lexicon.means_of(stem) is not None
    return leads and "ب" in view.words[at].proclitics


def _set_clauses(view: View, frames: list[Frame], lexicon: ClaimLexicon) -> None:
    bounds = [0]
    for before, after in pairwise(frames):
        first = after.hits[0].first
        given = after.hits[0].last if _GAPPED in after.why else clause_break(view, before.hits[-1].last, first, lexicon)
        bounds.append(given)
    bounds.append(len(view))
    for number, frame in enumerate(frames):
        told = max(hit.last for hit in frame.hits)
        frame.start, frame.end = bounds[number], clause_end(view, told, bounds[number + 1], lexicon)
    for frame, behind in pairwise(frames):
        shared = frame.hits[-1].first
        if behind.start <= shared:
            frame.tail = range(shared, behind.end)

"""Which attack a word of harm belongs to: what it came to, or the toll that goes on.

Source: the annotation guidelines ("One claim or two").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.retold import added, as_well, more_hurt, of_campaign, of_others, takes_up, thereby
from sijill.claims.triggers import Hit
from sijill.claims.view import View
from sijill.model import ClaimType, MentionKind

if TYPE_CHECKING:
    from sijill.claims.frames import Frame

__all__ = ["EFFECT_REACH", "effect", "harm_link"]

EFFECT_REACH = 12
_ATTACKS = (
    *(ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.EXPLOSION, ClaimType.ARMED_CLASH),
    ClaimType.SUICIDE_ATTACK,
)
_CUSTODY = (ClaimType.DETENTION, ClaimType.ABDUCTION)
_BODIES, _FOUND = "bodies.counted", "bodies"
_PLACE_BEHIND = 12
_BODIES_REACH = 26
_FATE_REACH = 10
_FOLLOWED_REACH = 18
_OWN_REACH = 15
_RELATIVE_REACH = 9
_HELD_REACH = 18  # a campaign's dead are told with their own means


def effect(stems: list[str], gap: range, lexicon: ClaimLexicon) -> bool:
    """Whether a word that leads to what an attack came to stands in `gap`."""
    return any(stems[at] in lexicon.effect for at in gap)


def harm_link(view: View, frame: Frame, last: Hit, hit: Hit, lexicon: ClaimLexicon) -> str:
    """The rule by which the harm at `hit` belongs to the frame whose last hit is `last`, or ''."""
    gap = range(last.last, hit.first)
    if _one_toll(view, frame, last, hit, lexicon):
        return "same_side"
    if of_campaign(view, gap, lexicon):
        return ""
    if hit.trigger.id == _BODIES and last.trigger.id == _FOUND:
        return "same_side"  # انتشلت الفرق خمس جثث
    if hit.trigger.id == _BODIES and not frame.has_harm and frame.hits[0].trigger.type in _ATTACKS:
        return "bodies" if len(gap) <= _BODIES_REACH else ""  # رمت المروحية برميلين …، وأخرجنا ست جثث
    behind = range(hit.last, min(len(view), hit.last + _PLACE_BEHIND))
    if as_well(view, frame, hit, lexicon) and not (_own_place(view, gap) and _own_place(view, behind)):
        return "same_side"
    if (frame.has_harm and last.trigger.role == "harm") or last.trigger.outcome:
        return "same_side" if _same_side(view, hit, gap, lexicon) else ""
    if frame.has_harm and (more_hurt(view, frame, hit, lexicon) or of_others(view, hit, lexicon)):
        return "same_side"
    if not frame.has_harm and len(gap) <= _FOLLOWED_REACH and (rule := _followed(view, frame, hit, lexicon)):
        return rule
    if frame.main.trigger.count is not None and frame.main.trigger.type is not ClaimType.KILLING:
        return ""
    return _led_to(view, frame, last, hit, lexicon)


def _same_side(view: View, hit: Hit, gap: range, lexicon: ClaimLexicon) -> bool:
    """Whether a harm goes on with the toll before it, not with another one that has its own place."""
    if len(gap) > 25 or not (added(view, hit.first, lexicon) or _plain(view, gap) or effect(view.stems, gap, lexicon)):
        return False
    behind = range(hit.last, min(len(view), hit.last + _PLACE_BEHIND))
    return hit.noun or not (_own_place(view, gap) and _own_place(view, behind))


def _led_to(view: View, frame: Frame, last: Hit, hit: Hit, lexicon: ClaimLexicon) -> str:
    """The rule by which a harm that a verb of effect or a relative clause tells is what the attack led to, or ''."""
    gap = range(last.last, hit.first)
    head = max(frame.hits[0].first - 3, 0)
    led = view.preposition(hit.first) in lexicon.words.led_to  # أدت غارة … استهدفت …، فجر اليوم، إلى استشهاد
    since = head if led else max(head, hit.first - EFFECT_REACH)
    if hit.noun and effect(view.stems, range(since, hit.first), lexicon):
        return "effect"
    held = any(view.has(lexicon.words.in_which, at) for at in (hit.last, hit.last + 1))
    near = len(gap) <= _HELD_REACH or frame.main.trigger.type is not ClaimType.OFFENSIVE
    if (held and near) or (last.trigger.role != "harm" and thereby(view, hit, lexicon)):
        return "relative"
    adjacent = len(gap) <= 2 and not view.joined(hit.first) and not view.gap_marks(gap.start, gap.stop)
    return "adjacent" if last.trigger.role != "harm" and adjacent else ""


def _followed(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> str:
    """The rule by which a harm told right behind an attack is what it came to, or ''."""
    if takes_up(view, hit) and frame.main.trigger.type not in _CUSTODY:  # خطفوه وقتلوه: two events
        return "taken_up"
    if frame.main.trigger.count is not None and frame.main.trigger.type is not ClaimType.KILLING:
        return ""
    if _goes_on(view, frame, hit, lexicon):
        return "effect"  # غارة على منزل ومقتل ثلاثة
    if _that_did(view, frame, hit, lexicon):
        return "effect"  # غارة قرب البلدة يوم الجمعة قتلت نحو ستين
    word = view.words[hit.first]
    followed = word.proclitics[:1] == "ف" and not word.enclitic and not hit.noun
    return "effect" if followed or (frame.hits[0].noun and _it_did(view, hit)) else ""  # فجر … سيارة، فقتل ثلاثة


def _goes_on(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """Whether a toll joined by و, without a place or means of its own, is that of the attack just told."""
    if not hit.noun or not view.joined(hit.first) or frame.hits[0].trigger.type not in _ATTACKS:
        return False
    for at in range(hit.last, min(len(view), hit.last + _OWN_REACH)):
        if view.is_mark(at):
            break
        mention = view.covered.get(at)
        if mention is not None and mention.kind is MentionKind.PLACE:
            return False
        if view.preposition(at) in lexicon.cause | {"ب"} and view.stems[at] in lexicon.nouns:
            return False
    return True


def _one_toll(view: View, frame: Frame, last: Hit, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """Whether the harm at `hit` goes on with the toll that is being told."""
    gap = hit.first - last.last
    if last.trigger.id == "killed.fate" and hit.noun and gap <= _FATE_REACH:
        return True  # لقي … مصرعهم
    amount = view.amounts.get(hit.first)
    if amount is not None and frame.has_harm and amount.first - view.base <= last.last + 1:
        return True  # سقط ثلاثون شخصا بين قتيل وجريح
    main = frame.main.first
    if ((main and view.stems[main - 1] in lexicon.words.tolls) or "link:toll" in frame.why) and gap <= EFFECT_REACH:
        return True  # حصيلة ضحايا القصف … إلى 7 قتلى
    return hit.noun and bool(view.words[hit.first].enclitic) and frame.has_harm and gap <= _OWN_REACH  # نتيجة إصابته


def _it_did(view: View, hit: Hit) -> bool:
    """`غارة تستهدف دراجة وتقتل شابين`: a feminine verb of harm, joined on, with people right behind it."""
    stem = view.stems[hit.first]
    feminine = stem.startswith("ت") or stem.endswith("ت")
    return not hit.noun and feminine and view.joined(hit.first) and hit.last in view.amounts


def _that_did(view: View, frame: Frame, hit: Hit, lexicon: ClaimLexicon) -> bool:
    """A relative clause of an attack just named, without a relative: a verb that agrees with it, before its victims."""
    last, verb = frame.hits[-1], view.words[hit.first]
    if not last.noun or view.words[last.first].article or hit.noun or verb.proclitics or hit.last not in view.amounts:
        return False
    stem = view.stems[hit.first]
    feminine = not stem.startswith("ي") and (stem.endswith("ت") or stem.startswith("ت"))
    if view.stems[last.first].endswith(("ه", "ات")) != feminine:
        return False
    gap = range(last.last, hit.first)
    others = lexicon.words.that | lexicon.words.across | lexicon.words.relatives | lexicon.reporting
    parted = view.gap_marks(gap.start, gap.stop) or any(view.stems[at] in others or view.joined(at) for at in gap)
    return len(gap) <= _RELATIVE_REACH and not parted


def _plain(view: View, gap: range) -> bool:
    return len(gap) <= 3 and not view.gap_marks(gap.start, gap.stop)


def _own_place(view: View, gap: range) -> bool:
    return any(m.kind is MentionKind.PLACE for at in gap if (m := view.covered.get(at)) is not None)

"""Which people of a clause are counted, and what befell them.

What the noun itself says goes first (`قتلى`, `جرحى`); then the word of harm, custody or flight that governs the
amount, the one before it or the verb close behind; then the count that it is a part of (`بينهم`) or joined to by و.

Source: the annotation guidelines ("Count kind", "One person").
"""

from __future__ import annotations

from sijill.claims.doers import acted_on
from sijill.claims.frames import Frame
from sijill.claims.governors import ASIDE, MOVES, does, governor, is_party, outcome, starts_clause, struck_so, taken_up
from sijill.claims.lexicon import ClaimLexicon
from sijill.claims.people import HARM, SHARE, people_of, who_of
from sijill.claims.relatives import head_of
from sijill.claims.retold import owns_object
from sijill.claims.singles import Counted, befell_one, is_one, named_persons, persons_of, with_name
from sijill.claims.triggers import Hit
from sijill.claims.uncounted import uncounted
from sijill.claims.view import View
from sijill.model import Count, CountKind, CountWho, Mention, Quantity, Span, WordKind

__all__ = ["counts_of"]

_BARE_REACH = 3
_PART_REACH = 5
_OPENS_PARTS = frozenset("(:–—-")
_BODIES = "bodies"
_TOLL = "toll"
_ARE = frozenset(["هم", "هن", "هما", ":"])
_ARTICLE = "ال"
# The verbs and nouns of sending forces.
_SENDING = frozenset(["offensive.send", "offensive.reinforce", "offensive.arrive"])
_SENT_REACH = 8
_RISES = frozenset(["ارتفع", "ارتفعت", "ارتفاع", "يرتفع", "ترتفع"])
_UP_TO = ("الي", "ل")
# What is told by cases; those who flee or come are told by many.
_BY_CASE = frozenset(
    [
        *(CountKind.KILLED, CountKind.INJURED, CountKind.DETAINED, CountKind.ABDUCTED, CountKind.MISSING),
        *(CountKind.RELEASED, CountKind.OTHER_PEOPLE),
    ]
)


def counts_of(frame: Frame, lexicon: ClaimLexicon) -> tuple[Count, ...]:
    """The counts of people that hang on the frame, in text order."""
    view = frame.view
    found: list[Counted] = []
    persons = persons_of(view)
    known = _known_toll(frame)
    for quantity in people_of(view, frame.start, frame.end):
        first, last = view.local(quantity)
        if quantity.high == 0:
            continue  # القتلى: 0
        if found and quantity.definite and first < found[-1].last:
            continue  # جثث القتلى: the second noun says whose
        if known is not None and last <= frame.main.first:
            continue  # who says so
        told = known is not None and _predicate_of(frame, quantity, first, found)
        kind = known if told else _kind(frame, quantity, first, last, found, lexicon)
        kind = kind or (None if found else _risen_to(frame, quantity, first))
        if kind is not None:
            found.append(_counted(view, quantity, kind, found, persons, lexicon))
    found = [*_cases(frame, lexicon), *found]
    head = None if found else head_of(frame, lexicon)
    if head is not None:
        found.append(_counted(view, *head, found, persons, lexicon))
    found += named_persons(frame, found, lexicon.parts)
    return tuple(item.count for item in sorted(found, key=lambda item: (item.first, item.last)))


def _cases(frame: Frame, lexicon: ClaimLexicon) -> list[Counted]:
    """`63 حالة احتجاز`, `ثلاث حالات إعدام`: each case of what befalls people is one of them."""
    view = frame.view
    found = []
    for hit in frame.hits:
        thing = view.thing_before.get(hit.first) if hit.noun and hit.trigger.count in _BY_CASE else None
        if thing is None or hit.trigger.count is None or view.stems[hit.first - 1] not in lexicon.words.cases:
            continue
        first = view.local(thing)[0]
        span = Span(thing.phrase.start, view.words[hit.last - 1].end)
        count = Count(hit.trigger.count, CountWho.UNSPECIFIED, thing.low, thing.high, span, view.cut(span))
        found.append(Counted(count, first, hit.last))
    return found


def _counted(
    view: View,
    quantity: Quantity,
    kind: CountKind,
    before: list[Counted],
    persons: dict[int, Mention],
    lexicon: ClaimLexicon,
) -> Counted:
    first, last = view.local(quantity)
    others = quantity.noun_class == "others" or view.stems[last - 1] in lexicon.words.others
    who = who_of(view, quantity, before[-1].count if before else None, others=others)
    phrase, low, high = quantity.phrase, quantity.low, quantity.high
    named = with_name(view, persons, first, last) if quantity.bare and low == high == 1 else None
    owner = view.amounts.get(last) if quantity.bare and quantity.kind is not None else None
    if named is not None:
        phrase, last = named
    elif owner is not None and owner.definite and quantity.definite and not view.joined(last):
        phrase, last = Span(phrase.start, owner.phrase.end), view.local(owner)[1]
        who = owner.who or who if who is CountWho.UNSPECIFIED else who
    return Counted(Count(kind, who, low, high, phrase, view.cut(phrase)), first, last, named=named is not None)


def _kind(
    frame: Frame, quantity: Quantity, first: int, last: int, before: list[Counted], lexicon: ClaimLexicon
) -> CountKind | None:
    """What befell the people at words `first`..`last`; None where they are not counted here."""
    view = frame.view
    if (known := _known(frame, quantity, first, last, lexicon)) is not None:
        return known
    if uncounted(frame, quantity, before, lexicon) or (before and _predicate(frame, quantity, first)):
        return None
    if "بين" in view.stems[last : last + 1] and not lexicon.words.dead.isdisjoint(view.stems[last + 1 : last + 2]):
        return CountKind.KILLED_OR_INJURED  # ثلاثون شخصا بين قتيل وجريح
    if is_one(view, quantity) or quantity.rule == "one-of":
        kind = befell_one(frame, first, last, before)
        if kind is not None:
            return kind
    if _is_sent(frame, quantity, first):
        return CountKind.FIGHTERS_DEPLOYED
    governing = governor(frame, first, last, lexicon.suffer)
    if (struck := struck_so(frame, first, last)) is not None and governing is None:
        return struck
    if quantity.kind is not None and (quantity.kind in HARM or governing is None or governing.trigger.count is None):
        return _said_by_noun(frame, quantity, last, lexicon)
    if quantity.bare and quantity.definite and not (before and _own(view, quantity, before[-1], lexicon)):
        return None
    if before and (_is_part(view, quantity, first, before, lexicon) or _lists_parts(view, quantity, first, before[-1])):
        return before[-1].count.kind
    joined = before[-1].count.kind if before and view.joined(first) and first - before[-1].last <= 6 else None
    if governing is not None and governing.trigger.count is not None:
        return _governed(frame, governing, quantity, (first, last), joined)
    return joined if quantity.person else None


def _known_toll(frame: Frame) -> CountKind | None:
    """What befell those of a definite toll that opens a clause: `القتلى …`, `أن المصابين …`; None for another frame."""
    view, main = frame.view, frame.main
    known = view.amounts.get(main.first)
    if main.trigger.id != _TOLL or known is None or known.kind not in HARM or not view.words[main.first].article:
        return None
    return None if view.preposition(main.first) else known.kind


def _risen_to(frame: Frame, quantity: Quantity, first: int) -> CountKind | None:
    """`ارتفع عدد المصابين في القصف على القرية إلى 4 أطفال`: what befell those to whose number a toll has risen."""
    view = frame.view
    if quantity.kind is not None or quantity.bare or view.preposition(first) not in _UP_TO:
        return None
    for at in range(frame.start, first):
        if view.stems[at] in _RISES:
            tolls = (view.amounts[to].kind for to in range(at + 1, min(first, at + 4)) if to in view.amounts)
            return next((kind for kind in tolls if kind in HARM), None)
    return None


def _predicate_of(frame: Frame, quantity: Quantity, first: int, before: list[Counted]) -> bool:
    """`القتلى طفل وأربعة رجال`, `والمصابون هم 5 نساء`: what those of a known toll are said to be."""
    view, main = frame.view, frame.main
    if quantity.low is None or quantity.kind is not None or (quantity.bare and quantity.low != quantity.high):
        return False
    if before:
        return view.joined(first) and first - before[-1].last <= 1
    return all(view.whole[at] in _ARE for at in range(main.last, first))


def _known(frame: Frame, quantity: Quantity, first: int, last: int, lexicon: ClaimLexicon) -> CountKind | None:
    """What befell bodies that are found, and those whom a pronoun on a verb of harm takes up."""
    if _is_found(frame, quantity, first, lexicon):
        return CountKind.KILLED
    # أطلق جندي النار على المهاجم فقتله: who shot is not who was killed
    does_it = any(hit.last == first and not hit.noun and does(hit) for hit in frame.hits)
    taken = None if does_it else taken_up(frame, first, last)
    return None if taken is None else taken.trigger.count


def _said_by_noun(frame: Frame, quantity: Quantity, last: int, lexicon: ClaimLexicon) -> CountKind | None:
    """The kind that the noun itself says (`قتلى`, `جرحى`, `نازحين`); with the article it tells of those known."""
    noun = quantity.noun or ""
    known = quantity.kind in HARM and quantity.rule == "number" and noun.startswith(_ARTICLE)
    if quantity.definite and (quantity.bare or known):
        return None  # الجرحى الثلاثة
    if quantity.bare and quantity.kind not in HARM:
        return None
    if quantity.kind is CountKind.KILLED_OR_INJURED and _injured_too(frame.view, last, lexicon):
        return CountKind.KILLED
    return quantity.kind


def _is_found(frame: Frame, quantity: Quantity, first: int, lexicon: ClaimLexicon) -> bool:
    """`انتشلت الفرق جثث القتلى`: bodies found or handed over are a toll, though their noun is definite."""
    view = frame.view
    if not quantity.bare or not quantity.definite or view.stems[first] not in lexicon.next[_BODIES]:
        return False
    if view.words[first].enclitic:
        return False  # جثته: nobody says here whose
    found = [hit for hit in frame.hits if hit.trigger.id == _BODIES and hit.first < first <= hit.last + _BARE_REACH]
    return bool(found) and not view.gap_marks(found[-1].last, first)


def _distance(view: View, governing: Hit, first: int) -> int:
    """How many words stand between, the acting party and quotation marks left out; below 0 where people come first."""
    if first < governing.last:
        return first - governing.last
    parties = (at for at in range(governing.last, first) if not is_party(view, at))
    return sum(view.words[at].form not in ASIDE for at in parties)


def _is_sent(frame: Frame, quantity: Quantity, first: int) -> bool:
    """`استقدمت القوات مئات الجنود`, `رتل يضم 40 عنصرا`: fighters behind the word of their coming."""
    if quantity.who is not CountWho.FIGHTERS or quantity.kind is not None or (quantity.bare and quantity.definite):
        return False
    before = [hit for hit in frame.hits if hit.first < first]
    sent = bool(before) and before[-1].trigger.id in _SENDING and first - before[-1].last <= _SENT_REACH
    return sent and not frame.view.gap_marks(before[-1].last, first)


def _governed(
    frame: Frame, governing: Hit, quantity: Quantity, words: tuple[int, int], joined: CountKind | None
) -> CountKind | None:
    """The kind that the governing trigger gives, when the amount stands near enough for what it is."""
    first, last = words
    near = _distance(frame.view, governing, first)
    ahead = near < 0
    if ahead and governing.noun and governing.trigger.type in MOVES:
        return None if quantity.bare or quantity.noun is None else governing.trigger.count
    if quantity.bare and any(governing.last <= hit.first < first for hit in frame.hits):
        return None
    subject = ahead and starts_clause(frame.view, first)
    if not ahead and not governing.noun and quantity.bare and acted_on(frame.view, governing, first):
        return outcome(frame, governing, last)
    if quantity.bare and not (0 <= near <= _BARE_REACH or 0 > near >= -4 or subject):
        return joined
    if quantity.rule == "number" and quantity.definite:
        return None  # الثلاثين: an ordinal
    if quantity.noun is None and not (0 <= near <= _BARE_REACH or (ahead and governing.first - last <= _BARE_REACH)):
        return joined  # 13 جريحا في صفوف المحتجين وخمسة في صفوف رجال الأمن
    return outcome(frame, governing, last)


def _predicate(frame: Frame, quantity: Quantity, first: int) -> bool:
    """`فأرداه قتيلا`: what the verb made of whom its pronoun stands for."""
    if not quantity.bare or quantity.kind not in HARM:
        return False
    return any(hit.last == first and owns_object(frame.view, hit) for hit in frame.hits)


def _own(view: View, quantity: Quantity, before: Counted, lexicon: ClaimLexicon) -> bool:
    """`رجل وزوجته`, `ثلاثة بينهم القائد`: a relative joined to one who is counted; one told among those counted."""
    first, last = view.local(quantity)
    gap = first - before.last
    kin = any(view.words[at].enclitic for at in range(first, last))
    if gap <= 1 and view.joined(first):
        return kin
    return gap <= _PART_REACH and (kin or is_one(view, quantity)) and lexicon.parts.ends(view, first)


def _lists_parts(view: View, quantity: Quantity, first: int, total: Counted) -> bool:
    """`4 مدنيين (طفلة وامرأتان ورجل)`: behind a bracket, a colon or a dash a total is told one by one."""
    between = range(total.last, first)
    low = total.count.low
    if not between or low is None or low < 2 or quantity.low is None or quantity.low >= low:
        return False
    if any(view.words[at].kind is not WordKind.PUNCT for at in between):
        return False
    return any(view.words[at].form in _OPENS_PARTS for at in between)


def _injured_too(view: View, last: int, lexicon: ClaimLexicon) -> bool:
    """`ضحايا وجرحى`: victims set beside the wounded are the dead."""
    return last < len(view) and view.stems[last] in lexicon.words.wounded and view.joined(last)


def _is_part(view: View, quantity: Quantity, first: int, before: list[Counted], lexicon: ClaimLexicon) -> bool:
    if quantity.rule == SHARE:
        return True
    since = before[-1].last
    if lexicon.parts.within(view, range(max(since, first - 6), first)):
        return True
    return view.joined(first) and first - since <= 2 and _was_part(view, before[-1].first, lexicon)


def _was_part(view: View, first: int, lexicon: ClaimLexicon) -> bool:
    return lexicon.parts.within(view, range(max(0, first - 6), first))

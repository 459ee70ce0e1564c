"""Incident records: lines of a label, a colon and a value that together tell one event.

`التاريخ: …`, `المكان: …`, `نوع الحادثة: قصف مدفعي`, `الجهة المسؤولة: …`, `القتلى: 3`: the line of the kind tells the
event; the others say when, where, by whom, and how many. A record has at least three such lines, one of them its kind.

Source: the forms of monitoring groups' incident pages; the annotation guidelines ("One claim or two").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from sijill.claims.people import who_of
from sijill.claims.view import View
from sijill.data import Meta
from sijill.model import (
    Actor,
    Count,
    CountKind,
    CountWho,
    MentionKind,
    Place,
    Quantity,
    Span,
    StatedDate,
    WordKind,
)
from sijill.text.folding import fold

__all__ = ["FILE", "Label", "Labels", "Record", "by_words", "record_at"]

FILE = "rules/records.toml"
_LABEL = 4  # words of the longest label
_LINES = 3
_MOST = 24  # lines of the longest record
_MARKS = frozenset("-–—•*▪●·◾■")
_STROKE = "/"
_RANGE = frozenset("-–—")


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label and what its value says; the data file says what each field means."""

    id: str
    field: str
    words: list[str]
    count: CountKind | None = None
    who: CountWho | None = None

    def __post_init__(self) -> None:
        if self.field not in ("date", "place", "kind", "agent", "toll", "other"):
            raise ValueError(f"field {self.field!r} of label {self.id!r} is none of a record")
        if (self.count is not None) != (self.field == "toll"):
            raise ValueError(f"label {self.id!r} needs a count if it is of a toll, and only then")


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of labels."""

    meta: Meta
    label: list[Label]


class Record(msgspec.Struct, frozen=True):
    """A record: the number of its lines, which sentence of the text tells its kind, and what the other lines say."""

    size: int
    kind: int
    when: StatedDate | None
    places: tuple[Place, ...]
    agents: tuple[Actor, ...]
    counts: tuple[Count, ...]


def by_words(labels: Sequence[Label]) -> dict[str, Label]:
    """The labels by their folded words."""
    return {fold(words): label for label in labels for words in label.words}


def record_at(views: Sequence[View], first: int, labels: Mapping[str, Label]) -> Record | None:
    """The record whose lines begin at `views[first]`; None where there is none."""
    lines: list[tuple[Label, View, int]] = []
    for view in views[first : first + _MOST]:
        found = _labelled(view, labels)
        if found is None:
            break
        lines.append((found[0], view, found[1]))
    kinds = [at for at, (label, _, _) in enumerate(lines) if label.field == "kind"]
    again = next((at for at in range(kinds[0] + 1, len(lines)) if _opens_again(lines, at)), None) if kinds else None
    lines = lines[:again]
    if not kinds or sum(label.field != "other" for label, _, _ in lines) < _LINES:
        return None
    when: StatedDate | None = None
    places: list[Place] = []
    agents: list[Actor] = []
    counts: list[Count] = []
    for label, view, value in lines:
        if label.field == "date" and when is None:
            when = next((StatedDate(d.start, d.end, d.span, d.text, d.precision) for d in view.dates), None)
        elif label.field == "place":
            places += _places(view, value)
        elif label.field == "agent":
            agents += _agents(view, value)
        elif label.field == "toll" and label.count is not None:
            counts += _counts(view, value, label.count, label.who)
    return Record(len(lines), first + kinds[0], when, tuple(places), tuple(agents), tuple(counts))


def _labelled(view: View, labels: Mapping[str, Label]) -> tuple[Label, int] | None:
    """The label that a line begins with, and where its value begins."""
    begins = next((at for at, word in enumerate(view.words) if word.form not in _MARKS), len(view))
    for at in range(begins + 1, min(len(view), begins + _LABEL + 1)):
        if view.words[at].form == ":":
            label = _known([word.key for word in view.words[begins:at]], labels)
            return None if label is None else (label, at + 1)
    return None


def _known(keys: list[str], labels: Mapping[str, Label]) -> Label | None:
    """The label of these words; of two parted by a stroke (`الولاية/المحلية`) the first that is known."""
    if _STROKE not in keys:
        return labels.get(" ".join(keys))
    at = keys.index(_STROKE)
    return labels.get(" ".join(keys[:at])) or labels.get(" ".join(keys[at + 1 :]))


def _opens_again(lines: Sequence[tuple[Label, View, int]], at: int) -> bool:
    """Whether the label at `at` stood before: another record begins."""
    label = lines[at][0]
    return label.field in ("kind", "date") and any(before.id == label.id for before, _, _ in lines[:at])


def _places(view: View, value: int) -> list[Place]:
    named = (m for m in view.mentions if m.kind is MentionKind.PLACE and view.local(m)[0] >= value)
    return [Place(m.name, m.span, view.cut(m.span), place_id=m.ref) for m in named]


def _agents(view: View, value: int) -> list[Actor]:
    named = (m for m in view.mentions if m.kind is MentionKind.ACTOR and view.local(m)[0] >= value)
    return [Actor(m.name, m.span, view.cut(m.span), m.ref, m.label) for m in named]


def _counts(view: View, value: int, kind: CountKind, who: CountWho | None) -> list[Count]:
    """The people of a line of a toll: of the kind that their noun says, else that of the label."""
    counts: list[Count] = []
    for quantity in view.quantities:
        first, _ = view.local(quantity)
        known = quantity.bare and quantity.definite
        if first < value or known or quantity.high == 0 or (counts and not quantity.person):
            continue
        told = counts[-1].kind if counts and quantity.kind is None else quantity.kind or kind
        if quantity.kind is None and told is CountKind.KILLED_OR_INJURED and kind is not told:
            told = kind
        before = counts[-1] if counts else None
        counts.append(_count(view, quantity, told, who if before is None else None))
    return counts or _number(view, value, kind, who)


def _count(view: View, quantity: Quantity, kind: CountKind, who: CountWho | None) -> Count:
    who = who or who_of(view, quantity, None, others=False)
    return Count(kind, who, quantity.low, quantity.high, quantity.phrase, view.cut(quantity.phrase))


def _number(view: View, value: int, kind: CountKind, who: CountWho | None) -> list[Count]:
    """`القتلى: 7 – 9`: numbers alone."""
    numbers = [at for at in range(value, min(len(view), value + 3)) if view.words[at].kind is WordKind.NUMBER]
    numbers = [at for at in numbers if view.words[at].form.isdecimal() and at not in view.dated]
    if not numbers or numbers[0] != value:
        return []
    ends = len(numbers) > 1 and view.words[value + 1].form in _RANGE
    last = numbers[-1] if ends else numbers[0]
    low, high = int(view.words[value].form), int(view.words[last].form)
    if not 0 < low <= high:
        return []
    span = Span(view.words[value].start, view.words[last].end)
    return [Count(kind, who or CountWho.UNSPECIFIED, low, high, span, view.cut(span))]

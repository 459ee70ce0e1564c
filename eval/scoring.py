"""The measures of the reading: claims held against gold, paired one to one, each field as precision, recall and F1.

The measures are those that the annotation guidelines define, so that our numbers can be set beside any other tool's:

- `claim`, `claim~`: paired and of the same type, or of the same family of types
- `count`, `count+who`: kind, low and high (and who) equal, spans overlapping, whatever claim they hang on
- `date`: on paired claims, the same first and last day
- `place`, `agent`, `target`, `source`: on paired claims, names that name the same thing
- `modality`: on paired claims, equal
- `perfect`: paired claims with every field right
- `score`: the mean F1 of claim, count+who, date, place, agent and source

Claims pair where their triggers overlap or lie within 40 characters, or where counts overlap; closest pairs first.
A claim without partner costs precision (or recall) in every field that it carries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from eval.names import Form, Name, forms, matches

__all__ = [
    "FAMILIES",
    "FIELDS",
    "IN_SCORE",
    "MEASURES",
    "Board",
    "Counted",
    "Dated",
    "Judged",
    "Miss",
    "Rate",
    "Reading",
    "score",
]

FAMILIES = {
    "fight": ("armed_clash", "territory_gained", "withdrawal", "offensive"),
    "remote": ("air_strike", "shelling", "explosion", "suicide_attack", "prohibited_weapon", "interception"),
    "harm": ("killing", "casualties", "abuse"),
    "custody": ("abduction", "detention", "release", "surrender"),
    "move": ("displacement", "siege"),
    "other": ("destruction", "agreement", "protest"),
}
FIELDS = ("place", "agent", "target", "source")
IN_SCORE = ("claim", "count+who", "date", "place", "agent", "source")
MEASURES = ("claim", "claim~", "count", "count+who", "date", *FIELDS, "modality", "perfect")
REACH = 40  # characters between two triggers that may still name the same event

_FAMILY_OF = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
Pair = tuple[int, int]


class Counted(msgspec.Struct, frozen=True):
    """A count of people."""

    kind: str
    who: str
    low: int | None
    high: int | None
    span: Pair


class Dated(msgspec.Struct, frozen=True):
    """A stated time; `start` is None where it is not resolved."""

    start: str | None
    end: str | None
    span: Pair


class Judged(msgspec.Struct, frozen=True):
    """A claim, gold or given, with the fields that are judged (a file may carry more)."""

    type: str
    trigger: Pair
    counts: tuple[Counted, ...] = ()
    date: Dated | None = None
    places: tuple[Name, ...] = ()
    agents: tuple[Name, ...] = ()
    targets: tuple[Name, ...] = ()
    sources: tuple[Name, ...] = ()
    modality: str = "asserted"

    @property
    def days(self) -> tuple[str, str | None] | None:
        """First and last day, None without a resolved date."""
        return (self.date.start, self.date.end) if self.date and self.date.start else None

    def named(self, field: str) -> tuple[Name, ...]:
        """The names of `field`, one of FIELDS."""
        names: tuple[Name, ...] = getattr(self, field + "s")
        return names


class Reading(msgspec.Struct, frozen=True):
    """One line of a gold file or of a reader's output."""

    doc: str
    claims: tuple[Judged, ...]
    published: str | None = None


class Rate(msgspec.Struct, frozen=True):
    """Right, in gold, and given; with the rates that follow."""

    hit: int
    gold: int
    given: int

    @property
    def precision(self) -> float:
        """Right of given; 0 where nothing was given."""
        return self.hit / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Right of gold; 0 where there is none."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Miss(msgspec.Struct, frozen=True):
    """One error: what kind, what was expected and given, and the text around it."""

    doc: str
    what: str
    detail: str
    quote: str


class Board(msgspec.Struct, frozen=True):
    """The measures of one set of reports."""

    rates: dict[str, Rate]
    types: dict[str, Rate]
    quiet: Rate  # reports that tell no claim, and were given none
    misses: tuple[Miss, ...]

    @property
    def invented(self) -> float:
        """The share of given claims that pair with none of the gold."""
        given = self.rates["claim"].given
        return 1 - self.rates["modality"].given / given if given else 0.0

    @property
    def score(self) -> float:
        """Mean F1 of the fields of IN_SCORE."""
        return sum(self.rates[measure].f1 for measure in IN_SCORE) / len(IN_SCORE)


class _Ledger:
    """Sums while documents are judged."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.misses: list[Miss] = []

    def add(self, key: str, hit: int = 0, gold: int = 0, given: int = 0) -> None:
        for part, number in (("hit", hit), ("gold", gold), ("given", given)):
            self.counts[key, part] += number

    def rate(self, key: str) -> Rate:
        return Rate(self.counts[key, "hit"], self.counts[key, "gold"], self.counts[key, "given"])


def score(gold: Iterable[Reading], given: Iterable[Reading], texts: Mapping[str, str]) -> Board:
    """The board of `given` against `gold`; `texts` are the reports by id. A report not given counts as empty."""
    claims = {reading.doc: reading.claims for reading in given}
    measures, types = _Ledger(), _Ledger()
    for reading in gold:
        found = claims.get(reading.doc, ())
        judge = _Judge(reading, found, texts[reading.doc], measures)
        judge.run()
        judge.tally_types(types)
        if not reading.claims:
            measures.add("quiet", hit=not found, gold=1, given=1)
    kinds = sorted({key for key, _ in types.counts})
    return Board(
        {measure: measures.rate(measure) for measure in MEASURES},
        {kind: types.rate(kind) for kind in kinds},
        measures.rate("quiet"),
        tuple(measures.misses),
    )


class _Seen:
    """A claim with the forms of its names, folded once."""

    def __init__(self, claim: Judged, text: str) -> None:
        self.claim = claim
        self.forms: dict[str, list[frozenset[Form]]] = {
            field: [forms(name, text) for name in claim.named(field)] for field in FIELDS
        }


class _Judge:
    """One report's claims, gold and given, paired and counted into a ledger."""

    def __init__(self, gold: Reading, given: Sequence[Judged], text: str, ledger: _Ledger) -> None:
        self.doc, self.text, self.ledger = gold.doc, text, ledger
        self.gold, self.given = gold.claims, given
        wanted, got = [_Seen(claim, text) for claim in gold.claims], [_Seen(claim, text) for claim in given]
        self.at = _pairs(wanted, got)
        self.seen = [(wanted[i], got[j]) for i, j in self.at]
        self.pairs = [(a.claim, b.claim) for a, b in self.seen]

    def run(self) -> None:
        self._claims()
        self._counts("count", lambda c: (c.kind, c.low, c.high))
        self._counts("count+who", lambda c: (c.kind, c.who, c.low, c.high))
        self._dates()
        for field in FIELDS:
            self._names(field)
        self._modality()
        self.ledger.add("perfect", sum(_perfect(a, b) for a, b in self.seen), len(self.gold), len(self.given))

    def tally_types(self, types: _Ledger) -> None:
        for claim in self.gold:
            types.add(claim.type, gold=1)
        for claim in self.given:
            types.add(claim.type, given=1)
        for wanted, got in self.pairs:
            if wanted.type == got.type:
                types.add(wanted.type, hit=1)

    def _miss(self, what: str, detail: str, at: Pair) -> None:
        quote = self.text[max(0, at[0] - 40) : at[1] + 40].replace("\n", " ")
        self.ledger.misses.append(Miss(self.doc, what, detail, quote))

    def _claims(self) -> None:
        sizes = len(self.gold), len(self.given)
        self.ledger.add("claim", sum(a.type == b.type for a, b in self.pairs), *sizes)
        self.ledger.add("claim~", sum(_family(a) == _family(b) for a, b in self.pairs), *sizes)
        wanted, got = {i for i, _ in self.at}, {j for _, j in self.at}
        for claim in (c for i, c in enumerate(self.gold) if i not in wanted):
            self._miss("missed claim", claim.type, claim.trigger)
        for claim in (c for j, c in enumerate(self.given) if j not in got):
            self._miss("invented claim", claim.type, claim.trigger)
        for a, b in self.pairs:
            if a.type != b.type:
                self._miss("wrong type", f"{a.type} != {b.type}", a.trigger)

    def _counts(self, measure: str, key: Callable[[Counted], tuple[object, ...]]) -> None:
        wanted = [count for claim in self.gold for count in claim.counts]
        left = [count for claim in self.given for count in claim.counts]
        total, hit = len(left), 0
        for count in wanted:
            found = next((i for i, o in enumerate(left) if _overlap(count.span, o.span) and key(count) == key(o)), None)
            if found is not None:
                del left[found]
                hit += 1
            elif measure == "count":
                self._miss("missed count", _count_line(count), count.span)
        if measure == "count":
            for count in left:
                self._miss("wrong count", _count_line(count), count.span)
        self.ledger.add(measure, hit, len(wanted), total)

    def _dates(self) -> None:
        hit = sum(a.days is not None and a.days == b.days for a, b in self.pairs)
        self.ledger.add("date", hit, _with_days(self.gold), _with_days(self.given))
        for a, b in self.pairs:
            if a.days != b.days:
                self._miss("wrong date", f"{a.days} != {b.days}", a.trigger)

    def _names(self, field: str) -> None:
        hit = 0
        for a, b in self.seen:
            right = matches(a.forms[field], b.forms[field])
            hit += right
            wanted, got = a.claim.named(field), b.claim.named(field)
            if not len(wanted) == len(got) == right:
                self._miss(f"wrong {field}", f"{[n.name for n in wanted]} != {[n.name for n in got]}", a.claim.trigger)
        sizes = [sum(len(claim.named(field)) for claim in claims) for claims in (self.gold, self.given)]
        self.ledger.add(field, hit, *sizes)

    def _modality(self) -> None:
        hit = 0
        for a, b in self.pairs:
            hit += a.modality == b.modality
            if a.modality != b.modality:
                self._miss("wrong modality", f"{a.modality} != {b.modality}", a.trigger)
        self.ledger.add("modality", hit, len(self.pairs), len(self.pairs))


def _pairs(gold: Sequence[_Seen], given: Sequence[_Seen]) -> list[Pair]:
    """Which gold claim goes with which given one: each at most once, closest first, ties in text order."""
    near = []
    for i, wanted in enumerate(gold):
        for j, got in enumerate(given):
            closeness = _closeness(wanted.claim, got.claim)
            if closeness is not None:
                names = sum(matches(wanted.forms[f], got.forms[f]) for f in ("place", "agent"))
                near.append((-(closeness + names), i, j))
    used_gold: set[int] = set()
    used_given: set[int] = set()
    pairs = []
    for _, i, j in sorted(near):
        if i not in used_gold and j not in used_given:
            used_gold.add(i)
            used_given.add(j)
            pairs.append((i, j))
    return pairs


def _closeness(wanted: Judged, got: Judged) -> float | None:
    """How well two claims go together by all but names; None where they cannot be the same."""
    gap = max(0, max(wanted.trigger[0], got.trigger[0]) - min(wanted.trigger[1], got.trigger[1]))
    counts = sum(any(_overlap(a.span, b.span) for b in got.counts) for a in wanted.counts)
    if gap > REACH and not counts:
        return None
    same_day = wanted.days is not None and wanted.days == got.days
    return (
        4.0 * (gap == 0)
        + (gap <= REACH)
        + 3 * (wanted.type == got.type)
        + (_family(wanted) == _family(got))
        + 2 * counts
        + same_day
        - gap / 100
    )


def _perfect(wanted: _Seen, got: _Seen) -> bool:
    """Whether every field is right (spans are not asked for)."""
    a, b = wanted.claim, got.claim
    if (a.type, a.days, a.modality, _count_keys(a)) != (b.type, b.days, b.modality, _count_keys(b)):
        return False
    return all(len(wanted.forms[f]) == len(got.forms[f]) == matches(wanted.forms[f], got.forms[f]) for f in FIELDS)


def _count_keys(claim: Judged) -> list[tuple[str, str, int, int]]:
    return sorted((c.kind, c.who, c.low or -1, c.high or -1) for c in claim.counts)


def _count_line(count: Counted) -> str:
    return f"{count.kind}/{count.who} {count.low}-{count.high}"


def _family(claim: Judged) -> str | None:
    return _FAMILY_OF.get(claim.type)


def _overlap(a: Pair, b: Pair) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _with_days(claims: Iterable[Judged]) -> int:
    return sum(claim.days is not None for claim in claims)

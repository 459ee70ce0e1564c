"""How right the numbers, quantities and dates are: on lists of expressions, and on the gold spans of the dev reports.

An expression is right when an answer has its span and one of its values. The guidelines leave في outside the span of a
date, two of the lists often take it in: "span aside from في" counts those as right too, apart from the strict count.
Duckling's list is read with `prefer="future"` and weeks from Monday, its own conventions; "Duckling's spans" reads it
with `in_span` as well, since Duckling's spans take in the preposition. Date answers are our resolved dates, quantity
answers our quantities and numbers, definite bare nouns left out (they state no amount). On a trap any answer of its
kind is wrong.

On the dev reports a gold count is found when a quantity or number overlaps it with its low and high, or, where it is
1..1, a person whom the names room reads there (as the pipeline runs it, before any claim is built): that is the
figure. "by quantities alone" leaves the persons out. A gold date is found when a date overlaps it with its days.

Our quantities of people that touch no gold count are told by reasons: they are part of a name, who speaks, an agent or
target of a gold claim, definite (a class, or people told before: no amount), a party that acts or is attacked, in a
sentence without a claim, or none of these.

Run: python eval/values.py [--shared ../shared/eval] [--errors N] [--only MEASURE]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sijill.model import CountWho, Document, Mention, MentionKind, Quantity, Span, Text, Values
from sijill.pipeline import Reader
from sijill.text import TextReader
from sijill.values import ValueReader, lexicon_words

SHARED = Path(__file__).resolve().parents[2] / "shared" / "eval"


class Bench:
    """The readers, loaded once, and what was counted."""

    def __init__(self) -> None:
        words = lexicon_words()
        self._whole = TextReader(words, whole=True)
        self._readers = {
            "past": ValueReader(),
            "future": ValueReader(prefer="future", week_start="monday"),
            "duckling": ValueReader(prefer="future", week_start="monday", in_span=True),
        }
        self._pipeline = Reader()
        self.right: Counter[str] = Counter()
        self.total: Counter[str] = Counter()
        self.errors: defaultdict[str, list[str]] = defaultdict(list)
        self.reasons: Counter[tuple[str, str, str]] = Counter()
        self.people: Counter[str] = Counter()

    def read(self, text: str, published: date | None, prefer: str = "past") -> Values:
        """The values of an expression, which is read whole."""
        return self._readers[prefer].read(self._whole.read(Document(id="x", text=text, published=published)))

    def report(self, row: dict[str, Any]) -> tuple[Text, Values, tuple[Mention, ...]]:
        """A report's text without its furniture, values and mentions."""
        text = self._pipeline.text(Document(id=row["id"], text=row["text"], published=day(row["published"])))
        values = self._pipeline.values(text)
        return text, values, self._pipeline.mentions(text, values)

    def count(self, name: str, *, right: bool, error: str) -> None:
        """One more case of a measure."""
        self.total[name] += 1
        self.right[name] += right
        if not right:
            self.errors[name].append(error)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def day(text: str | None) -> date | None:
    """A day in ISO form."""
    return date.fromisoformat(text) if text else None


def answers(values: Values, kind: str) -> list[tuple[Span, tuple[Any, Any]]]:
    """(span, value) of our answers of a kind."""
    if kind == "date":
        return [
            (one.span, (one.start.isoformat(), one.end.isoformat())) for one in values.dates if one.start and one.end
        ]
    said = [(one.span, (one.low, one.high)) for one in values.quantities if not (one.bare and one.definite)]
    return said + [(one.span, (one.value, one.value)) for one in values.numbers if not one.ordinal]


def expressions(bench: Bench, path: Path, prefer: str = "past") -> None:
    """The lists of expressions, counted by kind, with traps by themselves."""
    name = path.stem
    for row in lines(path):
        given = answers(bench.read(row["text"], day(row["published"]), prefer), row["kind"])
        show = [(one.cut(row["text"]), value) for one, value in given]
        if row["span"] is None:
            bench.count(f"{name} traps", right=not given, error=f"{row['text']} → {show}")
            continue
        span = Span(*row["span"])
        keys = ("start", "end") if row["kind"] == "date" else ("low", "high")
        accepted = [tuple(value[key] for key in keys) for value in row["values"]]
        right = any(one == span and value in accepted for one, value in given)
        group = "dialect" if "_EG" in row["cat"] else row["kind"]
        bench.count(
            f"{name} {group}", right=right, error=f"{row['text']} = {span.cut(row['text'])} {accepted} → {show}"
        )
        if row["kind"] == "date":
            inside = Span(span.start + 3, span.end) if span.cut(row["text"]).startswith("في ") else span
            aside = any(one in (span, inside) and value in accepted for one, value in given)
            bench.count(f"{name} {group}, span aside from في", right=aside, error="")
        if row["kind"] == "date" and prefer == "future":
            own = answers(bench.read(row["text"], day(row["published"]), "duckling"), "date")
            right = any(one == span and value in accepted for one, value in own)
            bench.count(f"{name} {group}, Duckling's spans", right=right, error="")
        loose = any(one.overlaps(span) and value in accepted for one, value in given)
        bench.count(f"{name} {group}, overlapping", right=loose, error="")


def roundtrip(bench: Bench, path: Path) -> None:
    """Spelled numbers: one number over the whole text."""
    for row in lines(path):
        values = bench.read(row["text"], None)
        whole = Span(0, len(row["text"]))
        right = any(one.value == row["value"] and one.span == whole for one in values.numbers)
        bench.count(
            "roundtrip", right=right, error=f"{row['text']} = {row['value']} → {[n.value for n in values.numbers]}"
        )


def reports(bench: Bench, folder: Path) -> None:
    """Gold spans of the dev reports, the working half and the other apart."""
    gold = {row["doc"]: row for row in lines(folder / "gold.jsonl")}
    for index, row in enumerate(lines(folder / "documents.jsonl")):
        half = "work" if index % 2 == 0 else "other"
        claims = gold[row["id"]]["claims"]
        text, values, mentions = bench.report(row)
        for count in (count for claim in claims for count in claim["counts"]):
            _gold_count(bench, half, row["text"], values, count, mentions)
        seen = set()
        for claim in claims:
            stated = claim["date"]
            if stated is None or tuple(stated["span"]) in seen:
                continue
            seen.add(tuple(stated["span"]))
            _gold_date(bench, half, row["text"], values, stated)
        _extras(bench, half, text, values, mentions, claims)


def _gold_count(
    bench: Bench, half: str, text: str, values: Values, count: dict[str, Any], mentions: tuple[Mention, ...]
) -> None:
    span = Span(*count["span"])
    near: list[tuple[Any, Any, CountWho | None, str]] = [
        (one.low, one.high, one.who, one.span.cut(text)) for one in values.quantities if one.phrase.overlaps(span)
    ]
    near += [(one.value, one.value, None, one.span.cut(text)) for one in values.numbers if one.span.overlaps(span)]
    right = any((low, high) == (count["low"], count["high"]) for low, high, _, _ in near)
    named = (count["low"], count["high"]) == (1, 1) and any(
        _is_person(one) and one.span.overlaps(span) for one in mentions
    )
    about = f"{_context(text, span)} = {count['low']}..{count['high']} {count['who']} → {near}"
    for part in (half, "all"):
        bench.count(f"dev {part} counts", right=right or named, error=about if near else f"(nothing) {about}")
        bench.count(f"dev {part} counts, by quantities alone", right=right, error="")
    if right:
        who = any(who is not None and who.value == count["who"] for _, _, who, _ in near)
        bench.count(f"dev {half} counts, who of those", right=who, error=about)


def _is_person(mention: Mention) -> bool:
    return mention.kind is MentionKind.PEOPLE and mention.subtype == "person"


def _gold_date(bench: Bench, half: str, text: str, values: Values, stated: dict[str, Any]) -> None:
    span = Span(*stated["span"])
    near = [one for one in values.dates if one.span.overlaps(span)]
    right = any((str(one.start), str(one.end)) == (stated["start"], stated["end"]) for one in near)
    show = [(str(one.start), str(one.end), one.text, one.rule) for one in near]
    about = f"{_context(text, span)} = {stated['start']}..{stated['end']} → {show}"
    for part in (half, "all"):
        bench.count(f"dev {part} dates", right=right, error=about)


def _extras(
    bench: Bench,
    half: str,
    text: Text,
    values: Values,
    mentions: tuple[Mention, ...],
    claims: list[dict[str, Any]],
) -> None:
    """Our quantities of people that touch no gold count, by form and reason."""
    counts = [Span(*count["span"]) for claim in claims for count in claim["counts"]]
    for one in values.quantities:
        if not one.person:
            continue
        form = "definite" if one.definite and one.bare else "bare" if one.bare else "numbered"
        bench.people[form] += 1
        if any(one.phrase.overlaps(span) for span in counts):
            continue
        reason = _reason(one, text, mentions, claims)
        bench.reasons[form, reason, half] += 1
        about = f"{one.rule} {one.noun_class}: {_context(text.document.text, one.phrase)}"
        bench.errors[f"dev {half} people, {form}, {reason}"].append(about)


def _reason(one: Quantity, text: Text, mentions: tuple[Mention, ...], claims: list[dict[str, Any]]) -> str:
    """Why a quantity of people is no gold count."""
    around = [mention.kind for mention in mentions if mention.span.overlaps(one.phrase)]
    if MentionKind.ACTOR in around:
        return "part of a name"
    if MentionKind.BODY in around or MentionKind.OUTLET in around:
        return "who speaks"
    for role in ("agents", "targets"):
        if any(Span(*named["span"]).overlaps(one.phrase) for claim in claims for named in claim[role]):
            return f"{role[:-1]} of a claim"
    if one.definite and one.bare:
        told = one.rule == "noun-singular" or one.kind is not None
        return "definite: people told before" if told else "definite: a class"
    sentence = next(one_ for one_ in text.sentences if one_.first <= one.first < one_.last)
    around_it = Span(sentence.start, sentence.end)
    if not any(Span(*claim["trigger"]).overlaps(around_it) for claim in claims):
        return "in a sentence without a claim"
    return "a party that acts or is attacked" if one.who is CountWho.FIGHTERS and one.bare else "none of these"


def _context(text: str, span: Span) -> str:
    before, behind = text[max(0, span.start - 25) : span.start], text[span.end : span.end + 20]
    return f"{before}[{span.cut(text)}]{behind}".replace("\n", "⏎")


def print_reasons(bench: Bench) -> None:
    """The table of our quantities of people that touch no gold count."""
    total, aside = sum(bench.people.values()), sum(bench.reasons.values())
    print(f"\nof {total} quantities of people {aside} touch no gold count ({aside / total:.1%})")
    print(f"{'form':10} {'of':>4}  {'reason':34} {'work':>5} {'other':>6} {'share':>7}")
    for form, reason in sorted({(form, reason) for form, reason, _ in bench.reasons}):
        work, other = (bench.reasons[form, reason, half] for half in ("work", "other"))
        print(f"{form:10} {bench.people[form]:4}  {reason:34} {work:5} {other:6} {(work + other) / total:7.1%}")


def main() -> None:
    """Print the board, and the errors asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", type=int, default=0, help="how many errors of each measure to print")
    parser.add_argument("--only", default="", help="print errors of measures that begin so")
    options = parser.parse_args()
    bench = Bench()
    lists = options.shared / "values"
    expressions(bench, lists / "news.jsonl")
    expressions(bench, lists / "duckling.jsonl", "future")
    roundtrip(bench, lists / "roundtrip.jsonl")
    reports(bench, options.shared / "dev")
    for name, total in bench.total.items():
        print(f"{name:48} {bench.right[name]:5} of {total:5}  {bench.right[name] / total:7.2%}")
    print_reasons(bench)
    for name, errors in bench.errors.items():
        # Of the other half only the totals are looked at.
        if options.errors and "other" not in name and name.startswith(options.only):
            print(f"\n{name}")
            print("\n".join(f"  {error}" for error in errors[: options.errors] if error))


if __name__ == "__main__":
    main()

"""What triage costs, what it lets in of general news, and what it loses of conflict reports.

Prints CPU milliseconds a document for the first look (first pass, and again once word forms are remembered), for the
reader, and for both over mixed news; the share of general news that is let in, by field and by the share of sentences
with violent words; and the claims of the reader on documents turned away, over all claims, for each set of reports.
`planted` has one sentence of a conflict report in a document of general news.

Run: python benchmarks/triage.py [DOCUMENTS [FOLDER of seed, dev and airwars]]
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

if __name__ == "__main__":  # a script has its own folder on the path; `benchmarks` and `eval` lie one above
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.mixed_news import FIELDS, general, general_text, mixed
from eval.sets import SHARED, GoldSet, incidents, own_sets, shared_sets
from sijill.model import Document, Modality
from sijill.pipeline import Reader
from sijill.triage import Triage

_SHARES = (0.0, 0.04, 0.08, 0.15)


def _spent(call: Callable[[Document], object], documents: Iterable[Document]) -> float:
    """CPU milliseconds a document."""
    rows = list(documents)
    start = time.process_time()
    for document in rows:
        call(document)
    return (time.process_time() - start) / len(rows) * 1_000


def _cost(reader: Reader, number: int) -> None:
    rows = list(mixed(number))
    other = [row.document for row in rows if row.kind != "conflict"]
    conflict = [row.document for row in rows if row.kind == "conflict"]
    size = sum(len(document.text) for document in other) / len(other)
    start = time.process_time()
    triage = reader.triage()
    print(f"triage built in {time.process_time() - start:.3f} CPU s")
    first, again = _spent(triage.look, other), _spent(triage.look, other)
    print(f"a look: {first:.2f} CPU ms first, {again:.2f} again; {len(other)} documents of {size:.0f} characters")
    read, reports = _spent(reader.read, other[:300]), _spent(reader.read, conflict)
    print(f"a reading: {read:.1f} CPU ms general, {reports:.1f} conflict ({len(conflict)} reports)")
    fresh = reader.triage()
    both = _spent(lambda document: fresh.holds(document) and reader.read(document), [row.document for row in rows])
    share = len(conflict) / len(rows)
    print(f"mixed news, {share:.0%} conflict: {both:.2f} CPU ms, {1_000 / both:.0f} documents a second")


def _let_in(triage: Triage, number: int) -> None:
    for share in _SHARES:
        found = Counter(row.kind for row in general(number, seed=5, violent=share) if triage.holds(row.document))
        fields = " ".join(f"{field} {found[field] / (number / len(FIELDS)):.1%}" for field in FIELDS)
        print(f"let in, {share:.0%} violent: {found.total() / number:.1%} ({fields})")


def _lost(reader: Reader, triage: Triage, name: str, documents: Sequence[Document]) -> None:
    lost = away = claims = quiet = 0
    for document in documents:
        told = len(reader.read(document).claims)
        held = triage.holds(document)
        claims += told
        lost += 0 if held else told
        away += not held
        quiet += not told
    print(
        f"{name}: {lost} of {claims} claims lost ({lost / max(claims, 1):.2%}); "
        f"{away} of {len(documents)} documents turned away, {quiet} have no claim"
    )


def _planted(triage: Triage, sets: Sequence[GoldSet]) -> None:
    """One sentence that tells an event, among general news of 1,500 to 3,000 characters."""
    rng = random.Random(3)  # noqa: S311
    held: Counter[bool] = Counter()
    counted: Counter[bool] = Counter()
    for gold in sets:
        for reading in gold.gold:
            text = gold.texts[reading.doc]
            for claim in reading.claims:
                if claim.modality != Modality.ASSERTED:
                    continue
                start = max(text.rfind(mark, 0, claim.trigger[0]) for mark in ".\n؟!") + 1
                ends = [at for mark in ".\n؟!" if (at := text.find(mark, claim.trigger[1])) >= 0]
                sentence = text[start : min(ends, default=len(text))].strip()
                other = general_text(rng, rng.choice(FIELDS), 0.08)
                at = other.find(". ", len(other) // 3) + 2
                kept = triage.holds(Document(id="planted", text=f"{other[:at]}{sentence}. {other[at:]}"))
                held[kept] += 1
                counted[kept] += bool(claim.counts)
    print(
        f"planted: {held[True] / held.total():.1%} of {held.total()} let in, "
        f"{counted[True] / counted.total():.1%} of {counted.total()} that count people"
    )


def main() -> None:
    """Prints all figures."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else SHARED
    reader = Reader()
    triage = reader.triage()
    _cost(reader, number)
    _let_in(triage, number)
    own = own_sets()
    for gold in (*own, *shared_sets(folder)):
        _lost(reader, triage, gold.name, gold.documents)
    if documents := incidents(folder)[0]:
        _lost(reader, triage, "airwars", documents)
    _planted(triage, own)


if __name__ == "__main__":
    main()

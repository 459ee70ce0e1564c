"""Invented general news with a few conflict reports among it: what triage and bulk runs are measured on.

Nothing here is real. A document is of one field (sport, economy, weather, culture, politics, health, technology, court,
accidents): sentences of `other_news/FIELD.txt` and of `frames.txt`, some with an opener or a tail, and, at `violent`
of all sentences, sentences with violent words in peaceful use from `tests/claims/quiet.txt`. Conflict reports are our
own examples and gold reports, drawn until they have about 3,000 characters. The same seed gives the same documents.

Run: python benchmarks/mixed_news.py [NUMBER] > documents.jsonl
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sijill.model import Document

__all__ = ["FIELDS", "Mixed", "general", "general_text", "mixed", "reports"]

_ROOT = Path(__file__).resolve().parent
_FOLDER = _ROOT / "other_news"
_QUIET = _ROOT.parent / "tests" / "claims" / "quiet.txt"
_REPORTS = (
    _ROOT.parent / "examples" / "reports.jsonl",
    _ROOT.parent / "eval" / "gold" / "regions_work-documents.jsonl",
    _ROOT.parent / "eval" / "gold" / "regions_held-documents.jsonl",
)
FIELDS = ("sport", "economy", "weather", "culture", "politics", "health", "technology", "court", "accidents")
# The section of quiet.txt that goes with each field.
_SECTIONS = {
    "sport": "Sport",
    "economy": "Economy",
    "weather": "Weather and nature",
    "culture": "Culture and media",
    "politics": "Politics without force",
    "health": "Medicine",
    "technology": "Technology and science",
    "court": "Courts of civil matters",
    "accidents": "Accidents",
}
_SLOTS = {
    "city": "عمان الرباط تونس القاهرة دمشق بيروت بغداد الدوحة المنامة مسقط الجزائر الخرطوم الدار_البيضاء اللاذقية حلب "
    "أربيل البصرة الإسكندرية صنعاء طرابلس وهران فاس أسوان العقبة صيدا جنيف باريس لندن طوكيو روما أنقرة",
    "country": "فرنسا إيطاليا المغرب الكويت الهند اليابان البرازيل إسبانيا الصين الأردن تونس كينيا ماليزيا",
    "club": "النجمة الوحدة الشباب الأهلي الاتحاد السلام النهضة الفجر الساحل الجزيرة الكرامة الوفاق",
    "day": "السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة",
    "month": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول أكتوبر نوفمبر",
    "ord": "الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع",
    "ordf": "الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة",
    "small": "ثلاثة أربعة خمسة ستة سبعة 3 4 5 6 8",
}
_WORDS = {slot: [word.replace("_", " ") for word in words.split()] for slot, words in _SLOTS.items()}
_FRAMES = 0.2  # share of sentences that could stand in any field
_OPENED = 0.35  # share of sentences with an opener, and of those with a tail
_TAILED = 0.5


class Mixed(msgspec.Struct, frozen=True):
    """A document and what it was made as: a field of general news, or `conflict`."""

    document: Document
    kind: str


def _lines(name: str) -> list[str]:
    return (_FOLDER / f"{name}.txt").read_text("utf8").splitlines()


def _sections() -> dict[str, list[str]]:
    """The sentences of quiet.txt by the heading that they stand under."""
    found: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in _QUIET.read_text("utf8").splitlines():
        if line.startswith("#"):
            rows = found.setdefault(line.strip("# "), [])
        elif line:
            rows.append(line)
    return found


_SENTENCES = {name: _lines(name) for name in (*FIELDS, "frames", "openers", "tails")}
_VIOLENT = _sections()


def _filled(rng: random.Random, sentence: str) -> str:
    """`sentence` with its slots filled, each anew."""
    out = []
    for piece in sentence.replace("{", "\0{").split("\0"):
        slot, brace, rest = piece[1:].partition("}") if piece.startswith("{") else ("", "", piece)
        if not brace:
            out.append(rest)
        elif slot in _WORDS:
            out.append(rng.choice(_WORDS[slot]) + rest)
        else:
            number = {"n": rng.randint(11, 99), "big": rng.randint(2, 90) * 500, "pct": rng.randint(11, 99) / 10}[slot]
            out.append(f"{number}{rest}")
    return "".join(out)


def general_text(rng: random.Random, field: str, violent: float) -> str:
    """A news item of `field` of 1,500 to 3,000 characters; `violent`: the share of sentences of violent words."""
    size = rng.randint(1_500, 2_900)
    pools = {"own": _drawn(rng, _SENTENCES[field]), "frames": _drawn(rng, _SENTENCES["frames"])}
    quiet = _drawn(rng, _VIOLENT[_SECTIONS[field]])
    pieces: list[str] = []
    length = 0
    while length < size:
        if rng.random() < violent:
            sentence = next(quiet)
        else:
            sentence = next(pools["frames" if rng.random() < _FRAMES else "own"])
            if rng.random() < _OPENED:
                sentence = f"{rng.choice(_SENTENCES['openers'])} {sentence.removeprefix('و')}"
            if rng.random() < _TAILED:
                sentence = f"{sentence.rstrip('.')}، {rng.choice(_SENTENCES['tails'])}."
        pieces += [_filled(rng, sentence), "\n\n" if rng.random() < 0.3 else " "]
        length += len(pieces[-2]) + 1
    return "".join(pieces).strip()


def _drawn(rng: random.Random, rows: list[str]) -> Iterator[str]:
    """The rows in an order of chance, begun again when all were given."""
    while True:
        yield from rng.sample(rows, len(rows))


def general(number: int, *, seed: int = 1, violent: float = 0.08) -> Iterator[Mixed]:
    """`number` documents of general news, the fields in turn."""
    rng = random.Random(seed)  # noqa: S311 (no secret is made of it)
    for at in range(number):
        field = FIELDS[at % len(FIELDS)]
        yield Mixed(Document(id=f"general-{seed}-{at}", text=general_text(rng, field, violent)), field)


def reports(number: int, *, seed: int = 1) -> Iterator[Mixed]:
    """`number` conflict reports of about 3,000 characters, of the paragraphs of our own reports in their order."""
    rng = random.Random(seed)  # noqa: S311
    own = [json.loads(line)["text"] for path in _REPORTS for line in path.read_text("utf8").splitlines()]
    for at in range(number):
        text = ""
        while len(text) < 2_500:
            text += rng.choice(own) + "\n\n"
        yield Mixed(Document(id=f"conflict-{seed}-{at}", text=text[:3_000].strip()), "conflict")


def mixed(number: int, *, seed: int = 1, share: float = 0.03, violent: float = 0.08) -> Iterator[Mixed]:
    """`number` documents of which `share` are conflict reports, evenly strewn in."""
    conflict = reports(number, seed=seed)
    for at, other in enumerate(general(number, seed=seed, violent=violent)):
        yield next(conflict) if int((at + 1) * share) > int(at * share) else other


def main() -> None:
    """Writes documents as JSON lines; without a number, how many of each kind there are in 1,000."""
    if len(sys.argv) == 1:
        print(dict(Counter(row.kind for row in mixed(1_000))))
        return
    for row in mixed(int(sys.argv[1])):
        print(json.dumps({"id": row.document.id, "text": row.document.text}, ensure_ascii=False))


if __name__ == "__main__":
    main()

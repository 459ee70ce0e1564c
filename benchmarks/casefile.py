"""What keeping reports costs: CPU time of the database against that of reading, and the file's size against the texts'.

The reports are made from the sentences of the examples, in other orders and with other numbers, and from others that
tell no event, so that there are three claims to 1,000 bytes as in real reports; one in ten is a copy of an earlier one
with another title. Run: python benchmarks/casefile.py [HOW_MANY] [postgresql://…] (300 by default)
"""

from __future__ import annotations

import gc
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sijill import Document, Reader, Report
from sijill.casefile import CaseFile
from sijill.sources import Given, Original

_EXAMPLES = Path(__file__).parent.parent / "examples" / "reports.jsonl"
_TOWNS = ("إدلب", "سراقب", "الفاشر", "نيالا", "درعا", "الباب", "منبج", "تعز", "مأرب", "الموصل", "الفلوجة", "غزة")
_FILLERS = ("أيضا", "كذلك", "حينها", "هناك", "مجددا", "فعلا", "تقريبا", "لاحقا", "تباعا", "مرارا", "عموما", "أحيانا")
_QUIET = (
    "وتقع البلدة على طريق قديم يصل بين السهل والجبل وتحيط بها بساتين الزيتون من جهاتها كلها.",
    "ويعتمد سكان القرى المجاورة على الزراعة وتربية الماشية منذ سنوات طويلة كما تقول الدراسات.",
    "ومن المنتظر أن تستقر الأحوال الجوية في الأيام المقبلة مع ارتفاع طفيف في درجات الحرارة.",
    "وكان المجلس قد أعلن في بيان سابق أن جلسته المقبلة ستبحث ملف المياه والكهرباء والتعليم.",
    "وأوضح المهندس المشرف أن أعمال الصيانة تسير وفق الخطة الموضوعة وأن الشبكة ستعود قريبا.",
    "ويرى باحثون أن مستقبل المنطقة يتوقف على نتائج المشاورات التي تجري بين الأطراف المعنية.",
)
_COLLECTED = 50_000  # as in `sijill case add`
_NUMBER = re.compile(r"\d+")


def reports(number: int) -> Iterator[Given]:
    """Reports of about 1,500 characters, each another."""
    rng = random.Random(7)  # noqa: S311  (no secret is made of it)
    texts = [json.loads(line)["text"] for line in _EXAMPLES.read_text("utf-8").splitlines()]
    sentences = [part.strip() for text in texts for part in re.split(r"(?<=[.!؟])\s+|\n+", text) if len(part) > 40]
    earlier: list[str] = []
    for at in range(number):
        if earlier and at % 10 == 9:
            text = f"خبر عاجل من {rng.choice(_TOWNS)}\n{rng.choice(earlier)}"
        else:
            told = [*rng.sample(sentences, 9), *rng.choices(_QUIET, k=7)]
            rng.shuffle(told)
            text = " ".join(_other(rng, part) for part in told)
            earlier = [*earlier[-50:], text]
        day = date(2024, 1, 1) + timedelta(days=rng.randint(0, 365))
        document = Document(f"r{at}", text, day, f"خبر {at}", f"https://news.example/{at}", "وكالة المثال")
        raw = json.dumps({"id": f"r{at}", "text": text, "published": str(day)}, ensure_ascii=False).encode()
        yield Given(document, Original(raw), "reports.jsonl", f"line {at + 1}")


def _other(rng: random.Random, sentence: str) -> str:
    """The sentence with other numbers and, now and then, a word more: real reports share few groups of five words."""
    words = _NUMBER.sub(lambda _: str(rng.randint(2, 60)), sentence).split()
    places = range(rng.randint(2, 5), len(words), 5)
    for at in reversed(places):
        words.insert(at, rng.choice(_FILLERS))
    return " ".join(words)


def main() -> None:
    """Prints milliseconds a report for reading and for keeping, and the sizes."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    reader = Reader()
    # As the command does.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECTED)
    spent = {"reading": 0.0}

    def read(document: Document) -> Report:
        start = time.process_time()
        report = reader.read(document)
        spent["reading"] += time.process_time() - start
        return report

    with tempfile.TemporaryDirectory() as folder:
        target = sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "bench.case")
        items = list(reports(number))
        with CaseFile.create(target, "bench") as case:
            start, clock = time.process_time(), time.perf_counter()
            batch = case.batch("bench", policy=reader.policy)
            for item in items:
                batch.take(item, read)
            batch.finish()
            keeping = time.process_time() - start - spent["reading"]
            reading = spent["reading"]
            elapsed = time.perf_counter() - clock
            claims = case.numbers()["claims"]
            start = time.perf_counter()
            problems = len(list(case.verify()))
            checking = time.perf_counter() - start
        text = sum(len(item.document.text.encode()) for item in items)
        print(f"{number:,} reports, {text / number:,.0f} bytes of text and {claims / number:.1f} claims each")
        print(f"reading {reading / number * 1000:.2f} CPU ms a report, keeping {keeping / number * 1000:.2f}")
        print(f"the database costs {keeping / reading:.0%} on top of reading ({elapsed:.1f} s in all)")
        print(f"verify: {problems} problems, {checking:.1f} s")
        if Path(target).exists():
            print(f"the file is {Path(target).stat().st_size / text:.2f} times the text")


if __name__ == "__main__":
    main()

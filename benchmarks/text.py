"""CPU time of the text room: load, and reading a report of 3,000 characters once loaded.

Reports differ from one another (each has its own order of sentences and its own numbers), so that the memory of cut
words helps as much as it does in a run over many reports. Run: python benchmarks/text.py [REPORTS.jsonl]
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from sijill.model import Document
from sijill.text import TextReader

_SENTENCES = (
    "أصيب {n} مدنيين بينهم طفلان وامرأة بقصف مدفعي استهدف الأحياء السكنية في بلدة الوادي الشرقي، صباح اليوم الثلاثاء.",
    "وقال مراسلنا إن الطائرات شنت {n} غارات على محيط المدينة، ما أدى لأضرار مادية كبيرة في ممتلكات الأهالي.",
    "وأضاف المصدر أن فرق الإسعاف نقلت المصابين إلى المستشفى، فيما انتشلت فرق الإنقاذ {n} جثامين من تحت الأنقاض.",
    "وبحسب البيان فإن القوات سيطرت على {n} قرى ونقاط عسكرية بعد اشتباكات عنيفة استمرت حتى ساعات الفجر.",
    "كما استهدفت طائرة مسيرة سيارة على الطريق الواصل بين البلدتين، من غير خسائر في الأرواح، وفتح الطريق بعد {n} ساعة.",
)


def _reports(number: int) -> list[str]:
    rng = random.Random(7)  # noqa: S311 (no secret is made of it)
    reports = []
    for _ in range(number):
        text = ""
        while len(text) < 3_000:
            text += rng.choice(_SENTENCES).format(n=rng.randint(2, 400)) + rng.choice(("\n\n", " "))
        reports.append(text[:3_000])
    return reports


def main() -> None:
    """Prints load time, and milliseconds a report of 3,000 characters."""
    start = time.process_time()
    reader = TextReader()
    print(f"load {time.process_time() - start:.3f} CPU s")
    if len(sys.argv) > 1:
        texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text(encoding="utf8").split("\n") if line]
    else:
        texts = _reports(200)
    for name in ("first pass", "again"):
        start = time.process_time()
        for text in texts:
            reader.read(Document(id="bench", text=text))
        spent = time.process_time() - start
        print(f"{name}: {spent / sum(map(len, texts)) * 3_000 * 1_000:.2f} CPU ms a report of 3,000 characters")


if __name__ == "__main__":
    main()

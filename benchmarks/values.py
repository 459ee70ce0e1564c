"""CPU time of the values room: load, and finding numbers, quantities and dates in a report of 3,000 characters.

Reports differ from one another (each has its own order of sentences and its own numbers). With `--peers PYTHON`, an
interpreter of an environment that has mahad and dateparser installed, those two read the same reports beside ours:

    python -m venv peers && peers/bin/pip install mahad dateparser
    python benchmarks/values.py --peers peers/bin/python
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import time
from datetime import date

from sijill.model import Document
from sijill.text import TextReader
from sijill.values import ValueReader, lexicon_words

_SENTENCES = (
    "أصيب {n} مدنيين بينهم طفلان وامرأة بقصف مدفعي استهدف الأحياء السكنية في بلدة الوادي الشرقي، صباح اليوم الثلاثاء.",
    "وقال مراسلنا إن الطائرات شنت نحو {n} غارة على محيط المدينة في {d} آذار/مارس الماضي، ما أدى لأضرار مادية كبيرة.",
    "وأضاف المصدر أن فرق الإسعاف نقلت ثلاثة وعشرين مصابا إلى المستشفى، فيما انتشلت فرق الإنقاذ {n} جثامين.",
    "وبحسب البيان فإن القوات سيطرت على عدة قرى منذ مطلع العام 2019 بعد اشتباكات عنيفة استمرت حتى ساعات الفجر.",
    "كما استهدفت طائرة مسيرة سيارة على الطريق الواصل بين البلدتين قبل يومين، وفتح الطريق بعد {n} ساعة.",
    "ونزح أكثر من {n} ألف شخص خلال الأيام الثلاثة الماضية، بحسب منظمة محلية، وعشرات العائلات إلى مخيمات الحدود.",
)
_PEERS = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
texts = json.load(sys.stdin)
from maha.parsers.functions import parse_dimension
from dateparser.search import search_dates
readers = {
    "mahad, numbers and times": lambda t: parse_dimension(t, numeral=True, time=True),
    "dateparser, dates": lambda t: search_dates(t, languages=["ar"]),
}
for name, read in readers.items():
    read(texts[0])
    start = time.process_time()
    for text in texts:
        read(text)
    print(name + ":", round((time.process_time() - start) / len(texts) * 1000, 2), "CPU ms a report")
"""


def _reports(number: int) -> list[str]:
    rng = random.Random(7)  # noqa: S311 (no secret is made of it)
    reports = []
    for _ in range(number):
        text = ""
        while len(text) < 3_000:
            sentence = rng.choice(_SENTENCES).format(n=rng.randint(2, 400), d=rng.randint(1, 28))
            text += sentence + rng.choice(("\n\n", " "))
        reports.append(text[:3_000])
    return reports


def main() -> None:
    """Print load time, milliseconds a report, and the peers' beside them where there are any."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has mahad and dateparser")
    options = parser.parse_args()
    start = time.process_time()
    words, values = lexicon_words(), ValueReader()
    loaded = time.process_time()
    texts = TextReader(words)
    print(f"load: values {loaded - start:.3f} CPU s, text {time.process_time() - loaded:.3f} CPU s")
    documents = [Document(id="bench", text=text, published=date(2019, 4, 2)) for text in _reports(200)]
    for name in ("first pass", "again"):
        start = time.process_time()
        cut = [texts.read(document) for document in documents]
        middle = time.process_time()
        for text in cut:
            values.read(text)
        each = 1_000 / len(documents)
        spent = (middle - start) * each, (time.process_time() - middle) * each
        print(f"{name}: words {spent[0]:.2f} + values {spent[1]:.2f} = {sum(spent):.2f} CPU ms a report")
    if options.peers:
        reports = json.dumps([document.text for document in documents[:20]])
        done = subprocess.run([options.peers, "-c", _PEERS], input=reports, text=True, capture_output=True, check=False)
        print(done.stdout.strip() or done.stderr.strip().rpartition("\n")[2])


if __name__ == "__main__":
    main()

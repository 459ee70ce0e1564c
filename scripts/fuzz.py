"""Throw text at the reader until the minutes are over: `python scripts/fuzz.py MINUTES [--seed N]`.

Each text is grown from pieces of Arabic reports: words, clitics, numbers in both digit sets, dates, marks, brackets,
combining and bidi characters, other scripts and raw code points. For each, the reader must end without an exception,
every span must point at its own characters, and the record must survive JSON. The seed and the text of a failure are
printed, so that it can become a test.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from sijill import Document, InputError, Reader, Report, Span
from sijill.sources.record import checked, day

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "reports.jsonl"
WORDS = """
و ف ب ل ك س ال لل وال بال كال فال هم ها نا ـ ّ َ ً . .. … ، ؛ ؟ ! : - / ( ) [ ] « » " “ ” ' ٪ % 1 ٢ ۳ 15 ٢٠ 1٢3 2.5
١٬٠٠٠ 31/02/2020 2024-05-08 مئة ألف مليون عشرون ثلاثة اثنان وأربعون عشرات مئات أكثر من بين نحو يوم الأحد أمس شباط فبراير
كانون الثاني منذ قبل خلال الماضي قتل مقتل جرح إصابة قصف غارة
انفجار اعتقال نزوح حصار هدنة قال وأضاف نقلت عن إن أن لم نفى قرية مدينة ريف
شمال حلب صنعاء طرابلس الجيش قوات تنظيم مدنيين أطفال امرأة قتيلا جريحا شخصين بينهم word Ω ж 😀 e\u0301
"""
MARKS = "\u200f\u200e\u202b\u2069\ufeff\u0000\u001b\n\r\u2028\t \u00a0\u0640\u0651"
PIECES = [*WORDS.split(), *MARKS]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("minutes", type=float, nargs="?", default=1.0)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    reader = Reader()
    seeds = _examples()
    end = time.monotonic() + options.minutes * 60
    number, characters = options.seed, 0
    while time.monotonic() < end:
        text = grown(random.Random(number), seeds)
        try:
            check(reader, text)
        except Exception:
            print(f"seed {number}, {len(text)} characters:\n{text!r}", file=sys.stderr)
            raise
        number += 1
        characters += len(text)
    print(
        f"{number - options.seed:,} texts, {characters:,} characters, no failure (seeds {options.seed} to {number - 1})"
    )


def _examples() -> list[str]:
    if not EXAMPLES.exists():
        return [""]
    return [msgspec.json.decode(line)["text"] for line in EXAMPLES.read_bytes().splitlines()]


def grown(chance: random.Random, seeds: list[str]) -> str:
    """A text of pieces, or an example with pieces put in, characters taken out and stretches said again."""
    if chance.random() < 0.4:
        glue = chance.choice(["", " ", " "])
        return glue.join(_piece(chance) for _ in range(chance.choice([3, 30, 300])))
    text = chance.choice(seeds)
    for _ in range(chance.randint(1, 12)):
        at = chance.randint(0, len(text))
        match chance.randrange(4):
            case 0:
                text = text[:at] + _piece(chance) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 40) :]
            case 2:
                text = text[:at] + text[at : at + 60] * chance.randint(2, 5) + text[at + 60 :]
            case _:
                text = text[:at] + _piece(chance) * chance.randint(1, 40) + text[at:]
    return text


def _piece(chance: random.Random) -> str:
    return chance.choice(PIECES) if chance.random() < 0.97 else chr(chance.randint(0, 0x10FFFF))


def check(reader: Reader, text: str) -> None:
    """Read `text` and hold the record to its promises. AssertionError where it breaks one."""
    try:
        document = checked(Document("fuzz", text, day("2024-05-08")))
    except InputError:
        return
    report = reader.read(document)
    assert Report.from_json(report.to_json()) == report, "JSON loses something"
    for owner, span, surface in spans(report):
        assert span.cut(text) == surface, f"{owner} {span} is {span.cut(text)!r}, not {surface!r}"


def spans(report: Report) -> Iterator[tuple[str, Span, str]]:
    """Every span of a report with the text that it must point at, and the field that it stands in."""
    for claim in report.claims:
        yield "trigger", claim.trigger, claim.trigger_text
        fields: list[Any] = [*claim.counts, *claim.places, *claim.agents, *claim.targets, *claim.sources]
        for field in [*fields, claim.date] if claim.date else fields:
            yield type(field).__name__, field.span, field.text


if __name__ == "__main__":
    main()

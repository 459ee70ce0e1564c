"""How reading time grows with length: the hard texts at one, two and four times their length, in CPU seconds.

`python scripts/scaling.py`: a factor per doubling well above 2 is a quadratic step. Figures, no verdict: no test
depends on time.
"""

from __future__ import annotations

import time

from sijill import Document, Reader

SENTENCE = "قُتل ثلاثة مدنيين في قصف جوي على مدينة إدلب أمس السبت، وقال ناشطون إن «الجيش» هو من قصف. "
UNITS = {
    "news": SENTENCE + "\n",
    "no sentence end": SENTENCE.replace(".", " "),
    "brackets": "(",
    "quotes": "«»",
    "combining marks": "\u0651",
    "triggers": "قصف ",
    "commas": "قتل، ",
    "reported speech": "وقال إن ",
    "coordination": "مدينة حلب وإدلب و",
    "number words": "ألف و",
    "digits": "1٢۳",
    "separators": "1,٢.3٬",
    "dates": "31/02/2020 ",
    "months": "شباط/فبراير ",
    "weekdays": "الخميس - الجمعة ",
    "counts": "3 قتلى و4 جرحى و",
    "actors": "قوات الجيش السوري و",
    "sources": "بحسب مصادر محلية، ",
    "descriptions": "هذه القوات قصفت ",
    "tatweel": "قـ",
    "evasion": "قـ ـصـ ـف ",
    "ligatures": "\ufdfa",
    "full stops": ".",
    "line ends": "\n",
    "one word": "قصف",
    "hashtags": "#حلب ",
    "address": "https://a.example/ب ",
}
CHARACTERS = 50_000


def main() -> None:
    reader = Reader()
    reader.read(Document("warm", SENTENCE))
    print(f"{'text':<18}{CHARACTERS:>10,}{CHARACTERS * 2:>10,}{CHARACTERS * 4:>10,}   factor a doubling")
    for name, unit in UNITS.items():
        spent = [_cpu_s(reader, unit * (CHARACTERS * times // len(unit))) for times in (1, 2, 4)]
        factor = (spent[2] / max(spent[0], 1e-3)) ** 0.5
        print(f"{name:<18}" + "".join(f"{seconds:>10.2f}" for seconds in spent) + f"   {factor:.1f}")


def _cpu_s(reader: Reader, text: str) -> float:
    start = time.process_time()
    reader.read(Document("hard", text))
    return time.process_time() - start


if __name__ == "__main__":
    main()

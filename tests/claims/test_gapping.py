"""One verb of harm for several means (invented)."""

from __future__ import annotations

from datetime import date

import pytest

from sijill.model import Document
from sijill.pipeline import Reader


def _rows(reader: Reader, text: str) -> list[tuple[str, list[int | None], list[str]]]:
    claims = reader.read(Document("example", text, date(2022, 9, 17))).claims
    return [(c.type.value, [count.low for count in c.counts], [place.name for place in c.places]) for c in claims]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "وقتل 12 مدنيا في غارات جوية، وسبعة في قصف مدفعي، واثنان بانفجار عبوة ناسفة.",
            [("air_strike", [12], []), ("shelling", [7], []), ("explosion", [2], [])],
        ),
        (
            "قتل 5 مدنيين في غارة على سراقب وثلاثة أطفال بقصف على معرة النعمان",
            [("air_strike", [5], ["سراقب"]), ("shelling", [3], ["معرة النعمان"])],
        ),
        (
            "أصيب ثلاثة جنود في كمين وخمسة آخرون في انفجار لغم",
            [("armed_clash", [3], []), ("explosion", [5], [])],
        ),
    ],
)
def test_each_means_has_its_own_people(reader: Reader, text: str, rows: list[tuple[str, list[int], list[str]]]) -> None:
    assert _rows(reader, text) == rows


def test_a_second_toll_of_one_means_stays_with_it(reader: Reader) -> None:
    assert _rows(reader, "قتل أربعة مدنيين وأصيب ستة في غارة على بلدة سراقب") == [("air_strike", [4, 6], ["سراقب"])]

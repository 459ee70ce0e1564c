"""Which people are counted, what befell them, and who they are: one construction a sentence (invented events)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.claims.lexicon import load_claims
from sijill.claims.rolls import rolls_of
from sijill.claims.view import View, views_of
from sijill.model import Document
from sijill.pipeline import Reader

LINES = (Path(__file__).parent / "counted.txt").read_text("utf8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]
COUNTED = [(row[0], row[1]) for row in ROWS if len(row) > 1]
QUIET = [row[0] for row in ROWS if len(row) == 1]
DAY = date(2022, 9, 17)
LEXICON = load_claims()


# Running lists of names: who is in them, by their noun.
ROLLS = [
    (
        "أما القتلى فهم: سامي نعيم جبر (12 عاما)، وهالة كمال ديب (30 عاما).",
        "killed unspecified 1-1 سامي نعيم جبر; killed unspecified 1-1 هالة كمال ديب",
    ),
    (
        "وأسماء الشهداء هم سامي جبر وهالة ديب، والمصابين هم: كمال نعيم (9 أعوام)، وليد ديب.",
        (
            "killed unspecified 1-1 سامي جبر; killed unspecified 1-1 هالة ديب; "
            "injured unspecified 1-1 كمال نعيم; injured unspecified 1-1 وليد ديب"
        ),
    ),
    (
        "وقالت مصادر محلية إن الشهداء في بلدة سرمين هم: سامي حسين جبر، وإسماعيل ديب، والمصابين كمال نعيم وزاهر جبر.",
        (
            "killed unspecified 1-1 سامي حسين جبر; killed unspecified 1-1 إسماعيل ديب; "
            "injured unspecified 1-1 كمال نعيم; injured unspecified 1-1 زاهر جبر"
        ),
    ),
    (
        "أسماء الشهداء كما يلي: خالد ديب، سامي ديب، وأطفال هم كمال ديب، هدى ديب.",
        (
            "killed unspecified 1-1 خالد ديب; killed unspecified 1-1 سامي ديب; "
            "killed children 1-1 كمال ديب; killed children 1-1 هدى ديب"
        ),
    ),
    (
        "والمصابون هم: كمال نعيم (9 أعوام)، ووالدته هدى جبر (40 عاما).",
        "injured unspecified 1-1 كمال نعيم; injured women 1-1 هدى جبر",
    ),
]

NO_ROLLS = [
    "القتلى هم مدنيون من أهالي القرية.",
    "الجرحى هم من النازحين في المخيم.",
    "الشهداء أكرم منا جميعا.",
    "قال الوزير إن الضحايا سيحصلون على تعويضات، وأضاف خالد ديب أن اللجنة بدأت عملها.",
    "زار خالد ديب الجرحى: كانت زيارة قصيرة.",
]


def _told(reader: Reader, text: str) -> list[tuple[str, str, int | None, int | None, str]]:
    claims = reader.read(Document("example", text, DAY)).claims
    return [(c.kind.value, c.who.value, c.low, c.high, c.text) for claim in claims for c in claim.counts]


def _wanted(counts: str) -> list[tuple[str, str, int | None, int | None, str]]:
    rows = []
    for count in counts.split("; "):
        kind, who, amount, words = count.split(" ", 3)
        low, high = amount.split("-")
        rows.append((kind, who, int(low) if low else None, int(high) if high else None, words))
    return rows


def _views(reader: Reader, text: str) -> list[View]:
    read = reader.text(Document("example", text, DAY))
    values = reader.values(read)
    return views_of(read, values, reader.mentions(read, values), LEXICON.words.prepositions)


@pytest.mark.parametrize(("text", "counts"), COUNTED, ids=[text for text, _ in COUNTED])
def test_people_are_counted(reader: Reader, text: str, counts: str) -> None:
    assert sorted(_told(reader, text)) == sorted(_wanted(counts))


@pytest.mark.parametrize("text", QUIET)
def test_nobody_is_counted(reader: Reader, text: str) -> None:
    assert _told(reader, text) == []


@pytest.mark.parametrize(("text", "counts"), ROLLS, ids=[text for text, _ in ROLLS])
def test_a_roll_counts_each_name(reader: Reader, text: str, counts: str) -> None:
    rows = [
        (c.kind.value, c.who.value, c.low, c.high, c.text)
        for view in _views(reader, text)
        for _, told in rolls_of(view, [], LEXICON)
        for c in told
    ]
    assert rows == _wanted(counts)


@pytest.mark.parametrize("text", NO_ROLLS)
def test_no_roll_without_names(reader: Reader, text: str) -> None:
    assert [roll for view in _views(reader, text) for roll in rolls_of(view, [], LEXICON)] == []


def test_a_roll_stands_on_its_noun(reader: Reader) -> None:
    (view,) = _views(reader, "والشهداء هم: سامي جبر، وخالد ديب.")
    ((frame, counts),) = rolls_of(view, [], LEXICON)
    assert view.words[frame.main.first].stem == "شهداء"
    assert len(counts) == 2
    assert rolls_of(view, [frame], LEXICON) == []  # told already


def test_a_journalist_is_one_wherever_the_report_names_her(reader: Reader) -> None:
    text = "أسفر القصف عن مقتل سمر خليل. وكان الجنود قد استهدفوا مراسلة القناة سمر خليل، قرب المخيم."
    assert ("killed", "journalists", 1, 1, "سمر خليل") in _told(reader, text)


PIECES = [
    *("قتل", "أصيب", "مقتل", "الطباخ", "والحارس", "رجل", "وزوجته", "ثالث", "4", "منهم", "أطفال", "جثث", "القتلى"),
    *("هم", ":", "سامي", "جبر", "،", "(", ")", "12", "عاما", "إصابات", "لم", "بين", "خسائر", "بشرية", ".", "و"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=24))
@settings(max_examples=150)
def test_any_row_of_words_is_read(reader: Reader, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for claim in reader.read(Document("example", text, DAY)).claims:
        for count in claim.counts:
            assert count.span.cut(text) == count.text
    for view in _views(reader, text):
        for frame, counts in rolls_of(view, [], LEXICON):
            assert counts
            assert frame.start <= frame.main.first < frame.end

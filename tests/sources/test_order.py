from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.sources.glyphs import Glyph, page_lines
from sijill.sources.order import in_reading_order, without_forms

# A line as it stands on the page, from left to right, and as it is read.
LINES = [
    (".بلح نم اولصو نييندم 3", "3 مدنيين وصلوا من حلب."),
    ("2024/3/5 موي برد يف عقو", "وقع في درب يوم 2024/3/5"),
    ("10:30 ةعاسلا يف", "في الساعة 10:30"),
    ("Human Rights Watch نع لقن", "نقل عن Human Rights Watch"),
    ("F-16 تارئاط نم", "من طائرات F-16"),
    ("%50 ىلع تلصح", "حصلت على 50%"),
    ("٪٣٫٥ ىلع تلصح", "حصلت على ٣٫٥٪"),
    ("12،5 ىلع تلصح", "حصلت على 12،5"),
    ("2012-2011 يماع يف", "في عامي 2011-2012"),
    ("(ءاضيبلا ذوخلا) نم", "من (الخوذ البيضاء)"),
]


@pytest.mark.parametrize(("visual", "read"), LINES)
def test_a_line_is_turned_round_and_numbers_and_latin_are_not(visual: str, read: str) -> None:
    assert in_reading_order([list(visual)]) == ([read], ("visual order",))


def test_brackets_that_stand_for_themselves_are_not_mirrored() -> None:
    assert in_reading_order([list(")ءاضيبلا ذوخلا( نم")])[0] == ["من (الخوذ البيضاء)"]


def test_lines_that_were_drawn_in_reading_order_stay() -> None:
    line = "قال شهود من المدينة إن الدخان غطى الحي في 5 آذار"
    assert in_reading_order([list(line)]) == ([line], ())


def test_text_without_arabic_stays() -> None:
    assert in_reading_order([list("Report (2024)"), []]) == (["Report (2024)", ""], ())


def test_shapes_are_letters() -> None:
    assert without_forms("\ufee3\ufeaa\ufef3\ufee8\ufe94 \ufefb \ufdf2 \ufe77") == "مدينة لا الله \u064e"


@given(st.lists(st.lists(st.text(max_size=3), max_size=12), max_size=6))
def test_every_letter_is_kept_whatever_the_cells(lines: list[list[str]]) -> None:
    read, _ = in_reading_order(lines)
    for cells, line in zip(lines, read, strict=True):
        plain = sorted(
            without_forms("".join(cells)).translate({ord(a): b for a, b in zip(")]}>»›", "([{<«‹", strict=True)})
        )
        assert sorted(line.translate({ord(a): b for a, b in zip(")]}>»›", "([{<«‹", strict=True)})) == plain


NUMBER = st.floats(-1e4, 1e4, allow_nan=False, width=32)
SIZE = st.floats(0, 50)
GLYPH = st.builds(
    lambda x, y, width, height, text: Glyph(x, x + width, y, y + height, text),
    NUMBER,
    NUMBER,
    SIZE,
    SIZE,
    st.sampled_from("اب ()1a\u064e"),
)


@given(st.lists(GLYPH, max_size=60))
def test_glyphs_anywhere_give_lines_and_lose_no_letter_that_is_drawn_once(glyphs: list[Glyph]) -> None:
    places = {(glyph.text, round(glyph.x0)) for glyph in glyphs}
    cells = [cell for paragraph in page_lines(glyphs) for line in paragraph for cell in line]
    drawn = [glyph for glyph in glyphs if glyph.y1 > glyph.y0 and not glyph.text.isspace()]
    letters = "".join(cells)
    assert set(letters) - {" "} <= {glyph.text for glyph in drawn} | {" "}
    if len(places) == len(glyphs) and len({glyph.text for glyph in drawn}) == len(drawn):
        assert sorted(letters.replace(" ", "")) == sorted(glyph.text for glyph in drawn)


def glyphs(text: str, x: float, y: float, width: float = 5) -> list[Glyph]:
    return [Glyph(x + width * at, x + width * (at + 1), y, y + 10, char) for at, char in enumerate(text)]


def test_letters_that_are_drawn_twice_for_bold_are_read_once() -> None:
    bold = [glyph._replace(x0=glyph.x0 + 0.3, x1=glyph.x1 + 0.3) for glyph in glyphs("باب", 10, 10)]
    assert page_lines([*glyphs("باب", 10, 10), *bold]) == [[["ب", "ا", "ب"]]]


def test_gaps_are_spaces_where_none_is_drawn() -> None:
    assert page_lines([*glyphs("ab", 0, 0), *glyphs("cd", 14, 0)]) == [[["a", "b", " ", "c", "d"]]]


def test_marks_go_behind_the_letter_that_they_stand_over() -> None:
    mark = Glyph(12, 12, 10, 20, "\u064e")
    assert page_lines([*glyphs("با", 10, 10), mark]) == [[["ب\u064e", "ا"]]]


def test_cells_of_a_table_are_read_row_by_row_from_the_right() -> None:
    rows = [
        glyph
        for at in range(4)
        for glyph in (*glyphs(f"ب{at}", 300, 100 - 14 * at), *glyphs(f"ا{at}", 50, 100 - 14 * at))
    ]
    assert ["".join(line) for paragraph in page_lines(rows) for line in paragraph][:4] == ["ب0", "ا0", "ب1", "ا1"]

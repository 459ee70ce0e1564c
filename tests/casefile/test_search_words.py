"""Words as search compares them, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill import Document, claims, names, values
from sijill.casefile.search import highlights
from sijill.casefile.search.index import OVERLAP, PART, vector, word_rows
from sijill.casefile.search.words import Term, Wording, wording
from sijill.errors import ConfigError
from sijill.text.clitics import Cutter
from sijill.text.lexicon import load_words

TEXT = "قالت مصادر إن القصـف الجويّ استهدف سراقب، وبالقَصْفِ الجوي نفسه قُتل 12 شخصاً. وسقطت قذائف على Idlib."


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("القصف", ["القصـف", "وبالقَصْفِ"]),
        ("قصف", ["القصـف", "وبالقَصْفِ"]),
        ('"قصف جوي"', ["القصـف الجويّ", "وبالقَصْفِ الجوي"]),
        ("«القصف الج*»", ["القصـف الجويّ", "وبالقَصْفِ الجوي"]),
        ("قذا*", ["قذائف"]),
        ("١٢ idlib", ["12", "Idlib"]),
        ('"جوي قصف"', []),
        ("صف", []),
    ],
)
def test_words_are_found_on_the_characters_of_the_text(asked: str, found: list[str]) -> None:
    document = Document("d", TEXT, title="قصف")
    marks = highlights(document, asked)
    assert [span.cut(TEXT) for span in marks.text] == found
    assert [span.cut("قصف") for span in marks.title] == (["قصف"] if asked in ("القصف", "قصف") else [])


@given(st.text(max_size=200))
def test_any_text_is_cut_alike_with_and_without_offsets(text: str) -> None:
    cut = wording()
    tokens = cut.tokens(text)
    assert [token.key for token in tokens] == cut.keys(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert not any(mark in token.key for token in tokens for mark in " '\"\\*\0")


@given(st.text(alphabet="قصف \"«»*()-:&|!'\\^{}", max_size=30))
def test_any_question_is_words_or_refused(asked: str) -> None:
    try:
        terms = wording().terms(asked)
    except ConfigError as error:
        assert "\n" not in str(error)  # noqa: PT017  (either is right, and nothing else)
    else:
        assert all(term.keys and all(term.keys) for term in terms)


def test_words_kept_between_runs_are_those_of_all_the_data() -> None:
    extra = (*values.lexicon_words(), *names.lexicon_words(), *claims.lexicon_words())
    plain = Wording(Cutter(load_words(extra)), 0)
    asked = " ".join(f"و{word} بال{word}" for word in extra if len(word) > 2)
    assert wording().keys(asked) == plain.keys(asked)


def test_a_question_says_phrases_and_beginnings() -> None:
    assert wording().terms('القصف "على مدينة" الجو*') == (
        Term(("قصف",)),
        Term(("علي", "مدينه")),
        Term(("جو",), prefix=True),
    )


def test_a_long_text_is_cut_into_parts_that_overlap() -> None:
    rows = word_rows(Document("d", "كلمة " * (PART * 2)))
    assert len(rows) == 3
    assert [len(row["body"].split(" ")) for row in rows] == [PART, PART, 2 * OVERLAP]
    assert all(len(vector(row).encode()) < 1_000_000 for row in rows)


def test_a_text_without_words_has_no_row() -> None:
    assert word_rows(Document("d", " … ")) == []

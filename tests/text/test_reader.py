"""The room as a whole: offsets, order, spelling that hides words, and text that wants to break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.model import Document, Text, WordKind
from sijill.text import TextReader
from sijill.text.folding import clean

_READER = TextReader()
_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ['"قسد"', "\n\n", "\u200f", "\ufeff", "\ud800", "\x00", "\u0301", "قصف", "والمدنيين", "لـ", "د.", "و"]
        ),
        st.sampled_from(
            ["بِالقَصفِ", "قـ ـصـ ـف", "شهـ.ـداء", "أ.ف.ب", "٣٫٥", "الـ1500", "ﻻ", "ﷺ", "PKK/YPG", "\n", ".", "..", "…"]
        ),
        st.sampled_from(
            ["السابق", "الرئيسية", "https://example.org/a", "@name", "#وسم", "01:15 ص", "؟", "•", "—", "3.3K Views"]
        ),
        st.sampled_from(["مقالات ذات صلة", "All reactions:", "التعليقات", "7:21 PM · Dec 1, 2022"]),
        st.text(max_size=4),
    ),
    max_size=30,
)
_TEXTS = st.builds(lambda glue, pieces: glue.join(pieces), st.sampled_from(["", " ", "\n"]), _PIECES)


def _read(text: str) -> Text:
    return _READER.read(Document(id="t", text=text))


def _check(text: Text) -> None:
    """Everything that later rooms rely on."""
    given_text = text.document.text
    done = 0
    for word in text.words:
        assert done <= word.start < word.end <= len(given_text)
        assert word.start <= word.name_start <= word.stem_start <= word.stem_end <= word.end
        done = word.end
    first = 0
    for number, sentence in enumerate(text.sentences):
        assert sentence.first == first < sentence.last
        first = sentence.last
        assert {word.sentence for word in text.words[sentence.first : sentence.last]} == {number}
        assert sentence.start == text.words[sentence.first].start
        assert sentence.end == text.words[sentence.last - 1].end
    assert first == len(text.words)


@given(_TEXTS)
def test_words_are_in_order_and_inside_their_sentences(text: str) -> None:
    _check(_read(text))


@given(_TEXTS)
def test_a_words_characters_clean_to_its_form(text: str) -> None:
    for word in _read(text).words:
        cleaned = clean(text[word.start : word.end]).text
        if word.kind is WordKind.WORD:
            cleaned = "".join(letter for letter in cleaned if letter not in " .*_·")  # undone spelling
        assert word.form in cleaned


@given(_TEXTS)
def test_proclitics_article_stem_and_pronoun_make_the_word(text: str) -> None:
    for word in _read(text).words:
        if word.kind is WordKind.WORD and len(clean(text[word.start : word.end]).text) == len(word.form):
            assert clean(text[word.start : word.name_start]).text == word.proclitics
            assert clean(text[word.stem_end : word.end]).text == word.enclitic


@given(_TEXTS)
def test_a_sentence_added_at_the_end_changes_no_earlier_word(text: str) -> None:
    before = _read(f"{text}\nوقع القصف أمس قرب الجسر القديم.")
    after = _read(f"{text}\nوقع القصف أمس قرب الجسر القديم.\nوعاد السكان إلى بيوتهم في البلدة مساء اليوم.")
    kept = {(word.start, word.end, word.proclitics, word.stem, word.enclitic) for word in after.words}
    assert {(word.start, word.end, word.proclitics, word.stem, word.enclitic) for word in before.words} <= kept


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    _check(_read(text))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("قـ ـصـ ـف البلدة", ["قصف", "البلدة"]),
        ("ارتقى شهـ.ـداء", ["ارتقى", "شهداء"]),
        ("ق.ص.ف البلدة", ["قصف", "البلدة"]),
        ("بقـ.ـصف مدفعي", ["بقصف", "مدفعي"]),
        ("قتـ*ـلى وجـ ـرحـ ـى", ["قتلى", "وجرحى"]),
        ("لـ قوات", ["ل", "قوات"]),
        ("الحادث.وقال", ["الحادث", ".", "وقال"]),
        ("أ.ف.ب", ["أ", ".", "ف", ".", "ب"]),
        ("آذار/مارس نحو468 5قتلى", ["آذار", "/", "مارس", "نحو", "468", "5", "قتلى"]),
        ("جسر-الشغور «قسد»", ["جسر", "-", "الشغور", "«", "قسد", "»"]),
    ],
)
def test_words_of_a_text(text: str, forms: list[str]) -> None:
    assert [word.form for word in _read(text).words] == forms


def test_the_span_of_a_hidden_word_covers_all_of_it() -> None:
    text = "وقع قـ ـصـ ـف عنيف"
    word = _read(text).words[1]
    assert text[word.start : word.end] == "قـ ـصـ ـف"
    assert (word.key, word.lemma) == ("قصف", "قصف")


def test_marks_on_the_last_letter_belong_to_the_word() -> None:
    text = "سقط مدنياً. وعاد"
    assert [text[word.start : word.end] for word in _read(text).words] == ["سقط", "مدنياً", ".", "وعاد"]


@pytest.mark.parametrize(
    "text",
    [
        "قصف البلدة " * 100_000,
        "(" * 1_000_000,
        "ق" + "\u064e" * 100_000 + "صف",
        "e" + "\u0301" * 100_000,
        "\x00" * 50_000 + "قصف",
        "\ud800\udc00\ud800 قصف \udfff" * 10_000,
        "ق" * 500_000,
        "ق.ص.ف." * 50_000,
        "ـ " * 100_000,
        "قـ ـ" * 50_000,
        "." * 200_000,
        "\n" * 300_000,
        "السابق\n" * 50_000,
        "#وسم " * 50_000,
        "1" * 200_000,
        "1٢." * 70_000,
        "ﷺ" * 50_000,
        "a@b" * 60_000,
        "12:00 ص " * 50_000,
        "- " * 100_000 + "(@",
    ],
    ids=lambda text: f"{text[:6]!a}x{len(text)}",
)
def test_huge_and_hostile_texts_are_read(text: str) -> None:
    read = _read(text)
    assert len(read.words) <= len(text)
    assert all(word.start < word.end for word in read.words[-3:])

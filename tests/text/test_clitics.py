"""The cuts of our own list, the readings of words that stand alone, and what `extra` changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.errors import ResourceError
from sijill.model import Document, Word
from sijill.text import TextReader
from sijill.text.clitics import Cutter
from sijill.text.lexicon import load_words

_LIST = Path(__file__).with_name("cuts.txt")


def _items() -> list[str]:
    lines = _LIST.read_text(encoding="utf8").splitlines()
    return [item for line in lines if not line.startswith("#") for item in line.split()]


def _written(word: Word, text: str) -> str:
    """A word as the list writes it: proclitics letter by letter, article, stem and pronoun."""
    parts = list(text[word.start : word.name_start])
    if word.stem_start > word.name_start:
        parts.append(text[word.name_start : word.stem_start])
    parts.append(text[word.stem_start : word.stem_end])
    return "|".join(parts) + (f"-{word.enclitic}" if word.enclitic else "")


def _words(reader: TextReader, text: str) -> tuple[Word, ...]:
    return reader.read(Document(id="t", text=text)).words


def test_every_word_of_the_list_is_cut_as_written(text_reader: TextReader) -> None:
    wrong = {}
    for item in _items():
        form = item.replace("|", "").replace("-", "")
        (word, *_) = _words(text_reader, f"{form} ")
        if _written(word, form) != item:
            wrong[item] = _written(word, form)
    assert not wrong
    assert len(_items()) >= 600


@pytest.mark.parametrize(
    ("form", "stem", "lemma"),
    [
        ("بمدينتهم", "مدينه", "مدينة"),
        ("أبنائهم", "ابناء", "ابن"),
        ("نقلوهم", "نقلوا", "نقل"),
        ("والمدنيين", "مدنيين", "مدني"),
        ("القتلى", "قتلي", "قتيل"),
        ("اصابة", "اصابه", "إصابة"),
        ("للغارات", "غارات", "غارة"),
        ("ويقتل", "يقتل", "قتل"),
        ("ينفجر", "ينفجر", "انفجر"),
        ("هاجموا", "هاجموا", "هاجم"),
        ("يسار", "يسار", "يسار"),
        ("تقرير", "تقرير", "تقرير"),
    ],
)
def test_stem_and_lemma(text_reader: TextReader, form: str, stem: str, lemma: str) -> None:
    (word,) = _words(text_reader, form)
    assert (word.stem, word.lemma) == (stem, lemma)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ('لـ"التحالف"', ("ل", False)),
        ("بـ 15 قتيلا", ("ب", False)),
        ("الـ1500 مقاتل", ("", True)),
        ('و "قسد"', ("و", False)),
        ('بالـ"هجوم"', ("ب", True)),
        ("للـ30 عائلة", ("ل", True)),
    ],
)
def test_a_clitic_alone_has_no_stem(text_reader: TextReader, text: str, reading: tuple[str, bool]) -> None:
    word = _words(text_reader, text)[0]
    assert (word.proclitics, word.article) == reading
    assert (word.stem, word.enclitic) == ("", "")
    assert word.stem_start == word.stem_end == word.end


def test_letters_of_abbreviations_are_no_clitics(text_reader: TextReader) -> None:
    for text in ("وكالة أ.ف.ب للأنباء", "(أ ف ب)", "قال د. سالم", "د.ب.أ"):
        assert all(not (word.proclitics and not word.stem) for word in _words(text_reader, text)), text


def test_the_hidden_article_of_three_lams(text_reader: TextReader) -> None:
    refugees, lebanon = _words(text_reader, "للاجئين للبنان")
    assert (refugees.proclitics, refugees.article, refugees.stem) == ("ل", True, "لاجيين")
    assert (lebanon.proclitics, lebanon.article, lebanon.stem) == ("ل", False, "لبنان")


def test_names_of_other_rooms_are_freed_from_their_clitics() -> None:
    plain, taught = Cutter(load_words()), Cutter(load_words(["كفرشاطئ", "جبهة الزنبق", "بسبتا"]))
    assert plain.cut("بكفرشاطئ").proclitics == ""
    assert taught.cut("بكفرشاطئ").proclitics == "ب"
    assert taught.cut("لزنبق").stem == "زنبق"
    assert taught.cut("بسبتا").proclitics == ""  # a name given as one word is whole


def test_words_of_other_rooms_that_bear_a_clitic_are_not_taken_for_whole() -> None:
    taught = Cutter(load_words(["المرصد الوطني لحقوق الناس", "لحقوق", "مقاتليه", "أسلحتهم"]))
    assert (taught.cut("لحقوق").proclitics, taught.cut("مقاتليه").enclitic) == ("ل", "ه")
    assert taught.cut("أسلحتهم").enclitic == "هم"


def test_an_unknown_name_after_and(text_reader: TextReader) -> None:
    (word,) = _words(text_reader, "وغرنبطاش")
    assert (word.proclitics, word.stem) == ("و", "غرنبطاش")


def test_the_memory_of_words_is_bounded() -> None:
    cutter = Cutter(load_words(), bound=10)
    for number in range(100):
        cutter.cut("قصف" + chr(0x0628 + number % 20) * (number // 20 + 1))
    assert len(cutter.cuts) <= 10


def test_a_word_in_two_lists_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon" / "ar"
    folder.mkdir(parents=True)
    (folder / "function_words.toml").write_text('[words]\napart = ["والد"]\n', encoding="utf8")
    with pytest.raises(ResourceError, match="والد"):
        load_words(overlay=tmp_path)
    (folder / "function_words.toml").write_text('[words]\nknown = ["منجنيق", "منجنيق"]\n', encoding="utf8")
    with pytest.raises(ResourceError, match="twice"):
        load_words(overlay=tmp_path)

"""Triage lets in what holds claims and turns away other news, and says by which words."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.mixed_news import FIELDS, general, mixed
from eval.sets import own_sets
from sijill import Reader
from sijill.errors import ResourceError
from sijill.model import Document
from sijill.triage import Triage

STRIKE = "قتل خمسة مدنيين بقصف مدفعي لقوات النظام على بلدة الوادي فجر الثلاثاء."
QUIET = "افتتح وزير الثقافة معرض الكتاب في الرباط بحضور جمع من القراء والناشرين."
SPORT = "شن المنتخب هجوما متواصلا على مرمى الضيوف طوال الشوط الأول من المباراة."
MOST_LOST = 0.005
MOST_LET_IN = 0.08


@pytest.fixture(scope="module")
def triage(reader: Reader) -> Triage:
    return reader.triage()


def held(triage: Triage, text: str) -> bool:
    return triage.holds(Document(id="x", text=text))


@pytest.mark.parametrize(
    "text",
    [
        STRIKE,
        "اندلعت اشتباكات عنيفة بين الجيش ومسلحين شرق المدينة.",
        "اعتقلت الأجهزة الأمنية ثلاثة ناشطين في حي الميدان.",
        "نزحت مئات العائلات من القرية بعد سقوط قذائف عليها.",
        "غارة على سوق البلدة.",
        "قـ ـصـ ـف على بلدة الوادي",
        "ق.ص.ف على بلدة الوادي",
        "ﻗﺼﻒ ﻣﺪﻓﻌﻲ ﻋﻠﻰ ﺑﻠﺪﺓ ﺍﻟﻮﺍﺩﻱ",
        "قَصَفَتِ الطائراتُ بلدةَ الوادي وقَتَلَتْ ثلاثةَ مدنيينَ",
    ],
)
def test_lets_in_what_tells_an_event(triage: Triage, text: str) -> None:
    assert held(triage, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        QUIET,
        SPORT,
        "قصف هداف الترجي شباك ضيفه بثلاثة أهداف.",
        "انفجرت أسطوانة غاز في مطعم وأصيب عاملان.",
        "Peace talks and oil prices.",
        "🙂🙂🙂",
    ],
)
def test_turns_away_other_news(triage: Triage, text: str) -> None:
    assert not held(triage, text)


def test_one_report_in_a_long_item_of_other_news_lets_it_in(triage: Triage) -> None:
    assert not held(triage, QUIET * 30)
    assert held(triage, QUIET * 15 + STRIKE + QUIET * 15)


def test_says_by_which_words(triage: Triage) -> None:
    look = triage.look(Document(id="x", text=f"{QUIET}\n{STRIKE}\n"))
    assert look.holds
    assert look.evidence >= 2
    assert set(look.why[0].split(" + ")) >= {"قتل", "قصف", "مدفعي"}
    assert triage.look(Document(id="x", text=QUIET)).why == ()


def test_everyday_words_alone_do_not_fill_a_long_item(triage: Triage) -> None:
    look = triage.look(Document(id="x", text=f"أجلت المحكمة القضية. {QUIET * 20} قطع المحتجون الطريق أمام البلدية."))
    assert not look.holds
    assert look.evidence == 0
    assert 0 < look.points < look.needed
    assert look.why


def test_news_of_a_crime_has_no_sign_of_a_conflict(triage: Triage) -> None:
    crime = "عثر على جثة تاجر في شقته وقال محضر التحقيق إن الجاني قتله طعنا ثم فر من النافذة إلى سطح مجاور. "
    trial = "وحكمت المحكمة بسجن المتهم عشر سنوات بعد أن اعترف أمام القاضي وأعيد إلى السجن المركزي في المدينة. "
    look = triage.look(Document(id="x", text=(crime + trial) * 8))
    assert not look.holds
    assert look.signs == 0
    assert look.why
    assert held(triage, (crime + trial) * 8 + STRIKE)


def test_does_not_depend_on_what_was_looked_at_before(reader: Reader) -> None:
    documents = [row.document for row in mixed(120)]
    one, other = reader.triage(), reader.triage()
    forward = {document.id: one.look(document) for document in documents}
    backward = {document.id: other.look(document) for document in reversed(documents)}
    assert forward == backward
    assert forward == {document.id: one.look(document) for document in documents}


def test_a_full_memory_begins_again(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [row.document for row in mixed(40)]
    expected = [reader.triage().look(document) for document in documents]
    monkeypatch.setattr("sijill.triage._BOUND", 50)
    assert [reader.triage().look(document) for document in documents] == expected
    small = reader.triage()
    assert [small.look(document) for document in documents] == expected


def test_loses_hardly_a_claim_of_our_reports(reader: Reader, triage: Triage) -> None:
    lost = told = 0
    for gold in own_sets():
        for document in gold.documents:
            claims = len(reader.read(document).claims)
            told += claims
            lost += 0 if triage.holds(document) else claims
    assert told > 500
    assert lost <= MOST_LOST * told


def test_turns_away_most_general_news(triage: Triage) -> None:
    rows = list(general(270, seed=11))
    assert {row.kind for row in rows} == set(FIELDS)
    assert sum(triage.holds(row.document) for row in rows) <= MOST_LET_IN * len(rows)


@given(
    st.text(
        st.characters(codec="utf-16", categories=None, min_codepoint=0x20, max_codepoint=0xFFFF)
        | st.sampled_from("قصف. \n\u200f\u0640ﷺ\ud800"),
        max_size=80,
    )
)
def test_any_text_is_looked_at(reader: Reader, text: str) -> None:
    assert isinstance(reader.triage().look(Document(id="x", text=text)).holds, bool)


def test_composed_and_decomposed_letters_look_alike(triage: Triage) -> None:
    text = f"{STRIKE} أُصيب آخرون."
    assert triage.holds(Document(id="x", text=unicodedata.normalize("NFD", text)))


@pytest.mark.parametrize(
    ("key", "words"),
    [("everyday", ["no.such.trigger"]), ("armed", ["no-such-head"]), ("unarmed", ["تفاح"])],
)
def test_a_table_that_names_what_is_not_there_is_refused(tmp_path: Path, key: str, words: list[str]) -> None:
    (tmp_path / "rules").mkdir()
    listed = ", ".join(f'"{word}"' for word in words)
    (tmp_path / "rules" / "triage.toml").write_text(f"[words]\n{key} = [{listed}]\n", "utf8")
    with pytest.raises(ResourceError, match=words[0]):
        Reader(tmp_path).triage()

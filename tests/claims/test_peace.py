"""Figures of speech, stories, history, drills and private crimes tell no event; the same words in a conflict do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sijill.claims.lexicon import load_claims
from sijill.claims.peace import load_peace
from sijill.errors import ResourceError
from sijill.model import Document
from sijill.pipeline import Reader

LINES = (Path(__file__).parent / "other_news.txt").read_text("utf8").splitlines()
OTHER = [line for line in LINES if line and not line.startswith("#")]
DAY = date(2024, 5, 17)
MOST = 28


def types(reader: Reader, text: str) -> list[str]:
    return [claim.type.value for claim in reader.read(Document("example", text, DAY)).claims]


def test_hardly_any_sentence_of_other_news_gives_a_claim(reader: Reader) -> None:
    assert len(OTHER) == len(set(OTHER)) == 547
    loud = {text: told for text in OTHER if (told := types(reader, text))}
    assert len(loud) <= MOST, loud


@pytest.mark.parametrize(
    ("peace", "conflict", "kind"),
    [
        # The adjective behind the noun says that nobody fights.
        ("تعرضت هيئة الموانئ في حلب لهجوم سيبراني", "تعرضت هيئة الموانئ في حلب لهجوم صاروخي", "shelling"),
        ("اندلعت معركة قضائية في درعا", "اندلعت معركة عنيفة في درعا", "armed_clash"),
        # What a film or a novel tells.
        ("يروي الفيلم قصة خطف ثلاثة عمال في درعا", "خطف مسلحون ثلاثة عمال في درعا", "abduction"),
        ("تدور أحداث الرواية حول قصف بلدة على الحدود", "تعرضت بلدة سرمين لقصف مدفعي", "shelling"),
        # History.
        ("قصفت السفن عكا سنة 1799", "قصفت السفن مدينة عدن عام 2015", "shelling"),
        # Drills.
        ("تضمن التمرين قصف أهداف وهمية في الصحراء", "بدأت القوات قصف أهداف في مدينة درعا", "shelling"),
        # Crimes of one against another: police are no party to them.
        ("أوقفت الشرطة ثلاثة أشخاص بتهمة الاحتيال في درعا", "أوقفت الشرطة ثلاثة ناشطين في درعا", "detention"),
        ("قتل رجل شقيقه في حماة إثر خلاف عائلي", "قتل مسلحون رجلا في حماة", "killing"),
        ("اعتقلت الشرطة موظفا بتهمة الرشوة", "اعتقل تنظيم داعش موظفا بتهمة الرشوة", "detention"),
        # Idioms; subjects that cannot act, or act in words.
        ("أطلق المدير رصاصة الرحمة على المشروع في حلب", "أطلق القناص رصاصة على شاب في حلب", "killing"),
        ("حاصرت الديون مئات العائلات في حلب", "حاصرت الميليشيا مئات العائلات في حلب", "siege"),
        ("دك المدرب حصون منافسه في دمشق", "دك الجيش حصون الفصيل في دمشق", "shelling"),
        # Harm that has a harmless cause, in a report of nothing else.
        ("مقتل عامل جراء انغلاق باب معدني في حماة", "مقتل عامل جراء قصف في حماة", "shelling"),
        # Falls, illness, things set free.
        ("توفي عامل بعد سقوطه من سطح مبنى في درعا", "توفي عامل برصاص قناص في درعا", "killing"),
        ("أصيب أربعون طالبا بالجرب في حماة", "أصيب أربعون طالبا بقصف مدفعي في حماة", "shelling"),
        ("أفرجت الحكومة عن مخزون من القمح", "أفرجت الحكومة عن أربعين معتقلا", "release"),
        ("استسلمت الوزارة لمطالب السائقين", "استسلم أربعون مقاتلا للجيش", "surrender"),
    ],
)
def test_what_peace_says_in_the_words_of_war(reader: Reader, peace: str, conflict: str, kind: str) -> None:
    assert types(reader, peace) == []
    assert kind in types(reader, conflict)


def test_words_of_every_day_need_a_party_or_another_act_in_the_report(reader: Reader) -> None:
    assert "withdrawal" not in types(reader, "انسحب المقاول من ورشة في حلب.")
    assert "withdrawal" in types(reader, "انسحبت الميليشيا من بلدة سرمين.")
    assert "withdrawal" in types(reader, "قصف الجيش بلدة سرمين. ثم انسحب المهاجمون من البلدة.")


def test_a_town_that_bears_the_name_of_a_weapon_is_none(reader: Reader) -> None:
    assert types(reader, "لقي خمسة أشخاص مصرعهم في حادث سير على طريق فاس الدولي") == []


def test_a_preposition_is_no_imam(reader: Reader) -> None:
    (claim,) = reader.read(Document("example", "مقتل جندي طعنا أمام مسجد في حلب", DAY)).claims
    assert [count.text for count in claim.counts] == ["جندي"]


def test_animals_are_no_people(reader: Reader) -> None:
    claims = reader.read(Document("example", "أسفر القصف على بلدة سرمين عن نفوق مئتي بقرة", DAY)).claims
    assert [(claim.type.value, claim.counts) for claim in claims] == [("shelling", ())]


def test_an_everyday_trigger_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "peaceful.toml").write_text('[everyday]\ntriggers = ["no.such"]\n', "utf8")
    with pytest.raises(ResourceError, match=r"no\.such"):
        load_claims(tmp_path)


def test_the_words_of_peace_are_single_words() -> None:
    words = list(load_peace().words())
    assert words
    assert not [word for word in words if " " in word]

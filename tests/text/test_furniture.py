"""Each rule marks its `yes` and leaves its `no` examples; pages of several kinds; what must never be dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.data import load
from sijill.errors import ResourceError
from sijill.model import Document, Text
from sijill.text import TextReader
from sijill.text.folding import clean
from sijill.text.furniture import FILE, FurnitureRule, FurnitureRules, Kind, _File, load_furniture

_PROSE = (
    "أصيب ثلاثة عمال بجروح طفيفة مساء الأحد جراء سقوط قذيفة على أطراف بلدة الزنبق الشرقية.",
    "وقال مصدر طبي إن المصابين نقلوا إلى مستشفى البلدة، فيما أخمدت فرق الإطفاء حريقا في حقل قريب.",
    "وأضاف المصدر أن القصف توقف قبل منتصف الليل وأن السكان عادوا إلى بيوتهم.",
)
_RULES = load(FILE, _File).rules


def _read(reader: TextReader, *lines: str) -> Text:
    return reader.read(Document(id="t", text="\n\n".join(lines)))


def _left(text: Text) -> str:
    return " ".join(text.document.text[sentence.start : sentence.end] for sentence in text.sentences)


def _marked(rule: FurnitureRule, line: str) -> bool:
    """Whether `rule` alone marks something of `line`, which stands behind a report."""
    page = clean("\n\n".join([*_PROSE, line])).text
    return any(mark[2] == rule.id for mark in FurnitureRules([rule]).marks(page))


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_a_rule_marks_its_yes_and_leaves_its_no(rule: FurnitureRule) -> None:
    assert rule.yes
    assert rule.no
    assert [line for line in rule.yes if not _marked(rule, line)] == []
    assert [line for line in rule.no if _marked(rule, line)] == []


def test_every_rule_has_what_its_kind_needs() -> None:
    for rule in _RULES:
        assert bool(rule.pattern) == bool(rule.needs) == (rule.kind is Kind.PATTERN), rule.id
        assert bool(rule.phrases) == (rule.kind is not Kind.PATTERN), rule.id


def test_a_block_of_other_stories_ends_where_prose_resumes(text_reader: TextReader) -> None:
    text = _read(
        text_reader,
        _PROSE[0],
        "مقالات ذات صلة",
        "مقتل سبعة في انفجار بعيد",
        "خسائر الزراعة هذا العام",
        _PROSE[1],
        _PROSE[2],
    )
    assert "سبعة" not in _left(text)
    assert all(line[:30] in _left(text) for line in _PROSE)
    assert {mark.rule for mark in text.furniture} == {"other-stories"}


def test_headlines_behind_the_last_full_stop_are_marked(text_reader: TextReader) -> None:
    text = _read(text_reader, *_PROSE, "مقتل سبعة في انفجار بعيد عن هنا", "خسائر الزراعة هذا العام تبلغ ذروتها")
    assert "سبعة" not in _left(text)
    assert [mark.rule for mark in text.furniture] == ["tail", "tail"]


def test_tags_behind_a_report_are_marked(text_reader: TextReader) -> None:
    text = _read(text_reader, *(line.rstrip(".") for line in _PROSE), *_PROSE[:1], "الزنبق", "قذائف", "عمال الحقول")
    assert [mark.rule for mark in text.furniture] == ["tail"] * 3 or {mark.rule for mark in text.furniture} == {"tags"}


@pytest.mark.parametrize(
    "tail",
    [
        ("– قتيلان من حرس الجسر بقصف مدفعي", "– جريح من عمال المطحنة بقصف مدفعي"),
        ("عدد القتلى: 2", "عدد الجرحى: 5", "المكان: الزنبق"),
        ("وقصفت المدفعية أطراف البلدة مساء.", "وسقط جريح آخر في الحقل القريب من الجسر."),
        ("سقوط قذيفتين على سوق البلدة مساء اليوم",),
        ("الجهة: حرس الجسر", "المكان: سوق الزنبق القديم", "الضحايا: عامل وابنه"),
        ("3 عمال قتلوا بقصف على الحقل الغربي", "5 جرحى من حرس الجسر القديم", "طفل جريح في السوق القديم"),
        ("والجرحى هم:", "سالم", "وسليم", "وسلمان"),
        ("1- سقوط قذيفة على السوق القديم", "2- سقوط قذيفة على المدرسة"),
    ],
)
def test_lists_of_losses_and_late_sentences_are_read(text_reader: TextReader, tail: tuple[str, ...]) -> None:
    text = _read(text_reader, *_PROSE, *tail)
    assert text.furniture == ()
    assert tail[-1].rstrip(".") in _left(text)


_OTHERS = (
    "مقتل سبعة جنود في انفجار بعيد",
    "خسائر الزراعة تتجاوز الحد هذا العام",
    "الوزير يفتتح معرضا للكتاب في العاصمة",
    "قصف على ميناء في بلاد أخرى",
)
_MENU = ("عربي", "English", "Kurdî", "Türkçe", "Русский")


def test_headlines_above_a_menu_are_no_part_of_the_report(text_reader: TextReader) -> None:
    text = _read(text_reader, *_OTHERS, *_MENU, "قذيفة تصيب ثلاثة عمال في الزنبق", *_PROSE)
    assert {mark.rule for mark in text.furniture} == {"masthead"}
    assert _left(text).startswith("قذيفة تصيب")


def test_a_title_and_its_parts_above_a_menu_are_read(text_reader: TextReader) -> None:
    text = _read(text_reader, *_OTHERS[:2], *_MENU, *_PROSE)
    assert _left(text).startswith(_OTHERS[0])


def test_one_headline_before_a_named_block_is_one_of_the_others(text_reader: TextReader) -> None:
    text = _read(text_reader, *_PROSE, _OTHERS[0], "الأكثر قراءة", _OTHERS[1])
    assert _OTHERS[0] not in _left(text)
    assert _OTHERS[0] in _left(_read(text_reader, *_PROSE, _OTHERS[0]))


def test_headlines_below_tags_are_no_part_of_a_report_without_full_stops(text_reader: TextReader) -> None:
    lines = [line.rstrip(".") + " " + "وما جرى بعد ذلك في القرى المجاورة من خراب" for line in _PROSE]
    text = _read(text_reader, *lines, "سوريا", "حلب", "إدلب", *_OTHERS[:2])
    assert [mark.rule for mark in text.furniture] == ["tail"] * 5


def test_headlines_below_a_wrapped_report_are_no_part_of_it(text_reader: TextReader) -> None:
    wrapped = "قال سكان البلدة إن القصف الذي وقع مساء أمس أصاب\nمنزلين عند مدخلها الغربي."
    text = _read(text_reader, *_PROSE, wrapped, "سوريا", "حلب", "إدلب", *_OTHERS[:2])
    assert _left(text).endswith("منزلين عند مدخلها الغربي.")


def test_a_headline_above_a_subheading_leads_to_another_report(text_reader: TextReader) -> None:
    text = _read(text_reader, *_PROSE[:1], _OTHERS[0], "قصف متواصل", *_PROSE[1:])
    assert [mark.rule for mark in text.furniture] == ["link"]
    assert not _read(text_reader, *_PROSE[:1], _OTHERS[0], *_PROSE[1:]).furniture


def test_on_pages_that_set_links_a_headline_between_paragraphs_is_one(text_reader: TextReader) -> None:
    lines = (*_PROSE[:1], "سورية: " + _OTHERS[0] + " مساء أمس", *_PROSE[1:])
    text = text_reader.read(Document(id="t", text="\n\n".join(lines), url="https://www.alaraby.co.uk/politics/1"))
    assert [mark.rule for mark in text.furniture] == ["link"]


def test_headlines_that_a_list_cuts_short_are_no_report(text_reader: TextReader) -> None:
    short = [f"مقتل {number} عناصر في هجوم على حاجز شمال ..." for number in ("ثلاثة", "أربعة", "خمسة", "ستة")]
    assert _left(_read(text_reader, *short, *_PROSE)).startswith(_PROSE[0])
    assert _left(_read(text_reader, *short[:2], *_PROSE)).startswith(short[0])


def test_a_report_without_full_stops_is_read_whole(text_reader: TextReader) -> None:
    lines = ("قصف مدفعي على الزنبق", "سقوط قذيفة قرب الجسر دون إصابات", "إصابة مزارع بجروح في الحقل الغربي")
    assert _read(text_reader, *lines).furniture == ()


def test_the_title_is_read_and_the_menu_before_it_is_not(text_reader: TextReader) -> None:
    text = _read(text_reader, "الرئيسية", "محليات", "الزنبق", "إصابة ثلاثة عمال بقذيفة في الزنبق", *_PROSE)
    assert _left(text).startswith("إصابة ثلاثة عمال") or _left(text).startswith("الزنبق إصابة ثلاثة عمال")
    assert {"section"} <= {mark.rule for mark in text.furniture}


def test_chrome_glued_to_a_post_is_cut_off_and_the_post_is_read(text_reader: TextReader) -> None:
    post = "مرصد الزنبق@zanbaq_watchسقط جريحان في سوق الزنبق اليوم00:017:21 PM · Dec 1, 20223.3KViews32"
    post += "\nكلام قارئ عن الخبر"
    assert _left(text_reader.read(Document(id="t", text=post))) == "سقط جريحان في سوق الزنبق اليوم"


def test_a_quoted_post_stays_and_its_author_goes(text_reader: TextReader) -> None:
    text = _read(
        text_reader,
        _PROSE[0],
        "سقط جريحان في السوق pic.twitter.com/Ab1Cd2\n— مرصد الزنبق (@zanbaq) June 5, 2022",
        _PROSE[1],
    )
    assert "سقط جريحان في السوق" in _left(text)
    assert "zanbaq" not in _left(text)
    assert "twitter" not in _left(text)


@pytest.mark.parametrize(
    "line",
    [
        "سقط جريحان في السوق " + "1" * 300_000 + " Views",
        "سقط جريحان في السوق" + " ·" * 300_000 + " Views",
        "1," * 150_000 + "سقط جريحان في السوق",
        "." * 300_000 + "سقط جريحان في السوق",
        "سقط جريحان في السوق " + "." * 300_000 + " المزيد من الأخبار",
        "سقط جريحان 7:21 " + "7:21 PM " * 40_000 + "· في السوق",
        "5 " + "نشر في " * 60 + "سوق الزنبق",
        "#الزنبق " * 40_000 + "سقط جريحان",
        "\t" * 300_000 + "5 جرحى",
    ],
    ids=[
        "digits",
        "dots-between",
        "commas",
        "full-stops",
        "stops-then-more",
        "times",
        "published-in",
        "tags",
        "blanks",
    ],
)
def test_a_long_run_ends(line: str) -> None:
    """None of these would end if a pattern tried each part of a run anew."""
    rules = load_furniture()
    text = f"{_PROSE[0]}\n{line}\n1 Views PM المزيد #"
    marks = rules.marks(text)
    assert all(len(_PROSE[0]) < start < end <= len(text) for start, end, _ in marks)
    assert marks == tuple(sorted(marks))


@pytest.mark.parametrize("stops", [2, 3, 9])
def test_all_full_stops_before_the_word_for_more_are_marked(stops: int) -> None:
    text = f"{_PROSE[0]}\nسقط جريحان {'.' * stops} المزيد"
    start, end, rule = load_furniture().marks(text)[-1]
    assert (text[start:end], rule) == ("." * stops + " المزيد", "more")


@pytest.mark.parametrize(
    "line",
    [
        "01:15 ص سقوط جريحين بقصف مدفعي على سوق الزنبق",
        "الأحد 24 ديسمبر 2023",
        "LikeComment سقط جريحان في السوق",
        "#قصف #الزنبق",
        "مركز الإعلام's Post",
    ],
)
def test_the_only_line_of_a_text_is_read(text_reader: TextReader, line: str) -> None:
    text = _read(text_reader, line)
    assert text.furniture == ()
    assert _left(text) == line
    assert _read(text_reader, *_PROSE, line).furniture != ()


def test_a_chronicle_by_the_hour_is_read(text_reader: TextReader) -> None:
    lines = ("01:15 ص سقوط جريحين بقصف على السوق", "02:40 ص إصابة عامل في حي الجسر", "04:10 م غارة على التلة")
    text = _read(text_reader, *lines)
    assert text.furniture == ()
    assert all(line[8:] in _left(text) for line in lines)
    assert {mark.rule for mark in _read(text_reader, *_PROSE, *lines).furniture} == {"ticker"}


def test_the_only_line_still_loses_the_chrome_glued_to_it(text_reader: TextReader) -> None:
    text = _read(text_reader, "سقط جريحان في سوق الزنبق https://t.me/zanbaq/12")
    assert [mark.rule for mark in text.furniture] == ["address"]


def test_a_text_is_read_whole_on_demand() -> None:
    text = _read(TextReader(whole=True), "الرئيسية", *_PROSE, "مقالات ذات صلة", "مقتل سبعة في انفجار بعيد")
    assert text.furniture == ()
    assert "سبعة" in _left(text)


def test_comments_end_the_report(text_reader: TextReader) -> None:
    text = _read(
        text_reader,
        *_PROSE,
        "التعليقات (2)",
        "قارئ يقول إن سبعة قتلوا في مكان آخر.",
        "وقارئ ثان يرد عليه بكلام طويل لا صلة له.",
    )
    assert "سبعة" not in _left(text)


def test_furniture_is_in_order_and_never_overlaps(text_reader: TextReader) -> None:
    text = _read(
        text_reader, "الرئيسية", "2022-11-05", *_PROSE, "اقرأ أيضا: خبر آخر", "#الزنبق #عاجل", "السابق", "خبر ثالث"
    )
    ends = 0
    for mark in text.furniture:
        assert ends <= mark.start < mark.end
        ends = mark.end
    for sentence in text.sentences:
        assert not any(mark.start < sentence.end and sentence.start < mark.end for mark in text.furniture)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[[rules]]\nid = "x"\nkind = "pattern"\nyes = []\nno = []\npattern = "("\nneeds = ["a"]', "x"),
        ('[[rules]]\nid = "x"\nkind = "line"\nyes = []\nno = []\nphrases = ["الرئيسية"]', "two rules"),
        ('[[rules]]\nid = "x"\nkind = "odd"\nyes = []\nno = []', "kind"),
    ],
)
def test_a_wrong_rule_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "furniture.toml").write_text(content, encoding="utf8")
    with pytest.raises(ResourceError, match=message):
        load_furniture(tmp_path)


_PAGE_OF_OTHERS = (
    "وفد من البلدية يزور معرض الكتاب",
    "إطلاق نار في مدرسة بمدينة بعيدة",
    "مزارعون يبدؤون موسم القطاف",
    "الأرصاد تتوقع أمطارا غزيرة غدا",
    "افتتاح دار للسينما في العاصمة",
    "مقتل حارس برصاص مجهولين",
    "نقابة الأطباء تعقد مؤتمرها السنوي",
    "حوار مع كاتبة فازت بالجائزة",
    "عربي",
    "English",
    "Türkçe",
    "Kurdî",
)


def test_a_page_that_holds_only_other_headlines_tells_nothing(text_reader: TextReader) -> None:
    page = Document("t", "\n\n".join(_PAGE_OF_OTHERS), title="إصابات في قصف على أطراف بلدة الزنبق")
    assert text_reader.read(page).sentences == ()


def test_headlines_with_the_words_of_the_title_are_its_report(text_reader: TextReader) -> None:
    page = Document(
        "t", "\n\n".join(("قصف على أطراف بلدة الزنبق", *_PAGE_OF_OTHERS)), title="قصف على أطراف بلدة الزنبق"
    )
    assert text_reader.read(page).sentences != ()


def test_without_a_title_headlines_of_many_matters_above_a_menu_are_no_report(text_reader: TextReader) -> None:
    assert text_reader.read(Document("t", "\n\n".join(_PAGE_OF_OTHERS))).sentences == ()
    chronicle = [f"{line} في بلدة الزنبق" for line in _PAGE_OF_OTHERS[:8]]
    assert text_reader.read(Document("t", "\n\n".join((*chronicle, *_PAGE_OF_OTHERS[8:])))).sentences != ()
    assert text_reader.read(Document("t", "\n\n".join(_PAGE_OF_OTHERS[:8]))).sentences != ()


def test_the_date_of_a_record_is_of_the_report(text_reader: TextReader) -> None:
    lines = ("التاريخ: 9 شباط 2022", "المكان: سوق الزنبق", "نوع الحادثة: قصف مدفعي")
    assert "شباط" in _left(text_reader.read(Document("t", "\n".join((*lines, "", *_PROSE)))))

"""Who says so: chains, who goes on speaking, quotations, posts, and how far what is said is held true (invented)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.claims.attribution import attribute
from sijill.claims.lexicon import load_claims
from sijill.claims.speech import SpeechNoun, SpeechVerb
from sijill.claims.view import views_of
from sijill.model import Claim, Document
from sijill.pipeline import Reader

DAY = date(2023, 5, 3)
LEXICON = load_claims()
ENTRIES: list[SpeechVerb | SpeechNoun] = [*LEXICON.speech.entries, *LEXICON.speech.noun_entries]
VERBS = [(entry, text) for entry in ENTRIES for text in entry.yes]
NOT_VERBS = [(entry, text) for entry in ENTRIES for text in entry.no]


def _read(reader: Reader, text: str) -> tuple[Claim, ...]:
    return reader.read(Document("example", text, DAY)).claims


def _sources(reader: Reader, text: str) -> list[str]:
    """The sources of the last claim of `text`."""
    claims = _read(reader, text)
    assert claims, text
    return [source.name for source in claims[-1].sources]


def _rules(reader: Reader, text: str) -> list[str]:
    """The rules of attribution that fire in `text`."""
    given = reader.text(Document("example", text, DAY))
    values = reader.values(given)
    views = views_of(given, values, reader.mentions(given, values), LEXICON.words.prepositions)
    return [rule for view in views for rule in attribute(view, LEXICON, ()).why]


# --- one speaker --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said_by"),
    [
        ("قال مصدر طبي إن القصف قتل ثلاثة مدنيين.", ["مصدر طبي"]),
        ("وأعلنت وزارة الصحة اللبنانية مقتل ثلاثة مدنيين بالقصف.", ["وزارة الصحة اللبنانية"]),
        ("وأفاد ناشطون بمقتل ثلاثة مدنيين بقصف على بلدة سرمين.", ["ناشطون"]),
        ("سجل المرصد السوري لحقوق الإنسان مقتل ثلاثة مدنيين بالقصف.", ["المرصد السوري لحقوق الإنسان"]),
        ("وأشار الدفاع المدني في بيان أمس إلى أن القصف قتل ثلاثة مدنيين.", ["الدفاع المدني"]),
        ("لكن ناشطين قالوا إن القصف قتل ثلاثة مدنيين.", ["ناشطين"]),
        ("وكانت وكالة الأناضول قد ذكرت أن القصف قتل ثلاثة مدنيين.", ["وكالة الأناضول"]),
        ("وكان الناطق باسم البلدية، سامي حداد، أعلن أن القصف قتل ثلاثة مدنيين.", ["سامي حداد"]),
        ("قتل ثلاثة مدنيين بقصف على بلدة سرمين، بحسب مصادر محلية.", ["مصادر محلية"]),
        ("وبحسب مصادر محلية فإن القصف قتل ثلاثة مدنيين.", ["مصادر محلية"]),
        ("قتل ثلاثة مدنيين بقصف على بلدة سرمين، كما قال الدفاع المدني.", ["الدفاع المدني"]),
        ("قتل ثلاثة مدنيين بقصف على بلدة سرمين، وفق ما أفاد مراسل قناة النور.", ["مراسل قناة النور"]),
        ("قتل ثلاثة مدنيين بقصف على بلدة سرمين، وفق موقع الوادي.", ["موقع الوادي"]),
        ("وزارة الصحة: مقتل ثلاثة مدنيين بقصف على بلدة سرمين.", ["وزارة الصحة"]),
        ("قالت وزارة الصحة والدفاع المدني إن القصف قتل ثلاثة مدنيين.", ["وزارة الصحة والدفاع المدني"]),
        ("وأفادت مصادر قناة النور بأن القصف قتل ثلاثة مدنيين.", ["مصادر قناة النور"]),
        ("قال الموقع الرسمي للبلدية إن القصف قتل ثلاثة مدنيين.", ["الموقع الرسمي للبلدية"]),
        ("وأوضح أحمد العلي: القصف قتل ثلاثة مدنيين.", ["أحمد العلي"]),
        ("قتل ثلاثة مدنيين بقصف على بلدة سرمين، قال الدفاع المدني.", ["الدفاع المدني"]),
        ("وجاء في بيان لوزارة الدفاع أن القصف قتل ثلاثة مدنيين.", ["بيان لوزارة الدفاع"]),
        ("وجاء من الناطق باسم البلدية أن القصف قتل ثلاثة مدنيين.", ["الناطق باسم البلدية"]),
        ("قتل ثلاثة جنود بقصف على بلدة سرمين، كما أعلن مسؤولون أمس.", ["مسؤولون"]),
        ("وأشارت ممرضة في مستوصف البلدة إلى مقتل ثلاثة مدنيين بالقصف.", ["ممرضة في مستوصف البلدة"]),
        ("وقال آمر سرية في سرت إن القصف قتل ثلاثة مدنيين.", ["آمر سرية في سرت"]),
        ("وقال أحدهم إن القصف قتل ثلاثة مدنيين.", ["أحدهم"]),
        ("وأبرز المصدر نفسه أن القصف قتل ثلاثة مدنيين.", ["المصدر"]),
        ("وأفصح مصدر عسكري عن مقتل ثلاثة جنود بالقصف.", ["مصدر عسكري"]),
        ("وأعلن جهاز مكافحة الإرهاب مقتل ثلاثة مسلحين في كركوك.", ["جهاز مكافحة الإرهاب"]),
        ("وأعلن جهاز الأمن مقتل ثلاثة مسلحين في كركوك.", ["جهاز الأمن"]),
        ("وأكد لنا شهود أن القصف قتل ثلاثة مدنيين.", ["شهود"]),
        ("وأكدت وزارة الداخلية، في بلاغ لها، توقيف ثلاثة أشخاص في وجدة.", ["وزارة الداخلية"]),
        ("وذهب مسؤول محلي إلى أن القصف قتل ثلاثة مدنيين.", ["مسؤول محلي"]),
        ("وقال متحدث عسكري طلب عدم كشف اسمه إن القصف قتل ثلاثة مدنيين.", ["متحدث عسكري"]),
        ("قتل ثلاثة جنود بقصف على صعدة، على ما أفاد به مصدر طبي.", ["مصدر طبي"]),
        ("وكانت كتيبة الوادي المبايعة لتنظيم القاعدة تبنت الهجوم الذي قتل ثلاثة جنود.", ["كتيبة الوادي"]),
        ("أعلن المجلس المحلي هدنة في سرت، إلا أن سكانا في البلدة قالوا إن القصف قتل ثلاثة.", ["سكانا في البلدة"]),
        ("قال الناطق باسم الجيش إن جماعة يقدر عددها بخمسين فردا قتلت ثلاثة جنود.", ["الناطق باسم الجيش"]),
        ("🔺 بيان صادر عن كتائب القسام:\nقتل ثلاثة مدنيين بقصف على حيفا.", ["كتائب القسام"]),
        ("🔺 إعلام عبري: مقتل ثلاثة جنود في انفجار قرب حيفا", ["إعلام عبري"]),
        ("وأصدرت وزارة الدفاع بيانا قالت فيه إن القصف قتل ثلاثة مدنيين.", ["وزارة الدفاع"]),
        ("وقالت امرأة من البلدة إن القصف قتل ثلاثة مدنيين.", ["امرأة من البلدة"]),
        ("وأبلغ مسؤول عسكري رويترز أن القصف قتل ثلاثة مدنيين.", ["مسؤول عسكري"]),
        ("أفاد مراسلون في دمشق بمقتل ثلاثة مدنيين بالقصف.", ["مراسلون في دمشق"]),
        ("وأكدت مصادرنا الخاصة أن القصف قتل ثلاثة مدنيين.", ["مصادرنا الخاصة"]),
        ("عاجل | مراسلنا: مقتل ثلاثة مدنيين بقصف على سرمين", ["مراسلنا"]),
        ("قال أحد السكان إن القصف قتل ثلاثة مدنيين.", ["أحد السكان"]),
        ("قال الناشط الإعلامي سامي حداد لموقع الوادي إن القصف قتل ثلاثة.", ["الناشط الإعلامي سامي حداد"]),
        ("وقالت مسؤولة الإعلام في الهلال الأحمر إن القصف قتل ثلاثة.", ["مسؤولة الإعلام في الهلال الأحمر"]),
        ("ووثقت الشبكة الأهلية للرصد مقتل ثلاثة مدنيين.", ["الشبكة الأهلية للرصد"]),
        ("قتل ثلاثة مدنيين بقصف على بلدة سرمين، بحسب ذويهم.", ["ذويهم"]),
        ("قتل ثلاثة مدنيين بقصف على سرمين، فيما جرح عشرة آخرون، بحسب لجنة الأطباء.", ["لجنة الأطباء"]),
        ("أفاد مراسلون لوكالة فرانس برس بمقتل ثلاثة مدنيين بالقصف.", ["مراسلون"]),
        ("22:47 – وزارة الصحة في حصيلة أولية: مقتل ثلاثة مدنيين بالقصف.", ["وزارة الصحة"]),
        ("19.02 بتوقيت دمشق | مصدر أمني لوكالتنا: مقتل ثلاثة مدنيين بالقصف.", ["مصدر أمني"]),
        ("ضابط بالجيش لقناة النور: مقتل ثلاثة مدنيين بالقصف.", ["ضابط بالجيش"]),
    ],
)
def test_who_says_it(reader: Reader, text: str, said_by: list[str]) -> None:
    assert _sources(reader, text) == said_by


@pytest.mark.parametrize(
    ("text", "said_by"),
    [
        ("قال مصدر أمني لوكالة فرانس برس إن القصف قتل ثلاثة مدنيين.", ["مصدر أمني"]),
        ("وقال مصدر أمني في حديث مع وكالة فرانس برس إن القصف قتل ثلاثة.", ["وكالة فرانس برس", "مصدر أمني"]),
        ("وبحسب معلومات حصلت عليها قناة النور من مصادر محلية، أسفر القصف عن مقتل ثلاثة مدنيين.", ["مصادر محلية"]),
        ("وفي حديث خاص مع الناطق باسم البلدية سامي حداد، أكد أن القصف قتل ثلاثة.", ["الناطق باسم البلدية سامي حداد"]),
        ("أفاد تقرير صحفي نشرته صحيفة الوادي بأن القصف قتل ثلاثة مدنيين.", ["صحيفة الوادي"]),
    ],
)
def test_whom_it_was_said_to(reader: Reader, text: str, said_by: list[str]) -> None:
    assert _sources(reader, text) == said_by


# --- chains -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said_by"),
    [
        ("نقلت صحيفة الوادي عن مسؤول محلي قوله إن القصف قتل ثلاثة مدنيين.", ["صحيفة الوادي", "مسؤول محلي"]),
        ("نقلت صحيفة الوادي عن بعض السكان أن القصف قتل ثلاثة مدنيين.", ["صحيفة الوادي", "بعض السكان"]),
        ("ذكرت صحيفة الوادي أن مسؤولا محليا أكد أن القصف قتل ثلاثة.", ["صحيفة الوادي", "مسؤولا محليا"]),
        ("وأضافت صحيفة الوادي نقلا عن مسؤول محلي أن القصف قتل ثلاثة.", ["صحيفة الوادي", "مسؤول محلي"]),
        ("قتل ثلاثة مدنيين بقصف على سرمين، بحسب صحيفة الوادي نقلا عن مصدر طبي.", ["صحيفة الوادي", "مصدر طبي"]),
        ("قتل ثلاثة مدنيين بقصف على سرمين، بحسب ما نقلت رويترز عن مصدر أمني.", ["رويترز", "مصدر أمني"]),
        ("وذكر مراسل قناة النور، نقلا عن مصدر طبي، أن القصف قتل ثلاثة.", ["مراسل قناة النور", "مصدر طبي"]),
        ("نقلت صحيفة الوادي عن السكان تعرضهم لقصف مدفعي في بلدة سرمين.", ["صحيفة الوادي", "السكان"]),
        ("نقل مراسل قناة النور عن أهالي البلدة أن القصف قتل ثلاثة.", ["مراسل قناة النور", "أهالي البلدة"]),
        (
            "هاجم مسلحون بحسب قناة النور حاجزا للجيش، وفق ما أفاد مراسل صحيفة الوادي.",
            ["قناة النور", "مراسل صحيفة الوادي"],
        ),
        (
            "نقلت صحيفة الوادي عن مسؤول عسكري أن القصف انتهى. وأشار المسؤول العسكري إلى مقتل ثلاثة مدنيين.",
            ["صحيفة الوادي", "المسؤول العسكري"],
        ),
    ],
)
def test_sayings_nest_outermost_first(reader: Reader, text: str, said_by: list[str]) -> None:
    assert _sources(reader, text) == said_by


def test_one_who_says_it_too_takes_the_place_of_the_first(reader: Reader) -> None:
    text = "قال مصدر طبي إن القصف قتل ثلاثة مدنيين، فيما أكد الدفاع المدني أن الغارة قتلت خمسة مدنيين."
    claims = _read(reader, text)
    assert [[source.name for source in claim.sources] for claim in claims] == [["مصدر طبي"], ["الدفاع المدني"]]


def test_according_to_covers_its_part_of_the_sentence(reader: Reader) -> None:
    text = "قال شهود عيان إن القصف قتل ثلاثة مدنيين، في حين استهدفت غارة جوية بلدة بنش، بحسب مصدر طبي."
    claims = _read(reader, text)
    assert [source.name for source in claims[0].sources] == ["شهود عيان"]
    assert [source.name for source in claims[-1].sources][-1:] == ["مصدر طبي"]


def test_a_chain_of_quotes_without_end_is_read_to_a_bounded_depth(reader: Reader) -> None:
    text = "قال الوزير إن " + "مسؤولا محليا أكد أن " * 60 + "القصف قتل ثلاثة مدنيين."
    sources = _sources(reader, text)
    assert 1 <= len(sources) <= 3


# --- who goes on --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said_by"),
    [
        ("قال مصدر طبي إن القصف عنيف. وأضاف أن القصف قتل ثلاثة مدنيين.", ["مصدر طبي"]),
        ("قال مصدر طبي إن القصف عنيف. وعاد الهدوء ليلا. وأوضح أن القصف قتل ثلاثة مدنيين.", ["مصدر طبي"]),
        ("قال مصدر طبي إن القصف عنيف، مضيفا أن القصف قتل ثلاثة مدنيين.", ["مصدر طبي"]),
        (
            "نقلت صحيفة الوادي عن مسؤول محلي أن القصف عنيف، فيما ذكرت وكالة الأناضول أنه هدأ. وأضاف أنه قتل طفلين.",
            ["صحيفة الوادي", "مسؤول محلي"],
        ),
        ("وفيما أدانت وزارة الدفاع القصف، فإنها قالت إن القصف قتل ثلاثة مدنيين.", ["وزارة الدفاع"]),
        ("قال ناشطون إن القصف عنيف. وأضافوا أن القصف قتل ثلاثة مدنيين.", ["ناشطون"]),
        ("قال الوزير سامي حداد إن القصف عنيف. وقتل ثلاثة مدنيين بالقصف، وفق قوله.", ["الوزير سامي حداد"]),
    ],
)
def test_a_verb_without_a_subject_goes_on(reader: Reader, text: str, said_by: list[str]) -> None:
    assert _sources(reader, text) == said_by


def test_a_quotation_goes_on_over_sentences_and_ends_where_it_closes(reader: Reader) -> None:
    text = "قال الوزير سامي حداد: «القصف عنيف جدا. قصفوا بلدة سرمين ليلا». وقصفت طائرة حربية بلدة بنش."
    claims = {place.name: claim for claim in _read(reader, text) for place in claim.places}
    assert [source.name for source in claims["سرمين"].sources] == ["الوزير سامي حداد"]
    assert claims["بنش"].sources == ()


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph(reader: Reader) -> None:
    text = "قال الوزير سامي حداد: «القصف عنيف جدا.\n\nوقصفت طائرة حربية بلدة بنش."
    assert _sources(reader, text) == []


def test_the_lines_below_a_colon_are_said_by_who_stands_before_it(reader: Reader) -> None:
    text = "وقال الدفاع المدني في بيان:\n- قصفت طائرة بلدة سرمين\n- قصفت طائرة بلدة بنش\nوقصفت طائرة بلدة سراقب"
    claims = {place.name: claim for claim in _read(reader, text) for place in claim.places}
    told = {name: [source.name for source in claim.sources] for name, claim in claims.items()}
    assert told == {"سرمين": ["الدفاع المدني"], "بنش": ["الدفاع المدني"], "سراقب": []}


@pytest.mark.parametrize(
    "text",
    [
        "قال مصدر طبي إن الهدوء عاد. وقصفت طائرة حربية بلدة سرمين.",
        "قال مصدر طبي إن الهدوء عاد. يذكر أن طائرة حربية قصفت بلدة سرمين.",
        "أدان الرئيس اللبناني القصف على بلدة سرمين.",
        "نقلت سيارات الإسعاف ثلاثة مدنيين قتلوا بالقصف.",
        "تابع الجيش تقدمه بعد قصف بلدة سرمين.",
        "كشفت الشرطة موقع العبوة بعد مقتل جنديين بانفجار لغم.",
        "علق الجيش عملياته بعد مقتل ثلاثة جنود بقصف على سرمين.",
        "قتل مصور وكالة رويترز بقصف على بلدة سرمين.",
        "شكلت الوزارة لجنة للتحقيق في القصف الذي قتل ثلاثة مدنيين.",
        "رصدت الدفاعات الجوية طائرة قصفت بلدة سرمين.",
        "لم يعلن الجيش اللبناني مقتل ثلاثة جنود بالقصف.",
        "قصف طيران تابع للجيش اللبناني بلدة سرمين.",
        "نشر الجيش اللبناني جنودا بعد قصف بلدة سرمين.",
        "أكد الرئيس اللبناني في مكالمة هاتفية دعمه للسكان بعد مقتل ثلاثة مدنيين بقصف على بلدة سرمين.",
        "قصفت غارات محملة بقنابل عنقودية بلدة سرمين.",
        "وأعلن والي ماردين حظر تجوال في البلدة، بينما قتل ثلاثة مدنيين بقصف على البلدة.",
        "وكان الوزير قد دعا إلى وقف إطلاق النار، غير أن القصف قتل ثلاثة مدنيين في حلب.",
        "كتب مراسلنا في الجنوب:\nقتل ثلاثة مدنيين بقصف على بلدة سرمين.",
    ],
)
def test_the_outlet_itself_says_it(reader: Reader, text: str) -> None:
    assert _sources(reader, text) == []


# --- posts --------------------------------------------------------------------------------------------------------


def test_the_signature_of_a_post_says_the_lines_above_it(reader: Reader) -> None:
    text = "قصفت طائرات حربية بلدة سرمين أمس.\n— مركز النور (@nour_centre) June 5, 2023\n\nوقتل ثلاثة مدنيين بالقصف."
    claims = _read(reader, text)
    assert [[source.name for source in claim.sources] for claim in claims] == [["مركز النور"], []]
    source = claims[0].sources[0]
    assert text[source.span.start : source.span.end] == source.text == "مركز النور"


def test_a_signature_says_nothing_of_another_paragraph(reader: Reader) -> None:
    text = "قصفت طائرات حربية بلدة سرمين.\n\nصور من البلدة أمس.\n— مركز النور (@nour_centre) June 5, 2023\n"
    assert _sources(reader, text) == []


# --- how far it is held true ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "modality", "said_by"),
    [
        ("اتهم ناشطون الجيش اللبناني بقصف بلدة سرمين.", "alleged", ["ناشطون"]),
        ("اتهمت وزارة الدفاع، التي تقود الحملة، المعارضة المسلحة بقصف بلدة سرمين.", "alleged", ["وزارة الدفاع"]),
        ("زعم الجيش اللبناني أن القصف قتل مسلحين.", "alleged", ["الجيش اللبناني"]),
        ("حمل ناشطون الجيش اللبناني مسؤولية قصف بلدة سرمين.", "alleged", ["ناشطون"]),
        ("لا يستبعد مسؤول محلي أن تكون القوات قد قصفت بلدة سرمين.", "alleged", ["مسؤول محلي"]),
        ("نفت وزارة الدفاع قصف بلدة سرمين.", "denied", ["وزارة الدفاع"]),
        ("نفى الجيش اللبناني أن تكون طائراته قصفت بلدة سرمين.", "denied", ["الجيش اللبناني"]),
        ("حذرت الأمم المتحدة من هجوم على مدينة الفاشر.", "planned", ["الأمم المتحدة"]),
        ("دعت الأمم المتحدة إلى التحقيق في القصف الذي قتل ثلاثة مدنيين.", "asserted", ["الأمم المتحدة"]),
        ("من المتوقع أن يشن الجيش هجوما على المدينة.", "planned", []),
        ("سيتم إطلاق سراح عشرين معتقلا غدا.", "planned", []),
        ("ومن المنتظر أن يفرج الطرفان عن مئة أسير غدا.", "planned", []),
        ("ولوح الجيش بشن هجوم على المدينة.", "planned", []),
        (
            "وتبنت حركة طالبان الهجوم، زاعمة سيطرتها على الجسر، الأمر الذي نفاه مجلس الولاية.",
            "denied",
            ["مجلس الولاية"],
        ),
        ("وقال ناشطون إن القصف قتل ثلاثة مدنيين، وهو ما نفته وزارة الدفاع.", "asserted", ["ناشطون"]),
        ("ودعت الأمم المتحدة إلى وقف لإطلاق النار في الفاشر.", "planned", ["الأمم المتحدة"]),
        ("ونفى مصدر رسمي إجراء محادثات مع إسرائيل، مكتفيا بالقول إن الحدود هادئة.", "denied", ["مصدر رسمي"]),
        ("وقال مسؤول إن من المحتمل أن يكون القصف قتل ثلاثة مدنيين.", "alleged", ["مسؤول"]),
        ("ونفى قائد الشرطة ما تردد عن قصف طائراته بلدة سرمين.", "denied", ["قائد الشرطة"]),
        ("تداول ناشطون أنباء غير مؤكدة عن مقتل ثلاثة جنود.", "alleged", ["ناشطون"]),
        ("وأعلن الجيش مقتل ثلاثة مسلحين، وهو رقم لم يتسن التحقق منه.", "alleged", ["الجيش"]),
        ("وقدرت الأمم المتحدة عدد النازحين من المدينة بثلاثة آلاف شخص.", "estimated", ["الأمم المتحدة"]),
        ("وأعلن الجيش عزمه شن هجوم على المدينة.", "planned", ["الجيش"]),
        ("ويعتقد أن القصف قتل ثلاثة مدنيين.", "alleged", []),
        ("أعلنت حركة طالبان مسؤوليتها عن التفجير الذي قتل ثلاثة جنود.", "asserted", ["حركة طالبان"]),
        ("تقدر مصادر محلية مقتل نحو أربعين مدنيا بالقصف.", "estimated", ["مصادر محلية"]),
        ("قال مصدر طبي إن القصف قتل ثلاثة مدنيين.", "asserted", ["مصدر طبي"]),
    ],
)
def test_how_far_it_is_held_true(reader: Reader, text: str, modality: str, said_by: list[str]) -> None:
    claim = _read(reader, text)[-1]
    assert claim.modality == modality
    assert [source.name for source in claim.sources] == said_by


def test_an_accused_is_no_source(reader: Reader) -> None:
    claim = _read(reader, "قال ناشطون إن الهدوء عاد. واتهموا الجيش اللبناني بقصف بلدة سرمين.")[-1]
    assert [source.name for source in claim.sources] == ["ناشطون"]
    assert [agent.name for agent in claim.agents] == ["الجيش اللبناني"]


def test_who_threatens_acts_and_the_outlet_tells_it(reader: Reader) -> None:
    claim = _read(reader, "هددت حركة حماس بقصف مدينة عسقلان.")[-1]
    assert claim.modality == "planned"
    assert "حركة حماس" in [agent.name for agent in claim.agents]
    assert claim.sources == ()


def test_who_claims_an_attack_did_it_and_says_so(reader: Reader) -> None:
    claim = _read(reader, "تبنى تنظيم الدولة التفجير الذي قتل ثلاثة جنود.")[-1]
    assert [agent.name for agent in claim.agents] == ["تنظيم الدولة"]
    assert [source.name for source in claim.sources] == ["تنظيم الدولة"]


def test_what_an_accuser_does_besides_is_told_by_the_outlet(reader: Reader) -> None:
    text = "اتهمت وحدات حماية الشعب، التي تقاتل تنظيم داعش في مدينة الرقة، تركيا بقصف مدينة كوباني."
    first = _read(reader, text)[0]
    assert first.type == "armed_clash"
    assert first.modality == "asserted"
    assert first.sources == ()


def test_a_siege_that_a_warning_mentions_is_told_by_the_outlet(reader: Reader) -> None:
    text = "حذرت الأمم المتحدة من هجوم على مدينة الفاشر التي تحاصرها قوات الدعم السريع."
    told = {claim.type.value: [source.name for source in claim.sources] for claim in _read(reader, text)}
    assert told["siege"] == []


# --- the data -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("entry", "text"), VERBS, ids=[f"{entry.id}-{n}" for n, (entry, _) in enumerate(VERBS)])
def test_a_verb_reports(reader: Reader, entry: SpeechVerb | SpeechNoun, text: str) -> None:
    assert entry.id in _rules(reader, text + ".")


@pytest.mark.parametrize(("entry", "text"), NOT_VERBS, ids=[f"{e.id}-{n}" for n, (e, _) in enumerate(NOT_VERBS)])
def test_a_verb_does_not_report(reader: Reader, entry: SpeechVerb | SpeechNoun, text: str) -> None:
    assert entry.id not in _rules(reader, text + ".")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["قال", "الوزير", "إن", "نقلا", "عن", "«", "»", '"', "أكد", "وأضاف", "،", ":", "قصف", "بحسب", "مصدر"]
        ),
        max_size=40,
    )
)
def test_any_row_of_words_of_saying_is_read(reader: Reader, words: list[str]) -> None:
    text = " ".join(words)
    for claim in _read(reader, text):
        assert len(claim.sources) <= 4
        assert all(source.span.cut(text) == source.text for source in claim.sources)

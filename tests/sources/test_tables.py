from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill import ConfigError, Rejected, read_inputs
from sijill.sources import Mapping, load_mapping, save_mapping
from sijill.sources.columns import guess, names_of
from sijill.sources.record import day
from tests.sources.conftest import Read

HEADER = ["رقم", "تاريخ النشر", "نص الخبر", "العنوان", "الرابط", "المصدر", "ملاحظات"]


def row(text: str, **other: Any) -> list[Any]:
    values = {
        "id": 7,
        "day": date(2024, 3, 5),
        "title": "عنوان",
        "url": "https://x.example",
        "outlet": "وكالة",
        "note": "م",
    }
    values |= other
    return [values["id"], values["day"], text, values["title"], values["url"], values["outlet"], values["note"]]


def comma(rows: list[list[Any]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for cells in rows:
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(header: list[str], rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({name: [cells[at] for cells in rows] for at, name in enumerate(header)}), out)
    return out.getvalue()


WRITERS = {
    "t.csv": lambda header, rows: comma([header, *rows]),
    "t.xlsx": lambda header, rows: workbook({"ورقة": [header, *rows]}),
    "t.parquet": parquet,
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_table_of_any_kind_is_read_by_its_arabic_names(read: Read, text: str, name: str) -> None:
    content = WRITERS[name](HEADER, [row(text), row(text, id=8, day=None, note=None)])
    found, lines = read(name, content)
    assert lines == []
    first, second = (one.document for one in found)
    assert (first.id, first.published, first.text) == ("7", date(2024, 3, 5), text)
    assert (first.title, first.url, first.outlet) == ("عنوان", "https://x.example", "وكالة")
    assert first.meta == {"ملاحظات": "م"}
    assert (second.id, second.published, second.meta) == ("8", None, {})
    assert found[0].original is found[1].original
    assert found[0].original.content == content


@pytest.mark.parametrize("name", WRITERS)
def test_a_table_is_told_by_content_whatever_its_name(read: Read, text: str, name: str) -> None:
    found, _ = read("unnamed", WRITERS[name](HEADER, [row(text)]))
    assert [one.document.text for one in found] == [text]


@pytest.mark.parametrize("name", WRITERS)
def test_a_table_past_the_limit_streams_with_each_row_as_its_original(
    read: Read, text: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sijill.sources.stream.MAX_BYTES", 2_000)
    rows = [row(f"{text} {number}", id=number) for number in range(300)]
    found, lines = read(name, WRITERS[name](HEADER, rows))
    assert lines == []
    assert [one.document.id for one in found] == [str(number) for number in range(300)]
    last = found[-1].original.content
    assert f"{text} 299" in last.decode("utf-8-sig")
    assert text + " 298" not in last.decode("utf-8-sig")
    if name != "t.csv":
        assert json.loads(last)["نص الخبر"] == f"{text} 299"


def test_typed_cells_of_a_workbook_become_days_and_plain_numbers(read: Read, text: str) -> None:
    rows: list[list[Any]] = [
        ["id", "published", "text", "n", "when"],
        [3.0, datetime(2024, 3, 5, 22, 0), text, 2.5, datetime(2024, 1, 2, 3)],  # noqa: DTZ001  (as Excel has them)
    ]
    [one], _ = read("t.xlsx", workbook({"a": rows}))
    assert (one.document.id, one.document.published) == ("3", date(2024, 3, 5))
    assert one.document.meta["n"] == 2.5


def test_the_names_of_a_sheet_may_stand_below_its_title(read: Read, text: str) -> None:
    [one], _ = read("t.xlsx", workbook({"a": [["تقارير شهر آذار"], [], ["id", "text"], [1, text]]}))
    assert (one.document.id, one.part) == ("1", "row 4")


def test_sheets_without_reports_are_left_out_and_told(read: Read, text: str, caplog: pytest.LogCaptureFixture) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "دليل": [["الرمز", "معنى"], [1, "x"]],
        "أ": [["text"], [text]],
        "ب": [["text"], [text]],
    }
    found, _ = read("t.xlsx", workbook(sheets))
    assert [one.document.id for one in found] == ["t:أ!2", "t:ب!2"]
    assert "'دليل' left out: no column 'text'" in caplog.text


def test_nested_cells_are_kept_as_they_are(read: Read, text: str) -> None:
    content = parquet(["text", "tags", "raw"], [[text, [{"a": 1}], b"\x00x"]])
    [one], _ = read("t.parquet", content)
    assert one.document.meta["tags"] == [{"a": 1}]


def test_a_mapping_says_which_columns_are_what(read: Read, text: str) -> None:
    mapping = Mapping(("body", "head"), published="on", outlet="who", dates="dmy")
    rows = [
        ["body", "head", "on", "who", "text"],
        [text, "", "٠٥/٠٣/٢٠٢٤", "و", "x"],
        ["", "عنوان فقط", "5.3.2024 10:00", "", "y"],
    ]
    found, lines = read("t.csv", comma(rows), mapping)
    assert lines == []
    assert [one.document.text for one in found] == [text, "عنوان فقط"]
    assert {one.document.published for one in found} == {date(2024, 3, 5)}
    assert [one.document.meta for one in found] == [{"text": "x"}, {"text": "y"}]


def test_a_mapping_may_name_the_sheet(read: Read, text: str) -> None:
    sheets = {"أ": [["text"], ["x"]], "ب": [["text"], [text]]}
    [one], _ = read("t.xlsx", workbook(sheets), Mapping("text", sheet="ب"))
    assert one.document.text == text
    _, [line] = read("t.xlsx", workbook(sheets), Mapping("text", sheet="ج"))
    assert "no sheet 'ج'" in line


def test_a_mapping_that_does_not_fit_is_one_line(read: Read) -> None:
    _, [line] = read("t.csv", b"id,text\n1,x\n", Mapping("body"))
    assert "no column 'body', which the mapping names (its columns: id, text)" in line


def test_a_day_whose_order_is_not_known_is_not_guessed(read: Read, text: str) -> None:
    _, [line] = read("t.csv", comma([["text", "date"], [text, "08/05/2024"]]))
    assert "'08/05/2024' is not a day" in line


def test_auto_archiver_s_sheet_is_known_by_its_columns(read: Read, text: str) -> None:
    header = ["Link", "Archive status", "Archive date", "Upload timestamp", "Upload title", "Text content", "Hash"]
    stamp = "2024-03-05T22:00:00+00:00"
    rows = [
        ["https://x.example/1", "success", "2024-04-01", stamp, "عنوان", text, "ab"],
        ["https://x.example/2", "success", "2024-04-01", "", text, "", ""],
        ["https://x.example/3", "nothing archived", "2024-04-01", "", "", "", ""],
    ]
    found, [line] = read("archive.csv", comma([header, *rows]))
    first, second = (one.document for one in found)
    assert (first.text, first.title, first.url) == (text, "عنوان", "https://x.example/1")
    assert first.published == date(2024, 3, 5)
    assert first.meta == {"Archive status": "success", "Archive date": "2024-04-01", "Hash": "ab"}
    assert second.text == text
    assert "archive.csv:4: the text is empty" in line


def test_auto_archiver_s_database_is_read_without_running_it(read: Read, text: str) -> None:
    metadata = (
        "{'url': 'https://x.example/1', 'title': 'عنوان', 'content': " + repr(text) + ", 'views': 12, "
        "'timestamp': datetime.datetime(2024, 3, 5, 22, 0, tzinfo=datetime.timezone.utc), 'p': PosixPath('/tmp')}"
    )
    rows = [
        ["status", "metadata", "media"],
        ["telegram: success", metadata, "[]"],
        ["x", "__import__('os').system('x')", ""],
    ]
    [one], [line] = read("db.csv", comma(rows))
    document = one.document
    assert (document.text, document.title, document.url) == (text, "عنوان", "https://x.example/1")
    assert document.published == date(2024, 3, 5)
    assert document.meta == {"archive_status": "telegram: success", "views": 12, "p": "PosixPath('/tmp')"}
    assert "not what auto-archiver writes" in line


def test_a_formula_is_text_and_a_long_title_is_told(read: Read, text: str) -> None:
    found, [line] = read(
        "t.csv", comma([["text", "title"], ["=cmd|' /C calc'!A0", "<script>x</script>"], [text, "ع" * 20_000]])
    )
    assert found[0].document.text.startswith("=cmd")
    assert found[0].document.title == "<script>x</script>"
    assert "'title' has more than 10,000 characters" in line


def sheet_xml(rows: str) -> bytes:
    """A workbook whose sheet is written by hand."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook({"a": [["text"], ["x"]]})))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = rows.encode()
            target.writestr(name, content)
    return out.getvalue()


MAIN = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
)
CELL = '<c r="A%d" t="inlineStr"><is><t>%s</t></is></c>'


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + MAIN % "", "document type"),
        (MAIN % "" + "x", "broken XML"),
        ("", "XML"),
        (
            MAIN % ('<row r="1">' + CELL % (1, "text") + '</row><row r="999999999"><c r="A999999999"/></row>'),
            "without rows",
        ),
        (MAIN % ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "broken sheet"),
    ],
)
def test_hostile_sheets_are_one_line(read: Read, rows: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.sources.sheet._MAX_ROWS", 20_000)
    found, [line] = read("t.xlsx", sheet_xml(rows))
    assert found == []
    assert said in line


def test_a_part_that_unpacks_to_too_much_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    found, [line] = read("t.xlsx", sheet_xml(MAIN % ("<row/>" * 4_000_000)))
    assert found == []
    assert "times its size" in line
    monkeypatch.setattr("sijill.sources.sheet._MAX_SHEET", 1_000)
    found, [line] = read("t.xlsx", sheet_xml(MAIN % ("<row/>" * 1_000)))
    assert found == []
    assert "unpacks to" in line


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + bytes(200) + b"PAR1", b"PAR1\xff\xff\xff\x7fPAR1"])
def test_broken_parquet_is_one_line(read: Read, content: bytes) -> None:
    found, [line] = read("t.parquet", content)
    assert found == []
    assert "Parquet" in line


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_a_table_without_a_name_is_told_by_its_columns(text: str, encoding: str) -> None:
    rows = comma([["id", "text"], *([number, f"{text} قال شهود من المدينة إن"] for number in range(900))])
    content = rows.decode("utf-8-sig").encode(encoding)
    found = list(read_inputs(["-"], stdin=io.BytesIO(content)))
    assert len(found) == 900


def test_names_of_columns_are_compared_without_their_dress() -> None:
    for name in ("Article_Text", "النَّص", "نص  الخبر", "CONTENT"):
        mapping, _ = guess([name])
        assert mapping is not None
        assert mapping.texts == (name,)
    assert guess(["x", "y"]) == (None, "a table")
    assert names_of(["a", None, "A", ""]) == ["a", "column 2", "A (2)", "column 4"]


COLUMN = st.text(min_size=1, max_size=12)


@given(
    st.builds(
        Mapping,
        COLUMN | st.lists(COLUMN, min_size=2, max_size=3).map(tuple),
        id=st.none() | COLUMN,
        published=st.none() | COLUMN,
        dates=st.sampled_from(["ymd", "dmy", "mdy"]),
        sheet=st.none() | COLUMN,
    )
)
def test_a_mapping_is_saved_and_comes_back(tmp_path_factory: pytest.TempPathFactory, mapping: Mapping) -> None:
    file = tmp_path_factory.mktemp("mapping") / "m.toml"
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        save_mapping(mapping, stream.write)
    assert load_mapping(file) == mapping


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("text", "not a mapping"),
        ('texts = "a"', "not a mapping"),
        ('id = "a"', "not a mapping"),
        ('text = ""', "names no column"),
        ("text = []", "names no column"),
        ('text = "a"\ndates = "ydm"', "not a mapping"),
    ],
)
def test_a_file_that_is_no_mapping_is_one_line(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "m.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=said) as caught:
        load_mapping(file)
    assert "\n" not in str(caught.value)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_in_a_known_order_comes_back(wanted: date) -> None:
    assert day(wanted.strftime("%d/%m/%Y"), "dmy") == wanted
    assert day(wanted.strftime("%m.%d.%Y"), "mdy") == wanted
    assert day(wanted.isoformat(), "dmy") == wanted


def small(name: str, text: str) -> bytes:
    return WRITERS[name](HEADER, [row(f'{text}\n"{number}", {number}', id=number) for number in range(40)])


@pytest.mark.parametrize("name", WRITERS)
def test_a_table_that_streams_gives_the_same_reports(
    read: Read, text: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = read(name, small(name, text))
    monkeypatch.setattr("sijill.sources.stream.MAX_BYTES", 1_000)
    streamed, _ = read(name, small(name, text))
    assert [one.document for one in streamed] == [one.document for one in whole]
    assert [one.part for one in streamed] == [one.part for one in whole]
    assert len({one.original.content for one in streamed}) == 40


@pytest.mark.parametrize("name", WRITERS)
def test_a_table_comes_through_a_pipe_and_is_laid_down_where_it_must_be(
    text: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sijill.sources.stream.MAX_BYTES", 1_000)
    assert len(list(read_inputs(["-"], stdin=Pipe(small(name, text))))) == 40
    if name != "t.csv":
        monkeypatch.setattr("sijill.sources.stream.HEAD", 600)
        monkeypatch.setattr("sijill.sources.stream.MAX_SPOOL", 2_000)
        monkeypatch.setattr("sijill.sources.stream._STEP", 500)
        [item] = read_inputs(["-"], stdin=Pipe(small(name, text)))
        assert isinstance(item, Rejected)
        assert "through a pipe" in item.what


class Pipe(io.BytesIO):
    """What cannot go back."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: Any) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


@pytest.mark.parametrize(("name", "package"), [("t.xlsx", "openpyxl"), ("t.parquet", "pyarrow")])
def test_a_missing_package_is_one_line_that_says_what_to_install(
    read: Read, text: str, name: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = WRITERS[name](HEADER, [row(text)])
    monkeypatch.setitem(sys.modules, package, None)
    found, [line] = read(name, content)
    assert found == []
    assert f"needs the package {package} (python -m pip install 'sijill[tables]')" in line

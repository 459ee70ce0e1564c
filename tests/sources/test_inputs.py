from __future__ import annotations

import io
import json
import logging
from datetime import date
from pathlib import Path

import pytest

from sijill import Document, Rejected, read_inputs

TEXT = "وقع انفجار في سوق البلدة صباح الخميس، وأصيب أربعة مدنيين."
PAGE = (
    "<!DOCTYPE html><html><head><title>انفجار في السوق</title>"
    '<meta property="article:published_time" content="2024-03-05T10:00:00Z">'
    '<link rel="canonical" href="https://news.example/a/1"></head><body><nav>الرئيسية</nav><article>'
    "<h1>انفجار في السوق</h1>"
    + f"<p>{TEXT} وقال شهود إن الدخان غطى الحي بعد ساعة من ذلك.</p>" * 4
    + "</article></body></html>"
)


def documents(items: list[Document | Rejected]) -> list[Document]:
    assert all(isinstance(item, Document) for item in items), [str(item) for item in items]
    return [item for item in items if isinstance(item, Document)]


def rejected(items: list[Document | Rejected]) -> list[str]:
    return [str(item) for item in items if isinstance(item, Rejected)]


def read(*paths: Path | str, **options: object) -> list[Document | Rejected]:
    return list(read_inputs(paths, **options))  # type: ignore[arg-type]


def test_a_text_file_is_one_report(tmp_path: Path) -> None:
    file = tmp_path / "market.txt"
    file.write_text(TEXT, encoding="utf-8")
    [document] = documents(read(file, published=date(2024, 3, 5), outlet="Example"))
    assert document == Document("market", TEXT, date(2024, 3, 5), outlet="Example")


def test_a_page_gives_its_main_text_title_day_and_address(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    [document] = documents(read(file))
    assert document.title == "انفجار في السوق"
    assert document.published == date(2024, 3, 5)
    assert document.url == "https://news.example/a/1"
    assert document.text.startswith("انفجار في السوق\n")
    assert TEXT in document.text
    assert "الرئيسية" not in document.text


def test_a_page_in_windows_1256_is_read_as_it_says(tmp_path: Path) -> None:
    file = tmp_path / "page.htm"
    file.write_bytes(PAGE.replace("<head>", '<head><meta charset="windows-1256">').encode("cp1256"))
    [document] = documents(read(file))
    assert TEXT in document.text


def test_json_lines_keep_other_fields_as_metadata(tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    lines = [
        {
            "id": "a",
            "text": TEXT,
            "published": "2024-03-05T08:00:00+03:00",
            "title": "t",
            "url": "u",
            "outlet": "o",
            "n": 7,
        },
        {"text": TEXT, "published": None, "meta": {"lang": "ar"}},
    ]
    file.write_text("\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    first, second = documents(read(file, published=date(2020, 1, 1)))
    assert first == Document("a", TEXT, date(2024, 3, 5), "t", "u", "o", {"n": 7})
    assert second == Document("two:3", TEXT, date(2020, 1, 1), meta={"lang": "ar"})


@pytest.mark.parametrize("body", ['[{"text": "%s"}, {"text": "%s"}]', '{"text": "%s"}\n{"text": "%s"}\n'])
def test_a_json_file_may_be_a_list_or_lines(tmp_path: Path, body: str) -> None:
    file = tmp_path / "all.json"
    file.write_text(body % (TEXT, TEXT), encoding="utf-8")
    assert [document.id for document in documents(read(file))] == ["all:1", "all:2"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_whatever_stands_between_its_cells(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "rows.csv"
    rows = [["ID", "Text", "published", "place"], ["7", f'"{TEXT}\nسطر ثان"', "2024/03/05", "حلب"]]
    file.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8-sig")
    [document] = documents(read(file))
    assert document == Document("7", f"{TEXT}\nسطر ثان", date(2024, 3, 5), meta={"place": "حلب"})


def test_a_table_in_utf16_as_spreadsheets_write_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(f"id\ttext\n1\t{TEXT}\n", encoding="utf-16")
    assert [document.text for document in documents(read(file))] == [TEXT]


def test_a_folder_is_read_sorted_and_to_its_depth(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/z.txt", "a.txt", "b/a.txt", "notes.md", ".hidden.txt", "plain"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with caplog.at_level(logging.WARNING, logger="sijill.sources"):
        found = documents(read(tmp_path))
    assert [document.id for document in found] == ["a", "a~2", "z", "plain"]
    assert "1 files of other kinds left out (.md)" in caplog.text


def test_ids_are_unique_even_where_they_are_given_twice(tmp_path: Path) -> None:
    file = tmp_path / "same.jsonl"
    file.write_text("\n".join(json.dumps({"id": name, "text": TEXT}) for name in ("x", "x", "x~2", "x")), "utf-8")
    assert [document.id for document in documents(read(file))] == ["x", "x~2", "x~2~2", "x~3"]


@pytest.mark.parametrize(
    ("content", "ids"),
    [(TEXT, ["stdin"]), ('{"text": "نص"}\n{"id": 9, "text": "نص"}', ["stdin:1", "9"]), (PAGE, ["stdin"])],
)
def test_standard_input_is_told_by_how_it_begins(content: str, ids: list[str]) -> None:
    assert [document.id for document in documents(read("-", stdin=io.BytesIO(content.encode())))] == ids


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (" \n\u00a0\n".encode(), "empty"),
    "binary.txt": (bytes(range(256)) * 8, "binary"),
    "nul.txt": (b"abc\0\0def", "NUL"),
    "picture.txt": (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
    "long.txt": (b"a" * 1_000_001, "no single report"),
    "surrogate.txt": ("نص".encode() + b"\xed\xa0\x80" + TEXT.encode(), "not UTF-8"),
    "surrogate.jsonl": (b'{"text": "\\ud800 x"}', "unpaired surrogate"),
    "empty.jsonl": (b"\n\n", "empty"),
    "broken.jsonl": (b'{"text": "a"', "broken JSON"),
    "deep.jsonl": (b"[" * 200_000, "nested too deep"),
    "list.jsonl": (b"[1, 2]", "not a JSON object"),
    "number.jsonl": (b'{"text": 5}', "'text' is not a text"),
    "nothing.jsonl": (b'{"id": "x"}', "no text"),
    "day.jsonl": (b'{"text": "a", "published": "5.3.2024"}', "not a day"),
    "impossible.jsonl": (b'{"text": "a", "published": "2024-02-31"}', "not a day"),
    "title.jsonl": (b'{"text": "a", "title": ["x"]}', "'title' is not a text"),
    "bytes.jsonl": (b'{"text": "a"}\n{"text": "\xff"}', "not UTF-8"),
    "empty.json": (b"[]", "without reports"),
    "empty.csv": (b"", "empty"),
    "headless.csv": (b"id,kind\n1,x\n", "no column 'text' (its columns: id, kind)"),
    "rowless.csv": (b"id,text\n", "without rows"),
    "wide.csv": (b"id,text\n1,a,b\n", "3 cells under 2 columns"),
    "quote.csv": (b'id,text\n1,"a\n', "broken CSV"),
    "twice.csv": (b"text,text\na,b\n", "two columns"),
    "empty.html": (b"<html><body></body></html>", "no main text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_is_one_line_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    content, said = BAD[name]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    items = read(tmp_path / name, tmp_path / "good.txt")
    lines = rejected(items)
    assert len(lines) == 1
    assert said in lines[0]
    assert name in lines[0]
    assert "\n" not in lines[0]
    assert items[-1] == Document("good", TEXT)


def test_a_broken_line_is_named_by_file_and_number_and_its_neighbours_are_read(tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    file.write_text('{"text": "أول"}\n{oops\n{"text": "ثالث"}\n', encoding="utf-8")
    first, second, third = read(file)
    assert isinstance(first, Document)
    assert isinstance(second, Rejected)
    assert second.where == f"{file}:2"
    assert isinstance(third, Document)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "picture.png").write_bytes(b"\x89PNG")
    lines = rejected(read(tmp_path / "nowhere.txt", tmp_path / "empty", "bad\0name"))
    assert ["no such file" in lines[0], "without inputs" in lines[1], "cannot be opened" in lines[2]] == [True] * 3


def test_a_line_past_the_limit_is_read_over_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sijill.sources.stream.MAX_BYTES", 100_000)
    monkeypatch.setattr("sijill.sources.lines.MAX_BYTES", 100_000)
    file = tmp_path / "long.jsonl"
    file.write_text('{"text": "a"}\n{"text": "' + "b" * 900_000 + '"}\n{"text": "c"}\n', encoding="utf-8")
    first, second, third = read(file)
    assert isinstance(second, Rejected)
    assert [item.text for item in (first, third) if isinstance(item, Document)] == ["a", "c"]


def test_a_control_character_in_a_name_does_not_reach_the_log() -> None:
    assert str(Rejected("a\x1b[31m\nb", "no such file")) == "a\ufffd[31m\ufffdb: no such file"

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

from sijill.sources import Given, Rejected, read_originals

TEXT = "وقع انفجار في سوق البلدة صباح الخميس، وأصيب أربعة مدنيين."


def given(*paths: Path | str, stdin: bytes = b"") -> list[Given]:
    items = list(read_originals(paths, stdin=io.BytesIO(stdin)))
    assert not [item for item in items if isinstance(item, Rejected)]
    return [item for item in items if isinstance(item, Given)]


def test_a_file_s_bytes_come_unchanged_with_the_text_read_from_them(tmp_path: Path) -> None:
    file = tmp_path / "market.txt"
    file.write_bytes(TEXT.encode("windows-1256"))
    [item] = given(file)
    assert (item.document.text, item.where, item.part) == (TEXT, str(file), "")
    assert item.original.content == TEXT.encode("windows-1256")
    assert item.original.sha256 == "sha256:" + hashlib.sha256(TEXT.encode("windows-1256")).hexdigest()


def test_a_line_is_the_original_of_its_report(tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    lines = [json.dumps({"id": name, "text": TEXT}) for name in "ab"]
    file.write_bytes("\r\n\r\n".join(lines).encode())
    found = given(file)
    assert [item.original.content.decode() for item in found] == lines
    assert [item.part for item in found] == ["line 1", "line 3"]
    assert [item.original.content.decode() for item in given("-", stdin=file.read_bytes())] == lines


def test_rows_of_a_table_and_entries_of_a_list_share_the_file(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"id,text\na,{TEXT}\nb,{TEXT}\n", encoding="utf-8")
    entries = tmp_path / "l.json"
    entries.write_text(json.dumps([{"text": TEXT}, {"text": TEXT}]), encoding="utf-8")
    for file, parts in ((table, ["row 2", "row 3"]), (entries, ["entry 1", "entry 2"])):
        first, second = given(file)
        assert first.original is second.original
        assert first.original.content == file.read_bytes()
        assert [first.part, second.part] == parts


def test_lines_in_another_encoding_share_the_file(tmp_path: Path) -> None:
    file = tmp_path / "wide.jsonl"
    file.write_bytes("\n".join(json.dumps({"text": TEXT}, ensure_ascii=False) for _ in "ab").encode("utf-16"))
    first, second = given(file)
    assert first.original is second.original
    assert first.original.content == file.read_bytes()
    assert second.part == "line 2"


def test_ids_are_unique_and_the_original_stays(tmp_path: Path) -> None:
    for name in "xy":
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.txt").write_text(f"{TEXT} {name}", encoding="utf-8")
    first, second = given(tmp_path)
    assert [first.document.id, second.document.id] == ["same", "same~2"]
    assert second.original.content.decode().endswith("y")

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sijill.sources import Given, Rejected, Seen, read_originals

TEXT = "وقع انفجار في سوق البلدة صباح الخميس، وأصيب أربعة مدنيين."


def read(*paths: Path) -> tuple[list[str], list[str]]:
    items = list(read_originals(paths))
    return (
        [Path(item.where).name for item in items if isinstance(item, Given)],
        [str(item) for item in items if isinstance(item, Rejected)],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.txt").write_text(TEXT, encoding="utf-8")
    inside = tmp_path / "reports"
    inside.mkdir()
    (inside / "a.txt").write_text(TEXT, encoding="utf-8")
    return inside


def test_links_out_of_a_folder_are_not_followed(folder: Path) -> None:
    (folder / "b.txt").symlink_to(folder.parent / "secret" / "s.txt")
    (folder / "c").symlink_to(folder.parent / "secret", target_is_directory=True)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    names, lines = read(folder)
    assert names == ["a.txt"]
    assert len(lines) == 3
    assert "b.txt: a link that leads out of the folder, which is not followed (give it by itself)" in lines[0]
    assert "c: a link to a folder" in lines[1]
    assert "loop: a link to a folder" in lines[2]


def test_links_inside_a_folder_and_links_given_by_name_are_read(folder: Path) -> None:
    (folder / "b.txt").symlink_to(folder / "a.txt")
    assert read(folder) == (["a.txt", "b.txt"], [])
    link = folder.parent / "link.txt"
    link.symlink_to(folder.parent / "secret" / "s.txt")
    assert read(link) == (["link.txt"], [])
    reports = folder.parent / "again"
    reports.symlink_to(folder, target_is_directory=True)
    assert read(reports) == (["a.txt", "b.txt"], [])


def test_a_link_to_itself_costs_itself_only(folder: Path) -> None:
    (folder / "round.txt").symlink_to("round.txt")
    names, [line] = read(folder)
    assert names == ["a.txt"]
    assert "round.txt: a link to itself, which is not followed" in line


def test_a_pipe_in_a_folder_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "p.txt")
    names, [line] = read(folder)
    assert names == ["a.txt"]
    assert "a pipe or device" in line


def test_each_input_is_told_with_its_kind_and_counts(folder: Path) -> None:
    table = folder / "t.csv"
    table.write_text(f"id,text\n1,{TEXT}\n2,\n", encoding="utf-8")
    (folder / "x.pdf").write_text(TEXT, encoding="utf-8")
    seen: list[Seen] = []
    list(read_originals([folder], tell=seen.append))
    assert [(Path(one.where).name, one.what, one.read, one.rejected) for one in seen] == [
        ("a.txt", "a text", 1, 0),
        ("t.csv", "a table, comma-separated", 1, 1),
        ("x.pdf", "", 0, 1),
    ]
    assert seen[1].mapping is not None
    assert list(seen[1].mapping.columns()) == [("text", "text"), ("id", "id")]

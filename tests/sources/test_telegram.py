from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.sources.objects import objects_under
from tests.sources.conftest import Read


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2024-03-05T23:50:00",
        "date_unixtime": "1709671800",
        "text": text,
    } | more


def chat(messages: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"name": "مراسل المثال", "type": "public_channel", "id": 1234567890} | more | {"messages": messages}


def test_messages_are_reports_of_the_channel(read: Read, text: str) -> None:
    parts = [
        {"type": "bold", "text": "عاجل: "},
        text,
        {"type": "text_link", "text": "التفاصيل", "href": "https://x.example"},
    ]
    export = chat(
        [
            {"id": 1, "type": "service", "date": "2024-03-01T00:00:00", "action": "create_channel", "text": ""},
            message(2, text, forwarded_from="قناة أخرى", reply_to_message_id=1, from_="x", photo="photos/1.jpg"),
            message(3, parts, edited="2024-03-06T00:00:00"),
            message(4, "", photo="photos/2.jpg"),
        ]
    )
    content = json.dumps(export, ensure_ascii=False, indent=1)
    found, lines = read("result.json", content)
    assert lines == []
    first, second = (one.document for one in found)
    assert (first.id, first.text, first.published) == ("telegram:1234567890:2", text, date(2024, 3, 5))
    assert (first.outlet, first.url) == ("مراسل المثال", "https://t.me/c/1234567890/2")
    assert first.meta["forwarded_from"] == "قناة أخرى"
    assert first.meta["reply_to_message_id"] == 1
    assert first.meta["photo"] == "photos/1.jpg"
    assert first.meta["chat_type"] == "public_channel"
    assert second.text == f"عاجل: {text}التفاصيل"
    assert second.meta["links"] == ["https://x.example"]
    assert json.loads(found[0].original.content) == export["messages"][1]
    assert found[0].original.content in content.encode()
    assert found[0].part == "message 2"


def test_what_is_no_message_with_text_is_counted(read: Read, text: str, caplog: pytest.LogCaptureFixture) -> None:
    export = chat([{"id": 1, "type": "service", "text": ""}, message(2, text), message(3, ""), message(4, [])])
    read("result.json", json.dumps(export))
    assert "messages passed over: 3 (2 without text, 1 service)" in caplog.text


def test_an_export_of_all_chats_names_each_chat(read: Read, text: str) -> None:
    chats = [
        chat([message(1, text)], name="الأولى", id=1),
        chat([], name="فارغة", id=3),
        chat([message(1, text), message(2, text)], name='الثانية "ب"', id=2, type="private_group"),
    ]
    export = {"about": "…", "personal_information": {"user_id": 9, "first_name": "n"}, "chats": {"list": chats}}
    found, _ = read("result.json", json.dumps(export, ensure_ascii=False))
    assert [one.document.id for one in found] == ["telegram:1:1", "telegram:2:1", "telegram:2:2"]
    assert [one.document.outlet for one in found] == ["الأولى", 'الثانية "ب"', 'الثانية "ب"']
    assert found[2].document.url is None


def test_an_export_larger_than_the_window_streams(read: Read, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.sources.objects._STEP", 64)
    monkeypatch.setattr("sijill.sources.objects.MAX_BYTES", 4_000)
    found, lines = read("result.json", json.dumps(chat([message(number, text + '"\\{[') for number in range(200)])))
    assert (len(found), lines) == (200, [])


def test_one_message_past_the_limit_ends_the_export_with_a_line(
    read: Read, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sijill.sources.objects._STEP", 64)
    monkeypatch.setattr("sijill.sources.objects.MAX_BYTES", 4_000)
    found, [line] = read("result.json", json.dumps(chat([message(1, text), message(2, "x" * 9_000)])))
    assert len(found) == 1
    assert "from here on are lost" in line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps(chat([])), "without messages"),
        (json.dumps(chat([message(1, "")])), "no message with a text (1 without text)"),
        (json.dumps(chat([message(1, "نص"), message(2, "نص")]))[:-40], "from here on are lost"),
        (json.dumps(chat([message(1, "نص", date="أمس")])), "is not a day"),
        (json.dumps(chat([message(1, "\ud800")])), "JSON"),
    ],
)
def test_what_is_wrong_is_one_line(read: Read, content: str, said: str) -> None:
    _, [line] = read("result.json", content)
    assert said in line


NESTED = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(
    st.lists(st.dictionaries(st.text(max_size=5), NESTED, max_size=4), max_size=6),
    NESTED,
    st.sampled_from(["", "ascii"]),
)
def test_the_objects_of_a_list_come_whole_whatever_they_hold(items: list[Any], other: Any, plain: str) -> None:
    tree = {"first": other, "messages": [7, "x", *items], "last": [{"messages_": other}]}
    content = json.dumps(tree, ensure_ascii=bool(plain)).encode("utf-8", "surrogatepass")
    found = [json.loads(one) for _, one in objects_under(io.BufferedReader(io.BytesIO(content)), "messages")]
    expected = list(_under(other)) + items + list(_under(other))
    assert found == expected


def _under(tree: Any) -> Any:
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key == "messages" and isinstance(value, list):
                yield from (one for one in value if isinstance(one, dict))
            yield from _under(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _under(value)

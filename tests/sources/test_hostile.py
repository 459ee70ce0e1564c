"""Whatever the bytes: reports and one-line rejections come out, never an exception, and at least one of them."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.sources import Given, Rejected, read_originals
from tests.sources import test_documents, test_feed, test_tables, test_telegram, test_warc
from tests.sources.conftest import TEXT

PAGE = f"<html><head><title>خبر</title></head><body><article>{f'<p>{TEXT}</p>' * 4}</article></body></html>".encode()
SAMPLES = {
    "page": PAGE,
    "warc": test_warc.info() + test_warc.record(PAGE),
    "packed warc": test_warc.packed(test_warc.info(), test_warc.record(PAGE)),
    "wacz": test_warc.wacz({"archive/a.warc.gz": test_warc.packed(test_warc.record(PAGE))}),
    "rss": (test_feed.RSS % TEXT).encode(),
    "atom": (test_feed.ATOM % TEXT).encode(),
    "telegram": json.dumps(
        test_telegram.chat([test_telegram.message(1, [TEXT]), test_telegram.message(2, TEXT)])
    ).encode(),
    "csv": test_tables.comma([test_tables.HEADER, test_tables.row(TEXT)]),
    "xlsx": test_tables.workbook({"a": [test_tables.HEADER, test_tables.row(TEXT)]}),
    "parquet": test_tables.parquet(test_tables.HEADER, [test_tables.row(TEXT)]),
    "docx": test_documents.docx(f"<w:p>{test_documents.run(TEXT)}</w:p>"),
}
# Where, what is done there, and with which bytes.
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["flip", "drop", "add", "cut"]), st.binary(min_size=1, max_size=8)),
    min_size=1,
    max_size=6,
)


def changed(content: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    """The content after the changes."""
    for share, what, given_bytes in changes:
        at = int(share * len(content))
        if what == "cut":
            content = content[:at]
        elif what == "drop":
            content = content[:at] + content[at + len(given_bytes) :]
        else:
            content = content[:at] + given_bytes + content[at + (len(given_bytes) if what == "flip" else 0) :]
    return content


@pytest.mark.parametrize("name", SAMPLES)
@given(changes=CHANGES)
def test_a_damaged_input_gives_reports_or_lines(name: str, changes: list[tuple[float, str, bytes]]) -> None:
    items = list(read_originals(["-"], stdin=io.BytesIO(changed(SAMPLES[name], changes))))
    assert items
    for item in items:
        if isinstance(item, Rejected):
            assert "\n" not in str(item)
        else:
            assert isinstance(item, Given)
            assert item.document.text.strip()
            assert item.original.content


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_whole(name: str) -> None:
    items = list(read_originals(["-"], stdin=io.BytesIO(SAMPLES[name])))
    assert any(isinstance(item, Given) and TEXT in item.document.text for item in items)


def test_a_page_past_the_limit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.sources.page._MAX_PAGE", 100)
    [item] = read_originals(["-"], stdin=io.BytesIO(PAGE))
    assert isinstance(item, Rejected)
    assert "no single report" in item.what

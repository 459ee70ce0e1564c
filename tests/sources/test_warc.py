from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import sys
import zipfile
from datetime import date
from typing import Any

import brotli
import pytest

from sijill import Document, Rejected, read_inputs
from tests.sources.conftest import Read

URL = "https://news.example/a/1"


def record(
    body: bytes, *, kind: str = "response", url: str = URL, media: str = "text/html; charset=utf-8",
    status: str = "200 OK", extra: str = "", length: int | None = None,
) -> bytes:  # fmt: skip
    if kind == "response":
        body = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{extra}\r\n".encode() + body
        media = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Date: 2025-01-02T03:04:05Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def info() -> bytes:
    return record(b"software: test\r\n", kind="warcinfo", url="", media="application/warc-fields")


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one) for one in records)


def wacz(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", json.dumps({"profile": "data-package"}))
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_page_comes_with_its_address_its_day_and_the_time_of_its_capture(read: Read, page: str, text: str) -> None:
    [one], lines = read("a.warc", info() + record(page.encode()))
    assert lines == []
    document = one.document
    assert (document.id, document.url, document.published) == ("a:2", URL, date(2024, 3, 5))
    assert document.meta["captured"] == "2025-01-02T03:04:05Z"
    assert document.title == "انفجار في السوق"
    assert text in document.text
    assert (one.part, one.media) == ("record 2", "application/warc")


def test_the_original_is_a_web_archive_of_one_record_that_reads_the_same(read: Read, page: str) -> None:
    [one], _ = read("a.warc.gz", packed(info(), record(page.encode())))
    assert page.encode() in one.original.content
    [again], _ = read("b.warc", one.original.content)
    assert again.document.text == one.document.text
    assert again.original.content == one.original.content


def test_a_page_is_told_by_content_whatever_its_name(read: Read, page: str) -> None:
    found, lines = read("archive.txt", packed(record(page.encode())))
    assert (len(found), lines) == (1, [])


def test_packed_and_chunked_pages_in_the_server_s_encoding_are_read(read: Read, page: str, text: str) -> None:
    body = gzip.compress(page.encode("cp1256"))
    chunked = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    extra = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    [one], _ = read("a.warc", record(chunked, media="text/html; charset=windows-1256", extra=extra))
    assert text in one.document.text


def test_what_is_no_page_is_counted_by_reason(read: Read, page: str, caplog: pytest.LogCaptureFixture) -> None:
    records = [
        info(),
        record(b"\x89PNG", media="image/png"),
        record(b"\x89PNG", media="image/png"),
        record(page.encode(), status="404 Not Found"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http; msgtype=request"),
        record(b"x", kind="resource", url="urn:thumbnail:x", media="image/png"),
        record(page.encode()),
    ]
    found, lines = read("a.warc", b"".join(records))
    assert (len(found), lines) == (1, [])
    [said] = caplog.messages
    for part in ("records passed over: 6 (", "2 image/png", "1 with status 404", "1 request", "1 not of the web"):
        assert part in said


def test_an_archive_without_pages_says_what_is_in_it(read: Read) -> None:
    found, [line] = read("a.warc", info() + record(b"\x89PNG", media="image/png"))
    assert found == []
    assert "no page in it (1 image/png, 1 warcinfo)" in line


def test_a_page_without_text_is_rejected_with_its_address_and_the_next_is_read(read: Read, page: str) -> None:
    found, [line] = read("a.warc", record(b"<html><body></body></html>") + record(page.encode()))
    assert len(found) == 1
    assert f"record 1: no main text found in the page, in {URL}" in line


def test_plain_text_extracts_are_read(read: Read, text: str) -> None:
    [one], _ = read("a.warc", record(text.encode(), kind="conversion", media="text/plain"))
    assert (one.document.text, one.document.url) == (text, URL)


def test_a_record_that_is_cut_short_is_no_page(read: Read, page: str) -> None:
    whole = record(page.encode())
    found, lines = read("a.warc", whole + whole[: len(whole) - 300])
    assert len(found) == 1
    assert len(lines) == 1
    assert "cut short" in lines[0]


def test_a_page_that_unpacks_past_the_limit_is_refused(read: Read, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.sources.warc_records.MAX_BYTES", 100_000)
    bomb = gzip.compress(page.encode() + b" " * 5_000_000)
    found, [line] = read("a.warc", record(bomb, extra="Content-Encoding: gzip\r\n") + record(page.encode()))
    assert len(found) == 1
    assert "unpacks to more than" in line


def test_a_packed_archive_of_pages_is_read_member_by_member(read: Read, page: str) -> None:
    members = {
        "archive/one.warc.gz": packed(info(), record(page.encode())),
        "archive/two.warc": record(page.encode(), url="https://news.example/b"),
        "pages/pages.jsonl": b"{}",
        "indexes/index.cdx": b"",
    }
    found, lines = read("site.wacz", wacz(members))
    assert lines == []
    assert [one.document.url for one in found] == [URL, "https://news.example/b"]
    assert [one.document.id for one in found] == ["site:2", "site:1"]
    assert found[0].part == "record 2 of one.warc.gz"


def test_a_member_s_name_that_leads_out_of_the_archive_is_refused(read: Read, page: str) -> None:
    members = {"archive/one.warc": record(page.encode()), "archive/../../etc/two.warc": record(page.encode())}
    found, [line] = read("site.wacz", wacz(members))
    assert len(found) == 1
    assert "leads out of the archive" in line


def test_a_missing_package_is_one_line_that_says_what_to_install(
    read: Read, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    found, [line] = read("a.warc", record(brotli.compress(page.encode()), extra="Content-Encoding: br\r\n"))
    assert found == []
    assert "needs the package brotli" in line
    assert "python -m pip install 'sijill[web]'" in line


def test_pages_packed_by_brotli_are_read_within_bounds(
    read: Read, page: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = "Content-Encoding: br\r\n"
    [one], _ = read("a.warc", record(brotli.compress(page.encode()), extra=extra))
    assert text in one.document.text
    monkeypatch.setattr("sijill.sources.warc_records.MAX_BYTES", 100_000)
    bomb = brotli.compress(page.encode() + b" " * 9_000_000)
    _, [line] = read("a.warc", record(bomb, extra=extra))
    assert "unpacks to more than" in line


def test_a_digest_is_checked_and_told(read: Read, page: str) -> None:
    whole = record(page.encode())
    head, _, block = whole.partition(b"\r\n\r\n")
    block = block[:-4]
    right = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    said = []
    for digest in (right, "A" * 32):
        field = f"\r\nWARC-Block-Digest: sha1:{digest}\r\n\r\n".encode()
        [one], _ = read("a.warc", head + field + block + b"\r\n\r\n")
        said.append(one.document.meta["warc_digest"])
    assert said == ["verified", "differs"]


def test_records_come_through_a_pipe_and_past_the_limit_are_told(
    text: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sijill.sources.warc_records.MAX_BYTES", 20_000)
    content = packed(record(page.encode() + b" " * 30_000), record(page.encode()))
    items = list(read_inputs(["-"], stdin=Pipe(content)))
    assert isinstance(items[0], Rejected)
    assert "more than" in items[0].what
    assert isinstance(items[1], Document)
    assert text in items[1].text


class Pipe(io.BytesIO):
    """What cannot go back."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: Any) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


@pytest.mark.parametrize(
    "content", [b"WARC/1.0\r\n", b"WARC/1.0\r\nfoo", gzip.compress(b"WARC/1.0\r\nWARC-Type: x")[:-9]]
)
def test_what_is_broken_is_one_line(read: Read, content: bytes) -> None:
    found, lines = read("a.warc.gz", content)
    assert found == []
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\r\n" * 5_000, "no record where one should be"), (record(b"x", length=10**15), "a record of 931,322 GB")],
)
def test_what_only_keeps_its_reader_busy_is_refused(read: Read, page: str, content: bytes, said: str) -> None:
    found, [line] = read("a.warc.gz", packed(record(page.encode()), content))
    assert len(found) == 1
    assert said in line

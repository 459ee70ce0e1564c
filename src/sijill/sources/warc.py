"""Web archives → Documents: WARC, plain or packed, and WACZ; one report a captured page.

Source: the WACZ 1.1.1 specification. The original of a page is its whole record, which is itself
a WARC of one record. When a page was captured is kept in `meta`, apart from when it was published.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.archive import Archive
from sijill.sources.encoding import decode
from sijill.sources.page import page_document
from sijill.sources.record import Defaults, checked
from sijill.sources.rejected import Rejected
from sijill.sources.skipped import Skipped
from sijill.sources.stream import MAX_BYTES, Opened
from sijill.sources.warc_records import GZIP, Answer, Record, answer, digest_holds, records

__all__ = ["WANTED", "Pages", "is_wacz", "looks_like_warc", "read_wacz", "read_warc"]

_MEMBER = re.compile(r"archive/[^/]+\.warc(\.gz)?")
_MAX_MEMBER = 64 * 1024 * 1024 * 1024
_MAX_ADDRESS = 4_000
WANTED = frozenset({"response", "resource", "conversion"})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SIZE = f"{MAX_BYTES // 1024 // 1024} MB"


def looks_like_warc(head: bytes) -> bool:
    """Whether a file that begins with `head` is a WARC, plain or packed by gzip."""
    if head.startswith(GZIP):
        try:
            return zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/")
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def is_wacz(archive: Archive) -> bool:
    """Whether the archive is a WACZ."""
    return "datapackage.json" in archive and any(_MEMBER.fullmatch(name) for name in archive.names)


def read_warc(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The report of each page; other records are counted by reason in one line on the log."""
    opened.what, opened.media = "a web archive", "application/warc"
    yield from _records(opened.raw(), "", opened, defaults)


def read_wacz(archive: Archive, opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The reports of all WARC files in the archive."""
    opened.what, opened.media = "a web archive (WACZ)", "application/warc"
    for name in archive.names:
        if not _MEMBER.fullmatch(name):
            # Indexes, logs and lists of pages are no reports; a name that leads out of the archive is an attack.
            if ".." in name.replace("\\", "/").split("/") or name.startswith(("/", "\\")):
                yield Rejected(f"{opened.name}:{name[:80]}", "a name that leads out of the archive")
            continue
        try:
            with archive.open(name, _MAX_MEMBER) as stream:
                yield from _records(stream, name.removeprefix("archive/"), opened, defaults)
        except InputError as error:
            yield Rejected.of(error, f"{opened.name}:{name[:80]}")


def _records(stream: IO[bytes], member: str, opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    pages = Pages(opened, defaults)
    where = f"{opened.name}:{member}" if member else opened.name
    number = found = 0
    try:
        for record in records(stream, WANTED):
            number += 1
            item = pages.report(record, number, member)
            if item is not None:
                found += 1
                yield item
    except InputError as error:
        found += 1
        yield Rejected(f"{where}: record {number + 1}", error.what, error.mend)
    pages.skipped.tell(where, "records")
    if not found:
        raise InputError(f"no page in it ({pages.skipped})" if number else "a web archive without records")


class Pages:
    """Takes the pages out of one file's records, and counts what is none."""

    def __init__(self, opened: Opened, defaults: Defaults) -> None:
        self._opened, self._defaults = opened, defaults
        self.skipped = Skipped()

    def report(self, record: Record, number: int, member: str) -> Document | Rejected | None:
        """The report of one record; None where it is passed over, which `skipped` then knows."""
        part = f"record {number}" + (f" of {member}" if member else "")
        where = f"{self._opened.name}: {part}"
        address = record.fields.get("warc-target-uri", "").strip("<>")[:_MAX_ADDRESS]
        if record.kind not in WANTED:
            self.skipped.add(record.kind)
            return None
        if not address.startswith(("http://", "https://")):
            self.skipped.add("not of the web")
            return None
        if record.block is None:
            return Rejected(where, f"more than {_SIZE}, in {address}")
        if len(record.block) < record.length:
            return Rejected(where, f"cut short, in {address}", "download the archive again")
        try:
            given = _answer(record, record.block)
            if (reason := _no_page(record, given)) is not None:
                self.skipped.add(reason)
                return None
            self._opened.give(record.whole, part)
            return self._page(record, given, address, f"{self._opened.stem}:{number}")
        except InputError as error:
            return Rejected(where, f"{error.what}, in {address}", error.mend)

    def _page(self, record: Record, given: Answer, address: str, name: str) -> Document:
        if given.body is None:
            raise InputError(f"unpacks to more than {_SIZE}")
        defaults, meta = self._defaults, _meta(record)
        if given.media == "text/plain":
            text = decode(given.body)
            return checked(Document(name, text, defaults.published, None, address, defaults.outlet, meta))
        # The address that was asked for is known; one that the page calls its own may be that of another page.
        page = page_document(given.body, name, defaults, charset=given.charset, url=address)
        return checked(Document(name, page.text, page.published, page.title, address, page.outlet, meta))


def _answer(record: Record, block: bytes) -> Answer:
    if record.kind == "response":
        return answer(block)
    media, _, _ = record.fields.get("content-type", "unknown").partition(";")
    return Answer(200, media.strip().lower(), None, block)


def _no_page(record: Record, given: Answer) -> str | None:
    """Why what was captured is no page; None where it is one."""
    if not 200 <= given.status < 300:
        return f"with status {given.status}"
    if given.media in _PAGES or (record.kind == "conversion" and given.media == "text/plain"):
        return None
    return given.media


def _meta(record: Record) -> dict[str, Any]:
    """When the page was captured, and whether its record is what it was then."""
    meta: dict[str, Any] = {
        "captured": record.fields.get("warc-date"),
        "warc_record": record.fields.get("warc-record-id"),
        "warc_truncated": record.fields.get("warc-truncated"),
    }
    if (holds := digest_holds(record)) is not None:
        meta["warc_digest"] = "verified" if holds else "differs"
    return {field: value for field, value in meta.items() if value}

"""Web archives → Documents: WARC, plain or packed, and WACZ; one report a captured page.

Source: ISO 28500 (WARC 1.1), the WACZ 1.1.1 specification. The original of a page is its whole record, which is itself
a WARC of one record. When a page was captured is kept in `meta`, apart from when it was published.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.archive import Archive
from sijill.sources.encoding import decode
from sijill.sources.extra import package
from sijill.sources.page import page_document
from sijill.sources.record import Defaults, checked, shortened
from sijill.sources.rejected import Rejected
from sijill.sources.skipped import Skipped
from sijill.sources.stream import MAX_BYTES, Opened

__all__ = ["is_wacz", "looks_like_warc", "read_wacz", "read_warc"]

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_MEMBER = re.compile(r"archive/[^/]+\.warc(\.gz|\.zst)?")
_MAX_MEMBER = 64 * 1024 * 1024 * 1024
_MAX_HEADER = 65_536
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SIZE = f"{MAX_BYTES // 1024 // 1024} MB"


def looks_like_warc(head: bytes) -> bool:
    """Whether a file that begins with `head` is a WARC, plain or packed by gzip."""
    if head.startswith(_GZIP):
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


def _records(stream: Any, member: str, opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    warc = package("fastwarc.warc", "web")
    skipped = Skipped()
    where = f"{opened.name}:{member}" if member else opened.name
    number = found = 0
    records = iter(warc.ArchiveIterator(stream, parse_http=False, max_header_len=_MAX_HEADER))
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            number += 1
            item = _record(record, number, member, skipped, opened, defaults, warc)
        except (OSError, ValueError, zlib.error, EOFError) as error:
            found += 1
            line = " ".join(str(error).split())[:120]
            yield Rejected(f"{where}: record {number + 1}", f"broken web archive from here on: {line}")
            break
        if item is not None:
            found += 1
            yield item
    skipped.tell(where, "records")
    if not found:
        raise InputError(f"no page in it ({skipped})" if skipped.counts else "a web archive without records")


def _record(
    record: Any, number: int, member: str, skipped: Skipped, opened: Opened, defaults: Defaults, warc: Any
) -> Document | Rejected | None:
    """The report of one record; None where it is passed over, which `skipped` then knows."""
    kind = record.record_type.name
    address = shortened(record.headers.get("WARC-Target-URI") or "") or ""
    place = f"record {number}" + (f" of {member}" if member else "")
    if kind not in ("response", "resource", "conversion"):
        skipped.add(kind)
        return None
    if not address.startswith(("http://", "https://")):
        skipped.add("not of the web")
        return None
    if record.content_length > MAX_BYTES:
        return Rejected(f"{opened.name}: {place}", f"{address} has more than {_SIZE}")
    original, whole = _original(record)
    if not whole:
        return Rejected(f"{opened.name}: {place}", f"{address} is cut short", "download the archive again")
    captured = warc.WarcRecord.from_bytes(original)
    captured.parse_http(auto_decode="all", max_header_len=_MAX_HEADER)
    media = (
        (captured.http_content_type or record.headers.get("Content-Type") or "unknown").split(";")[0].strip().lower()
    )
    status = captured.http_headers.status_code if kind == "response" and captured.http_headers else 200
    if status is None or not 200 <= status < 300:
        skipped.add(f"with status {status}")
        return None
    if media not in _PAGES and not (kind == "conversion" and media == "text/plain"):
        skipped.add(media[:40])
        return None
    opened.give(original, place)
    content = captured.reader.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return Rejected(f"{opened.name}: {place}", f"{address} unpacks to more than {_SIZE}")
    return _page(content, media, address, captured, f"{opened.name}: {place}", f"{opened.stem}:{number}", defaults)


def _original(record: Any) -> tuple[bytes, bool]:
    """The record with its head, as a WARC of one record, and whether it is as long as it says."""
    said = record.content_length
    out = io.BytesIO()
    block = record.reader.read(said) if said else b""
    record.set_bytes_content(block)
    record.write(out)
    return out.getvalue(), len(block) == said


def _page(
    content: bytes, media: str, address: str, record: Any, where: str, fallback_id: str, defaults: Defaults
) -> Document | Rejected:
    meta = {name: value for name, value in (
        ("captured", record.headers.get("WARC-Date")),
        ("warc_record", record.headers.get("WARC-Record-ID")),
    ) if value}  # fmt: skip
    try:
        if media == "text/plain":
            return checked(
                Document(fallback_id, decode(content), defaults.published, None, address, defaults.outlet, meta)
            )
        # An address that the page says is its own may be that of another page; what was asked for is known.
        page = page_document(content, fallback_id, defaults, charset=record.http_charset, url=address)
        return checked(Document(page.id, page.text, page.published, page.title, address, page.outlet, meta))
    except InputError as error:
        return Rejected.of(error, f"{where} ({address})")

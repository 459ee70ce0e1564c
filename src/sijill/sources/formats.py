"""What an input is: by its first bytes, and by the end of its name only where these leave it open."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator

import msgspec

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.archive import Archive
from sijill.sources.docx import is_docx, read_docx
from sijill.sources.encoding import sniff
from sijill.sources.feed import looks_like_feed, looks_like_xml, read_feed
from sijill.sources.lines import read_json, read_lines
from sijill.sources.page import looks_like_page, read_page
from sijill.sources.parquet import looks_like_parquet, read_parquet
from sijill.sources.pdf import looks_like_pdf, read_pdf
from sijill.sources.record import Defaults, checked
from sijill.sources.rejected import Rejected
from sijill.sources.sheet import is_workbook, read_workbook
from sijill.sources.stream import Opened
from sijill.sources.table import looks_like_table, read_table
from sijill.sources.telegram import looks_like_telegram, read_telegram
from sijill.sources.warc import is_wacz, looks_like_warc, read_wacz, read_warc

__all__ = ["SUFFIXES", "Reader", "reader_of", "suffix_of"]

Reader = Callable[[Opened, Defaults], Iterator[Document | Rejected]]


def suffix_of(name: str) -> str:
    """The end of a file's name that says what it is, in lower case: `.csv`, `.warc.gz`; empty where it has none."""
    lower = name.lower()
    if lower.endswith(".warc.gz"):
        return ".warc.gz"
    stem, dot, end = lower.rpartition(".")
    return dot + end if stem and dot else ""


def reader_of(opened: Opened, suffix: str) -> Reader:
    """What reads the input; `suffix` is the end of its name. Raises InputError where the two contradict each other."""
    head = _unicode(opened.head)
    for looks, reader in _BY_CONTENT:
        if looks(head):
            return reader
    if suffix in (".html", ".htm") and not looks_like_feed(head):
        return SUFFIXES[suffix]
    if looks_like_feed(head):
        return read_feed
    if looks_like_page(head):
        return _page
    if looks_like_xml(head) and suffix != ".txt":
        raise InputError("XML that is neither a feed nor a web page", mend="save its text as .txt")
    if looks_like_telegram(head):
        return read_telegram
    if suffix == "" or suffix not in SUFFIXES:
        return _sniffed(head)
    if suffix == ".txt" and _is_object(head.lstrip().split(b"\n", 1)[0]):
        return read_lines
    if suffix in _NEVER_TEXT:
        return read_table if looks_like_table(opened.head) else _misnamed(suffix)
    return SUFFIXES[suffix]


def _unicode(head: bytes) -> bytes:
    """The first bytes without a byte order mark, those of UTF-16 as UTF-8, so that what they begin with can be seen."""
    for mark, encoding in (
        (codecs.BOM_UTF8, ""),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            rest = head[len(mark) :]
            return rest.decode(encoding, "ignore").encode("utf-8", "ignore") if encoding else rest
    return head


def _sniffed(head: bytes) -> Reader:
    """An input without a telling name: JSON, a table or a text, by how it begins."""
    start = head.lstrip()
    if start.startswith(b"{"):
        return read_lines
    if start.startswith(b"[") and start[1:].lstrip().startswith(b"{"):
        return read_json
    return read_table if looks_like_table(head) else _text


def _is_object(line: bytes) -> bool:
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _misnamed(suffix: str) -> Reader:
    def read(opened: Opened, _: Defaults) -> Iterator[Document | Rejected]:
        sniff(opened.head)  # what is known and no text has its own line
        raise InputError(f"named {suffix}, but it is no such file", mend="look what it is; a text is named .txt")
        yield

    return read


def _text(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    opened.what, opened.media = "a text", "text/plain"
    yield checked(Document(opened.stem, opened.text(), defaults.published, outlet=defaults.outlet))


def _page(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    yield read_page(opened, defaults)


def _zip(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """Office documents and web archives, told apart by what is in them."""
    stream = opened.seekable()
    archive = Archive(stream)
    if is_docx(archive):
        yield read_docx(archive, opened, defaults)
    elif is_workbook(archive):
        yield from read_workbook(archive, stream, opened, defaults)
    elif is_wacz(archive):
        yield from read_wacz(archive, opened, defaults)
    else:
        raise InputError("a ZIP archive that is no .docx, .xlsx or .wacz", mend="unpack it, and give the folder")


# First bytes that leave no doubt, whatever the name says.
_BY_CONTENT: tuple[tuple[Callable[[bytes], bool], Reader], ...] = (
    (looks_like_pdf, read_pdf),
    (looks_like_parquet, read_parquet),
    (looks_like_warc, read_warc),
    (lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06")), _zip),
)

# How a file is read whose content leaves it open, by the end of its name; a folder's files are those with such ends.
SUFFIXES: dict[str, Reader] = {
    ".txt": _text,
    "": _text,
    ".html": _page,
    ".htm": _page,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
    ".warc": read_warc,
    ".warc.gz": read_warc,
    ".wacz": _zip,
    ".xlsx": _zip,
    ".docx": _zip,
    ".parquet": read_parquet,
    ".pdf": read_pdf,
}
_NEVER_TEXT = frozenset({".xml", ".rss", ".atom", ".warc", ".warc.gz", ".wacz", ".xlsx", ".docx", ".parquet", ".pdf"})

"""The process that reads one PDF: `python -m sijill.sources.pdf_text MEMORY SECONDS`, file in, JSON out."""

from __future__ import annotations

import io
import logging
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from sijill.sources.glyphs import Glyph, page_lines
from sijill.sources.order import in_reading_order
from sijill.sources.pages import Paragraph, joined_pages
from sijill.sources.pdf import Extracted
from sijill.sources.record import MAX_CHARACTERS

__all__ = ["extract", "main"]

_MAX_PAGES = 2_000
_STAMP = re.compile(r"D?:?([0-9]{4})([0-9]{2})?([0-9]{2})?")
_NO_UNICODE = re.compile(r"\(cid:[0-9]+\)")
_FAINT_TITLE = re.compile(r"(?i)microsoft word|untitled|powerpoint|\.(docx?|pdf|indd|rtf|odt)$")


def main() -> None:
    """Read, answer, never fail with anything but an answer as far as Python can help it."""
    _bound(*map(int, sys.argv[1:3]))
    logging.disable(logging.CRITICAL)
    try:
        answer = extract(sys.stdin.buffer.read())
    except MemoryError:
        answer = Extracted(problem="a PDF that needs more memory than any honest one")
    except Exception as error:  # noqa: BLE001  (a broken PDF makes its reader fail in any way; this process is for that)
        line = " ".join(f"{type(error).__name__} {error}".split())[:120]
        answer = Extracted(problem=f"a broken PDF ({line})")
    sys.stdout.buffer.write(msgspec.json.encode(answer))


def _bound(memory: int, cpu_s: int) -> None:
    try:
        import resource  # noqa: PLC0415  (not on Windows, where only the time is bounded)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))


def extract(content: bytes) -> Extracted:
    """The text of a PDF with what it says of itself; raises whatever pdfminer does on a broken one."""
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect  # noqa: PLC0415
    from pdfminer.pdfpage import PDFPage  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415

    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return Extracted(problem="an encrypted PDF", mend="save it without a password")
    pages: list[list[Paragraph]] = []
    glyphs = unreadable = empty = size = 0
    for number, page in enumerate(_glyphs(PDFPage.create_pages(document)), start=1):
        if number > _MAX_PAGES:
            return Extracted(problem=f"a PDF of more than {_MAX_PAGES:,} pages is no single report", mend="split it")
        known = [glyph for glyph in page if not _NO_UNICODE.fullmatch(glyph.text)]
        glyphs, unreadable, empty = glyphs + len(page), unreadable + len(page) - len(known), empty + (not known)
        size += len(known)
        if size > 2 * MAX_CHARACTERS:
            return Extracted(problem=f"more than {MAX_CHARACTERS:,} characters are no single report", mend="split it")
        pages.append(page_lines(known))
    if not glyphs:
        return Extracted(problem="a PDF without a text layer: pictures of pages", mend="run OCR on it first")
    if unreadable * 2 > glyphs:
        return Extracted(problem="a PDF whose letters have no Unicode values", mend="run OCR on it, or print it anew")
    text, mended = _text(pages)
    about = _about(document.info)
    return Extracted(text, len(pages), empty, *about, mended)


def _glyphs(pages: Any) -> Iterator[list[Glyph]]:
    """The upright glyphs of each page."""
    from pdfminer.converter import PDFPageAggregator  # noqa: PLC0415
    from pdfminer.layout import LTChar, LTContainer  # noqa: PLC0415
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager  # noqa: PLC0415

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    for page in pages:
        interpreter.process_page(page)
        found: list[Glyph] = []
        todo: list[Any] = [device.get_result()]
        while todo:
            item = todo.pop()
            if isinstance(item, LTChar):
                if item.upright and (text := item.get_text()):
                    found.append(Glyph(item.x0, item.x1, item.y0, item.y1, text))
            elif isinstance(item, LTContainer):
                todo.extend(reversed(list(item)))
        yield found


def _text(pages: Sequence[Sequence[Paragraph]]) -> tuple[str, tuple[str, ...]]:
    """The pages' paragraphs in reading order, one a line; the order is judged over all of them."""
    paragraphs, dropped = joined_pages(pages)
    read, mended = in_reading_order([line for paragraph in paragraphs for line in paragraph])
    left = iter(read)
    lines = (" ".join(" ".join(next(left) for _ in paragraph).split()) for paragraph in paragraphs)
    return "\n".join(line for line in lines if line), (*mended, *(["running heads"] if dropped else []))


def _about(info: list[dict[str, Any]]) -> tuple[str | None, str | None, str | None]:
    """Title (unless a program made it up), author, and the day on which the file was made."""
    from pdfminer.utils import decode_text  # noqa: PLC0415

    found: dict[str, str] = {}
    for entry in info:
        for name, value in entry.items():
            if isinstance(value, bytes):
                found[name] = decode_text(value).replace("\0", "").strip()[:1_000]
    title = found.get("Title") or None
    if title and _FAINT_TITLE.search(title):
        title = None
    stamp = _STAMP.match(found.get("CreationDate", ""))
    created = "-".join(part for part in stamp.groups() if part) if stamp else None
    return title, found.get("Author") or None, created


if __name__ == "__main__":
    main()

"""PDF files with a text layer → Documents.

The file is read in a process of its own, with bounds on memory and time: a PDF can pack or loop as it likes.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.record import Defaults, checked, shortened
from sijill.sources.rejected import Rejected
from sijill.sources.stream import Opened

__all__ = ["Extracted", "looks_like_pdf", "read_pdf"]

# What the process may have of memory and of time: an honest file of 500 pages takes some 200 MB and a minute.
_MEMORY = 1024**3
_CPU_S = 300
_PATIENCE_S = 600
_MAX_ANSWER = 64 * 1024 * 1024


class Extracted(msgspec.Struct, frozen=True):
    """What the other process says: the text, or in `problem` why there is none."""

    text: str = ""
    pages: int = 0
    empty: int = 0
    title: str | None = None
    author: str | None = None
    created: str | None = None
    mended: tuple[str, ...] = ()
    problem: str | None = None
    mend: str = ""


def looks_like_pdf(head: bytes) -> bool:
    """Whether a file that begins with `head` is a PDF."""
    return b"%PDF-" in head[:1024]


def read_pdf(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The file's report. Raises InputError where it is broken, encrypted, or a picture without a text layer.

    When the file was made is no day of publication: it is kept in `meta`, with what was mended in the text.
    """
    opened.what, opened.media = "a PDF", "application/pdf"
    if importlib.util.find_spec("pdfminer") is None:
        raise InputError(
            "reading this needs the package pdfminer.six", mend="python -m pip install 'sijill[documents]'"
        )
    found = _extracted(opened.content())
    if found.problem is not None:
        raise InputError(found.problem, mend=found.mend)
    meta: dict[str, Any] = {
        "pages": found.pages,
        "pages_without_text": found.empty,
        "author": found.author,
        "created": found.created,
    }
    meta["mended"] = list(found.mended)
    yield checked(
        Document(
            id=opened.stem,
            text=found.text,
            published=defaults.published,
            title=shortened(found.title),
            outlet=defaults.outlet,
            meta={name: value for name, value in meta.items() if value},
        )
    )


def _extracted(content: bytes) -> Extracted:
    # -P: nothing is imported from the folder that happens to be the current one.
    command = [sys.executable, "-P", "-m", "sijill.sources.pdf_text", str(_MEMORY), str(_CPU_S)]
    try:
        done = subprocess.run(  # noqa: S603  (ourselves, without a shell)
            command, input=content, capture_output=True, timeout=_PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(f"a PDF that takes more than {_PATIENCE_S // 60} minutes") from error
    try:
        return msgspec.json.decode(done.stdout[:_MAX_ANSWER], type=Extracted)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError("a PDF that breaks its reader, or needs more memory or time than any honest one") from error

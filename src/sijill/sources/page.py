"""Web page → Document: the main text, with title, day and address where the page has them."""

from __future__ import annotations

import contextlib
import logging
import re
from typing import Any

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.encoding import decode
from sijill.sources.record import Defaults, checked, day
from sijill.sources.stream import Opened

__all__ = ["looks_like_page", "page_document", "read_page"]

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# The largest page that is taken apart; real ones have some 100 kB, and what is larger takes minutes.
_MAX_PAGE = 16 * 1024 * 1024
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_:-]{1,40})", re.IGNORECASE)


def looks_like_page(head: bytes) -> bool:
    """Whether a file that begins with `head` is HTML."""
    return _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_page(opened: Opened, defaults: Defaults) -> Document:
    """The page's report: its title, then its main text. Raises InputError where there is no text to find."""
    opened.what, opened.media = "a web page", "text/html"
    return page_document(opened.content(), opened.stem, defaults)


def page_document(
    content: bytes,
    name: str,
    defaults: Defaults,
    *,
    charset: str | None = None,
    url: str | None = None,
) -> Document:
    """The report of a page, whose id is `name`. `charset` is what the server said, `url` where the page was."""
    if len(content) > _MAX_PAGE:
        raise InputError(f"a page of more than {_MAX_PAGE // 1024 // 1024} MB is no single report")
    import trafilatura  # noqa: PLC0415  (a quarter second that only pages need to pay)

    # It tells of every page that it finds strange; what is of use comes out as our own line.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page = trafilatura.bare_extraction(
        _html(content, charset),
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
    )
    text = (getattr(page, "text", None) or "").strip()
    if not text:
        raise InputError("no main text found in the page", mend="save the report's text as a .txt file")
    return _document(page, text, name, defaults)


def _document(page: Any, text: str, name: str, defaults: Defaults) -> Document:
    title = (page.title or "").strip() or None
    # A title tells the event as well: it is read like a sentence.
    whole = text if title is None or text.startswith(title) else f"{title}\n{text}"
    published = defaults.published
    if page.date:
        with contextlib.suppress(InputError):
            published = day(page.date)
    return checked(
        Document(
            id=name,
            text=whole,
            published=published,
            title=title,
            url=page.url or None,
            outlet=defaults.outlet or page.sitename or page.hostname or None,
        )
    )


def _html(content: bytes, charset: str | None) -> str:
    """The page as text: in the encoding that it or its server names, unless it is Unicode by its bytes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    named = _CHARSET.search(content[:4096])
    for name in (charset, named[1].decode("ascii") if named else None):
        if name:
            with contextlib.suppress(LookupError, UnicodeDecodeError):
                return content.decode(name)
    return decode(content)

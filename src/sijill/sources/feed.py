"""RSS (0.9 to 2.0) and Atom files → Documents: one report an item.

Source: the RSS 2.0 specification, its content and Dublin Core modules, RFC 4287 (Atom), RFC 5322 (days).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.markup import elements, local, plain
from sijill.sources.record import Defaults, checked, day, shortened
from sijill.sources.rejected import Rejected
from sijill.sources.stream import Opened

__all__ = ["looks_like_feed", "looks_like_xml", "read_feed"]

_XML = re.compile(rb"\s*<\?xml\b")
_ROOT = re.compile(rb"<(?:[a-zA-Z]{1,20}:)?(rss|feed|RDF)[\s>]")
_ITEMS = frozenset({"item", "entry"})
# Elements of the channel that are read, besides the items.
_CHANNEL = frozenset({"title"})
# The fuller text first.
_TEXTS = ("encoded", "content", "description", "summary")
_DAYS = ("pubDate", "published", "issued", "date", "updated", "modified")


def looks_like_xml(head: bytes) -> bool:
    """Whether a file that begins with `head` says that it is XML."""
    return _XML.match(head) is not None


def looks_like_feed(head: bytes) -> bool:
    """Whether a file that begins with `head` is a feed by its outermost element."""
    start = head[:8_192]
    first = re.search(rb"<[a-zA-Z]", start)
    return (
        first is not None
        and not start[: first.start()].strip(b" \t\r\n").startswith(b"{")
        and (_ROOT.match(start, first.start()) is not None)
    )


def read_feed(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The report of each item. Raises InputError where there is none; what is behind a break is told of."""
    opened.what, opened.media = "a feed", "application/xml"
    outlet = ""
    number = 0
    try:
        for element in elements(io.BytesIO(opened.content()), _ITEMS | _CHANNEL):
            parent = element.getparent()
            if local(element) == "title":
                if not outlet and parent is not None and local(parent) in ("channel", "feed"):
                    outlet = shortened(plain(_text(element))) or ""
            elif parent is None or local(parent) in ("channel", "feed", "RDF", "rss"):
                number += 1
                opened.part = f"item {number}"
                yield _item(element, outlet, number, opened, defaults)
    except InputError as error:
        if not number:
            raise
        yield Rejected(f"{opened.name}:{number + 1}", f"{error.what}; items from here on are lost", error.mend)
    if not number:
        raise InputError("a feed without items")


def _item(item: Any, outlet: str, number: int, opened: Opened, defaults: Defaults) -> Document | Rejected:
    # `media:title`, `media:description` and their like are of pictures: of one name, the first in no media namespace.
    fields: dict[str, Any] = {}
    for child in item:
        if local(child) and "search.yahoo.com/mrss" not in child.tag:
            fields.setdefault(local(child), child)
    title = shortened(plain(_text(fields.get("title"))))
    body = next((text for name in _TEXTS if (text := plain(_text(fields.get(name))))), "")
    whole = body if not title or body.startswith(title) else f"{title}\n{body}".strip()
    stamp, published = _published(fields)
    meta: dict[str, Any] = {"published_as_given": stamp} if stamp else {}
    if author := shortened(plain(_text(fields.get("creator") if "creator" in fields else fields.get("author")))):
        meta["author"] = author
    if labels := [label for child in item if local(child) == "category" and (label := _label(child))]:
        meta["categories"] = labels[:100]
    try:
        return checked(
            Document(
                id=shortened(_text(fields.get("guid", fields.get("id")))) or f"{opened.stem}:{number}",
                text=whole,
                published=published or defaults.published,
                title=title,
                url=shortened(_link(item)),
                outlet=shortened(plain(_text(fields.get("source")))) or outlet or defaults.outlet,
                meta=meta,
            )
        )
    except InputError as error:
        return Rejected.of(error, f"{opened.name}:{number}")


def _text(element: Any) -> str:
    """The text in an element; of Atom's `xhtml`, its markup; of a source or author that has a title or name, that."""
    if element is None:
        return ""
    inner = next((child for child in element if local(child) in ("title", "name")), None)
    if local(element) in ("source", "author") and inner is not None:
        return _text(inner)
    if len(element):
        from lxml import etree  # noqa: PLC0415

        return "".join([element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)])
    return element.text or ""


def _label(element: Any) -> str | None:
    return shortened(plain(element.get("term") or _text(element)))


def _link(item: Any) -> str:
    """The item's own address: RSS has it in the element, Atom in the attribute of the link that is no other one."""
    found = ""
    for child in item:
        if local(child) == "link":
            address = (child.text or "").strip() or child.get("href", "")
            if child.get("rel", "alternate") == "alternate":
                return address
            found = found or address
        elif local(child) == "guid" and child.get("isPermaLink", "true") == "true" and not found:
            text = (child.text or "").strip()
            found = text if text.startswith(("http://", "https://")) else found
    return found


def _published(fields: dict[str, Any]) -> tuple[str | None, date | None]:
    """The stamp as given, and its day in the zone that it is given in; None where it is no day."""
    for name in _DAYS:
        stamp = _text(fields.get(name)).strip()[:100]
        if not stamp:
            continue
        try:
            return stamp, day(stamp)
        except InputError:
            pass
        try:
            return stamp, parsedate_to_datetime(stamp).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            return stamp, None
    return None, None

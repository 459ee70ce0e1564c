"""XML from strangers, and the text of HTML.

Entities are never expanded, nothing is fetched, depth and size are bounded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import IO, Any

from sijill.errors import InputError

__all__ = ["elements", "local", "plain", "refuse_entities"]

_STEP = 65_536
# A document that has not begun after so many bytes is none.
_MAX_PROLOGUE = 1024 * 1024

_TOKEN = re.compile(r"<!--|-->|</?([a-zA-Z][a-zA-Z0-9]*+)[^<>]*+>|<[!?/][^<>]*+>")
_SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "form", "select"})
_BLOCKS = frozenset(
    {
        "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
        "article", "header", "footer", "figure", "figcaption", "hr", "pre", "dd", "dt", "dl", "td", "th",
    }
)  # fmt: skip


def elements(stream: IO[bytes], wanted: frozenset[str]) -> Iterator[Any]:
    """Each element with a local name in `wanted` that is in no other such, when it is complete; it is emptied after
    its turn.

    Raises InputError where the XML is broken or declares entities.
    """
    from lxml import etree  # noqa: PLC0415  (only some inputs need it)

    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    begun = False
    open_wanted = 0
    try:
        for block in _blocks(stream):
            parser.feed(block)
            for event, element in parser.read_events():
                if not begun:
                    begun = True
                    _refuse_doctype(element)
                inside = local(element) in wanted
                if event == "start":
                    open_wanted += inside
                    continue
                open_wanted -= inside
                if not open_wanted:
                    if inside:
                        yield element
                    _free(element)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise InputError(f"broken XML: {' '.join(str(error.msg).split())[:120]}") from error


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_STEP):
        yield block


def refuse_entities(stream: IO[bytes]) -> None:
    """Raises InputError where the XML of `stream` has a document type: an honest part of an Office file has none."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    read = 0
    try:
        while (block := stream.read(_STEP)) and read < _MAX_PROLOGUE:
            read += len(block)
            parser.feed(block)
            for _, element in parser.read_events():
                if element.getroottree().docinfo.internalDTD is not None:
                    raise InputError("XML with a document type, which Office files have not: refused")
                return
    except etree.XMLSyntaxError as error:
        raise InputError(f"broken XML: {' '.join(str(error.msg).split())[:120]}") from error
    raise InputError("XML without an element")


def _refuse_doctype(root: Any) -> None:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise InputError("XML that declares entities, which can hide any size or file: refused")


def _free(element: Any) -> None:
    """Give back the memory of an element that was read, and of those before it, its tail included."""
    element.clear()
    while (before := element.getprevious()) is not None:
        before.getparent().remove(before)


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def plain(source: str) -> str:
    """The text of a piece of HTML: tags gone, scripts and styles with what is in them, blocks on lines of their own."""
    if "<" not in source and "&" not in source:
        return source.strip()
    parts: list[str] = []
    silent, comment, at = "", False, 0
    for token in _TOKEN.finditer(source):
        if not silent and not comment:
            parts.append(source[at : token.start()])
        at = token.end()
        what, name = token[0], (token[1] or "").lower()
        if comment:
            comment = what != "-->"
        elif silent:
            silent = "" if name == silent and what.startswith("</") else silent
        elif what == "<!--":
            comment = True
        elif name in _SILENT and not what.startswith("</") and not what.endswith("/>"):
            silent = name
        elif name in _BLOCKS:
            parts.append("\n")
        elif what == "-->":
            parts.append(what)
    if not silent and not comment:
        parts.append(source[at:])
    lines = (" ".join(line.split()) for line in html.unescape("".join(parts)).replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)

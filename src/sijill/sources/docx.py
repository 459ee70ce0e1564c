"""Word documents (.docx) → Documents: the paragraphs as they stand, without what was deleted in them.

Source: ECMA-376 part 1, 17 (WordprocessingML) and 15.2.12 (core properties).
"""

from __future__ import annotations

from typing import Any

from sijill.model import Document
from sijill.sources.archive import Archive
from sijill.sources.markup import elements, local
from sijill.sources.record import MAX_CHARACTERS, Defaults, checked, shortened
from sijill.sources.stream import Opened

__all__ = ["is_docx", "read_docx"]

_BODY = "word/document.xml"
_CORE = "docProps/core.xml"
_MAX_BODY = 256 * 1024 * 1024
_MAX_CORE = 1024 * 1024
# What is written twice (for older programs), deleted, or is no text of the document.
_LEFT_OUT = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText", "pict", "drawing"})
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PROPERTIES = ("creator", "lastModifiedBy", "created", "modified")


def is_docx(archive: Archive) -> bool:
    """Whether the archive is a Word document."""
    return _BODY in archive


def read_docx(archive: Archive, opened: Opened, defaults: Defaults) -> Document:
    """The document's report. Raises InputError where it is broken or has no text.

    When the file was made is no day of publication: it is kept in `meta`.
    """
    opened.what = "a Word document"
    opened.media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    properties = _properties(archive)
    lines: list[str] = []
    size = 0
    with archive.open(_BODY, _MAX_BODY) as stream:
        for paragraph in elements(stream, frozenset({"p"})):
            # A paragraph in a text box stands in another paragraph, and comes with it.
            lines.append("".join(_pieces(paragraph)).rstrip())
            size += len(lines[-1]) + 1
            if size > 4 * MAX_CHARACTERS:
                break
    return checked(
        Document(
            id=opened.stem,
            text="\n".join(lines).strip(),
            published=defaults.published,
            title=shortened(properties.pop("title", None)),
            outlet=defaults.outlet,
            meta=properties,
        )
    )


def _pieces(paragraph: Any) -> list[str]:
    """The texts of a paragraph in order, without a stack that a deep file could break."""
    found: list[str] = []
    todo = [paragraph]
    while todo:
        element = todo.pop()
        name = local(element)
        if name in _LEFT_OUT and not (name in ("drawing", "pict") and _holds_text(element)):
            continue
        if name == "t":
            found.append(element.text or "")
        elif name in _MARKS:
            found.append(_MARKS[name])
        elif name == "p" and element is not paragraph:
            found.append("\n")
        todo.extend(reversed(element))
    return found


def _holds_text(element: Any) -> bool:
    return any(local(inner) == "txbxContent" for inner in element.iter())


def _properties(archive: Archive) -> dict[str, Any]:
    """Title, author and days from the document's own properties, as far as it has them."""
    if _CORE not in archive:
        return {}
    found: dict[str, Any] = {}
    with archive.open(_CORE, _MAX_CORE) as stream:
        for element in elements(stream, frozenset({"title", *_PROPERTIES})):
            if text := shortened(element.text):
                found[local(element)] = text
    return found

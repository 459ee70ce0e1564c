"""Named fields → Document: what JSON lines and tables share, and the checks that every report passes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from sijill.errors import InputError
from sijill.model import Document

__all__ = ["MAX_CHARACTERS", "Defaults", "checked", "day", "document_of"]

# The longest text that is one report; the longest real ones have some 100,000 characters.
MAX_CHARACTERS = 1_000_000

_DAY = re.compile(r"([0-9]{4})([-/]?)([0-9]{2})\2([0-9]{2})(?:[T ][0-9:.,+\-Z ]*)?")
_LINES = ("title", "url", "outlet")


class Defaults(msgspec.Struct, frozen=True):
    """What holds for reports that do not say it themselves."""

    published: date | None = None
    outlet: str | None = None


def day(text: str) -> date:
    """The day of `2024-05-08`, `2024/05/08`, `20240508`, or of a time stamp that begins so.

    Raises InputError for any other form: `08/05/2024` is two different days in two countries.
    """
    match = _DAY.fullmatch(text.strip())
    if match:
        try:
            return date(int(match[1]), int(match[3]), int(match[4]))
        except ValueError:
            pass
    raise InputError(f"'{text[:40]}' is not a day", mend="write it as YYYY-MM-DD")


def document_of(fields: Mapping[str, Any], fallback_id: str, defaults: Defaults) -> Document:
    """The report that `fields` describe; fields of other names are kept in `meta`.

    Raises InputError where there is no text, or a field is not what its name says.
    """
    meta = {key: value for key, value in fields.items() if key not in ("id", "text", "published", *_LINES)}
    if isinstance(inner := meta.get("meta"), dict):
        meta = {**inner, **{key: value for key, value in meta.items() if key != "meta"}}
    text = fields.get("text")
    if not isinstance(text, str):
        raise InputError("no text" if text is None else "'text' is not a text", mend="give the report in 'text'")
    given = {name: _line(fields.get(name), name) for name in _LINES}
    return checked(
        Document(
            id=_id(fields.get("id")) or fallback_id,
            text=text,
            published=_published(fields.get("published")) or defaults.published,
            title=given["title"],
            url=given["url"],
            outlet=given["outlet"] or defaults.outlet,
            meta=meta,
        )
    )


def checked(document: Document) -> Document:
    """`document` itself, where it can be read and written as JSON. Raises InputError where not."""
    if not document.text.strip():
        raise InputError("the text is empty")
    if len(document.text) > MAX_CHARACTERS:
        raise InputError(
            f"a text of {len(document.text):,} characters is no single report",
            mend=f"split it; at most {MAX_CHARACTERS:,} are read",
        )
    try:
        msgspec.json.encode(document)
    except UnicodeEncodeError as error:
        raise InputError("an unpaired surrogate, which JSON cannot carry", mend="remove it") from error
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise InputError(f"a field that JSON cannot carry: {error}") from error
    return document


def _id(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    raise InputError("'id' is neither a text nor a number")


def _line(value: Any, name: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    raise InputError(f"'{name}' is not a text")


def _published(value: Any) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return day(value)
    raise InputError("'published' is not a day", mend="write it as YYYY-MM-DD")

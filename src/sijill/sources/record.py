"""Named fields → Document: what JSON lines and tables share, and the checks that every report passes."""

from __future__ import annotations

import re
from collections.abc import Mapping as Fields
from datetime import date, datetime
from typing import Any

import msgspec

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.columns import Mapping, Order

__all__ = ["MAX_CHARACTERS", "Defaults", "checked", "day", "document_of", "shortened"]

# The longest text that is one report; the longest real ones have some 100,000 characters.
MAX_CHARACTERS = 1_000_000
# The longest title, address or name, and the most that all other fields may have together.
_MAX_LINE = 10_000
_MAX_META = 4_000_000

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_OTHER_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[T ,].{0,40})?")
_DAY = re.compile(r"([0-9]{4})([-/]?)([0-9]{2})\2([0-9]{2})(?:[T ][0-9:.,+\-Z ]*)?")
_LINES = ("title", "url", "outlet")


class Defaults(msgspec.Struct, frozen=True):
    """What holds for reports that do not say it themselves."""

    published: date | None = None
    outlet: str | None = None
    mapping: Mapping | None = None


def day(text: str, order: Order = "ymd") -> date:
    """The day of `2024-05-08`, `2024/05/08`, `20240508`, or of a time stamp that begins so; digits of either set.

    Raises InputError for any other form: `08/05/2024` is two different days in two countries, and is read only where
    `order` says which (`dmy`, `mdy`).
    """
    plain = text.strip().translate(_DIGITS)
    parts: tuple[str, str, str] | None = None
    if match := _DAY.fullmatch(plain):
        parts = (match[1], match[3], match[4])
    elif order != "ymd" and (match := _OTHER_DAY.fullmatch(plain)):
        parts = (match[3], match[2], match[1]) if order == "dmy" else (match[3], match[1], match[2])
    if parts is not None:
        try:
            return date(*map(int, parts))
        except ValueError:
            pass
    raise InputError(f"'{text[:40]}' is not a day", mend="write it as YYYY-MM-DD")


def shortened(text: str | None) -> str | None:
    """`text` as one line of a bearable length, None where nothing is left."""
    line = " ".join((text or "").split())
    return (line if len(line) <= 1_000 else line[:999] + "…") or None


def document_of(fields: Fields[str, Any], fallback_id: str, defaults: Defaults, order: Order = "ymd") -> Document:
    """The report that `fields` describe; fields of other names are kept in `meta`.

    `order` is that of days which do not begin with the year. Raises InputError where there is no text, or a field is
    not what its name says.
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
            published=_published(fields.get("published"), order) or defaults.published,
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
    for name in _LINES:
        if len(getattr(document, name) or "") > _MAX_LINE:
            raise InputError(f"'{name}' has more than {_MAX_LINE:,} characters")
    try:
        size = len(msgspec.json.encode(document.meta)) if document.meta else 0
        msgspec.json.encode(document)
    except UnicodeEncodeError as error:
        raise InputError("an unpaired surrogate, which JSON cannot carry", mend="remove it") from error
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise InputError(f"a field that JSON cannot carry: {error}") from error
    if size > _MAX_META:
        raise InputError(f"fields beside the text of more than {_MAX_META // 1_000_000} MB")
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


def _published(value: Any, order: Order) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return day(value, order)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise InputError("'published' is not a day", mend="write it as YYYY-MM-DD")

"""The tables that auto-archiver's CSV database writes: columns status, metadata, media, the second a Python literal."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from sijill.errors import InputError

__all__ = ["metadata_of"]

_LONGEST = 1_000_000
_FIELDS = {"content": "text", "timestamp": "published", "title": "title", "url": "url"}


def metadata_of(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a report from one row: text, published, title, url, and the rest of the metadata.

    The title is the text where there is no content, as for most posts. Raises InputError where it cannot be read.
    """
    metadata = _literal(str(cells.get("metadata") or ""))
    if not isinstance(metadata, dict):
        raise InputError("the column 'metadata' is not what auto-archiver writes")
    fields: dict[str, Any] = {"archive_status": cells.get("status")}
    for name, value in metadata.items():
        fields[_FIELDS.get(str(name), str(name))] = value
    text = fields.get("text")
    if text is None or (isinstance(text, str) and not text.strip()):
        fields["text"] = fields.get("title") or ""
    return fields


def _literal(source: str) -> Any:
    """The value of a Python literal in which times stand as calls. Nothing is run."""
    if len(source) > _LONGEST:
        raise InputError("more than a million characters of metadata")
    try:
        return _value(ast.parse(source, mode="eval").body)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError) as error:
        raise InputError("the column 'metadata' is not what auto-archiver writes") from error


def _value(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str | int | float | None) else str(node.value)
    if isinstance(node, ast.Dict):
        keys = [None if key is None else _value(key) for key in node.keys]
        return {str(key): _value(value) for key, value in zip(keys, node.values, strict=True)}
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [_value(item) for item in node.elts]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("datetime.datetime", "datetime"):
        numbers = [_value(item) for item in node.args]
        if len(numbers) >= 3 and all(isinstance(number, int) for number in numbers):
            year, month, day, *clock = numbers
            hour, minute, second = (*clock, 0, 0, 0)[:3]
            return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    # Whatever else stands there (a path, a set of an own type) is kept as it is written.
    return ast.unparse(node)

"""The objects of one list inside a JSON file of any size, one at a time, as the bytes that they are."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from sijill.errors import InputError
from sijill.sources.stream import MAX_BYTES

__all__ = ["objects_under"]

_STEP = 1024 * 1024
_MARK = re.compile(rb'["{}\[\]]')
_QUOTE_END = re.compile(rb'["\\]')
_MAX_DEPTH = 200


def objects_under(stream: io.BufferedReader, key: str) -> Iterator[tuple[bytes, bytes]]:
    """Each object of every list that stands under `key`, with what stood before it since the object before.

    What stands before holds the fields of the objects around the list. Raises InputError where the JSON ends too
    early, is nested too deep, or where one object has more than MAX_BYTES.
    """
    wanted = b'"' + key.encode() + b'"'
    buffer = _Buffer(stream)
    # For each list and object that is open: whether it is a list under `key`.
    open_: list[bool] = []
    began = 0  # where what stands before the next object begins
    while (mark := buffer.find(_MARK)) is not None:
        at = buffer.at
        if mark == b'"':
            buffer.skip_string()
        elif mark in b"]}":
            if not open_:
                raise InputError("broken JSON: a bracket that closes nothing")
            open_.pop()
        elif mark == b"{" and open_ and open_[-1]:
            start = at - 1
            before = buffer.taken(began, start)
            buffer.skip_object()
            yield before[-_STEP:], buffer.taken(start, buffer.at)
            began = buffer.drop()
        else:
            if len(open_) >= _MAX_DEPTH:
                raise InputError("JSON nested too deep")
            open_.append(mark == b"[" and buffer.before(at - 1).endswith(wanted))
    if open_:
        raise InputError("broken JSON: it ends too early")


class _Buffer:
    """A window on the stream; `at` is behind the mark that was found last."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._bytes = bytearray()
        self.at = 0

    def find(self, pattern: re.Pattern[bytes]) -> bytes | None:
        """The next mark, which `at` then stands behind; None where there is none."""
        while True:
            if (found := pattern.search(self._bytes, self.at)) is not None:
                self.at = found.end()
                return found[0]
            self.at = len(self._bytes)
            if not self._more():
                return None

    def skip_string(self) -> None:
        """Go behind the end of the string that was just opened."""
        while (mark := self.find(_QUOTE_END)) is not None:
            if mark == b'"':
                return
            while self.at >= len(self._bytes) and self._more():
                pass
            self.at += 1
        raise InputError("broken JSON: it ends in a string")

    def skip_object(self) -> None:
        """Go behind the end of the object that was just opened."""
        depth = 1
        while depth:
            mark = self.find(_MARK)
            if mark is None:
                raise InputError("broken JSON: it ends too early")
            if mark == b'"':
                self.skip_string()
            else:
                depth += 1 if mark in b"{[" else -1

    def before(self, end: int) -> bytes:
        """What stands right before `end`, without spaces and the colon."""
        return bytes(self._bytes[max(0, end - 300) : end]).rstrip().removesuffix(b":").rstrip()

    def taken(self, start: int, end: int) -> bytes:
        """A copy of a part of the window."""
        return bytes(self._bytes[start:end])

    def drop(self) -> int:
        """Forget what is behind `at`; where it is now."""
        del self._bytes[: self.at]
        self.at = 0
        return 0

    def _more(self) -> bool:
        if len(self._bytes) > MAX_BYTES:
            raise InputError(f"a part of more than {MAX_BYTES // 1024 // 1024} MB")
        block = self._stream.read(_STEP)
        self._bytes += block
        return bool(block)

"""One opened input: its bytes, its name, and its first bytes to judge it by."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Self

from sijill.errors import InputError
from sijill.sources.encoding import HEAD, decode, plain_encoding
from sijill.sources.given import Original

__all__ = ["MAX_BYTES", "Opened"]

# More than this in one line, or in a file that is one report, is refused before it fills the memory.
MAX_BYTES = 64 * 1024 * 1024


class Opened:
    """An input that is read once, from its beginning. `stem` is the id of a report that has no other.

    `original` are the bytes that were handed out last, unchanged: all of the input, or one line of it. A reader that
    takes records out of a larger whole by itself hands over theirs with `give`. `part` says where in the input the
    report at hand stands (`line 5`), and is empty where it is all of it.
    """

    def __init__(self, stream: BinaryIO, name: str, stem: str, *, close: bool = True) -> None:
        self.name, self.stem = name, stem
        self._close = close
        self._rest = stream
        self._start = stream.read(HEAD)
        self.original = Original(b"")
        self.part = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._close:
            self._rest.close()

    @property
    def head(self) -> bytes:
        """The first bytes, at most HEAD of them."""
        return self._start

    def give(self, content: bytes, part: str = "") -> bytes:
        """`content` itself, noted down as the original of the reports that come next."""
        self.original, self.part = Original(content), part
        return content

    def content(self) -> bytes:
        """All bytes. Raises InputError past MAX_BYTES."""
        rest = self._rest.read(MAX_BYTES + 1)
        if len(rest) > MAX_BYTES:
            raise InputError(f"more than {MAX_BYTES // 1024 // 1024} MB, which is no single report", mend="split it")
        return self.give(self._start + rest)

    def text(self) -> str:
        """All of it as text. Raises InputError where it is none, or past MAX_BYTES."""
        return decode(self.content())

    def lines(self) -> Iterator[bytes]:
        """The lines as UTF-8, without their ends, one at a time; a line past MAX_BYTES comes cut, never whole.

        Raises InputError where the input is no text.
        """
        # JSON is Unicode: what is neither that nor Arabic has broken lines, each of which is told of by itself.
        encoding = plain_encoding(self._start)
        if encoding in (None, "utf-8", "utf-8-sig"):
            for number, line in enumerate(self._byte_lines(), start=1):
                yield self.give(line, f"line {number}")
        else:
            for number, line in enumerate(decode(self.content()).encode("utf-8").splitlines(), start=1):
                self.part = f"line {number}"
                yield line

    def _byte_lines(self) -> Iterator[bytes]:
        start = self._start.removeprefix(codecs.BOM_UTF8)
        lines = start.split(b"\n")
        yield from (line.removesuffix(b"\r") for line in lines[:-1])
        left = lines[-1]
        while line := self._rest.readline(MAX_BYTES + 1):
            left += line
            while not line.endswith(b"\n") and len(left) > MAX_BYTES and (line := self._rest.readline(MAX_BYTES)):
                pass  # the rest of a line that is too long: read over, not kept
            yield left.rstrip(b"\r\n")
            left = b""
        if left:
            yield left

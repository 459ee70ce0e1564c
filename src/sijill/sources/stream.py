"""One opened input: its bytes, its name, and its first bytes to judge it by."""

from __future__ import annotations

import codecs
import io
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, Self, cast

from sijill.errors import InputError
from sijill.sources.columns import Mapping
from sijill.sources.encoding import HEAD, decode, plain_encoding
from sijill.sources.given import Original

__all__ = ["MAX_BYTES", "MAX_SPOOL", "Opened"]

# More than this in one line, or in a file that is one report, is refused before it fills the memory.
MAX_BYTES = 64 * 1024 * 1024

# What comes through a pipe and must be read from its end first (archives, Parquet) is laid down up to this size.
MAX_SPOOL = 4 * 1024 * 1024 * 1024

_STEP = 1024 * 1024


class Opened:
    """An input that is read once, from its beginning. `stem` is the id of a report that has no other.

    `original` are the bytes that were handed out last, unchanged: all of the input, or one line of it. A reader that
    takes records out of a larger whole by itself hands over theirs with `give`. `part` says where in the input the
    report at hand stands (`line 5`), and is empty where it is all of it. `what` and `media` say what the input turned
    out to be (`a web page`; the media type of `original`), `mapping` which columns of a table were taken for what.
    """

    def __init__(self, stream: BinaryIO, name: str, stem: str, *, close: bool = True) -> None:
        self.name, self.stem = name, stem
        self._close = close
        self._rest = stream
        self._origin = stream.tell() if stream.seekable() else None
        self._start = stream.read(HEAD)
        self._spool: BinaryIO | None = None
        self.original = Original(b"")
        self.part = ""
        self.what = self.media = ""
        self.mapping: Mapping | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._close:
            self._rest.close()
        if self._spool is not None:
            self._spool.close()

    @property
    def head(self) -> bytes:
        """The first bytes, at most HEAD of them."""
        return self._start[:HEAD]

    def give(self, content: bytes, part: str = "") -> bytes:
        """`content` itself, noted down as the original of the reports that come next."""
        self.original, self.part = Original(content), part
        return content

    def content(self) -> bytes:
        """All bytes. Raises InputError past MAX_BYTES."""
        content = self.small()
        if content is None:
            raise InputError(f"more than {MAX_BYTES // 1024 // 1024} MB, which is no single report", mend="split it")
        return content

    def small(self) -> bytes | None:
        """All bytes, which are the original of every report in them; None past MAX_BYTES, nothing being lost then."""
        self._start += self._rest.read(max(0, MAX_BYTES + 1 - len(self._start)))
        return None if len(self._start) > MAX_BYTES else self.give(self._start)

    def raw(self) -> io.BufferedReader:
        """The bytes from the beginning, to be read once and forward."""
        return io.BufferedReader(_Chained(self._start, self._rest), _STEP)

    def seekable(self) -> BinaryIO:
        """The bytes from the beginning, to be read in any order: from memory up to MAX_BYTES, and then they are the
        original; past that from the file, or from a copy of what comes through a pipe.

        Raises InputError for a pipe that gives more than MAX_SPOOL.
        """
        if (content := self.small()) is not None:
            return io.BytesIO(content)
        if self._origin is not None:
            self._rest.seek(self._origin)
            return self._rest
        self._spool = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  (closed with the input)
        self._spool.write(self._start)
        while block := self._rest.read(_STEP):
            self._spool.write(block)
            if self._spool.tell() > MAX_SPOOL:
                raise InputError(f"more than {MAX_SPOOL // 1024**3} GB through a pipe", mend="give it as a file")
        self._spool.seek(0)
        return self._spool

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


class _Chained(io.RawIOBase):
    """What was read already, then the rest."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._left, self._rest = memoryview(start), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(cast("bytearray", buffer)).cast("B")
        block: memoryview | bytes = self._left[: len(into)]
        if block:
            self._left = self._left[len(block) :]
        else:
            block = self._rest.read(len(into))
        into[: len(block)] = block
        return len(block)

"""A report together with the bytes that it was read from: what a case file keeps."""

from __future__ import annotations

import hashlib
from functools import cached_property

import msgspec

from sijill.model import Document

__all__ = ["Given", "Original"]


class Original:
    """Bytes exactly as they were given; several reports of one file share one."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @cached_property
    def sha256(self) -> str:
        """Hash of the bytes, as `sha256:` and 64 hex digits."""
        return "sha256:" + hashlib.sha256(self.content).hexdigest()


class Given(msgspec.Struct, frozen=True):
    """A report, its original bytes, the input that they are from, and the part of them that it is (empty: all).

    `media` is the media type of the bytes.
    """

    document: Document
    original: Original
    where: str
    part: str = ""
    media: str = ""

"""Bytes under the hash of themselves: originals, texts and reports, each kept once and given back unchanged.

An original is stored by itself (zlib). What was made of it, the text and the reports, says the same in other words, so
it is packed with the original, or else the text, as zlib's dictionary, and with a model of a report (`dictionary_1`):
together they take half the room. `base` names the bytes used; they are packed without a base themselves.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files

import msgspec
from sqlalchemy import Connection

from sijill.casefile.canonical import sha256_of
from sijill.casefile.inserting import insert_cells, rows_among
from sijill.casefile.schema import blob
from sijill.errors import StoreError

__all__ = ["Base", "Packed", "content_of", "contents_of", "keep", "pack", "unpacked"]

# The largest that both databases take in one piece, with room to spare.
_LARGEST = 900 * 1024 * 1024
_LEVEL = 3
_PAGE = 200
# zlib sees 32 kB back; the dictionary of reports needs some of them.
_BASE = 24 * 1024
_CELLS = (blob.c.sha256, blob.c.packing, blob.c.base, blob.c.bytes)


class Base(msgspec.Struct, frozen=True):
    """Bytes that others are packed with, and their hash."""

    sha256: str
    content: bytes

    @property
    def fits(self) -> bool:
        """Whether zlib can see all of it."""
        return len(self.content) <= _BASE


class Packed(msgspec.Struct, frozen=True):
    """Bytes ready to be stored, and the hash of them unpacked."""

    sha256: str
    size: int
    packing: str
    base: str | None
    bytes: bytes


def pack(content: bytes, sha256: str, base: Base | None = None) -> Packed:
    """`content`, whose hash is `sha256`, ready to be stored. Raises StoreError past 900 MB."""
    if len(content) > _LARGEST:
        raise StoreError(f"an original of {len(content):,} bytes is too large to keep; split it")
    if base is not None:
        packer = zlib.compressobj(_LEVEL, zdict=_dictionary(base.content))
        return Packed(sha256, len(content), "zlib:1", base.sha256, packer.compress(content) + packer.flush())
    packed = zlib.compress(content, _LEVEL)
    if len(packed) < len(content):
        return Packed(sha256, len(content), "zlib", None, packed)
    return Packed(sha256, len(content), "raw", None, content)


def keep(connection: Connection, *packed: Packed) -> None:
    """Stores those that are not there yet."""
    wanted = {item.sha256: item for item in packed}
    insert_cells(connection, blob, [msgspec.structs.astuple(item) for item in wanted.values()], unless_there=True)


def content_of(connection: Connection, sha256: str) -> bytes:
    """The bytes kept under `sha256`. Raises StoreError where they are missing or not those any more."""
    return contents_of(connection, {sha256})[sha256]


def contents_of(connection: Connection, hashes: Collection[str]) -> dict[str, bytes]:
    """The bytes kept under each of `hashes`. Raises StoreError where some are missing or not those any more."""
    found: dict[str, bytes] = {}
    wanted = sorted(hashes)
    for at in range(0, len(wanted), _PAGE):
        rows = rows_among(connection, _CELLS, wanted[at : at + _PAGE])
        needed = {base for _, _, base, _ in rows if base} - found.keys()
        bases = contents_of(connection, needed) if needed else {}
        for sha256, packing, named, packed in rows:
            base = (bases.get(named) or found.get(named)) if named else None
            content = unpacked(packing, packed, base)
            if content is None or sha256_of(content) != sha256:
                raise StoreError(f"the bytes {sha256} were changed; see 'sijill case verify'")
            found[sha256] = content
    missing = next((name for name in wanted if name not in found), None)
    if missing is not None:
        raise StoreError(f"the bytes {missing} are missing; see 'sijill case verify'")
    return found


def unpacked(packing: str, packed: bytes, base: bytes | None = None) -> bytes | None:
    """The bytes as they were before packing; None where they cannot be had back."""
    try:
        match packing:
            case "raw":
                return packed
            case "zlib":
                return zlib.decompress(packed)
            case "zlib:1" if base is not None:
                unpacker = zlib.decompressobj(zdict=_dictionary(base))
                return unpacker.decompress(packed) + unpacker.flush()
    except zlib.error:
        pass
    return None


def _dictionary(base: bytes) -> bytes:
    return base[:_BASE] + _model()


@lru_cache(maxsize=1)
def _model() -> bytes:
    """A report with the names and values that most reports have. It may never change: a better one gets number 2."""
    return (files("sijill.casefile") / "dictionary_1.json").read_bytes()

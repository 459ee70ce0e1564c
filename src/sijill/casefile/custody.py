"""Bytes under the hash of themselves: originals, texts and reports, each kept once and given back unchanged."""

from __future__ import annotations

import zlib
from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, bindparam, select

from sijill.casefile.canonical import sha256_of
from sijill.casefile.inserting import insert_rows
from sijill.casefile.schema import blob
from sijill.errors import StoreError

__all__ = ["Packed", "content_of", "contents_of", "keep", "pack", "unpacked"]

# The largest that both databases take in one piece, with room to spare.
_LARGEST = 900 * 1024 * 1024
_LEVEL = 6
_PAGE = 200
_THERE = select(blob.c.sha256).where(blob.c.sha256.in_(bindparam("hashes", expanding=True)))


class Packed(msgspec.Struct, frozen=True):
    """Bytes ready to be stored, and the hash of them unpacked."""

    sha256: str
    size: int
    packing: str
    bytes: bytes


def pack(content: bytes, sha256: str) -> Packed:
    """`content`, whose hash is `sha256`, ready to be stored. Raises StoreError past 900 MB."""
    if len(content) > _LARGEST:
        raise StoreError(f"an original of {len(content):,} bytes is too large to keep; split it")
    packed = zlib.compress(content, _LEVEL)
    if len(packed) < len(content):
        return Packed(sha256, len(content), "zlib", packed)
    return Packed(sha256, len(content), "raw", content)


def keep(connection: Connection, *packed: Packed) -> None:
    """Stores those that are not there yet."""
    wanted = {item.sha256: item for item in packed}
    for sha256 in connection.scalars(_THERE, {"hashes": list(wanted)}).all():
        del wanted[sha256]
    insert_rows(connection, blob, [msgspec.structs.asdict(item) for item in wanted.values()])


def content_of(connection: Connection, sha256: str) -> bytes:
    """The bytes kept under `sha256`. Raises StoreError where they are missing or not those any more."""
    return contents_of(connection, {sha256})[sha256]


def contents_of(connection: Connection, hashes: Collection[str]) -> dict[str, bytes]:
    """The bytes kept under each of `hashes`. Raises StoreError where some are missing or not those any more."""
    found: dict[str, bytes] = {}
    wanted = sorted(hashes)
    for at in range(0, len(wanted), _PAGE):
        query = select(blob.c.sha256, blob.c.packing, blob.c.bytes).where(blob.c.sha256.in_(wanted[at : at + _PAGE]))
        for row in connection.execute(query):
            content = unpacked(row.packing, row.bytes)
            if content is None or sha256_of(content) != row.sha256:
                raise StoreError(f"the bytes {row.sha256} were changed; see 'sijill case verify'")
            found[row.sha256] = content
    if len(found) < len(wanted):
        missing = next(name for name in wanted if name not in found)
        raise StoreError(f"the bytes {missing} are missing; see 'sijill case verify'")
    return found


def unpacked(packing: str, packed: bytes) -> bytes | None:
    """The bytes as they were before packing; None where they cannot be had back."""
    if packing == "raw":
        return packed
    try:
        return zlib.decompress(packed) if packing == "zlib" else None
    except zlib.error:
        return None

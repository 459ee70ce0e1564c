"""Bytes under the hash of themselves: originals, texts and reports, each kept once and given back unchanged."""

from __future__ import annotations

import zlib
from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from sijill.casefile.canonical import sha256_of
from sijill.casefile.schema import blob
from sijill.errors import StoreError

__all__ = ["content_of", "contents_of", "keep", "unpacked"]

# The largest that both databases take in one piece, with room to spare.
_LARGEST = 900 * 1024 * 1024
_LEVEL = 6
_PAGE = 200


def keep(connection: Connection, content: bytes, sha256: str) -> None:
    """Stores `content`, whose hash is `sha256`, unless it is there. Raises StoreError past 900 MB."""
    if connection.scalar(select(blob.c.size).where(blob.c.sha256 == sha256)) is not None:
        return
    if len(content) > _LARGEST:
        raise StoreError(f"an original of {len(content):,} bytes is too large to keep; split it")
    packed = zlib.compress(content, _LEVEL)
    packing = "zlib" if len(packed) < len(content) else "raw"
    connection.execute(
        insert(blob),
        {
            "sha256": sha256,
            "size": len(content),
            "packing": packing,
            "bytes": packed if packing == "zlib" else content,
        },
    )


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

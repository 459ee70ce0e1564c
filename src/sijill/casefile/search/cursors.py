"""Where a page ended, as one word that only the same search of the same case takes back.

It holds the place in the order (which stretch of it, the values sorted by, the claim's key), what was searched (its
fingerprint), and a keyed hash over both: one that was changed, or is of another search or case, is refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

import msgspec

from sijill.errors import ConfigError

__all__ = ["Place", "read", "write"]

_SIGNED = 12  # bytes of the hash
_LONGEST = 500


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Behind which row to go on: the number of the stretch, and the values that it is sorted by."""

    stretch: int
    key: tuple[int, ...]


def write(place: Place, search: str, case: str) -> str:
    """The cursor for a place in the search with that fingerprint, in the case with that id."""
    content = msgspec.msgpack.encode(place)
    signed = _signature(content, search, case) + content
    return base64.urlsafe_b64encode(signed).decode().rstrip("=")


def read(cursor: str, search: str, case: str) -> Place:
    """The place. Raises ConfigError where the cursor is none, or one of another search or case."""
    try:
        cursor = cursor[:_LONGEST]
        signed = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        signature, content = signed[:_SIGNED], signed[_SIGNED:]
        place = msgspec.msgpack.decode(content, type=Place)
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise ConfigError("this is no cursor; take the one that the page before gave") from None
    if not hmac.compare_digest(signature, _signature(content, search, case)):
        raise ConfigError("this cursor is of another search or case: words, filters and order must stay the same")
    return place


def _signature(content: bytes, search: str, case: str) -> bytes:
    return hashlib.blake2b(content + search.encode(), key=case.encode()[:64], digest_size=_SIGNED).digest()

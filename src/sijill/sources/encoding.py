"""Bytes → text: Unicode in its forms, Windows-1256 and the other Arabic code pages.

Source: the Unicode Standard, chapter 23.8 (byte order mark); which code page fits is judged by the words that come
out, see data/sources/encodings.toml.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

import msgspec

from sijill.data import Meta, load
from sijill.errors import InputError

__all__ = ["HEAD", "common_arabic_words", "decode", "plain_encoding", "sniff"]

# How many bytes of a file decide its encoding.
HEAD = 65_536

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC_WORD = re.compile("[\u0621-\u064a]{2,}")
_MEND = "save it as UTF-8"
_CONTROLS = tuple(bytes([code]) for code in range(1, 9))


class _Arabic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code_pages: tuple[str, ...]
    common_words: frozenset[str]
    least_share: float
    short_text_words: int


class _Other(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code_pages: tuple[str, ...]


class _Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    hex: str
    what: str
    mend: str = "save its text as UTF-8"


class _Binary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    signatures: tuple[_Signature, ...]


class _Encodings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: Meta
    arabic: _Arabic
    other: _Other
    binary: _Binary


@lru_cache(maxsize=1)
def _encodings() -> _Encodings:
    return load("sources/encodings.toml", _Encodings)


def common_arabic_words() -> frozenset[str]:
    """Words that any Arabic text of some length holds."""
    return _encodings().arabic.common_words


def decode(content: bytes) -> str:
    """The text of `content`, without a byte order mark. Raises InputError for what is no text."""
    encoding = sniff(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start} is not {encoding.upper()}", mend=_MEND) from error


def sniff(head: bytes) -> str:
    """The name of the encoding of a file that begins with `head`. Raises InputError for what is no text."""
    return plain_encoding(head) or _other(head)


def plain_encoding(head: bytes) -> str | None:
    """The same as far as it is Unicode or a code page for Arabic; None where it is neither, or where it is broken."""
    for mark, marked in _MARKS:
        if head.startswith(mark):
            return marked
    _refuse_binary(head)
    if wide := _utf16(head):
        return wide
    if b"\0" in head:
        raise InputError("NUL bytes: this is binary, not text", mend=_MEND)
    return "utf-8" if _utf8_problem(head) is None else _arabic_code_page(head)


def _refuse_binary(head: bytes) -> None:
    for signature in _encodings().binary.signatures:
        if head.startswith(bytes.fromhex(signature.hex)):
            raise InputError(f"{signature.what}, not text", mend=signature.mend)


def _utf16(head: bytes) -> str | None:
    """UTF-16 without a mark: one byte of each pair is the block, 00 or 06 in Arabic and Latin text."""
    pairs = head[: len(head) // 2 * 2]
    low, high = pairs[0::2], pairs[1::2]
    for block, order in ((high, "utf-16-le"), (low, "utf-16-be")):
        if len(block) >= 2 and (block.count(0) + block.count(6)) > 0.7 * len(block):
            return None if pairs.count(0) > 0.9 * len(pairs) else order
    return None


def _utf8_problem(head: bytes) -> UnicodeDecodeError | None:
    """Why `head` is not UTF-8; a character that the end of `head` cuts in two is no reason."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError as error:
        return error
    return None


def _arabic_code_page(head: bytes) -> str | None:
    """The code page under which `head` is most plainly Arabic; None where under none it is."""
    best, best_share = None, 0.0
    arabic = _encodings().arabic
    for name in arabic.code_pages:
        try:
            words = _ARABIC_WORD.findall(head.decode(name))
        except UnicodeDecodeError:
            continue
        common = sum(word in arabic.common_words for word in words)
        share = common / len(words) if words else 0.0
        enough = common >= 1 if len(words) < arabic.short_text_words else share >= arabic.least_share
        if enough and share > best_share:
            best, best_share = name, share
    return best


def _other(head: bytes) -> str:
    """Another language's encoding by charset-normalizer, unless the text is UTF-8 with a few bytes broken."""
    problem = _utf8_problem(head)
    read = head.decode("utf-8", "replace")
    foreign = sum(char > "\x7f" for char in read)
    if problem is not None and read.count("\ufffd") * 10 < foreign:
        raise InputError(f"byte {problem.start} is not UTF-8, as the rest is", mend="mend that byte or " + _MEND)
    from charset_normalizer import from_bytes  # noqa: PLC0415  (heavy, and seldom needed)

    match = from_bytes(head[:8192], cp_isolation=list(_encodings().other.code_pages)).best()
    if match is None or any(control in head for control in _CONTROLS):
        raise InputError("binary, or in an encoding that is not known", mend=_MEND)
    return match.encoding

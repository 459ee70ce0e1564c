"""Telegram Desktop's export (`result.json`, of one chat or of all) → Documents: one report a
message.

Source: the export format of Telegram Desktop ("Machine-readable JSON"), whose `date` is the local time of the export.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from sijill.errors import InputError
from sijill.model import Document
from sijill.sources.objects import objects_under
from sijill.sources.record import Defaults, checked, day, shortened
from sijill.sources.rejected import Rejected
from sijill.sources.skipped import Skipped
from sijill.sources.stream import Opened

__all__ = ["looks_like_telegram", "read_telegram"]

_KIND = re.compile(
    rb'"type"\s*:\s*"((?:public|private)_(?:channel|supergroup|group)|personal_chat|bot_chat|saved_messages)"'
)
_MESSAGES = re.compile(rb'"messages"\s*:\s*\[')
_CHATS = re.compile(rb'"(?:chats|left_chats)"\s*:\s*\{')
# Of a message, what is kept beside its text; of photos and files the name is.
_KEPT = (
    "date_unixtime", "edited", "from", "from_id", "author", "forwarded_from", "reply_to_message_id", "media_type",
    "photo", "file", "via_bot", "reply_to_peer_id", "forwarded_from_id",
)  # fmt: skip
_LINKS = frozenset({"link", "text_link"})


class _Chat(msgspec.Struct, frozen=True):
    name: str | None = None
    type: str | None = None
    id: int | None = None


def looks_like_telegram(head: bytes) -> bool:
    """Whether a file that begins with `head` is an export of one chat or of several."""
    if not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return False
    return bool(_KIND.search(head) and _MESSAGES.search(head)) or bool(
        _CHATS.search(head) and (b'"personal_information"' in head or b'"about"' in head or _MESSAGES.search(head))
    )


def read_telegram(opened: Opened, defaults: Defaults) -> Iterator[Document | Rejected]:
    """The report of each message with a text; the others are counted by reason in one line on the log."""
    opened.what, opened.media = "a Telegram export", "application/json"
    skipped = Skipped()
    chat = _Chat()
    number = 0
    found = False
    try:
        for before, source in objects_under(opened.raw(), "messages"):
            chat = _chat(before) or chat
            number += 1
            message = _message(source)
            if isinstance(message, str):
                found = True
                yield Rejected(f"{opened.name}:message {number}", message)
                continue
            opened.give(source, f"message {message.get('id', number)}")
            if message.get("type", "message") != "message":
                skipped.add("service")
            elif not (text := _text(message)).strip():
                skipped.add("without text")
            else:
                found = True
                yield _report(message, text, chat, number, opened, defaults)
    except InputError as error:
        if not number:
            raise
        yield Rejected(f"{opened.name}:message {number + 1}", f"{error.what}; messages from here on are lost")
    skipped.tell(opened.name, "messages")
    if not found:
        raise InputError(f"no message with a text ({skipped})" if number else "an export without messages")


def _chat(before: bytes) -> _Chat | None:
    """The chat whose fields stand before its first message; None where it is still the same chat."""
    if not _MESSAGES.search(before):
        return None
    names = re.findall(rb'"name"\s*:\s*("(?:[^"\\]|\\.)*+")', before)
    kinds = _KIND.findall(before)
    ids = re.findall(rb'"id"\s*:\s*(-?[0-9]{1,19})\b', before)
    try:
        name = msgspec.json.decode(names[-1], type=str) if names else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        name = None
    return _Chat(shortened(name), kinds[-1].decode() if kinds else None, int(ids[-1]) if ids else None)


def _message(source: bytes) -> dict[str, Any] | str:
    """The message, or what is wrong with it."""
    try:
        tree = msgspec.json.decode(source)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"broken JSON: {' '.join(str(error).split())[:120]}"
    return tree if isinstance(tree, dict) else "not a JSON object"


def _text(message: dict[str, Any]) -> str:
    """The text with all its parts: a text, or a list of texts and of marked parts with a text each."""
    given = message.get("text") or message.get("text_entities") or ""
    if isinstance(given, str):
        return given
    if not isinstance(given, list):
        return ""
    parts = (part if isinstance(part, str) else part.get("text") for part in given if isinstance(part, str | dict))
    return "".join(part for part in parts if isinstance(part, str))


def _report(
    message: dict[str, Any], text: str, chat: _Chat, number: int, opened: Opened, defaults: Defaults
) -> Document | Rejected:
    own = message.get("id", number)
    meta: dict[str, Any] = {name: message[name] for name in _KEPT if message.get(name) not in (None, "")}
    if links := _links(message):
        meta["links"] = links
    if chat.type:
        meta["chat_type"] = chat.type
    public = chat.id is not None and (chat.type or "").endswith(("channel", "supergroup"))
    try:
        stamp = message.get("date")
        return checked(
            Document(
                id=f"telegram:{chat.id}:{own}" if chat.id is not None else f"{opened.stem}:{own}",
                text=text,
                published=day(stamp) if isinstance(stamp, str) and stamp else defaults.published,
                url=f"https://t.me/c/{chat.id}/{own}" if public else None,
                outlet=chat.name or defaults.outlet,
                meta={**meta, "sent": stamp} if stamp else meta,
            )
        )
    except InputError as error:
        return Rejected.of(error, f"{opened.name}:message {own}")


def _links(message: dict[str, Any]) -> list[str]:
    """The addresses that the text holds or hides behind words."""
    found: list[str] = []
    for name in ("text_entities", "text"):
        parts = message.get(name)
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict) and part.get("type") in _LINKS:
                address = part.get("href") or part.get("text")
                if isinstance(address, str) and address not in found and len(found) < 200:
                    found.append(address)
    return found

"""Readers for tests of bulk work: quick, and struck down by the words of some documents."""

from __future__ import annotations

import ctypes
import importlib
import os
import time
from typing import Any, BinaryIO

import msgspec

from sijill.model import Claim, ClaimType, Document, Modality, Report, Span
from sijill.run import Engine, Settings

__all__ = ["load", "load_slow", "load_struck_inputs", "load_with_triage"]


class Looked(msgspec.Struct, frozen=True):
    holds: bool
    points: int = 0
    needed: int = 1
    why: tuple[str, ...] = ("word",)


def load(_: Settings) -> Engine:
    return Engine(read)


def load_slow(_: Settings) -> Engine:
    def slowly(document: Document) -> Report:
        time.sleep(0.01)
        return read(document)

    return Engine(slowly)


def load_struck_inputs(_: Settings) -> Engine:
    """Inputs whose opening up kills: lines that say so, and files that are called so."""
    units: Any = importlib.import_module("sijill.run.units")
    record_of, open_file = units.record_of, units.opened

    def struck_line(line: bytes, *rest: Any) -> Any:
        if b"KILLS THE PARSER" in line:
            _exit()
        return record_of(line, *rest)

    def struck_file(path: str) -> BinaryIO:
        if "deadly" in path:
            _exit()
        stream: BinaryIO = open_file(path)
        return stream

    units.record_of, units.opened = struck_line, struck_file
    return Engine(read)


def load_with_triage(_: Settings) -> Engine:
    return Engine(read, lambda document: Looked("quiet" not in document.text))


def read(document: Document) -> Report:
    """A claim where the text says `claim`; poison where it says so."""
    for word, strike in _POISON.items():
        if word in document.text:
            strike()
    claims = (_claim(document),) if "claim" in document.text else ()
    return Report(
        document.id, document.published, document.title, document.url, document.outlet, document.sha256, claims, (),
        "0", "test", document.meta,
    )  # fmt: skip


def _claim(document: Document) -> Claim:
    start = document.text.index("claim")
    span = Span(start, start + 5)
    return Claim(
        "c1", ClaimType.SHELLING, span, "claim", Span(0, len(document.text)), (), None, (), (), (), (),
        Modality.ASSERTED, ("test",),
    )  # fmt: skip


def _segfault() -> None:
    ctypes.string_at(0)


def _loop() -> None:
    while True:
        pass


def _sleep() -> None:
    time.sleep(1_000_000)


def _huge() -> None:
    bytearray(20 * 1024**3)


def _exit() -> None:
    os._exit(3)


def _raise() -> None:
    raise KeyError("a word that breaks the reader")


_POISON = {"SEGFAULT": _segfault, "LOOP": _loop, "HUGE": _huge, "SLEEP": _sleep, "EXIT": _exit, "RAISE": _raise}

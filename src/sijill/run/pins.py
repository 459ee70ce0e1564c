"""What a run's results depend on: code, data and settings. Another pin is another run."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from sijill.data import data_version
from sijill.errors import InputError
from sijill.run.records import Settings

__all__ = ["Pins", "difference", "pins_of"]


class Pins(msgspec.Struct, frozen=True):
    """Versions of the code (and a hash of it), of the data with its overlay, of gazetteers by path; and the settings.

    `parquet` is the version of pyarrow, whose files are the same only for the same version.
    """

    sijill: str
    code: str
    data: str
    places: dict[str, str]
    parquet: str
    settings: Settings


def pins_of(settings: Settings) -> Pins:
    """The pins here and now. Raises InputError for a gazetteer that is none, or that cannot be read."""
    overlay = Path(settings.lexicon) if settings.lexicon else None
    if overlay is not None and not overlay.is_dir():
        raise InputError("no such folder", where=str(overlay))
    return Pins(
        version("sijill"),
        _code(),
        data_version(overlay),
        {path: _digest(path) for path in settings.places},
        version("pyarrow"),
        settings,
    )


def difference(kept: Pins, here: Pins) -> str:
    """What differs, in one line; empty where nothing does."""
    told: list[str] = []
    for name in ("sijill", "code", "data", "parquet"):
        told += _told(name, getattr(kept, name), getattr(here, name))
    for path in sorted({*kept.places, *here.places}):
        told += _told(f"gazetteer {path}", kept.places.get(path, "none"), here.places.get(path, "none"))
    before, now = (msgspec.to_builtins(pins.settings) for pins in (kept, here))
    for name in sorted({*before, *now} - {"places"}):
        told += _told(name, before.get(name), now.get(name))
    return ", ".join(told)


def _told(name: str, kept: Any, here: Any) -> list[str]:
    if kept == here:
        return []
    old, new = (str(value) if len(str(value)) < 80 else f"{str(value)[:79]}…" for value in (kept, here))
    return [f"{name} {old} there, {new} here"]


def _digest(path: str) -> str:
    from sijill.places.store import open_gazetteer  # noqa: PLC0415  (SQLite only where a file is given)

    return open_gazetteer(Path(path)).digest


@lru_cache(maxsize=1)
def _code() -> str:
    """A short hash over the program."""
    digest = hashlib.sha256()
    for name, content in sorted(_walk(resources.files("sijill"), "")):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]


def _walk(folder: Any, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.name.endswith(".py"):
            found.append((prefix + entry.name, entry.read_bytes()))
        elif entry.name != "data" and not entry.name.startswith(("_", ".")) and entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
    return found

"""The linguistic and coding knowledge of Sijill, and the one way to load it.

Every file is TOML (or CSV above 500 rows), opens with a `[meta]` table, and is decoded into typed records that refuse
unknown keys. A user's folder overlays entries by their `id`, file by file. `data_version` hashes all of it. The parsed
files are kept between runs (see `sijill.cache`).
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import tomllib
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from sijill import cache
from sijill.errors import ResourceError

__all__ = ["Meta", "data_version", "load", "read_bytes"]

T = TypeVar("T", bound=msgspec.Struct)


class Meta(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a data file says of itself."""

    id: str
    version: str
    licence: str
    source: str


def read_bytes(name: str) -> bytes:
    """The bytes of data file `name`, a path below this package such as `lexicon/ar/function_words.toml`."""
    try:
        return resources.files(__package__).joinpath(name).read_bytes()
    except OSError as error:
        raise ResourceError("the data file is missing; install Sijill again", file=name) from error


def load(name: str, kind: type[T], overlay: Path | None = None) -> T:
    """Data file `name` decoded into `kind`, with the entries of `overlay / name` laid over it by id.

    Raises ResourceError naming the file and the key where the file is not valid TOML or not of that kind.
    """
    tree, where = msgspec.msgpack.decode(_shipped(name)), name
    if overlay is not None and (extra := overlay / name).is_file():
        where = str(extra)
        _overlay(tree, _parse(extra.read_bytes(), where))
    else:
        with contextlib.suppress(msgspec.ValidationError):  # told below, with the entry
            return msgspec.msgpack.decode(_shipped(name), type=kind)
    try:
        return msgspec.convert(tree, kind)
    except msgspec.ValidationError as error:
        raise ResourceError(str(error), file=where, key=_entry_id(tree, str(error))) from error


@lru_cache(maxsize=256)
def _shipped(name: str) -> bytes:
    """The tree of a shipped file as MessagePack, which is decoded many times faster than TOML."""
    known = _compiled().get(name) if cache.folder() is not None else None
    return msgspec.msgpack.encode(_parse(read_bytes(name), name)) if known is None else known


@lru_cache(maxsize=1)
def _compiled() -> dict[str, bytes]:
    """The trees of all shipped files, by name, as they are kept between runs; not of those that are no TOML."""

    def compiled() -> bytes:
        trees: dict[str, bytes] = {}
        for name, content in _walk(resources.files(__package__), ""):
            if name.endswith(".toml"):
                with contextlib.suppress(ResourceError):  # told when the file is asked for
                    trees[name] = msgspec.msgpack.encode(_parse(content, name))
        return msgspec.msgpack.encode(trees)

    return msgspec.msgpack.decode(cache.kept("data", cache.key_of(data_version()), compiled), type=dict[str, bytes])


def _entry_id(tree: dict[str, Any], message: str) -> str:
    """The id of the entry that msgspec's message points at (`$.trigger[33]`); '' where it points at none."""
    at = re.search(r"`\$\.(\w+)\[(\d+)\]", message)
    entry = tree[at[1]][int(at[2])] if at else None
    return str(entry.get("id", "")) if isinstance(entry, dict) else ""


def data_version(overlay: Path | None = None) -> str:
    """A short hash over all data files and the overlay: equal versions read equally."""
    return _version(overlay) if overlay is not None else _shipped_version()


@lru_cache(maxsize=1)
def _shipped_version() -> str:
    return _version(None)  # asked for by each that keeps something; the files of a running program stay as they are


def _version(overlay: Path | None) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(_walk(resources.files(__package__), "")):
        digest.update(name.encode() + b"\0" + content + b"\0")
    if overlay is not None:
        for path in sorted(overlay.rglob("*.toml")):
            digest.update(path.relative_to(overlay).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _walk(folder: Any, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".toml", ".csv")):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found


def _parse(content: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ResourceError(str(error), file=name) from error


def _overlay(base: dict[str, Any], extra: dict[str, Any]) -> None:
    """Lay `extra` over `base`: tables by key, arrays of tables by `id`, anything else replaced."""
    for key, value in extra.items():
        old = base.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            _overlay(old, value)
        elif _is_entries(value) and isinstance(old, list):
            merged = {entry["id"]: entry for entry in [*old, *value]}
            base[key] = list(merged.values())
        else:
            base[key] = value


def _is_entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, dict) and "id" in v for v in value)

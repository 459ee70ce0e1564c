"""A full export read back: the entries that it was made from, so that it exports again byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from sijill.errors import InputError
from sijill.export.back.lines import read_lines
from sijill.export.back.tables import read_tables
from sijill.export.build import MANIFEST, Manifest
from sijill.export.entry import Entry
from sijill.export.folder import hash_of

__all__ = ["is_export", "read_export"]

_READERS = {"jsonl": read_lines, "csv": read_tables}


def is_export(folder: Path) -> bool:
    """Whether a folder is one that an export made."""
    return (folder / MANIFEST).is_file()


def read_export(folder: Path) -> Iterator[Entry]:
    """The entries of a full export (`csv`, `jsonl`), in their order.

    Raises InputError where the folder is no full export, or a file is not the one that the manifest tells of.
    """
    manifest = _manifest(folder)
    reader = _READERS.get(manifest.profile)
    if reader is None or not manifest.full:
        mend = f"only {' and '.join(sorted(_READERS))} without filter or fields read back"
        raise InputError(f"the export '{manifest.profile}' left things out", where=str(folder), mend=mend)
    for file in manifest.files:
        path = folder / file.path
        if Path(file.path).name != file.path or not path.is_file():
            raise InputError("a file of the manifest is missing", where=str(path))
        if hash_of(path) != (file.bytes, file.sha256):
            raise InputError("not the file that the manifest tells of: it was changed", where=str(path))
    try:
        yield from reader(folder)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, KeyError) as error:
        raise InputError(f"a row that is none ({error})", where=str(folder)) from error


def _manifest(folder: Path) -> Manifest:
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (msgspec.DecodeError, OSError) as error:
        raise InputError(f"no manifest of an export ({error})", where=str(folder / MANIFEST)) from error

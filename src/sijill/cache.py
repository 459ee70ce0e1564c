"""What was compiled once, kept between runs: derived bytes in the user's cache folder.

The folder is `$SIJILL_CACHE_DIR`, else `$XDG_CACHE_HOME/sijill`, else `~/.cache/sijill`; an empty `SIJILL_CACHE_DIR`
turns keeping off. A file is named by what it was made from (`key_of`), so that other data, another version or another
Python make another file. Writers write under a name of their own and rename: any number of processes may start at once.
A file that is not whole (its digest is wrong) is made again. Where the folder cannot be written nothing is kept, and
that is no error.

Nothing of it is executed: contents are plain words, numbers and MessagePack, decoded into typed records, never
unpickled. Who can write the folder can change how words are read, as who can write the data files can; nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from sijill.version import VERSION

__all__ = ["VARIABLE", "folder", "kept", "key_of"]

VARIABLE = "SIJILL_CACHE_DIR"
_MAGIC = b"sijill-cache-1\n"
_DIGEST = 32
_DAY_S = 86_400
_MOST = 8  # files of one kind: those of older data and versions go
_CODE = ("*.py", "*/*.py", "*/*/*.py")


def folder() -> Path | None:
    """Where compiled data is kept; None where it is not."""
    told = os.environ.get(VARIABLE)
    if told is not None:
        return Path(told) if told else None
    base = os.environ.get("XDG_CACHE_HOME")
    if base and os.path.isabs(base):  # noqa: PTH117  (the specification asks for an absolute path, else the default)
        return Path(base) / "sijill"
    try:
        return Path.home() / ".cache" / "sijill"
    except RuntimeError:  # nobody's home
        return None


def key_of(*parts: str, derived: bool = False) -> str:
    """The key of what is made from `parts` by this version of the program on this Python.

    `derived`: by rules of the program, so that another state of its files makes another key.
    """
    return _hash([VERSION, sys.version, sys.byteorder, _code() if derived else "", *parts])


def kept(kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """What `make` gives: as it was kept under `kind` and `key`, else made now, and kept for the next run."""
    home = folder()
    if home is None:
        return make()
    file = home / f"{kind}-{key}.bin"
    content = _read(file)
    if content is None:
        content = make()
        _write(file, content)
        _sweep(home, kind)
    return content


def _read(file: Path) -> bytes | None:
    """The content of a file; None where there is none, or it is not whole."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + _DIGEST
    content = raw[start:]
    whole = raw.startswith(_MAGIC) and hashlib.sha256(content).digest() == raw[len(_MAGIC) : start]
    return content if whole else None


def _write(file: Path, content: bytes) -> None:
    """Keep `content`: all of it under the file's name at once, or nothing."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.stem}-", dir=file.parent)
        own = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_MAGIC + hashlib.sha256(content).digest() + content)
            own.replace(file)
        except OSError:
            own.unlink(missing_ok=True)


def _sweep(home: Path, kind: str) -> None:
    """Take away what older data and versions left, the newest of it aside, and what writers left that were killed."""
    with contextlib.suppress(OSError):
        files = sorted(home.glob(f"{kind}-*.bin"), key=_written, reverse=True)
        newest = _written(files[0]) if files else 0.0  # another process may have taken them away
        left = [file for file in home.glob(f".{kind}-*") if _written(file) < newest - _DAY_S]
        for file in (*files[_MOST:], *left):
            file.unlink(missing_ok=True)


def _written(file: Path) -> float:
    return file.stat().st_mtime


@lru_cache(maxsize=1)
def _code() -> str:
    """What the program's files look like: a change of code makes other keys, though the version is the same."""
    home = Path(__file__).parent
    files = sorted(file for pattern in _CODE for file in home.glob(pattern))
    return _hash(
        f"{file.relative_to(home).as_posix()} {(at := file.stat()).st_size} {at.st_mtime_ns}" for file in files
    )


def _hash(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:24]

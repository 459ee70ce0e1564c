"""Where results go: standard output, or a file that is whole or not there at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

__all__ = ["opened"]

# As the shell reports a program that the end of its pipe has stopped.
_GONE = 141


@contextmanager
def opened(path: str | None) -> Iterator[IO[str]]:
    """A text stream (UTF-8) to `path`, or to standard output for None and `-`.

    A file is written under a temporary name beside it and renamed at the end, so that a stopped run leaves the old
    file as it was. Raises a usage error where the folder does not exist.
    """
    if path is None or path == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read our output has gone; Python would complain again when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(_GONE) from None
        return
    target = Path(path)
    if target.is_dir() or not target.parent.is_dir():
        raise click.UsageError(f"cannot write '{path}': {'it is a folder' if target.is_dir() else 'no such folder'}")
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files that only their owner may read; results get the usual rights.
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

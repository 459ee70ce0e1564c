"""Packages that only some inputs need: fetched when one comes, and told of in one line where they are not there."""

from __future__ import annotations

import importlib
from typing import Any

from sijill.errors import InputError

__all__ = ["package"]


def package(name: str, extra: str) -> Any:
    """The module `name`. Raises InputError that says what to install where it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        missing = name.partition(".")[0]
        raise InputError(
            f"reading this needs the package {missing}", mend=f"python -m pip install 'sijill[{extra}]'"
        ) from error

"""The version of Sijill: it stands in every record."""

from __future__ import annotations

__all__ = ["VERSION"]

VERSION = "0.1.0"

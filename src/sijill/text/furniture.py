"""What is no part of the report: marked with a reason, and not read."""

from __future__ import annotations

from sijill.model import Furniture
from sijill.text.folding import Clean

__all__ = ["furniture_of"]


def furniture_of(clean: Clean) -> tuple[Furniture, ...]:
    """The stretches of the cleaned text that are page furniture, in text order (offsets as given)."""
    return ()

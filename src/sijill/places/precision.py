"""How sure a point is, in the codes of other schemes: what exports write.

Source: UCDP Georeferenced Event Dataset codebook 24.1 (`where_prec`) and ACLED codebook 2023 (`geo_precision`); the
table is `[[precision]]` of `data/rules/places.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sijill.places.rules import PrecisionRow, ResolverRules

__all__ = ["PrecisionRow", "load_precisions"]


def load_precisions(overlay: Path | None = None) -> Mapping[str, PrecisionRow]:
    """The classes of `Place.precision` by id, each with its codes. Raises ResourceError where the data is wrong."""
    return ResolverRules(overlay).precisions

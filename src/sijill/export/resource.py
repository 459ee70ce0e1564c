"""What a format says of each file that it wrote, for the description of the package."""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.export.profile import Table

__all__ = ["Resource"]


class Resource(msgspec.Struct, frozen=True):
    """A data file. `table` is set where it is itself a table; `told` are tables whose columns stand in it
    in another way (sheets, properties), for the codebook. `more` is laid over the description.
    """

    name: str
    path: str
    format: str
    mediatype: str
    title: str
    rows: int
    table: Table | None = None
    told: tuple[Table, ...] = ()
    more: dict[str, Any] = {}

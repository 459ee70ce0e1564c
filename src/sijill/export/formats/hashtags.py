"""CSV with a row of HXL hashtags below the names of the columns.

Source: Humanitarian Exchange Language (HXL) standard 1.1: hashtags stand in the first rows, before the data.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sijill.export.context import Context
from sijill.export.entry import Entry
from sijill.export.folder import Folder
from sijill.export.formats.delimited import tables_of
from sijill.export.resource import Resource

__all__ = ["write"]


def write(folder: Folder, entries: Iterable[Entry], context: Context) -> tuple[Resource, ...]:
    """The first table with its hashtags; further tables as plain CSV."""
    tags = [column.tag or "" for column in context.profile.tables[0].columns]
    first, *others = tables_of(folder, entries, context, below=tags)
    # The row of hashtags is no row of data: readers of the package pass it over.
    more = {"dialect": {"header": True, "headerRows": [1], "commentRows": [2]}}
    return msgspec.structs.replace(first, more=more), *others

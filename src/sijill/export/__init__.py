"""Claims → files that others can use: one folder an export, with data, description, codebook and manifest.

`export(profile, entries, folder, order)` writes one; `read_entries` gives the entries of what `sijill read` wrote, and
`entry_of` that of one report. Whatever else keeps claims hands them over as an iterator of `Entry`.
"""

from __future__ import annotations

from sijill.export.build import MANIFEST, Manifest, Order, export
from sijill.export.context import Loaded
from sijill.export.entry import STATES, Entry, Held, entry_of, read_entries
from sijill.export.profile import Profile, load_profile, profile_names
from sijill.export.selection import Selection

__all__ = [
    "MANIFEST",
    "STATES",
    "Entry",
    "Held",
    "Loaded",
    "Manifest",
    "Order",
    "Profile",
    "Selection",
    "entry_of",
    "export",
    "load_profile",
    "profile_names",
    "read_entries",
]

"""Files → Documents: texts, web pages and archives, JSON lines, tables, feeds, chats, office files, folders, stdin.

`read_inputs(paths)` gives a `Document` for each report and a `Rejected` for each input that cannot be one, in the
order of the inputs; nothing is left out without a word. `read_originals` gives each with its original bytes.
"""

from __future__ import annotations

from sijill.sources.columns import Mapping, load_mapping, save_mapping
from sijill.sources.given import Given, Original
from sijill.sources.inputs import Seen, read_inputs, read_originals
from sijill.sources.rejected import Rejected

__all__ = [
    "Given",
    "Mapping",
    "Original",
    "Rejected",
    "Seen",
    "load_mapping",
    "read_inputs",
    "read_originals",
    "save_mapping",
]

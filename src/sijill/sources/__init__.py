"""Files → Documents: text, web pages, JSON lines, tables, folders and standard input.

`read_inputs(paths)` gives a `Document` for each report and a `Rejected` for each input that cannot be one, in the
order of the inputs; nothing is left out without a word. `read_originals` gives each with its original bytes.
"""

from __future__ import annotations

from sijill.sources.given import Given, Original
from sijill.sources.inputs import read_inputs, read_originals
from sijill.sources.rejected import Rejected

__all__ = ["Given", "Original", "Rejected", "read_inputs", "read_originals"]

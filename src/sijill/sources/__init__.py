"""Files → Documents: text, web pages, JSON lines, tables, folders and standard input.

`read_inputs(paths)` gives a `Document` for each report and a `Rejected` for each input that cannot be one, in the
order of the inputs; nothing is left out without a word.
"""

from __future__ import annotations

from sijill.sources.inputs import read_inputs
from sijill.sources.rejected import Rejected

__all__ = ["Rejected", "read_inputs"]

"""The case file: a record that can be kept, trusted and handed on.

`CaseFile.create` and `CaseFile.open` give a case in a SQLite file or a PostgreSQL database: originals with their
hashes, texts, readings, claims, people's decisions, and a chain that every change is an entry of.
"""

from __future__ import annotations

from sijill.casefile.case import CaseFile
from sijill.casefile.problems import Problem
from sijill.casefile.readings import Reread
from sijill.casefile.records import Decision, DocumentRow, Outcome, Reading, State, StoredClaim, Tally
from sijill.casefile.store import Batch

__all__ = [
    "Batch",
    "CaseFile",
    "Decision",
    "DocumentRow",
    "Outcome",
    "Problem",
    "Reading",
    "Reread",
    "State",
    "StoredClaim",
    "Tally",
]

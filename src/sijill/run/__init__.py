"""Bulk work: from files to a folder of tables, on one core or on a cluster, nothing lost and nothing twice.

`start(inputs, out)` plans the work; `Started.work(runner)` does it. A shard is the unit of work: `plan` cuts inputs
into shards, `work.run_shard` does one. The runners are in `runners/`.

Names are fetched when they are first used: a child that only reads needs few of them, and starts the sooner.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sijill.run.driver import Part, Started, start
    from sijill.run.engine import Engine
    from sijill.run.folder import Folder
    from sijill.run.planning import plan
    from sijill.run.records import Done, Limits, Settings, Shard
    from sijill.run.supervisor import do_shard

__all__ = ["Done", "Engine", "Folder", "Limits", "Part", "Settings", "Shard", "Started", "do_shard", "plan", "start"]

_HOMES = {
    "driver": ("Part", "Started", "start"),
    "engine": ("Engine",),
    "folder": ("Folder",),
    "planning": ("plan",),
    "records": ("Done", "Limits", "Settings", "Shard"),
    "supervisor": ("do_shard",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'sijill.run' has no attribute '{name}'")
    return getattr(importlib.import_module(f"sijill.run.{_HOME[name]}"), name)

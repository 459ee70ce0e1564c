"""Bulk work: from files to a folder of tables, on one core or on a cluster, nothing lost and nothing twice.

`start(inputs, out)` plans the work; `Started.work(runner)` does it. A shard is the unit of work: `plan` cuts inputs
into shards, `work.run_shard` does one. The runners are in `runners/`.
"""

from __future__ import annotations

from sijill.run.driver import Part, Started, start
from sijill.run.engine import Engine
from sijill.run.folder import Folder
from sijill.run.plan import plan
from sijill.run.records import Done, Limits, Settings, Shard
from sijill.run.supervisor import do_shard

__all__ = ["Done", "Engine", "Folder", "Limits", "Part", "Settings", "Shard", "Started", "do_shard", "plan", "start"]

"""Who does the shards: this process (`serial`), processes of this machine (`processes`), a cluster (`ray`).

A runner takes the shards and the job, and yields each marker as it comes, in any order. It raises RunError where it
cannot go on; what is done by then is whole. `told` is called with a shard's number and how far it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sijill.run.records import Done, Shard
from sijill.run.work import Job

__all__ = ["Runner", "Told"]

Told = Callable[[int, int], None]
Runner = Callable[[Sequence[Shard], Job, Told], Iterator[Done]]

"""All shards one after the other in this process: for small work, for debugging, and as what others are compared with.

A document that takes the process down takes all of it down; run again, the shard is read document by document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sijill.run.records import Done, Shard
from sijill.run.runners import Told
from sijill.run.work import Job, needed, run_shard

__all__ = ["run_serial"]


def run_serial(shards: Sequence[Shard], job: Job, told: Told) -> Iterator[Done]:
    """The markers, in the order of the shards."""
    tools = needed(job)
    for shard in shards:

        def beat(documents: int, number: int = shard.n) -> None:
            told(number, documents)

        yield run_shard(shard, job, tools, beat, lambda *_: None)

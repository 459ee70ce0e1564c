"""A driver in a process of its own, to be killed: `python -m tests.run.driving INPUT OUT WORKERS`."""

from __future__ import annotations

import sys

import msgspec

from sijill.run import start
from sijill.run.runners.processes import Crew
from tests.run.samples import LIMITS, QUICK


def main(given: str, out: str, workers: str) -> None:
    """Runs with a slow reader to the end, if nobody ends it before."""
    settings = msgspec.structs.replace(QUICK, reader="tests.run.readers:load_slow")
    for _ in start([given], out, settings, limits=LIMITS, shard_bytes=1_000).work(Crew(int(workers))):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])

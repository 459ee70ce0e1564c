"""How far a run is, from the markers of its shards: anywhere, also while other machines are at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import msgspec

from sijill.run.folder import Folder
from sijill.run.records import Done

__all__ = ["Status", "status_of", "summed"]


class Status(msgspec.Struct, frozen=True):
    """Sums over the shards that are done. `documents` = `read` + `turned_away` + `rejected`.

    `begun` shards are being done, or were left behind by processes that died. `a_second` are documents by the clock,
    since the first shard was begun; `left_s` seconds are left at that pace (None where nothing tells it). `cpu_s` is
    the CPU seconds of all processes, `peak_mb` the most memory that one of them had.
    """

    shards: int
    done: int
    begun: int
    guarded: int
    documents: int
    read: int
    turned_away: int
    rejected: int
    reasons: dict[str, int]
    claims: int
    characters: int
    cpu_s: float
    peak_mb: int
    a_second: float
    left_s: float | None


def status_of(folder: Folder) -> Status:
    """How far the run of a folder is."""
    done = folder.done()
    begun = {entry.name.partition("-")[0] for entry in (folder.path / "attempts").iterdir() if entry.is_dir()}
    return summed(folder.markers(), folder.manifest.shards, begun=len(begun - done))


def summed(markers: Iterable[Done], shards: int, *, begun: int = 0) -> Status:
    """The sums over markers, of `shards` shards in all."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    cpu_s, peak_mb = 0.0, 0
    first, last = "", ""
    for marker in markers:
        counts["done"] += 1
        counts["guarded"] += marker.guarded
        for name in ("documents", "read", "turned_away", "claims", "characters"):
            counts[name] += getattr(marker, name)
        reasons.update(marker.rejected)
        cpu_s += marker.cpu_s
        peak_mb = max(peak_mb, marker.peak_mb)
        first = min(first or marker.started, marker.started)
        last = max(last, marker.finished)
    seconds = (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds() if first else 0.0
    pace = counts["done"] / seconds if seconds else 0.0
    return Status(
        shards,
        counts["done"],
        begun,
        counts["guarded"],
        counts["documents"],
        counts["read"],
        counts["turned_away"],
        reasons.total(),
        dict(reasons.most_common()),
        counts["claims"],
        counts["characters"],
        round(cpu_s, 3),
        peak_mb,
        round(counts["documents"] / seconds, 1) if seconds else 0.0,
        round((shards - counts["done"]) / pace, 0) if pace else None,
    )

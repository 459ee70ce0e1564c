"""How far a run is, from the markers of its shards: anywhere, also while other machines are at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import msgspec

from sijill.run.folder import Folder
from sijill.run.records import Done

__all__ = ["Status", "status_of", "summed"]

_RECENT_S = 600.0


class Status(msgspec.Struct, frozen=True):
    """Sums over the shards that are done. `documents` = `read` + `turned_away` + `rejected`.

    `begun` shards are being done, or were left behind by processes that died. `a_second` is documents by the clock over
    the last ten minutes in which a shard was done, `left_s` the seconds that are left at that pace (None where nothing
    tells it). `cpu_s` is the CPU seconds of all processes, `peak_mb` the most memory that one of them had.
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
    return summed(folder.markers(), folder.manifest.shards, begun=len(folder.begun()))


def summed(markers: Iterable[Done], shards: int, *, begun: int = 0) -> Status:
    """The sums over markers, of `shards` shards in all."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    cpu_s, peak_mb = 0.0, 0
    times: list[tuple[float, float, int]] = []
    for marker in markers:
        counts["done"] += 1
        counts["guarded"] += marker.guarded
        for name in ("documents", "read", "turned_away", "claims", "characters"):
            counts[name] += getattr(marker, name)
        reasons.update(marker.rejected)
        cpu_s += marker.cpu_s
        peak_mb = max(peak_mb, marker.peak_mb)
        times.append((_seconds(marker.finished), _seconds(marker.started), marker.documents))
    pace, a_second = _pace(times)
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
        round(a_second, 1),
        round((shards - counts["done"]) / pace, 0) if pace else None,
    )


def _pace(times: list[tuple[float, float, int]]) -> tuple[float, float]:
    """Shards and documents a second, from when each was finished and started. A pause before is not counted."""
    if not times:
        return 0.0, 0.0
    last = max(times)[0]
    recent = [time for time in times if time[0] > last - _RECENT_S]
    begun = max(last - _RECENT_S, min(started for _, started, _ in recent))
    seconds = max(1.0, last - begun)
    return len(recent) / seconds, sum(documents for _, _, documents in recent) / seconds


def _seconds(time: str) -> float:
    return datetime.fromisoformat(time).timestamp()

"""What a process may take and has taken, as far as the system tells: nothing is limited where it cannot be."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

__all__ = ["arm", "confine", "cpu_s", "disarm", "peak_mb"]


def confine(memory_mb: int) -> None:
    """From now on this process gets at most `memory_mb` MB more than it has; asking for more is a MemoryError.

    A process that dies leaves no core file: one of some gigabytes would fill the disk.
    """
    if resource is None:
        return
    with suppress(OSError, ValueError):
        has = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (has + memory_mb * 1024 * 1024, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.RLIM_INFINITY))


def arm(time_s: int) -> None:
    """From now on this process has `time_s` CPU seconds, to the next full one; then the system ends it (SIGXCPU)."""
    if resource is not None:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + time_s, resource.RLIM_INFINITY))


def disarm() -> None:
    """From now on this process has all the time that there is."""
    if resource is not None:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def cpu_s() -> float:
    """CPU seconds of this process and of its children that have ended."""
    if resource is None:
        return time.process_time()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak_mb() -> int:
    """The most memory (MB) that this process had, or one of its children that have ended."""
    if resource is None:
        return 0
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)

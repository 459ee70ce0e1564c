"""`run_shard`: one shard from its inputs to its folder. It may be done twice; it is there once."""

from __future__ import annotations

import errno
import gc
import logging
import re
import shutil
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from sijill.errors import RunError
from sijill.run.engine import Engine
from sijill.run.engine import engine as load_engine
from sijill.run.files import is_same
from sijill.run.folder import Folder
from sijill.run.guard import guarded
from sijill.run.limits import cpu_s, peak_mb
from sijill.run.pins import pins_of
from sijill.run.reading import At, Reading
from sijill.run.records import Done, Limits, Outcome, Settings, Shard, at_most
from sijill.run.remote import UnreachableError
from sijill.run.tables import Form, Tables

__all__ = ["Beat", "Job", "Needed", "needed", "run_shard"]

# Called with how many documents of the shard are dealt with.
Beat = Callable[[int], None]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_TOLD = 50
_QUOTED, _NUMBER = re.compile("'[^']*'"), re.compile(r"(?<![\d,])\d{3,}")
PAUSES_S = (1.0, 5.0, 25.0)  # between attempts at an input that cannot be reached


class Job(msgspec.Struct, frozen=True):
    """What every shard of a run shares."""

    out: str
    settings: Settings
    limits: Limits


class Needed(msgspec.Struct, frozen=True):
    """What a process that does shards has loaded: the folder, the maker of rows, and how to get the engine."""

    folder: Folder
    form: Form
    engine: Callable[[], Engine]


def run_shard(shard: Shard, job: Job, needed: Needed, beat: Beat, at: At) -> Done:
    """Does a shard, unless it is done; its marker.

    Where an earlier attempt was left behind, its documents are read by a child that may die of one of them (`guarded`).
    Raises RunError where an input is not the one that was planned, or cannot be reached again and again, where the disk
    is full or nothing can be written.
    """
    for pause_s in PAUSES_S:
        try:
            return _try(shard, job, needed, beat, at)
        except UnreachableError:
            time.sleep(pause_s)
    return _try(shard, job, needed, beat, at)


def _try(shard: Shard, job: Job, needed: Needed, beat: Beat, at: At) -> Done:
    folder = needed.folder
    if folder.is_done(shard):
        return folder.marker(shard.name)
    _check_inputs(shard)
    again = bool(folder.attempts(shard))
    try:
        attempt = folder.begin(shard)
        try:
            return _attempt(shard, job, needed, attempt, beat, at, again=again)
        except MemoryError:
            raise  # left behind, as by a process that died of a document
        except BaseException:
            shutil.rmtree(attempt, ignore_errors=True)
            raise
    except BrokenPipeError:  # whom `beat` tells has gone
        raise
    except OSError as error:
        if folder.is_done(shard):  # somebody else was quicker, and has cleared up
            return folder.marker(shard.name)
        if error.errno in _FULL:
            raise RunError(
                f"{folder.path}: the disk is full; what is done is whole: make room, and run the same command again"
            ) from error
        raise RunError(f"{folder.path}: shard {shard.n} cannot be written: {error.strerror or error}") from error


def _check_inputs(shard: Shard) -> None:
    for piece in shard.pieces:
        if not is_same(piece):
            raise RunError(f"{piece.path}: has changed or gone since the run was planned; give another -o")


def _attempt(shard: Shard, job: Job, needed: Needed, attempt: Path, beat: Beat, at: At, *, again: bool) -> Done:
    engine = None if again else needed.engine()  # loading is not the shard's cost
    started, clock, cpu = _now(), time.monotonic(), cpu_s()
    rejected: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with _told() as told, Tables(attempt, shard.n, needed.form) as tables:
        found: Iterator[Outcome]
        if engine is None:
            found = guarded(shard, job.settings, job.limits, lambda: beat(counts["documents"]))
        else:
            found = Reading(job.settings, engine, at).outcomes(shard)
        for outcome in found:
            counts["documents"] += 1
            counts[outcome.kind] += 1
            counts["characters"] += outcome.characters
            counts["claims"] += tables.add(outcome)
            if outcome.kind == "rejected":
                rejected[_reason(outcome)] += 1
            beat(counts["documents"])
        _check_inputs(shard)  # what changed while it was read would be a mixture
        files = tables.finish()
    marker = Done(
        shard=shard.n,
        documents=counts["documents"],
        read=counts["read"],
        turned_away=counts["turned away"],
        rejected=dict(sorted(rejected.items())),
        claims=counts["claims"],
        characters=counts["characters"],
        guarded=again,
        cpu_s=round(cpu_s() - cpu, 3),
        wall_s=round(time.monotonic() - clock, 3),
        peak_mb=peak_mb(),
        started=started,
        finished=_now(),
        host=socket.gethostname(),
        files=files,
        told=tuple(told),
    )
    return needed.folder.publish(shard, attempt, marker)


def _reason(outcome: Outcome) -> str:
    """The reason without what stands only for one document, to be counted by."""
    return at_most(_NUMBER.sub("#", _QUOTED.sub("'…'", outcome.reason)), 100)


@contextmanager
def _told() -> Iterator[list[str]]:
    """What the inputs' readers say on the log is noted down with the shard, not printed by each of many processes."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if len(lines) < _TOLD:
                lines.append(at_most(record.getMessage()))

    log, handler = logging.getLogger("sijill.sources"), Kept()
    passed = log.propagate
    log.addHandler(handler)
    log.propagate = False
    try:
        yield lines
    finally:
        log.removeHandler(handler)
        log.propagate = passed


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def needed(job: Job) -> Needed:
    """What this process needs for the shards of a job; the engine is loaded when it is first asked for.

    Raises RunError where the folder was made by other code or data than are here, as on a machine of a cluster that has
    another version.
    """
    folder = Folder.open(Path(job.out))
    folder.check(pins_of(job.settings))
    overlay = Path(job.settings.lexicon) if job.settings.lexicon else None
    loaded: list[Engine] = []

    def made() -> Engine:
        if not loaded:
            loaded.append(load_engine(job.settings))
            # What is loaded now stays to the end: nothing of it need be looked through for what could be let go.
            gc.collect()
            gc.freeze()
        return loaded[0]

    return Needed(folder, Form(overlay), made)

"""The output folder: what it was made by, which shards are done, and how a shard's results get there whole.

    manifest.json          pins and inputs, written once, by whoever comes first
    plan-HASH.jsonl        the shards
    shards/0000012/        a shard's tables and its marker `done.json`; the folder is there when all of it is
    attempts/0000012-…/    what is being written, or was left behind by a process that died

A shard's folder comes into being by one rename. Two processes that do the same shard write the same; the later one
finds the folder there and throws its own away. So every shard is done at least once, and is there exactly once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from sijill.errors import RunError
from sijill.run.pins import Pins, difference
from sijill.run.planning import digest_of
from sijill.run.records import Done, Shard

__all__ = ["Folder", "Manifest", "sha256_of"]

_MANIFEST = "manifest.json"
_DONE = "done.json"
_KIND = "sijill run"
_STEP = 1024 * 1024


class Manifest(msgspec.Struct, frozen=True):
    """What a folder was made by. `plan` is the hash of the plan, `shards` how many there are."""

    kind: str
    pins: Pins
    inputs: tuple[str, ...]
    plan: str
    shards: int


class Folder:
    """The output folder of a run. `create` makes it or finds that it is the same run's; `open` reads one."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path, self.manifest = path, manifest

    @classmethod
    def create(cls, path: Path, pins: Pins, inputs: Sequence[str], shards: Sequence[Shard]) -> Folder:
        """The folder of this run, new or begun. Raises RunError where it is another's or cannot be written."""
        manifest = Manifest(_KIND, pins, tuple(inputs), digest_of(shards), len(shards))
        try:
            if not (path / _MANIFEST).exists():
                if path.exists() and not all(_is_ours(entry.name) for entry in path.iterdir()):
                    raise RunError(f"{path}: not empty, and not the folder of a run; give another -o")
                _make_rooms(path)
                _write(path / _plan_name(manifest), b"".join(msgspec.json.encode(shard) + b"\n" for shard in shards))
                _write_first(path / _MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
            _make_rooms(path)
        except OSError as error:
            raise RunError(f"{path}: cannot be written: {error.strerror or error}") from error
        folder = cls.open(path)
        folder.check(pins)
        if folder.manifest.inputs != manifest.inputs:
            raise RunError(f"{path}: made from other inputs ({_listed(folder.manifest.inputs)}); give another -o")
        if folder.manifest.plan != manifest.plan:
            changed = folder.changed(shards)
            raise RunError(f"{path}: made from the same inputs as they were before: {changed}; give another -o")
        return folder

    @classmethod
    def open(cls, path: Path) -> Folder:
        """The folder of a run. Raises RunError where it is none, or one of another version's form."""
        try:
            content = (path / _MANIFEST).read_bytes()
            return cls(path, msgspec.json.decode(content, type=Manifest))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise RunError(f"{path}: not the folder of a run (it has no {_MANIFEST})") from error
        except OSError as error:
            raise RunError(f"{path}: cannot be read: {error.strerror or error}") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RunError(f"{path}: {_MANIFEST} is damaged, or another version's: {error}") from error

    @staticmethod
    def is_one(path: Path) -> bool:
        """Whether the folder is that of a run, of this version's or another's."""
        try:
            tree = msgspec.json.decode((path / _MANIFEST).read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return False
        return isinstance(tree, dict) and tree.get("kind") == _KIND

    def check(self, pins: Pins) -> None:
        """Raises RunError, one line that says what differs, where the folder is pinned to something else."""
        if told := difference(self.manifest.pins, pins):
            raise RunError(f"{self.path}: made by another run ({told}); give another -o, or what it was made by")

    def shards(self) -> tuple[Shard, ...]:
        """The plan. Raises RunError where it is damaged."""
        try:
            lines = (self.path / _plan_name(self.manifest)).read_bytes().splitlines()
            shards = tuple(msgspec.json.decode(line, type=Shard) for line in lines)
        except (OSError, msgspec.DecodeError) as error:
            raise RunError(f"{self.path}: the plan cannot be read: {error}") from error
        if digest_of(shards) != self.manifest.plan:
            raise RunError(f"{self.path}: the plan is not the one that the manifest names")
        return shards

    def changed(self, shards: Sequence[Shard]) -> str:
        """The first thing in which the plan differs from `shards`."""
        before, now = ({piece.path: (piece.size, piece.stamp) for shard in plan for piece in shard.pieces} for plan in (
            self.shards(), shards,
        ))  # fmt: skip
        for path in sorted({*before, *now}):
            if before.get(path) != now.get(path):
                return f"{path} {'is new' if path not in before else 'is gone' if path not in now else 'has changed'}"
        return "they are cut into other shards"

    # --- shards ---

    def done(self) -> frozenset[str]:
        """The names of the shards that are done."""
        try:
            return frozenset(entry.name for entry in os.scandir(self.path / "shards") if entry.name.isdigit())
        except FileNotFoundError:  # a copy may have come without its empty folders
            return frozenset()

    def is_done(self, shard: Shard) -> bool:
        """Whether the shard is done."""
        return (self.path / "shards" / shard.name).is_dir()

    def marker(self, name: str) -> Done:
        """The marker of a shard that is done. Raises RunError where it is damaged."""
        path = self.path / "shards" / name / _DONE
        try:
            return msgspec.json.decode(path.read_bytes(), type=Done)
        except (OSError, msgspec.DecodeError) as error:
            raise RunError(f"{path}: damaged ({error}); remove the shard's folder, and run again") from error

    def markers(self) -> Iterator[Done]:
        """The markers of all shards that are done, in their order."""
        for name in sorted(self.done()):
            yield self.marker(name)

    def damaged(self) -> Iterator[str]:
        """The files of done shards that are not what their marker says, each with what is wrong; all are read."""
        for marker in self.markers():
            for name, digest in marker.files.items():
                path = self.path / "shards" / f"{marker.shard:07}" / name
                try:
                    if sha256_of(path) != digest:
                        yield f"{path}: not what was written"
                except OSError as error:
                    yield f"{path}: {error.strerror or error}"

    def attempts(self, shard: Shard) -> list[Path]:
        """What was begun on a shard: by processes that have died, or that are at it."""
        return sorted((self.path / "attempts").glob(f"{shard.name}-*"))

    def begun(self) -> frozenset[str]:
        """The names of the shards of which something was begun, and not done."""
        names = {entry.name.partition("-")[0] for entry in (self.path / "attempts").glob("[0-9]*")}
        return frozenset(names - self.done())

    def begin(self, shard: Shard) -> Path:
        """A new, empty folder to write the shard's results to."""
        prefix = f"{shard.name}-{_process(os.getpid())}-"
        return Path(tempfile.mkdtemp(prefix=prefix, dir=self.path / "attempts"))

    def forget(self, pid: int) -> None:
        """Removes what a process of this machine had begun, which was ended on purpose: nothing is wrong with it."""
        for attempt in (self.path / "attempts").glob(f"*-{_process(pid)}-*"):
            shutil.rmtree(attempt, ignore_errors=True)

    def publish(self, shard: Shard, attempt: Path, marker: Done) -> Done:
        """Makes what stands in `attempt` the shard's results, unless they are there; the marker that is there then."""
        _write(attempt / _DONE, msgspec.json.format(msgspec.json.encode(marker)) + b"\n")
        _synced(attempt)
        attempt.chmod(0o777 & ~_umask())  # mkdtemp makes folders for their owner alone
        try:
            attempt.rename(self.path / "shards" / shard.name)
        except OSError:
            if not self.is_done(shard):
                raise
        _synced(self.path / "shards")
        self.clear(shard)
        return self.marker(shard.name)

    def clear(self, shard: Shard) -> None:
        """Removes what was begun on a shard that is done."""
        for attempt in self.attempts(shard):
            shutil.rmtree(attempt, ignore_errors=True)

    def tidy(self) -> None:
        """Removes what was begun on any shard that is done."""
        done = self.done()
        for attempt in (self.path / "attempts").glob("*"):
            if attempt.name.partition("-")[0] in done:
                shutil.rmtree(attempt, ignore_errors=True)


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes, as `sha256:` and 64 hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_STEP):
            digest.update(block)
    return f"sha256:{digest.hexdigest()}"


def _make_rooms(path: Path) -> None:
    for name in ("attempts", "shards"):
        (path / name).mkdir(parents=True, exist_ok=True)


def _is_ours(name: str) -> bool:
    """Whether it may stand in a folder that is being made, or whose making was stopped."""
    return name in ("attempts", "shards", _MANIFEST) or name.startswith("plan-")


def _process(pid: int) -> str:
    return f"{socket.gethostname()[:40]}-{pid}"


def _plan_name(manifest: Manifest) -> str:
    return f"plan-{manifest.plan[:12]}.jsonl"


def _listed(inputs: Sequence[str]) -> str:
    line = " ".join(inputs)
    return line if len(line) < 120 else f"{line[:119]}…"


def _write(path: Path, content: bytes) -> None:
    """Writes a file that is whole or not there; the disk has it when this returns."""
    temporary = _temporary(path, content)
    temporary.replace(path)
    _synced(path.parent)


def _write_first(path: Path, content: bytes) -> None:
    """Writes a file unless somebody else has; a link is made once only, also on a shared disk."""
    temporary = _temporary(path, content)
    try:
        with suppress(FileExistsError):
            os.link(temporary, path)
    except OSError:  # a file system without links
        with suppress(FileExistsError), path.open("xb") as stream:
            stream.write(content)
    finally:
        temporary.unlink(missing_ok=True)
    _synced(path.parent)


def _temporary(path: Path, content: bytes) -> Path:
    digest = hashlib.sha256(f"{socket.gethostname()} {os.getpid()} {path}".encode()).hexdigest()[:12]
    folder = path.parent / "attempts"
    temporary = (folder if folder.is_dir() else path.parent) / f".{digest}.part"
    with temporary.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return temporary


def _synced(folder: Path) -> None:
    """Waits until the disk has the folder's list of names."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

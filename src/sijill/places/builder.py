"""`build`: dumps in, one file out; what is broken is counted and listed, what is no dump stops it before it writes.

Two steps: every input is imported into a work file (a killed build goes on from there), then each country is joined,
placed in its admin units, freed of duplicates and written. Rows under a share-alike licence go to a file of their own.
"""

from __future__ import annotations

import csv
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import msgspec

from sijill.errors import InputError
from sijill.places.duplicates import without_duplicates
from sijill.places.entry import Entry
from sijill.places.importers import NoDump, read_member, recognise
from sijill.places.importers.archive import members
from sijill.places.importers.geonames import FOREIGN
from sijill.places.importers.record import Addition, Item, Left, Raw
from sijill.places.store import FORMAT, InputOf
from sijill.places.units import Units, governorates
from sijill.places.workfile import Tally, WorkFile
from sijill.places.writer import Writer

__all__ = ["Built", "Output", "Told", "build", "share_alike_path"]

# Told of every step: what is being done, how many of how many.
Told = Callable[[str, int, int], None]


class Output(msgspec.Struct, frozen=True):
    """A file that was written: how many places, how many of them with an Arabic name, its digest."""

    path: str
    places: int
    arabic: int
    digest: str


class Built(msgspec.Struct, frozen=True):
    """What came of a build: the files, the inputs, and rows left out, broken, mended and merged, by reason."""

    outputs: tuple[Output, ...]
    inputs: tuple[InputOf, ...]
    left: dict[str, int]
    broken: dict[str, int]
    mended: dict[str, int]
    merged: int
    rejects: str
    skipped: tuple[str, ...]


class _File(msgspec.Struct, frozen=True):
    """A file to import: the argument it came with, its path, what it is called, its hash; `given` by itself."""

    argument: str
    path: Path
    name: str
    sha256: str
    given: bool

    @property
    def key(self) -> str:
        return f"{self.argument}/{self.name} {self.sha256}"


def build(
    inputs: Sequence[Path], target: Path, *, country: str = "", only: Sequence[str] = (), told: Told | None = None
) -> Built:
    """Build the gazetteer `target` from `inputs` (files, or folders with all below them).

    `country` is where places lie that do not say it; `only` are the countries to keep (none: all). Raises InputError
    where an input is no dump or cannot be read; the file that is there then stays as it is.
    """
    told = told or (lambda _what, _done, _all: None)
    if target.is_dir() or not target.parent.is_dir():
        what = "it is a folder" if target.is_dir() else "no such folder"
        raise InputError(f"cannot write: {what}", where=str(target), mend="give -o FILE")
    ours = {path.resolve() for path in (target, share_alike_path(target), _rejects_path(target))}
    files = [file for file in _files(inputs) if file.given or file.path.resolve() not in ours]
    plan = f"{FORMAT} {version('sijill')} {country} {' '.join(sorted(only))}"
    try:
        return _build(files, target, country, frozenset(only), plan, told)
    except sqlite3.Error as error:
        raise InputError(
            f"cannot be written: {error}", where=str(target), mend="is the disk full? run the same command again"
        ) from error


def _build(files: Sequence[_File], target: Path, country: str, only: frozenset[str], plan: str, told: Told) -> Built:
    with WorkFile(target, plan) as work:
        try:
            skipped = _import(work, files, country, only, told)
        except InputError:
            if not work.done():  # nothing to go on from
                work.remove()
            raise
        done = work.done()
        taken = [(file, done[file.key]) for file in files if file.key in done]
        rows = _inputs(taken)
        outputs, merged = _write(work, target, rows, [tally for _, tally in taken], told)
        rejects = _rejects(work, target)
        work.remove()
    left, broken, mended = _sums([tally for _, tally in taken])
    return Built(outputs, rows, left, broken, mended, merged, rejects, tuple(skipped))


def share_alike_path(target: Path) -> Path:
    """Where the rows under a share-alike licence go: `x.sqlite` → `x-odbl.sqlite`."""
    return target.with_name(f"{target.stem}-odbl{target.suffix}")


# --- import ---------------------------------------------------------------------------------------------------------


def _files(inputs: Sequence[Path]) -> list[_File]:
    """Every file, in the order given and by name, hashed."""
    found: dict[Path, _File] = {}
    for argument in inputs:
        paths = _below(argument) if argument.is_dir() else [argument]
        for path in paths:
            name = path.relative_to(argument).as_posix() if argument.is_dir() else path.name
            found.setdefault(path.resolve(), _File(argument.resolve().name, path, name, _hash(path), path is argument))
    return list(found.values())


def _below(folder: Path) -> list[Path]:
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(where, name) for name in names if not name.startswith(".")]
    return sorted(found)


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise InputError("no such file", where=str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _import(work: WorkFile, files: Sequence[_File], country: str, only: frozenset[str], told: Told) -> list[str]:
    """Import what is not yet in the work file; gives the files of folders that are no dumps."""
    done = work.done()
    work.forget(set(done) - {file.key for file in files})
    skipped: list[str] = []
    failed: list[InputError] = []
    for number, file in enumerate(files):
        told(file.name, number, len(files))
        if file.key in done:
            continue
        try:
            tally = Tally()
            for rows in work.take(file.key, _items(file, country, only, tally), tally):
                told(f"{file.name}: {rows:,} rows", number, len(files))
        except NoDump as error:
            if file.given:
                failed.append(error)
            else:
                skipped.append(file.name)
        except InputError as error:
            failed.append(error)
    work.keep()
    if failed:
        raise InputError("\n".join(map(str, failed)))
    if len(skipped) == len(files):
        raise InputError(
            "no dump in it", where=str(files[0].path.parent) if files else "", mend="give a folder with dumps"
        )
    return skipped


def _items(file: _File, country: str, only: frozenset[str], tally: Tally) -> Iterator[Item]:
    """What is in a file, or in each member of an archive; raises InputError at its end if its columns are wrong."""
    other: NoDump | None = None
    with members(file.path) as inside:
        for member in inside:
            try:
                form = recognise(member)
            except NoDump as error:
                other = error
                continue
            tally.form = tally.form or form
            for item in read_member(member, form, country, only):
                yield Left(FOREIGN) if only and isinstance(item, Raw) and item.country not in only else item
    if not tally.form:
        raise other or NoDump("an archive without files", where=str(file.path), mend="fetch it again")
    _judge(tally, str(file.path))


def _judge(tally: Tally, name: str) -> None:
    """Raises InputError for a dump of whose rows more than half are broken: its columns are wrong."""
    broken, sound = sum(tally.broken.values()), tally.rows + sum(tally.left.values())
    if broken > sound:
        reason = max(sorted(tally.broken), key=lambda reason: tally.broken[reason])
        raise InputError(
            f"{broken:,} of {broken + sound:,} rows are broken: {reason}", where=name, mend="is it the right file?"
        )


def _inputs(taken: Sequence[tuple[_File, Tally]]) -> tuple[InputOf, ...]:
    """What the file was made from: one line an argument and form, its hash over those of its files."""
    groups: dict[tuple[str, str], list[tuple[_File, Tally]]] = {}
    for file, tally in taken:
        groups.setdefault((file.argument, tally.form), []).append((file, tally))
    rows = []
    for (argument, form), members_ in groups.items():
        hashes = sorted(f"{file.name} {file.sha256}" for file, _ in members_)
        digest = members_[0][0].sha256 if len(members_) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()
        total = sum(tally.rows for _, tally in members_)
        broken = sum(sum(tally.broken.values()) for _, tally in members_)
        rows.append(InputOf(argument, form, len(members_), digest, total, broken))
    return tuple(rows)


def _sums(tallies: Sequence[Tally]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Rows left out, broken and mended, by reason, the most frequent first."""
    return (
        _sum([tally.left for tally in tallies]),
        _sum([tally.broken for tally in tallies]),
        _sum([tally.mended for tally in tallies]),
    )


def _sum(counts: Sequence[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for count in counts:
        for reason, number in count.items():
            total[reason] = total.get(reason, 0) + number
    return dict(sorted(total.items(), key=lambda pair: (-pair[1], pair[0])))


# --- join, place, merge, write ----------------------------------------------------------------------------------------


def _write(
    work: WorkFile, target: Path, inputs: Sequence[InputOf], tallies: Sequence[Tally], told: Told
) -> tuple[tuple[Output, ...], int]:
    """Write the file, and a second one for share-alike rows where there are others beside them."""
    shares = [share for share in (0, 1) if work.countries(share)]
    if not shares:
        raise InputError(
            "no place in these inputs is kept", where=str(target), mend="give a dump of places; see --only"
        )
    shipped = governorates()
    left, broken, mended = _sums(tallies)
    told_of = {"left": left, "broken": broken, "mended": mended}
    meta = {
        "sijill": version("sijill"),
        "inputs": " ".join(dict.fromkeys(row.name for row in inputs)),
        **{name: msgspec.json.encode(counts).decode() for name, counts in told_of.items()},
    }
    outputs, merged = [], 0
    for share in shares:
        path = share_alike_path(target) if share and len(shares) > 1 else target
        with Writer(path) as writer:
            gone = 0
            countries = work.countries(share)
            for number, country in enumerate(countries):
                told(f"{country or 'no country'}: joining", number, len(countries))
                rows, lost = _of_country(work, share, country, shipped)
                writer.add(rows)
                gone += lost
            told("writing", len(countries), len(countries))
            digest = writer.finish({**meta, "merged": str(gone)}, inputs)
            outputs.append(Output(str(path), writer.places, writer.arabic, digest))
            merged += gone
    return tuple(outputs), merged


def _of_country(work: WorkFile, share: int, country: str, shipped: Sequence[Entry]) -> tuple[list[Raw], int]:
    """The places of a country as they are written, and how many rows were merged into others."""
    rows = work.raws(share, country)
    additions = work.additions(sorted({row.geoname for row in rows if row.geoname}))
    rows = [_added(row, additions[row.geoname]) if row.geoname in additions else row for row in rows]
    units = Units(
        [unit for unit in shipped if unit.country == country], rows, work.codes(country), work.shapes(country)
    )
    kept, gone = without_duplicates(units.placed(rows))
    kept = [msgspec.structs.replace(row, admin2=gone[row.admin2]) if row.admin2 in gone else row for row in kept]
    return kept, len(rows) - len(kept)


def _added(row: Raw, additions: Sequence[Addition]) -> Raw:
    """The row with the names and the population that other inputs have for its GeoNames id."""
    first = [name for addition in additions if addition.best for name in addition.names]
    last = [name for addition in additions if not addition.best for name in addition.names]
    people = max((addition.population for addition in additions), default=0)
    names = tuple(dict.fromkeys((*first, *row.names, *last)))
    return msgspec.structs.replace(row, names=names, population=people or row.population)


def _rejects_path(target: Path) -> Path:
    return target.with_suffix(".rejects.csv")


def _rejects(work: WorkFile, target: Path) -> str:
    """The broken rows as a table beside the file; the table's path, or '' where there are none."""
    path = _rejects_path(target)
    rows = work.broken()
    first = next(rows, None)
    if first is None:
        path.unlink(missing_ok=True)
        return ""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("input", "where", "reason", "text"))
        for key, *rest in (first, *rows):
            table.writerow((key.rpartition(" ")[0], *rest))
    part.replace(path)
    return str(path)

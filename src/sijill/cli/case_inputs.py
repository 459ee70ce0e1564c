"""What `sijill case add` is given: inputs that it reads now, or the folder of a run, whose reports are read already."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from sijill.casefile.rows import searchable
from sijill.model import Document, Report
from sijill.sources import Given, Rejected, load_mapping, read_originals

if TYPE_CHECKING:
    from sijill.run import Folder

__all__ = ["Inputs", "inputs_of"]

# Objects made before Python looks for circles of them, of which reports and their rows have none.
_COLLECTED = 50_000
Read = Callable[[Document], Report]


class Inputs(msgspec.Struct, frozen=True):
    """Each input with what gives its report; the policy of the reading, and what the case notes down of it."""

    items: Iterator[tuple[Given | Rejected, Read]]
    policy: str
    told: dict[str, object]


def inputs_of(
    paths: tuple[str, ...],
    *,
    published: date | None,
    outlet: str | None,
    lexicon: Path | None,
    policy: str,
    places: tuple[Path, ...],
    every: bool,
    mapping: Path | None = None,
) -> Inputs:
    """The inputs; a reader is loaded only where there is something to read. Raises a usage error for a mixture."""
    told: dict[str, object] = {"inputs": [searchable(path) for path in paths], "published": published, "outlet": outlet}
    if any(map(_is_run, paths)):
        if not all(map(_is_run, paths)):
            raise click.UsageError("the folder of a run is added by itself, not with other inputs")
        if published or outlet or lexicon or places or mapping:
            raise click.UsageError("a run was read with options of its own: leave them out here")
        return _of_runs(paths, told, every=every)
    if every:
        raise click.UsageError("--all is for the folder of a run")
    from sijill.pipeline import Reader

    columns = load_mapping(mapping) if mapping is not None else None
    told |= {"mapping": msgspec.to_builtins(columns)}
    told |= {"policy": policy, "lexicon": str(lexicon) if lexicon else None, "places": [str(path) for path in places]}
    reader = Reader(lexicon, policy, places)
    # What is loaded now stays to the end: nothing of it need be looked through for what could be let go.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECTED)
    items = ((item, reader.read) for item in read_originals(paths, published=published, outlet=outlet, mapping=columns))
    return Inputs(items, policy, told)


def _is_run(path: str) -> bool:
    if not (Path(path) / "manifest.json").is_file():
        return False
    from sijill.run import Folder

    return Folder.is_one(Path(path))


def _of_runs(paths: tuple[str, ...], told: dict[str, object], *, every: bool) -> Inputs:
    from sijill.run import Folder

    folders = [Folder.open(Path(path)) for path in paths]
    policies = {folder.manifest.pins.settings.policy for folder in folders}
    if len(policies) > 1:
        raise click.UsageError("runs of several policies are added one by one")
    [policy] = policies
    told |= {"all": every, "runs": [msgspec.to_builtins(folder.manifest) for folder in folders]}
    return Inputs(_results(folders, every=every), policy, told)


def _results(folders: list[Folder], *, every: bool) -> Iterator[tuple[Given | Rejected, Read]]:
    from sijill.run.results import results

    for folder in folders:
        for found in results(folder, every=every):
            if isinstance(found, Rejected):
                yield found, _unread
            else:
                item, report = found

                def read(_: Document, report: Report = report) -> Report:
                    return report

                yield item, read


def _unread(_: Document) -> Report:
    raise TypeError("what was rejected is not read")

"""An export from entries to a folder: chosen claims, the profile's format, description, codebook, manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from sijill.data import data_version
from sijill.errors import InputError
from sijill.export.context import Context, Loaded
from sijill.export.entry import Entry, unique
from sijill.export.folder import File, Folder, as_json, new_folder
from sijill.export.formats import writer
from sijill.export.package import codebook, datapackage
from sijill.export.profile import Profile
from sijill.export.public import Mask
from sijill.export.public_rules import check_columns
from sijill.export.resource import Resource
from sijill.export.selection import Selection, Tally, chosen

__all__ = ["MANIFEST", "Manifest", "Order", "export"]

MANIFEST = "manifest.json"
_FORMAT = 1


class Order(msgspec.Struct, frozen=True):
    """What is asked of an export besides its profile: who asks, at what time (UTC), which claims and columns."""

    at: datetime
    by: str = ""
    selection: Selection = Selection()
    fields: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True):
    """The content of `manifest.json`: what was exported, from what, by whom, when, and the hash of every other file.

    `versions` are those that exported, `readings` how many reports which versions read. `full` says that nothing was
    left out, so that the folder reads back; `public` what was hidden, None in others.
    """

    format: int
    profile: str
    title: str
    full: bool
    created: str
    by: str
    filter: dict[str, Any]
    fields: tuple[str, ...]
    reports: int
    claims: int
    left_out: dict[str, int]
    versions: dict[str, str]
    readings: dict[str, int]
    public: dict[str, Any] | None
    files: tuple[File, ...]


def export(
    name: str,
    entries: Iterable[Entry],
    target: Path,
    order: Order,
    *,
    loaded: Loaded | None = None,
    note: Callable[[Manifest], None] | None = None,
) -> Manifest:
    """Writes `entries` as profile `name` into the new folder `target`; gives what its manifest says.

    `loaded` is the data, for who makes several exports. `note` is called when all is written and the folder has not yet
    got its name, so that no export goes unnoted; if it raises, there is no folder. The folder is whole or not there.
    Raises ConfigError for a profile or field that is not there and for a folder that is, InputError where there is no
    claim to export or an input is wrong, ResourceError where data is wrong.
    """
    loaded = loaded or Loaded()
    profile = loaded.profile(name)
    if order.fields:
        profile = profile.chosen(order.fields)
    with new_folder(target) as folder:
        manifest = _fill(folder, entries, order, _context(profile, order, loaded))
        if note is not None:
            note(manifest)
        return manifest


def _context(profile: Profile, order: Order, loaded: Loaded) -> Context:
    return Context(profile, order.at.astimezone(UTC).replace(microsecond=0), loaded)


def _fill(folder: Folder, entries: Iterable[Entry], order: Order, context: Context) -> Manifest:
    profile, tally = context.profile, Tally()
    taken = chosen(unique(entries), profile.take, order.selection, tally)
    mask = _mask(context)
    resources = writer(profile)(folder, mask.entries(taken) if mask is not None else taken, context)
    if not tally.claims:
        raise InputError(_nothing(tally))
    folder.close()
    manifest = Manifest(
        format=_FORMAT,
        profile=profile.name,
        title=profile.title,
        full=profile.full and not tally.left_out,
        created=context.time,
        by=order.by,
        filter=order.selection.as_tree(),
        fields=order.fields,
        reports=tally.reports,
        claims=tally.claims,
        left_out=dict(sorted(tally.left_out.items())),
        versions=_versions(profile, context),
        readings=dict(sorted(tally.readings.items())),
        public=mask.told() if mask is not None else None,
        files=_described(folder, resources, context),
    )
    folder.write(MANIFEST, as_json(manifest))
    return manifest


def _mask(context: Context) -> Mask | None:
    """What hides things from the public, for a public profile."""
    if context.profile.public is None:
        return None
    rules = context.loaded.rules(context.profile.public)
    check_columns(context.profile, rules)
    return Mask(rules, context)


def _described(folder: Folder, resources: tuple[Resource, ...], context: Context) -> tuple[File, ...]:
    """Writes the description and the codebook; all files so far."""
    profile, codes = context.profile, context.loaded.codes
    files = {resource.path: folder.file(resource.path) for resource in resources}
    package = as_json(datapackage(profile, resources, files, codes, context.time))
    book = codebook(profile, resources, codes).encode("utf-8")
    return *files.values(), folder.write("datapackage.json", package), folder.write("codebook.md", book)


def _versions(profile: Profile, context: Context) -> dict[str, str]:
    from sijill.pipeline import VERSION  # noqa: PLC0415  (loads the whole reader; only its number is wanted)

    versions = {"sijill": VERSION, "data": data_version(context.loaded.overlay), "profile": profile.version}
    if profile.counts is not None:
        versions["crosswalk"] = context.schemes.version
    return versions


def _nothing(tally: Tally) -> str:
    if not tally.left_out:
        return "no claims to export"
    reasons = ", ".join(f"{reason}: {count}" for reason, count in sorted(tally.left_out.items()))
    return f"no claims to export; left out {sum(tally.left_out.values())} ({reasons})"

"""A shard's documents one by one: each is read, turned away or rejected, and never lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sijill.errors import SijillError
from sijill.model import Document
from sijill.run.engine import Engine
from sijill.run.records import Outcome, Position, Settings, Shard, at_most
from sijill.run.units import Unit, units
from sijill.sources import Given, Rejected

__all__ = ["At", "outcomes"]

# Called before anything that may take its process down: where the shard is, and what is there.
At = Callable[[Position, Outcome], None]

_ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


def outcomes(
    shard: Shard, settings: Settings, engine: Engine, at: At, start: Position | None = None
) -> Iterator[Outcome]:
    """What becomes of each document from `start` on, in order; the units before it are not opened up.

    `at` is told what would have to be said of a document that does not come back. MemoryError goes through: whoever
    set the limit knows what it means.
    """
    begin = start or Position()
    for number, unit in enumerate(units(shard, settings)):
        if number >= begin.unit:
            yield from _of_unit(unit, number, begin.item if number == begin.unit else 0, engine, at)


def _of_unit(unit: Unit, number: int, first: int, engine: Engine, at: At) -> Iterator[Outcome]:
    items: Iterator[Given | Rejected] | None = None
    item = 0
    while True:
        position = Position(number, item)
        at(position, Outcome("rejected", position, unit.where, unit.part, stage="input"))
        try:
            items = unit.items() if items is None else items
            found = next(items, None)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  (an input that breaks its reader costs itself only)
            yield Outcome("rejected", position, unit.where, unit.part, reason=_said(error), stage="input")
            return
        if found is None:
            return
        if item >= first:
            yield _of_item(found, position, engine, at)
        item += 1


def _of_item(found: Given | Rejected, position: Position, engine: Engine, at: At) -> Outcome:
    if isinstance(found, Rejected):
        where, what, mend = map(at_most, (found.where, found.what, found.mend))
        return Outcome("rejected", position, where, reason=what, mend=mend, stage="input")
    document = found.document
    at(position, Outcome("rejected", position, found.where, found.part, document.id, found.original.sha256))
    try:
        return _read(found, document, position, engine)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  (a document that breaks the reader costs itself only)
        return Outcome(
            "rejected", position, found.where, found.part, document.id, found.original.sha256, reason=_said(error)
        )


def _read(found: Given, document: Document, position: Position, engine: Engine) -> Outcome:
    characters = len(document.text)
    if engine.look is not None and not (look := engine.look(document)).holds:
        return Outcome(
            "turned away",
            position,
            found.where,
            found.part,
            document.id,
            characters=characters,
            points=look.points,
            needed=look.needed,
            reason=" | ".join(look.why),
        )
    report = engine.read(document)
    return Outcome(
        "read",
        position,
        found.where,
        found.part,
        document.id,
        found.original.sha256,
        report=report.to_json(),
        record=report,
        text=document.text if report.claims else None,
        characters=characters,
    )


def _said(error: Exception) -> str:
    """The reason in one line that is the same in every process."""
    line = str(error) if isinstance(error, SijillError) else f"{type(error).__name__}: {error}"
    return _ADDRESS.sub("0x…", at_most(line))

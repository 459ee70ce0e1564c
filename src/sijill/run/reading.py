"""A shard's documents one by one: each is read, turned away or rejected, and never lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from sijill.errors import SijillError
from sijill.model import Document
from sijill.run.engine import Engine
from sijill.run.records import Outcome, Position, Settings, Shard, at_most
from sijill.run.remote import UnreachableError
from sijill.run.units import Unit, units_of
from sijill.sources import Given, Rejected

__all__ = ["At", "Reading"]

# Called before anything that may take its process down: what to say of it if it does not come back, and where to go on.
At = Callable[[Outcome, Position], None]

_T = TypeVar("_T")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


class Reading:
    """Reads shards by an engine; `at` is told of each step before it is taken.

    MemoryError goes through, for whoever set the limit knows what it means; so does UnreachableError. Any other error
    costs its document only, or what is left of an input that cannot be opened up further.
    """

    def __init__(self, settings: Settings, engine: Engine, at: At) -> None:
        self._settings, self._engine, self._at = settings, engine, at

    def outcomes(self, shard: Shard, start: Position | None = None) -> Iterator[Outcome]:
        """What becomes of each document from `start` on, in order; what stands before it is not opened up."""
        begin = start or Position()
        for number in range(begin.piece, len(shard.pieces)):
            yield from self._of_piece(shard, number, begin if number == begin.piece else Position(number))

    def _of_piece(self, shard: Shard, number: int, begin: Position) -> Iterator[Outcome]:
        piece = shard.pieces[number]
        units = units_of(piece, self._settings)
        place = Position(number)
        while True:
            lost = Outcome("rejected", place, piece.path, stage="input")
            self._at(lost, Position(number + 1))
            unit, failed = _next(units, lost)
            if failed is not None and place >= begin:
                yield failed
            if unit is None:
                return
            if place.unit >= begin.unit:
                yield from self._of_unit(unit, place, begin.item if place.unit == begin.unit else 0)
            place = Position(number, place.unit + 1)

    def _of_unit(self, unit: Unit, place: Position, first: int) -> Iterator[Outcome]:
        items: Iterator[Given | Rejected] = _items(unit)
        item = 0
        while True:
            position = Position(place.piece, place.unit, item)
            lost = Outcome("rejected", position, unit.where, unit.part, stage="input")
            self._at(lost, Position(place.piece, place.unit + 1))
            found, failed = _next(items, lost)
            if failed is not None and item >= first:
                yield failed
            if found is None:
                return
            if item >= first:
                yield self._of_item(found, position)
            item += 1

    def _of_item(self, found: Given | Rejected, position: Position) -> Outcome:
        if isinstance(found, Rejected):
            where, what, mend = map(at_most, (found.where, found.what, found.mend))
            return Outcome("rejected", position, where, reason=what, mend=mend, stage="input")
        document = found.document
        lost = Outcome("rejected", position, found.where, found.part, document.id, found.original.sha256)
        self._at(lost, Position(position.piece, position.unit, position.item + 1))
        try:
            return self._read(found, document, position)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  (a document that breaks the reader costs itself only)
            return _failed(lost, error)

    def _read(self, found: Given, document: Document, position: Position) -> Outcome:
        characters = len(document.text)
        if self._engine.look is not None and not (look := self._engine.look(document)).holds:
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
        report = self._engine.read(document)
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


def _items(unit: Unit) -> Iterator[Given | Rejected]:
    # What opening it up raises comes with the first item.
    yield from unit.items()


def _next(things: Iterator[_T], lost: Outcome) -> tuple[_T | None, Outcome | None]:
    """The next thing, None at the end; and how it failed, where it did: then there is no other behind it."""
    try:
        return next(things, None), None
    except (MemoryError, UnreachableError):
        raise
    except Exception as error:  # noqa: BLE001  (an input that breaks its reader costs itself only)
        return None, _failed(lost, error)


def _failed(lost: Outcome, error: Exception) -> Outcome:
    """The reason is one line that is the same in every process."""
    line = str(error) if isinstance(error, SijillError) else f"{type(error).__name__}: {error}"
    return msgspec.structs.replace(lost, reason=_ADDRESS.sub("0x…", at_most(line)))

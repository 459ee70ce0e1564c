"""What becomes of a shard whose child dies at this step or that; the children are made up."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from sijill.errors import RunError
from sijill.run import Limits, Settings, Shard
from sijill.run.guard import guarded
from sijill.run.messages import At
from sijill.run.records import Outcome, Piece, Position

SHARD = Shard(0, (Piece("a"), Piece("b")))


def read(*place: int) -> Outcome:
    return Outcome("read", Position(*place), "a")


def step(*place: int, behind: tuple[int, ...]) -> At:
    return At(Outcome("rejected", Position(*place), "a"), Position(*behind))


class Life(msgspec.Struct):
    """A child: what it says, the step that it dies at, and whether that is certain; or it comes to the end."""

    said: list[Outcome] = []
    at: At | None = None
    certain: bool = False
    finished: bool = False
    reason: str = "died"
    start: Position | None = None

    def outcomes(self, start: Position) -> Iterator[Outcome]:
        self.start = start
        yield from self.said


def lived(monkeypatch: pytest.MonkeyPatch, *lives: Life) -> tuple[list[tuple[str, Position]], list[Position | None]]:
    """What `guarded` makes of these children, and where each was told to begin."""
    left = iter(lives)
    monkeypatch.setattr("sijill.run.guard._Run", lambda *_: next(left))
    outcomes = list(guarded(SHARD, Settings(), Limits(), lambda: None))
    return [(outcome.kind, outcome.position) for outcome in outcomes], [life.start for life in lives]


def test_a_document_is_rejected_when_its_child_dies_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    poison = step(0, 1, 0, behind=(0, 1, 1))
    found, starts = lived(
        monkeypatch, Life([read(0, 0, 0)], poison), Life([], poison), Life([read(0, 2, 0)], finished=True)
    )
    assert found == [("read", Position(0, 0, 0)), ("rejected", Position(0, 1, 0)), ("read", Position(0, 2, 0))]
    assert starts == [Position(0, 0, 0), Position(0, 1, 0), Position(0, 1, 1)]


def test_a_document_that_is_read_the_second_time_is_not_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = lived(
        monkeypatch, Life([], step(0, 1, 0, behind=(0, 1, 1))), Life([read(0, 1, 0), read(0, 2, 0)], finished=True)
    )
    assert found == [("read", Position(0, 1, 0)), ("read", Position(0, 2, 0))]


def test_what_is_certain_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found, starts = lived(monkeypatch, Life([], step(0, 1, 0, behind=(0, 1, 1)), certain=True), Life([], finished=True))
    assert found == [("rejected", Position(0, 1, 0))]
    assert starts[-1] == Position(0, 1, 1)


def test_a_child_that_dies_between_two_documents_goes_on_behind_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    found, starts = lived(monkeypatch, Life([read(0, 0, 0)]), Life([read(0, 1, 0)], finished=True))
    assert len(found) == 2
    assert starts == [Position(), Position(0, 0, 1)]


def test_an_input_that_cannot_be_gone_through_again_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_way = Life([], step(0, 0, 0, behind=(1, 0, 0)), certain=True)
    found, starts = lived(
        monkeypatch, Life([read(0, 5, 0)]), on_the_way, on_the_way, on_the_way, Life([read(1, 0, 0)], finished=True)
    )
    assert found == [("read", Position(0, 5, 0)), ("rejected", Position(0, 5, 1)), ("read", Position(1, 0, 0))]
    assert starts[-1] == Position(1)


def test_a_child_that_never_gets_anywhere_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RunError, match="a process that reads cannot be started: died"):
        lived(monkeypatch, Life(), Life(), Life())

"""Places measured mention by mention: what counts as right, touching, false and missed."""

from __future__ import annotations

from pathlib import Path

from eval.place_mentions import FOLDER, Mark, Marked, load_marks, measure
from sijill.model import Mention, MentionKind, Span

TEXT = "قصف على مدينة حلب وريف إدلب الجنوبي ثم هدأت المدينة في طرطوس"


def _at(part: str) -> tuple[int, int]:
    return TEXT.index(part), TEXT.index(part) + len(part)


def _mention(part: str, name: str | None = None, subtype: str | None = None) -> Mention:
    return Mention(MentionKind.PLACE, Span(*_at(part)), name or part, 0, 1, "noun.city", subtype=subtype)


def _marked(*marks: Mark) -> Marked:
    return Marked("t", "dev", (0, len(TEXT)), marks)


def test_a_mention_with_the_marked_name_is_right_with_or_without_its_noun() -> None:
    tally = measure(_marked(Mark(*_at("حلب"), "p")), TEXT, (_mention("مدينة حلب"),))
    assert (tally["right"], tally["met"], tally["false"], tally["missed"]) == (1, 1, 0, 0)


def test_part_of_a_name_touches_and_what_is_not_marked_is_false() -> None:
    mark = Mark(*_at("ريف إدلب الجنوبي"), "p")
    tally = measure(_marked(mark), TEXT, (_mention("إدلب"), _mention("طرطوس")))
    assert (tally["touching"], tally["touched"], tally["false"], tally["right"]) == (1, 1, 1, 0)


def test_what_nobody_found_is_missed_and_what_is_free_counts_neither_way() -> None:
    marks = (Mark(*_at("حلب"), "p"), Mark(*_at("طرطوس"), "o"))
    tally = measure(_marked(*marks), TEXT, (_mention("طرطوس"),))
    assert (tally["missed"], tally["false"], tally["right"]) == (1, 0, 0)


def test_a_definite_noun_is_right_by_what_it_stands_for() -> None:
    mark = Mark(*_at("المدينة"), "d", *_at("حلب"))
    assert measure(_marked(mark), TEXT, (_mention("المدينة", "حلب", "description"),))["described"] == 1
    assert measure(_marked(mark), TEXT, (_mention("المدينة", "إدلب", "description"),))["misread"] == 1
    assert measure(_marked(), TEXT, (_mention("المدينة", "إدلب", "description"),))["spurious"] == 1


def test_mentions_outside_the_part_that_was_read_do_not_count() -> None:
    marked = Marked("t", "dev", (0, 10), ())
    assert not measure(marked, TEXT, (_mention("طرطوس"),))["false"]


def test_the_marks_are_in_order_and_hold_no_text() -> None:
    files: list[Path] = sorted(FOLDER.glob("*.jsonl"))
    assert len(files) == 2
    for path in files:
        assert path.read_bytes().isascii()
        for marked in load_marks(path):
            starts = [mark.start for mark in marked.marks]
            assert starts == sorted(starts)
            assert {mark.code for mark in marked.marks} <= {"p", "g", "d", "o"}

"""The page of `sijill explain`: sentence by sentence, then claim by claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from rich.console import Console
from rich.text import Text as Styled

from sijill.cli.marks import Mark, Reading, cut_of, fields_of, marks_of
from sijill.cli.marks_places import decision_lines
from sijill.cli.table import head_line
from sijill.cli.wording import isolate, kind, plain
from sijill.model import Claim, Furniture, Sentence
from sijill.places import Resolution

__all__ = ["MarksPrinter"]

_COLOURS = {
    "number": "cyan",
    "quantity": "bright_cyan",
    "date": "magenta",
    "place": "green",
    "actor": "yellow",
    "outlet": "blue",
    "body": "bright_blue",
    "target": "bright_yellow",
    "people": "bright_green",
    "trigger": "bold red",
}
_LAYER = max(map(len, _COLOURS)) + 2
_FURNITURE = 160


class MarksPrinter:
    """Prints readings to a stream; in colours, and with Arabic set apart, where it is a terminal."""

    def __init__(self, stream: IO[str]) -> None:
        self._on = stream.isatty()
        self._console = Console(
            file=stream, width=None if self._on else 10_000, highlight=False, markup=False, emoji=False
        )
        self._decisions: dict[tuple[int, int], Resolution] = {}

    def show(self, reading: Reading) -> None:
        """The whole page of one report."""
        document, report = reading.text.document, reading.report
        published = str(document.published or "no publication day")
        self._line(head_line(document.id, published, document.outlet, document.title, on=self._on))
        marks = marks_of(reading)
        self._decisions = {(found.span.start, found.span.end): found for found in reading.resolutions}
        at = number = 0
        parts: list[Sentence | Furniture] = [*reading.text.sentences, *reading.text.furniture]
        for item in sorted(parts, key=lambda part: (part.start, part.end)):
            if isinstance(item, Furniture):
                self._furniture(item, document.text)
                continue
            number += 1
            first = at
            while at < len(marks) and marks[at].start < item.end:
                at += 1
            self._sentence(number, item, marks[first:at], reading)
        for index, claim in enumerate(report.claims, start=1):
            self._claim(index, claim, document.text)
        if not report.claims:
            self._line(Styled("no claims", style="dim"))
        for note in (*reading.values.notes, *report.notes):
            self._line(Styled(f"note {note.code}: {plain(note.message)}", style="yellow"))
        self._line(Styled(""))

    def _line(self, line: Styled) -> None:
        self._console.print(line, soft_wrap=not self._on)

    def _furniture(self, item: Furniture, text: str) -> None:
        shown = plain(text[item.start : item.end])
        shown = shown if len(shown) <= _FURNITURE else shown[:_FURNITURE] + "…"
        line = Styled(f"\n[{item.start}:{item.end}] not read ({item.rule})  ", style="dim")
        self._line(line.append(isolate(shown, on=self._on), style="dim strike"))

    def _sentence(self, number: int, sentence: Sentence, marks: tuple[Mark, ...], reading: Reading) -> None:
        text = reading.text.document.text
        line = Styled(f"\n{number} [{sentence.start}:{sentence.end}]  ", style="dim")
        self._line(line.append_text(self._coloured(sentence, marks, text)))
        cuts = [cut for word in reading.text.words[sentence.first : sentence.last] if (cut := cut_of(word, text))]
        if cuts:
            words = Styled(f"    {'cut':<{_LAYER}}", style="dim")
            self._line(words.append("  ".join(isolate(cut, on=self._on) for cut in cuts), style="dim"))
        for mark in marks:
            self._line(self._mark(mark, text))
            if mark.layer == "place" and (decision := self._decisions.get((mark.start, mark.end))) is not None:
                for row in decision_lines(decision, on=self._on):
                    self._line(Styled(" " * (_LAYER + 4)).append(row, style="dim green"))

    def _coloured(self, sentence: Sentence, marks: tuple[Mark, ...], text: str) -> Styled:
        """The sentence as given, each mark in the colour of its layer."""
        # Characters that steer a terminal are one blank each, so that offsets stay what they are.
        surface = "".join(char if plain(char) else " " for char in text[sentence.start : sentence.end])
        line = Styled(surface, style="default not dim")
        for mark in sorted(marks, key=lambda mark: mark.start - mark.end):
            line.stylize(_COLOURS[mark.layer], mark.start - sentence.start, mark.end - sentence.start)
        return Styled.assemble("\u2067", line, "\u2069") if self._on else line

    def _mark(self, mark: Mark, text: str) -> Styled:
        line = Styled("    ").append(f"{mark.layer:<{_LAYER}}", style=_COLOURS[mark.layer])
        line.append(isolate(f"«{text[mark.start : mark.end]}»", on=self._on))
        line.append("  ").append(" | ".join(isolate(part, on=self._on) for part in mark.reading.split(" | ")), "bold")
        line.append(f"  [{mark.start}:{mark.end}]", style="dim")
        return line.append(f"  {mark.rule}", style="dim italic") if mark.rule else line

    def _claim(self, number: int, claim: Claim, text: str) -> None:
        line = Styled(f"\nclaim {number}  ", style="bold").append(kind(claim.type), style="bold red")
        self._line(line.append(f"  {claim.modality}  ").append(claim.id, style="dim"))
        for field in fields_of(claim):
            row = Styled(f"    {field.name:<9}").append(isolate(field.value, on=self._on), style="bold")
            row.append("  ←  ", style="dim").append(isolate(f"«{field.span.cut(text)}»", on=self._on))
            self._line(row.append(f"  [{field.span.start}:{field.span.end}]", style="dim"))
        for start, rules in _wrapped(claim.why):
            self._line(Styled(f"    {start:<9}").append(rules, style="italic"))


def _wrapped(why: tuple[str, ...], at_once: int = 4) -> Iterator[tuple[str, str]]:
    """The rules of a claim, some on a line, `why` before the first."""
    for first in range(0, len(why), at_once):
        yield ("" if first else "why"), "  ".join(why[first : first + at_once])

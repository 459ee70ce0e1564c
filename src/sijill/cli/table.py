"""A report for a person: a head line, its claims in text order, and the words that they stand on."""

from __future__ import annotations

from itertools import groupby
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from sijill.cli.wording import count, days, isolate, kind, names, plain, smooth
from sijill.model import Claim, Modality, Report

__all__ = ["ReportPrinter", "head_line"]

# A pipe or a file has no width of its own.
_WIDTH = 140
_EVIDENCE = 300
_COLOURS = {
    Modality.ASSERTED: "",
    Modality.ESTIMATED: "cyan",
    Modality.ALLEGED: "yellow",
    Modality.DENIED: "red",
    Modality.PLANNED: "magenta",
}


class ReportPrinter:
    """Prints reports to a stream; on a terminal in colours and with Arabic set apart from its neighbours."""

    def __init__(self, stream: IO[str]) -> None:
        self._on = stream.isatty()
        self._console = Console(
            file=stream, width=None if self._on else _WIDTH, highlight=False, markup=False, emoji=False
        )

    def show(self, report: Report, text: str) -> None:
        """The report's head line, table and evidence. `text` is its document's."""
        self._console.print(
            head_line(report.doc, str(report.published or ""), report.outlet, report.title, on=self._on)
        )
        if report.claims:
            self._console.print(self._table(report))
            # Claims of one sentence share their evidence.
            for _, group in groupby(enumerate(report.claims, start=1), key=lambda pair: pair[1].sentence):
                numbers, claims = zip(*group, strict=True)
                self._console.print(self._evidence(numbers, claims, text))
        else:
            self._console.print(Styled("  no claims", style="dim"))
        for note in report.notes:
            self._console.print(Styled(f"  note: {plain(note.message)}", style="yellow"))
        self._console.print()

    def _table(self, report: Report) -> Table:
        table = Table(show_edge=False, pad_edge=False, header_style="bold", row_styles=("", "on grey11"))
        table.add_column("", justify="right", style="dim", no_wrap=True)
        for name in ("what", "when", "where", "who → whom", "how many", "says who"):
            table.add_column(name, overflow="fold")
        for number, claim in enumerate(report.claims, start=1):
            table.add_row(str(number), *self._cells(claim))
        return table

    def _cells(self, claim: Claim) -> tuple[Styled, ...]:
        what = Styled(kind(claim.type), style="bold")
        if claim.modality is not Modality.ASSERTED:
            what.append(f"\n{claim.modality}", style=_COLOURS[claim.modality])
        when = days(claim.date)
        if when == "unresolved" and claim.date is not None:
            when = f"? {isolate(claim.date.text, on=self._on)}"
        who = names(claim.agents, on=self._on)
        whom = names(claim.targets, on=self._on)
        counts = "\n".join(count(item) for item in claim.counts)
        return (
            what,
            Styled(when),
            Styled(names(claim.places, on=self._on)),
            Styled(f"{who} → {whom}" if whom else who),
            Styled(counts, style="red" if counts else ""),
            Styled(names(claim.sources, on=self._on)),
        )

    def _evidence(self, numbers: tuple[int, ...], claims: tuple[Claim, ...], text: str) -> Styled:
        """The claims' sentence as given, their triggers underlined."""
        start, end = _window(claims)
        sentence = claims[0].sentence
        # One character for one, so that the triggers' offsets stay what they are.
        quoted = Styled("".join(smooth(char) for char in text[start:end]), style="default not dim")
        for claim in claims:
            quoted.stylize("bold underline", max(claim.trigger.start - start, 0), claim.trigger.end - start)
        before = "…" if start > sentence.start else ""
        after = "…" if end < sentence.end else ""
        line = Styled(f"  {', '.join(map(str, numbers))}  ", style="dim")
        opening, closing = ("\u2067", "\u2069") if self._on else ("", "")
        return line.append(f"{opening}«{before}").append_text(quoted).append(f"{after}»{closing}")


def head_line(doc: str, published: str, outlet: str | None, title: str | None, *, on: bool) -> Styled:
    """One line that says which report this is."""
    line = Styled(plain(doc), style="bold green")
    for part in (published, outlet, title):
        if part:
            line.append("  ·  ", style="dim").append(isolate(part, on=on), style="default not bold")
    return line


def _window(claims: tuple[Claim, ...]) -> tuple[int, int]:
    """The claims' sentence, or of a long one the part around their triggers."""
    sentence = claims[0].sentence
    if sentence.end - sentence.start <= _EVIDENCE:
        return sentence.start, sentence.end
    half = _EVIDENCE // 2
    first, last = min(claim.trigger.start for claim in claims), max(claim.trigger.end for claim in claims)
    return max(sentence.start, first - half), min(sentence.end, last + half)

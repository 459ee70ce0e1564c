"""The values of a text as a line of JSON, or as a table for a person."""

from __future__ import annotations

from typing import IO, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from sijill.cli.wording import amount, isolate, plain
from sijill.model import DateRange, Document, Number, Quantity, Values

__all__ = ["ValuesPrinter", "as_record"]

_WIDTH = 140


def as_record(document: Document, found: Values, policy: str) -> dict[str, Any]:
    """One text's values. Definite nouns without a number (`المدنيين`) state no amount and are left out."""
    text = document.text
    return {
        "doc": document.id,
        "policy": policy,
        "dates": [_date(one) for one in found.dates],
        "quantities": [_quantity(one, text) for one in found.quantities if states(one)],
        "numbers": [_number(one, text) for one in found.numbers if not one.ordinal],
        "ordinals": [_number(one, text) for one in found.numbers if one.ordinal],
        "notes": [{"code": note.code, "message": note.message, "span": note.span} for note in found.notes],
    }


def states(one: Quantity) -> bool:
    """Whether the words state an amount."""
    return not (one.bare and one.definite)


def _date(one: DateRange) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "precision": one.precision,
        "span": one.span,
        "text": one.text,
        "rule": one.rule,
    }


def _quantity(one: Quantity, text: str) -> dict[str, Any]:
    return {
        "low": one.low,
        "high": one.high,
        "span": one.span,
        "text": one.span.cut(text),
        "phrase": one.phrase,
        "noun": one.noun,
        "class": one.noun_class,
        "rule": one.rule,
    }


def _number(one: Number, text: str) -> dict[str, Any]:
    return {"value": one.value, "span": one.span, "text": one.span.cut(text)}


class ValuesPrinter:
    """Prints the values of texts to a stream, a table for each text."""

    def __init__(self, stream: IO[str]) -> None:
        self._on = stream.isatty()
        self._console = Console(
            file=stream, width=None if self._on else _WIDTH, highlight=False, markup=False, emoji=False
        )

    def show(self, document: Document, found: Values) -> None:
        """The text's head line, its values in text order, and its notes."""
        head = " · ".join(part for part in (plain(document.id), str(document.published or "")) if part)
        self._console.print(Styled(head, style="bold"))
        rows = sorted(self._rows(document.text, found), key=lambda row: row[0])
        if rows:
            table = Table(show_edge=False, pad_edge=False, header_style="bold")
            for name in ("at", "what", "value", "words", "rule"):
                table.add_column(name, overflow="fold", justify="right" if name == "at" else "left")
            for start, what, value, words, rule in rows:
                table.add_row(str(start), what, value, isolate(words, on=self._on), rule)
            self._console.print(table)
        else:
            self._console.print(Styled("  no dates, quantities or numbers", style="dim"))
        for note in found.notes:
            self._console.print(Styled(f"  note: {plain(note.message)}", style="yellow"))
        self._console.print()

    @staticmethod
    def _rows(text: str, found: Values) -> list[tuple[int, str, str, str, str]]:
        rows = []
        for one in found.dates:
            value = "unresolved" if one.start is None else str(one.start)
            if one.end != one.start:
                value += f" – {one.end}"
            rows.append((one.span.start, f"date ({one.precision.value.replace('_', ' ')})", value, one.text, one.rule))
        for quantity in filter(states, found.quantities):
            what = quantity.noun_class or "amount"
            words = quantity.phrase.cut(text)
            rows.append((quantity.phrase.start, what, amount(quantity.low, quantity.high), words, quantity.rule))
        for number in found.numbers:
            if number.ordinal or number.percent:
                what = "ordinal" if number.ordinal else "percent"
                rows.append((number.span.start, what, f"{number.value:,}", number.span.cut(text), ""))
        return rows

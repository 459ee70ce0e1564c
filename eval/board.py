"""The scoreboard and its gate: every set read, scored, shown; `python eval/scoreboard.py --help`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
from rich.console import Console
from rich.table import Table

from eval.airwars import Told, hits
from eval.gate import below, gold_hash, load_floors, moved, save_floors
from eval.scoring import MEASURES, Board, Judged, Rate, Reading, score
from eval.sets import GOLD_FILES, OWN, GoldSet, incidents, own_sets, shared_sets
from sijill.model import Document, Report

__all__ = ["FLOORS", "main"]

Kind = TypeVar("Kind")

FLOORS = Path(__file__).resolve().parent / "floors.json"


class Reads(Protocol):
    """What reads a document: the pipeline's Reader, or a stand-in in tests."""

    def read(self, document: Document) -> Report:
        """The record of one document."""
        ...


class Results(msgspec.Struct, frozen=True):
    """The boards by set, and the incidents' measures (empty where they are not there)."""

    boards: dict[str, Board]
    incidents: dict[str, Rate]
    claims_per_report: float

    def gated(self) -> dict[str, dict[str, float]]:
        """What the gate looks at: every measure of our own gold, and the score."""
        return {
            name: {**{m: rate.f1 for m, rate in board.rates.items()}, **_quiet(board), "score": board.score}
            for name, board in self.boards.items()
            if name in OWN
        }

    def plain(self) -> dict[str, Any]:
        """The results as JSON has them."""
        return {
            "sets": {name: _plain_board(board) for name, board in self.boards.items()},
            "airwars": {
                **{m: {"share": r.recall, "hit": r.hit, "of": r.gold} for m, r in self.incidents.items()},
                "claims_per_report": self.claims_per_report,
            }
            if self.incidents
            else None,
        }


def main(arguments: Sequence[str] | None = None, reader: Reads | None = None, floors: Path = FLOORS) -> int:
    """Read, score and show every set; the exit status is 1 where our own gold is read below its floors."""
    options = _options(arguments)
    known = [*OWN, *(chosen.name for chosen in shared_sets()), "airwars"]
    if options.set and options.set not in known:
        print(f"no set called {options.set}", file=sys.stderr)
        return 2
    results = measure(reader or _reader(), only=options.set, shared=not options.own)
    if options.errors:
        _show_errors(results, int(options.errors[0]), options.errors[1])
    elif options.json:
        print(json.dumps(results.plain(), ensure_ascii=False))
    else:
        _show(results)
    if options.set or options.errors:
        return 0
    return _gate(results, floors, raised=options.raise_floors, lowered=options.lower_floors)


def measure(reader: Reads, only: str | None = None, *, shared: bool = True) -> Results:
    """Every set (or the one called `only`) read by `reader` and scored. A set inside another is read once."""
    sets = [s for s in own_sets() + (shared_sets() if shared else []) if only in (None, s.name)]
    read: dict[tuple[str, str], Reading] = {}
    boards = {chosen.name: score(chosen.gold, _readings(reader, chosen, read), chosen.texts) for chosen in sets}
    rates: dict[str, Rate] = {}
    claims_per_report = 0.0
    if shared and only in (None, "airwars"):
        documents, reference = incidents()
        told = {d.id: _claims(reader.read(d), Told) for d in documents}
        rates, claims_per_report = hits(reference, told)
    return Results(boards, rates, claims_per_report)


def _readings(reader: Reads, chosen: GoldSet, read: dict[tuple[str, str], Reading]) -> Iterable[Reading]:
    for document in chosen.documents:
        key = chosen.name.split()[0], document.id
        if key not in read:
            read[key] = Reading(document.id, _claims(reader.read(document), Judged))
        yield read[key]


def _claims(report: Report, kind: type[Kind]) -> tuple[Kind, ...]:
    """The report's claims with the judged fields, by way of the JSON that is our contract."""
    return tuple(msgspec.convert(claim, kind) for claim in json.loads(report.to_json())["claims"])


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The scoreboard of the reading, with its gate on floors.")
    parser.add_argument("--set", help="this set only (no gate): examples, paragraphs, seed, dev, dev even, airwars …")
    parser.add_argument("--own", action="store_true", help="our own gold only")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--errors", nargs=2, metavar=("N", "SET"), help="the first N errors of a set (no gate)")
    parser.add_argument("--raise-floors", action="store_true", help="raise the floors to the present values")
    parser.add_argument("--lower-floors", action="store_true", help="set the floors to the present values, also lower")
    options = parser.parse_args(arguments)
    if options.errors:
        if not options.errors[0].isdigit():
            parser.error("--errors takes a number and a set")
        options.set = options.errors[1]
    if options.set and (options.raise_floors or options.lower_floors):
        parser.error("floors are taken on all of our own gold, not on one set")
    return options


def _gate(results: Results, path: Path, *, raised: bool, lowered: bool) -> int:
    gold = gold_hash(GOLD_FILES)
    values = results.gated()
    if raised or lowered:
        try:
            save_floors(path, moved(load_floors(path), gold, values, lower=lowered))
        except ValueError as error:
            print(f"gate: {error}", file=sys.stderr)
            return 1
    reasons = below(load_floors(path), gold, values)
    for reason in reasons:
        print(f"gate: {reason}", file=sys.stderr)
    return int(bool(reasons))


def _show(results: Results) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(title="F1 by set (modality: accuracy)")
    table.add_column("measure")
    for name, board in results.boards.items():
        table.add_column(f"{name}\n({board.rates['claim'].gold} claims)", justify="right")
    boards = results.boards.values()
    for row in MEASURES:
        table.add_row(row, *(f"{board.rates[row].f1:.3f}" for board in boards))
    table.add_row("invented", *(f"{board.invented:.3f}" for board in boards))
    table.add_row("quiet", *(f"{b.quiet.hit} / {b.quiet.gold}" if b.quiet.gold else "" for b in boards))
    table.add_row("score", *(f"{board.score:.3f}" for board in boards), style="bold")
    if results.boards:
        console.print(table)
    if results.incidents:
        share = Table(title=f"airwars: hits per report ({results.claims_per_report:.2f} claims a report)")
        for measure_name in results.incidents:
            share.add_column(measure_name, justify="right")
        share.add_row(*(f"{rate.recall:.3f}\n{rate.hit} / {rate.gold}" for rate in results.incidents.values()))
        console.print(share)


def _show_errors(results: Results, number: int, name: str) -> None:
    board = results.boards.get(name)
    if board is None:
        return  # incidents are judged by report; they have no list of errors
    classes: dict[str, int] = {}
    for miss in board.misses:
        classes[miss.what] = classes.get(miss.what, 0) + 1
    for miss in board.misses[:number]:
        print(f"{miss.doc} | {miss.what} | {miss.detail} | {miss.quote}")
    print("; ".join(f"{what} {count}" for what, count in sorted(classes.items(), key=lambda item: -item[1])))


def _plain_board(board: Board) -> dict[str, Any]:
    return {
        **_plain_rates(board.rates),
        **_quiet(board),
        "score": board.score,
        "invented": board.invented,
        "types": _plain_rates(board.types),
    }


def _quiet(board: Board) -> dict[str, float]:
    """The share of reports without a claim that were given none, where the set has such reports."""
    return {"quiet": board.quiet.recall} if board.quiet.gold else {}


def _plain_rates(rates: Mapping[str, Rate]) -> dict[str, Any]:
    return {
        key: {"p": r.precision, "r": r.recall, "f1": r.f1, "hit": r.hit, "gold": r.gold, "given": r.given}
        for key, r in rates.items()
    }


def _reader() -> Reads:
    from sijill.pipeline import Reader  # noqa: PLC0415 - the lexicons load only where something is read

    return Reader()

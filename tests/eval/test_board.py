from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.board import main
from eval.sets import own_sets, shared_sets
from sijill.model import Claim, ClaimType, Document, Modality, Report, Span


class Silent:
    """Reads nothing into anything."""

    def read(self, document: Document) -> Report:
        return Report(document.id, document.published, None, None, None, document.sha256, (), (), "0", "0")


class Oracle(Silent):
    """Knows the gold's triggers and types, and no other field."""

    def __init__(self) -> None:
        self.gold = {reading.doc: reading.claims for chosen in own_sets() for reading in chosen.gold}

    def read(self, document: Document) -> Report:
        claims = tuple(
            Claim(
                str(number),
                ClaimType(claim.type),
                Span(*claim.trigger),
                document.text[slice(*claim.trigger)],
                Span(0, len(document.text)),
                (),
                None,
                (),
                (),
                (),
                (),
                Modality(claim.modality),
            )
            for number, claim in enumerate(self.gold[document.id])
        )
        return Report(document.id, document.published, None, None, None, document.sha256, claims, (), "0", "0")


def test_the_gate_opens_at_the_floors_and_shuts_below(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    assert main(["--own"], Oracle(), floors) == 1  # no floors yet
    assert main(["--own", "--raise-floors"], Oracle(), floors) == 0
    assert json.loads(floors.read_text())["floors"]["examples"]["claim"] == 1.0
    capsys.readouterr()
    assert main(["--own"], Silent(), floors) == 1
    assert "examples: claim is 0.000, its floor 1.000" in capsys.readouterr().err
    assert main(["--own", "--raise-floors"], Silent(), floors) == 1  # raising lowers nothing
    assert main(["--own", "--lower-floors"], Silent(), floors) == 0
    assert json.loads(floors.read_text())["floors"]["examples"]["claim"] == 0.0


def test_floors_of_other_gold_shut_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"gold": "0", "floors": {}}')
    assert main(["--own"], Oracle(), floors) == 1
    assert main(["--own", "--raise-floors"], Oracle(), floors) == 1
    assert "the gold" in capsys.readouterr().err


def test_json_has_every_set_and_measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--own", "--json", "--raise-floors"], Oracle(), tmp_path / "floors.json")
    board = json.loads(capsys.readouterr().out)
    assert set(board["sets"]) == {"examples", "paragraphs", "kinds_work", "regions_work", "regions_held"}
    assert board["sets"]["paragraphs"]["claim"]["f1"] == 1.0
    assert board["sets"]["paragraphs"]["quiet"] == 1.0
    assert board["sets"]["examples"]["types"]["shelling"]["gold"] > 0
    assert board["airwars"] is None


def test_errors_are_shown_with_their_classes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--errors", "2", "examples"], Silent(), tmp_path / "floors.json") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "missed claim" in lines[0]
    assert lines[2].startswith("missed")


def test_an_unknown_set_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--errors", "2", "nosuch"], Silent(), tmp_path / "floors.json") == 2
    assert capsys.readouterr().err == "no set called nosuch\n"


def test_shared_sets_are_what_is_there(tmp_path: Path) -> None:
    assert shared_sets(tmp_path) == []
    (tmp_path / "dev").mkdir()
    lines = "".join(f'{{"id": "d{n}", "text": "نص"}}\n' for n in range(3))
    (tmp_path / "dev" / "documents.jsonl").write_text(lines, encoding="utf8")
    (tmp_path / "dev" / "gold.jsonl").write_text(
        "".join(f'{{"doc": "d{n}", "claims": []}}\n' for n in range(3)), encoding="utf8"
    )
    names = {chosen.name: [document.id for document in chosen.documents] for chosen in shared_sets(tmp_path)}
    assert names == {"dev": ["d0", "d1", "d2"], "dev even": ["d0", "d2"], "dev odd": ["d1"]}

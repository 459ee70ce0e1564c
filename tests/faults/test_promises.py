"""What every record promises, over all reports that there are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sijill import Document, Reader, Report, read_inputs


def _sets(root: Path) -> list[Path]:
    """Our examples and gold, and the shared reports where they lie beside the project."""
    shared = root.parent / "shared" / "eval"
    found = [root / "examples" / "reports.jsonl", *sorted((root / "eval" / "gold").glob("documents*.jsonl"))]
    found += sorted(shared.glob("*/documents.jsonl"))
    return [path for path in found if path.exists()]


@pytest.fixture(scope="module")
def documents(root: Path) -> list[Document]:
    return [item for item in read_inputs(_sets(root)) if isinstance(item, Document)]


@pytest.fixture(scope="module")
def reports(reader: Reader, documents: list[Document]) -> list[Report]:
    return [reader.read(document) for document in documents]


def test_there_are_reports_and_they_have_claims(reports: list[Report]) -> None:
    assert len(reports) >= 6
    assert sum(len(report.claims) for report in reports) >= 6


def test_every_span_points_at_its_text(documents: list[Document], reports: list[Report]) -> None:
    for document, report in zip(documents, reports, strict=True):
        for claim in report.claims:
            fields: list[Any] = [*claim.counts, *claim.places, *claim.agents, *claim.targets, *claim.sources]
            pairs = [(claim.trigger, claim.trigger_text), *((field.span, field.text) for field in fields)]
            if claim.date is not None:
                pairs.append((claim.date.span, claim.date.text))
            for span, text in pairs:
                assert span.cut(document.text) == text, document.id
            assert claim.sentence.start <= claim.trigger.start <= claim.trigger.end <= claim.sentence.end


def test_json_loses_nothing(reports: list[Report]) -> None:
    for report in reports:
        assert Report.from_json(report.to_json()) == report


def test_claims_are_in_text_order_and_their_ids_differ(reports: list[Report]) -> None:
    for report in reports:
        triggers = [claim.trigger for claim in report.claims]
        assert triggers == sorted(triggers), report.doc
        assert len({claim.id for claim in report.claims}) == len(report.claims), report.doc


def test_a_second_reading_is_the_same(reader: Reader, documents: list[Document], reports: list[Report]) -> None:
    assert [reader.read(document) for document in documents[:20]] == reports[:20]


def test_the_seed_of_hashes_changes_no_byte(root: Path) -> None:
    def output(seed: str) -> bytes:
        command = [sys.executable, "-m", "sijill", "read", "--json", *map(str, _sets(root))]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    first = output("1")
    assert first
    assert first == output("2")


def test_a_sentence_at_the_end_changes_no_earlier_span(reader: Reader, documents: list[Document]) -> None:
    for document in documents[:12]:
        before = reader.read(document)
        longer = Document(document.id, document.text + "\n\nانتهى البيان.", document.published)
        after = reader.read(longer)
        assert [claim.trigger for claim in after.claims][: len(before.claims)] == [c.trigger for c in before.claims]

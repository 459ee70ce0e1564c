"""A case on each database: every test that takes `case` or `address` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sijill import Document, Report
from sijill.casefile import CaseFile
from sijill.sources import Given, Original
from tests.casefile.servers import Server, server
from tests.casefile.simple import read_simply

__all__ = ["TEXTS", "Adder", "given", "ticking"]

# Invented reports.
TEXTS = (
    "قُتل ثلاثة مدنيين وأصيب خمسة آخرون في قصف جوي على مدينة إدلب أمس السبت، بحسب مصادر محلية.",
    "اندلعت اشتباكات عنيفة بين الجيش وفصائل المعارضة في محيط بلدة سراقب صباح الأحد، وأسفرت عن مقتل سبعة مقاتلين.",
    "اعتقلت قوات الأمن عشرة متظاهرين في درعا خلال احتجاج سلمي يوم 5 أيار 2024، وفق ناشطين.",
    "انفجرت سيارة مفخخة قرب سوق شعبي في مدينة الباب، ما أدى إلى إصابة اثني عشر شخصاً بينهم أربعة أطفال.",
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for this run."""
    with server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new case may be made, on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "a.case")
    running: Server = request.getfixturevalue("postgres")
    return running.database()


@pytest.fixture
def case(address: str) -> Iterator[CaseFile]:
    """A new case; each of its times is a second after the one before."""
    with CaseFile.create(address, "tester", clock=ticking()) as made:
        yield made


class Adder:
    """Adds reports to a case, in batches of one call each."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case

    def __call__(self, *items: Given, read: Callable[[Document], Report] = read_simply) -> list[str]:
        """The ids under which the case has the items, as `read` reads them."""
        batch = self._case.batch("tester", policy="guidelines")
        names = [batch.take(item, read)[1] for item in items]
        batch.finish()
        return names


@pytest.fixture
def add(case: CaseFile) -> Adder:
    """Adds to `case`."""
    return Adder(case)


def given(text: str, name: str = "r", **fields: object) -> Given:
    """A report as a file of its own would give it."""
    document = Document(name, text, **fields)  # type: ignore[arg-type]
    return Given(document, Original(text.encode()), f"in/{name}.txt")


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a second whenever it is looked at."""
    time = datetime(2024, 5, 1, 8, tzinfo=UTC)

    def tick() -> datetime:
        nonlocal time
        time += timedelta(seconds=1)
        return time

    return tick

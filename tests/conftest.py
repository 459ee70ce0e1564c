"""What all tests share: where the project stands, its examples, and a reader that is loaded once."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from sijill import Reader

ROOT = Path(__file__).parent.parent

# Deterministic, and no deadline: no test depends on the time that it takes.
settings.register_profile(
    "sijill", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("sijill")


def pytest_configure(config: pytest.Config) -> None:
    """What is compiled is kept in a folder of the run, never in the user's."""
    os.environ["SIJILL_CACHE_DIR"] = folder = tempfile.mkdtemp(prefix="sijill-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def examples() -> Path:
    """The shipped examples, one JSON object a line."""
    return ROOT / "examples" / "reports.jsonl"


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with its own data."""
    from sijill import Reader  # noqa: PLC0415  (tests of single rooms need no reader)

    return Reader()

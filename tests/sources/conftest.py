"""What the tests of the readers share: texts that we invented, and how inputs are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sijill.sources import Given, Mapping, Rejected, read_originals

TEXT = "وقع انفجار في سوق البلدة صباح الخميس، وأصيب أربعة مدنيين."

Read = Callable[..., tuple[list[Given], list[str]]]


@pytest.fixture
def text() -> str:
    """A report of one sentence."""
    return TEXT


@pytest.fixture
def page() -> str:
    """A page with a title, a day and an article."""
    return (
        "<!DOCTYPE html><html><head><title>انفجار في السوق</title>"
        '<meta property="article:published_time" content="2024-03-05T10:00:00Z">'
        "</head><body><nav>الرئيسية</nav><article><h1>انفجار في السوق</h1>"
        + f"<p>{TEXT} وقال شهود إن الدخان غطى الحي بعد ساعة من ذلك.</p>" * 4
        + "</article></body></html>"
    )


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads one file of a name and content: the reports, and the lines of what was rejected."""

    def given(name: str, content: bytes | str, mapping: Mapping | None = None) -> tuple[list[Given], list[str]]:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        items = list(read_originals([file], mapping=mapping))
        lines = [str(item) for item in items if isinstance(item, Rejected)]
        assert all("\n" not in line and name in line for line in lines)
        return [item for item in items if isinstance(item, Given)], lines

    return given

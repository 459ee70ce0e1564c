"""What search asks is made from the case alone: `verify` finds any other row, and it can be made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, text, update

from sijill.casefile import CaseFile, State
from sijill.casefile.schema import search_claim, search_document
from sijill.casefile.search import Search
from sijill.casefile.verify import problems
from tests.casefile.conftest import TEXTS, Adder, given

Change = Callable[[Connection], object]


@pytest.fixture
def full(case: CaseFile, add: Adder) -> CaseFile:
    """Two reports, one of which has decisions and two readings."""
    add(given(" ".join(TEXTS[:2]), "a", title="قصف", outlet="وكالة المثال"), given(TEXTS[2], "b"))
    claims = case.claims(case.document("a"))
    case.decide(claims[0].n, State.EDITED, "me", changes={"type": "shelling", "counts": []})
    assert list(case.verify()) == []
    return case


def _words(connection: Connection, *, key: int) -> None:
    if connection.dialect.name == "sqlite":
        row = {"n": key, "words": "كلمة"}
        connection.execute(text("INSERT INTO search_words (rowid, body) VALUES (:n, :words)"), row)
    else:
        connection.execute(text("INSERT INTO search_words (n, words) VALUES (:n, '''b:x''')"), {"n": key})


CHANGES: dict[str, tuple[Change, str]] = {
    "gone": (lambda c: c.execute(delete(search_claim).where(search_claim.c.claim == 1)), "missing"),
    "state": (lambda c: c.execute(update(search_claim).values(state="rejected")), "state: not what"),
    "day": (lambda c: c.execute(update(search_claim).values(first=1)), "first: not what"),
    "people": (lambda c: c.execute(update(search_claim).values(killed=99)), "killed: not what"),
    "outlet": (lambda c: c.execute(update(search_document).values(outlet="x")), "outlet: not what"),
    "document": (lambda c: c.execute(delete(search_document)), "missing"),
    "words": (lambda c: _words(c, key=99 << 14), "there is no such document"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_row_is_found(full: CaseFile, name: str) -> None:
    change, said = CHANGES[name]
    with full.database.engine.connect() as connection, connection.begin() as transaction:
        change(connection)
        found = [str(problem) for problem in problems(connection)]
        transaction.rollback()
    assert any(said in line for line in found), found


def test_words_that_are_gone_are_found(full: CaseFile) -> None:
    wipe = {
        "sqlite": "INSERT INTO search_words (search_words) VALUES ('delete-all')",
        "postgresql": "UPDATE search_words SET words = '''b:x'''",
    }
    with full.database.writing() as connection:
        connection.execute(text(wipe[full.database.kind]))
    assert sum("not the words" in str(problem) for problem in full.verify()) == 2
    assert full.search(Search(text="القصف")).claims == ()
    assert full.reindex("me") == 2
    assert list(full.verify()) == []
    assert full.search(Search(text="القصف")).claims


def test_reindex_makes_the_same_rows(full: CaseFile) -> None:
    asked = Search(text="مدنيين")
    before = full.search(asked)
    with full.database.writing() as connection:
        connection.execute(delete(search_claim))
    full.reindex("me")
    assert list(full.verify()) == []
    assert full.search(asked) == before


def test_words_of_another_version_are_told(full: CaseFile) -> None:
    assert full.outdated() == 0
    with full.database.writing() as connection:
        connection.execute(update(search_document).values(wording=1))
    assert full.outdated() == 2
    assert list(full.verify()) == []
    full.reindex("me")
    assert full.outdated() == 0


def test_a_backup_is_searched_like_the_case(full: CaseFile, tmp_path: Path) -> None:
    asked = Search(text='"قصف جوي"', states=(State.EDITED,))
    full.backup(tmp_path / "b.case", "me")
    with CaseFile.open(tmp_path / "b.case", write=False) as copied:
        assert copied.search(asked).claims == full.search(asked).claims != ()
        assert list(copied.verify()) == []

"""What a case keeps, on both databases."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import delete, select, text, update

from sijill import Document, Rejected, Report
from sijill.casefile import CaseFile, Outcome
from sijill.casefile.canonical import sha256_of
from sijill.casefile.schema import METADATA, blob
from sijill.errors import StoreError
from sijill.sources import Given, Original
from tests.casefile.conftest import TEXTS, Adder, given
from tests.casefile.simple import read_simply


def test_a_document_comes_back_as_it_was_given(case: CaseFile) -> None:
    raw = TEXTS[0].encode("windows-1256", "ignore")
    document = Document(
        "a", TEXTS[0], date(2024, 5, 12), "عنوان\0", "https://news.example/1", "وكالة", {"b": [1, None], "a": "\0"}
    )
    batch = case.batch("me", {"x": 1}, policy="p")
    outcome = batch.take(Given(document, Original(raw), "in/a.txt", "line 3"), read_simply)
    assert outcome == (Outcome.STORED, "a")
    batch.finish()
    row = case.document("a")
    assert row.document(case.text(row)) == document
    assert case.original(row) == raw
    assert (row.original, row.text) == (sha256_of(raw), document.sha256)
    assert (row.origin, row.part, row.author, row.added) == ("in/a.txt", "line 3", "me", "2024-05-01T08:00:03.000000Z")
    [reading] = case.readings(row)
    assert case.report(reading).to_json() == read_simply(document).to_json()
    assert [item.claim for item in case.claims(row)] == list(read_simply(document).claims)
    assert list(case.verify()) == []


def test_the_same_again_adds_nothing(case: CaseFile, add: Adder) -> None:
    first = [given(body, f"r{number}") for number, body in enumerate(TEXTS)]
    assert add(*first) == ["r0", "r1", "r2", "r3"]
    batch = case.batch("me")
    again = [batch.take(msgspec.structs.replace(item, where="elsewhere"), _unread) for item in first]
    assert again == [(Outcome.DUPLICATE, f"r{number}") for number in range(4)]
    tally = batch.finish()
    assert (tally.taken, tally.stored, tally.duplicate, tally.rejected) == (4, 0, 4, 0)
    assert len(list(case.documents())) == 4
    assert list(case.verify()) == []


def _unread(_: Document) -> Report:
    raise AssertionError("read for nothing")


def test_the_rejected_are_listed(case: CaseFile) -> None:
    batch = case.batch("me")
    assert batch.take(Rejected("a\0.txt", "no text", "write one"), _unread)[0] is Outcome.REJECTED
    batch.finish()
    with case.database.reading() as connection:
        [row] = connection.execute(text("SELECT origin, what, mend FROM reject")).all()
        assert tuple(row) == ("a\ufffd.txt", "no text", "write one")
        numbers = connection.execute(text("SELECT taken, stored, duplicate, rejected FROM batch")).one()
        assert tuple(numbers) == (1, 0, 0, 1)
    assert list(case.verify()) == []


def test_two_reports_of_one_name_get_two_ids(case: CaseFile, add: Adder) -> None:
    assert add(given(TEXTS[0], "same")) == ["same"]
    assert add(given(TEXTS[1], "same"), given(TEXTS[2], "same")) == ["same~2", "same~3"]
    row = case.document("same~2")
    assert case.report(case.readings(row)[0]).doc == "same~2"
    assert list(case.verify()) == []


def test_a_very_long_id_is_cut(case: CaseFile, add: Adder) -> None:
    [name] = add(given(TEXTS[0], "x" * 5000))
    assert len(name) <= 200
    assert case.document(name).document("").id == name


def test_syndicated_copies_are_kept_as_one_family(case: CaseFile, add: Adder) -> None:
    wire = " ".join(TEXTS)
    add(given(wire, "wire"), given(TEXTS[1], "part"), given("عنوان آخر للخبر\n" + wire, "copy"))
    add(given(wire, "other", outlet="وكالة أخرى"))
    families = {row.id: (case.document("wire").n == row.family, row.likeness) for row in case.documents()}
    assert families["wire"] == (True, 1.0)
    assert families["copy"][0]
    assert 0.5 <= families["copy"][1] < 1
    assert families["other"] == (True, 1.0)
    assert not families["part"][0]
    assert list(case.verify()) == []


def test_a_case_is_not_made_over_another_one(case: CaseFile, address: str) -> None:
    with pytest.raises(StoreError, match="something"):
        CaseFile.create(address, "me")
    assert case.head()[0] == 1


def test_a_case_is_opened_again(case: CaseFile, add: Adder, address: str) -> None:
    add(given(TEXTS[0]))
    with CaseFile.open(address, write=False) as other:
        assert [row.id for row in other.documents()] == ["r"]
        assert other.about() == case.about()
        assert other.head() == case.head()
        with pytest.raises(StoreError):
            other.log("me", "export", "case", {})


def test_what_was_given_and_decided_cannot_be_changed(case: CaseFile, add: Adder) -> None:
    add(given(TEXTS[0]))
    for table, column in (("audit", "payload"), ("blob", "packing"), ("document", "title"), ("reading", "data")):
        found = METADATA.tables[table]
        for statement in (delete(found), update(found).values({column: ""})):
            with pytest.raises(StoreError, match="never change"), case.database.writing() as connection:
                connection.execute(statement)
    assert list(case.verify()) == []


def test_an_author_is_needed(case: CaseFile) -> None:
    with pytest.raises(StoreError, match="who"):
        case.batch(" ")


def test_what_is_not_there_is_said(case: CaseFile) -> None:
    with pytest.raises(StoreError, match="no document 'x'"):
        case.document("x")
    with pytest.raises(StoreError, match="no claim 5"):
        case.claims_by_key([5])
    assert case.claim_keys("0123456789abcdef") == []


def test_documents_come_in_pages(case: CaseFile, add: Adder) -> None:
    add(*(given(f"{body} {number}", f"r{number}") for number in range(2) for body in TEXTS))
    assert [row.n for row in case.documents(page=3)] == list(range(1, 9))


def test_a_path_is_no_place_for_a_case_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        CaseFile.create(tmp_path / "none" / "a.case", "me")
    assert list(tmp_path.iterdir()) == []


def test_the_model_that_reports_are_packed_with_never_changes() -> None:
    model = files("sijill.casefile") / "dictionary_1.json"
    assert sha256_of(model.read_bytes()) == "sha256:449a2d5fff663927edc0f78b8f04118d17a519bdb5572dad48b7dff1d612f14b"


@pytest.mark.parametrize("raw", ["the same", "in a line", "in a code page", "large", "too short to pack"])
def test_bytes_are_packed_with_their_original_where_that_helps(case: CaseFile, raw: str) -> None:
    body = "نص" if raw == "too short to pack" else " ".join(TEXTS)
    original = {
        "in a line": f'{{"id":"a","text":"{body}"}}'.encode(),
        "in a code page": body.encode("windows-1256", "ignore"),
        "large": body.encode() + bytes(100_000),
    }.get(raw, body.encode())
    batch = case.batch("me")
    batch.take(Given(Document("a", body), Original(original), "in"), read_simply)
    batch.finish()
    row = case.document("a")
    assert case.original(row) == original
    assert case.text(row) == body
    case.reread("a", lambda document: msgspec.structs.replace(read_simply(document), data="other"), "me")
    assert [item.data for item in map(case.report, case.readings(row))] == ["simple+guidelines", "other"]
    with case.database.reading() as connection:
        bases = {row.sha256: row.base for row in connection.execute(select(blob.c.sha256, blob.c.base))}
    assert bases[row.original] is None
    assert bases[row.text] == (row.original if raw == "in a line" else None)
    for reading in case.readings(row):
        assert bases[reading.report] == (row.original if raw == "in a line" else row.text)
    assert list(case.verify()) == []


def test_rows_of_one_table_share_their_original(case: CaseFile) -> None:
    whole = Original("\n".join(TEXTS).encode() * 200)
    batch = case.batch("me")
    for number, body in enumerate(TEXTS):
        batch.take(Given(Document(f"r{number}", body), whole, "t.csv", f"row {number}"), read_simply)
    batch.finish()
    assert {row.original for row in case.documents()} == {whole.sha256}
    assert case.original(case.document("r3")) == whole.content
    assert list(case.verify()) == []

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.errors import ConfigError, RunError
from sijill.run import Folder, Started, start
from sijill.run.query import ask
from tests.run.samples import LIMITS, QUICK, files_of, lines, poisoned, run


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Started:
    folder = tmp_path_factory.mktemp("a name with ' and [x]*")
    return run(poisoned(folder / "a.jsonl", 30, {4: "RAISE"}), folder / "out")


def answer(folder: Folder, sql: str) -> list[tuple[object, ...]]:
    return list(ask(folder, sql).rows)


def test_the_tables_of_all_shards_are_one(done: Started) -> None:
    assert len(done.shards) > 2
    assert answer(done.folder, "SELECT count(*), sum(claims) FROM reports") == [(29, 15)]
    assert answer(done.folder, "FROM claims JOIN reports USING (key) SELECT count(*)") == [(15,)]
    assert answer(done.folder, "SELECT doc, reason FROM rejects") == [
        ("d4", "KeyError: 'a word that breaks the reader'")
    ]
    assert answer(done.folder, "SELECT count(*) FROM turned_away") == [(0,)]
    assert ask(done.folder, "SELECT doc AS name, key FROM claims").columns == ("name", "key")
    both = ask(done.folder, "SELECT c.doc, r.doc, 1 AS doc_2, r.doc FROM claims c JOIN reports r USING (key)")
    assert both.columns == ("doc", "doc_2", "doc_2_2", "doc_3")
    assert ("key", "BIGINT") in {row[:2] for row in answer(done.folder, "DESCRIBE claims")}


@pytest.mark.parametrize(
    "sql",
    [
        "SELEC",
        "SELECT none FROM claims",
        "SELECT CAST(doc AS INT) FROM claims",
        "",
        "SELECT 1; SELECT 2",
        "COPY claims TO 'claims.csv'",
        "COPY (SELECT 1) TO '{shards}/x.parquet'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{shards}/0000000/claims.parquet'",
        "WITH x AS (COPY (SELECT 1) TO '{shards}/0000000/claims.parquet') SELECT 1",
        "SELECT * FROM read_text('{shards}/0000000/done.json')",
        "CREATE TABLE t (x INT)",
        "DROP VIEW claims",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM read_csv('{manifest}')",
        "SELECT * FROM '/etc/passwd'",
    ],
)
def test_sql_that_is_wrong_or_more_than_a_question_is_one_line(done: Started, sql: str) -> None:
    path = done.folder.path
    before = files_of(path)
    with pytest.raises(ConfigError) as caught:
        answer(done.folder, sql.format(shards=path / "shards", manifest=path / "manifest.json"))
    assert "\n" not in str(caught.value)
    assert files_of(path) == before


def test_a_folder_without_results_says_so(tmp_path: Path) -> None:
    started = start([str(lines(tmp_path / "a.jsonl", ["x"]))], tmp_path / "out", QUICK, limits=LIMITS)
    with pytest.raises(RunError, match="no shard is done yet"):
        ask(started.folder, "SELECT 1")
    with pytest.raises(RunError, match="not the folder of a run"):
        Folder.open(tmp_path)


def test_a_table_that_is_gone_or_damaged_is_one_line(tmp_path: Path) -> None:
    started = run(lines(tmp_path / "a.jsonl", ["claim"]), tmp_path / "out")
    table = tmp_path / "out" / "shards" / "0000000" / "claims.parquet"
    table.write_bytes(b"no table")
    with pytest.raises(RunError, match=r"claims\.parquet.*--check"):
        ask(started.folder, "FROM claims")
    table.unlink()
    with pytest.raises(RunError, match=r"claims\.parquet.*--check"):
        ask(started.folder, "FROM claims")


def test_the_questions_of_the_documents_have_answers(done: Started, root: Path) -> None:
    page = (root / "docs" / "bulk.md").read_text("utf-8")
    block = page.split("```sql\n")[1].split("```")[0]
    questions = block.split(";")[:-1]
    assert len(questions) == 3
    assert [len(answer(done.folder, sql)) for sql in questions] == [1, 0, 1]

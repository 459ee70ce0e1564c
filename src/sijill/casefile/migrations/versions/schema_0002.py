"""Search: what claims are asked and sorted by, and the words of texts (FTS5 on SQLite, a tsvector on PostgreSQL)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BEGINNINGS = "text_pattern_ops"
# Words come ready made, with a blank between them; what is not a letter or a digit may stand in a number.
_SQLITE = """
CREATE VIRTUAL TABLE search_words
USING fts5(title, lead, body, content='', tokenize="ascii tokenchars '.,'")
"""
# The vector is kept beside the row, so that rows are few pages; lists of changes are short, so that a search is quick.
_POSTGRESQL = """
CREATE TABLE search_words (n BIGINT PRIMARY KEY, words TSVECTOR NOT NULL) WITH (toast_tuple_target = 128)
"""
WORDS_INDEX = "CREATE INDEX search_words_words ON search_words USING gin (words) WITH (gin_pending_list_limit = 512)"


def upgrade() -> None:
    """From schema 0001. The tables are filled by `sijill.casefile.search.index.rebuild`."""
    op.create_table(
        "search_claim",
        sa.Column("claim", _KEY, autoincrement=False, nullable=False),
        sa.Column("document", _KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer()),
        sa.Column("last", sa.Integer()),
        sa.Column("reach", sa.Integer()),
        sa.Column("said", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Integer()),
        sa.Column("people", sa.BigInteger()),
        sa.Column("killed", sa.BigInteger()),
        sa.ForeignKeyConstraint(["claim"], ["claim.n"]),
        sa.PrimaryKeyConstraint("claim"),
    )
    for column in ("document", "state", "type", "modality", "first", "published", "people", "killed"):
        op.create_index(f"search_claim_{column}", "search_claim", [column, "claim"])
    op.create_index("search_claim_reach", "search_claim", ["reach", "first", "claim", "last"])
    op.create_table(
        "search_document",
        sa.Column("document", _KEY, autoincrement=False, nullable=False),
        sa.Column("outlet", sa.Text()),
        sa.Column("wording", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.n"]),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_index("search_document_outlet", "search_document", ["outlet", "document"])
    op.create_index("search_document_wording", "search_document", ["wording"])
    for table, column in (("place", "key"), ("place", "pcode"), ("actor", "key"), ("source", "key")):
        name, ops = f"claim_{table}_{column}", {column: _BEGINNINGS}
        op.create_index(name, f"claim_{table}", [column, "claim"], postgresql_ops=ops)
    op.create_index("claim_place_country", "claim_place", ["country", "claim"])
    op.create_index("claim_place_precision", "claim_place", ["precision", "claim"])
    op.create_index("claim_place_point", "claim_place", ["lat", "lon", "claim"])
    op.create_index("claim_actor_id", "claim_actor", ["actor_id", "claim"])
    op.create_index("claim_count_low", "claim_count", ["kind", "low", "claim"])
    for statement in (_SQLITE,) if op.get_bind().dialect.name == "sqlite" else (_POSTGRESQL, WORDS_INDEX):
        op.execute(statement)

"""The first schema of a case file, and the triggers that keep what was given and decided as it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_APPEND_ONLY = ("audit", "blob", "decision", "document", "duplicate", "reading", "reject")
_APPLICATION = 0x53436173  # "SCas", in the head of a SQLite file
_FUNCTION = """
CREATE FUNCTION sijill_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% takes new rows only', TG_TABLE_NAME; END $$
"""


def upgrade() -> None:
    """From an empty database to this schema."""
    _tables()
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute(f"PRAGMA application_id = {_APPLICATION}")
    else:
        op.execute(_FUNCTION)
    for table in _APPEND_ONLY:
        if sqlite:
            for event in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} takes new rows only'); END"
                )
        else:
            for events, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
                op.execute(
                    f"CREATE TRIGGER {table}_append_only_{each.lower()} BEFORE {events} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION sijill_append_only()"
                )


def _tables() -> None:
    op.create_table(
        "about",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "audit",
        sa.Column("seq", _KEY, autoincrement=False, nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "batch",
        sa.Column("n", _KEY, autoincrement=False, nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=True),
        sa.Column("stored", sa.Integer(), nullable=True),
        sa.Column("duplicate", sa.Integer(), nullable=True),
        sa.Column("rejected", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("packing", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "document",
        sa.Column("n", _KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("family", _KEY, nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("batch", _KEY, autoincrement=False, nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"],
            ["batch.n"],
        ),
        sa.ForeignKeyConstraint(
            ["original"],
            ["blob.sha256"],
        ),
        sa.ForeignKeyConstraint(
            ["text"],
            ["blob.sha256"],
        ),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("identity"),
    )
    op.create_index("document_family", "document", ["family"], unique=False)
    op.create_index("document_published", "document", ["published"], unique=False)
    op.create_table(
        "reject",
        sa.Column("batch", _KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("mend", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"],
            ["batch.n"],
        ),
        sa.PrimaryKeyConstraint("batch", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "duplicate",
        sa.Column("batch", _KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("document", _KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"],
            ["batch.n"],
        ),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("batch", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reading",
        sa.Column("n", _KEY, autoincrement=False, nullable=False),
        sa.Column("document", _KEY, autoincrement=False, nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("sijill", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("first_claim", _KEY, nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["blob.sha256"],
        ),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("reading_document", "reading", ["document"], unique=False)
    op.create_table(
        "shingle",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", _KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("hash", "document"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim",
        sa.Column("n", _KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", _KEY, autoincrement=False, nullable=False),
        sa.Column("reading", _KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("date_said", sa.Boolean(), nullable=False),
        sa.Column("patch", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('proposed', 'accepted', 'edited', 'rejected', 'unsure')", name="claim_state"),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["reading.n"],
        ),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("claim_document", "claim", ["document"], unique=False)
    op.create_table(
        "claim_actor",
        sa.Column("claim", _KEY, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claim.n"],
        ),
        sa.PrimaryKeyConstraint("claim", "role", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_count",
        sa.Column("claim", _KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claim.n"],
        ),
        sa.PrimaryKeyConstraint("claim", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_place",
        sa.Column("claim", _KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("said", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("pcode", sa.Text(), nullable=True),
        sa.Column("place_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claim.n"],
        ),
        sa.PrimaryKeyConstraint("claim", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_source",
        sa.Column("claim", _KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claim.n"],
        ),
        sa.PrimaryKeyConstraint("claim", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decision",
        sa.Column("n", _KEY, autoincrement=False, nullable=False),
        sa.Column("claim", _KEY, autoincrement=False, nullable=False),
        sa.Column("document", _KEY, autoincrement=False, nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("old_state", sa.Text(), nullable=False),
        sa.Column("new_state", sa.Text(), nullable=False),
        sa.Column("old_value", sa.Text(), nullable=False),
        sa.Column("new_value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("undoes", _KEY, nullable=True),
        sa.Column("carries", _KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["carries"],
            ["decision.n"],
        ),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claim.n"],
        ),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.ForeignKeyConstraint(
            ["undoes"],
            ["decision.n"],
        ),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("decision_claim", "decision", ["claim"], unique=False)
    op.create_index("decision_document", "decision", ["document"], unique=False)

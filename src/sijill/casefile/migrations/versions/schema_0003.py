"""Reports that are stored and wait for the rows that search asks, which are made for many of them at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """From schema 0002, in which no report waits, and with two indexes that nothing asks."""
    for column in ("family", "published"):
        op.drop_index(f"document_{column}", "document")
    op.create_table(
        "search_waiting",
        sa.Column("document", _KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.n"]),
        sa.PrimaryKeyConstraint("document"),
    )

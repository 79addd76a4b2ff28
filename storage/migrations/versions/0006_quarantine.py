"""What entries of feeds are known by, and what no reader could use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CompactJson, Instant, Key, StorableText

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the tables of quarantine."""
    op.create_table(
        "marks",
        sa.Column("source", StorableText(), nullable=False),
        sa.Column("reading", StorableText(), nullable=False),
        sa.Column("entries", StorableText(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_marks"),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", Key, nullable=False),
        sa.Column("source", StorableText(), nullable=False),
        sa.Column("url", StorableText(), nullable=False),
        sa.Column("reason", StorableText(), nullable=False),
        sa.Column("detail", StorableText(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", CompactJson(), nullable=False),
        sa.Column("size", Key, nullable=False),
        sa.Column("kept", Key, nullable=False),
        sa.Column("said", CompactJson(), nullable=True),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
        sa.UniqueConstraint("source", "url", name="uq_quarantine_source_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quarantine_last_at", "quarantine", ["last_at"])

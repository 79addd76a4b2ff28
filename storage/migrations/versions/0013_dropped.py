"""What items are known by once they are kept no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Day, Instant, Key

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the tables of dropped items."""
    op.create_table(
        "dropped",
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published_day", Day(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.Column("dropped_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_dropped"),
    )
    op.create_table(
        "dropped_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("item_id", Key, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["dropped.item_id"], name="fk_dropped_keys_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "kind", "scope", name="pk_dropped_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_dropped_keys_item_id", "dropped_keys", ["item_id"])

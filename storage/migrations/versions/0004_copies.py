"""Copies of what was received, what changed after it was told, and pages that are read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CompactJson, Instant, Key, StorableText

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables of copies; what was told so far counts as told in the version of today."""
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", Key, nullable=False),
        sa.Column("packed", sa.Boolean(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blobs"),
    )
    op.create_table(
        "copies",
        _item("copies"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("copy_of", sa.Text(), nullable=False),
        sa.Column("url", StorableText(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", CompactJson(), nullable=False),
        sa.Column("fetched_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "version", name="pk_copies"),
    )
    op.create_index("ix_copies_sha256", "copies", ["sha256"])
    op.create_index("ix_copies_fetched_at", "copies", ["fetched_at"])
    op.create_table(
        "changes",
        _item("changes"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("what", CompactJson(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "version", name="pk_changes"),
    )
    op.create_table(
        "withdrawals",
        _item("withdrawals"),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("missing_since", Instant(), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_withdrawals"),
    )
    op.create_table(
        "told_items",
        sa.Column(
            "recipient_id",
            Key,
            sa.ForeignKey("recipients.id", name="fk_told_items_recipient_id", ondelete="CASCADE"),
            autoincrement=False,
            nullable=False,
        ),
        _item("told_items"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", "item_id", name="pk_told_items"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_told_items_item_id", "told_items", ["item_id"])
    op.create_table(
        "revisits",
        _item("revisits"),
        sa.Column("source", StorableText(), nullable=False),
        sa.Column("url", StorableText(), nullable=False),
        sa.Column("said", CompactJson(), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_visit", Instant(), nullable=True),
        sa.Column("etag", StorableText(), nullable=False),
        sa.Column("last_modified", StorableText(), nullable=False),
        sa.Column("body_hash", StorableText(), nullable=False),
        sa.Column("read_at", Instant(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("missing_since", Instant(), nullable=True),
        sa.Column("missed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("item_id", name="pk_revisits"),
    )
    op.create_index("ix_revisits_source_next_visit", "revisits", ["source", "next_visit"])
    op.execute(
        "INSERT INTO told_items (recipient_id, item_id, version, withdrawn) "
        "SELECT DISTINCT told.recipient_id, matches.item_id, items.version, false FROM digest_matches AS told "
        "JOIN matches ON matches.id = told.match_id JOIN items ON items.id = matches.item_id"
    )


def _item(table: str) -> sa.Column[int]:
    reference = sa.ForeignKey("items.id", name=f"fk_{table}_item_id", ondelete="CASCADE")
    return sa.Column("item_id", Key, reference, autoincrement=False, nullable=False)

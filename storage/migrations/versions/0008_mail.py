"""What the outbox keeps of a digest besides its mail, and who is not written to for now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CompressedText, Instant, Key, StorableText

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Change the tables."""
    for name in ("data", "clean_text", "clean_html"):
        op.add_column("outbox", sa.Column(name, CompressedText(), nullable=True))
    op.add_column("outbox", sa.Column("recipient_id", Key, nullable=True))
    op.create_index("ix_outbox_settled_at", "outbox", ["settled_at"])
    op.create_table(
        "subscriptions",
        _recipient("subscriptions"),
        sa.Column("state", StorableText(), nullable=False),
        sa.Column("reason", StorableText(), nullable=False),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("recipient_id", name="pk_subscriptions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stopped",
        _recipient("stopped"),
        sa.Column("schedule", StorableText(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", "schedule", name="pk_stopped"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refusals",
        _recipient("refusals"),
        sa.Column("parcel_key", StorableText(), nullable=False),
        sa.Column("code", StorableText(), nullable=False),
        sa.Column("said", StorableText(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", "parcel_key", name="pk_refusals"),
        sqlite_with_rowid=False,
    )


def _recipient(table: str) -> sa.Column[int]:
    name = f"fk_{table}_recipient_id"
    reference = sa.ForeignKey("recipients.id", name=name, ondelete="CASCADE")
    return sa.Column("recipient_id", Key, reference, autoincrement=False, nullable=False)

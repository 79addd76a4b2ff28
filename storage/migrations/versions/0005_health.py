"""How sources are doing, what is usual for them, and what of it each recipient was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CompactJson, Instant, Key, StorableText

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables of health."""
    op.create_table(
        "health",
        sa.Column("source", StorableText(), nullable=False),
        sa.Column("condition", CompactJson(), nullable=False),
        sa.Column("reading", StorableText(), nullable=False),
        sa.Column("reading_since", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("source", name="pk_health"),
    )
    op.create_table(
        "norms",
        sa.Column("source", StorableText(), nullable=False),
        sa.Column("learnt_at", Instant(), nullable=False),
        sa.Column("norms", CompactJson(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_norms"),
    )
    op.create_table(
        "notices",
        sa.Column("id", Key, nullable=False),
        sa.Column("source", StorableText(), nullable=False),
        sa.Column("kind", StorableText(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("before", CompactJson(), nullable=True),
        sa.Column("after", CompactJson(), nullable=True),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_source_at", "notices", ["source", "at"], unique=False)
    op.create_index("ix_notices_at", "notices", ["at"], unique=False)
    op.create_table(
        "told_notices",
        sa.Column("recipient_id", Key, autoincrement=False, nullable=False),
        sa.Column("notice_id", Key, autoincrement=False, nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipients.id"], name="fk_told_notices_recipient_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_told_notices_notice_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("recipient_id", "notice_id", name="pk_told_notices"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_told_notices_notice_id", "told_notices", ["notice_id"], unique=False)

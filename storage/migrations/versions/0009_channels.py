"""What the owner was told, and what readers said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key, StorableText

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Change the tables."""
    _troubles()
    _feedback()


def _troubles() -> None:
    op.create_table(
        "troubles",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", StorableText(), nullable=False),
        sa.Column("about", StorableText(), nullable=False),
        sa.Column("text", StorableText(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("told_end_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_troubles"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_troubles_kind_about", "troubles", ["kind", "about"])


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", Key, nullable=False),
        sa.Column("recipient_id", Key, autoincrement=False, nullable=False),
        sa.Column("schedule", StorableText(), nullable=False),
        sa.Column("slot", StorableText(), nullable=False),
        sa.Column("kind", StorableText(), nullable=False),
        sa.Column("text", StorableText(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipients.id"], name="fk_feedback_recipient_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_recipient_id_at", "feedback", ["recipient_id", "at"])

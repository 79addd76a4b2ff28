"""Stories by likeness: what items are looked up and compared by, evidence, joined stories, a person's rulings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CompactJson, Instant, Key

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables of stories."""
    op.create_table(
        "filed",
        sa.Column("hash", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("hash", "item_id", name="pk_filed"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "frequencies",
        sa.Column("id", Key, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("counted", sa.LargeBinary(), nullable=False),
        sa.Column("aged_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_frequencies"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "signatures",
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("filed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_signatures_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", name="pk_signatures"),
    )
    op.create_table(
        "story_evidence",
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("evidence", CompactJson(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_story_evidence_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", name="pk_story_evidence"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_redirects",
        sa.Column("story_id", Key, autoincrement=False, nullable=False),
        sa.Column("to_story", Key, autoincrement=False, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("joined_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_redirects_story_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_story"], ["stories.id"], name="fk_story_redirects_to_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", name="pk_story_redirects"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_redirects_to_story", "story_redirects", ["to_story"], unique=False)
    op.create_table(
        "story_rulings",
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("other_id", Key, autoincrement=False, nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("ruled_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_story_rulings_item_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["items.id"], name="fk_story_rulings_other_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "other_id", name="pk_story_rulings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_rulings_other_id", "story_rulings", ["other_id"], unique=False)

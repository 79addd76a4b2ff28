"""What recent items mean, as vectors, and the mean of each language; both stay empty without the extra `[semantic]`."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Key

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "story_vectors",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_story_vectors_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_story_vectors"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_story_vectors_item_id", "story_vectors", ["item_id"], unique=True)
    op.create_table(
        "vector_means",
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("mean", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("language", name="pk_vector_means"),
        sqlite_with_rowid=False,
    )

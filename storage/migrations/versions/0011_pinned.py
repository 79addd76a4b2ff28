"""Watches that go first in a digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Change the tables."""
    op.add_column("watches", sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.false()))
    # What a watch found of late, for the bars of a digest: without a look at all it ever found.
    op.create_index("ix_matches_watch_id_recorded_at", "matches", ["watch_id", "recorded_at"], unique=False)

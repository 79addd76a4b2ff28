"""What visits teach of a source: its pace, moves, gaps that may still be closed, which way was tried when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CompactJson, Instant, StorableText

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns."""
    for name in ("pace", "move", "missed"):
        op.add_column("sources", sa.Column(name, CompactJson(), nullable=True))
    op.add_column("sources", sa.Column("first_tried_at", Instant(), nullable=True))
    op.add_column("notices", sa.Column("detail", StorableText(), nullable=True))

"""What visits teach of a source: moves, pauses asked for, gaps, times of an item."""

from __future__ import annotations

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Change the tables."""

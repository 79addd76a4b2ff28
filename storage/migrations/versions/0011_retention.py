"""Items that were let go, and vectors of items."""

from __future__ import annotations

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Change the tables."""

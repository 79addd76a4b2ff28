"""What the owner was told, and secrets of feeds."""

from __future__ import annotations

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Change the tables."""

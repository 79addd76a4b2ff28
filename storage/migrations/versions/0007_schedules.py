"""When people are told: schedules, quiet hours, absences."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Change the tables."""

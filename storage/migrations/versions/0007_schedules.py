"""When people are told: schedules, quiet hours, absences."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CompactJson, Day

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Give recipients the rest of their schedule, and the day on which they are back."""
    op.add_column("recipients", sa.Column("timing", CompactJson(), nullable=False, server_default="{}"))
    op.add_column("recipients", sa.Column("away_until", Day(), nullable=True))

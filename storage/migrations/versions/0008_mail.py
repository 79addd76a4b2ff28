"""What the outbox keeps of a digest besides its mail, and who is not written to for now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CompressedText

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Change the tables."""
    for name in ("data", "clean_text", "clean_html"):
        op.add_column("outbox", sa.Column(name, CompressedText(), nullable=True))

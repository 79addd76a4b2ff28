"""What readers said of their digests."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from storage.columns import Instant
from storage.tables.base import id_column, metadata, text_column, to_column

feedback = Table(
    "feedback",
    metadata,
    id_column(),
    to_column("recipients", "recipient_id"),
    text_column("schedule"),
    text_column("slot"),
    text_column("kind"),
    text_column("text"),
    Column("at", Instant, nullable=False),
    Index(None, "recipient_id", "at"),
    sqlite_autoincrement=True,
)

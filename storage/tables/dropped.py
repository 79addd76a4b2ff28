"""What is still known of items that are kept no more: enough to recognise them, and to say until when they were."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table

from storage.columns import Day, Instant, Key
from storage.tables.base import metadata, plain_column

dropped = Table(
    "dropped",
    metadata,
    # The number the item had; no other item gets it.
    Column("item_id", Key, primary_key=True, autoincrement=False),
    plain_column("source"),
    plain_column("title"),
    Column("published_day", Day),
    plain_column("text_hash"),
    Column("first_seen_at", Instant, nullable=False),
    Column("dropped_at", Instant, nullable=False),
)

# As `item_keys`, of items that are dropped.
dropped_keys = Table(
    "dropped_keys",
    metadata,
    plain_column("key", primary_key=True),
    plain_column("kind", primary_key=True),
    plain_column("scope", primary_key=True),
    Column("item_id", Key, ForeignKey("dropped.item_id", ondelete="CASCADE"), nullable=False),
    Column("shared", Boolean, nullable=False),
    Index(None, "item_id"),
    sqlite_with_rowid=False,
)

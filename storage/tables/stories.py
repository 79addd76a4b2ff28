"""Stories: the events, the items that tell them, and exact knowledge that ties items together."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from storage.columns import Instant, Key
from storage.tables.base import id_column, metadata, plain_column, text_column, to_column

story_keys = Table(
    "story_keys",
    metadata,
    plain_column("key", primary_key=True),
    to_column("items", "item_id", primary_key=True),
    Index(None, "item_id"),
    sqlite_with_rowid=False,
)

stories = Table(
    "stories", metadata, id_column(), Column("created_at", Instant, nullable=False), sqlite_autoincrement=True
)

story_items = Table(
    "story_items",
    metadata,
    to_column("items", "item_id", primary_key=True),
    to_column("stories", "story_id"),
    text_column("relation"),
    Column("to_item", Key),
    text_column("why"),
    Column("added_at", Instant, nullable=False),
    Index(None, "story_id", "item_id"),
)

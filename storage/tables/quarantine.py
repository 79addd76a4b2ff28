"""What no reader could use, kept for reading it again."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from storage.columns import CompactJson, Instant, Key
from storage.tables.base import id_column, metadata, text_column

quarantine = Table(
    "quarantine",
    metadata,
    id_column(),
    text_column("source"),
    # One row an address: the newest body, and since when and how often it could not be used.
    text_column("url"),
    text_column("reason"),
    text_column("detail"),
    Column("status", Integer, nullable=False),
    Column("headers", CompactJson, nullable=False),
    # Bytes of the body, as it came and as it is kept.
    Column("size", Key, nullable=False),
    Column("kept", Key, nullable=False),
    # Of an article: what its list said of it, a draft as plain JSON.
    Column("said", CompactJson),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("times", Integer, nullable=False),
    # Deflated; behind all else, so that counting does not read it.
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("source", "url"),
    Index(None, "last_at"),
    sqlite_autoincrement=True,
)

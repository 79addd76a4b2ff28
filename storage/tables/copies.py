"""What changed after it was told, and what was received: copies of pages, when they are read again, who had what."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table

from storage.columns import CompactJson, Instant, Key
from storage.tables.base import metadata, plain_column, text_column, to_column

blobs = Table(
    "blobs",
    metadata,
    # Hex digest of the body: whatever was received twice is kept once.
    plain_column("sha256", primary_key=True),
    Column("size", Key, nullable=False),
    # Whether `data` is compressed; what came compressed already is kept as it is.
    Column("packed", Boolean, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

copies = Table(
    "copies",
    metadata,
    to_column("items", "item_id", primary_key=True),
    Column("version", Integer, primary_key=True),
    plain_column("sha256"),
    plain_column("copy_of"),
    text_column("url"),
    Column("status", Integer, nullable=False),
    Column("headers", CompactJson, nullable=False),
    Column("fetched_at", Instant, nullable=False),
    Index(None, "sha256"),
    Index(None, "fetched_at"),
)

changes = Table(
    "changes",
    metadata,
    # Versions that say something else than the one before; cosmetic ones have no row.
    to_column("items", "item_id", primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("what", CompactJson, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

withdrawals = Table(
    "withdrawals",
    metadata,
    # Items whose page is there no more, for as long as it is not.
    to_column("items", "item_id", primary_key=True),
    Column("status", Integer, nullable=False),
    Column("missing_since", Instant, nullable=False),
    Column("found_at", Instant, nullable=False),
)

told_items = Table(
    "told_items",
    metadata,
    to_column("recipients", "recipient_id", primary_key=True),
    to_column("items", "item_id", primary_key=True),
    # The version that this recipient was told last, by whichever schedule.
    Column("version", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Index(None, "item_id"),
    sqlite_with_rowid=False,
)

revisits = Table(
    "revisits",
    metadata,
    to_column("items", "item_id", primary_key=True),
    text_column("source"),
    text_column("url"),
    # What the list said of the article: a draft as plain JSON.
    Column("said", CompactJson, nullable=False),
    Column("found_at", Instant, nullable=False),
    # How many of the planned visits were made.
    Column("step", Integer, nullable=False),
    # None: no more.
    Column("next_visit", Instant),
    text_column("etag"),
    text_column("last_modified"),
    text_column("body_hash"),
    # When the page was last read well, and since when and how often it was missing after that.
    Column("read_at", Instant, nullable=False),
    Column("misses", Integer, nullable=False),
    Column("missing_since", Instant),
    Column("missed_at", Instant),
    Index(None, "source", "next_visit"),
)

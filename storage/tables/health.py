"""How sources are doing, and what of it each recipient was told."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from storage.columns import CompactJson, Instant, StorableText
from storage.tables.base import id_column, metadata, text_column, to_column

health = Table(
    "health",
    metadata,
    # Empty: this computer's own connection.
    text_column("source", primary_key=True),
    # State, reason, figures: a condition as plain JSON.
    Column("condition", CompactJson, nullable=False),
    # Fingerprint of the declaration under which it was last read, and since when that is so.
    text_column("reading"),
    Column("reading_since", Instant),
)

norms = Table(
    "norms",
    metadata,
    text_column("source", primary_key=True),
    Column("learnt_at", Instant, nullable=False),
    Column("norms", CompactJson, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    id_column(),
    text_column("source"),
    text_column("kind"),
    Column("at", Instant, nullable=False),
    Column("before", CompactJson),
    Column("after", CompactJson),
    # Of a possible gap: from and to.
    Column("since", Instant),
    Column("until", Instant),
    # The new address of a source that moved.
    Column("detail", StorableText),
    Index(None, "source", "at"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

told_notices = Table(
    "told_notices",
    metadata,
    to_column("recipients", "recipient_id", primary_key=True),
    to_column("notices", "notice_id", primary_key=True),
    Column("told_at", Instant, nullable=False),
    Index(None, "notice_id"),
    sqlite_with_rowid=False,
)

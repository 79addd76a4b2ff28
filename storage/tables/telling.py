"""Messages to deliver, and what was told to whom."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, UniqueConstraint, text

from news.message import ParcelState
from storage.columns import CompactJson, CompressedText, Instant, Key
from storage.tables.base import id_column, metadata, text_column, to_column

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    text_column("key", unique=True),
    text_column("channel"),
    text_column("address"),
    text_column("message_id"),
    text_column("subject"),
    Column("date", Instant, nullable=False),
    Column("headers", CompactJson, nullable=False),
    Column("text", CompressedText, nullable=False),
    Column("html", CompressedText, nullable=False),
    text_column("state"),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    text_column("worker"),
    Column("queued_at", Instant, nullable=False),
    Column("next_try", Instant),
    Column("lease_until", Instant),
    Column("settled_at", Instant),
    text_column("last_error"),
    Column("data", CompressedText),
    Column("clean_text", CompressedText),
    Column("clean_html", CompressedText),
    # Whose digest it is; none of mail about the installation. Held back while nobody writes to that recipient.
    Column("recipient_id", Key),
    CheckConstraint(f"state IN ({', '.join(repr(state.value) for state in ParcelState)})", name="state"),
    sqlite_autoincrement=True,
)
# Only parcels still under way are looked for at every tick; those done soon outnumber them by thousands.
_open = text("state IN ('queued', 'claimed', 'deferred', 'uncertain')")
Index(None, outbox.c.settled_at)
Index("ix_outbox_open", outbox.c.id, sqlite_where=_open, postgresql_where=_open)

digests = Table(
    "digests",
    metadata,
    id_column(),
    to_column("recipients", "recipient_id"),
    text_column("schedule"),
    text_column("slot"),
    Column("created_at", Instant, nullable=False),
    Column("items", Integer, nullable=False),
    Column("stories", Integer, nullable=False),
    text_column("parcel_key"),
    UniqueConstraint("recipient_id", "schedule", "slot"),
    sqlite_autoincrement=True,
)

digest_matches = Table(
    "digest_matches",
    metadata,
    to_column("recipients", "recipient_id", primary_key=True),
    text_column("schedule", primary_key=True),
    to_column("matches", "match_id", primary_key=True),
    to_column("digests", "digest_id"),
    Index(None, "match_id"),
    Index(None, "digest_id"),
    sqlite_with_rowid=False,
)

subscriptions = Table(
    "subscriptions",
    metadata,
    to_column("recipients", "recipient_id", primary_key=True),
    text_column("state"),
    text_column("reason"),
    Column("since", Instant),
    Column("generation", Integer, nullable=False),
    Column("confirmed_at", Instant),
    sqlite_with_rowid=False,
)

stopped = Table(
    "stopped",
    metadata,
    to_column("recipients", "recipient_id", primary_key=True),
    text_column("schedule", primary_key=True),
    Column("since", Instant, nullable=False),
    sqlite_with_rowid=False,
)

refusals = Table(
    "refusals",
    metadata,
    to_column("recipients", "recipient_id", primary_key=True),
    # One parcel counts once, although a server that refuses it may send a report besides.
    text_column("parcel_key", primary_key=True),
    text_column("code"),
    text_column("said"),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

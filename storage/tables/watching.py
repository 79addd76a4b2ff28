"""What to look for, who is told, and what was found."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table, UniqueConstraint, false, text

from storage.columns import CompactJson, Day, Instant, Key
from storage.tables.base import id_column, metadata, text_column, to_column

watches = Table(
    "watches",
    metadata,
    id_column(),
    text_column("name"),
    text_column("query"),
    text_column("mode"),
    # The newest match when the watch became instant: only later ones are told at once, the earlier by the digest.
    Column("instant_after", Key, nullable=False),
    text_column("origin"),
    Column("enabled", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    # A removed watch stays for the matches and digests it made; its name is free again.
    Column("removed", Boolean, nullable=False),
    # Its stories go first in a digest.
    Column("pinned", Boolean, nullable=False, server_default=false()),
    sqlite_autoincrement=True,
)
_in_force = text("NOT removed")
Index("uq_watches_name", watches.c.name, unique=True, sqlite_where=_in_force, postgresql_where=_in_force)

revisions = Table("revisions", metadata, text_column("name", primary_key=True), Column("number", Key, nullable=False))

recipients = Table(
    "recipients",
    metadata,
    id_column(),
    text_column("address"),
    # The address with its letters folded: one person once, however the address is typed.
    text_column("mailbox", unique=True),
    text_column("name"),
    text_column("channel"),
    text_column("language"),
    text_column("schedule"),
    Column("hour", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    text_column("zone"),
    Column("watches", CompactJson, nullable=False),
    text_column("origin"),
    Column("enabled", Boolean, nullable=False),
    # A calendar's slot that fell due before this is not sent after the fact.
    Column("created_at", Instant, nullable=False),
    Column("removed", Boolean, nullable=False),
    # The rest of the schedule, by the names of news.watch.Schedule; what is not there has its default.
    Column("timing", CompactJson, nullable=False, server_default="{}"),
    Column("away_until", Day),
    sqlite_autoincrement=True,
)

follows = Table(
    "follows",
    metadata,
    to_column("recipients", "recipient_id", primary_key=True),
    to_column("watches", "watch_id", primary_key=True),
    # The newest match when following began: only later ones are told. Match ids grow in the order of their commits.
    Column("after_match", Key, nullable=False),
    sqlite_with_rowid=False,
)

matches = Table(
    "matches",
    metadata,
    id_column(),
    to_column("watches", "watch_id"),
    to_column("items", "item_id"),
    Column("score", Float, nullable=False),
    Column("hits", CompactJson, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("muted", Boolean, nullable=False),
    # The watch as it is now does not find the item as it is now: kept, neither shown nor told.
    Column("retired", Boolean, nullable=False),
    UniqueConstraint("watch_id", "item_id"),
    Index(None, "item_id"),
    Index(None, "watch_id", "recorded_at"),
    sqlite_autoincrement=True,
)

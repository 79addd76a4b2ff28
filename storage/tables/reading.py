"""The history of reading, where each source stands, and what is still to be read."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Float, Index, Integer, Table, UniqueConstraint

from news.link import PendingState
from storage.columns import CompactJson, Day, Instant, Key
from storage.tables.base import id_column, metadata, text_column

visits = Table(
    "visits",
    metadata,
    id_column(),
    text_column("source"),
    Column("started_at", Instant, nullable=False),
    text_column("result"),
    text_column("reason"),
    text_column("detail"),
    text_column("url"),
    Column("status", Integer, nullable=False),
    Column("took", Float, nullable=False),
    Column("size", Key, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("unusable", CompactJson, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("oddities", CompactJson, nullable=False),
    Column("retry_after", Float),
    Index(None, "source", "started_at"),
    Index(None, "started_at"),
    sqlite_autoincrement=True,
)

sources = Table(
    "sources",
    metadata,
    text_column("source", primary_key=True),
    # Fingerprint of the declaration that last_ok_at and the validators belong to.
    text_column("reading"),
    Column("last_visit", Key),
    Column("last_ok_at", Instant),
    Column("failures", Integer, nullable=False),
    Column("visits", Integer, nullable=False),
    Column("next_visit", Instant),
    # Before that nothing of the source is asked for: its server said so.
    Column("not_before", Instant),
    # Whether pages of its list were missed and are to be asked for again.
    Column("gap", Boolean, nullable=False),
    text_column("etag"),
    text_column("last_modified"),
    text_column("body_hash"),
    # How often the site asks to be visited, a permanent redirect, a gap that may still be closed: plain JSON each.
    Column("pace", CompactJson),
    Column("move", CompactJson),
    Column("missed", CompactJson),
    # When its first way was last tried in vain while another one answered.
    Column("first_tried_at", Instant),
)

# What the entries of a source's last body are known by; `reading` is the declaration under which they were read.
marks = Table(
    "marks",
    metadata,
    text_column("source", primary_key=True),
    text_column("reading"),
    text_column("entries"),
)

pending = Table(
    "pending",
    metadata,
    id_column(),
    text_column("source"),
    # `Link.key`: what the address is in whatever spelling.
    text_column("key"),
    text_column("url"),
    # What the list said of the article: a draft as plain JSON.
    Column("said", CompactJson, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("tried_at", Instant),
    # None: at once.
    Column("next_try", Instant),
    text_column("reason"),
    text_column("detail"),
    Column("first", Boolean, nullable=False),
    Column("quiet", Boolean, nullable=False),
    text_column("state"),
    UniqueConstraint("source", "key"),
    CheckConstraint(f"state IN ({', '.join(repr(state.value) for state in PendingState)})", name="state"),
    sqlite_autoincrement=True,
)

backfills = Table(
    "backfills",
    metadata,
    text_column("source", primary_key=True),
    # Fingerprint of the declaration whose pages were counted.
    text_column("reading"),
    Column("since", Day, nullable=False),
    Column("next_page", Integer, nullable=False),
    # What the last page named, as a digest: a list that is over often shows its last page again and again.
    text_column("last_page"),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
)

"""Items, their versions and every key they are known by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from storage.columns import CompactJson, Day, Instant
from storage.tables.base import id_column, metadata, plain_column, to_column


def _content() -> list[Column[Any]]:
    """What a version of an item consists of: the same columns in `items` and in `versions`."""
    return [
        plain_column("source"),
        plain_column("publisher"),
        plain_column("standing"),
        plain_column("language"),
        plain_column("url"),
        plain_column("title"),
        plain_column("lead"),
        plain_column("text"),
        plain_column("html"),
        # A stated date is a day in a zone, and an instant only where the hour can be believed.
        Column("published_day", Day),
        Column("published_zone", Text),
        Column("published_at", Instant),
        # What is shown with an item and never searched for, and what most items do not have: eight columns for one.
        Column("details", CompactJson, nullable=False),
        plain_column("text_hash"),
        plain_column("content_hash"),
        Column("version", Integer, nullable=False),
        Column("seen_at", Instant, nullable=False),
    ]


items = Table(
    "items",
    metadata,
    id_column(),
    # The strongest identity that was free when the item came; rows given back by an insert are joined by it.
    plain_column("identity", unique=True),
    *_content(),
    Column("first_seen_at", Instant, nullable=False),
    Index(None, "text_hash"),
    Index(None, "first_seen_at"),
    sqlite_autoincrement=True,
)

versions = Table(
    "versions",
    metadata,
    to_column("items", "item_id", primary_key=True),
    *(column if column.name != "version" else Column("version", Integer, primary_key=True) for column in _content()),
)

item_keys = Table(
    "item_keys",
    metadata,
    plain_column("key", primary_key=True),
    plain_column("kind", primary_key=True),
    plain_column("scope", primary_key=True),
    to_column("items", "item_id"),
    # A guid that its source gave to two different addresses identifies nothing any more.
    Column("shared", Boolean, nullable=False),
    Index(None, "item_id"),
    sqlite_with_rowid=False,
)

sightings = Table(
    "sightings",
    metadata,
    to_column("items", "item_id", primary_key=True),
    plain_column("source", primary_key=True),
    plain_column("url"),
    Column("first_seen_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

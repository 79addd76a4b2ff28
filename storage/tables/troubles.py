"""What went wrong with the installation itself, and what of it its owner was told."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from storage.columns import Instant
from storage.tables.base import id_column, metadata, text_column

troubles = Table(
    "troubles",
    metadata,
    id_column(),
    text_column("kind"),
    # The id of a source, an address: what it happened to.
    text_column("about"),
    text_column("text"),
    Column("began_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("times", Integer, nullable=False),
    Column("ended_at", Instant),
    # When the owner was told that it is so, and that it is over.
    Column("told_at", Instant),
    Column("told_end_at", Instant),
    Index(None, "kind", "about"),
    sqlite_autoincrement=True,
)

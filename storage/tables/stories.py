"""Stories: the events, the items that tell them, what ties items together, and how likeness is found."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table

from storage.columns import CompactJson, Instant, Key
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

# What a decision rested on; most items are alone and rested on nothing.
story_evidence = Table(
    "story_evidence",
    metadata,
    to_column("items", "item_id", primary_key=True),
    Column("evidence", CompactJson, nullable=False),
    sqlite_with_rowid=False,
)

# A story that was joined to an older one keeps its number, which leads there.
story_redirects = Table(
    "story_redirects",
    metadata,
    to_column("stories", "story_id", primary_key=True),
    to_column("stories", "to_story"),
    text_column("why"),
    Column("joined_at", Instant, nullable=False),
    Index(None, "to_story"),
    sqlite_with_rowid=False,
)

# A person's word about two items, the lower number first: one event, or never one.
story_rulings = Table(
    "story_rulings",
    metadata,
    to_column("items", "item_id", primary_key=True),
    to_column("items", "other_id", primary_key=True),
    Column("together", Boolean, nullable=False),
    Column("ruled_at", Instant, nullable=False),
    Index(None, "other_id"),
    sqlite_with_rowid=False,
)

# What recent items are looked up by; hashes below zero are keys across languages. Without a reference to `items`: its
# index would be larger than the table.
filed = Table(
    "filed",
    metadata,
    Column("hash", Integer, primary_key=True, autoincrement=False),
    Column("item_id", Key, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# What recent items are compared by, and what they are filed under (4 bytes each), so that it can be taken out again.
signatures = Table(
    "signatures",
    metadata,
    to_column("items", "item_id", primary_key=True),
    Column("signature", LargeBinary, nullable=False),
    Column("filed", LargeBinary, nullable=False),
)

# In how many items a passage stands: a whole count now and then, and after it what each transaction adds.
frequencies = Table(
    "frequencies",
    metadata,
    id_column(),
    Column("whole", Boolean, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("counted", LargeBinary, nullable=False),
    Column("aged_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

# What recent items mean (`news.story.semantic`), a byte a number. day: the ordinal of the day told of. Another version
# of an item is another row, so that who has read so far sees it.
story_vectors = Table(
    "story_vectors",
    metadata,
    id_column(),
    to_column("items", "item_id"),
    plain_column("language"),
    Column("day", Integer, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Index(None, "item_id", unique=True),
    sqlite_autoincrement=True,
)

# The mean vector of each language as stored items moved it, four bytes a number.
vector_means = Table(
    "vector_means",
    metadata,
    plain_column("language", primary_key=True),
    Column("items", Integer, nullable=False),
    Column("mean", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

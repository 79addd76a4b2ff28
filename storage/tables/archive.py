"""The archive: every version's words, and by which words it is found. All of it can be made again from the items.

The index itself is a table for each month, made when the first item of that month comes (`storage.archive_index`).
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, Text, UniqueConstraint
from sqlalchemy.dialects import postgresql

from storage.columns import Key
from storage.tables.base import metadata, to_column

# Beginnings of words are looked up as a stretch of the sorted ones, sorted by code points in both databases.
_SORTED = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

archived = Table(
    "archived",
    metadata,
    # The second the item is of, and its id within that (`storage.archive_docs`): what is newest has the highest.
    Column("doc", Key, primary_key=True, autoincrement=False),
    to_column("items", "item_id"),
    Column("version", Integer, nullable=False),
    Column("tokeniser", Integer, nullable=False),
    # `news.watch.stored.pack`.
    Column("packed", LargeBinary, nullable=False),
    UniqueConstraint("item_id", "version", "tokeniser"),
)

archive_months = Table(
    "archive_months",
    metadata,
    Column("tokeniser", Integer, primary_key=True, autoincrement=False),
    # As 202611.
    Column("month", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

archive_tokens = Table(
    "archive_tokens",
    metadata,
    Column("tokeniser", Integer, primary_key=True, autoincrement=False),
    Column("form", _SORTED, primary_key=True),
    Column("token", _SORTED, primary_key=True),
    # Whether it was seen with a capital and is among the keys as a surname.
    Column("named", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

archive_keys = Table(
    "archive_keys",
    metadata,
    Column("tokeniser", Integer, primary_key=True, autoincrement=False),
    # `news.watch.tokens.key_number`.
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("token", _SORTED, primary_key=True),
    sqlite_with_rowid=False,
)

archive_builds = Table(
    "archive_builds",
    metadata,
    Column("tokeniser", Integer, primary_key=True, autoincrement=False),
    # Items below were stored before this index was begun, and are still to be looked at; 0 where none is.
    Column("before_id", Key, nullable=False),
    sqlite_with_rowid=False,
)

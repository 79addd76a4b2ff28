"""Every table presswatch keeps, as SQLAlchemy Core sees it; `storage/migrations` builds the same (a test compares).

items, versions         what was read; the newest version of an item, and the ones it replaced
item_keys, story_keys   identities of an item; exact knowledge that ties items to one story
sightings               every source an item was seen at
stories, story_items    events, and the items that tell them
watches, revisions      what to look for; one counter that any change of it bumps
recipients, follows     who is told, and since which match for each watch
matches                 a watch found an item
digests, digest_matches what was told to whom in which slot
outbox                  messages to deliver, claimed by lease and fence
visits, sources         the history of reading, and where each source stands
pending                 articles that a list named and that are still to be read, or were given up
backfills               how far back a source was read on somebody's wish
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from news.link import PendingState
from news.message import ParcelState
from storage.columns import CompactJson, CompressedText, Day, Instant, Key, StorableText

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def _to(target: str, name: str, *, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    reference = ForeignKey(f"{target}.id", ondelete="CASCADE")
    return Column(name, Key, reference, primary_key=primary_key, nullable=nullable, autoincrement=False)


def _text(name: str, **options: Any) -> Column[str]:
    """Text that may hold anything."""
    return Column(name, StorableText, nullable=False, **options)


def _plain(name: str, **options: Any) -> Column[str]:
    """Text of items, looked at once for a whole item: there are many of them, and a check of each column costs as much
    as storing it."""
    return Column(name, Text, nullable=False, **options)


def _content() -> list[Column[Any]]:
    """What a version of an item consists of: the same columns in `items` and in `versions`."""
    return [
        _plain("source"),
        _plain("publisher"),
        _plain("standing"),
        _plain("language"),
        _plain("url"),
        _plain("title"),
        _plain("lead"),
        _plain("text"),
        _plain("html"),
        # A stated date is a day in a zone, and an instant only where the hour can be believed.
        Column("published_day", Day),
        Column("published_zone", Text),
        Column("published_at", Instant),
        # What is shown with an item and never searched for, and what most items do not have: eight columns for one.
        Column("details", CompactJson, nullable=False),
        _plain("text_hash"),
        _plain("content_hash"),
        Column("version", Integer, nullable=False),
        Column("seen_at", Instant, nullable=False),
    ]


items = Table(
    "items",
    metadata,
    _id(),
    # The strongest identity that was free when the item came; rows given back by an insert are joined by it.
    _plain("identity", unique=True),
    *_content(),
    Column("first_seen_at", Instant, nullable=False),
    Index(None, "text_hash"),
    Index(None, "first_seen_at"),
    sqlite_autoincrement=True,
)

versions = Table(
    "versions",
    metadata,
    _to("items", "item_id", primary_key=True),
    *(column if column.name != "version" else Column("version", Integer, primary_key=True) for column in _content()),
)

item_keys = Table(
    "item_keys",
    metadata,
    _plain("key", primary_key=True),
    _plain("kind", primary_key=True),
    _plain("scope", primary_key=True),
    _to("items", "item_id"),
    # A guid that its source gave to two different addresses identifies nothing any more.
    Column("shared", Boolean, nullable=False),
    Index(None, "item_id"),
    sqlite_with_rowid=False,
)

story_keys = Table(
    "story_keys",
    metadata,
    _plain("key", primary_key=True),
    _to("items", "item_id", primary_key=True),
    Index(None, "item_id"),
    sqlite_with_rowid=False,
)

sightings = Table(
    "sightings",
    metadata,
    _to("items", "item_id", primary_key=True),
    _plain("source", primary_key=True),
    _plain("url"),
    Column("first_seen_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

stories = Table("stories", metadata, _id(), Column("created_at", Instant, nullable=False), sqlite_autoincrement=True)

story_items = Table(
    "story_items",
    metadata,
    _to("items", "item_id", primary_key=True),
    _to("stories", "story_id"),
    _text("relation"),
    Column("to_item", Key),
    _text("why"),
    Column("added_at", Instant, nullable=False),
    Index(None, "story_id", "item_id"),
)

watches = Table(
    "watches",
    metadata,
    _id(),
    _text("name"),
    _text("query"),
    _text("mode"),
    # The newest match when the watch became instant: only later ones are told at once, the earlier by the digest.
    Column("instant_after", Key, nullable=False),
    _text("origin"),
    Column("enabled", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    # A removed watch stays for the matches and digests it made; its name is free again.
    Column("removed", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
_in_force = text("NOT removed")
Index("uq_watches_name", watches.c.name, unique=True, sqlite_where=_in_force, postgresql_where=_in_force)

revisions = Table("revisions", metadata, _text("name", primary_key=True), Column("number", Key, nullable=False))

recipients = Table(
    "recipients",
    metadata,
    _id(),
    _text("address"),
    # The address with its letters folded: one person once, however the address is typed.
    _text("mailbox", unique=True),
    _text("name"),
    _text("channel"),
    _text("language"),
    _text("schedule"),
    Column("hour", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    _text("zone"),
    Column("watches", CompactJson, nullable=False),
    _text("origin"),
    Column("enabled", Boolean, nullable=False),
    # A calendar's slot that fell due before this is not sent after the fact.
    Column("created_at", Instant, nullable=False),
    Column("removed", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

follows = Table(
    "follows",
    metadata,
    _to("recipients", "recipient_id", primary_key=True),
    _to("watches", "watch_id", primary_key=True),
    # The newest match when following began: only later ones are told. Match ids grow in the order of their commits.
    Column("after_match", Key, nullable=False),
    sqlite_with_rowid=False,
)

matches = Table(
    "matches",
    metadata,
    _id(),
    _to("watches", "watch_id"),
    _to("items", "item_id"),
    Column("score", Float, nullable=False),
    Column("hits", CompactJson, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("muted", Boolean, nullable=False),
    # The watch as it is now does not find the item as it is now: kept, neither shown nor told.
    Column("retired", Boolean, nullable=False),
    UniqueConstraint("watch_id", "item_id"),
    Index(None, "item_id"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _text("key", unique=True),
    _text("channel"),
    _text("address"),
    _text("message_id"),
    _text("subject"),
    Column("date", Instant, nullable=False),
    Column("headers", CompactJson, nullable=False),
    Column("text", CompressedText, nullable=False),
    Column("html", CompressedText, nullable=False),
    _text("state"),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    _text("worker"),
    Column("queued_at", Instant, nullable=False),
    Column("next_try", Instant),
    Column("lease_until", Instant),
    Column("settled_at", Instant),
    _text("last_error"),
    CheckConstraint(f"state IN ({', '.join(repr(state.value) for state in ParcelState)})", name="state"),
    sqlite_autoincrement=True,
)
# Only parcels still under way are looked for at every tick; those done soon outnumber them by thousands.
_open = text("state IN ('queued', 'claimed', 'deferred', 'uncertain')")
Index("ix_outbox_open", outbox.c.id, sqlite_where=_open, postgresql_where=_open)

digests = Table(
    "digests",
    metadata,
    _id(),
    _to("recipients", "recipient_id"),
    _text("schedule"),
    _text("slot"),
    Column("created_at", Instant, nullable=False),
    Column("items", Integer, nullable=False),
    Column("stories", Integer, nullable=False),
    _text("parcel_key"),
    UniqueConstraint("recipient_id", "schedule", "slot"),
    sqlite_autoincrement=True,
)

digest_matches = Table(
    "digest_matches",
    metadata,
    _to("recipients", "recipient_id", primary_key=True),
    _text("schedule", primary_key=True),
    _to("matches", "match_id", primary_key=True),
    _to("digests", "digest_id"),
    Index(None, "match_id"),
    Index(None, "digest_id"),
    sqlite_with_rowid=False,
)

visits = Table(
    "visits",
    metadata,
    _id(),
    _text("source"),
    Column("started_at", Instant, nullable=False),
    _text("result"),
    _text("reason"),
    _text("detail"),
    _text("url"),
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
    _text("source", primary_key=True),
    # Fingerprint of the declaration that last_ok_at and the validators belong to.
    _text("reading"),
    Column("last_visit", Key),
    Column("last_ok_at", Instant),
    Column("failures", Integer, nullable=False),
    Column("visits", Integer, nullable=False),
    Column("next_visit", Instant),
    # Before that nothing of the source is asked for: its server said so.
    Column("not_before", Instant),
    # Whether pages of its list were missed and are to be asked for again.
    Column("gap", Boolean, nullable=False),
    _text("etag"),
    _text("last_modified"),
    _text("body_hash"),
)

pending = Table(
    "pending",
    metadata,
    _id(),
    _text("source"),
    # `Link.key`: what the address is in whatever spelling.
    _text("key"),
    _text("url"),
    # What the list said of the article: a draft as plain JSON.
    Column("said", CompactJson, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("tried_at", Instant),
    # None: at once.
    Column("next_try", Instant),
    _text("reason"),
    _text("detail"),
    Column("first", Boolean, nullable=False),
    Column("quiet", Boolean, nullable=False),
    _text("state"),
    UniqueConstraint("source", "key"),
    CheckConstraint(f"state IN ({', '.join(repr(state.value) for state in PendingState)})", name="state"),
    sqlite_autoincrement=True,
)

backfills = Table(
    "backfills",
    metadata,
    _text("source", primary_key=True),
    # Fingerprint of the declaration whose pages were counted.
    _text("reading"),
    Column("since", Day, nullable=False),
    Column("next_page", Integer, nullable=False),
    # What the last page named, as a digest: a list that is over often shows its last page again and again.
    _text("last_page"),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
)

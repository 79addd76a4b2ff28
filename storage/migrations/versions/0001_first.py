"""The first schema.

Written out in full and never changed again: what a later version needs is another file beside this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CompactJson, CompressedText, Day, Instant, Key

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of the first release."""
    in_force = sa.text("NOT removed")
    open_parcels = sa.text("state IN ('queued', 'claimed', 'deferred', 'uncertain')")
    op.create_table(
        "items",
        sa.Column("id", Key, nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("published_day", Day(), nullable=True),
        sa.Column("published_zone", sa.Text(), nullable=True),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("details", CompactJson(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("identity", name="uq_items_identity"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_items_first_seen_at", "items", ["first_seen_at"], unique=False)
    op.create_index("ix_items_text_hash", "items", ["text_hash"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", Key, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("date", Instant(), nullable=False),
        sa.Column("headers", CompactJson(), nullable=False),
        sa.Column("text", CompressedText(), nullable=False),
        sa.Column("html", CompressedText(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("queued_at", Instant(), nullable=False),
        sa.Column("next_try", Instant(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'claimed', 'sent', 'deferred', 'failed', 'uncertain')", name=op.f("ck_outbox_state")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_open", "outbox", ["id"], unique=False, sqlite_where=open_parcels, postgresql_where=open_parcels
    )
    op.create_table(
        "recipients",
        sa.Column("id", Key, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("watches", CompactJson(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recipients"),
        sa.UniqueConstraint("mailbox", name="uq_recipients_mailbox"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "revisions",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", Key, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_revisions"),
    )
    op.create_table(
        "sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("last_visit", Key, nullable=True),
        sa.Column("last_ok_at", Instant(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("next_visit", Instant(), nullable=True),
        sa.Column("not_before", Instant(), nullable=True),
        sa.Column("gap", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_sources"),
    )
    op.create_table(
        "stories",
        sa.Column("id", Key, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "visits",
        sa.Column("id", Key, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("took", sa.Float(), nullable=False),
        sa.Column("size", Key, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("unusable", CompactJson(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("oddities", CompactJson(), nullable=False),
        sa.Column("retry_after", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visits_source_started_at", "visits", ["source", "started_at"], unique=False)
    op.create_index("ix_visits_started_at", "visits", ["started_at"], unique=False)
    op.create_table(
        "pending",
        sa.Column("id", Key, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("said", CompactJson(), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", Instant(), nullable=True),
        sa.Column("next_try", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'given_up', 'lapsed')", name=op.f("ck_pending_state")),
        sa.PrimaryKeyConstraint("id", name="pk_pending"),
        sa.UniqueConstraint("source", "key", name="uq_pending_source_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "backfills",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("since", Day(), nullable=False),
        sa.Column("next_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("source", name="pk_backfills"),
    )
    op.create_table(
        "watches",
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("instant_after", Key, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_watches_name", "watches", ["name"], unique=True, sqlite_where=in_force, postgresql_where=in_force
    )
    op.create_table(
        "digests",
        sa.Column("id", Key, nullable=False),
        sa.Column("recipient_id", Key, autoincrement=False, nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.Column("parcel_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipients.id"], name="fk_digests_recipient_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sa.UniqueConstraint("recipient_id", "schedule", "slot", name="uq_digests_recipient_id_schedule_slot"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "follows",
        sa.Column("recipient_id", Key, autoincrement=False, nullable=False),
        sa.Column("watch_id", Key, autoincrement=False, nullable=False),
        sa.Column("after_match", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipients.id"], name="fk_follows_recipient_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name="fk_follows_watch_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("recipient_id", "watch_id", name="pk_follows"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "item_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_item_keys_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "kind", "scope", name="pk_item_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_item_keys_item_id", "item_keys", ["item_id"], unique=False)
    op.create_table(
        "matches",
        sa.Column("id", Key, nullable=False),
        sa.Column("watch_id", Key, autoincrement=False, nullable=False),
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("hits", CompactJson(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_matches_item_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name="fk_matches_watch_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_matches"),
        sa.UniqueConstraint("watch_id", "item_id", name="uq_matches_watch_id_item_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_matches_item_id", "matches", ["item_id"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_sightings_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "source", name="pk_sightings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_items",
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("story_id", Key, autoincrement=False, nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("to_item", Key, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_story_items_item_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_items_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", name="pk_story_items"),
    )
    op.create_index("ix_story_items_story_id_item_id", "story_items", ["story_id", "item_id"], unique=False)
    op.create_table(
        "story_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_story_keys_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "item_id", name="pk_story_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_keys_item_id", "story_keys", ["item_id"], unique=False)
    op.create_table(
        "versions",
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("published_day", Day(), nullable=True),
        sa.Column("published_zone", sa.Text(), nullable=True),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("details", CompactJson(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_versions_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "version", name="pk_versions"),
    )
    op.create_table(
        "digest_matches",
        sa.Column("recipient_id", Key, autoincrement=False, nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("match_id", Key, autoincrement=False, nullable=False),
        sa.Column("digest_id", Key, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="fk_digest_matches_digest_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name="fk_digest_matches_match_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipients.id"], name="fk_digest_matches_recipient_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recipient_id", "schedule", "match_id", name="pk_digest_matches"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_digest_matches_digest_id", "digest_matches", ["digest_id"], unique=False)
    op.create_index("ix_digest_matches_match_id", "digest_matches", ["match_id"], unique=False)

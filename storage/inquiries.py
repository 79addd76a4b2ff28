"""Inquiries: what became of one address, item or match, asked by a person who wonders why they were told, or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from news.item import KeyKind
from news.link import Pending
from news.message import ParcelState
from news.visit import Visit
from news.watch.watch import Hit, Watch
from storage import tables
from storage.match_rows import hits_of
from storage.pending import pending_of
from storage.sql import portions
from storage.visit_rows import visit_of
from storage.watches import watch_of

_LOOKED_AT = 300


@dataclass(frozen=True, kw_only=True)
class RecordedMatch:
    """A match as it was recorded, muted and retired ones too. in_force: its watch is on and was not removed."""

    id: int
    watch: Watch
    in_force: bool
    recorded_at: datetime
    muted: bool
    retired: bool
    hits: tuple[Hit, ...]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A digest that held a match, and where its parcel stands. settled_at: when it was sent or failed for good."""

    digest: int
    recipient: str
    schedule: str
    slot: str
    made_at: datetime
    channel: str
    state: ParcelState
    attempts: int
    error: str
    next_try: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A recipient and whether they follow a watch. since_match: the newest match when that began; None: they do not."""

    address: str
    enabled: bool
    schedule: str
    hour: int
    minute: int
    zone: str
    since_match: int | None


class Inquiries:
    """Questions about what happened, over one transaction; nothing is changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stories_of(self, ids: Sequence[int]) -> dict[int, int]:
        """The story of each of these items; those without one are left out."""
        members = tables.story_items
        found: dict[int, int] = {}
        for some in portions(ids):
            query = select(members.c.item_id, members.c.story_id).where(members.c.item_id.in_(some))
            found.update((row.item_id, row.story_id) for row in self._connection.execute(query))
        return found

    def found_by(self, ids: Sequence[int]) -> dict[int, list[int]]:
        """The watches that found each of these items, as far as their matches stand; items without are left out."""
        table = tables.matches
        found: dict[int, list[int]] = {}
        for some in portions(ids):
            query = select(table.c.item_id, table.c.watch_id).where(table.c.item_id.in_(some), ~table.c.retired)
            for row in self._connection.execute(query):
                found.setdefault(row.item_id, []).append(row.watch_id)
        return found

    def matches_of(self, item_id: int) -> list[RecordedMatch]:
        """Every match that was ever recorded of an item, the earliest first."""
        found, watches = tables.matches, tables.watches
        own = select(found).where(found.c.item_id == item_id).order_by(found.c.id)
        rows = self._connection.execute(own).all()
        wanted = select(watches).where(watches.c.id.in_({row.watch_id for row in rows}))
        known = {row["id"]: row for row in self._connection.execute(wanted).mappings()}
        return [
            RecordedMatch(
                id=row.id,
                watch=watch_of(known[row.watch_id]),
                in_force=known[row.watch_id]["enabled"] and not known[row.watch_id]["removed"],
                recorded_at=row.recorded_at,
                muted=row.muted,
                retired=row.retired,
                hits=hits_of(row.hits),
            )
            for row in rows
        ]

    def muted(self, watch_id: int, since: datetime) -> int:
        """How many matches of a watch were recorded since, and told to nobody because they were old news."""
        found = tables.matches
        query = select(func.count()).select_from(found).where(found.c.watch_id == watch_id, found.c.muted)
        return self._connection.execute(query.where(found.c.recorded_at >= since)).scalar_one()

    def tellings(self, match_id: int) -> list[Telling]:
        """The digests that held a match, the earliest first."""
        told, digests = tables.digest_matches, tables.digests
        people, outbox = tables.recipients, tables.outbox
        query = (
            select(digests, people.c.address, outbox.c.channel, outbox.c.state, outbox.c.attempts)
            .add_columns(outbox.c.last_error, outbox.c.next_try, outbox.c.settled_at)
            .join(told, told.c.digest_id == digests.c.id)
            .join(people, people.c.id == digests.c.recipient_id)
            .join(outbox, outbox.c.key == digests.c.parcel_key)
            .where(told.c.match_id == match_id)
            .order_by(digests.c.id)
        )
        return [
            Telling(
                digest=row.id,
                recipient=row.address,
                schedule=row.schedule,
                slot=row.slot,
                made_at=row.created_at,
                channel=row.channel,
                state=ParcelState(row.state),
                attempts=row.attempts,
                error=row.last_error,
                next_try=row.next_try,
                settled_at=row.settled_at,
            )
            for row in self._connection.execute(query)
        ]

    def told_together(self, digest_id: int, item_id: int) -> list[int]:
        """The other items of an item's story that a digest told, which stand on the same card, by number."""
        told, found, members = tables.digest_matches, tables.matches, tables.story_items
        own = select(members.c.story_id).where(members.c.item_id == item_id).scalar_subquery()
        query = (
            select(found.c.item_id)
            .join(told, told.c.match_id == found.c.id)
            .join(members, members.c.item_id == found.c.item_id)
            .where(told.c.digest_id == digest_id, members.c.story_id == own, found.c.item_id != item_id)
            .distinct()
            .order_by(found.c.item_id)
        )
        return list(self._connection.execute(query).scalars())

    def followers(self, watch_id: int) -> list[Follower]:
        """Every recipient, and since which match they follow the watch."""
        people, follows = tables.recipients, tables.follows
        following = and_(follows.c.recipient_id == people.c.id, follows.c.watch_id == watch_id)
        query = select(people, follows.c.after_match).outerjoin(follows, following).where(~people.c.removed)
        return [
            Follower(
                address=row.address,
                enabled=row.enabled,
                schedule=row.schedule,
                hour=row.hour,
                minute=row.minute,
                zone=row.zone,
                since_match=row.after_match,
            )
            for row in self._connection.execute(query.order_by(people.c.id))
        ]

    def links(self, key: str) -> list[Pending]:
        """What lists named under an address (`Link.key`) and is not stored, given up and lapsed too."""
        table = tables.pending
        query = select(table).where(table.c.key == key).order_by(table.c.id)
        return [pending_of(row) for row in self._connection.execute(query).mappings()]

    def sources_at(self, beginning: str) -> list[str]:
        """The sources of some stored items whose address (`Canonical.key`) begins so, those with most of them first."""
        keys, rows = tables.item_keys, tables.items
        # A range is what SQLite has an index for; PostgreSQL orders letters by its locale.
        of_these = and_(keys.c.key >= beginning, keys.c.key < beginning[:-1] + chr(ord(beginning[-1]) + 1))
        if self._connection.dialect.name == "postgresql":
            of_these = keys.c.key.startswith(beginning, autoescape=True)
        some = select(keys.c.item_id).where(of_these, keys.c.kind == KeyKind.URL).limit(_LOOKED_AT).subquery()
        query = select(rows.c.source).join(some, some.c.item_id == rows.c.id).group_by(rows.c.source)
        return list(self._connection.execute(query.order_by(func.count().desc(), rows.c.source)).scalars())

    def visits(self, source_id: str, since: datetime, until: datetime) -> list[Visit]:
        """The visits to a source that began in [since, until), in the order of their beginning; kept for 60 days."""
        table = tables.visits
        query = select(table).where(table.c.source == source_id, table.c.started_at >= since)
        ordered = query.where(table.c.started_at < until).order_by(table.c.started_at, table.c.id)
        return [visit_of(row) for row in self._connection.execute(ordered).mappings()]

    def first_seen(self, item_id: int) -> datetime | None:
        """When an item was stored; None where there is none."""
        table = tables.items
        found: datetime | None = self._connection.execute(
            select(table.c.first_seen_at).where(table.c.id == item_id)
        ).scalar()
        return found

    def brought(self, source_id: str, since: datetime) -> int:
        """How many items a source has brought that were first seen since."""
        rows = tables.items.c
        query = select(func.count()).select_from(tables.items).where(rows.source == source_id)
        return self._connection.execute(query.where(rows.first_seen_at >= since)).scalar_one()

    def ids_since(self, since: datetime) -> list[int]:
        """The stored items of the time since, by the hour that the archive goes by; of a bare day, noon in UTC."""
        rows = tables.items.c
        query = select(rows.id).where(_is_since(since)).order_by(rows.id)
        return list(self._connection.execute(query).scalars())

    def stored_since(self, since: datetime) -> int:
        """How many those are."""
        query = select(func.count()).select_from(tables.items).where(_is_since(since))
        return self._connection.execute(query).scalar_one()


def _is_since(since: datetime) -> ColumnElement[bool]:
    """Whether an item is of the time since, as `storage.archive_docs.moment_of` has it."""
    rows = tables.items.c
    noon = since.astimezone(UTC) - timedelta(hours=12)
    first_day = noon.date() + timedelta(days=noon.time() > time())
    published = or_(rows.published_at >= since, and_(rows.published_at.is_(None), rows.published_day >= first_day))
    return and_(rows.first_seen_at >= since, or_(rows.published_day.is_(None), published))
